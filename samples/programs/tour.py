"""A tour of what a Python program can do; the recorded sample is a run of it."""

import errors
import generators
import recursion
import same_names
import shapes
import tasks
import workers


def main():
    for stop in (recursion, generators, tasks, workers, errors, shapes, same_names):
        print(stop.__name__, stop.run())


if __name__ == "__main__":
    main()
