"""Makes many shards of one run: each is a child that calls functions of one module, some of them left out by turns.

usage: tracetool record [-o FILE] many_shards.py SHARDS FUNCTIONS CALLS
"""

import os
import sys

FUNCTION = """
def function_{0}(number):
    if number > {0}:
        return number - 1
    return number + {0}
"""


def module(count):
    """The functions of a module that has so many, of a file beside this one, which need not be there."""
    space = {}
    file = os.path.join(os.path.dirname(os.path.abspath(__file__)), "shards.py")
    exec(compile("".join(map(FUNCTION.format, range(count))), file, "exec"), space)
    return [space["function_%d" % number] for number in range(count)]


def shard(number, functions, calls):
    for _ in range(calls):
        for place, function in enumerate(functions):
            if len(functions) == 1 or (place + number) % 3:
                function(number)


def main(shards, functions, calls):
    functions = module(functions)
    for number in range(shards):
        child = os.fork()
        if child == 0:
            shard(number, functions, calls)
            os._exit(0)
        if os.waitpid(child, 0)[1] != 0:
            sys.exit("shard %d failed" % number)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
