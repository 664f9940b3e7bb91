"""Holds a report of several traces against the reports of each: all counts and times are their sums.

usage: check_sum.py TOGETHER.json ONE.json...
"""

import json
import sys
from collections import Counter

SUMS = ("calls", "returns", "yields", "unwinds", "line_events", "self_ns", "total_ns", "hits")
IDENTITY = {"functions": ("file", "qualname", "first_line", "digest"), "line_hits": ("file", "line")}


def read(path):
    with open(path, encoding="utf-8") as source:
        report = json.load(source)
    sums = Counter()
    for name, columns in IDENTITY.items():
        for row in report[name]:
            key = name, *(row[column] for column in columns)
            sums.update({(key, column): row[column] for column in SUMS if row.get(column)})
            sums[key, "is there"] = 1
    sums.update({("totals", column): report["totals"][column] for column in ("events", "calls", "line_events")})
    return sums


together, *single = map(read, sys.argv[1:])
expected = Counter()
for one in single:
    expected.update(one)
for key in expected:
    if key[1] == "is there":
        expected[key] = 1
bad = [key for key in expected.keys() | together.keys() if expected[key] != together[key]]
for key in bad[:20]:
    print("%s: expected %d, found %d" % (key, expected[key], together[key]))
print("%d sums, %d differences" % (len(expected), len(bad)))
sys.exit(bool(bad) or len(expected) < 500)
