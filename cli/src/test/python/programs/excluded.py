# A comment before the docstring, which is a statement then.
"""Runs statements of all shapes, of which some are excluded."""
import functools

TABLE = {
    "one": 1,
    "two": (
        2 if functools else
        3
    ),
}


def decorator(function): return function


def plain(values,
          start=sum([
              1])):
    # and a comment before this one
    """Adds up."""
    total = start
    for value in values: total += value
    else:
        total += 1
    while total > 100:
        total -= 1
    return (
        total
    )


@decorator
def skipped():  # pragma: no cover
    """Not counted."""
    if TABLE:
        return 1

    return 2


@decorator  # pragma: no cover
@functools.lru_cache(
    maxsize=None,
)
def cached(
    x,
):
    return x


class Shape:
    """A shape."""

    sides: int = 4
    name = "square"  # pragma: no cover

    @property
    def area(self):
        "Its area."
        return self.sides ** 2

    @staticmethod
    def never():
        return f"""
            {TABLE!r:>{
                4
            }} # pragma: no cover
            {'{'}
        """


async def coroutine(x):
    async with Context() as c, \
            Context() as d:
        return [
            y async for y in agen(x)
            if y
        ], c, d


async def agen(n):
    for i in range(n): yield i


class Context:
    async def __aenter__(self): return self
    async def __aexit__(self, *_): pass


def clauses(value):
    try:
        if value == 1:
            raise ValueError
        elif value == 2:  # pragma: no cover
            return "two"
        elif value == 3:
            return "three"
        else:
            value = 0
    except ValueError:
        value = [
            x
            for x in range(3)
        ]
    except (KeyError,
            TypeError):  # pragma: no cover
        value = 1
        raise
    else:
        value = 2
    finally:
        done = True
    match value:
        case [0, *rest] if rest:
            value = 5
        case {"a": 1}:  # pragma: no cover
            value = 6
        case 2 | 3:
            value = 7
        case _: value = 8
    with open(__file__) as file: file.read(1)
    if not done: return None  # pragma: no cover
    key = lambda a: (a,
                     value)
    assert key(1), \
        "never"
    del key
    return value


if __name__ == "__main__":
    import asyncio

    print(plain([1, 2]), Shape().area, clauses(1), clauses(2), clauses(4))
    print(asyncio.run(coroutine(3)))
else:  # pragma: no cover
    print("imported")
