"""Line tables that no compiler makes, and line numbers that no editor shows."""


def template(n):
    total = 0
    for i in range(n):
        total += i
    return total


def moved(first, **changes):
    code = template.__code__.replace(co_firstlineno=first, co_name="moved_%d" % (first + 1000), **changes)
    return type(template)(code, globals())


for first in (1, 100, 32766, 65533, 70000, 2**31 - 10):
    moved(first)(10)
# One entry for eight units each: a line that goes back by 3, by 1000, and to none, to 0 and on.
for table in (b"\xef\x07", b"\xef\x51\x1f", b"\xef\x03\xef\x03\xef\x04", b"\xef\x00\xff\xef\x02"):
    moved(2, co_linetable=table * 4)(3)
moved(5, co_linetable=b"")(3)
moved(5, co_linetable=b"\xf8")(3)
exec(compile("\n" * 66000 + "def far():\n    return 1\nfar()\n", "<far>", "exec"))
print("done")
