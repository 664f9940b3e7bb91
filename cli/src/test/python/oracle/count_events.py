"""Counts what a program does, independently of the recorder.

usage: count_events.py monitoring|settrace OUT.json FOLDER SCRIPT [ARGS...]

Counts events of code whose file lies in FOLDER, in plain dictionaries, with one callback per event:
  monitoring   sys.monitoring: every kind of local event, by function and by line
  settrace     sys.settrace: line events by line, call events by function
The program runs as `python SCRIPT ARGS` would run it. What the interpreter itself says of the
executable lines of each file that ran stands in `executable`.
"""

import os
import sys
import threading
import types
from collections import Counter

functions = Counter()  # (kind, file, qualname, first line) -> events
lines = Counter()  # (file, line) -> events
offsets = Counter()  # (kind, file, qualname, first line, offset) -> events
stops = []


def in_folder(code, folder):
    return code.co_filename.startswith(folder)


def key(kind, code):
    return (kind, code.co_filename, code.co_qualname, code.co_firstlineno)


def start_monitoring(folder):
    mon = sys.monitoring
    tool = mon.PROFILER_ID
    mon.use_tool_id(tool, "count_events")
    wanted = 0
    for name, event in vars(mon.events).items():
        # Since 3.14 BRANCH is the old name of two events.
        old = name == "BRANCH" and hasattr(mon.events, "BRANCH_LEFT")
        if name in ("LINE", "INSTRUCTION", "NO_EVENTS") or old or not name.isupper():
            continue
        wanted |= event

        def callback(code, offset, *rest, name=name):
            if in_folder(code, folder):
                functions[key(name, code)] += 1
                offsets[key(name, code) + (offset,)] += 1

        mon.register_callback(tool, event, callback)

    def line(code, number):
        if in_folder(code, folder):
            lines[code.co_filename, number] += 1
            functions[key("LINE", code)] += 1

    mon.register_callback(tool, mon.events.LINE, line)
    mon.set_events(tool, wanted | mon.events.LINE)
    stops.append(lambda: mon.set_events(tool, 0))


def start_settrace(folder):
    def trace(frame, event, arg):
        code = frame.f_code
        if not in_folder(code, folder):
            return None
        if event == "line":
            lines[code.co_filename, frame.f_lineno] += 1
        elif event == "call":
            functions[key("call", code)] += 1
        return trace

    threading.settrace(trace)
    sys.settrace(trace)
    stops.append(lambda: (sys.settrace(None), threading.settrace(None)))


def executable_lines(path):
    """Lines that the line tables of a file's code objects name; 0 is the module's own preamble."""
    with open(path, "rb") as source:
        todo = [compile(source.read(), path, "exec", dont_inherit=True)]
    found = set()
    while todo:
        code = todo.pop()
        found.update(line for _, _, line in code.co_lines() if line)
        todo += [const for const in code.co_consts if isinstance(const, types.CodeType)]
    return sorted(found)


def main():
    how, out, folder, script = sys.argv[1:5]
    sys.argv[:] = sys.argv[4:]
    script = os.path.abspath(script)
    folder = os.path.abspath(folder) + os.sep
    with open(script, "rb") as source:
        code = compile(source.read(), script, "exec", dont_inherit=True)
    module = types.ModuleType("__main__")
    module.__file__ = script
    sys.modules["__main__"] = module
    sys.path[0] = os.path.dirname(script)
    {"monitoring": start_monitoring, "settrace": start_settrace}[how](folder)
    try:
        exec(code, module.__dict__)
    finally:
        for stop in stops:
            stop()
        import json  # not before: the program may import it, too

        files = {file for _, file, *_ in functions} | {file for file, _ in lines}
        with open(out, "w", encoding="utf-8") as target:
            json.dump(
                {
                    "folder": folder,
                    "functions": [[*k, n] for k, n in sorted(functions.items())],
                    "lines": [[*k, n] for k, n in sorted(lines.items())],
                    "offsets": [[*k, n] for k, n in sorted(offsets.items())],
                    "executable": {f: executable_lines(f) for f in sorted(files) if os.path.exists(f)},
                },
                target,
            )


main()
