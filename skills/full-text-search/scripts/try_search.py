#!/usr/bin/env python3
"""Tries a search on a table of queries and says where the hits are not what was agreed.

usage: try_search.py QUERIES.tsv COMMAND [ARGUMENT...]
  COMMAND   prints ids, best first, one a line (what follows a tab, bar or blank is ignored); {} in an argument
            is the query, and without {} the query is the last argument. No shell sees it.

A line of QUERIES.tsv: QUERY, tab, one of these, tab, ID
  first ID    the best hit             top3 ID, top10 ID   among the first three, ten
  absent ID   not found at all         none                no hit            some   at least one
Exit 0: all as agreed; 1: not; 2: misuse, the command failed, or no line.
"""
import re
import subprocess
import sys
import time


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            cells = line.rstrip("\n").split("\t")
            if not line.strip() or line.startswith("#"):
                continue
            wish = cells[1] if len(cells) > 1 else ""
            if not re.fullmatch(r"first|top\d+|absent|none|some", wish) or (wish not in ("none", "some")) != (len(cells) == 3):
                misuse(f"{path}:{number}: QUERY, tab, first|topN|absent|none|some, tab, ID are wanted")
            yield cells[0], wish, cells[2] if len(cells) == 3 else ""


def misuse(text):
    print(text, file=sys.stderr)
    sys.exit(2)


def search(command, query):
    call = [part.replace("{}", query) for part in command] if any("{}" in part for part in command) else [*command, query]
    began = time.monotonic()
    try:
        run = subprocess.run(call, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        misuse(f"{query}: {error}")
    if run.returncode:
        misuse(f"{query}: status {run.returncode}: {run.stderr.strip()[:300]}")
    ids = [re.split(r"[\t| ]", line, maxsplit=1)[0] for line in run.stdout.splitlines() if line.strip()]
    return ids, time.monotonic() - began


def holds(wish, wanted, ids):
    if wish in ("none", "some"):
        return bool(ids) == (wish == "some")
    if wish == "absent":
        return wanted not in ids
    return wanted in ids[:1 if wish == "first" else int(wish[3:])]


def main(arguments):
    if len(arguments) < 2 or arguments[0].startswith("-"):
        print(__doc__.strip())
        return 0 if arguments[:1] == ["--help"] else 2
    wrong, turn, slowest, places = 0, 0, (0.0, ""), []
    for query, wish, wanted in rows_of(arguments[0]):
        ids, seconds = search(arguments[1:], query)
        turn += 1
        slowest = max(slowest, (seconds, query))
        if wish.startswith(("first", "top")):
            places.append(1 / (ids.index(wanted) + 1) if wanted in ids else 0)
        if not holds(wish, wanted, ids):
            wrong += 1
            print(f"{query}: {wish} {wanted} is wanted, found: {' '.join(ids[:5]) or 'nothing'}")
    if not turn:
        misuse(f"{arguments[0]}: no queries")
    rank = sum(places) / len(places) if places else 0
    print(f"{turn - wrong} of {turn} as agreed; mean reciprocal rank {rank:.2f}; slowest {slowest[0]:.2f} s ({slowest[1]})")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
