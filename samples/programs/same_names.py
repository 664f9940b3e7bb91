"""The function names of recursion.py and shapes.py again, in another file."""


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def doubled(values):
    def step(value):
        return value + value

    return [step(value) for value in values]


def never_called(value):
    if value:
        return value
    return None


def run():
    return fibonacci(50), doubled([1, 2, 3])


if __name__ == "__main__":
    print(run())
