"""A docstring
of two lines."""
import os  # the code below runs nowhere: it is here for its lines

TABLE = {
    "a": 1,
    "b": [
        2,
    ],
}


class Point:
    """A point."""

    x: int = 0
    y: int = 0  # pragma: no cover

    def move(
        self,
        by,
    ):
        # a comment before the docstring
        """
        Moves it.
        """
        "not a docstring"
        return by

    def skipped(self):  # pragma: no cover
        """Skipped."""
        for i in range(3):
            print(i)

        return None

    @property
    def kept(self): return 1

    @property  # pragma: no cover
    @os.path.join
    def decorated(
        self,
        more=None,
    ):
        if self:
            return 2
        return more


def clauses(value):
    if value == 1:
        return 1
    elif value == 2:  # pragma: no cover
        return 2
    else:
        value = 3
    try:
        value += 1
    except ValueError:  #pragma:no cover
        value = (1,
                 2)
        raise
    except (
        KeyError
    ):  # PRAGMA NO COVER
        value = 4
    else:
        value = 5
    finally:
        value = 6
    while value:
        value -= 1
    else:  # pragma: nocover
        value = 7
    match value:
        case 1:
            value = 8
        case {"a": x} if x:  # pragma: no cover
            value = 9
            value = 10
        case _:
            value = 11
    if value: print(1)  # pragma: no cover
    print(2)
    text = f"""
    {value:>{
        10
    }} # pragma: no cover
    {f'{value!r:^{value}}' + "}"}
    """
    total = value + \
        1 + \
        2  # pragma: no cover
    names = [n for n in range(3)
             if n]
    key = lambda a: a  # pragma: no cover
    print(text, total,
          names, key)

    async def nested(): pass
    with open("a") as a, \
            open("b") as b:  # pragma: no cover
        print(a)
        print(b)
    return f'{value:{"{"}>10}' f"\N{BULLET}{{}}" rf'\{value}\\'


if os.name == "nt":  # pragma: no cover
    WINDOWS = True
    if WINDOWS:
        TABLE = {}
else:
    WINDOWS = False
	# a comment with a tab
async def main():  # Pragma: no cover
    x = [
        await main()
        for y in TABLE
    ]; z = 1
    return """
        # pragma: no cover
    """
class Empty: ...
