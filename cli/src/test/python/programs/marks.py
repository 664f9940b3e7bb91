"""The interface of marks: what it does in threads, out of order, and with odd labels."""

import sys
import threading

import tracetool_recorder


def work(label):
    return label


def first():
    work(1)


def second():
    work(2)


def in_thread(function):
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()


class Odd:
    def __str__(self):
        raise ValueError


def own_test():
    tracetool_recorder.begin("in a thread")
    first()
    tracetool_recorder.end("failed")
    second()


tracetool_recorder.end("passed")  # nothing has begun
tracetool_recorder.begin("one")
in_thread(first)
tracetool_recorder.end("passed")
in_thread(second)
tracetool_recorder.end("passed")  # it has ended already
tracetool_recorder.begin("left open")
first()
tracetool_recorder.begin("two")
in_thread(own_test)
tracetool_recorder.end()
for label in (7, None, Odd(), "\ud800\n\0\"", "x" * 100_000):
    tracetool_recorder.begin(label)
    tracetool_recorder.end("skipped")

# A thread that never waits, while tests come and go: no event of it may get lost, or be written twice.
if sys.argv[1:]:
    stop = False
    sys.setswitchinterval(1e-5)

    def busy():
        n = 0
        while not stop:
            work(n)
            n += 1
        print(n)

    thread = threading.Thread(target=busy)
    thread.start()
    for n in range(300):
        tracetool_recorder.begin("busy %d" % n)
        first()
        tracetool_recorder.end("passed")
    stop = True
    thread.join()
