#!/usr/bin/env python3
"""Takes the README, and the articles of the documentation, at their word.

    .ci/readme.py test-command      prints the command that the README gives for the tests
    .ci/readme.py client FOLDER     writes a package into FOLDER that depends on this one: `client` is the README's Swift code,
                                    every article is a program, or tests where it has some; prints the names of these programs
    .ci/readme.py output            prints what the README says its code prints
    .ci/readme.py says ARTICLE      prints what an article says in comments behind `print(…)`
"""
import glob
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SAID = re.compile(r"^print\(.*\) +// (.*)$", re.MULTILINE)
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)

MANIFEST = """// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "readme-client",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "koalr-core", path: "{root}", traits: ["SQLite"])],
  targets: [
{targets}
  ]
)
"""
TARGET = '    .{kind}(name: "{name}", dependencies: [{products}]),'
PRODUCT = '.product(name: "{name}", package: "koalr-core")'
# What an article may import of ours.
PRODUCTS = ["KoalrCore", "KoalrHTTPTransport", "KoalrGitHub", "KoalrCodecov", "KoalrSnyk", "KoalrGitHistory", "KoalrCryptography",
            "KoalrSQLiteStorage", "KoalrTesting"]


def blocks(page="README.md"):
    with open(os.path.join(ROOT, page), encoding="utf-8") as file:
        return [(match["language"], match["text"]) for match in FENCE.finditer(file.read())]


def test_command():
    lines = [line for language, text in blocks() if language == "sh" for line in text.splitlines()]
    commands = [line.split("#")[0].strip() for line in lines if line.startswith("swift test")]
    if len(commands) != 1:
        sys.exit(f"README.md: expected one line that starts with 'swift test', found {len(commands)}")
    return commands[0]


def program():
    """The position of the block that is a whole program."""
    programs = [language == "swift" and text.startswith("import KoalrCore") for language, text in blocks()]
    found = [index for index, is_program in enumerate(programs) if is_program]
    if len(found) != 1:
        sys.exit(f"README.md: expected one Swift block that starts with 'import KoalrCore', found {len(found)}")
    return found[0]


def write_client(folder):
    targets = [target("executableTarget", "client", ["KoalrCore"])]
    write(os.path.join(folder, "Sources", "client", "main.swift"), blocks()[program()][1])
    for name, code in articles().items():
        used = [product for product in PRODUCTS if f"import {product}\n" in code] or ["KoalrCore"]
        if "import Testing\n" in code:
            targets.append(target("testTarget", f"{name}Tests", used))
            write(os.path.join(folder, "Tests", f"{name}Tests", f"{name}.swift"), code)
        else:
            targets.append(target("executableTarget", name, used))
            write(os.path.join(folder, "Sources", name, "main.swift"), code)
            print(name)
    manifest = MANIFEST.format(root=os.path.relpath(ROOT, folder), targets="\n".join(targets))
    write(os.path.join(folder, "Package.swift"), manifest)


def articles():
    """The Swift code of every article. All blocks of one are one file, so that a reader can follow it from top to bottom."""
    found = {}
    for path in sorted(glob.glob(os.path.join(ROOT, "Sources", "*", "*.docc", "*.md"))):
        code = "\n".join(text for language, text in blocks(path) if language == "swift")
        if code:
            # A page may have the name of its module, and a package cannot have two targets of one name.
            found[os.path.splitext(os.path.basename(path))[0] + "Page"] = code
    return found


def says(article):
    return "".join(f"{text}\n" for text in SAID.findall(articles()[article]))


def target(kind, name, products):
    return TARGET.format(kind=kind, name=name, products=", ".join(PRODUCT.format(name=product) for product in products))


def write(path, text):
    """Leaves a file alone that already says so, which saves a build."""
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def output():
    following = blocks()[program() + 1:]
    if not following or following[0][0] != "text":
        sys.exit("README.md: the Swift code is not followed by a text block with its output")
    return following[0][1]


def main():
    match sys.argv[1:]:
        case ["test-command"]:
            print(test_command())
        case ["client", folder]:
            write_client(folder)
        case ["says", article]:
            print(says(article), end="")
        case ["output"]:
            print(output(), end="")
        case _:
            print(__doc__)
            return 64
    return 0


if __name__ == "__main__":
    sys.exit(main())
