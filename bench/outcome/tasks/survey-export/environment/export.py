#!/usr/bin/env python3
"""Make the CSV for the support leads out of the survey answers."""
import csv
import json
import sys

COLUMNS = ["id", "name", "phone", "nights", "score", "previous_score", "comment"]


def read(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.strip():
                yield json.loads(line)


def rows(answers):
    for a in answers:
        yield ["" if a.get(c) is None else a[c] for c in COLUMNS]


def write(path, answers):
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(COLUMNS)
        out.writerows(rows(answers))


if __name__ == "__main__":
    write(sys.argv[2], read(sys.argv[1]))
