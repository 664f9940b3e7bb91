"""Tells what this interpreter says of every code object of its standard library.

usage: code_oracle.py LIBRARY TESTS

LIBRARY: of the files of the standard library without its tests compile 1 in LIBRARY,
TESTS: of those of its tests 1 in TESTS (0: none); beside some that are made for this.

Writes a stream of marshalled tuples (version 2: no references), one for each code object:
  (name, first line, code length, flags, argcount, posonlyargcount, kwonlyargcount, table,
   [(start, end, line or None)...], [(line, end line, column, end column)... for each code unit])
and as the last one the number of code objects, so that a stream that was cut is noticed.
The positions are None before 3.11, which has none. Before 3.10 the lines are those that
PyCode_Addr2Line gives for each byte of the code; what it computes below 0 is None.
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
        yield start, end, line if line >= 0 else None
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


def crafted():
    """Sources and tables as CPython's own tests have them (test_code, test_compile, test_dis, test_exceptions)."""
    sources = (
        "",
        "\n" * 256 + "spam",
        "def f():\n    x = 1\n" + "\n" * 65536 + "    return x\n",
        "def f(a):\n  return (a\n    ." + "b" * 300 + "\n    .c(\n\n   a, " + "'" + "x" * 70000 + "', a))\n",
        "f(\n  x, y, z\n)",
        "(\n\n lambda: (yield))(\n)",
    )
    for source in sources:
        top = compile(source, "<crafted>", "exec", dont_inherit=True)
        yield top
        if sys.version_info < (3, 8):
            continue  # has no code.replace
        field = "co_linetable" if sys.version_info >= (3, 10) else "co_lnotab"
        table = getattr(top, field)
        tables = [b"", table + table]
        if sys.version_info >= (3, 11):
            tables += [b"\xf8", b"\xf8\xf8\xf8\xf9", bytes([0x80 | 13 << 3 | 2, 0])]
        elif sys.version_info < (3, 10):
            tables += [b"\x02", b"\x02\x05\x02"]
        for other in tables:
            yield top.replace(**{field: other})
        yield top.replace(co_firstlineno=100)


def library(of_library, of_tests):
    for path in sample(os.path.dirname(os.__file__), of_library, of_tests):
        try:
            with open(path, "rb") as source:
                yield compile(source.read(), path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            pass  # The library has files that are wrong on purpose.


def main():
    warnings.simplefilter("ignore")
    out = sys.stdout.buffer
    count = 0
    for top in itertools.chain(crafted(), library(int(sys.argv[1]), int(sys.argv[2]))):
        todo = [top]
        while todo:
            code = todo.pop()
            todo.extend(c for c in code.co_consts if isinstance(c, types.CodeType))
            out.write(marshal.dumps(facts(code), 2))
            count += 1
    out.write(marshal.dumps((count,), 2))


main()
