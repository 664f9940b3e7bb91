"""Counts who calls whom in a program, from the frames that the interpreter itself links to each other.

usage: count_calls.py OUT.json FOLDER SCRIPT [ARGS...]

Only code whose file lies in FOLDER is looked at. A function is a list of file, qualified name and first line. Written are
  edges  [caller, callee, calls]: caller is null if there is none
  ways   [[function, ...], calls]: all callers of a call, outermost first, as tracetool-tree(1) has them: recursion is
         folded, and what is called by a task begins with the task
"""

import inspect
import os
import sys
import types
from collections import Counter

edges = Counter()
ways = Counter()
folder = ""


def function(code):
    return code.co_filename, code.co_qualname, code.co_firstlineno


def own(frame):
    while frame is not None and not frame.f_code.co_filename.startswith(folder):
        frame = frame.f_back
    return frame


def is_task(frame):
    """Whether no coroutine awaits the one of this frame."""
    if not frame.f_code.co_flags & (inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR):
        return False
    below = own(frame.f_back)
    while below is not None and below.f_code.co_flags & inspect.CO_GENERATOR:
        if below.f_code.co_flags & inspect.CO_ITERABLE_COROUTINE:
            return False
        below = own(below.f_back)
    return below is None or not below.f_code.co_flags & (inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR)


def started(code, offset):
    if not code.co_filename.startswith(folder):
        return
    frame = sys._getframe(1)
    assert frame.f_code is code
    caller = None if is_task(frame) else own(frame.f_back)
    edges[caller and function(caller.f_code), function(code)] += 1
    stack = [frame]
    while not is_task(stack[-1]):
        frame = own(stack[-1].f_back)
        if frame is None:
            break
        stack.append(frame)
    way = []
    for frame in reversed(stack):
        name = function(frame.f_code)
        if name in way:
            del way[way.index(name) + 1 :]
        else:
            way.append(name)
    ways[tuple(way)] += 1


def main():
    global folder
    out, folder, script = sys.argv[1:4]
    sys.argv[:] = sys.argv[3:]
    script = os.path.abspath(script)
    folder = os.path.abspath(folder) + os.sep
    with open(script, "rb") as source:
        code = compile(source.read(), script, "exec", dont_inherit=True)
    module = types.ModuleType("__main__")
    module.__file__ = script
    sys.modules["__main__"] = module
    sys.path[0] = os.path.dirname(script)
    mon = sys.monitoring
    mon.use_tool_id(mon.PROFILER_ID, "count_calls")
    mon.register_callback(mon.PROFILER_ID, mon.events.PY_START, started)
    mon.set_events(mon.PROFILER_ID, mon.events.PY_START)
    try:
        exec(code, module.__dict__)
    finally:
        mon.set_events(mon.PROFILER_ID, 0)
        import json  # not before: the program may import it, too

        with open(out, "w", encoding="utf-8") as target:
            json.dump(
                {
                    "edges": [[*edge, n] for edge, n in edges.items()],
                    "ways": [[way, n] for way, n in ways.items()],
                },
                target,
            )


main()
