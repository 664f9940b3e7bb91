"""multiprocessing; argv[1]: fork, spawn or forkserver."""

import multiprocessing
import sys


def square(n):
    return n * n


def put(queue, n):
    queue.put(square(n))


class Item:
    def __init__(self, value):
        self.value = value


def unwrap(item):
    return item.value


if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[1])
    with context.Pool(2) as pool:
        print(pool.map(square, range(10)), pool.map(unwrap, [Item(1), Item(2)]))
        pool.close()
        pool.join()
    queue = context.Queue()
    process = context.Process(target=put, args=(queue, 12), name="putter")
    process.start()
    print(queue.get())
    process.join()
    print(process.exitcode)
