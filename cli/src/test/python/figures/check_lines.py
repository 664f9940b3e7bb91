"""Holds the answers of `lines` against what this interpreter says of the code that it compiles itself.

usage: check_lines.py ask INSPECTED.json                 prints a question for every offset, odd ones included
       check_lines.py check INSPECTED.json ANSWERS       compares the answers, which are those of --columns

INSPECTED is of `inspect --codes --format json`, of a trace that this interpreter recorded.
"""

import json
import os
import sys
import types

with open(sys.argv[2], encoding="utf-8") as source:
    codes = json.load(source)["codes"]


def compiled(path):
    with open(path, "rb") as source:
        todo = [compile(source.read(), path, "exec", dont_inherit=True)]
    while todo:
        code = todo.pop()
        yield code
        todo += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]


by_key = {}
for file in {code["file"] for code in codes if os.path.exists(code["file"])}:
    for code in compiled(file):
        by_key.setdefault((file, code.co_qualname, code.co_firstlineno, len(code.co_code)), []).append(code)
questions = []
for row in codes:
    same = by_key.get((row["file"], row["qualname"], row["first_line"], row["code_bytes"]), [])
    if len(same) == 1:  # else it is not clear which
        questions += [(row["index"], same[0], offset) for offset in range(row["code_bytes"] + 3)]
if sys.argv[1] == "ask":
    for index, _, offset in questions:
        print(index, offset)
    sys.exit()


def shown(value):
    return "??" if value is None else str(value)


def expected(code, offset):
    positions = list(code.co_positions())
    line = end_line = column = end_column = None
    for start, end, of_range in code.co_lines():
        if start <= offset < end and offset < len(code.co_code):
            line = of_range
    if line is not None:
        _, end_line, column, end_column = positions[offset // 2]
    where = code.co_filename + ":" + shown(line)
    if line is None:
        return "%s:??-??:?? %s" % (where, code.co_qualname)
    return "%s:%s-%s:%s %s" % (where, shown(column), shown(end_line), shown(end_column), code.co_qualname)


with open(sys.argv[3], encoding="utf-8") as source:
    answers = source.read().splitlines()
differences = 0
if len(answers) != len(questions):
    sys.exit("%d questions, %d answers" % (len(questions), len(answers)))
for (index, code, offset), answer in zip(questions, answers):
    if answer != expected(code, offset):
        differences += 1
        if differences < 20:
            print("%d %d: expected %s, found %s" % (index, offset, expected(code, offset), answer))
print("%d offsets, %d differences" % (len(questions), differences))
sys.exit(differences > 0 or len(questions) < 1000)
