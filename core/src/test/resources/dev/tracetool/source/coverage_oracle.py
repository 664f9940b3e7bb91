"""What coverage.py takes for statements, and for excluded lines, in each file of the standard library.

    python coverage_oracle.py PACKAGES EVERY_NTH_OF_TESTS [FILE...]

PACKAGES is the folder that coverage.py is in; FILEs are looked at first. Two lines for each file: one for it as it is,
one with a comment added to some of its lines that excludes them. Each has, with tabs in between, the path, whether it was
changed (0 or 1), the lines that have code, the statements, the excluded lines, and where functions start, as "line name";
or the path, whether it was changed, "error", and what coverage.py said.
"""

import os
import sys
import sysconfig
import warnings

sys.path.append(sys.argv[1])
warnings.simplefilter("ignore")

from coverage.bytecode import code_objects
from coverage.config import DEFAULT_EXCLUDE
from coverage.misc import join_regex
from coverage.parser import PythonParser
from coverage.python import get_python_source

EXCLUDE = join_regex(DEFAULT_EXCLUDE)


def files(root, nth):
    count = 0
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in ("site-packages", "__pycache__"))
        is_test = "test" in os.path.relpath(folder, root).split(os.sep)[0]
        for name in sorted(names):
            if name.endswith(".py"):
                count += is_test
                if not is_test or nth and count % nth == 0:
                    yield os.path.join(folder, name)


def text_of(lines):
    return ",".join(map(str, sorted(lines)))


def marked(source):
    lines = source.split("\n")
    for i in range(len(lines) - 1):
        if (i * 7919 + len(lines)) % 37 == 0 and not lines[i].endswith("\\"):
            lines[i] += "  # pragma: no cover"
    return "\n".join(lines)


def facts(text):
    parser = PythonParser(text=text, exclude=EXCLUDE)
    parser.parse_source()
    lines = [text_of(parser.raw_statements), text_of(parser.statements), text_of(parser.excluded)]
    starts = [f"{code.co_firstlineno} {code.co_qualname}" for code in code_objects(compile(text, "", "exec"))]
    return [*lines, ",".join(starts)]


for file in [*sys.argv[3:], *files(sysconfig.get_path("stdlib"), int(sys.argv[2]))]:
    for changed in range(2):
        try:
            source = get_python_source(file)
            answer = facts(marked(source) if changed else source) if source else [""] * 4
        except Exception as error:
            answer = ["error", str(error).replace("\n", " ").replace("\t", " ")]
        print(file, changed, *answer, sep="\t")
