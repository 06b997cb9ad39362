#!/usr/bin/env python3
"""Reads what `swift test` printed and refuses a run that only looks green.

    .ci/check-tests.py FILE [SUITE…]  exit 1 when a test or suite was skipped or cancelled, none ran, or one of the suites did not pass
    .ci/check-tests.py --without-peers FILE [SUITE…]  the same, but what was skipped for want of the peers may be
    .ci/check-tests.py --self-test

Ends with what went wrong, because the end is what people see of a long run.
"""
import re
import sys

# Swift Testing begins the line of a test or suite that did not run with this arrow, and ends every run with a count.
NOT_RUN = re.compile(r"^➜\s+((?:Test|Suite) .*)$")
SUITE = re.compile(r"^\W*Suite (\w+) passed")
# How the peers' absence is told: `Peers.absence`.
WITHOUT_PEERS = re.compile(r"skipped: .*peers")
ISSUE = re.compile(r"^✘ .*recorded an issue")
SUMMARY = re.compile(r"^\W*Test run with (\d+) tests? (?:in \d+ suites? )?(passed|failed)")


def problems(text, suites=(), without_peers=False):
    lines = [line.strip() for line in text.splitlines()]
    found = [
        f"did not run: {match[1]}" for line in lines
        if (match := NOT_RUN.match(line)) and not (without_peers and WITHOUT_PEERS.search(line))
    ]
    runs = [match for line in lines if (match := SUMMARY.match(line))]
    if sum(int(run[1]) for run in runs) == 0:
        found.append("no test ran")
    if failed := [run[0] for run in runs if run[2] == "failed"]:
        found.append("\n".join(failed + issues(lines)))
    passed = {match[1] for line in lines if (match := SUITE.match(line))}
    found += [f"the suite {suite} did not pass" for suite in suites if suite not in passed]
    return found


def issues(lines):
    """What went wrong, with the line that says more about it."""
    found = []
    for line, following in zip(lines, lines[1:] + [""]):
        if ISSUE.match(line):
            found.append(line[:600])
            if following.startswith("↳"):
                found.append("  " + following[:600])
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
    without_peers = [(cases[2][0], 0), (cases[3][0], 1)]
    suite = "✔ Suite StoreTests passed after 0.002 seconds.\n" + passed
    wrong = [text for text, expected in cases if len(problems(text)) != expected]
    wrong += [suite for name, expected in [("StoreTests", 0), ("QueueTests", 1)] if len(problems(suite, [name])) != expected]
    wrong += [text for text, expected in without_peers if len(problems(text, without_peers=True)) != expected]
    failed = cases[5][0]
    issue = "✘ Test \"adds\" recorded an issue at Sum.swift:3:5: Expectation failed\n↳ 1 is not 2\n"
    wrong += [] if "Sum.swift:3:5" in problems(issue + failed)[0] else [issue]
    for text in wrong:
        print(f"misread: {text!r}: {problems(text)}")
    print(f"test check: {len(cases) + len(without_peers) + 3} outputs, {len(wrong)} misread")
    return 1 if wrong else 0


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 64
    if sys.argv[1] == "--self-test":
        return self_test()
    words = [word for word in sys.argv[1:] if word != "--without-peers"]
    with open(words[0], encoding="utf-8", errors="replace") as file:
        found = problems(file.read(), words[1:], without_peers="--without-peers" in sys.argv)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
