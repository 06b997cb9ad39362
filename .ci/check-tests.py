#!/usr/bin/env python3
"""Reads what `swift test` printed and refuses a run that only looks green.

    .ci/check-tests.py FILE [SUITE…]  exit 1 when a test or suite was skipped or cancelled, none ran, or one of the suites did not pass
    .ci/check-tests.py --self-test
"""
import re
import sys

# Swift Testing begins the line of a test or suite that did not run with this arrow, and ends every run with a count.
NOT_RUN = re.compile(r"^➜\s+((?:Test|Suite) .*)$")
SUITE = re.compile(r"^\W*Suite (\w+) passed")
SUMMARY = re.compile(r"^\W*Test run with (\d+) tests? (?:in \d+ suites? )?(passed|failed)")


def problems(text, suites=()):
    lines = [line.strip() for line in text.splitlines()]
    found = [f"did not run: {match[1]}" for line in lines if (match := NOT_RUN.match(line))]
    runs = [match for line in lines if (match := SUMMARY.match(line))]
    if sum(int(run[1]) for run in runs) == 0:
        found.append("no test ran")
    found += [f"a run failed: {run[0]}" for run in runs if run[2] == "failed"]
    passed = {match[1] for line in lines if (match := SUITE.match(line))}
    found += [f"the suite {suite} did not pass" for suite in suites if suite not in passed]
    return found


def self_test():
    passed = "✔ Test run with 5 tests in 2 suites passed after 0.002 seconds."
    cases = [
        (passed, 0),
        ("✔ Test \"a skipped line is told\" passed after 0.001 seconds.\n" + passed, 0),
        ("➜ Suite B skipped: \"the peers are missing\"\n" + passed, 1),
        ("➜ Test \"syncs\" was cancelled after 0.001 seconds: \"no git\"\n" + passed, 1),
        ("✔ Test run with 0 tests in 0 suites passed after 0.001 seconds.", 1),
        ("✘ Test run with 5 tests in 2 suites failed after 0.002 seconds with 1 issue.", 1),
        ("", 1),
    ]
    suite = "✔ Suite StoreTests passed after 0.002 seconds.\n" + passed
    wrong = [text for text, expected in cases if len(problems(text)) != expected]
    wrong += [suite for name, expected in [("StoreTests", 0), ("QueueTests", 1)] if len(problems(suite, [name])) != expected]
    for text in wrong:
        print(f"misread: {text!r}: {problems(text)}")
    print(f"test check: {len(cases) + 2} outputs, {len(wrong)} misread")
    return 1 if wrong else 0


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 64
    if sys.argv[1] == "--self-test":
        return self_test()
    with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
        found = problems(file.read(), sys.argv[2:])
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
