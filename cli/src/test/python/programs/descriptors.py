"""Programs that close what is not theirs; argv[1] is one of those below."""

import os
import resource
import sys


def work(n):
    total = 0
    for i in range(n):
        total += i
    return total


how, trace = sys.argv[1:3]
work(20000)
if how in ("close", "reuse"):
    os.closerange(3, 1000)
if how == "reuse":
    fds = [os.open(trace + ".other", os.O_CREAT | os.O_RDWR | os.O_APPEND) for _ in range(300)]
if how == "remove":
    os.remove(trace)
# A block of events can be written between any two lines, so what is to be done before the next one is one line.
if how == "close and remove":
    os.closerange(3, 1000), os.remove(trace)
if how == "overwrite":
    with open(trace, "w") as file:
        file.write("mine")
if how == "replace":
    with open(trace + ".mine", "w") as file:
        file.write("mine")
    os.closerange(3, 1000), os.replace(trace + ".mine", trace)
if how == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
work(60000)
if how == "reuse":
    print(os.fstat(fds[0]).st_size)
if how in ("overwrite", "replace"):
    print(open(trace).read())
print("done")
