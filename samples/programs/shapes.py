"""Classes, decorators, match, comprehensions, nested functions of one name."""

import functools
from dataclasses import dataclass


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


@dataclass
class Circle:
    radius: float

    @property
    def area(self):
        return 3 * self.radius**2


@dataclass
class Box:
    width: float
    height: float

    @property
    def area(self):
        return self.width * self.height


class Registry(dict):
    limit = 3

    class Entry:
        def __init__(self, value):
            self.value = value

    def add(self, name, value):
        if len(self) >= self.limit:
            return False
        self[name] = self.Entry(value)
        return True


@counted
@functools.lru_cache(maxsize=None)
def describe(shape_name):
    return f"a {shape_name}"


def classify(thing):
    match thing:
        case Circle(radius=0):
            return "point"
        case Circle(radius=r) if r > 10:
            return "large circle"
        case Circle():
            return "circle"
        case Box(width=w, height=h) if w == h:
            return "square"
        case [first, *rest]:
            return f"{classify(first)} and {len(rest)} more"
        case {"kind": kind}:
            return kind
        case _:
            return "unknown"


def doubled(values):
    def step(value):
        return value * 2

    return [step(value) for value in values]


def tripled(values):
    def step(value):
        return value * 3

    return {value: step(value) for value in values}


def run():
    things = [
        Circle(0),
        Circle(11),
        Circle(2),
        Box(2, 2),
        [Box(1, 1), 2, 3],
        {"kind": "named"},
        None,
    ]
    names = [classify(thing) for thing in things]
    for name in names * 2:
        describe(name)
    registry = Registry()
    added = [
        registry.add(name, value)
        for name, value in zip("abcd", (f(2) for f in (lambda n: n + 1, lambda n: n - 1, abs, abs)))
    ]
    total = sum(
        thing.area
        for thing in things
        if hasattr(
            thing,
            "area",
        )
    )
    return names, describe.calls, added, total, doubled([1, 2]), tripled({3})


if __name__ == "__main__":
    print(run())
