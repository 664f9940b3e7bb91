"""Recursion, generators, exceptions, comprehensions, classes, match, with: all in one thread, and deterministic."""

import contextlib
import functools


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def counter(n):
    try:
        for i in range(n):
            got = yield i
            if got:
                yield got
    except ValueError as error:
        yield str(error)
    finally:
        n = 0


def delegating():
    result = yield from counter(4)
    yield result


@functools.lru_cache(maxsize=None)
def cached(n):
    return n if n < 2 else cached(n - 1) + cached(n - 2)


@contextlib.contextmanager
def manager(fail):
    try:
        yield fail
    except KeyError:
        pass


class Shape:
    kinds = [kind for kind in ("round", "square")]

    def __init__(self, sides):
        self.sides = sides

    @property
    def kind(self):
        match self.sides:
            case 0:
                return self.kinds[0]
            case 4:
                return self.kinds[1]
            case _ if self.sides > 10:
                raise ValueError(self.sides)
            case _:
                return None

    def __lt__(self, other): return self.sides < other.sides


def failing(depth):
    if not depth:
        raise LookupError("deep")
    try:
        failing(depth - 1)
    finally:
        depth = -1


def main():
    print(fib(12), even(30), cached(40))
    gen = counter(5)
    print(next(gen), gen.send("sent"), next(gen), gen.throw(ValueError("thrown")), list(gen))
    print(list(delegating()), [x * y for x in range(5) for y in range(x) if x % 2], {x for x in range(9)})
    for fail in (False, True):
        with manager(fail):
            if fail:
                raise KeyError
    shapes = sorted(Shape(n) for n in (7, 4, 0, 3, 12))
    for shape in shapes:
        try:
            print(shape.kind)
        except ValueError:
            print("too many")
    try:
        failing(6)
    except LookupError as error:
        print(error)
    x, n = 0, 3000
    while n: n -= 1; x ^= n
    print(x, sum(i for i in range(10)), (lambda a, b: a + b)(1,
                                                         2))
    with contextlib.suppress(ZeroDivisionError):
        1 / 0
    counter(3).send(None)
    for _ in counter(3):
        break


main()
