"""A program that uses sys.monitoring, sys.settrace and sys.setprofile itself; argv[1]: monitoring, trace, restart."""

import sys

seen = []


def f(n):
    return n + 1


def work():
    for n in range(100):
        f(n)


if sys.argv[1] == "monitoring":
    tool = sys.monitoring.DEBUGGER_ID
    sys.monitoring.use_tool_id(tool, "mine")
    sys.monitoring.register_callback(tool, sys.monitoring.events.PY_START, lambda code, offset: seen.append(code.co_name))
    sys.monitoring.set_events(tool, sys.monitoring.events.PY_START)
    work()
    sys.monitoring.set_events(tool, 0)
    sys.monitoring.free_tool_id(tool)
elif sys.argv[1] == "trace":

    def trace(frame, event, arg):
        seen.append((event, frame.f_lineno))
        return trace

    sys.settrace(trace)
    work()
    sys.settrace(None)
    sys.setprofile(lambda frame, event, arg: seen.append(event))
    work()
    sys.setprofile(None)
else:
    for _ in range(3):
        work()
        sys.monitoring.restart_events()
print(len(seen), seen[:4])
