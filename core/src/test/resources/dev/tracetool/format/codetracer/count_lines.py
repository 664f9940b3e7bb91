"""Runs a program and counts, for the files of its folder, line events and calls as sys.settrace has them.

    count_lines.py FOLDER PROGRAM

Prints lines such as "line main.py:3 17" and "call main.py:1:f 2", in order, to standard error: the program's own output
is not mixed with them.
"""

import os
import runpy
import sys
from collections import Counter

folder, program = (os.path.realpath(arg) for arg in sys.argv[1:3])
counts = Counter()


def place(code):
    name = os.path.abspath(code.co_filename)
    return os.path.relpath(name, folder) if name.startswith(folder) else None


def trace(frame, event, _):
    file = place(frame.f_code)
    if file is None:
        return None
    if event == "call":
        counts[f"call {file}:{frame.f_code.co_firstlineno}:{frame.f_code.co_name}"] += 1
    elif event == "line":
        counts[f"line {file}:{frame.f_lineno}"] += 1
    return trace


sys.settrace(trace)
try:
    runpy.run_path(program, run_name="__main__")
finally:
    sys.settrace(None)
for key in sorted(counts):
    print(key, counts[key], file=sys.stderr)
