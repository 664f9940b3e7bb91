"""Holds call trees against what the interpreter's own frames say, and against the report; prints each difference.

usage: check_tree.py TREE.json CALLERS.json REPORT.json COUNTED.json

TREE is of `tree --format json`, CALLERS of `tree --callers '*' --depth 2 --format json`, REPORT of `report --by function
--format json`, all of one trace; COUNTED of count_calls.py.
"""

import json
import sys
from collections import Counter

documents = []
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as source:
        documents.append(json.load(source))
tree, callers, report, counted = documents
differences = 0


def same(what, expected, found):
    global differences
    for key in expected.keys() | found.keys():
        if expected[key] != found[key]:
            differences += 1
            print("%s %s: expected %s, found %s" % (what, key, expected[key], found[key]))


def function(row):
    return row["file"], row["qualname"], row["first_line"]


# Calls by way.
ways = Counter()
for way, n in counted["ways"]:
    ways[tuple(map(tuple, way))] += n
found = Counter()
by_id = []
for row in tree["nodes"]:
    above = () if row["parent"] is None else by_id[row["parent"]]
    by_id.append(above + (function(row),))
    assert len(by_id[-1]) == row["depth"]
    found[by_id[-1]] += row["calls"]
same("calls of", ways, found)
if len(ways) < 5:
    differences += 1
    print("hardly anything was counted")

# Calls by caller.
edges = Counter()
for caller, callee, n in counted["edges"]:
    edges[caller and tuple(caller), tuple(callee)] += n
found = Counter()
for row in callers["nodes"]:
    if row["depth"] == 1:
        callee = function(row)
        found[None, callee] += row["calls"]
    else:
        found[function(row), callee] += row["calls"]
        found[None, callee] -= row["calls"]
same("calls of edge", edges, found)

# Times: the sum over the nodes of a function is what the report says of it.
reported = Counter()
for row in report["functions"]:
    reported[function(row)] += row["self_ns"]
found = Counter()
for row in tree["nodes"]:
    found[function(row)] += row["self_ns"]
same("self time of", reported, found)
children = Counter()
for row in tree["nodes"]:
    children[row["parent"]] += row["total_ns"]
for row in tree["nodes"]:
    same("total time of", Counter({row["id"]: row["total_ns"]}), Counter({row["id"]: row["self_ns"] + children[row["id"]]}))
same("totals", Counter(shown=sum(reported.values())), Counter(shown=tree["totals"]["shown_ns"]))

sys.exit(differences > 0)
