"""Threads: long ones, short ones, and a queue between two."""

import queue
import threading


def compute(n):
    total = 0
    for i in range(n):
        total += i & 3
    return total


def produce(box, n):
    for i in range(n):
        box.put(i)
    box.put(None)


def consume(box, taken):
    while True:
        item = box.get()
        if item is None:
            break
        taken.append(compute(item))


def run():
    box, taken = queue.Queue(), []
    pair = [
        threading.Thread(target=produce, args=(box, 30), name="producer"),
        threading.Thread(target=consume, args=(box, taken), name="consumer"),
    ]
    for thread in pair:
        thread.start()
    for thread in pair:
        thread.join()
    for i in range(20):
        short = threading.Thread(target=compute, args=(i,))
        short.start()
        short.join()
    return len(taken)


if __name__ == "__main__":
    print(run())
