"""Holds the lines of a report against coverage.py's: the same lines but for one thing, that coverage.py counts only the
first line of a statement.

usage: check_coverage.py REPORT.json COVERAGE.json
"""

import ast
import json
import os
import sys

with open(sys.argv[1], encoding="utf-8") as source:
    report = json.load(source)
with open(sys.argv[2], encoding="utf-8") as source:
    coverage = json.load(source)
differences = 0


def same(what, expected, found):
    global differences
    if expected != found:
        differences += 1
        print("%s: expected %s, found %s" % (what, sorted(expected), sorted(found)))


def begins(node):
    if isinstance(node, ast.match_case):
        return node.pattern.lineno
    return min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", ()))])


def first_lines(path):
    """The first line of the statement, or of the head of one with a body, that each line belongs to."""
    with open(path, "rb") as source:
        tree = ast.parse(source.read())
    first = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            inside = getattr(node, "body", None) or getattr(node, "cases", None)
            end = begins(inside[0]) - 1 if inside else node.end_lineno
            own = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
            first.update((line, own) for line in range(own, end + 1))
    return first


count = 0
for name, lines in coverage["files"].items():
    path = os.path.abspath(name)
    hit = set(lines["executed_lines"])
    executable = hit | set(lines["missing_lines"])
    first = first_lines(path)
    mine = {row["line"] for row in report["line_hits"] if row["file"] == path}
    mine_hit = {row["line"] for row in report["line_hits"] if row["file"] == path and row["hits"]}
    same("executable lines of " + name, executable, {first.get(line, line) for line in mine})
    same("lines hit of " + name, hit, {first.get(line, line) for line in mine_hit})
    count += len(executable)
print("%d files, %d lines, %d differences" % (len(coverage["files"]), count, differences))
sys.exit(bool(differences) or count < 100)
