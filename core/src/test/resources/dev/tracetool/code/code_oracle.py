"""Tells what this interpreter says of every code object of its standard library.

usage: code_oracle.py LIBRARY EVERY

LIBRARY: compile each file of the standard library without its tests 1 in LIBRARY,
EVERY: and each file of its tests 1 in EVERY (0: none).

Writes a stream of marshalled tuples (version 2: no references), one for each code object:
  (name, first line, code length, flags, argcount, posonlyargcount, kwonlyargcount, table,
   [(start, end, line or None)...], [(line, end line, column, end column)... for each code unit])
and as the last one the number of code objects, so that a stream that was cut is noticed.
The positions are None before 3.11, which has none. Before 3.10 the lines are those that
PyCode_Addr2Line gives for each byte of the code.
"""

import itertools
import marshal
import os
import sys
import types
import warnings


def files(library):
    for folder, folders, names in os.walk(library):
        folders[:] = sorted(f for f in folders if f not in ("__pycache__", "site-packages"))
        relative = os.path.relpath(folder, library).split(os.sep)
        is_test = "test" in relative or "tests" in relative or "idle_test" in relative
        for name in sorted(names):
            if name.endswith(".py"):
                yield os.path.join(folder, name), is_test


def sample(library, of_library, of_tests):
    seen = [0, 0]
    for path, is_test in files(library):
        step = of_tests if is_test else of_library
        if step and seen[is_test] % step == 0:
            yield path
        seen[is_test] += 1


def lines_by_address(code):
    import ctypes

    line_of = ctypes.pythonapi.PyCode_Addr2Line
    line_of.argtypes = [ctypes.py_object, ctypes.c_int]
    start = 0
    for line, offsets in itertools.groupby(range(len(code.co_code)), lambda offset: line_of(code, offset)):
        end = start + sum(1 for _ in offsets)
        yield start, end, line
        start = end


def facts(code):
    has_lines = hasattr(code, "co_lines")
    return (
        code.co_name,
        code.co_firstlineno,
        len(code.co_code),
        code.co_flags,
        code.co_argcount,
        getattr(code, "co_posonlyargcount", 0),
        code.co_kwonlyargcount,
        code.co_linetable if has_lines else code.co_lnotab,
        list(code.co_lines() if has_lines else lines_by_address(code)),
        list(code.co_positions()) if hasattr(code, "co_positions") else None,
    )


def main():
    warnings.simplefilter("ignore")
    out = sys.stdout.buffer
    count = 0
    for path in sample(os.path.dirname(os.__file__), int(sys.argv[1]), int(sys.argv[2])):
        try:
            with open(path, "rb") as source:
                top = compile(source.read(), path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            continue  # The library has files that are wrong on purpose.
        todo = [top]
        while todo:
            code = todo.pop()
            todo.extend(c for c in code.co_consts if isinstance(c, types.CodeType))
            out.write(marshal.dumps(facts(code), 2))
            count += 1
    out.write(marshal.dumps((count,), 2))


main()
