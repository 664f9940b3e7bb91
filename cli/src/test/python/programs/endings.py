"""Ways in which a program ends; argv[1] names one."""

import atexit
import os
import signal
import sys
import threading


def finish(how):
    if how == "exit":
        sys.exit()
    if how == "exit_0":
        sys.exit(0)
    if how == "exit_3":
        sys.exit(3)
    if how == "exit_text":
        sys.exit("a message")
    if how == "exit_object":
        sys.exit([1, 2])
    if how == "_exit":
        os._exit(7)
    if how == "raise":
        raise ValueError("unhandled")
    if how == "chain":
        try:
            try:
                {}["missing"]
            except KeyError as error:
                raise ValueError("second") from error
        finally:
            print("finally", file=sys.stderr)
    if how == "group":
        raise ExceptionGroup("several", [ValueError(1), TypeError(2)])
    if how == "interrupt":
        signal.raise_signal(signal.SIGINT)
    if how == "interrupt_raise":
        raise KeyboardInterrupt
    if how == "terminate":
        signal.raise_signal(signal.SIGTERM)
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if how == "hook":
        sys.excepthook = lambda kind, error, trace: print("hook", kind, error, trace.tb_frame.f_code.co_name)
        raise ValueError("hooked")
    if how == "thread":
        threading.Thread(target=finish, args=("raise",), name="t").start()
    if how == "thread_exit":
        threading.Thread(target=lambda: os._exit(9)).start()
        signal.pause()
    if how == "recursion":
        finish(how)
    if how == "generator_exit":
        raise GeneratorExit
    if how == "late":
        threading.Thread(target=lambda: threading.Event().wait(0.05)).start()


def at_exit():
    print("at exit")


atexit.register(at_exit)
print("begin", flush=True)
finish(sys.argv[1])
print("end")
