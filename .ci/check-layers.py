#!/usr/bin/env python3
"""Holds the house to its picture: which module may import what, what lies at the top level, that Koalr only reads, and
that no file names a path of one machine.

    .ci/check-layers.py              checks this checkout; exit 1 and one line per violation
    .ci/check-layers.py --self-test  breaks a made-up checkout on purpose, once per rule, and expects to be told

The manifest's graph (`swift package describe`) and the `import` lines of the sources are compared with the same table,
because SwiftPM lets a target import what its dependencies depend on.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

CORE_ROOMS = ["KoalrDomain", "KoalrCodeOwnersParser", "KoalrRiskModel", "KoalrDeliveryMetrics"]
SEAMS = ["KoalrIntegrationProtocols", "KoalrStorage"]
ADAPTER = ["KoalrDomain", "KoalrIntegrationProtocols", "KoalrHTTPTransport"]

# module: (folder, what it may import of ours). The same table as in Documentation/Architecture.md.
TABLE = {
    "KoalrDomain": ("Domain", []),
    "KoalrCodeOwnersParser": ("CodeOwnersParser", ["KoalrDomain"]),
    "KoalrRiskModel": ("RiskModel", ["KoalrDomain", "KoalrCodeOwnersParser"]),
    "KoalrDeliveryMetrics": ("DeliveryMetrics", ["KoalrDomain", "KoalrCodeOwnersParser"]),
    "KoalrIntegrationProtocols": ("IntegrationProtocols", ["KoalrDomain"]),
    "KoalrStorage": ("Storage", ["KoalrDomain"]),
    "KoalrSyncEngine": ("SyncEngine", CORE_ROOMS + SEAMS),
    "KoalrCore": ("KoalrCore", CORE_ROOMS + SEAMS + ["KoalrSyncEngine"]),
    "KoalrHTTPTransport": ("HTTPTransport", ["KoalrDomain", "KoalrIntegrationProtocols"]),
    "KoalrGitHub": ("GitHub", ADAPTER + ["KoalrCryptography"]),
    "KoalrCodecov": ("Codecov", ADAPTER),
    "KoalrSnyk": ("Snyk", ADAPTER),
    "CKoalrSpawn": ("CKoalrSpawn", []),
    "KoalrGitHistory": ("GitHistory", ["KoalrDomain", "KoalrIntegrationProtocols", "CKoalrSpawn"]),
    "KoalrCryptography": ("Cryptography", ["KoalrDomain", "KoalrStorage"]),
    "CKoalrSQLite": ("CKoalrSQLite", []),
    "CKoalrMicrohttpd": ("CKoalrMicrohttpd", []),
    "KoalrSQLiteStorage": ("SQLiteStorage", ["KoalrDomain", "KoalrStorage", "CKoalrSQLite"]),
    "KoalrTesting": ("Testing", ["KoalrCore"]),
}
PURE = set(CORE_ROOMS + SEAMS + ["KoalrSyncEngine", "KoalrCore"])

PLATFORM = {"Glibc", "Darwin", "Musl"}
PURE_OUTSIDE = PLATFORM | {"FoundationEssentials", "Foundation", "Synchronization"}
OUTSIDE = PURE_OUTSIDE | {"Dispatch"}

TOP_LEVEL = {"Package.swift", "Sources", "Tests", "Examples", "Documentation", "README.md"}

# Koalr reads. These are all the places that send anything but GET, and why each is a question all the same, or about what is
# ours at the service. A write of any other kind (a mutation, a push) has no place at all. `OnlyReads` of Tests/PeerSupport holds
# the list of the requests themselves.
POSTS = {
    "Sources/GitHub/OAuth/GitHubOAuth+Exchange.swift": "its own OAuth token: exchange, refresh",
    "Sources/GitHub/Webhooks/GitHubCodeHost+Webhooks.swift": "its own webhook: create, ping, redeliver",
    "Sources/GitHub/Budget/BudgetCall.swift": "sends nothing: the price of a call",
    "Sources/GitHub/Client/GraphQLClient.swift": "a GraphQL query",
    "Sources/Snyk/Client/SnykClient.swift": "a filter that is too long for an address",
}
# The words of writing that a file may hold, and why.
WRITES = {
    "Sources/GitHub/OAuth/GitHubOAuth+Revocation.swift": ({"DELETE"}, "its own OAuth token: revoke"),
    "Sources/GitHub/Webhooks/GitHubCodeHost+Webhooks.swift": ({"PATCH", "DELETE"}, "its own webhook: change, remove"),
    "Sources/GitHub/Webhooks/HookEvents.swift": ({"push"}, "sends nothing: the name of an event"),
}
VENDORS = ("Sources/GitHub/", "Sources/Codecov/", "Sources/Snyk/", "Sources/HTTPTransport/", "Sources/GitHistory/")
WRITE = re.compile(r'"(?:PUT|PATCH|DELETE|push|send-pack|commit-tree|update-ref)"|^\s*"*mutation\b|"mutation\b')

# Folders that exist on one machine only, written so that this file does not name one. Tests invent home folders.
MACHINE_PATH = re.compile(r"(?<![\w.:*-])/(?:work|root|opt/swift)(?:/|\b)[\w.-]*")
HOME_PATH = re.compile(r"(?<![\w.:*-])/(?:home|Users)/\w+")
SHARED_PATH = re.compile(r"\.\./shared\b")
SHARED_ALLOWED = (".ci/", "Tests/")
TEXT = (".swift", ".md", ".txt", ".py", ".sh", ".json", ".jsonl", ".yml", ".h", ".c", ".modulemap", ".html")

IMPORT = re.compile(
    r"^\s*(?P<attributes>(?:@\w+(?:\([^)]*\))?\s+)*)(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var|actor)\s+)?(?P<module>[A-Za-z_]\w*)(?:\.\w+)*\s*$"
)
CONDITION = re.compile(r"^\s*#(if|elseif|else|endif)\b(.*)")


class Import:
    def __init__(self, module, line, conditions, exported):
        self.module, self.line, self.conditions, self.exported = module, line, conditions, exported

    def under(self, module):
        """Whether it stands where `canImport(module)` holds."""
        return any(f"canImport({module})" in text and not negated for text, negated in self.conditions)

    def instead_of(self, module):
        """Whether it stands in the `#else` of `canImport(module)`."""
        return any(f"canImport({module})" in text and negated for text, negated in self.conditions)


def code_lines(text):
    """Yields the lines without comments and without the inside of multi-line string literals."""
    # Only where a line begins with one: patterns such as "/*.swift" stand inside string literals.
    text = re.sub(r"^[ \t]*/\*.*?\*/", lambda match: "\n" * match.group(0).count("\n"), text, flags=re.DOTALL | re.MULTILINE)
    quoted = False
    for line in text.split("\n"):
        marks = line.count('"""')
        yield "" if quoted else line.split("//", 1)[0]
        if marks % 2:
            quoted = not quoted


def imports(text):
    found, stack = [], []
    for number, line in enumerate(code_lines(text), start=1):
        condition = CONDITION.match(line)
        if condition:
            word, rest = condition.groups()
            if word == "if":
                stack.append([(rest.strip(), False)])
            elif word in ("elseif", "else") and stack:
                branch = [(text, True) for text, _ in stack[-1]]
                stack[-1] = branch + ([(rest.strip(), False)] if word == "elseif" else [])
            elif word == "endif" and stack:
                stack.pop()
            continue
        for statement in line.split(";"):
            match = IMPORT.match(statement)
            if match:
                conditions = [pair for branch in stack for pair in branch]
                found.append(Import(match["module"], number, conditions, "@_exported" in match["attributes"]))
    return found


def check_graph(description):
    if description.get("dependencies"):
        yield "Package.swift: there are package dependencies; the house has none"
    for target in description["targets"]:
        name, used = target["name"], target.get("target_dependencies", [])
        if target.get("product_dependencies"):
            yield f"Package.swift: {name} uses products of another package: {target['product_dependencies']}"
        if not target["path"].startswith("Sources/"):
            continue
        if name not in TABLE:
            yield f"Package.swift: {name} is not in the table"
            continue
        folder, allowed = TABLE[name]
        if target["path"] != f"Sources/{folder}":
            yield f"Package.swift: {name} lives in {target['path']}, not in Sources/{folder}"
        for module in sorted(set(used) - set(allowed)):
            yield f"Package.swift: {name} must not depend on {module}"


def check_outside_import(name, found, where):
    """What a module imports from the toolchain."""
    module = found.module
    if module == "FoundationNetworking":
        if name != "KoalrHTTPTransport":
            yield f"{where}: only KoalrHTTPTransport imports FoundationNetworking"
    elif module == "CryptoKit":
        if name != "KoalrCryptography" or not found.under(module):
            yield f"{where}: only KoalrCryptography imports CryptoKit, under #if canImport(CryptoKit)"
    elif module not in (PURE_OUTSIDE if name in PURE else OUTSIDE):
        yield f"{where}: {name} must not import {module}"
    elif module in PLATFORM and not any(found.under(name) or found.instead_of(name) for name in PLATFORM):
        yield f"{where}: import {module} only where #if canImport chooses the platform"
    elif module == "FoundationEssentials" and not found.under(module):
        yield f"{where}: import {module} only under #if canImport({module}), with Foundation in its #else"
    elif module == "Foundation" and name in PURE and not found.instead_of("FoundationEssentials"):
        yield f"{where}: {name} imports Foundation only where FoundationEssentials does not exist"


def check_source(name, path, text):
    allowed = TABLE[name][1]
    for found in imports(text):
        where = f"{path}:{found.line}"
        if found.module in TABLE:
            if found.module not in allowed:
                yield f"{where}: {name} must not import {found.module}"
        else:
            yield from check_outside_import(name, found, where)
        if found.exported and os.path.basename(path) != "Exports.swift":
            yield f"{where}: re-exports live in Exports.swift"


def check_reads(path, text):
    """What an adapter sends."""
    if not path.startswith(VENDORS):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        line = "" if line.lstrip().startswith("//") else line
        if '"POST"' in line and path not in POSTS:
            yield f"{path}:{number}: posts, and is not among the places known to ask that way"
        allowed = WRITES.get(path, (set(), ""))[0]
        if any(match.group(0).strip('"') not in allowed for match in WRITE.finditer(line)):
            yield f"{path}:{number}: writes to a service; Koalr reads"


def check_sources(root):
    folders = {folder: name for name, (folder, _) in TABLE.items()}
    sources = os.path.join(root, "Sources")
    for folder in sorted(os.listdir(sources)):
        if folder not in folders:
            yield f"Sources/{folder}: no module of the table lives here"
            continue
        for path in files(os.path.join(sources, folder)):
            if path.endswith(".swift"):
                relative = os.path.relpath(path, root)
                yield from check_source(folders[folder], relative, read(path))
                yield from check_reads(relative, read(path))


def check_top_level(root):
    found = {name for name in os.listdir(root) if not name.startswith(".")}
    for name in sorted(found - TOP_LEVEL):
        yield f"{name}: does not belong at the top level"
    for name in sorted(TOP_LEVEL - found):
        yield f"{name}: is missing at the top level"


def check_paths(root):
    for path in files(root):
        relative = os.path.relpath(path, root)
        if not path.endswith(TEXT) and relative != os.path.join(".ci", "run"):
            continue
        for number, line in enumerate(read(path).split("\n"), start=1):
            match = MACHINE_PATH.search(line) or (None if relative.startswith("Tests/") else HOME_PATH.search(line))
            if match:
                yield f"{relative}:{number}: names a path of one machine: {match.group(0)}"
            if SHARED_PATH.search(line) and not relative.startswith(SHARED_ALLOWED):
                yield f"{relative}:{number}: only .ci and Tests know the folder beside the project"


def files(folder):
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if name not in (".git", ".swiftpm", "__pycache__") and not name.startswith(".build")
        )
        yield from (os.path.join(parent, name) for name in sorted(names) if name != ".git")


def read(path):
    """The text of a file; damaged bytes of a fixture are no reason to stop."""
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def violations(root, description):
    return [
        *check_graph(description), *check_sources(root), *check_top_level(root), *check_paths(root),
    ]


def describe(root):
    answer = subprocess.run(
        ["swift", "package", "--package-path", root, "describe", "--type", "json"], check=True, capture_output=True, text=True
    )
    return json.loads(answer.stdout)


# A house that keeps every rule, to break on purpose.

ESSENTIALS = "#if canImport(FoundationEssentials)\n  import FoundationEssentials\n#else\n  import Foundation\n#endif\n"


def sound_house():
    tree = {f"Sources/{folder}/A.swift": "" for folder, _ in TABLE.values()}
    tree.update({"Package.swift": "", "README.md": "", "Tests/A.swift": "", "Examples/A.md": "", "Documentation/A.md": ""})
    tree["Sources/Domain/Exports.swift"] = ESSENTIALS.replace("  import", "  @_exported public import")
    tree["Sources/RiskModel/A.swift"] = "#if canImport(Glibc)\n  import Glibc\n#endif\npublic import KoalrDomain\n"
    tree["Sources/SyncEngine/A.swift"] = "import Synchronization\nimport KoalrStorage // import KoalrGitHub\n" + ESSENTIALS
    tree["Sources/HTTPTransport/A.swift"] = (
        "import Foundation\n#if canImport(FoundationNetworking)\n  import FoundationNetworking\n#endif\n"
    )
    tree["Tests/PeerSupport/A.swift"] = 'let peers = "../shared/peers"\n'
    targets = [
        {"name": name, "path": f"Sources/{folder}", "target_dependencies": list(used)} for name, (folder, used) in TABLE.items()
    ]
    return tree, {"dependencies": [], "targets": targets}


def add(path, text):
    def change(tree, _):
        tree[path] = tree.get(path, "") + text
    return change


def drop(*paths):
    def change(tree, _):
        for path in paths:
            del tree[path]
    return change


def depend(name, module):
    def change(_, description):
        next(target for target in description["targets"] if target["name"] == name)["target_dependencies"].append(module)
    return change


def update(**values):
    return lambda tree, description: description.update(values)


BREAKS = [
    (
        "a core room that depends on an adapter", depend("KoalrRiskModel", "KoalrGitHub"),
        "KoalrRiskModel must not depend on KoalrGitHub",
    ),
    ("an adapter that depends on another", depend("KoalrSnyk", "KoalrCodecov"), "KoalrSnyk must not depend on KoalrCodecov"),
    ("a package dependency", update(dependencies=[{"identity": "swift-log"}]), "there are package dependencies"),
    (
        "an unknown target", update(targets=[{"name": "KoalrHelpers", "path": "Sources/Helpers"}]),
        "KoalrHelpers is not in the table",
    ),
    ("a folder without a module", add("Sources/Helpers/A.swift", ""), "no module of the table lives here"),
    (
        "a seam that imports an adapter", add("Sources/Storage/A.swift", "public import KoalrHTTPTransport\n"),
        "KoalrStorage must not import",
    ),
    (
        "an import with attributes", add("Sources/Domain/A.swift", "@preconcurrency internal import struct KoalrStorage.Held\n"),
        "KoalrDomain must not import KoalrStorage",
    ),
    (
        "a second statement on the line", add("Sources/Domain/A.swift", "import Synchronization; import KoalrStorage\n"),
        "KoalrDomain must not import KoalrStorage",
    ),
    (
        "Foundation in the engine", add("Sources/SyncEngine/A.swift", "import Foundation\n"),
        "only where FoundationEssentials does not exist",
    ),
    (
        "essentials without the condition", add("Sources/Storage/A.swift", "import FoundationEssentials\n"),
        "only under #if canImport",
    ),
    ("CryptoKit outside its room", add("Sources/Storage/A.swift", "import CryptoKit\n"), "only KoalrCryptography"),
    (
        "CryptoKit without the condition", add("Sources/Cryptography/A.swift", "import CryptoKit\n"),
        "under #if canImport(CryptoKit)",
    ),
    ("URLSession outside its room", add("Sources/GitHub/A.swift", "import FoundationNetworking\n"), "only KoalrHTTPTransport"),
    (
        "tasks and queues in a core room", add("Sources/RiskModel/B.swift", "import Dispatch\n"),
        "KoalrRiskModel must not import Dispatch",
    ),
    ("a test framework in a face", add("Sources/Testing/A.swift", "import Testing\n"), "KoalrTesting must not import Testing"),
    (
        "a platform without the condition", add("Sources/RiskModel/B.swift", "import Glibc\n"),
        "only where #if canImport chooses the platform",
    ),
    ("a stray re-export", add("Sources/SyncEngine/A.swift", "@_exported public import KoalrDomain\n"), "re-exports live in"),
    ("a request that deletes", add("Sources/GitHub/B.swift", 'send("DELETE", url)\n'), "writes to a service"),
    (
        "a request that deletes beside those for the own webhook", add("Sources/GitHub/Webhooks/B.swift", 'send("DELETE", url)\n'),
        "writes to a service",
    ),
    (
        "a request that puts where only changes and removals are allowed",
        add("Sources/GitHub/Webhooks/GitHubCodeHost+Webhooks.swift", 'send("DELETE", url)\nsend("PUT", url)\n'),
        "GitHubCodeHost+Webhooks.swift:2: writes to a service",
    ),
    ("a post from beside the webhook", add("Sources/GitHub/Webhooks/B.swift", 'send("POST", url)\n'), "posts, and is not among"),
    ("a mutation", add("Sources/GitHub/B.swift", 'let query = """\n  mutation { addStar }\n"""\n'), "writes to a service"),
    ("a push", add("Sources/GitHistory/B.swift", 'run(["push", remote])\n'), "writes to a service"),
    ("a post from elsewhere", add("Sources/Codecov/B.swift", 'send("POST", url)\n'), "posts, and is not among"),
    ("a folder at the top level", add("Scripts/A.md", ""), "Scripts: does not belong"),
    ("a missing README", drop("README.md"), "README.md: is missing"),
    ("a path of one machine", add("Documentation/A.md", "See /" + "home/someone/koalr\n"), "names a path of one machine"),
    ("the folder beside the project", add("Documentation/A.md", "See .." + "/shared/peers\n"), "only .ci and Tests"),
]


def violations_of(change):
    tree, description = sound_house()
    if change:
        change(tree, description)
    with tempfile.TemporaryDirectory() as root:
        for path, text in tree.items():
            full = os.path.join(root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as file:
                file.write(text)
        return violations(root, description)


def self_test():
    failures = [f"a sound house: {line}" for line in violations_of(None)]
    for what, change, expected in BREAKS:
        found = violations_of(change)
        if not any(expected in line for line in found):
            failures.append(f"{what}: expected '{expected}', got {found or 'nothing'}")
    for line in failures:
        print(line)
    print(f"layer check: {len(BREAKS)} made violations, {len(failures)} not caught")
    return 1 if failures else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    if sys.argv[1:]:
        print(__doc__)
        return 64
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    found = violations(root, describe(root))
    for line in found:
        print(line)
    print(f"layer check: {len(TABLE)} modules, {len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
