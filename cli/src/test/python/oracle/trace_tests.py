"""Counts with sys.settrace which lines each test of pytest runs, independently of the recorder.

As sitecustomize (`import trace_tests`) and as a plugin of pytest (-p trace_tests), with TRACE_TESTS_ROOT, the folder of
the files that count, and TRACE_TESTS_OUT, a folder. Each process, those that tests start included, writes a JSON file
there at its end: [[test or "", file, line, hits], ...], with no hits for the line where a function begins that was called
"""

import atexit
import json
import os
import sys
import threading
from collections import Counter

root = os.path.join(os.environ["TRACE_TESTS_ROOT"], "")
label = os.environ.get("TRACE_TESTS_LABEL", "")
hits = Counter()


def called(frame, event, arg):
    code = frame.f_code
    if not code.co_filename.startswith(root):
        return None
    hits[label, code.co_filename, code.co_firstlineno] += 0
    return line


def line(frame, event, arg):
    if event == "line":
        hits[label, frame.f_code.co_filename, frame.f_lineno] += 1
    return line


def write():
    sys.settrace(None)
    with open(os.path.join(os.environ["TRACE_TESTS_OUT"], f"{os.getpid()}.json"), "w") as file:
        json.dump([[*key, count] for key, count in hits.items()], file)


def begin(nodeid):
    global label
    label = os.environ["TRACE_TESTS_LABEL"] = nodeid


def pytest_runtest_logstart(nodeid):
    begin(nodeid)


def pytest_runtest_logfinish(nodeid):
    begin("")


atexit.register(write)
threading.settrace(called)
sys.settrace(called)
