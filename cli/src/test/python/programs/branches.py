"""Each kind of decision, of which one way is taken, or the other, or both, or none."""

import asyncio
import contextlib


def choose(a, b):
    if a:
        b += 1
    elif b > 3:
        b += 2
    else:
        b += 3
    if (a and
            b):
        b += 4
    if b > 100:
        return None


def loops(values):
    for value in values:
        if value == 2:
            continue
        if value > 2:
            break
    else:
        values = None
    while values:
        values = values[1:]
        if not values:
            values = None
    for value in ():
        print(value)
    while True:
        if not values:
            break
    for value in (1, 2):
        with contextlib.nullcontext():
            if value == 2:
                break
    return value


def errors(action):
    try:
        if action is None:
            raise KeyError
        action()
    except KeyError:
        result = 1
    except ZeroDivisionError as error:
        if error.args:
            result = 2
    except (TypeError, ValueError):
        result = 3
    else:
        result = 4
    finally:
        if action:
            action = None
    if result > 3:
        result = 0
    return result


def shapes(value):
    match value:
        case 1:
            value = 2
        case [x] if x:
            value = 3
        case {"a": y}:
            value = y
        case _:
            value = 0
    match value:
        case 0:
            value = 5
    return value


def items(limit):
    for i in range(limit):
        if i % 2:
            yield i
    if limit > 10:
        yield 10


async def work(n):
    async with asyncio.Lock():
        for i in range(n):
            await asyncio.sleep(0)
            if i:
                n = 0
    if n:
        return n


class Shape:
    if contextlib:
        sides = 1
    for name in ("a", "b"):
        sides += 1

    def never(self):
        if self:
            return 1
        while self:
            pass


def short(values, a):
    if not values: return None
    for value in values:
        if value == 1: continue
        if value == 5: break
        if value == 9: a += 1
        else: a += 2
    if a > 100: a = 0; return a
    for value in values: return value
    while a:
        with contextlib.nullcontext():
            if a > 1: break
            a = 0
    try:
        if a: return 1
        a = 1
    finally:
        a = 2
    match a:
        case 2: return a
        case 3: a = 4
    return a


def enough(values):
    for value in values:  # pragma: no branch
        if value:  # pragma: no branch
            return value
    while values:  # pragma: no branch, as it is never reached
        pass
    if values:
        return 1


enough([1])
short([], 0)
short([1, 2, 5], 0)
choose(1, 1)
choose(0, 1)
loops([1, 2, 3])
loops([1])
errors(None)
errors(lambda: None)
errors(lambda: 1 / 0)
for case in (1, [1], 7):
    shapes(case)
print(list(items(3)))
asyncio.run(work(2))
if __name__ == "__main__":
    print("done")
