"""Compares the branches that `tracetool coverage --branch --format json` tells with those of coverage.py's JSON report.

    python check_branches.py TRACETOOL COVERAGE LEAST_BRANCHES [--library MODULE...]

Of each line with a decision (if, elif, while, for, case, except), the ways on that were taken and that were not have to be
the same. Lines that have branches only for coverage.py (with, finally, decorators, lambdas, what stands on one line) are
counted and told, those that have them only here are differences.
"""

import ast
import json
import os
import sys

with open(sys.argv[1]) as file:
    ours = {os.path.realpath(f["file"]): f for f in json.load(file)["files"]}
with open(sys.argv[2]) as file:
    theirs = {os.path.realpath(name): f for name, f in json.load(file)["files"].items()}


def way(line):
    return "exit" if line is None or line < 0 else line


DECISIONS = (ast.If, ast.While, ast.For, ast.AsyncFor, ast.ExceptHandler, ast.match_case)
wrong = []
branches = more = 0
for name, facts in sorted(theirs.items()):
    mine = ours.get(name)
    base = os.path.basename(name)
    if mine is None or "--library" in sys.argv and not (base.startswith("test_") or base in sys.argv[4:]):
        continue
    missed, taken = {}, {}
    for line, to in facts["missing_branches"]:
        missed.setdefault(line, set()).add(way(to))
    for line, to in facts["executed_branches"]:
        taken.setdefault(line, set()).add(way(to))
    with open(name, encoding="utf-8") as source:
        tree = ast.parse(source.read())
    lines = {}
    for node in ast.walk(tree):
        if isinstance(node, DECISIONS):
            lines[getattr(node, "lineno", 0) or node.pattern.lineno] = type(node).__name__
    here = {}
    for each in mine["missing_branches"]:
        here.setdefault(each["line"], set()).add(way(each["to"]))
    counted = {each["line"] for each in mine["missing_branches"] + mine["hit_branches"]}
    branches += mine["branches"]
    for line in sorted(missed.keys() | taken.keys() | counted | here.keys()):
        if line not in counted:
            more += 1
            if line in lines:
                print("only there: %s:%d %s" % (base, line, lines[line]))
        elif here.get(line, set()) != missed.get(line, set()):
            wrong.append("%s:%d: missed %s, there %s (taken %s)" % (
                base, line, here.get(line), missed.get(line), taken.get(line)))
print(branches, "branches,", more, "lines have some only there,", len(wrong), "differences")
print("\n".join(wrong))
sys.exit(bool(wrong) or branches < int(sys.argv[3]))
