#!/usr/bin/env python3
"""tracetool's recorder: runs a Python program and writes down what it did.

usage: python tracetool_recorder.py [-o FILE] [--force] [--mode calls|lines|coverage|full] [--events A,B,...]
           [--line-times] [--all] [--include GLOB]... [--exclude GLOB]...
           [--] SCRIPT [ARGS...] | -m MODULE [ARGS...] | -c CODE [ARGS...]

Needs CPython 3.12 or later and nothing but its standard library. The file it writes is specified in
tracetool-trace(5). As a module: `import tracetool_recorder as r; r.start("trace.bin"); ...; r.stop()`.

How it works. One callback per event of sys.monitoring appends a few integers to plain lists that belong to
one thread; every 8,192 entries these lists become one compressed block, written with one write at the end of
the file. A LINE event costs one append: its line. Everything else is a small negative number, with its offset
in a list of its kind and its time in a third list. A change of code object is noticed by identity, and only
then is the code object's index looked up. As long as one thread runs, its lists are variables of closures;
the first event of a second thread replaces the callbacks by ones that find their lists through a thread-local.

What can be lost. A process that is killed (SIGKILL, or a signal that Python does not handle) loses, for each
thread, what is not yet written: at most 8,191 entries, and nothing older than one second before the thread's
last call event. Python code that ends in any other way, os._exit included, loses nothing. An exception that a
signal handler raises at the entry of a callback reaches the program, but the event of that callback is lost.

What it never does is raise an error of its own in the program: if recording fails (a full disk, say), it
stops, leaves a readable file that says so, and one line on stderr.
"""

import _operator
import _thread
import atexit
import builtins
import os
import struct
import sys
import time
import zlib
from array import array

try:
    from _blake2 import blake2b
except ImportError:  # an interpreter built without it
    from hashlib import blake2b

VERSION = "0.1.0"

BLOCK_OPS = 8192  # entries of the op column per block: the cheapest size for writing, measured
BLOCK_NS = 1_000_000_000  # a block is also written when a call event comes this long after the last one
MAX_BLOCK_OPS = 1 << 20  # the format's limit
SWEEP_CODES = 4096  # code objects that are kept alive before the first look for dead ones

MAGIC = b"\x89TRC\r\n\x1a\n"
SYNC = b"\xb1TB\n"
SWITCH = -2  # the op that only changes the code object

PUSH = ("PY_START", "PY_RESUME", "PY_THROW")
CALLS = PUSH + ("PY_RETURN", "PY_YIELD", "PY_UNWIND")
C_CALLS = ("CALL", "C_RETURN", "C_RAISE")
TIMED = CALLS + C_CALLS
BRANCHES = ("BRANCH_LEFT", "BRANCH_RIGHT") if hasattr(sys.monitoring.events, "BRANCH_LEFT") else ("BRANCH",)
DESTINED = ("JUMP", "BRANCH", "BRANCH_LEFT", "BRANCH_RIGHT")
MODES = {
    "calls": CALLS,
    "lines": CALLS + ("LINE",),
    "coverage": ("LINE",),
    "full": CALLS
    + ("LINE",)
    + C_CALLS
    + ("RAISE", "RERAISE", "EXCEPTION_HANDLED", "STOP_ITERATION")
    + BRANCHES
    + ("JUMP",),
}
# Returning DISABLE for any other event is an error, which would be raised in the program.
DISABLING = ("PY_START", "PY_RESUME", "PY_RETURN", "PY_YIELD", "LINE", "INSTRUCTION", "CALL", "JUMP", "STOP_ITERATION") + DESTINED

CodeType = type((lambda: 0).__code__)
DISABLE = sys.monitoring.DISABLE
now = time.perf_counter_ns
get_ident = _thread.get_ident
HERE = (lambda: 0).__code__.co_filename
FIRST_THREAD = get_ident()


GIL = getattr(sys, "_is_gil_enabled", lambda: True)()


class UsageError(Exception):
    pass


def references_if_alone():
    """What sys.getrefcount says of a code object that only the recorder holds; None if nothing can be told."""
    refs = {0: compile("0", "", "eval")}
    for index in list(refs):
        code = refs[index]
        return sys.getrefcount(code) if GIL else None


REFERENCES_IF_ALONE = references_if_alone()


def event_names():
    """The events of this interpreter that can be recorded."""
    return [n for n in dir(sys.monitoring.events) if n.isupper() and n != "NO_EVENTS"]


# ---------------------------------------------------------------------------------------------- encoding


def text(value):
    return (value if isinstance(value, str) else str(value)).encode("utf-8", "surrogatepass")


def json(value):
    """JSON without the json package, whose import would cost more than all else at the start."""
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        out = []
        for c in value:
            if c in '"\\':
                out.append("\\" + c)
            elif " " <= c <= "~":
                out.append(c)
            else:
                n = ord(c)
                if n > 0xFFFF:
                    n -= 0x10000
                    out.append("\\u%04x" % (0xD800 + (n >> 10)))
                    n = 0xDC00 + (n & 0x3FF)
                out.append("\\u%04x" % n)
        return '"%s"' % "".join(out)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return "{%s}" % ", ".join(json(k) + ": " + json(v) for k, v in value.items())
    return "[%s]" % ", ".join(map(json, value))


def narrow(types, values):
    """The values as little-endian bytes of the narrowest of the array types that holds them, and its width."""
    for code in types:
        try:
            column = array(code, values)
        except OverflowError:
            continue
        if sys.byteorder != "little":
            column.byteswap()
        return column.tobytes(), column.itemsize
    raise OverflowError("value does not fit the trace format")


def packed(raw, rle=False):
    """A packed section. Times are compressed by run lengths alone: as small for byte planes, and faster."""
    if rle:
        deflate = zlib.compressobj(1, zlib.DEFLATED, 15, 8, zlib.Z_RLE)
        stored = deflate.compress(raw) + deflate.flush()
    else:
        stored = zlib.compress(raw, 1)
    if len(stored) < len(raw):
        return struct.pack("<BxxxII", 1, len(raw), len(stored)) + stored
    return struct.pack("<BxxxII", 0, len(raw), len(raw)) + raw


def time_planes(times):
    """Differences of successive times as byte planes, lowest byte first, and their width."""
    deltas = list(map(_operator.sub, times[1:], times))
    try:
        raw, width = narrow("IQ", deltas)
    except OverflowError:  # a clock that ran backwards
        raw, width = narrow("IQ", [max(0, d) for d in deltas])
    return b"".join(raw[p::width] for p in range(width)), width


def feed(add, value):
    """Feeds a constant to a digest, the same in every process: no set order, no address, no hash seed."""
    kind = type(value)
    add(kind.__name__.encode())
    if kind is int:
        add(b"%x;" % value)
    elif kind is str:
        add(b"%d;" % len(value) + text(value))
    elif kind is bytes:
        add(b"%d;" % len(value) + value)
    elif kind is float or kind is complex:
        add(repr(value).encode())
    elif kind is tuple:
        add(b"%d(" % len(value))
        for item in value:
            feed(add, item)
    elif kind is frozenset:
        parts = []
        for item in value:
            part = blake2b(digest_size=16)
            feed(part.update, item)
            parts.append(part.digest())
        add(b"%d{" % len(parts) + b"".join(sorted(parts)))
    elif kind is slice:
        feed(add, (value.start, value.stop, value.step))
    elif kind is CodeType:
        add(text(value.co_qualname))


def code_digest(code):
    """16 bytes, equal for equal code in every process; zeros for what only looks like a code object."""
    if type(code) is not CodeType:
        return bytes(16)
    digest = blake2b(digest_size=16)
    add = digest.update
    for part in (code.co_code, code.co_linetable, code.co_exceptiontable):
        add(b"%d;" % len(part) + part)
    feed(add, code.co_names)
    feed(add, code.co_consts)
    return digest.digest()


def code_record(code, parent):
    """The record of a code object. Extension modules can fire events with objects that lack some attributes."""

    def number(name):
        value = getattr(code, name, 0)
        return value & 0xFFFFFFFF if isinstance(value, int) else 0

    table = getattr(code, "co_linetable", b"")
    bytecode = getattr(code, "co_code", b"")
    filename = text(getattr(code, "co_filename", ""))
    name = text(getattr(code, "co_name", ""))
    qualname = text(getattr(code, "co_qualname", None) or getattr(code, "co_name", ""))
    variables = b"".join(struct.pack("<I", len(v)) + v for v in map(text, getattr(code, "co_varnames", ())))
    body = (
        struct.pack(
            "<QI7I5I",
            id(code),
            parent + 1,
            number("co_firstlineno"),
            number("co_flags"),
            number("co_argcount"),
            number("co_posonlyargcount"),
            number("co_kwonlyargcount"),
            len(bytecode),
            len(filename),
            len(qualname),
            len(name),
            len(table),
            len(variables),
            0,
        )[:56]
        + code_digest(code)
        + filename
        + qualname
        + name
        + bytes(table)
        + variables
    )
    return struct.pack("<I", len(body)) + body


# ------------------------------------------------------------------------------------------------- scope


def glob_matcher(globs):
    """A test of file names against shell globs; a name matches as it is, absolute, or relative to the folder."""
    if not globs:
        return lambda name: False
    from fnmatch import fnmatchcase

    here = os.getcwd() + os.sep

    def matches(name):
        full = os.path.abspath(name) if not name.startswith("<") else name
        names = {name, full, full.removeprefix(here)}
        return any(fnmatchcase(n, g) for n in names for g in globs)

    return matches


class Scope:
    """Which code is recorded, decided once per file name."""

    def __init__(self, everything, include, exclude):
        self.everything, self.include, self.exclude = everything, include, exclude
        self.known = {HERE: False}
        self.included, self.excluded = glob_matcher(include), glob_matcher(exclude)
        library = os.path.dirname(os.path.abspath(os.__file__))
        self.roots = {library + os.sep, os.path.realpath(library) + os.sep}

    def holds(self, filename):
        try:
            return self.known[filename]
        except KeyError:
            answer = self.known[filename] = self.decide(filename)
            return answer

    def decide(self, filename):
        if self.excluded(filename):
            return False
        if self.everything or self.included(filename):
            return True
        if filename.startswith("<frozen "):
            return False
        name = os.path.abspath(filename) if not filename.startswith("<") else filename
        if any(name.startswith(root) for root in self.roots):
            return False
        folders = name.replace("\\", "/").split("/")
        return "site-packages" not in folders and "dist-packages" not in folders


# -------------------------------------------------------------------------------------------------- file


class TraceFile:
    """Appends frames to a file, and keeps what its index needs."""

    def __init__(self, path, kinds):
        self.path = path
        self.fd = -1
        self.size = self.sequence = 0
        self.identity = None
        self.totals = [0] * kinds
        self.thread_events = {}
        self.types, self.offsets = bytearray(), array("Q")
        self.subjects, self.counts, self.times = array("I"), array("I"), array("q")

    def open(self, force):
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        fd = os.open(self.path, flags | (os.O_TRUNC if force else os.O_EXCL), 0o666)
        self.fd = self.out_of_the_way(fd)
        stat = os.fstat(self.fd)
        self.identity = stat.st_dev, stat.st_ino
        head = MAGIC + struct.pack("<HH", 1, 0)
        self.write(head + struct.pack("<I", zlib.crc32(head)))

    @staticmethod
    def out_of_the_way(fd):
        """Programs count on low numbers for the files that they open."""
        try:
            import fcntl

            high = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 200)
        except (ImportError, OSError):
            return fd
        os.close(fd)
        return high

    def is_ours(self):
        """Programs close files that are not theirs, and numbers are given again."""
        try:
            stat = os.fstat(self.fd)
        except OSError:
            return False
        return (stat.st_dev, stat.st_ino) == self.identity

    def check(self):
        """Never write to another file."""
        if self.is_ours():
            return
        flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        fd = self.out_of_the_way(os.open(self.path, flags))
        stat = os.fstat(fd)
        if (stat.st_dev, stat.st_ino) != self.identity:
            os.close(fd)
            raise OSError("the trace file was replaced by another one")
        self.fd = fd

    def write(self, data):
        """One write; the rest is for disks that take less. An exception of a signal handler comes after all of it."""
        self.check()
        done = 0
        late = None
        while done < len(data):
            try:
                done += os.write(self.fd, data[done:] if done else data)
            except OSError:
                raise
            except BaseException as error:  # raised by a signal handler; was anything written before it ran?
                late = error
                try:
                    done = max(done, os.fstat(self.fd).st_size - self.size)
                except OSError:
                    raise error from None
        self.size += len(data)
        if late is not None:
            raise late

    def frame(self, kind, payload, subject=0, count=0, when=0):
        head = struct.pack("<4scBHII", SYNC, kind, 0, 0, self.sequence, len(payload))
        crcs = struct.pack("<I", zlib.crc32(head)), struct.pack("<I", zlib.crc32(payload))
        offset = self.size
        late = None
        try:
            self.write(b"".join((head, crcs[0], payload, crcs[1])))
        except BaseException as error:
            if self.size == offset:
                raise
            late = error
        self.sequence += 1
        self.types += kind
        self.offsets.append(offset)
        self.subjects.append(subject)
        self.counts.append(count)
        self.times.append(when)
        if late is not None:
            raise late

    def close(self, when):
        columns = [self.offsets, self.subjects, self.counts, self.times]
        if sys.byteorder != "little":
            columns = [array(c.typecode, c) for c in columns]
            for column in columns:
                column.byteswap()
        threads = b"".join(struct.pack("<IQ", t, n) for t, n in self.thread_events.items())
        raw = b"".join(
            [
                struct.pack("<I%dQ" % len(self.totals), len(self.totals), *self.totals),
                struct.pack("<I", len(self.thread_events)),
                threads,
                struct.pack("<I", len(self.types)),
                bytes(self.types),
                *(c.tobytes() for c in columns),
            ]
        )
        index_at = self.size
        if len(raw) < 1 << 26:
            self.frame(b"i", packed(raw))
        else:
            index_at = 0
        self.frame(b"Z", struct.pack("<qQQ", when, sum(self.totals), index_at))
        os.close(self.fd)
        self.fd = -1


# ---------------------------------------------------------------------------------------------- recorder


class Stream:
    """What one thread did since its last block: the columns of the block that comes next."""

    def __init__(self, ident, name, kinds):
        self.number = None  # given when there is something to write
        self.ident = ident  # the system's: it can come again
        self.name = name
        self.written_name = None
        self.ops, self.codes, self.times = [], [], []
        self.args = {k: [] for k in kinds}  # by kind number
        self.last = None  # the current code object; callbacks for one thread keep it themselves
        self.due = now() + BLOCK_NS

    def clear(self):
        for column in (self.ops, self.codes, self.times, *self.args.values()):
            column.clear()
        self.last = None


class Ticket:
    """Lives in a thread-local, and so dies with its thread: what the thread did last is written then."""

    def __init__(self, recorder, stream):
        self.recorder, self.stream = recorder, stream

    def __del__(self):
        self.recorder.thread_ended(self.stream)


class Recorder:
    """One recording of one process. At most one at a time."""

    def __init__(self, path, mode="lines", events=None, everything=False, include=(), exclude=(), line_times=False, force=False, argv=None, parent_trace=None):
        names = list(MODES[mode] if events is None else events)
        self.mode = mode if events is None else "custom"
        self.names = names
        self.numbers = {name: k for k, name in enumerate(names, 1)}
        self.arguments = {
            k: 2 if n in DESTINED else 1 for n, k in self.numbers.items() if n != "LINE"
        }  # by kind number; LINE has its argument in the op column
        self.once = ["LINE"] if self.mode == "coverage" else []
        self.line_times = line_times and not self.once and "LINE" in names
        self.timed = {n for n in names if n in TIMED or (n == "LINE" and self.line_times)}
        self.scope = Scope(everything, include, exclude)
        self.argv = argv
        self.parent_trace = parent_trace
        self.lock = _thread.RLock()
        self.writing = False
        self.running = False
        self.tool = None
        self.path = path
        self.root = os.path.abspath(path)  # children of this process are named after it
        self.force = force
        self.reset()

    def reset(self):
        """Begins a new file: at the start, and in the child of a fork."""
        self.file = TraceFile(self.path, len(self.names))
        self.ids = {}  # id(code) -> index; the code objects are kept alive in refs
        self.refs = {}  # index -> code
        self.code_count = 0
        self.sweep_at = SWEEP_CODES
        self.new_codes, self.first_new = [], 0
        self.ended = []
        self.streams = []
        self.thread_count = 0
        self.seen = set()  # in coverage mode: index << 32 | line
        self.waiting = {}  # thread ident -> stream of a thread that ran when recording started

    # -- start and stop

    def start(self):
        """Opens the file and begins to record. Raises OSError if it cannot be written, UsageError on other trouble."""
        mon = sys.monitoring
        for tool in (4, 3, 2, 5, 1, 0):
            try:
                mon.use_tool_id(tool, "tracetool")
            except ValueError:
                continue
            self.tool = tool
            break
        else:
            raise UsageError("no free tool id: six other tools use sys.monitoring")
        try:
            if self.parent_trace is None:
                self.file.open(self.force)
            else:
                self.open_beside()
            self.begin(sys._current_frames())
        except OSError:
            mon.free_tool_id(self.tool)
            raise
        wanted = 0
        for name in self.names:
            wanted |= getattr(mon.events, name)
        if any(name in C_CALLS for name in self.names):  # the interpreter wants all three or none
            wanted |= mon.events.CALL | mon.events.C_RETURN | mon.events.C_RAISE
        os.register_at_fork(before=self.before_fork, after_in_parent=self.after_fork, after_in_child=self.in_child)
        self.running = True
        mon.set_events(self.tool, wanted)

    def start_process(self, as_mode):
        """Starts for a program that this file runs; a child of a recorded process has a file named by its number."""
        if as_mode is not None:
            self.mode = as_mode
            self.once = ["LINE"] if as_mode == "coverage" else []
        atexit.register(self.stop)  # the first to be registered is the last to be called
        self.start()

    def begin(self, frames):
        """Writes the head of the file and sets the callbacks. The frames are those of each thread, by ident."""
        self.write_header()
        self.write_stacks(frames)
        self.local = self.thread_local()
        if len(frames) > 1 or not GIL or self.once or not set(PUSH) <= set(self.names):
            self.use(self.shared_callbacks())
        else:
            self.use(self.single_callbacks(self.local.stream))

    def stop(self):
        """Writes what is not yet written, and closes the file."""
        with self.lock:
            if not self.running:
                return
            self.running = False
            try:
                self.silence()
                if self.writing:  # a signal handler that ends the process in the middle of a write
                    return
                for stream in list(self.streams):
                    self.flush_copy(stream)
                self.write_pending()
                self.file.close(now())
            except Exception as error:
                self.fail(error)

    def silence(self):
        mon = sys.monitoring
        try:
            mon.set_events(self.tool, 0)
            for name in event_names():
                mon.register_callback(self.tool, getattr(mon.events, name), None)
            mon.free_tool_id(self.tool)
        except ValueError:
            pass  # the program took the tool id away

    def fail(self, error):
        """Recording cannot go on. The program does."""
        message = "%s: %s" % (type(error).__name__, error) if not isinstance(error, OSError) else str(error)
        self.running = False
        try:
            self.silence()
            self.file.frame(b"X", json({"message": message}).encode())
        except Exception:
            pass
        try:
            line = "tracetool: %s: recording stopped: %s\n" % (self.path, message)
            os.write(2, line.encode("utf-8", "backslashreplace"))
        except OSError:
            pass

    def trouble(self, error, stream):
        """Called for any exception in a callback: one that came from outside goes on to the program."""
        try:
            self.settle(stream)
        except Exception:
            pass
        trace = error.__traceback__
        while trace.tb_next is not None:
            trace = trace.tb_next
        outside = trace.tb_frame.f_code.co_filename != HERE  # raised by a signal handler of the program
        if outside or not isinstance(error, Exception):
            raise error
        if not isinstance(error, RecursionError):  # near the limit of the program's stack: later will do
            self.fail(error)

    # -- processes

    def before_fork(self):
        self.lock.acquire()  # no other thread is in the middle of a write

    def after_fork(self):
        self.lock.release()

    def in_child(self):
        """The child of a fork writes a file of its own; what the parent has not yet written is the parent's."""
        self.lock = _thread.RLock()
        if not self.running:
            return
        try:
            if self.file.is_ours():
                os.close(self.file.fd)
            self.parent_trace = self.path
            self.reset()
            self.open_beside()
            self.begin({get_ident(): sys._getframe()})
        except Exception as error:
            self.fail(error)

    def open_beside(self):
        """Opens a file named by the process, beside the one of the first process: trace.bin, trace.4711.bin."""
        stem, extension = os.path.splitext(self.root)
        for attempt in range(1000):
            suffix = "-%d" % attempt if attempt else ""  # the system uses numbers of processes again
            self.path = "%s.%d%s%s" % (stem, os.getpid(), suffix, extension)
            self.file = TraceFile(self.path, len(self.names))
            try:
                return self.file.open(False)
            except FileExistsError:
                continue
        raise FileExistsError("%s exists" % self.path)

    def child_arguments(self):
        """Command line of a recorder for a process that this one starts."""
        yield from ("--child-of", self.path, "-o", self.root, "--events", ",".join(self.names), "--as-mode", self.mode)
        if self.scope.everything:
            yield "--all"
        if self.line_times:
            yield "--line-times"
        for glob in self.scope.include:
            yield from ("--include", glob)
        for glob in self.scope.exclude:
            yield from ("--exclude", glob)

    def follow(self):
        """Covers the ways in which a process ends, or becomes more than one, without Python code that says so."""
        real_exit, real_execv, real_execve = os._exit, os.execv, os.execve

        def _exit(status):
            self.stop()
            real_exit(status)

        def execv(*args):
            self.before_exec()
            real_execv(*args)

        def execve(*args, **keywords):
            self.before_exec()
            real_execve(*args, **keywords)

        os._exit, os.execv, os.execve = _exit, execv, execve
        try:
            import _posixsubprocess
        except ImportError:
            return
        real_fork_exec = _posixsubprocess.fork_exec

        def fork_exec(args, *rest):
            if self.running:
                args = self.with_recorder(args)
            return real_fork_exec(args, *rest)

        _posixsubprocess.fork_exec = fork_exec

    def before_exec(self):
        """The process becomes another program, unless that fails: the file stays open, without an end."""
        for stream in self.streams:
            if stream.ident == get_ident():
                try:
                    self.flush(stream)
                except Exception as error:
                    self.fail(error)

    def with_recorder(self, args):
        """Puts the recorder into the command line of multiprocessing's children (spawn and forkserver)."""
        try:
            words = [os.fsdecode(arg) for arg in args]
            at = words.index("-c")
            program = words[at + 1]
        except (TypeError, ValueError, IndexError):
            return args
        if not program.startswith(("from multiprocessing.spawn import", "from multiprocessing.forkserver import")):
            return args
        return [*words[:at], os.path.abspath(HERE), *self.child_arguments(), *words[at:]]

    # -- code objects

    def register(self, code):
        """The index of a code object that was not seen before, or None if it is out of scope."""
        if not self.scope.holds(getattr(code, "co_filename", "")):
            return None
        with self.lock:
            known = self.ids.get(id(code))
            if known is None:
                known = self.add_code(code, -1)
                if len(self.refs) > self.sweep_at:
                    self.sweep()
            return known

    def add_code(self, code, parent):
        """Writes down a code object and those nested in it, so that what never ran is known, too."""
        todo = [(code, parent)]
        first = self.code_count
        while todo:
            code, parent = todo.pop()
            if id(code) in self.ids:
                continue
            record = code_record(code, parent)
            index = self.code_count
            self.new_codes.append(record)
            self.refs[index] = code
            self.code_count = index + 1
            self.ids[id(code)] = index
            for constant in getattr(code, "co_consts", None) or ():
                if type(constant) is CodeType:
                    todo.append((constant, index))
        return first

    def sweep(self):
        """Lets code objects go that nobody but the recorder holds, so that programs can make them without end."""
        alone = REFERENCES_IF_ALONE
        if alone is not None:
            for index in list(self.refs):
                code = self.refs[index]
                if sys.getrefcount(code) <= alone:
                    del self.ids[id(code)], self.refs[index]
                    self.ended.append(index)
                del code
        self.sweep_at = max(SWEEP_CODES, 2 * len(self.refs))

    # -- threads

    def thread_local(self):
        recorder = self

        class Local(_thread._local):
            def __init__(self):  # runs in each thread at its first event
                self.stream = recorder.new_stream()
                self.ticket = Ticket(recorder, self.stream)

        return Local()

    def new_stream(self):
        with self.lock:
            ident = get_ident()
            return self.waiting.pop(ident, None) or self.add_stream(ident)

    def add_stream(self, ident):
        stream = Stream(ident, self.thread_name(ident) or "", self.arguments)
        self.streams.append(stream)
        return stream

    def thread_ended(self, stream):
        try:
            with self.lock:
                if self.running and stream in self.streams:
                    self.flush(stream)
                    if self.running and not stream.ops:
                        self.streams.remove(stream)
        except Exception as error:
            self.fail(error)

    @staticmethod
    def thread_name(ident):
        threading = sys.modules.get("threading")
        thread = getattr(threading, "_active", {}).get(ident)
        name = getattr(thread, "_name", None)
        if isinstance(name, str):
            return name
        return "MainThread" if ident == FIRST_THREAD else None

    def write_stacks(self, frames):
        """F blocks for threads that have frames in scope already."""
        for ident, frame in frames.items():
            stack = []
            while frame is not None:
                index = self.ids.get(id(frame.f_code))
                if index is None:
                    index = self.register(frame.f_code)
                if index is not None:
                    stack.append((index, max(0, frame.f_lasti)))
                frame = frame.f_back
            if stack:
                self.write_stack(ident, stack[::-1])

    def write_stack(self, ident, stack):
        stream = self.waiting[ident] = self.add_stream(ident)
        when = now()
        self.write_pending()
        self.write_thread(stream, when)
        cells = b"".join(struct.pack("<II", *cell) for cell in stack)
        self.file.frame(b"F", struct.pack("<IqI", stream.number, when, len(stack)) + cells, stream.number, 0, when)

    # -- writing

    def write_header(self):
        started = time.time_ns()
        clock = now()
        local = time.localtime(started // 1_000_000_000)
        zone = abs(local.tm_gmtoff) // 60
        kinds = [
            {
                "name": n,
                "args": ["line"] if n == "LINE" else ["offset", "destination"] if n in DESTINED else ["offset"],
                "timed": n in self.timed,
            }
            for n in self.names
        ]
        metadata = {
            "recorder": "tracetool " + VERSION,
            "python": "%d.%d.%d" % sys.version_info[:3] + ("" if sys.version_info[3] == "final" else "%s%d" % (sys.version_info[3][0].replace("c", "rc"), sys.version_info[4])),
            "implementation": sys.implementation.name,
            "executable": sys.executable,
            "platform": sys.platform,
            "host": os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME"),
            "argv": list(sys.argv if self.argv is None else self.argv),
            "cwd": os.getcwd(),
            "pid": os.getpid(),
            "parent_pid": os.getppid(),
            "parent_trace": self.parent_trace and os.path.basename(self.parent_trace),
            "started_at": time.strftime("%Y-%m-%dT%H:%M:%S", local)
            + ".%06d%s%02d:%02d" % (started // 1000 % 1_000_000, "-+"[local.tm_gmtoff >= 0], zone // 60, zone % 60),
            "mode": self.mode,
            "events": self.names,
            "once": self.once,
            "line_times": self.line_times,
            "scope": {"all": self.scope.everything, "include": self.scope.include, "exclude": self.scope.exclude},
            "line_table": "3.11",
            "clock": {"start": clock},
            "kinds": kinds,
        }
        self.file.frame(b"H", json(metadata).encode(), when=clock)

    def write_pending(self):
        """Code objects and ends of code objects, before the events that come after them."""
        while self.new_codes:
            records, size = [], 0
            for record in self.new_codes:
                if records and size + len(record) > 1 << 20:
                    break
                records.append(record)
                size += len(record)
            count = len(records)
            payload = struct.pack("<II", self.first_new, count) + packed(b"".join(records))
            self.file.frame(b"C", payload, self.first_new, count)
            self.first_new += count
            del self.new_codes[:count]
        if self.ended:
            payload = struct.pack("<I%dI" % len(self.ended), len(self.ended), *self.ended)
            self.file.frame(b"D", payload)
            self.ended = []

    def write_thread(self, stream, when):
        """A T block for a new thread, or a new name; a thread that is at its end has no name any more."""
        if stream.number is None:
            stream.number = self.thread_count
            self.thread_count += 1
        name = self.thread_name(stream.ident) or stream.name
        if name != stream.written_name:
            stream.name = stream.written_name = name
            data = text(name)
            payload = struct.pack("<IQqI", stream.number, stream.ident & 0xFFFFFFFFFFFFFFFF, when, len(data)) + data
            self.file.frame(b"T", payload, stream.number, 0, when)

    def flush(self, stream, closing=False):
        """Writes what a thread did as one block. Only the thread itself calls this, or else for a copy."""
        if not stream.ops:
            return
        with self.lock:
            if self.writing or not (self.running or closing):
                return
            self.writing = True
            late = None
            try:
                self.write_pending()
                self.write_thread(stream, stream.times[0] if stream.times else now())
                frame = self.event_frame(stream)
                size = self.file.size
                try:
                    self.file.frame(*frame[:5])
                except BaseException as error:
                    if self.file.size == size:
                        raise
                    late = error
                for kind, count in frame[5]:
                    self.file.totals[kind - 1] += count
                number = stream.number
                self.file.thread_events[number] = self.file.thread_events.get(number, 0) + frame[3]
                stream.clear()
                stream.due = now() + BLOCK_NS
            finally:
                self.writing = False
            if late is not None:
                raise late

    def flush_copy(self, stream):
        """Writes what another thread did, which may be in a callback right now: its op column is the truth."""
        copy = Stream(stream.ident, stream.name, self.arguments)
        copy.number, copy.written_name = stream.number, stream.written_name
        copy.ops = list(stream.ops)  # first: each callback appends to it last
        copy.codes, copy.times = list(stream.codes), list(stream.times)
        copy.args = {k: list(v) for k, v in stream.args.items()}
        self.settle(copy)
        self.flush(copy, closing=True)

    def settle(self, stream):
        """Cuts off what a callback that did not come to its end has left in the columns beside the op column."""
        codes = times = 0
        counts = dict.fromkeys(self.arguments, 0)
        timed = {self.numbers[n] for n in self.timed}
        line = self.numbers.get("LINE", 0)
        for op in stream.ops:
            kind = line
            if op < 0:
                kind = (-1 - op) >> 1
                codes += (-1 - op) & 1
                if kind:
                    counts[kind] += 1
            times += kind in timed
        for kind, count in counts.items():
            del stream.args[kind][count * self.arguments[kind] :]
        del stream.codes[codes:]
        del stream.times[times:]

    def event_frame(self, stream):
        """Type, payload, thread, events, first time of an E frame; and its counts by kind."""
        ops, times = stream.ops, stream.times
        if len(ops) > MAX_BLOCK_OPS:
            raise OverflowError("more than %d entries in one block" % MAX_BLOCK_OPS)
        op_bytes, op_width = narrow("hi", ops)
        # Exact although it looks at bytes: no op begins with 0xFE in its second, third or fourth byte.
        switches = op_bytes.count(b"\xfe" + b"\xff" * (op_width - 1))
        counts, values = [], []
        for kind, column in stream.args.items():
            if column:
                counts.append((kind, len(column) // self.arguments[kind]))
                values += column
        lines = len(ops) - switches - sum(n for _, n in counts)
        if lines:
            counts.append((self.numbers["LINE"], lines))
        code_bytes, code_width = narrow("BHI", stream.codes)
        arg_bytes, arg_width = narrow("BHI", values)
        plane_bytes, time_width = time_planes(times)
        first, last = (times[0], times[-1]) if times else (now(),) * 2
        payload = b"".join(
            [
                struct.pack("<4I", stream.number, len(ops), len(stream.codes), len(times)),
                struct.pack("<4BqqI", op_width, code_width, arg_width, time_width, first, last, len(counts)),
                *(struct.pack("<II", *pair) for pair in counts),
                packed(op_bytes + code_bytes + arg_bytes),
                packed(plane_bytes, rle=True),
            ]
        )
        return b"E", payload, stream.number, sum(n for _, n in counts), first, counts

    # -- callbacks

    def use(self, callbacks):
        for name, callback in callbacks.items():
            sys.monitoring.register_callback(self.tool, getattr(sys.monitoring.events, name), callback)

    def single_callbacks(self, stream):
        """Callbacks for the only thread of a process: all they need are variables of this function."""
        ops, codes, times = stream.ops, stream.codes, stream.times
        ids, register, trouble = self.ids, self.register, self.trouble
        owner = stream.ident
        last = None

        def flush():
            nonlocal last
            last = None
            self.flush(stream)

        def foreign(name, *event):
            """The first event of a second thread, which is always a push."""
            if self.running:
                callbacks = self.shared_callbacks()
                self.use(callbacks)
                return callbacks[name](*event)

        def on_event(name):
            kind = self.numbers[name]
            same, other = -1 - 2 * kind, -2 - 2 * kind
            args = stream.args[kind]
            push = name in PUSH
            refuse = DISABLE if name in DISABLING else None

            def callback(code, offset, _=None, __=None):
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
                        try:
                            index = ids[id(code)]
                        except KeyError:
                            index = register(code)
                            if index is None:
                                return refuse
                        codes.append(index)
                        args.append(offset)
                        times.append(when)
                        ops.append(other)
                        last = code
                    if len(ops) >= BLOCK_OPS or when > stream.due:
                        flush()
                except BaseException as error:
                    last = None
                    trouble(error, stream)

            def untimed(code, offset, destination=None, __=None):
                nonlocal last
                try:
                    if code is not last:
                        try:
                            index = ids[id(code)]
                        except KeyError:
                            index = register(code)
                            if index is None:
                                return refuse
                        codes.append(index)
                        ops.append(SWITCH)
                        last = code
                    args.append(offset)
                    if destined:
                        args.append(destination)
                    ops.append(same)
                    if len(ops) >= BLOCK_OPS:
                        flush()
                except BaseException as error:
                    last = None
                    trouble(error, stream)

            destined = name in DESTINED
            return callback if name in self.timed else untimed

        def on_line(code, line):
            nonlocal last
            try:
                if code is not last:
                    try:
                        index = ids[id(code)]
                    except KeyError:
                        index = register(code)
                        if index is None:
                            return DISABLE
                    codes.append(index)
                    ops.append(SWITCH)
                    last = code
                ops.append(line)
                if len(ops) >= BLOCK_OPS:
                    flush()
            except BaseException as error:
                last = None
                trouble(error, stream)

        def on_timed_line(code, line):
            nonlocal last
            try:
                when = now()
                if code is not last:
                    try:
                        index = ids[id(code)]
                    except KeyError:
                        index = register(code)
                        if index is None:
                            return DISABLE
                    codes.append(index)
                    ops.append(SWITCH)
                    last = code
                times.append(when)
                ops.append(line)
                if len(ops) >= BLOCK_OPS or when > stream.due:
                    flush()
            except BaseException as error:
                last = None
                trouble(error, stream)

        return {n: (on_timed_line if self.line_times else on_line) if n == "LINE" else on_event(n) for n in self.names}

    def shared_callbacks(self):
        """Callbacks for any number of threads: each finds the lists of its own through a thread-local."""
        local, register, trouble = self.local, self.register, self.trouble
        recorder = self

        def current(stream, code):
            """Makes the code object the current one of the thread; False if it is out of scope."""
            index = recorder.ids.get(id(code))
            if index is None:
                index = register(code)
                if index is None:
                    return False
            if not stream.name:  # a thread's first events come before it is known by name
                stream.name = recorder.thread_name(stream.ident) or ""
            stream.codes.append(index)
            stream.ops.append(SWITCH)
            stream.last = code
            return True

        def on_event(name):
            kind = self.numbers[name]
            same = -1 - 2 * kind
            refuse = DISABLE if name in DISABLING else None
            timed, destined = name in self.timed, name in DESTINED

            def callback(code, offset, destination=None, _=None):
                if not recorder.running:
                    return
                stream = local.stream
                try:
                    if code is not stream.last and not current(stream, code):
                        return refuse
                    args = stream.args[kind]
                    ops = stream.ops
                    when = now()
                    args.append(offset)
                    if timed:
                        stream.times.append(when)
                    if destined:
                        args.append(destination)
                    ops.append(same)
                    if len(ops) >= BLOCK_OPS or when > stream.due:
                        recorder.flush(stream)
                except BaseException as error:
                    stream.last = None
                    trouble(error, stream)

            return callback

        line_times = self.line_times

        def on_line(code, line):
            stream = local.stream
            try:
                if code is not stream.last and not current(stream, code):
                    return DISABLE
                ops = stream.ops
                if line_times:
                    stream.times.append(now())
                ops.append(line)
                if len(ops) >= BLOCK_OPS:
                    recorder.flush(stream)
            except BaseException as error:
                stream.last = None
                trouble(error, stream)

        def on_line_once(code, line):
            stream = local.stream
            try:
                if code is not stream.last and not current(stream, code):
                    return DISABLE
                # A line can have several locations, each with a first event of its own.
                key = recorder.ids.get(id(code), 0) << 32 | line
                if key not in recorder.seen:
                    recorder.seen.add(key)
                    stream.ops.append(line)
                    if len(stream.ops) >= BLOCK_OPS or now() > stream.due:
                        recorder.flush(stream)
            except BaseException as error:
                stream.last = None
                trouble(error, stream)
            return DISABLE

        lines = on_line_once if self.once else on_line
        return {name: lines if name == "LINE" else on_event(name) for name in self.names}


# ----------------------------------------------------------------------------------------------- program


def own_frames_cut(trace):
    """A traceback without the frames of this file at its start."""
    while trace is not None and trace.tb_frame.f_code.co_filename == HERE:
        trace = trace.tb_next
    return trace


def fresh_main():
    """A __main__ module as the interpreter makes one; this file's own stays alive without a name."""
    module = type(sys)("__main__")
    module.__dict__.update(__builtins__=builtins, __loader__=None, __spec__=None)
    if sys.version_info < (3, 14):
        module.__annotations__ = {}
    sys.modules["__main__"] = module
    return module.__dict__


def set_path(entry):
    """The first entry of sys.path, which is this file's folder now, unless the interpreter was told to have none."""
    if not sys.flags.safe_path:
        sys.path[0] = entry


def run_code(text):
    set_path("")
    names = fresh_main()
    from _frozen_importlib import BuiltinImporter

    names["__loader__"] = BuiltinImporter
    exec(compile(text, "<string>", "exec", dont_inherit=True), names)


def run_module(name):
    set_path(os.getcwd())
    fresh_main()
    import runpy

    runpy._run_module_as_main(name)


def run_container(path):
    """A folder or an archive with a __main__.py."""
    import runpy

    fresh_main()
    if sys.flags.safe_path:
        sys.path.insert(0, path)
    else:
        sys.path[0] = path
    runpy._run_module_as_main("__main__", False)


def run_script(path, data):
    from _frozen_importlib_external import SourceFileLoader, SourcelessFileLoader, _classify_pyc

    full = os.path.abspath(path)
    set_path(os.path.dirname(os.path.realpath(path)))
    names = fresh_main()
    names.update(__file__=full, __cached__=None)
    if path.endswith(".pyc"):
        import marshal

        names["__loader__"] = SourcelessFileLoader("__main__", full)
        _classify_pyc(data, "__main__", {})
        code = marshal.loads(memoryview(data)[16:])
    else:
        names["__loader__"] = SourceFileLoader("__main__", full)
        code = compile(data, full, "exec", dont_inherit=True)
    del data
    exec(code, names)


def prepared(kind, what):
    """A call that runs the program, and the name by which it knows itself."""
    if kind == "-c":
        return (lambda: run_code(what)), "-c"
    if kind == "-m":
        return (lambda: run_module(what)), "-m"
    if os.path.isdir(what) or is_archive(what):
        return (lambda: run_container(what)), what
    import io

    try:
        with io.open_code(os.path.abspath(what)) as source:
            data = source.read()
    except OSError as error:
        where = os.path.abspath(what)
        sys.stderr.write("%s: can't open file %r: [Errno %s] %s\n" % (sys.executable, where, error.errno, error.strerror))
        raise SystemExit(2) from None
    return (lambda: run_script(what, data)), what


def is_archive(path):
    try:
        import zipimport

        zipimport.zipimporter(path)
    except (ImportError, OSError):
        return False
    return True


def parse(words):
    """Options as a dictionary, and the program as (kind, name, arguments)."""
    options = {"output": "trace.bin", "mode": "lines", "events": None, "include": [], "exclude": []}
    options.update(force=False, all=False, line_times=False, child_of=None, as_mode=None)
    valued = {"-o": "output", "--output": "output", "--mode": "mode", "--events": "events", "--include": "include"}
    valued.update({"--exclude": "exclude", "--child-of": "child_of", "--as-mode": "as_mode"})
    flags = {"--force": "force", "--all": "all", "--line-times": "line_times"}
    words = list(words)
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if word in ("-h", "--help"):
            print(__doc__)
            raise SystemExit(0)
        if word in ("-m", "-c"):
            if not words:
                raise UsageError("%s needs an argument" % word)
            return options, (word, words[0], words[1:])
        if word == "--" or not word.startswith("-"):
            if word != "--":
                words.insert(0, word)
            if words and word == "--" and words[0] in ("-m", "-c"):
                continue
            break
        if word in flags:
            options[flags[word]] = True
        elif (name if equals else word) in valued:
            if not equals:
                if not words:
                    raise UsageError("%s needs an argument" % word)
                value = words.pop(0)
            key = valued[name if equals else word]
            if key in ("include", "exclude"):
                options[key].append(value)
            else:
                options[key] = value
        else:
            raise UsageError("unknown option %s" % word)
    if not words:
        raise UsageError("no program to run: SCRIPT, -m MODULE or -c CODE")
    return options, ("script", words[0], words[1:])


def chosen_events(mode, listed):
    if listed is None:
        if mode not in MODES:
            raise UsageError("unknown mode %s; there are %s" % (mode, ", ".join(MODES)))
        return None
    names = [n for n in listed.replace(" ", "").upper().split(",") if n]
    for name in names:
        if name not in event_names():
            raise UsageError("unknown event %s; this interpreter has %s" % (name, ", ".join(event_names())))
    if not names:
        raise UsageError("--events names no event")
    return list(dict.fromkeys(names))


current = None


def start(path="trace.bin", mode="lines", events=None, all=False, include=(), exclude=(), line_times=False, force=False):
    """Starts to record this process. Threads that run already are recorded with the stack that they have."""
    global current
    if current is not None and current.running:
        raise RuntimeError("recording already")
    chosen = chosen_events(mode, events if events is None or isinstance(events, str) else ",".join(events))
    recorder = Recorder(path, mode, chosen, all, list(include), list(exclude), line_times, force)
    recorder.start()
    if current is None:
        atexit.register(stop)
        recorder.follow()
    current = recorder


def stop():
    """Ends the recording and closes its file."""
    if current is not None:
        current.stop()


def main(words):
    global current
    try:
        options, (kind, what, arguments) = parse(words)
        events = chosen_events(options["mode"], options["events"])
        program, name = prepared(kind, what)
        sys.argv[:] = [name, *arguments]
        recorder = Recorder(
            options["output"],
            options["mode"],
            events,
            options["all"],
            options["include"],
            options["exclude"],
            options["line_times"],
            options["force"],
            [what if kind == "-m" else name, *arguments],
            options["child_of"],
        )
        recorder.start_process(options["as_mode"])
    except UsageError as error:
        sys.stderr.write("tracetool: %s\n" % error)
        raise SystemExit(2) from None
    except FileExistsError as error:
        sys.stderr.write("tracetool: %s: file exists; --force overwrites it\n" % (error.filename or error))
        raise SystemExit(2) from None
    except OSError as error:
        sys.stderr.write("tracetool: %s: cannot write the trace: %s\n" % (options["output"], error.strerror or error))
        raise SystemExit(2) from None
    current = recorder
    recorder.follow()
    try:
        program()
    except SystemExit:
        raise
    except BaseException:
        show = sys.excepthook

        def excepthook(kind, error, trace):
            error.__traceback__ = own_frames_cut(trace)
            show(kind, error, error.__traceback__)

        sys.excepthook = excepthook
        raise


if __name__ == "__main__":
    KEPT_ALIVE = sys.modules["__main__"]
    main(sys.argv[1:])
