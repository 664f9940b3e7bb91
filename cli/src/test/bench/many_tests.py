"""Makes many events in many tests: what many_events.py does with a file is a test, and ten files are one of tests.

usage: tracetool record --all [-o FILE] many_tests.py FILES
"""

import sys

import many_events
import tracetool_recorder

for number, path in enumerate(many_events.files(int(sys.argv[1]))):
    tracetool_recorder.begin(f"tests/test_{number // 10}.py::test_{number}")
    many_events.attempt(path)
    tracetool_recorder.end("passed")
