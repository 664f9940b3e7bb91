"""Compares what `tracetool coverage --format json` tells with coverage.py's JSON report, file by file, line by line.

    python check_statements.py TRACETOOL COVERAGE LEAST_FILES [--library MODULE...]

Each file of coverage.py's has to be in the other one, with the same statements hit, missed and excluded. With --library
only tests, and modules of these names, are compared: the others one of the two may have loaded before it looks.
"""

import json
import os
import sys

with open(sys.argv[1]) as file:
    ours = {os.path.realpath(f["file"]): f for f in json.load(file)["files"]}
with open(sys.argv[2]) as file:
    theirs = {os.path.realpath(name): f for name, f in json.load(file)["files"].items()}

# Modules of the library that neither of the two needs, loaded only by the program that both looked at.
fresh = {name for name in ours if os.path.basename(name).startswith("test_") or os.path.basename(name) in sys.argv[4:]}
wrong = []
compared = statements = 0
for name, facts in sorted(theirs.items()):
    if name not in ours:
        if "--library" not in sys.argv and facts["summary"]["num_statements"]:
            wrong.append(f"{name}: not there")
        continue
    mine = ours[name]
    if "--library" in sys.argv and name not in fresh:
        continue
    compared += 1
    statements += mine["statements"]
    if not mine["source"]:
        wrong.append(f"{name}: no source")
    elif mine["source_match"] == "different":
        wrong.append(f"{name}: taken for another source")
    for lines in "missing_lines", "excluded_lines":
        if set(facts[lines]) != set(mine[lines]):
            wrong.append(f"{name}: {lines} {sorted(set(facts[lines]) ^ set(mine[lines]))[:20]} differ")
    # coverage.py has docstrings, and what is excluded, among the lines that were executed.
    if not set(mine["hit_lines"]) <= set(facts["executed_lines"]):
        wrong.append(f"{name}: {sorted(set(mine['hit_lines']) - set(facts['executed_lines']))[:20]} hit only here")
    summary = facts["summary"]
    for there, here in (
        ("num_statements", "statements"),
        ("missing_lines", "statements_missed"),
        ("excluded_lines", "excluded"),
    ):
        if summary[there] != mine[here]:
            wrong.append(f"{name}: {here} {mine[here]}, there {summary[there]}")
print(compared, "files,", statements, "statements,", len(wrong), "differences")
print("\n".join(wrong))
sys.exit(bool(wrong) or compared < int(sys.argv[3]))
