"""Recursion to the limit, several times, also by functions that never ran before."""

import sys


def down(n):
    return 1 + down(n + 1)


def known():
    try:
        down(0)
    except RecursionError as error:
        return str(error).partition(" while")[0]


def deepest(n=0):
    try:
        return deepest(n + 1)
    except RecursionError:
        return n


def fresh(n, limit):
    """Every call is the first one of its code object."""
    names = {"fresh": fresh, "limit": limit}
    exec("def f_%d(n):\n    return fresh(n, limit) if n < limit else n\n" % n, names)
    return names["f_%d" % n](n + 1)


print([known() for _ in range(20)])
depth = [deepest() for _ in range(5)]
print(min(depth), max(depth), file=sys.stderr)
for limit in range(60, 1000, 7):
    try:
        fresh(0, limit)
    except RecursionError:
        pass
print(known())
sys.setrecursionlimit(3000)
print(known())
