"""Makes many events with ordinary code: the standard library at work on its own source files.

usage: tracetool record --all [-o FILE] many_events.py FILES

FILES is the number of files, which begin again when all have had their turn.
"""

import ast
import difflib
import glob
import html
import html.parser
import itertools
import json
import os
import sys
import textwrap


class Titles(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found.append(tag)


def work(path):
    with open(path, encoding="utf-8") as source:
        text = source.read()
    tree = ast.parse(text)
    again = ast.unparse(tree)
    names = [node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    wrapped = textwrap.fill(text[:4000], 60)
    rows = json.dumps([{"name": name, "length": len(name), "known": name in again} for name in names], indent=1)
    titles = Titles()
    titles.feed("".join("<h1 class='a'>%s</h1>" % html.escape(name) for name in names))
    changes = difflib.unified_diff(text.splitlines()[:150], wrapped.splitlines()[:150])
    return len(again) + len(rows) + len(titles.found) + sum(map(len, changes))


def files(count):
    """So many files, which begin again when all have had their turn."""
    folder = os.path.dirname(os.__file__)
    return itertools.islice(itertools.cycle(sorted(glob.glob(os.path.join(folder, "*.py")))), count)


def attempt(path):
    try:
        work(path)
    except (SyntaxError, UnicodeDecodeError, RecursionError):
        pass


if __name__ == "__main__":
    for path in files(int(sys.argv[1])):
        attempt(path)
