"""Events of what only looks like a code object, as extension modules can fire them since 3.13."""

import ctypes
import sys


class Fake:
    co_filename = __file__
    co_name = "fake"
    co_firstlineno = 3


class Bare:
    __slots__ = ()


class Nasty:
    def __getattr__(self, name):
        raise RuntimeError(name)


class Wrong:
    co_filename = []
    co_name = co_qualname = 7
    co_firstlineno = co_flags = "text"
    co_linetable = co_code = co_consts = co_varnames = None


def fire(code):
    state = (ctypes.c_uint8 * 2)(1, 0)
    for function, *numbers in (
        ("_PyMonitoring_FirePyStartEvent", 0),
        ("_PyMonitoring_FireLineEvent", 0, 5),
        ("_PyMonitoring_FireLineEvent", 2, -7),
        ("_PyMonitoring_FireLineEvent", 4, 6),
        ("_PyMonitoring_FirePyReturnEvent", 2, None),
    ):
        state[0] = 1 << tool_id
        arguments = [ctypes.c_int32(n) if isinstance(n, int) else ctypes.py_object(n) for n in numbers]
        if ctypes.pythonapi[function](ctypes.byref(state), ctypes.py_object(code), *arguments):
            raise SystemError(function)


def template(a):
    return a


tool_id = next((n for n in range(6) if sys.monitoring.get_tool(n) == "tracetool"), 4)
if sys.version_info >= (3, 13):
    for thing in (Fake(), Bare(), Nasty(), Wrong(), 0, "text", None, template):
        for _ in range(3):
            fire(thing)
            template(1)
print("done")
