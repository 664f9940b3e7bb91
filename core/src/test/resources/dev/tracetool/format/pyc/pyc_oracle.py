"""Tells what this interpreter says of the code objects in compiled files.

usage: pyc_oracle.py RECORDER LIBRARY TESTS
       pyc_oracle.py RECORDER FOLDER

RECORDER: tracetool_recorder.py, whose digests of code are told too, from 3.12 on, where it runs.
LIBRARY: of the files of the standard library without its tests compile 1 in LIBRARY,
TESTS: of those of its tests 1 in TESTS (0: none); every third is made to be validated by hash.
FOLDER: take the .pyc files in it, and in the folders in it, as they are.

Writes for each file: name, content, number of code objects, and for each of these a text, a line for each attribute.
Each of them is a length of 32 bits, little-endian, and so many bytes.
"""

import importlib._bootstrap_external as external
import importlib.util
import itertools
import marshal
import os
import struct
import sys
import types
import warnings

VERSION = sys.version_info[:2]


def files(library):
    for folder, folders, names in os.walk(library):
        folders[:] = sorted(f for f in folders if f not in ("__pycache__", "site-packages"))
        relative = os.path.relpath(folder, library).split(os.sep)
        is_test = "test" in relative or "tests" in relative or "idle_test" in relative
        for name in sorted(names):
            if name.endswith(".py"):
                yield os.path.join(folder, name), is_test


def compiled(library, of_library, of_tests):
    seen = [0, 0]
    done = 0
    for path, is_test in files(library):
        step = of_tests if is_test else of_library
        seen[is_test] += 1
        if not step or (seen[is_test] - 1) % step:
            continue
        try:
            with open(path, "rb") as file:
                source = file.read()
            code = compile(source, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            continue  # The library has files that are wrong on purpose.
        done += 1
        if done % 3:
            yield path, external._code_to_timestamp_pyc(code, 1_700_000_000, len(source))
        else:
            yield path, external._code_to_hash_pyc(code, importlib.util.source_hash(source))


def found(top):
    for folder, folders, names in os.walk(top):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".pyc"):
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    yield path, file.read()


def walk(code, out):
    """In the order in which they are marshalled; one that is used twice is marshalled once."""
    out.setdefault(id(code), (len(out), code))
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType) and id(constant) not in out:
            walk(constant, out)
    return out


def utf8(text):
    return text.encode("utf-8", "surrogatepass").hex()


def bits(value):
    return struct.pack(">d", value).hex()


def constant(value, numbers):
    kind = type(value)
    if value is None or value is Ellipsis or kind is bool:
        return str(value)
    if kind is int:
        return "int %x" % value
    if kind is float:
        return "float " + bits(value)
    if kind is complex:
        return "complex " + bits(value.real) + " " + bits(value.imag)
    if kind is str:
        return "str %d %s" % (len(value), utf8(value))
    if kind is bytes:
        return "bytes " + value.hex()
    if kind is tuple:
        return "(" + ", ".join(constant(item, numbers) for item in value) + ")"
    if kind is frozenset:
        return "{" + ", ".join(sorted(constant(item, numbers) for item in value)) + "}"
    if kind is slice:
        return "slice(" + ", ".join(constant(item, numbers) for item in (value.start, value.stop, value.step)) + ")"
    if kind is types.CodeType:
        return "code %d" % numbers[id(value)][0]
    raise TypeError(kind)


def has_plain_repr(value):
    """Sets have no order; what is printable depends on the version of Unicode; long numbers have no decimal digits."""
    kind = type(value)
    if kind is str:
        return all(c < "\x7f" for c in value)
    if kind is int:
        return value.bit_length() < 10_000
    if kind is tuple:
        return all(map(has_plain_repr, value))
    return kind not in (frozenset, slice, types.CodeType)


def lines(code):
    if hasattr(code, "co_lines"):
        for line, group in itertools.groupby(code.co_lines(), lambda triple: triple[2]):
            group = list(group)
            yield group[0][0], group[-1][1], line
        return
    import ctypes

    line_of = ctypes.pythonapi.PyCode_Addr2Line
    line_of.argtypes = [ctypes.py_object, ctypes.c_int]
    start = 0
    for line, offsets in itertools.groupby(range(len(code.co_code)), lambda offset: line_of(code, offset)):
        end = start + sum(1 for _ in offsets)
        yield start, end, line if line >= 0 else None
        start = end


def positions(code):
    start = 0
    for position, units in itertools.groupby(code.co_positions()):
        yield (start,) + position
        start += 2 * sum(1 for _ in units)


def exceptions(code):
    if VERSION < (3, 11):
        return ()
    import dis

    return [(e.start, e.end, e.target, e.depth, int(e.lasti)) for e in dis._parse_exception_table(code)]


def facts(code, numbers, digest):
    def texts(name, values):
        yield name + " " + " ".join(utf8(value) + "." for value in values)

    def rows(name, values):
        for row in values:
            yield name + " " + " ".join("-" if cell is None else str(cell) for cell in row)

    yield "argcount %d" % code.co_argcount
    yield "posonlyargcount %d" % code.co_posonlyargcount
    yield "kwonlyargcount %d" % code.co_kwonlyargcount
    yield "nlocals %d" % code.co_nlocals
    yield "stacksize %d" % code.co_stacksize
    yield "flags %d" % code.co_flags
    yield "firstlineno %d" % code.co_firstlineno
    yield from texts("filename", [code.co_filename])
    yield from texts("name", [code.co_name])
    if VERSION >= (3, 11):
        yield from texts("qualname", [code.co_qualname])
    yield from texts("names", code.co_names)
    yield from texts("varnames", code.co_varnames)
    yield from texts("cellvars", code.co_cellvars)
    yield from texts("freevars", code.co_freevars)
    yield "code " + code.co_code.hex()
    yield "linetable " + (code.co_linetable if VERSION >= (3, 10) else code.co_lnotab).hex()
    yield "exceptiontable " + (code.co_exceptiontable.hex() if VERSION >= (3, 11) else "")
    for value in code.co_consts:
        yield "const " + constant(value, numbers)
        if has_plain_repr(value):
            yield "repr " + repr(value)
    yield from rows("lines", lines(code))
    if VERSION >= (3, 11):
        yield from rows("positions", positions(code))
    yield from rows("exception", exceptions(code))
    if digest:
        yield "digest " + digest(code).hex()


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20_000)
    digest = None
    if VERSION >= (3, 12):
        sys.path.insert(0, os.path.dirname(sys.argv[1]))
        import tracetool_recorder

        digest = tracetool_recorder.code_digest
    if len(sys.argv) == 3:
        all_files = found(sys.argv[2])
    else:
        all_files = compiled(os.path.dirname(os.__file__), int(sys.argv[2]), int(sys.argv[3]))
    out = sys.stdout.buffer

    def put(data):
        out.write(struct.pack("<I", len(data)))
        out.write(data)

    count = 0
    for path, content in all_files:
        numbers = walk(marshal.loads(content[16:]), {})
        put(path.encode("utf-8", "surrogateescape"))
        put(content)
        out.write(struct.pack("<I", len(numbers)))
        for _, code in numbers.values():
            put("\n".join(facts(code, numbers, digest)).encode())
        count += 1
    out.write(struct.pack("<II", 0xFFFFFFFF, count))


main()
