"""Frames that are left and taken up again."""


def countdown(n):
    while n:
        yield n
        n -= 1


def chained(n):
    yield from countdown(n)
    yield from (x * x for x in range(n))
    return "chained"


def running_total():
    total = 0
    while True:
        try:
            value = yield total
        except ValueError:
            total = 0
            continue
        total += value


def abandoned():
    try:
        yield 1
        yield 2
    finally:
        pass


def interleaved(n):
    left, right = countdown(n), countdown(n)
    return [(a, b) for a, b in zip(left, right)]


def run():
    seen = list(chained(12))
    totals = running_total()
    next(totals)
    for value in range(5):
        totals.send(value)
    after_reset = totals.throw(ValueError("again"))
    totals.close()
    for first in abandoned():
        break
    return len(seen), after_reset, first, interleaved(4)


if __name__ == "__main__":
    print(run())
