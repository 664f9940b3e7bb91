"""Signal handlers that raise exceptions, hundreds of times, in the middle of anything.

argv[1]: how often; argv[2]: once, where none is ever lost, or twice, where the second signal comes while the exception
of the first may still be on its way, and can take its place; argv[3]: marks, to begin and end tests all the while.
"""

import signal
import sys


class Timeout(Exception):
    pass


caught = raised = wanted = 0


def handler(number, frame):
    global raised
    if raised == wanted:
        return  # one that was on its way when the timer was stopped
    raised += 1
    if raised == wanted:
        signal.setitimer(signal.ITIMER_REAL, 0)
    raise KeyboardInterrupt if raised % 3 == 0 else Timeout


def leaf(n):
    a = n + 1
    b = a * 2
    return b


def work():
    n = 0
    while raised < wanted:
        n = leaf(n) % 7


def marks():
    while raised < wanted:
        tracetool_recorder.begin("a test")
        leaf(1)
        tracetool_recorder.end("passed")


if sys.argv[3:] == ["marks"]:
    import tracetool_recorder

    work = marks


def attempt(first, second):
    global caught
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, first, second)
            work()
        except (Timeout, KeyboardInterrupt):
            caught += 1
            work()
    except (Timeout, KeyboardInterrupt):
        caught += 1


count, step = int(sys.argv[1]), {"once": 1, "twice": 2}[sys.argv[2]]
signal.signal(signal.SIGALRM, handler)
for i in range(count):
    wanted += step
    # Where signals come faster than they can be dealt with, nothing else ever runs: on some virtual machines, each 10 us.
    attempt(0.0011 + i % 97 * 0.00001, (step - 1) * (0.00003 + i % 29 * 0.00004))
print(raised == step * count, caught == raised if step == 1 else "")
