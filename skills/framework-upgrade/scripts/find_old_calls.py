#!/usr/bin/env python3
"""Lists the places that a step of an upgrade breaks or silently changes.

usage: find_old_calls.py STEP FOLDER... [--count]
       find_old_calls.py --rows [STEP]        the rows of old_calls.tsv beside this program, each with a line that it finds
  STEP: react-19 (from 18), vitest (from Jest), node-22 (from 14 to 20), django-5 (from 3.2)
Lines that only a reader can judge are marked `look`. Exit 0: nothing found; 1: found, FILE:LINE, row, what to do; 2: misuse.
"""
import collections
import os
import re
import sys

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "old_calls.tsv")
ENDS = {"react-19": "js jsx ts tsx mjs mdx", "vitest": "js jsx ts tsx mjs cjs mts cts json snap", "node-22": "js ts mjs cjs mts cts json yml yaml nvmrc Dockerfile",
        "django-5": "py html cfg toml txt"}
LEFT_OUT = {"node_modules", ".git", "dist", "build", "coverage", ".next", "vendor", ".venv", "venv", "site-packages"}


def rows_of(step):
    with open(TABLE, encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                row = line.rstrip("\n").split("\t")
                if step in (None, row[0]):
                    yield row


def files_in(places, ends):
    for place in places:
        if os.path.isfile(place):
            yield place
        for top, folders, names in os.walk(place):
            folders[:] = sorted(set(folders) - LEFT_OUT)
            yield from (os.path.join(top, name) for name in sorted(names) if name.rsplit(".", 1)[-1] in ends)


def main(arguments):
    if arguments[:1] == ["--rows"]:
        for row in rows_of(arguments[1] if len(arguments) > 1 else None):
            print("\t".join(row[:2] + row[3:4]))
        return 0
    count = "--count" in arguments
    arguments = [a for a in arguments if a != "--count"]
    rows = [(name, re.compile(pattern), advice) for _, name, pattern, _, _, advice in rows_of(arguments[0])] if len(arguments) > 1 else []
    if not rows:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    found = collections.Counter()
    for path in files_in(arguments[1:], ENDS[arguments[0]].split()):
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                for number, line in enumerate(file, 1):
                    for name, pattern, advice in rows:
                        if len(line) < 5000 and pattern.search(line):
                            found[name] += 1
                            if not count:
                                print("%s:%d\t%s\t%s" % (path, number, name, advice))
        except OSError as fault:
            print("find_old_calls: %s" % fault, file=sys.stderr)
            return 2
    if count:
        for name, number in sorted(found.items()):
            print("%d\t%s" % (number, name))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
