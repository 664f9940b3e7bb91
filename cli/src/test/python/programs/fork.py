"""fork in all its forms; argv[1]: exit, _exit, exec, thread, nested, quiet."""

import os
import sys
import threading


def work(n):
    total = 0
    for i in range(n):
        total += i
    return total


def child(how):
    work(100)
    if how == "_exit":
        os._exit(3)
    if how == "exec":
        os.execv("/bin/sh", ["sh", "-c", "exit 4"])
    if how == "nested":
        nested = os.fork()
        if not nested:
            work(20)
            sys.exit(6)
        work(10)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(nested, 0)[1]))
    sys.exit(5)


def fork(how):
    pid = os.fork()
    if not pid:
        child(how)
    work(7)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def outer(how):
    fork(how)


how = sys.argv[1]
if how == "thread":
    thread = threading.Thread(target=outer, args=("_exit",), name="forker")
    thread.start()
    thread.join()
elif how == "quiet":
    import subprocess

    print(subprocess.run(["/bin/true"], preexec_fn=lambda: None).returncode)
else:
    outer(how)
