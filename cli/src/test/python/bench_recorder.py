"""What recording costs: for each event, in nanoseconds and in callbacks that do nothing.

usage: python bench_recorder.py [REPEATS]

Every way of watching runs the same program REPEATS times (15), all ways in turn, in this one process; the fastest
run counts. The cost of an event is the time that the run took more than one that nobody watched, divided by the
number of events. Three programs: calls of small functions, loops with work in them, and generators with exceptions.
Exits with 1 if a bound of the design is not kept: in lines mode 9 times an empty callback (12 with --line-times),
coverage mode 1.2 times the unwatched program, 1 byte for each event of the three together (1.5 with --line-times),
5,000 times an empty callback and 700 bytes for a test that is marked and does next to nothing, of 10,000.
"""

import os
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "../../main/resources/dev/tracetool/cli/record"))
import tracetool_recorder as recorder  # noqa: E402

MONITORING = sys.monitoring
TOOL = 1
TESTS = 10_000
FEW = 1000  # events that say nothing about what one costs


class Node:
    def __init__(self, value, left=None, right=None):
        self.value = value
        self.left = left
        self.right = right

    def insert(self, value):
        if value < self.value:
            if self.left is None:
                self.left = Node(value)
            else:
                self.left.insert(value)
        else:
            if self.right is None:
                self.right = Node(value)
            else:
                self.right.insert(value)

    def depth(self):
        left = self.left.depth() if self.left else 0
        right = self.right.depth() if self.right else 0
        return 1 + max(left, right)


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def calls():
    fib(17)
    root = Node(500)
    value = 7
    for _ in range(600):
        value = (value * 1103 + 12345) % 1000
        root.insert(value)
    return root.depth()


def loops():
    primes = []
    for n in range(2, 1500):
        for p in primes:
            if p * p > n:
                primes.append(n)
                break
            if n % p == 0:
                break
        else:
            primes.append(n)
    words = {}
    for n in range(3000):
        key = "k%d" % (n % 97)
        if key in words:
            words[key] += n
        else:
            words[key] = n
    total = 0
    for key, value in words.items():
        total += len(key) * value
    return total


def tokens(text):
    for word in text.split():
        if word.isdigit():
            yield int(word)
        else:
            yield word


def number(token):
    try:
        return token + 0
    except TypeError:
        return len(token)


def generators():
    total = 0
    for _ in range(60):
        for token in tokens("12 apples and 7 pears make 19 fruits in 2 baskets of willow"):
            total += number(token)
        total += sum(x for x in range(10))
    return total


PROGRAMS = (calls, loops, generators)


def arguments_of(name):
    return 2 if name in (*recorder.PUSH[:2], "LINE", "INSTRUCTION") else 4 if name in recorder.C_CALLS else 3


EMPTY = {2: lambda code, a: None, 3: lambda code, a, b: None, 4: lambda code, a, b, c: None}


def monitor(names, callbacks):
    MONITORING.use_tool_id(TOOL, "bench")
    wanted = 0
    for name in names:
        event = recorder.EVENTS[name]
        wanted |= event
        MONITORING.register_callback(TOOL, event, callbacks(name))
    MONITORING.set_events(TOOL, wanted)


def unmonitor():
    MONITORING.set_events(TOOL, 0)
    MONITORING.free_tool_id(TOOL)
    for event in recorder.EVENTS.values():
        MONITORING.register_callback(TOOL, event, None)


def count(program, names):
    """How many events a run has."""
    counts = [0]

    def counter(name):
        def callback(*_):
            counts[0] += 1

        return callback

    monitor(names, counter)
    program()
    unmonitor()
    return counts[0]


class Way:
    """One way of watching: what is done before and after a run, and the events that it has."""

    def __init__(self, name, names, before, after):
        self.name, self.names, self.before, self.after = name, names, before, after
        self.best = {}
        self.bytes, self.events = {}, {}  # of a long recording

    def run(self, program):
        self.before()
        program()  # the first run changes the bytecode
        start = time.perf_counter_ns()
        program()
        spent = time.perf_counter_ns() - start
        self.after()
        self.best[program] = min(spent, self.best.get(program, spent))


def empty_way(mode):
    names = recorder.MODES[mode]
    return Way("empty callback, " + mode, names, lambda: monitor(names, lambda n: EMPTY[arguments_of(n)]), unmonitor)


def settrace_way():
    def trace(frame, event, arg):
        return trace

    return Way("sys.settrace, empty", recorder.MODES["lines"], lambda: sys.settrace(trace), lambda: sys.settrace(None))


def recorder_way(folder, name, mode, idle_thread=False, **options):
    path = os.path.join(folder, "bench.bin")
    done = threading.Event()

    def before():
        if idle_thread:
            done.clear()
            threading.Thread(target=done.wait).start()
        recorder.start(path, mode=mode, force=True, **options)

    def after():
        recorder.stop()
        done.set()

    return Way(name, recorder.MODES[mode], before, after)


def weigh(way, program):
    """The size of a trace that is long enough for what stands in every trace not to count."""
    way.before()
    for _ in range(10):
        program()
    way.after()
    way.bytes[program] = os.path.getsize(recorder.current.file.path)
    way.events[program] = sum(recorder.current.file.totals)


def main():
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        plain = Way("nobody watches", (), lambda: None, lambda: None)
        empties = {mode: empty_way(mode) for mode in ("calls", "lines", "full")}
        recorders = {
            "calls": recorder_way(folder, "recorder, calls", "calls"),
            "lines": recorder_way(folder, "recorder, lines", "lines"),
            "times": recorder_way(folder, "recorder, lines with times", "lines", line_times=True),
            "shared": recorder_way(folder, "recorder, lines, two threads", "lines", idle_thread=True),
            "full": recorder_way(folder, "recorder, full", "full"),
            "coverage": recorder_way(folder, "recorder, coverage", "coverage"),
        }
        ways = [plain, *empties.values(), settrace_way(), *recorders.values()]
        for _ in range(repeats):
            for way in ways:
                for program in PROGRAMS:
                    way.run(program)
        for way in recorders.values():
            if way.name.endswith("coverage"):
                continue
            for program in PROGRAMS:
                weigh(way, program)
        report(plain, empties, ways)
        return check(plain, empties, recorders, *mark_tests(folder))


def mark_tests(folder):
    """What a test costs that does next to nothing: nanoseconds of the processor, and bytes."""
    path = os.path.join(folder, "marks.bin")
    best = None
    for _ in range(3):
        recorder.start(path, force=True)
        start = time.process_time_ns()
        for n in range(TESTS):
            recorder.begin("tests/unit/test_module_%d.py::TestOfSomething::test_number_%d" % (n // 50, n))
            number(n)
            recorder.end("passed")
        spent = (time.process_time_ns() - start) / TESTS
        recorder.stop()
        best = spent if best is None else min(best, spent)
    return best, os.path.getsize(path) / TESTS


def cost(way, plain, program):
    return (way.best[program] - plain.best[program]) / count(program, way.names)


def ratio(way, plain, empties, program):
    """To an empty callback for the same events."""
    mode = "calls" if way.names == recorder.MODES["calls"] else "full" if way.names == recorder.MODES["full"] else "lines"
    return cost(way, plain, program) / cost(empties[mode], plain, program)


def report(plain, empties, ways):
    print("CPython %s, best of the repeats" % sys.version.split()[0])
    print("%-30s %-11s %9s %9s %10s %9s %12s" % ("", "", "ms", "times", "ns/event", "of empty", "bytes/event"))
    for way in ways:
        for program in PROGRAMS:
            slower = way.best[program] / plain.best[program]
            line = "%-30s %-11s %9.3f %9.2f" % (way.name, program.__name__, way.best[program] / 1e6, slower)
            if way.names and not way.name.endswith("coverage") and count(program, way.names) > FEW:
                line += " %10.1f %9.2f" % (cost(way, plain, program), ratio(way, plain, empties, program))
                if way.events:
                    line += " %12.3f" % (way.bytes[program] / way.events[program])
            print(line)


def check(plain, empties, recorders, test_ns, test_bytes):
    bad = []
    callbacks = test_ns / min(cost(empties["lines"], plain, program) for program in PROGRAMS)
    print("a test: %.0f us, %.0f times an empty callback, %.0f bytes" % (test_ns / 1000, callbacks, test_bytes))
    if callbacks > 5000 or test_bytes > 700:
        bad.append("the marks of tests")
    for program in PROGRAMS:
        for name, bound in (("lines", 9), ("times", 12)):
            way = recorders[name]
            if ratio(way, plain, empties, program) > bound:
                bad.append("%s, %s" % (way.name, program.__name__))
        if recorders["coverage"].best[program] > 1.2 * plain.best[program]:
            bad.append("recorder, coverage, %s" % program.__name__)
    for name, bound in (("lines", 1), ("times", 1.5)):
        way = recorders[name]
        size = sum(way.bytes.values()) / sum(way.events.values())
        print("%s: %.3f bytes/event" % (way.name, size))
        if size > bound:
            bad.append("the size of %s" % way.name)
    print("bounds: " + ("kept" if not bad else "broken by " + "; ".join(bad)))
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
