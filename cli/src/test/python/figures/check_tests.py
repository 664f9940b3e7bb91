"""Compares what annotate and `report --by test` tell, as JSON, with what oracle/trace_tests.py counted.

    python check_tests.py ANNOTATE REPORT COUNTS

COUNTS is the folder of the files of trace_tests.py. Files are compared by the last two parts of their names, wherever
the project was checked out. Each line's hits and tests have to be the same, and of each test the line events, the lines,
and those that only it hits. A test that calls a function reaches the line where that begins.
"""

import json
import os
import sys
from collections import Counter, defaultdict

annotated, reported, counted = sys.argv[1:]
with open(annotated) as file:
    annotated = json.load(file)
with open(reported) as file:
    reported = json.load(file)


def relative(name):
    """The name in the project, wherever this was checked out."""
    parts = name.split(os.sep)
    return os.sep.join(parts[-2:])


hits, tests = Counter(), defaultdict(Counter)  # by line; by test and line
for name in os.listdir(counted):
    with open(os.path.join(counted, name)) as file:
        for label, source, line, count in json.load(file):
            hits[relative(source), line] += count
            if label:
                tests[label][relative(source), line] += count
reached = Counter(place for lines in tests.values() for place in lines)
owned = Counter(place for lines in tests.values() for place in +lines)

wrong = []


def same(what, ours, theirs):
    if ours != theirs:
        wrong.append(f"{what}: {ours}, not {theirs}")


seen = set()
for file in annotated["files"]:
    for row in file["lines"]:
        place = relative(file["file"]), row["line"]
        same(f"hits of {place}", row["hits"] or 0, hits[place])
        same(f"tests of {place}", row["tests"] or 0, reached[place])
        seen.add(place)
same("lines that are not shown", sorted(hits.keys() - seen), [])
same("tests", sorted(test["label"] for test in reported["tests"]), sorted(tests))
for test in reported["tests"]:
    lines = +tests[test["label"]]
    same(f"line events of {test['label']}", test["line_events"], sum(lines.values()))
    same(f"lines of {test['label']}", test["lines_hit"], len(lines))
    same(f"lines only of {test['label']}", test["lines_only"], sum(owned[place] == 1 for place in lines))
print(len(hits), "lines,", len(tests), "tests,", len(wrong), "differences")
print("\n".join(wrong))
sys.exit(bool(wrong) or not tests)
