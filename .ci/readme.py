#!/usr/bin/env python3
"""Takes the README at its word.

    .ci/readme.py test-command    prints the command that the README gives for the tests
    .ci/readme.py client FOLDER   writes a package into FOLDER that is the README's Swift code and depends on this one
    .ci/readme.py output          prints what the README says that code prints
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)

MANIFEST = """// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "readme-client",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "koalr-core", path: "{root}")],
  targets: [.executableTarget(name: "client", dependencies: [.product(name: "KoalrCore", package: "koalr-core")])]
)
"""


def blocks():
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
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
    sources = os.path.join(folder, "Sources", "client")
    os.makedirs(sources, exist_ok=True)
    write(os.path.join(folder, "Package.swift"), MANIFEST.format(root=os.path.relpath(ROOT, folder)))
    write(os.path.join(sources, "main.swift"), blocks()[program()][1])


def write(path, text):
    """Leaves a file alone that already says so, which saves a build."""
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                return
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
        case ["output"]:
            print(output(), end="")
        case _:
            print(__doc__)
            return 64
    return 0


if __name__ == "__main__":
    sys.exit(main())
