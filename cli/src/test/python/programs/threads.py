"""Many short threads, some at once, one that dies of an exception, and a daemon that still runs at the end."""

import sys
import threading
import time


def work(n):
    total = 0
    for i in range(n):
        total += i
    return total


def tick():
    while True:
        work(10)
        time.sleep(0.001)


def short(n):
    work(n)


def die():
    raise RuntimeError("thread")


threading.excepthook = lambda args: print("died", args.exc_value)
barrier = threading.Barrier(4)


def together():
    barrier.wait()
    work(5000)


threading.Thread(target=tick, daemon=True, name="ticker").start()
for n in range(60):
    thread = threading.Thread(target=short, args=(n,), name="short %d" % n)
    thread.start()
    thread.join()
group = [threading.Thread(target=together) for _ in range(4)]
for thread in group:
    thread.start()
work(5000)
for thread in group:
    thread.join()
thread = threading.Thread(target=die)
thread.start()
thread.join()
print("done", file=sys.stdout)
