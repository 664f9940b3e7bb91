"""Compares a recording with what count_events.py counted in a run of its own: prints the differences."""

import json
import sys
from collections import Counter

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from trace_reader import Trace

trace = Trace(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as source:
    counted = json.load(source)
functions, lines = Counter(), Counter()
for _, _, kind, code, arg, *_ in trace.events():
    code = trace.codes[code]
    functions[kind, code.file, code.qualname, code.first_line] += 1
    if kind == "LINE":
        lines[code.file, arg] += 1
kinds = {k["name"] for k in trace.kinds}
wanted = {tuple(k): n for *k, n in counted["functions"] if k[0] in kinds}
mine = {k: n for k, n in functions.items() if k[0] in {k[0] for k in wanted}}
bad = {k: (n, mine.get(k)) for k, n in wanted.items() if mine.get(k) != n}
bad.update({k: (wanted.get(k), n) for k, n in mine.items() if wanted.get(k) != n})
wanted_lines = {tuple(k): n for *k, n in counted["lines"]}
bad.update({k: (n, lines.get(k)) for k, n in wanted_lines.items() if "LINE" in kinds and lines.get(k) != n})
for key, pair in sorted(bad.items(), key=str)[:20]:
    print(key, "counted %s, recorded %s" % pair)
print("%d functions, %d lines, %d differences" % (len(wanted), len(wanted_lines), len(bad)))
sys.exit(bool(bad))
