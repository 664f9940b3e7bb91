"""Exceptions: raised, handled, renamed, chained, passed through, grouped."""


class Refused(Exception):
    pass


def check(n):
    if n % 3 == 0:
        raise Refused(n)
    if n % 5 == 0:
        raise KeyError(n)
    return n


def guarded(n):
    try:
        return check(n)
    except Refused as refused:
        return -refused.args[0]
    finally:
        n = None


def through(n):
    try:
        return guarded(n)
    except KeyError as missing:
        raise ValueError("no such number") from missing


def outer(n):
    with_value = 0
    try:
        with_value = through(n)
    except ValueError:
        with_value = None
    else:
        with_value += 1
    return with_value


def grouped():
    caught = []
    try:
        raise ExceptionGroup("both", [ValueError(1), TypeError(2)])
    except* ValueError as group:
        caught.append(len(group.exceptions))
    except* TypeError as group:
        caught.append(len(group.exceptions))
    return caught


def searched(needle):
    for value in iter(range(10)):
        try:
            if value == needle:
                break
        finally:
            pass
    else:
        return None
    return value


def run():
    return [outer(n) for n in range(16)], grouped(), searched(4), searched(40)


if __name__ == "__main__":
    print(run())
