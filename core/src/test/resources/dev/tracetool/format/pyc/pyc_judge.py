"""
Says of each code object that stands on standard input, behind its length, whether CPython loads it: 1 or 0, or ! where it
crashes, which it does for some objects that are part of themselves.
"""

import marshal
import os
import resource
import struct
import sys
import types


def is_loaded(data):
    # A code object that is refused for its numbers is a SystemError.
    try:
        return isinstance(marshal.loads(data), types.CodeType)
    except (EOFError, MemoryError, SystemError, TypeError, ValueError):
        return False


def answers(files):
    """Of the files up to the first at which the process that loads them ends."""
    from_child, to_parent = os.pipe()
    child = os.fork()
    if child == 0:
        for file in files:
            os.write(to_parent, b"1" if is_loaded(file) else b"0")
        os._exit(0)
    os.close(to_parent)
    with open(from_child, "rb") as pipe:
        found = pipe.read()
    os.waitpid(child, 0)
    return found.decode()


def main():
    # What a length claims is allocated before it is found to be wrong; and nobody wants the memory of a crash.
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    everything = memoryview(sys.stdin.buffer.read())
    files = []
    at = 0
    while at < len(everything):
        (size,) = struct.unpack_from("<i", everything, at)
        at += 4 + size
        files.append(everything[at - size : at])
    found = ""
    while len(found) < len(files):
        found += answers(files[len(found) :])
        if len(found) < len(files):
            found += "!"
    print(found, flush=True)


main()
