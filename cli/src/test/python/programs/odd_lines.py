"""Line tables that no compiler makes, and line numbers that no editor shows."""


def template(n):
    total = 0
    for i in range(n):
        total += i
    return total


def moved(first, **changes):
    code = template.__code__.replace(co_firstlineno=first, co_name="moved_%d" % (first + 1000), **changes)
    return type(template)(code, globals())


for first in (1, 100, 32766, 65533, 70000, 2**31 - 10, -2, -50, -1000):
    moved(first)(10)
moved(-3)(3)
moved(5, co_linetable=b"")(3)
moved(5, co_linetable=b"\xf8")(3)
exec(compile("\n" * 66000 + "def far():\n    return 1\nfar()\n", "<far>", "exec"))
print("done")
