#!/usr/bin/env python3
"""tracetool's recorder: runs a Python program and writes down what it did.

usage: python tracetool_recorder.py [-o FILE] [--force] [--mode calls|lines|coverage|full] [--events A,B,...]
           [--line-times] [--all] [--include GLOB]... [--exclude GLOB]... [--with-source] [--no-subprocesses]
           [--] SCRIPT [ARGS...] | -m MODULE [ARGS...] | -c CODE [ARGS...]

  -o, --output FILE   the trace (trace.bin); a file that exists is replaced only with --force
  --mode MODE     calls: starts, returns, yields, resumes, throws, unwinds; lines (the default): those and lines;
                  coverage: each line once, nearly free; full: also calls to C, exceptions, branches and jumps
  --events LIST   exactly these events of sys.monitoring
  --line-times    a time for every line event, not only for calls
  --all           the standard library and installed packages, too
  --include GLOB, --exclude GLOB    files to record although they belong to those, or not to record at all; a glob
                  that starts with neither / nor * has to match only the last names of a path
  --with-source   write the text of the source files into the trace, not only their digests
  --no-subprocesses   leave alone the Python programs that the program starts; they have their own traces otherwise

Needs CPython 3.12 or later and nothing but its standard library. The file that it writes is specified in
tracetool-trace(5). As a module: `import tracetool_recorder as r; r.start("trace.bin"); ...; r.stop()`, and around each
test `r.begin(label)` and `r.end("passed")`, which do nothing where nothing is recorded; pytest and unittest need neither.
As a plugin of pytest: `pytest -p tracetool_recorder --tracetool trace.bin`. (PYTEST_DONT_REWRITE: it asserts nothing.)

How it works. One callback for each event of sys.monitoring appends small integers to lists that belong to one
thread; every 8,192 entries these lists become one compressed block, written by one write at the end of the file.
A LINE event costs one append: its line. Any other event is a negative number, its offset in a list of its kind
and its time in a list of times. A change of code object is noticed by identity, and only then is the number of
the code object looked up. The lists are variables of closures, one set for each thread; while there is one
thread, its closures are the callbacks, afterwards the callbacks find those of their thread in a thread-local.

What it costs, by bench_recorder.py on CPython 3.12 to 3.14, in callbacks that do nothing (40 ns each), with all that
is written: a line 3 to 4, a call 9, and 13 in generators; the events of lines mode 6 to 8 where half of them are
calls, with line times 7 to 10. Code that is left out costs nothing after its first event, nor does a line in coverage
mode. Programs that start a second thread pay two or three more for each event. The two marks of a test cost 0.1 ms and
600 bytes; in coverage mode its beginning makes every line that is left out cost an event once more.

What can be lost. A process that is killed, or dies of a signal that Python does not handle, loses of each thread
what is not yet written: at most 8,192 entries, and where calls are recorded nothing that is older than a second
at the thread's last call event; in the first second of a process, about half its age. A process that ends in any
other way, os._exit and os.execv included, loses nothing; one of a multiprocessing.Pool, which the pool ends by
SIGTERM, the last 4 ms at most. Where a signal handler raises an exception while a callback begins, the program gets
the exception, but that one event is missing; so are functions first called within a dozen frames of the recursion
limit.

What it never does is to raise an error of its own in the program. If recording fails (a full disk, say), it
stops, leaves a readable file that says so, and one line on stderr.
"""

import _thread
import atexit
import builtins
import os
import struct
import sys
import time
import zlib
from _collections import _count_elements as count_elements
from array import array
from itertools import repeat
from operator import sub

if not hasattr(sys, "monitoring"):
    version = "%s %s" % (sys.implementation.name, sys.version.split()[0])
    message = "this is %s; recording needs CPython 3.12 or later" % version
    if __name__ != "__main__":
        raise ImportError(message)
    sys.stderr.write("tracetool: %s: %s\n" % (sys.executable, message))
    sys.exit(4)

from _weakref import ref as weak

try:
    from select import select
except ImportError:
    select = None  # the pools of such an interpreter are on their own
try:
    from _signal import SIG_BLOCK, SIG_SETMASK, pthread_sigmask, valid_signals
except ImportError:  # Windows
    pthread_sigmask = None
try:
    from _sha2 import sha256  # hashlib would load OpenSSL
except ImportError:
    from hashlib import sha256
try:
    from _blake2 import blake2b
    from _json import encode_basestring_ascii as quoted  # json would load re
except ImportError:
    from hashlib import blake2b
    from json.encoder import py_encode_basestring_ascii as quoted

VERSION = "0.1.0"
OWN_NAME = "tracetool_recorder"  # as a module and as a plugin of pytest

BLOCK_OPS = 8192  # entries of a block's op column: larger blocks are neither faster to write nor smaller
BLOCK_NS = 1_000_000_000  # a block is also written when a call event comes this long after the one before
FIRST_BLOCK_NS = 1_000_000  # the same at the start of a process; it doubles from block to block, up to the above
POSTPONED_OPS = 1 << 17  # a block with so many entries is not postponed any more; the format allows twice as many
FLUSH_FRAMES = 24  # writing a block needs half of them
IDLE_BLOCK_NS = 4_000_000  # between the blocks that a process of a pool writes after a task: 20 times what one takes
CODES_BYTES = 1 << 20  # of records in one C block
UNPACKED_BYTES = 64  # zlib takes longer to set itself up for so few than to save what the disk costs
MAX_TEXT = 1 << 20  # bytes of a name or a table: a program can make up code objects of any size, blocks have a limit
MAX_SOURCE = 1 << 24  # bytes of a source file: one that is larger was made by a program, and takes long to read
MAX_SOURCES = 1 << 16  # files: a program can make up names without end
MAX_LABEL = 1 << 14  # bytes: a test's label goes on the command line of a child, where a word has 128 KiB
SWEEP_CODES = 4096  # code objects kept alive before the first look for those that nobody else holds

MAGIC = b"\x89TRC\r\n\x1a\n"
SYNC = b"\xb1TB\n"
NO_OFFSET = 0x7FFFFFFF
SWITCH = -2  # the op that only changes the code object
SWITCH_ONLY = [SWITCH]
INDEX_ROW = struct.Struct("<cQIIIq")  # type, offset, subject, count, raw bytes, time: what the index says of a frame

MONITORING = sys.monitoring
EVENTS = {n: e for n, e in vars(MONITORING.events).items() if n.isupper() and n != "NO_EVENTS"}
DISABLE = MONITORING.DISABLE
PUSH = ("PY_START", "PY_RESUME", "PY_THROW")
CALLS = (*PUSH, "PY_RETURN", "PY_YIELD", "PY_UNWIND")
C_CALLS = ("CALL", "C_RETURN", "C_RAISE")
EXCEPTIONS = ("RAISE", "RERAISE", "EXCEPTION_HANDLED", "STOP_ITERATION")
BRANCHES = ("BRANCH_LEFT", "BRANCH_RIGHT") if "BRANCH_LEFT" in EVENTS else ("BRANCH",)
WITH_DESTINATION = ("JUMP", "BRANCH", "BRANCH_LEFT", "BRANCH_RIGHT")
MODES = {
    "calls": CALLS,
    "lines": (*CALLS, "LINE"),
    "coverage": ("LINE",),
    "full": (*CALLS, "LINE", *C_CALLS, *EXCEPTIONS, *BRANCHES, "JUMP"),
}
# The events whose callbacks may return DISABLE; for any other that is an error, raised in the program.
LOCAL = ("PY_START", "PY_RESUME", "PY_RETURN", "PY_YIELD", "LINE", "INSTRUCTION", "CALL", "STOP_ITERATION")
LOCAL += WITH_DESTINATION

CodeType = type((lambda: 0).__code__)
HERE = (lambda: 0).__code__.co_filename
GIL = getattr(sys, "_is_gil_enabled", lambda: True)()
FIRST_THREAD = _thread.get_ident()
now = time.perf_counter_ns
getrefcount, getframe, current_frames = sys.getrefcount, sys._getframe, sys._current_frames
get_ident = _thread.get_ident


def as_it_is(module):
    """A copy of a module as it is now: tests replace functions such as os.write, which are then not ours to call."""
    copy = type(sys)(module.__name__)
    vars(copy).update(vars(module))
    return copy


real_os = os
os, struct, time, zlib = map(as_it_is, (os, struct, time, zlib))
os.path = as_it_is(os.path)
globals().update((n, f) for n, f in vars(builtins).items() if not n.startswith("_"))  # as they are: the same for len
try:
    from posix import _path_normpath as normpath  # posixpath's calls nothing that a test could have replaced
except ImportError:
    normpath = os.path.normpath


class UsageError(Exception):
    """What the user asked for cannot be done; the message is one line."""


class Busy(Exception):
    """An event that comes while the columns of its thread are being shortened, and would have to look at them."""


def ignore(*_):
    """A callback of a recording that has failed."""


def refuse(*_):
    """A callback of an event that is not wanted."""
    return DISABLE


def has_room(frames):
    """Whether so many more frames fit beneath the recursion limit."""
    try:
        return frames == 0 or has_room(frames - 1)
    except RecursionError:
        return False


def is_own(error):
    """Whether an exception in a callback is a failure of the recorder.

    The others come from signal handlers, which run in the middle of whatever is running, and belong to the
    program. The recorder calls nothing written in Python that could fail, so its own failures end in this file.
    """
    trace = error.__traceback__
    while trace.tb_next is not None:
        trace = trace.tb_next
    return isinstance(error, Exception) and trace.tb_frame.f_code.co_filename == HERE


class SignalsHeld:
    """Holds back signals, so that what must be done in one go is not left by an exception of their handlers."""

    def __enter__(self):
        self.before = self.late = None
        while pthread_sigmask is not None:
            try:
                if self.before is None:
                    self.before = pthread_sigmask(SIG_BLOCK, ())
                pthread_sigmask(SIG_BLOCK, valid_signals())
                break
            except BaseException as error:  # of a signal that came before; the mask is set by now, or in the next turn
                self.late = error

    def __exit__(self, *_):
        if self.before is not None:
            pthread_sigmask(SIG_SETMASK, self.before)
        if self.late is not None:
            raise self.late


# ------------------------------------------------------------------------------------------------ encoding


def text(value):
    return (value if isinstance(value, str) else str(value)).encode("utf-8", "surrogatepass")


def sized(data):
    return struct.pack("<I", len(data)) + data


def json(value):
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict):
        return "{%s}" % ", ".join("%s: %s" % (quoted(k), json(v)) for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return "[%s]" % ", ".join(map(json, value))
    return "null" if value is None else str(value).lower()  # an integer or a boolean


def column_bytes(column):
    if sys.byteorder != "little":
        column = array(column.typecode, column)
        column.byteswap()
    return column.tobytes()


def narrow(types, values):
    """The values as bytes of the first of the array types that holds them all, and its width."""
    for typecode in types:
        try:
            column = array(typecode, values)
        except OverflowError:
            continue
        return column_bytes(column), column.itemsize
    raise OverflowError("a value does not fit the trace format")


def packed(raw, strategy=zlib.Z_DEFAULT_STRATEGY):
    """A packed section. Level 1: higher levels cost more than they save; so does any where there is little."""
    if len(raw) > UNPACKED_BYTES:
        deflate = zlib.compressobj(1, zlib.DEFLATED, 15, 8, strategy)
        stored = deflate.compress(raw) + deflate.flush()
        if len(stored) < len(raw):
            return struct.pack("<BxxxII", 1, len(raw), len(stored)) + stored
    return struct.pack("<BxxxII", 0, len(raw), len(raw)) + raw


def time_planes(times):
    """The differences of successive times as byte planes, and their width."""
    deltas = list(map(sub, times[1:], times))
    try:
        raw, width = narrow("IQ", deltas)
    except OverflowError:  # a clock that ran backwards
        raw, width = narrow("IQ", [max(0, delta) for delta in deltas])
    return b"".join(raw[plane::width] for plane in range(width)), width


# -------------------------------------------------------------------------------------------- code objects


def feed(add, value):
    """Feeds a constant to a digest, the same in every process: no addresses, no order of sets, no hash seed."""
    kind = type(value)
    add(kind.__name__.encode())
    if kind is str or kind is bytes:
        add(sized(text(value) if kind is str else value))
    elif kind is int:
        add(b"%x;" % value)  # repr is slow for large integers, and limited
    elif kind in (bool, float, complex):
        add(repr(value).encode())
    elif kind is tuple:
        add(b"%d;" % len(value))
        for item in value:
            feed(add, item)
    elif kind is slice:
        feed(add, (value.start, value.stop, value.step))
    elif kind is CodeType:
        add(text(value.co_qualname))
    elif isinstance(value, (frozenset, dict)):  # frozendict is new in 3.15, and may be no dict
        add(b"".join(sorted(map(item_digest, value.items() if hasattr(value, "items") else value))))


def item_digest(value):
    digest = blake2b(digest_size=16)
    feed(digest.update, value)
    return digest.digest()


def code_digest(code):
    """16 bytes, equal for equal code in every process; zeros for what only looks like a code object."""
    if type(code) is not CodeType:
        return bytes(16)
    return item_digest((code.co_code, code.co_linetable, code.co_exceptiontable, code.co_names, code.co_consts))


def attribute(code, name, kind, default):
    """An attribute of a code object, or of an object of an extension module that may have it, as anything."""
    try:
        value = getattr(code, name, default)
    except Exception:
        return default
    return value if isinstance(value, kind) else default


def cut(name, limit=MAX_TEXT):
    return name if len(name) <= limit else name[:limit].decode("utf-8", "ignore").encode("utf-8") + b"..."


def whole(data, limit):
    return data if len(data) <= limit else b""


def code_record(code, parent):
    """The record of a code object, or of what an extension module passes off as one."""

    def get(name, kind, default):
        return attribute(code, name, kind, default)

    def number(name):
        return get(name, int, 0) & 0xFFFFFFFF

    name = get("co_name", str, "")
    parts = (
        cut(text(get("co_filename", str, ""))),
        cut(text(get("co_qualname", str, name))),
        cut(text(name)),
        whole(get("co_linetable", bytes, b""), 16 * MAX_TEXT),
        whole(b"".join(sized(text(variable)) for variable in get("co_varnames", tuple, ())), MAX_TEXT),
    )
    numbers = ("co_firstlineno", "co_flags", "co_argcount", "co_posonlyargcount", "co_kwonlyargcount")
    head = struct.pack("<QI5I", id(code), parent + 1, *map(number, numbers))
    lengths = struct.pack("<6I", len(get("co_code", bytes, b"")), *map(len, parts))
    return sized(b"".join((head, lengths, code_digest(code), *parts)))


def may_have_negative_lines(code):
    """Whether a LINE event can have a negative line, which as an op would be another event.

    It can for tables made by hand that name one, and since 3.13 also for those that go back to two lines before the
    first one; it can for whatever an extension module passes off as a code object.
    """
    if type(code) is not CodeType:
        return True
    lowest = max(0, code.co_firstlineno - 1)
    return any(line is not None and line < lowest for _, _, line in code.co_lines())


def references_of_the_abandoned():
    """What sys.getrefcount says, in a loop like that of CodeTable.sweep, of a code object that only it holds."""
    codes = {0: compile("0", "", "eval")}
    for index in list(codes):
        code = codes[index]
        return getrefcount(code)


class Sources:
    """The source files of what is recorded, each as it is when the first of its code objects comes."""

    def __init__(self, folder, with_text):
        self.folder, self.with_text = folder, with_text
        self.digests = {}  # file name -> (size, SHA-256), or None; the child of a fork goes on with what its parent saw
        self.forget()

    def forget(self):
        """What belongs to one trace."""
        self.noted = set()  # file names
        self.fresh = []  # (file name, size, SHA-256, text or None), not yet written

    def note(self, name):
        if name in self.noted or name.startswith("<") or len(self.noted) >= MAX_SOURCES:
            return
        data = None
        if self.with_text or name not in self.digests:
            with SignalsHeld():
                data = self.read(name)
        if name not in self.digests:
            self.digests[name] = None if data is None else (len(data), sha256(data).digest())
        digest = self.digests[name]
        if digest is not None:
            same = data is not None and digest == (len(data), sha256(data).digest())
            self.fresh.append((name, *digest, data if self.with_text and same else None))
        self.noted.add(name)

    def read(self, name):
        """The bytes of a file; None if there is none. What a program's audit hook says of it is of no interest here."""
        try:
            path = os.path.join(self.folder, name)
            stat = os.stat(path)
            if stat.st_mode & 0o170000 != 0o100000 or stat.st_size > MAX_SOURCE:
                return None
            fd = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
            try:
                data = part = os.read(fd, stat.st_size + 1)
                while part and len(data) <= MAX_SOURCE:
                    part = os.read(fd, MAX_SOURCE)
                    data += part
            finally:
                os.close(fd)
            return data if len(data) <= MAX_SOURCE else None
        except Exception:
            return None


class CodeTable:
    """Gives code objects their indices, and keeps them alive so that no other one can take over their id.

    Code objects that only this table holds are let go from time to time, so that a program can make them
    without end. Without a GIL the count of references tells little: then all are let go, which costs no more
    than a second record for those that run again.
    """

    def __init__(self, sources):
        self.sources = sources
        self.ids = {}  # id(code) -> index
        self.odd = {}  # the same for those whose lines must be looked at, event by event
        self.alive = {}  # index -> code
        self.count = 0
        self.records, self.first = [], 0  # not yet written, and the index of the first of them
        self.ended = []  # indices, not yet written
        self.sweep_at = SWEEP_CODES if GIL else 16 * SWEEP_CODES
        self.abandoned = references_of_the_abandoned() if GIL else sys.maxsize

    def add(self, code):
        """The index of a code object; those nested in it get theirs too, so that what never ran is known."""
        found = self.ids.get(id(code), self.odd.get(id(code)))
        if found is not None:
            return found
        if type(code) is CodeType:
            self.sources.note(code.co_filename)
        first = self.count
        todo = [(code, -1)]
        while todo:
            code, parent = todo.pop()
            key = id(code)
            if key in self.ids or key in self.odd:
                continue
            index, record = self.count, code_record(code, parent)
            constants = code.co_consts if type(code) is CodeType else ()
            todo += [(constant, index) for constant in constants if type(constant) is CodeType]
            ids = self.odd if may_have_negative_lines(code) else self.ids
            # From here on nothing is called, so no signal handler runs in between.
            self.records += (record,)
            self.alive[index] = code
            self.count = index + 1
            ids[key] = index
        if len(self.alive) > self.sweep_at:
            self.sweep(first)
        return first

    def sweep(self, keep):
        """Lets go what nobody else holds, but for what was added just now."""
        for index in list(self.alive):
            code = self.alive[index]
            if index < keep and getrefcount(code) <= self.abandoned:
                self.ids.pop(id(code), None)
                self.odd.pop(id(code), None)
                del self.alive[index]
                self.ended.append(index)
        self.sweep_at = max(self.sweep_at, 2 * len(self.alive))


# ---------------------------------------------------------------------------------------------------- scope


def glob_matcher(globs):
    """A function that tells whether any of the globs matches a string; re is loaded only where there are some."""
    if not globs:
        return lambda name: None
    import re
    from fnmatch import translate

    anywhere = ["*/" + glob for glob in globs if not glob.startswith(("/", "*", "<"))]
    return re.compile("|".join(map(translate, [*globs, *anywhere]))).match


class Scope:
    """Which code is recorded: decided once for each file name, as it stands in the code objects.

    Code that was compiled from a string has no file. It belongs to whoever ran it with exec or eval: the methods
    of a dataclass or a named tuple are the standard library's, and so is all that is nested in them.
    """

    def __init__(self, everything=False, include=(), exclude=()):
        self.everything, self.include, self.exclude = everything, list(include), list(exclude)
        self.included, self.excluded = glob_matcher(include), glob_matcher(exclude)
        self.folder = os.getcwd()
        self.folder_prefix = os.path.join(self.folder, "")
        self.roots = (os.sep, *(os.path.splitdrive(self.folder)[:1] if os.name == "nt" else ()))
        library = os.path.dirname(os.path.abspath(os.__file__))
        binaries = os.path.join(sys.exec_prefix, sys.platlibdir, os.path.basename(library))
        self.library = tuple({os.path.join(f, "") for x in (library, binaries) for f in (x, os.path.realpath(x))})
        self.known = {}
        self.left_out = {}  # id -> weak reference: compiled from strings by what is left out
        self.left_out_limit = 4096

    def holds(self, code):
        name = code.co_filename if type(code) is CodeType else attribute(code, "co_filename", str, "")
        if name in ("<string>", "") and not self.everything and self.is_left_out(code):
            return False
        answer = self.known.get(name)
        if answer is None:
            if len(self.known) > 1 << 16:  # a program that makes up file names without end
                self.known.clear()
            answer = self.known[name] = name != HERE and self.decide(name)
        return answer

    def decide(self, name):
        relative = name
        if not name.startswith("<"):
            if not name.startswith(self.roots):
                name = self.folder_prefix + name
            name = normpath(name)
            relative = name.removeprefix(self.folder_prefix)
        if self.excluded(name) or self.excluded(relative):
            return False
        if self.everything or self.included(name) or self.included(relative):
            return True
        if name.startswith(("<attrs generated ", "<pytest ")):
            return False
        folders = name.replace("\\", "/").split("/")
        installed = "site-packages" in folders or "dist-packages" in folders
        return not (installed or name.startswith(("<frozen ", *self.library)))


    def is_left_out(self, code):
        """Whether something that is left out compiled this code, which is running, or about to."""
        if type(code) is not CodeType or self.included(code.co_filename):
            return False
        mark = self.left_out.get(id(code))
        if mark is not None and mark() is code:
            return True
        if code.co_name != "<module>":
            return False
        frame = getframe()
        while frame is not None and frame.f_code is not code:
            frame = frame.f_back
        caller = frame and frame.f_back
        if caller is None or caller.f_code.co_filename == HERE or self.holds(caller.f_code):
            return False
        self.leave_out(code)
        return True

    def leave_out(self, code):
        if len(self.left_out) > self.left_out_limit:
            self.left_out = {key: mark for key, mark in list(self.left_out.items()) if mark() is not None}
            self.left_out_limit = max(self.left_out_limit, 2 * len(self.left_out))
        todo = [code]
        while todo:
            code = todo.pop()
            self.left_out[id(code)] = weak(code)
            todo += [constant for constant in code.co_consts if type(constant) is CodeType]


# ----------------------------------------------------------------------------------------------------- file


class TraceFile:
    """Appends frames to a file, and keeps what its index needs. Until it is opened, frames are held in memory.

    A signal handler can raise an exception in the middle of any of this. It waits in `late` until the frame is
    written whole, because a frame that is half there, or there twice, would spoil the file.
    """

    def __init__(self, kinds):
        head = MAGIC + struct.pack("<HH", 1, 1)
        self.held = head + struct.pack("<I", zlib.crc32(head))  # None: opened
        self.size = len(self.held)
        self.path = self.fd = None
        self.begun = False  # a frame is being written, and may be there in part
        self.late = None
        self.rows = bytearray()
        self.totals = [0] * kinds  # events of each kind

    def open(self, path, force=False):
        self.path = path
        flags = os.O_CREAT | os.O_TRUNC if force else os.O_CREAT | os.O_EXCL
        try:
            self.fd = self.open_fd(flags)
        except FileExistsError:
            kind = os.stat(self.path).st_mode & 0o170000
            if kind == 0o040000:
                raise IsADirectoryError(21, "it is a folder", self.path) from None
            if kind == 0o100000:
                raise
            self.fd = self.open_fd(0)  # a device or a pipe: there is nothing to overwrite
        try:
            stat = os.fstat(self.fd)
            self.identity = stat.st_dev, stat.st_ino
            self.regular = stat.st_mode & 0o170000 == 0o100000
            done = 0
            while done < len(self.held):
                done += os.write(self.fd, self.held[done:])
        except OSError:
            os.close(self.fd)
            if not force:
                os.unlink(self.path)
            raise
        self.held = None

    def open_fd(self, flags):
        """Opens the file with a high number: programs count on low ones for the files that they open."""
        flags |= os.O_WRONLY | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        fd = os.open(self.path, flags, 0o666)
        try:
            import fcntl

            high = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 200)
        except (ImportError, OSError):
            return fd
        os.close(fd)
        return high

    def own_stat(self):
        """The file's status, if it is still ours: programs close files that they did not open."""
        try:
            stat = os.fstat(self.fd)
            if (stat.st_dev, stat.st_ino) == self.identity:
                return stat
        except OSError:
            pass
        return None

    def status(self):
        stat = self.own_stat()
        if stat is None:
            try:
                self.fd = self.open_fd(0)
            except FileNotFoundError:
                raise OSError("the trace was removed") from None
            stat = self.own_stat()
            if stat is None:
                os.close(self.fd)
                raise OSError("the trace was replaced by another file")
        if self.regular and not stat.st_nlink:
            raise OSError("the trace was removed")
        return stat

    def put(self, data):
        """Writes what of the data is not yet in the file: after an exception it can simply be called again."""
        while not self.regular and data:
            data = data[os.write(self.fd, data) :]
        while data:
            done = self.status().st_size - self.size
            if not 0 <= done <= (len(data) if self.begun else 0):
                raise OSError("another program wrote to the trace")
            if done == len(data):
                return
            self.begun = True
            os.write(self.fd, data[done:])

    def frame(self, kind, payload, subject=0, count=0, when=0, raw=0, totals=None):
        head = struct.pack("<4scBHII", SYNC, kind, 0, 0, len(self.rows) // INDEX_ROW.size, len(payload))
        crcs = struct.pack("<I", zlib.crc32(head)), struct.pack("<I", zlib.crc32(payload))
        data = b"".join((head, crcs[0], payload, crcs[1]))
        row = INDEX_ROW.pack(kind, self.size, subject, count, raw, when)
        end = self.size + len(data)
        while self.held is None:
            try:
                self.put(data)
                break
            except BaseException as error:
                if is_own(error):
                    self.take_back()
                    raise
                self.late = error
        # From here on nothing is called, so no signal handler runs, up to the end of the caller's next statement.
        if self.held is not None:
            self.held += data
        self.begun = False
        self.rows += row
        self.size = end
        if totals is not None:
            self.totals = totals

    def take_back(self):
        """Half a frame on a full disk would only be damage; without it there may be room to say what happened."""
        if self.begun and self.own_stat():
            try:
                os.ftruncate(self.fd, self.size)
                self.begun = False
            except OSError:
                pass

    def raise_late(self):
        late, self.late = self.late, None
        if late is not None:
            raise late

    def finish(self):
        """Writes the index and the end."""
        rows = list(INDEX_ROW.iter_unpack(self.rows))
        threads = {}
        for kind, _, thread, count, _, _ in rows:
            if kind == b"E":
                threads[thread] = threads.get(thread, 0) + count
        kinds, offsets, subjects, counts, raws, times = zip(*rows)
        columns = array("Q", offsets), *(array("I", numbers) for numbers in (subjects, counts, raws)), array("q", times)
        raw = [struct.pack("<I%dQ" % len(self.totals), len(self.totals), *self.totals)]
        raw += struct.pack("<I", len(threads)), *(struct.pack("<IQ", *item) for item in threads.items())
        raw += struct.pack("<I", len(rows)), b"".join(kinds), *map(column_bytes, columns)
        at = self.size
        self.frame(b"i", packed(b"".join(raw)))
        self.frame(b"Z", struct.pack("<qQQ", now(), sum(self.totals), at))

    def close(self):
        if self.fd is not None and self.own_stat():
            os.close(self.fd)
        self.fd = None


# ------------------------------------------------------------------------------------------------- recorder


class Stream:
    """What one thread did since its last block, in columns."""

    def __init__(self, number, ident, name, recorder):
        self.number = number  # our own count
        self.ident = ident  # the system's, which comes again
        self.ended = False
        self.name, self.written_name = name, None
        self.ops, self.codes, self.times = [], [], []
        self.args = {k: [] for k in recorder.widths}  # by kind
        self.uneven = False  # its columns are just being shortened
        self.callbacks = recorder.callbacks_of(self)  # by name

    def columns(self):
        return (self.ops, self.codes, self.times, *self.args.values())

    def has_events(self):
        return len(self.ops) > 2 or self.ops.count(SWITCH) < len(self.ops)

    def copy(self):
        """What its thread, which may be in the middle of a callback, did up to now; entries of an event that is not
        yet there can stand at the ends of the columns, but for that of the ops, to which callbacks append last."""
        copy = object.__new__(Stream)
        copy.__dict__.update(self.__dict__, ops=list(self.ops))
        copy.codes, copy.times = list(self.codes), list(self.times)
        copy.args = {kind: list(column) for kind, column in self.args.items()}
        return copy


class Recorder:
    """The recording of one process; in the child of a fork it goes on as that of the child."""

    def __init__(self, path, mode, events, line_times, scope, with_source):
        self.path = os.path.abspath(path)
        self.stem, self.extension = os.path.splitext(self.path)
        self.mode = mode if events is None else "custom"
        self.names = list(MODES[mode] if events is None else events)  # kind k is names[k - 1]
        self.kinds = {name: k for k, name in enumerate(self.names, 1)}
        self.once = ["LINE"] if self.mode == "coverage" else []
        self.line_times = line_times and "LINE" in self.kinds and not self.once
        self.timed = {n for n in self.names if n in CALLS + C_CALLS or (n == "LINE" and self.line_times)}
        # Kind -> the number of arguments in its column; a line stands in the op column.
        self.widths = {k: 2 if n in WITH_DESTINATION else 1 for n, k in self.kinds.items() if n != "LINE"}
        self.scope = scope
        self.sources = Sources(scope.folder, with_source)
        self.parent_trace = None
        self.subprocesses = True
        self.running = False
        self.stderr = self.stderr_identity()
        self.reset()

    def reset(self):
        """What belongs to one process, and to one file."""
        self.lock = _thread.RLock()  # for what threads share; each thread's own stream needs none
        self.writing = False
        self.file = TraceFile(len(self.names))
        self.sources.forget()
        self.table = CodeTable(self.sources)
        self.streams = {}  # thread ident -> stream
        self.waiting = {}  # those that their threads have not yet asked for
        self.thread_count = 0
        self.seen = set()  # once only: index << 32 | line
        self.shared = False  # the callbacks are those for several threads
        self.tests = {}  # thread ident -> label of its open test, the one that began last at the end
        self.pause = FIRST_BLOCK_NS  # until the next block at the latest
        self.written = 0  # when the last block was

    # -- start and end

    def start(self, force=False, argv=None):
        """Begins to record. The trace of a process that is another one's child is opened with its first block."""
        self.argv = argv or sys.argv
        for tool in (4, 3, 2, 5, 1, 0):
            try:
                MONITORING.use_tool_id(tool, "tracetool")
                break
            except ValueError:
                continue
        else:
            raise UsageError("no tool id of sys.monitoring is free")
        self.tool = tool
        try:
            self.set_out(current_frames())
            if self.parent_trace is None:
                self.file.open(self.path, force)
        except OSError:
            MONITORING.free_tool_id(tool)
            raise
        wanted = 0
        for name in self.names:
            wanted |= EVENTS[name]
        if not self.kinds.keys().isdisjoint(C_CALLS):  # the interpreter gives all three or none
            wanted |= EVENTS["CALL"] | EVENTS["C_RETURN"] | EVENTS["C_RAISE"]
        if "LINE" in self.kinds and "PY_START" not in self.kinds:
            # Without it 3.13 and later have no LINE for a function that begins on the line of its def, or a lambda.
            wanted |= EVENTS["PY_START"]
            MONITORING.register_callback(tool, EVENTS["PY_START"], refuse if self.once else self.unwanted)
        self.running = True
        MONITORING.set_events(tool, wanted)
        self.wanted = MONITORING.get_events(tool)  # which leaves out C_RETURN and C_RAISE

    def set_out(self, frames):
        """Writes the head of the file, and sets the callbacks. The frames are those of each thread, by ident."""
        self.write_metadata()
        stream = self.waiting[get_ident()] = self.new_stream()
        self.local = self.thread_local()
        for ident, frame in frames.items():
            self.write_stack(ident, frame)
        if len(frames) > 1 or not GIL or not self.kinds.keys() >= set(PUSH):
            self.share()
        else:
            self.register(stream.callbacks)

    def unwanted(self, code, offset):
        """The callback of an event that is not wanted, but has to stay switched on where something is recorded."""
        try:
            return None if self.scope.holds(code) else DISABLE
        except BaseException as error:
            if self.trouble(error):
                raise

    def register(self, callbacks):
        """Sets all callbacks at once: no other thread can run in the middle of a call to `list`."""
        events = [EVENTS[name] for name in callbacks]
        list(map(MONITORING.register_callback, repeat(self.tool), events, callbacks.values()))

    def stop(self):
        """Writes what is not yet written, and closes the file."""
        with SignalsHeld(), self.lock:
            if not self.running:
                return
            taken = self.is_taken()
            self.running = False
            try:
                self.silence()
                if not self.writing:  # else a signal handler ends the process in the middle of a block
                    self.flush_copies()
                    if taken:
                        raise InterruptedError("the program took sys.monitoring from the recorder; events are missing")
                    self.finish()
                self.file.close()
            except Exception as error:
                self.fail(error)

    def is_taken(self):
        """Whether the program gave our tool id to somebody else, or switched events off."""
        try:
            return MONITORING.get_tool(self.tool) != "tracetool" or MONITORING.get_events(self.tool) != self.wanted
        except ValueError:
            return True

    def silence(self):
        try:
            if MONITORING.get_tool(self.tool) != "tracetool":
                return
            MONITORING.set_events(self.tool, 0)
            self.register(dict.fromkeys(EVENTS))
            MONITORING.free_tool_id(self.tool)
        except ValueError:
            pass  # the program took the tool id from us

    def fail(self, error):
        """Recording cannot go on; the program does."""
        message = str(error) if isinstance(error, OSError) else "%s: %s" % (type(error).__name__, error)
        self.running = False
        try:
            self.silence()
            self.file.frame(b"X", json({"message": message}).encode())
            self.file.close()
        except Exception:
            pass
        try:
            if self.stderr is not None and self.stderr == self.stderr_identity():
                line = "tracetool: recording stopped: %s (%s)\n" % (message, self.file.path or self.path)
                os.write(2, line.encode("utf-8", "backslashreplace"))
        except Exception:
            pass

    @staticmethod
    def stderr_identity():
        """Tells whether 2 is still stderr when there is something to say: the program may have closed it."""
        try:
            stat = os.fstat(2)
        except OSError:
            return None
        return stat.st_dev, stat.st_ino

    def trouble(self, error):
        """Called for an exception in a callback. True if it is the program's, and is to be raised there."""
        if not is_own(error):
            return True
        if isinstance(error, (RecursionError, Busy)):  # near the program's own limit what is not written is kept
            return False
        self.fail(error)
        return False

    # -- threads

    def thread_local(self):
        recorder = self

        class Local(_thread._local):
            def __init__(self):  # called in this thread now, and in each other one at its first event
                try:
                    self.callbacks = recorder.own_stream().callbacks
                except BaseException as error:
                    if not is_own(error):
                        raise  # the program's; the next event tries again
                    recorder.fail(error)
                    self.callbacks = dict.fromkeys(recorder.names, ignore)
                self.line = self.callbacks.get("LINE")

        return Local()

    def own_stream(self):
        with self.lock:
            stream = self.waiting.pop(get_ident(), None)
            if stream is None:
                self.flush_ended_threads()
                stream = self.new_stream()
            return stream

    def new_stream(self, ident=None):
        ident = get_ident() if ident is None else ident
        number = self.thread_count
        self.thread_count = number + 1
        stream = self.streams[ident] = Stream(number, ident, self.thread_name(ident), self)
        return stream

    def flush_ended_threads(self):
        """Called by a new thread: another one of the same ident is at its end, too."""
        alive = current_frames().keys() - {get_ident()}
        for ident in self.streams.keys() - alive:
            stream = self.streams.pop(ident)
            stream.ended = True  # another thread may have its ident already
            self.flush(stream)
            self.waiting.pop(ident, None)

    @staticmethod
    def thread_name(ident):
        threading = sys.modules.get("threading")
        thread = getattr(threading, "_active", {}).get(ident)
        if thread is None and ident == get_ident():  # it is just starting
            frame = getframe()
            while frame.f_back is not None:
                frame = frame.f_back
            if frame.f_code.co_name == "_bootstrap":
                thread = frame.f_locals.get("self")
        name = getattr(thread, "_name", None)
        return name if isinstance(name, str) else "MainThread" if ident == FIRST_THREAD else ""

    # -- callbacks

    def share(self):
        """From now on there is more than one thread."""
        with self.lock:
            if not self.shared:
                self.shared = True
                self.register({name: self.dispatcher(name) for name in self.names})

    def dispatcher(self, name):
        """The callback for any number of threads."""
        local = self.local

        def on_line(code, line):
            return local.line(code, line)

        def on_event(code, offset, destination=None, _=None):
            return local.callbacks[name](code, offset, destination)

        return on_line if name == "LINE" else on_event

    def admit(self, code, codes):
        """Makes a code object that has no index the current one; false if it is out of scope."""
        if not self.running or not self.scope.holds(code):
            return False
        with self.lock:
            codes.append(self.table.add(code))
        return True

    def callbacks_of(self, stream):
        """The callbacks of one thread, by name. All that they need are variables of this function.

        They append to the op column last: an exception before that, from a signal handler, leaves entries in the
        other columns. It also leaves no current code object, so that the next event cuts them off before it adds
        its own, however many exceptions came in between.
        """
        ops, codes, times = stream.ops, stream.codes, stream.times
        owner = stream.ident
        ids, admit, trouble = self.table.ids, self.admit, self.trouble
        seen, known = self.seen, self.scope.known
        last = None  # the current code object; none after a block, and after an exception
        due = now() + self.pause

        def current_after(code):
            """An odd code object never becomes the current one, so that each of its lines is looked at."""
            return code if id(code) in ids else refuse

        def mend():
            with self.lock:
                if stream.uneven:
                    raise Busy
                self.settle(stream)

        def flush():
            nonlocal last, due
            try:
                room = len(ops) >= POSTPONED_OPS or has_room(FLUSH_FRAMES)
            except RecursionError:
                room = False
            if not room:
                due = now() + self.pause  # too near the recursion limit: a block can wait, an event would be lost
                return
            last = None
            self.flush(stream)
            self.pause = min(2 * self.pause, BLOCK_NS)
            due = now() + self.pause

        def write():
            mend()
            flush()

        stream.write = write

        def foreign(name, code, offset):
            """The first event of a second thread, always one of PUSH."""
            self.share()
            return self.local.callbacks[name](code, offset)

        def timed_event(name):
            same, other = -1 - 2 * self.kinds[name], -2 - 2 * self.kinds[name]
            args = stream.args[self.kinds[name]]
            push = name in PUSH
            refusal = DISABLE if name in LOCAL else None

            def on_event(code, offset, _=None, __=None):
                nonlocal last
                if push and get_ident() != owner:
                    return foreign(name, code, offset)
                try:
                    when = now()
                    if code is last:
                        args.append(offset)
                        times.append(when)
                        ops.append(same)
                    else:
                        if last is None:
                            mend()
                        try:
                            codes.append(ids[id(code)])
                        except KeyError:
                            if not admit(code, codes):
                                return refusal
                            code = current_after(code)
                        args.append(offset)
                        times.append(when)
                        ops.append(other)
                        last = code
                    if len(ops) >= BLOCK_OPS or when > due:
                        try:
                            flush()
                        except RecursionError as error:
                            if error.__traceback__.tb_next is not None:  # else not even called: the limit is here
                                raise
                except BaseException as error:
                    last = None
                    if trouble(error):
                        raise

            return on_event

        def event(name):
            op = -1 - 2 * self.kinds[name]
            args = stream.args[self.kinds[name]]
            destined = name in WITH_DESTINATION
            refusal = DISABLE if name in LOCAL else None

            def on_event(code, offset, destination=None, _=None):
                nonlocal last
                try:
                    if code is not last:
                        if last is None:
                            mend()
                        try:
                            codes.append(ids[id(code)])
                        except KeyError:
                            if not admit(code, codes):
                                return refusal
                            code = current_after(code)
                        ops.append(SWITCH)
                        last = code
                    args.append(offset)
                    if destined:
                        args.append(destination)
                    ops.append(op)
                    if len(ops) >= BLOCK_OPS:
                        try:
                            flush()
                        except RecursionError as error:
                            if error.__traceback__.tb_next is not None:  # else not even called: the limit is here
                                raise
                except BaseException as error:
                    last = None
                    if trouble(error):
                        raise

            return on_event

        def on_line(code, line):
            nonlocal last
            try:
                if code is not last:
                    if last is None:
                        mend()
                    try:
                        codes.append(ids[id(code)])
                    except KeyError:
                        if line < 0 or not admit(code, codes):
                            return DISABLE
                        code = current_after(code)
                    ops.append(SWITCH)
                    last = code
                ops.append(line)
                if len(ops) >= BLOCK_OPS:
                    try:
                        flush()
                    except RecursionError as error:
                        if error.__traceback__.tb_next is not None:  # else not even called: the limit is here
                            raise
            except BaseException as error:
                last = None
                if trouble(error):
                    raise

        def on_timed_line(code, line):
            nonlocal last
            try:
                when = now()
                if code is not last:
                    if last is None:
                        mend()
                    try:
                        codes.append(ids[id(code)])
                    except KeyError:
                        if line < 0 or not admit(code, codes):
                            return DISABLE
                        code = current_after(code)
                    ops.append(SWITCH)
                    last = code
                times.append(when)
                ops.append(line)
                if len(ops) >= BLOCK_OPS or when > due:
                    try:
                        flush()
                    except RecursionError as error:
                        if error.__traceback__.tb_next is not None:  # else not even called: the limit is here
                            raise
            except BaseException as error:
                last = None
                if trouble(error):
                    raise

        def on_line_once(code, line):
            """A line can have several locations, and other tools can enable them again, as the beginning of a test does.

            All that is left out comes here at the beginning of each test, so it goes first.
            """
            if type(code) is CodeType and known.get(code.co_filename) is False:
                return DISABLE
            if (ids.get(id(code), -1) << 32 | line) not in seen:
                on_line(code, line)
                if id(code) in ids:
                    seen.add(ids[id(code)] << 32 | line)
            return DISABLE

        lines = on_line_once if self.once else on_timed_line if self.line_times else on_line
        return {n: lines if n == "LINE" else (timed_event if n in self.timed else event)(n) for n in self.names}

    # -- writing

    def flush(self, stream, closing=False):
        """Writes what a thread did as one block. Called by the thread itself, or when it cannot go on."""
        if not stream.has_events():
            return
        with SignalsHeld(), self.lock:
            if self.writing or not (self.running or closing):
                return
            self.writing = True
            try:
                self.write_events(stream)
                del stream.ops[:]
                for column in stream.columns():
                    column.clear()
            finally:
                self.writing = False
            self.file.raise_late()

    def write_events(self, stream):
        if self.file.held is not None:
            self.open_beside()
        self.write_codes()
        self.write_thread(stream)
        self.written = now()
        self.file.frame(*self.event_frame(stream))

    def flush_copies(self):
        """Writes what all threads did; the others may be in the middle of a callback right now."""
        for stream in list(self.streams.values()):
            copy = stream.copy()
            self.settle(copy)
            self.flush(copy, closing=True)

    def write_up_to_now(self, stream):
        """Writes what a thread did, and takes just that from its columns, while it may go on; signals are held back.

        The thread goes on with what is its current code object, be it in the middle of a callback: that is the first
        entry of what comes next.
        """
        if not stream.has_events():
            return
        copy = stream.copy()
        self.settle(copy)
        code = copy.codes[-1:]
        size, codes = len(copy.ops), len(copy.codes)
        others = [(column, len(copied)) for column, copied in zip(stream.columns(), copy.columns())][2:]
        self.write_events(copy)
        stream.ops[:size] = SWITCH_ONLY
        stream.uneven = True
        while stream.uneven:
            try:
                # Nothing is called in here, so a signal handler can run only between two turns of a loop.
                stream.codes[:codes] = code
                codes = 1
                while others:
                    del others[-1][0][: others[-1][1]]
                    del others[-1]
                stream.uneven = False
            except BaseException as error:
                self.file.late = error

    def finish(self):
        if self.file.held is None:  # the child of a fork that recorded nothing has no file
            self.write_codes()
            self.file.finish()

    def settle(self, stream):
        """Cuts off what callbacks that did not come to their end left in the columns beside the op column."""
        numbers = {}  # op -> how many; counted in one call, because in the worst case this runs for every signal
        count_elements(numbers, stream.ops)
        codes = 0
        counts = [0] * (len(self.names) + 1)
        for op, number in numbers.items():
            if op >= 0:
                counts[self.kinds["LINE"]] += number
            else:
                counts[(-1 - op) >> 1] += number
                codes += ((-1 - op) & 1) * number
        times = sum(counts[self.kinds[name]] for name in self.timed)
        for kind, width in self.widths.items():
            del stream.args[kind][counts[kind] * width :]
        del stream.codes[codes:], stream.times[times:]

    def event_frame(self, stream):
        """The arguments of TraceFile.frame for a block of events."""
        ops, times = stream.ops, stream.times
        op_bytes, op_width = narrow("hi", ops)
        # Exact although it looks at bytes: no op has 0xFE but in its lowest byte, as lines are not that large.
        switches = op_bytes.count(b"\xfe" + b"\xff" * (op_width - 1))
        counts = {kind: len(stream.args[kind]) // width for kind, width in self.widths.items() if stream.args[kind]}
        values = [value for kind in counts for value in stream.args[kind]]
        lines = len(ops) - switches - sum(counts.values())
        if lines:
            counts[self.kinds["LINE"]] = lines
        code_bytes, code_width = narrow("BHI", stream.codes)
        try:
            arg_bytes, arg_width = narrow("BHI", values)
        except OverflowError:  # the interpreter gives wild offsets for what signal handlers raise at some places
            arg_bytes, arg_width = narrow("I", [value if value >= 0 else NO_OFFSET for value in values])
        planes, time_width = time_planes(times)
        first, last = (times[0], times[-1]) if times else (now(),) * 2
        payload = b"".join(
            (
                struct.pack("<4I", stream.number, len(ops), len(stream.codes), len(times)),
                struct.pack("<4BqqI", op_width, code_width, arg_width, time_width, first, last, len(counts)),
                *(struct.pack("<II", *item) for item in counts.items()),
                packed(op_bytes + code_bytes + arg_bytes),
                packed(planes, zlib.Z_RLE),
            )
        )
        totals = [total + counts.get(kind, 0) for kind, total in enumerate(self.file.totals, 1)]
        raw = len(op_bytes) + len(code_bytes) + len(arg_bytes) + len(planes)
        return b"E", payload, stream.number, sum(counts.values()), first, raw, totals

    def write_codes(self):
        """New code objects, after their sources, and those that are no longer kept alive; all before what names them."""
        table, sources = self.table, self.sources
        while sources.fresh:
            name, size, digest, source = sources.fresh[0]
            name, carried = text(name), source is not None
            payload = struct.pack("<Q32sII", size, digest, carried, len(name)) + name + (packed(source) if carried else b"")
            self.file.frame(b"s", payload, 0, carried, raw=size if carried else 0)
            del sources.fresh[0]
        while table.records:
            count = size = 0
            while count < len(table.records) and size < CODES_BYTES:
                size += len(table.records[count])
                count += 1
            payload = struct.pack("<II", table.first, count) + packed(b"".join(table.records[:count]))
            self.file.frame(b"C", payload, table.first, count, raw=size)
            del table.records[:count]
            table.first += count
        if table.ended:
            self.file.frame(b"D", struct.pack("<I%dI" % len(table.ended), len(table.ended), *table.ended))
            table.ended = []

    def write_thread(self, stream):
        """A T block for a thread that is new or has a new name; one that is at its end has lost its name."""
        if not stream.ended:
            stream.name = self.thread_name(stream.ident) or stream.name
        if stream.name != stream.written_name:
            when = stream.times[0] if stream.times else now()
            ident = stream.ident & 0xFFFFFFFFFFFFFFFF
            payload = struct.pack("<IQq", stream.number, ident, when) + sized(text(stream.name))
            self.file.frame(b"T", payload, stream.number, 0, when)
            stream.written_name = stream.name

    def write_stack(self, ident, frame):
        """An F block, if the thread has frames in scope already."""
        cells = []
        while frame is not None:
            if self.scope.holds(frame.f_code):
                cells.append(struct.pack("<II", self.table.add(frame.f_code), max(0, frame.f_lasti)))
            frame = frame.f_back
        if cells:
            stream = self.waiting[ident] = self.streams.get(ident) or self.new_stream(ident)
            self.write_codes()
            self.write_thread(stream)
            when = now()
            payload = struct.pack("<IqI", stream.number, when, len(cells)) + b"".join(reversed(cells))
            self.file.frame(b"F", payload, stream.number, 0, when)

    def write_metadata(self):
        started, clock = time.time_ns(), now()
        local = time.localtime(started // 1_000_000_000)
        zone = "%s%02d:%02d" % ("-+"[local.tm_gmtoff >= 0], *divmod(abs(local.tm_gmtoff) // 60, 60))
        arguments = {name: ["offset", "destination"] if name in WITH_DESTINATION else ["offset"] for name in self.names}
        arguments["LINE"] = ["line"]
        metadata = {
            "recorder": "tracetool " + VERSION,
            "python": sys.version.split()[0],
            "implementation": sys.implementation.name,
            "executable": sys.executable,
            "platform": sys.platform,
            "host": os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME"),
            "argv": list(map(str, self.argv)),
            "cwd": self.scope.folder,
            "pid": os.getpid(),
            "parent_pid": os.getppid(),
            "parent_trace": self.parent_trace and os.path.basename(self.parent_trace),
            "started_at": time.strftime("%Y-%m-%dT%H:%M:%S", local) + ".%06d" % (started // 1000 % 1_000_000) + zone,
            "mode": self.mode,
            "events": self.names,
            "once": self.once,
            "line_times": self.line_times,
            "scope": {
                "all": self.scope.everything,
                "include": self.scope.include,
                "exclude": self.scope.exclude,
            },
            "line_table": "3.11",
            "clock": {"start": clock},
            "kinds": [{"name": n, "args": arguments[n], "timed": n in self.timed} for n in self.names],
        }
        self.file.frame(b"H", json(metadata).encode())

    # -- marks

    def mark(self, kind, label, outcome=None):
        """Writes a mark. Before it stands in the file whatever any thread did before it, and nothing that comes after.

        The time of a beginning is read when all of that is written, so that it is not the test's.
        """
        ident = get_ident()
        stream = self.stream_of(ident)
        when = now()
        with SignalsHeld(), self.lock:
            if self.writing or not self.running or stream is None:
                return
            self.writing = True
            try:
                for each in list(self.streams.values()):
                    self.write_up_to_now(each)
                self.write_thread(stream)
                members = {"mark": kind, "label": label}
                if outcome is not None:
                    members["outcome"] = outcome
                if kind == "test_begin":
                    when = now()
                payload = struct.pack("<Iq", stream.number, when) + json(members).encode()
                self.file.frame(b"M", payload, stream.number, 0, when)
                if kind.startswith("test_"):
                    self.tests.pop(ident, None)
                if kind == "test_begin":
                    self.tests[ident] = label
                    if self.once:
                        self.seen.clear()
                        MONITORING.restart_events()
            finally:
                self.writing = False
            self.file.raise_late()

    def stream_of(self, ident):
        """The stream of this thread, which may have had no event yet."""
        stream = None if self.shared else self.waiting.get(ident)
        if stream is None:
            self.share()
            _ = self.local.callbacks  # which makes one where there is none
            stream = self.streams.get(ident)
        return stream

    def begin_test(self, label):
        if has_room(FLUSH_FRAMES):
            self.mark("test_begin", label)

    def end_test(self, outcome):
        label = self.tests.get(get_ident())
        if label is not None and has_room(FLUSH_FRAMES):
            self.mark("test_end", label, outcome)

    def mark_shared(self, kind, label):
        if get_ident() in self.tests and has_room(FLUSH_FRAMES):
            self.mark(kind, label)

    def open_test(self):
        """The label of the test to which what this thread does belongs, if any."""
        tests = list(self.tests.values())
        return self.tests.get(get_ident(), tests[-1] if tests else None)

    # -- processes

    def before_fork(self):
        """A child is to name this process's trace, which is itself not yet there if this is a child, too."""
        if self.running and self.file.held is not None and any(stream.ops for stream in self.streams.values()):
            try:
                self.open_beside()
            except Exception as error:
                self.fail(error)

    def in_child(self):
        """The child of a fork goes on in a trace of its own; what was not yet written is the parent's affair."""
        try:
            self.running = False  # the library that is called in here is in no file, least of all before its head
            test = self.open_test()
            self.file.close()
            self.file.held = b""  # a flush that was interrupted by the fork goes on into nowhere
            self.parent_trace = self.file.path or self.parent_trace
            self.reset()
            self.pause *= 64  # a child that soon becomes another program, in C, is not worth a file
            self.set_out({get_ident(): getframe()})
            self.running = True
            if test is not None:
                self.begin_test(test)
            if "multiprocessing.queues" in sys.modules:
                write_between_tasks()
        except Exception as error:
            self.fail(error)

    def write_if_idle(self, queue):
        """Writes a block of this thread, if the queue from which it gets its work is empty, or it has long not done so."""
        try:
            stream = self.streams.get(get_ident())
            if stream is not None and stream.ops:
                long_ago = now() - self.written > IDLE_BLOCK_NS
                if long_ago or not select([queue._reader._handle], (), (), 0)[0]:
                    stream.write()
        except BaseException as error:
            if self.trouble(error):
                raise

    def open_beside(self):
        """Opens the trace of a child beside that of the first process: trace.bin, trace.4711.bin."""
        for attempt in range(1000):  # the system uses the numbers of processes again
            again = "-%d" % attempt if attempt else ""
            try:
                return self.file.open("%s.%d%s%s" % (self.stem, os.getpid(), again, self.extension))
            except FileExistsError:
                continue
        raise OSError("no free name for the trace of process %d" % os.getpid())

    def before_exec(self):
        """Ends the file, because the process becomes another program; returns what undoes that."""
        file = self.file
        with self.lock:
            own = self.streams.get(get_ident())
            if own is not None:
                own.write()
            self.write_codes()
            size, rows = file.size, len(file.rows)
            totals = file.totals
            self.flush_copies()
            self.finish()

        def undo():
            if file.held is None:
                os.ftruncate(file.fd, size)
                file.size, file.totals = size, totals
                del file.rows[rows:]

        return undo

    def options(self, test):
        """The command line options of a recorder that records a child of this process in the same way."""
        yield from ("-o", self.path, "--child-of", self.file.path or self.parent_trace or self.path)
        if test is not None:
            yield from ("--test", test.encode("unicode_escape").decode("ascii"))
        yield from [] if self.subprocesses else ["--no-subprocesses"]
        yield from ("--mode", self.mode) if self.mode in MODES else ("--events", ",".join(self.names))
        yield from ["--all"] * self.scope.everything + ["--line-times"] * self.line_times
        yield from ["--with-source"] * self.sources.with_text
        for glob in self.scope.include:
            yield from ("--include", glob)
        for glob in self.scope.exclude:
            yield from ("--exclude", glob)


current = None  # the recorder of this process


def forking():
    if current is not None:
        current.lock.acquire()  # so that no other thread is in the middle of a block
        current.before_fork()


def forked():
    if current is not None:
        current.lock.release()


def forked_child():
    if current is not None:
        if current.running:
            current.in_child()
        else:
            current.lock = _thread.RLock()


def write_in_pools(_):
    if current.parent_trace is not None:
        write_between_tasks()


def write_between_tasks():
    """Makes a process of a multiprocessing pool write its events when it has nothing to do, and every few milliseconds.

    A pool ends its processes by SIGTERM when it has all results. A handler of ours would not do: if the signal comes
    just before a call that waits, Python calls the handler only after it, and who waits for the process waits too.
    """
    if select is None:
        return
    queue_class = sys.modules["multiprocessing.queues"].SimpleQueue
    if queue_class.put.__code__.co_filename == HERE:
        return
    real_get, real_put = queue_class.get, queue_class.put
    source = None

    def get(self):
        nonlocal source
        source = self
        write_if_idle()
        return real_get(self)

    def put(self, obj):
        write_if_idle()
        return real_put(self, obj)

    def write_if_idle():
        if source is not None and current is not None and current.running:
            current.write_if_idle(source)

    queue_class.get, queue_class.put = get, put


def follow_processes():
    """Covers the ways in which a process ends, or makes others, that atexit does not know."""
    os.register_at_fork(before=forking, after_in_parent=forked, after_in_child=forked_child)
    real_exit = real_os._exit

    def _exit(status):
        stop()
        real_exit(status)

    def ending(real_exec):
        def exec_and_end(*args, **keywords):
            recorder = current
            undo = None
            if recorder is not None and recorder.running:
                try:
                    if len(args) > 1:
                        args = args[0], with_recorder(args[1], args[:1]), *args[2:]
                    undo = recorder.before_exec()
                except Exception as error:
                    recorder.fail(error)
            try:
                real_exec(*args, **keywords)
            finally:
                if undo is not None:
                    undo()

        exec_and_end.__name__ = real_exec.__name__
        return exec_and_end

    def spawning(real_spawn):
        def spawn(path, argv, *rest, **keywords):
            return real_spawn(path, with_recorder(argv, (path,)), *rest, **keywords)

        spawn.__name__ = real_spawn.__name__
        return spawn

    real_os._exit, real_os.execv, real_os.execve = _exit, ending(os.execv), ending(os.execve)
    if hasattr(os, "posix_spawn"):
        real_os.posix_spawn = spawning(os.posix_spawn)
    try:
        import _posixsubprocess
    except ImportError:
        return
    real_fork_exec = _posixsubprocess.fork_exec

    def fork_exec(args, executables, *rest):
        folder = rest[2] if len(rest) > 2 else None
        return real_fork_exec(with_recorder(args, executables, folder), executables, *rest)

    _posixsubprocess.fork_exec = fork_exec
    subprocess = sys.modules.get("subprocess")
    if getattr(subprocess, "_fork_exec", None) is real_fork_exec:
        subprocess._fork_exec = fork_exec


# The interpreter's options of one letter that change nothing here. With one that is not known (-i, -V, -v, -x, or a
# new one), a process is left alone.
PLAIN_OPTIONS = "bBEIOPqRsSu"
# What multiprocessing runs with -c.
SERVER = "from multiprocessing.forkserver "  # lives on when the test has ended in which it was needed first
CHILDREN = ("from multiprocessing.spawn ", SERVER)
HELPER = "from multiprocessing.resource_tracker "


def with_recorder(args, executables, folder=None):
    """The command line of a process that this one starts; if it is a Python like this one, it is recorded.

    The executables are those of which the first that is there is run, relative to the folder.
    """
    recorder = current
    if recorder is None or not recorder.running:
        return args
    try:
        words = list(map(os.fsdecode, args))
        at = words.index("-c") if "-c" in words else len(words)
        if words[at + 1 : at + 2] and words[at + 1].startswith(CHILDREN):
            before, program = words[:at], words[at:]
        else:
            before, program = split_at_program(words)
            if not program or program[1].startswith(HELPER) or not recorder.subprocesses:
                return args
            if not is_this_interpreter(executables, folder):
                return args
        if not os.path.exists(HERE):
            return args
        test = None if program[1].startswith(SERVER) else recorder.open_test()
        return [*before, os.path.abspath(HERE), *recorder.options(test), *program]
    except Exception:  # it is no command line, and who tries to run it will say so
        return args


def split_at_program(words):
    """A Python's command line up to its program, and from there on: -c, -m or --, its name, its arguments.

    The second is empty where there is no program, or where there are options that are not known here.
    """
    at = 1
    while at < len(words):
        word = words[at]
        if not word.startswith("-"):
            return words[:at], ["--", *words[at:]]
        if word == "--":
            return words[:at], words[at:] if words[at + 1 :] else []
        letters = word[1:].lstrip(PLAIN_OPTIONS)
        if word == "-" or letters[:1] not in ("", "c", "m", "W", "X"):
            break
        if not letters:
            at += 1
            continue
        value, *rest = [letters[1:]] * (len(letters) > 1) + words[at + 1 :] or [None]
        if value is None or value.startswith("importtime"):  # which would tell of the recorder's imports
            break
        if letters[0] in "cm":
            before = [word[: -len(letters)]] if letters != word[1:] else []
            return words[:at] + before, ["-" + letters[0], value, *rest]
        at = len(words) - len(rest)
    return words, []


def is_this_interpreter(executables, folder):
    """Whether the first of the files that is there is the interpreter that runs this process."""
    folder = os.getcwd() if folder is None else os.fsdecode(folder)
    for executable in executables:
        path = os.path.join(folder, os.fsdecode(executable))
        if os.path.exists(path):
            return bool(sys.executable) and os.path.samefile(path, sys.executable)
    return False


# ------------------------------------------------------------------------------------- the recorder as a module


def chosen_events(mode, listed):
    """The names of the events, or None for those of the mode."""
    if listed is None:
        if mode not in MODES:
            raise UsageError("unknown mode %s; there are %s" % (mode, ", ".join(MODES)))
        return None
    names = [name for name in listed.upper().replace(" ", "").split(",") if name]
    unknown = [name for name in names if name not in EVENTS]
    if unknown or not names:
        what = "unknown event %s" % unknown[0] if unknown else "no events"
        raise UsageError("%s; this interpreter has %s" % (what, ", ".join(sorted(EVENTS))))
    return list(dict.fromkeys(names))


def start(
    path="trace.bin",
    mode="lines",
    events=None,
    all=False,
    include=(),
    exclude=(),
    line_times=False,
    with_source=False,
    force=False,
    argv=None,
    parent_trace=None,
    test=None,
    no_subprocesses=False,
):
    """Begins to record this process. Threads that run already are recorded with the stack that they have.

    The test is one that is open in the process that started this one.
    """
    global current
    if current is not None and current.running:
        raise UsageError("recording already")
    names = chosen_events(mode, events if events is None or isinstance(events, str) else ",".join(events))
    recorder = Recorder(path, mode, names, line_times, Scope(all, include, exclude), with_source)
    recorder.parent_trace = parent_trace
    recorder.subprocesses = not no_subprocesses
    if current is None:
        atexit.register(stop)  # the first to be registered is the last to be called
        follow_processes()
    else:
        MONITORING.restart_events()  # what the recording before this one left out is not yet left out
    current = recorder
    recorder.start(force, argv)
    if test is not None:
        begin(test)
    watch_modules()


def stop():
    """Ends the recording and closes its file."""
    if current is not None:
        current.stop()


def begin(label):
    """Marks that a test begins in this thread. One that is open in it ends, nobody knows how."""
    recorder = current
    if recorder is not None and recorder.running:
        try:
            recorder.begin_test(label_text(label))
        except BaseException as error:
            if recorder.trouble(error):
                raise


def end(outcome=None):
    """Marks that the test that is open in this thread ends: passed, failed, error, skipped, xfailed or xpassed."""
    recorder = current
    if recorder is not None and recorder.running:
        try:
            recorder.end_test(None if outcome is None else label_text(outcome))
        except BaseException as error:
            if recorder.trouble(error):
                raise


def shared(kind, label):
    """Marks where what a test does begins to be of use to other tests, too, and where it ends."""
    recorder = current
    if recorder is not None and recorder.running:
        try:
            recorder.mark_shared(kind, label_text(label))
        except BaseException as error:
            if recorder.trouble(error):
                raise


def label_text(label):
    if type(label) is not str:
        try:
            label = "%s" % (label,)
        except Exception:
            label = type(label).__name__
    return cut(text(label), MAX_LABEL).decode("utf-8", "surrogatepass")


# ------------------------------------------------------------------------------------------------- test runners


class Watch:
    """Stands first among the finders of modules, and does something to some modules when they are loaded.

    It finds but one itself: what a program that is recorded gets if it imports the recorder.
    """

    def __init__(self, wanted):
        self.wanted = wanted  # name -> function of the module

    def find_spec(self, name, path=None, target=None):
        if name == OWN_NAME:
            return type(sys.__spec__)(name, self, origin=HERE)
        act = self.wanted.get(name)
        if act is None:
            return None
        for finder in sys.meta_path:
            spec = finder.find_spec(name, path, target) if finder is not self and hasattr(finder, "find_spec") else None
            if spec is not None:
                self.follow(spec.loader, name, act)
                return spec
        return None

    def follow(self, loader, name, act):
        if isinstance(loader, type) or not hasattr(loader, "exec_module"):
            return

        def exec_module(module):
            del loader.exec_module
            loader.exec_module(module)
            if self.wanted.pop(name, None) is not None:
                act(module)

        try:
            loader.exec_module = exec_module
        except AttributeError:
            pass

    @staticmethod
    def create_module(_):
        """Not the running module itself: what stands in sys.modules loses its names while the interpreter ends."""
        module = type(sys)(OWN_NAME, __doc__)
        module.__file__ = HERE
        vars(module).update((f.__name__, f) for f in (start, stop, begin, end, UsageError, *PYTEST_HOOKS))
        return module

    @staticmethod
    def exec_module(module):
        pass


def watch_modules():
    """Has pytest and unittest mark their tests, be they loaded already or later."""
    global watch
    if watch is not None:
        return
    watch = Watch({})
    for name, act in (
        ("unittest.case", mark_unittest),
        ("_pytest.config", mark_pytest),
        ("multiprocessing.spawn", hand_on_test),
        ("multiprocessing.queues", write_in_pools),
    ):
        if name in sys.modules:
            act(sys.modules[name])
        else:
            watch.wanted[name] = act
    sys.meta_path.insert(0, watch)


watch = None


def is_between_tests():
    """Whether a test that begins now in this thread is to be marked: not one that another one runs."""
    return current is not None and current.running and get_ident() not in current.tests


def mark_unittest(module):
    """Each run of a test case begins and ends a test; how it ended is told by what became longer in its result."""
    real_run = module.TestCase.run
    lists = ("errors", "failures", "unexpectedSuccesses", "expectedFailures", "skipped")
    outcomes = ("error", "failed", "xpassed", "xfailed", "skipped")

    def lengths(result):
        try:
            return [len(getattr(result, name)) for name in lists] if result is not None else [0] * len(lists)
        except Exception:  # a result of another kind
            return None

    def run(self, result=None):
        if not is_between_tests():
            return real_run(self, result)
        try:
            label = self.id()
        except Exception:
            label = type(self).__qualname__
        before = lengths(result)
        outcome = None
        begin(label)
        try:
            result = real_run(self, result)
            after = lengths(result)
            if before is not None and after is not None:
                outcome = next((o for o, b, a in zip(outcomes, before, after) if a > b), "passed")
        finally:
            end(outcome)
        return result

    module.TestCase.run = run


def mark_pytest(module):
    """Has pytest load this module as a plugin, like one of its own."""
    module.default_plugins = (*module.default_plugins, OWN_NAME)


def pytest_addoption(parser):
    group = parser.getgroup("tracetool", "recording by tracetool")
    group.addoption("--tracetool", metavar="FILE", help="record what the tests execute; FILE is replaced")
    group.addoption("--tracetool-mode", metavar="MODE", default="lines", help="calls, lines (default), coverage or full")


def pytest_load_initial_conftests(early_config):
    """Begins to record, if that is asked for and nobody does; with xdist, the workers are recorded as processes."""
    global pytest_config
    options = early_config.known_args_namespace
    path = options.tracetool
    if path is None or (current is not None and current.running):
        return
    try:
        refuse_programs(path, HERE)
        start(path, options.tracetool_mode, force=True)
        pytest_config = early_config
    except UsageError as error:
        message = str(error)
    except OSError as error:
        message = "%s: cannot write the trace: %s" % (path, error.strerror or error)
    else:
        return
    raise sys.modules["pytest"].UsageError("tracetool: " + message)


def pytest_unconfigure(config):
    if config is pytest_config:
        stop()


def pytest_runtest_protocol(item):
    """Around all that is done for one test, its fixtures included."""
    if not is_between_tests():
        yield
        return
    ident = get_ident()
    pytest_outcomes[ident] = [item.nodeid, None]
    begin(item.nodeid)
    yield
    end(pytest_outcomes.pop(ident, (None, None))[1])


def pytest_fixture_setup(fixturedef):
    """Around the set-up of a fixture: one of a wider scope is of use to other tests, too. So is its tear-down."""
    if get_ident() not in pytest_outcomes or getattr(fixturedef, "scope", "function") == "function":
        yield
        return
    name = fixturedef.argname
    fixturedef.addfinalizer(lambda: shared("shared_end", name))  # They are called from the last one to the first.
    shared("shared_begin", name)
    yield
    shared("shared_end", name)
    fixturedef.addfinalizer(lambda: shared("shared_begin", name))


def pytest_runtest_logreport(report):
    """Called for setup, call and teardown; for each again, where a plugin runs a test again."""
    entry = pytest_outcomes.get(get_ident())
    if entry is None or report.nodeid != entry[0]:
        return
    if hasattr(report, "context") and report.outcome != "failed":  # of a sub-test
        return
    if report.outcome == "rerun":
        entry[1] = None
    elif entry[1] in ("failed", "error"):
        pass
    elif hasattr(report, "wasxfail") and report.outcome in ("skipped", "passed"):
        entry[1] = "xfailed" if report.outcome == "skipped" else "xpassed"
    elif report.outcome == "failed":
        entry[1] = "failed" if report.when == "call" else "error"
    elif report.outcome == "skipped" or (report.when == "call" and entry[1] is None):
        entry[1] = report.outcome


# What pytest.hookimpl would set.
pytest_runtest_protocol.pytest_impl = {"hookwrapper": True, "tryfirst": True}
pytest_fixture_setup.pytest_impl = {"hookwrapper": True, "tryfirst": True}
pytest_load_initial_conftests.pytest_impl = {"tryfirst": True}
PYTEST_HOOKS = (
    pytest_addoption,
    pytest_load_initial_conftests,
    pytest_unconfigure,
    pytest_runtest_protocol,
    pytest_fixture_setup,
    pytest_runtest_logreport,
)
pytest_config = None  # of the pytest that began the recording
pytest_outcomes = {}  # thread ident -> node id and outcome of its test


def hand_on_test(module):
    """The server of forkserver makes processes for tests that it knows nothing of: they learn it with their task."""
    real_get, real_prepare = module.get_preparation_data, module.prepare

    def get_preparation_data(name):
        data = real_get(name)
        label = current.open_test() if current is not None and current.running else None
        if label is not None:
            data["tracetool_test"] = label
        return data

    def prepare(data):
        label = data.get("tracetool_test")
        if label is not None and is_between_tests():
            begin(label)
        return real_prepare(data)

    module.get_preparation_data, module.prepare = get_preparation_data, prepare


# -------------------------------------------------------------------------------------- running a program


def fresh_main():
    """The names of a __main__ module as the interpreter makes one, in the place of this file's own."""
    module = type(sys)("__main__")
    names = module.__dict__
    names["__builtins__"] = builtins
    if sys.version_info < (3, 14):
        names["__annotations__"] = {}
    sys.modules["__main__"] = module
    return names


def set_first_path(entry):
    """sys.path begins with this file's folder, unless the interpreter was told not to do such a thing."""
    if not sys.flags.safe_path:
        sys.path[0] = entry


def is_archive(path):
    from zipimport import ZipImportError, zipimporter

    try:
        zipimporter(path)
    except (ZipImportError, OSError):
        return False
    return True


def prepare(kind, what):
    """Makes everything as the interpreter would for this program; returns a function that runs it, and how."""
    names = fresh_main()
    if kind == "-c":
        from importlib.machinery import BuiltinImporter

        set_first_path("")
        names["__loader__"] = BuiltinImporter
        return exec, (compile_text(what), names)
    if kind == "-m":
        from runpy import _run_module_as_main

        set_first_path(os.getcwd())
        return _run_module_as_main, (what,)
    path = os.getcwd() if what == "." else os.path.join(os.getcwd(), what)
    if os.path.isdir(path) or is_archive(path):
        from runpy import _run_module_as_main

        sys.path[: not sys.flags.safe_path] = [path]
        return _run_module_as_main, ("__main__", False)
    set_first_path(os.path.dirname(os.path.realpath(what)))
    return exec, (read_script(path, names), names)


def compile_text(what):
    """As the interpreter does it: 3.14 takes away a common indentation, 3.13 and later show the text in tracebacks."""
    if sys.version_info >= (3, 14) and what[:1].isspace():
        from textwrap import dedent

        what = dedent(what)
    code = compile(what, "<string>", "exec", dont_inherit=True)
    try:
        import linecache

        # At first the key was what a code object has for a file name.
        key = code if hasattr(linecache, "_interactive_cache") else "<string>"
        linecache._register_code(key, what, "<string>")
    except (ImportError, AttributeError, TypeError):
        pass
    return code


def read_script(path, names):
    import io
    from _frozen_importlib_external import SourceFileLoader, SourcelessFileLoader

    compiled = path.endswith(".pyc")
    names.update(__file__=path, __cached__=None)
    names["__loader__"] = (SourcelessFileLoader if compiled else SourceFileLoader)("__main__", path)
    try:
        with io.open_code(path) as source:
            data = source.read()
    except OSError as error:
        why = "can't open file %r: [Errno %s] %s" % (path, error.errno, error.strerror)
        raise UsageError("%s: %s" % (sys.executable, why)) from None
    if compiled:
        return names["__loader__"].get_code("__main__")
    return compile(data, path, "exec", dont_inherit=True)


def parse(words):
    """The options, as the arguments of start(), and the program, as its kind, its name and its arguments."""
    options = {"path": "trace.bin", "include": [], "exclude": []}
    valued = {"-o": "path", "--output": "path", "--mode": "mode", "--events": "events"}
    valued.update({"--child-of": "parent_trace", "--test": "test"})
    flags = {"--force": "force", "--all": "all", "--line-times": "line_times", "--with-source": "with_source"}
    flags["--no-subprocesses"] = "no_subprocesses"
    words = list(words)
    while words and (words[0].startswith("-") or words[0] == "-"):
        word, equals, value = words.pop(0).partition("=")
        if word in ("-h", "--help"):
            print(__doc__.partition("\n\nNeeds")[0].partition("\n\n")[2])
            raise SystemExit(0)
        if word == "--" and words[:1] not in (["-m"], ["-c"]):
            break
        if word in flags and not equals:
            options[flags[word]] = True
        elif word in (*valued, "--include", "--exclude", "-m", "-c"):
            if not equals and not words:
                raise UsageError("%s needs an argument" % word)
            value = value if equals else words.pop(0)
            if word in ("-m", "-c"):
                return options, word, value, words
            if word in valued:
                options[valued[word]] = value.encode("ascii").decode("unicode_escape") if word == "--test" else value
            else:
                options[word[2:]].append(value)
        elif word != "--":
            raise UsageError("unknown option %s" % word)
    if not words:
        raise UsageError("no program to record: SCRIPT, -m MODULE or -c CODE")
    return options, "script", words[0], words[1:]


def refuse_programs(path, program):
    """--force replaces a trace of before, but neither the program, nor what may be a part of it."""
    for other in (program, HERE):
        try:
            same = os.path.samefile(path, other)
        except OSError:
            continue
        if same:
            raise UsageError("%s: is the program; a trace cannot replace it" % path)
    if os.path.isfile(path) and path.endswith((".py", ".pyw", ".pyc", ".pyz", ".zip", ".so", ".pyd", ".dll")):
        raise UsageError("%s: exists and looks like a program; a trace cannot replace it" % path)


def main(words):
    """Starts the recording; returns what runs the program, to be called with few frames of this file below it."""
    code = 2
    try:
        options, kind, what, arguments = parse(words)
        if "mode" in options and "events" in options:
            raise UsageError("--mode and --events exclude each other")
        chosen_events(options.get("mode", "lines"), options.get("events"))
        sys.argv[:] = [what if kind == "script" else kind, *arguments]
        program = prepare(kind, what)
        if options.get("force"):
            refuse_programs(options["path"], what)
        start(**options, argv=[what if kind == "-m" else sys.argv[0], *arguments])
        return program
    except UsageError as error:
        message = str(error)
    except FileExistsError as error:
        message = "%s: file exists; --force replaces it" % error.filename
    except OSError as error:
        message = "%s: cannot write the trace: %s" % (options["path"], error.strerror or error)
        code = 3
    sys.stderr.write("tracetool: %s\n" % message)
    raise SystemExit(code)


def without_own_frames(trace):
    kept = []
    while trace is not None:
        if trace.tb_frame.f_code.co_filename != HERE:
            kept.append(trace)
        trace = trace.tb_next
    result = None
    for trace in reversed(kept):
        result = type(trace)(result, trace.tb_frame, trace.tb_lasti, trace.tb_lineno)
    return result


def hide_own_frames():
    """For the traceback of an exception that ends the program: whatever shows it shows the program's frames."""
    show = sys.excepthook

    def excepthook(kind, error, trace):
        error.__traceback__ = without_own_frames(trace)
        show(kind, error, error.__traceback__)

    sys.excepthook = excepthook


if __name__ == "__main__":
    try:
        run, arguments = main(sys.argv[1:])
        run(*vars().pop("arguments"))  # which hold the program's names: these must not outlive it
    except SystemExit:
        raise
    except BaseException:
        hide_own_frames()
        raise
