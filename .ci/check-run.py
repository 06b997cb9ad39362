#!/usr/bin/env python3
"""Reads what `full-sync` wrote as another program would.

    .ci/check-run.py summary FILE   the output of --json: one object, every key, complete
    .ci/check-run.py export FILE    an export keeps its rules, and Documentation/Export.md names every field
    .ci/check-run.py equal A B      two exports hold the same records, order and checkpoints apart
"""
import json
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
FILE_STATUSES = {"added", "modified", "removed", "renamed"}

KINDS = {
    "connection", "repository", "change", "commit", "codeowners", "deployment", "issue", "incident", "team", "contributor",
    "coverage", "changeCoverage", "vulnerability", "licenseIssue", "assessment", "activity", "webhook", "dependencies",
    "certificate", "codeownersVersion", "ownershipEvent", "ownershipReport", "checkpoint",
}
SUMMARY = {
    "counts": dict, "requests": dict, "elapsedSeconds": (int, float), "cpuSeconds": (int, float),
    "childCPUSeconds": (int, float), "peakMemoryBytes": int, "complete": bool, "gaps": list,
}
AT_LEAST_ONE = ["repository", "change", "changeFile", "commit", "commitFile", "assessment"]


def check_summary(path):
    with open(path, encoding="utf-8") as file:
        summary = json.load(file)
    for key, kind in SUMMARY.items():
        if not isinstance(summary.get(key), kind) or (kind is int and isinstance(summary[key], bool)):
            yield f"{key} is {summary.get(key)!r}"
    for kind in AT_LEAST_ONE:
        if not summary.get("counts", {}).get(kind, 0) > 0:
            yield f"counts.{kind} is {summary.get('counts', {}).get(kind)!r}"
    if summary.get("complete") is not True:
        yield f"the sample is not complete: {summary.get('gaps')}"


def records(path):
    """Returns the records of an export by connection, kind and key, and what is wrong with it."""
    found, wrong = {}, []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            record = json.loads(line)
            if set(record) != {"kind", "key", "connection", "value"}:
                wrong.append(f"{path}:{number}: the fields are {sorted(record)}")
                continue
            if record["kind"] not in KINDS:
                wrong.append(f"{path}:{number}: unknown kind {record['kind']}")
            identity = (record["connection"], record["kind"], record["key"])
            if identity in found:
                wrong.append(f"{path}:{number}: a second record {identity}")
            found[identity] = record["value"]
    return found, wrong


def members(value):
    """Yields every member of an object and of what is inside it."""
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield key, inner
        yield from members(inner)
    for inner in value if isinstance(value, list) else ():
        yield from members(inner)


def check_export(path):
    found, wrong = records(path)
    yield from wrong
    with open(os.path.join(ROOT, "Documentation", "Export.md"), encoding="utf-8") as file:
        documented = set(re.findall(r"\w+", file.read()))
    for key in sorted({key for value in found.values() for key, _ in members(value)} - documented):
        yield f"Documentation/Export.md does not name the field {key}"
    for identity, value in found.items():
        for key, inner in members(value):
            if key.endswith("At") and isinstance(inner, str) and not TIME.fullmatch(inner):
                yield f"{identity}: {key} is not a time in UTC: {inner}"
        for changed in value.get("files") or [] if identity[1] in ("change", "commit") else []:
            if changed["status"] not in FILE_STATUSES:
                yield f"{identity}: {changed['path']} is {changed['status']}"


def check_equal(first, second):
    (left, wrong_left), (right, wrong_right) = records(first), records(second)
    yield from wrong_left + wrong_right
    left, right = ({key: value for key, value in side.items() if key[1] != "checkpoint"} for side in (left, right))
    if not left:
        yield f"{first}: holds no records"
    for key in sorted(left.keys() | right.keys()):
        if left.get(key) != right.get(key):
            yield f"{key}: {'only in one export' if (key in left) != (key in right) else 'different values'}"


def main():
    match sys.argv[1:]:
        case ["summary", path]:
            found = list(check_summary(path))
        case ["export", path]:
            found = list(check_export(path))
        case ["equal", first, second]:
            found = list(check_equal(first, second))
        case _:
            print(__doc__)
            return 64
    for line in found[:50]:
        print(line)
    if len(found) > 50:
        print(f"… and {len(found) - 50} more")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
