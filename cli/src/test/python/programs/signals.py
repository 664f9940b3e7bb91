"""Signal handlers that raise exceptions, hundreds of times, in the middle of anything; argv[1]: seconds."""

import signal
import sys
import time


class Timeout(Exception):
    pass


caught = raised = 0


def handler(number, frame):
    global raised
    raised += 1
    if raised % 3 == 0:
        raise KeyboardInterrupt
    raise Timeout


def leaf(n):
    a = n + 1
    b = a * 2
    return b


def work():
    total = 0
    for i in range(1000000000):
        total += leaf(i)


signal.signal(signal.SIGALRM, handler)
end = time.monotonic() + float(sys.argv[1])
while time.monotonic() < end:
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.003, 0.0017)
        work()
    except (Timeout, KeyboardInterrupt):
        caught += 1
        signal.setitimer(signal.ITIMER_REAL, 0)
signal.setitimer(signal.ITIMER_REAL, 0)
print(caught == raised, caught > 20)
