"""Functions that call themselves and each other."""


def fibonacci(n):
    if n < 2:
        return n
    return fibonacci(n - 1) + fibonacci(n - 2)


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


def hanoi(discs, source, target, spare, moves):
    if discs == 0:
        return
    hanoi(discs - 1, source, spare, target, moves)
    moves.append((source, target))
    hanoi(discs - 1, spare, target, source, moves)


def depth(n):
    """Deep enough to have a thousand frames of one function."""
    return 0 if n == 0 else 1 + depth(n - 1)


def run():
    moves = []
    hanoi(6, "a", "c", "b", moves)
    return fibonacci(14), is_even(40), is_odd(41), len(moves), depth(800)


if __name__ == "__main__":
    print(run())
