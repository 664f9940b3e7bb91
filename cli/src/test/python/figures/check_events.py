"""Holds the line of each event against what this interpreter says of its offset in the code that it compiles itself.

usage: check_events.py INSPECTED.json EVENTS.ndjson

INSPECTED is of `inspect --codes --format json`, EVENTS of `events --format ndjson`, of a trace that this interpreter
recorded.
"""

import json
import os
import sys
import types

with open(sys.argv[1], encoding="utf-8") as source:
    codes = json.load(source)["codes"]


def compiled(path):
    with open(path, "rb") as source:
        todo = [compile(source.read(), path, "exec", dont_inherit=True)]
    while todo:
        code = todo.pop()
        yield code
        todo += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]


by_key = {}
for file in {code["file"] for code in codes if os.path.exists(code["file"])}:
    for code in compiled(file):
        by_key.setdefault((file, code.co_qualname, code.co_firstlineno, len(code.co_code)), []).append(code)
lines = {}
for row in codes:
    same = by_key.get((row["file"], row["qualname"], row["first_line"], row["code_bytes"]), [])
    if len(same) == 1:  # else it is not clear which
        lines[row["index"]] = {
            offset: line for start, end, line in same[0].co_lines() for offset in range(start, end)
        }
checked = differences = without = 0
with open(sys.argv[2], encoding="utf-8") as source:
    next(source)
    for text in source:
        event = json.loads(text)
        if event["offset"] is None or event["code"] not in lines:
            continue
        checked += 1
        line = lines[event["code"]].get(event["offset"])
        without += line is None
        if event["line"] != line:
            differences += 1
            print("expected line %s: %s" % (line, text.strip()))
print("%d events, %d of them at offsets without a line, %d differences" % (checked, without, differences))
sys.exit(differences > 0 or checked < 5000 or without < 20)
