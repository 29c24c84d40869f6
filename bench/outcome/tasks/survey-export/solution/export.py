#!/usr/bin/env python3
"""Make the CSV for the support leads out of the survey answers."""
import csv
import json
import sys

COLUMNS = ["id", "name", "phone", "nights", "score", "previous_score", "comment"]
# First characters that make office programs take a cell for a formula.
RISKY = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def read(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.strip():
                yield json.loads(line)


def number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def cell(value):
    if value is None:
        return ""
    if number(value):
        return value
    text = str(value)
    return "'" + text if text.startswith(RISKY) else text


def rows(answers):
    for a in answers:
        score, before = a.get("score"), a.get("previous_score")
        change = score - before if number(score) and number(before) else None
        yield [cell(a.get(c)) for c in COLUMNS] + [cell(change)]


def write(path, answers):
    # The mark tells Excel that the file is UTF-8.
    with open(path, "w", encoding="utf-8-sig", newline="") as f:
        out = csv.writer(f)
        out.writerow(COLUMNS + ["change"])
        out.writerows(rows(answers))


if __name__ == "__main__":
    write(sys.argv[2], read(sys.argv[1]))
