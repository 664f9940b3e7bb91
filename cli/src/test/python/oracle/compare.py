"""Compares a recording with what count_events.py counted in a run of its own: prints the differences.

usage: compare.py TRACE COUNTED.json

Compares, for code of the folder in which there was counted, events by kind and function, by kind, function and
offset, and by line. Of kinds that the trace has once for each location, it compares which there are.
"""

import json
import sys
from collections import Counter

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from trace_reader import Trace

trace = Trace(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as source:
    counted = json.load(source)
once = trace.metadata["once"]
recorded = {"functions": Counter(), "offsets": Counter(), "lines": Counter()}
for _, _, kind, index, arg, *_ in trace.events():
    code = trace.codes[index]
    if code.file.startswith(counted["folder"]):
        key = (kind, code.file, code.qualname, code.first_line)
        recorded["functions"][key] += 1
        recorded["offsets" if kind != "LINE" else "lines"][(*key, arg) if kind != "LINE" else (code.file, arg)] += 1
kinds = {kind["name"] for kind in trace.kinds}
bad, sizes = [], []
for what, mine in recorded.items():
    theirs = {tuple(key): n for *key, n in counted[what] if key[0] in kinds or (what == "lines" and "LINE" in kinds)}
    sizes.append("%d %s" % (len(theirs), what))
    for key in sorted(theirs.keys() | mine.keys(), key=str):
        pair = theirs.get(key, 0), mine.get(key, 0)
        # A line of a function that was defined twice, or is in a comprehension of its own, has several locations.
        same = bool(pair[0]) == bool(pair[1]) if once else pair[0] == pair[1]
        if not same:
            bad.append("%s: counted %s, recorded %s" % (key, *pair))
print("\n".join(bad[:20]))
print("%s, %d differences" % (", ".join(sizes), len(bad)))
sys.exit(bool(bad))
