#!/usr/bin/env python3
"""Refuses a requirement that is "shown" by something that does not exist.

A row of Documentation/Requirements.md that is shown names test targets (`CodecovTests`), tests of the target named before
them (*in italics*), or files of this package; each of them has to be there. A row that is not names its reason.
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PAGE = os.path.join("Documentation", "Requirements.md")
ROW = re.compile(r"^\| (R\d{3}-\d+) \| (.+?) \| (.+) \| (shown|later|not taken) \| (.+) \|$")
EVIDENCE = re.compile(
    r"`(?P<target>\w+Tests)`|\*(?P<test>[^*]+)\*|`(?P<file>[\w./-]+\.\w+|\.ci/run)`|decision (?P<decision>\d{4})"
)
TEST = re.compile(r"func `([^`]+)`")


def tests_of(target):
    folder, names = os.path.join(ROOT, "Tests", target), set()
    for parent, _, files in os.walk(folder):
        for file in files:
            if file.endswith(".swift"):
                with open(os.path.join(parent, file), encoding="utf-8") as source:
                    names.update(TEST.findall(source.read()))
    return names


def decision(number):
    return any(name.startswith(number) for name in os.listdir(os.path.join(ROOT, "Documentation", "Decisions")))


def check_shown(row, where):
    target, proofs = None, 0
    for match in EVIDENCE.finditer(where):
        proofs += 1
        if match["target"]:
            target = match["target"]
            if not tests_of(target):
                yield f"{row}: there are no tests in Tests/{target}"
        elif match["test"] and match["test"] not in (tests_of(target) if target else ()):
            yield f"{row}: Tests/{target} has no test named '{match['test']}'"
        elif match["file"] and not os.path.exists(os.path.join(ROOT, match["file"])):
            yield f"{row}: there is no {match['file']}"
        elif match["decision"] and not decision(match["decision"]):
            yield f"{row}: there is no decision {match['decision']}"
    if not proofs:
        yield f"{row}: is shown by nothing"


def check(text):
    counts = {}
    for line in text.splitlines():
        if not line.startswith("| R"):
            continue
        match = ROW.match(line)
        if not match:
            yield f"cannot be read: {line[:60]}"
            continue
        row, _, _, status, where = match.groups()
        source = row[1:4]
        of_source = counts.setdefault(source, {"all": 0, "shown": 0, "later": 0, "not taken": 0})
        of_source["all"] += 1
        of_source[status] += 1
        if row != f"R{source}-{of_source['all']}":
            yield f"{row}: expected R{source}-{of_source['all']}"
        if status == "shown":
            yield from check_shown(row, where)
        elif status == "not taken" and not where.startswith("because "):
            yield f"{row}: not taken, without a reason"
    for source, of_source in counts.items():
        wanted = " | ".join(str(number) for number in of_source.values())
        if not re.search(rf"^\| {source} [^|]+ \| {re.escape(wanted)} \|$", text, re.MULTILINE):
            yield f"the table of sums should say of {source}: {wanted}"


def main():
    with open(os.path.join(ROOT, PAGE), encoding="utf-8") as file:
        found = list(check(file.read()))
    for line in found:
        print(f"{PAGE}: {line}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
