"""Holds a report against what others say of the same program; prints each difference.

usage: check_report.py REPORT.json EVENTS.ndjson COUNTED.json

REPORT is of `report --by file,function,line,thread --format json`, EVENTS of `events --format ndjson`, both of one trace
in which nothing was left open; COUNTED of count_events.py. Only files that it counted are compared.
"""

import json
import sys
from collections import Counter, defaultdict

with open(sys.argv[1], encoding="utf-8") as source:
    report = json.load(source)
with open(sys.argv[2], encoding="utf-8") as source:
    events = [json.loads(line) for line in source][1:]  # the first says what they are
with open(sys.argv[3], encoding="utf-8") as source:
    counted = json.load(source)

differences = 0


def same(what, expected, found):
    global differences
    if expected != found:
        differences += 1
        print("%s: expected %s, found %s" % (what, expected, found))


def function(row):
    return row["file"], row["qualname"], row["first_line"]


# Counts of functions and lines: those of an independent counter.
files = {file for _, file, *_ in counted["functions"]}
wanted = defaultdict(Counter)
for kind, file, qualname, first_line, n in counted["functions"]:
    wanted[kind][file, qualname, first_line] += n
found = defaultdict(Counter)
columns = {"calls": "PY_START", "returns": "PY_RETURN", "yields": "PY_YIELD", "unwinds": "PY_UNWIND"}
columns["line_events"] = "LINE"
for row in report["functions"]:
    if row["file"] in files:
        for column, kind in columns.items():
            found[kind][function(row)] += row[column]
for kind in columns.values():
    for key in wanted[kind].keys() | found[kind].keys():
        same("%s of %s" % (kind, key), wanted[kind][key], found[kind][key])
hits = {(row["file"], row["line"]): row["hits"] for row in report["line_hits"]}
lines = {(file, line): n for file, line, n in counted["lines"]}
for key in hits.keys() | lines.keys():
    if key[0] in files:
        same("hits of %s" % (key,), lines.get(key, 0), hits.get(key, 0))

# Executable lines: what the interpreter says when it compiles the file.
by_file = {row["file"]: row for row in report["files"]}
same("files", set(), files - by_file.keys())
for file, executable in counted["executable"].items():
    same("lines of " + file, len(executable), by_file[file]["lines"])
    same("lines hit of " + file, sum((file, line) in lines for line in executable), by_file[file]["lines_hit"])

# Times: counted again from the events, interval by interval, each function on the stack once.
own, total, threads, gaps = Counter(), Counter(), {}, Counter()
stacks, last = defaultdict(list), {}
for event in events:
    if event["time_ns"] is None or event["kind"] == "LINE":
        continue
    thread, now, key = event["thread"], event["time_ns"], (event["file"], event["qualname"])
    stack = stacks[thread]
    passed = now - last.get(thread, now)
    last[thread] = now
    threads[thread] = threads.get(thread, 0) + passed
    if stack:
        own[stack[-1]] += passed
    else:
        gaps[thread] += passed
    for each in set(stack):
        total[each] += passed
    if event["kind"] in ("PY_START", "PY_RESUME", "PY_THROW"):
        stack.append(key)
    elif event["kind"] in ("PY_RETURN", "PY_YIELD", "PY_UNWIND"):
        same("innermost frame at %s" % event, key, stack.pop())
same("frames left open", [], [stack for stack in stacks.values() if stack])
self_ns, total_ns, rows = Counter(), Counter(), Counter()
for row in report["functions"]:
    self_ns[function(row)[:2]] += row["self_ns"]
    total_ns[function(row)[:2]] += row["total_ns"]
    rows[function(row)[:2]] += 1
for key, n in rows.items():
    same("self time of %s" % (key,), own[key], self_ns[key])
    if n == 1:  # else it is the sum of several
        same("total time of %s" % (key,), total[key], total_ns[key])
for row in report["threads"]:
    same("time of thread %s" % row["id"], threads.get(row["id"], 0), row["duration_ns"])
    same("time in functions of thread %s" % row["id"], row["duration_ns"] - gaps[row["id"]], row["self_ns"])
same("all self times", sum(row["self_ns"] for row in report["threads"]), sum(self_ns.values()))

# Totals: the sums of the lists.
totals = report["totals"]
same("events", len(events), totals["events"])
for column in ("calls", "line_events"):
    same("all " + column, sum(row[column] for row in report["functions"]), totals[column])
    same("all %s of files" % column, sum(row[column] for row in report["files"]), totals[column])
    same("all %s of threads" % column, sum(row[column] for row in report["threads"]), totals[column])
same("functions", len(report["functions"]), totals["functions"])
for column in ("lines", "lines_hit"):
    same("all " + column, sum(row[column] for row in report["files"]), totals[column])

print("%d functions, %d lines, %d events, %d differences" % (len(self_ns), len(hits), len(events), differences))
sys.exit(bool(differences))
