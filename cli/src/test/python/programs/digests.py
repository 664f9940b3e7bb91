"""Constants of every kind, for digests that must not depend on the process."""


def constants(x):
    if x in {"red", "green", "blue", 1, 2.5, None, ("a", "b", frozenset)}:
        return -0.0
    return x in {b"bytes", "text", (1, ("nested", 3j)), 10**30, True, ...}, x[1:2], "\ud800"


def yes():
    return True


def no():
    return False


def zero():
    return 0.0


def minus_zero():
    return -0.0


for f in (yes, no, zero, minus_zero):
    f()
constants("red")
