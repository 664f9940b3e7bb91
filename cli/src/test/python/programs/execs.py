"""Code objects that die, and whose ids are used again; argv[1]: how many."""

import resource
import sys

TEMPLATE = "def f_%d(a):\n" + "    a += 1\n" * 3 + "    return a + %d\nresult = f_%d(1)\n"


def run(n):
    names = {}
    exec(TEMPLATE % (n, n, n), names)
    assert names["result"] == 4 + n


for n in range(int(sys.argv[1])):
    run(n)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
