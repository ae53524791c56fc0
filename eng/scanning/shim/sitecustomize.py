"""Two things that Debian's scanners take for granted and Debian's Python no longer has. On PYTHONPATH when eng/scan starts them; it changes nothing that is asked."""
import inspect
import re
import signal

# A shell's background jobs do not hear an interrupt; wapiti must, or it ends without its report.
signal.signal(signal.SIGINT, signal.default_int_handler)

# sqlmap, where it loads every_request.py.
inspect.getargspec = inspect.getfullargspec

# wapiti, where it reads what is to be left out: flags at the end of an expression.
compile_strictly = re.compile


def compile_leniently(pattern, flags=0):
    if isinstance(pattern, str) and pattern.endswith("(?ms)"):
        return compile_strictly(pattern[:-5], flags | re.MULTILINE | re.DOTALL)
    return compile_strictly(pattern, flags)


re.compile = compile_leniently
