#!/usr/bin/env python3
"""Checks that every finding of a report about logs stands where it says: file, line, words and time.

usage: check_findings.py FINDINGS.tsv [--logs FOLDER] [--zone +HH:MM] [--year YYYY]
  a row holds time (UTC), who, what, where (FILE:LINE), quote; the first row names them
  --logs   where the files lie (default: beside FINDINGS.tsv); --zone and --year as for read_logs.py

A time may differ by two seconds from its line's. Exit 0: all stand; 1: some do not; 2: misuse.
"""
import argparse
import datetime
import gzip
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from read_logs import UTC, read_line, stamp, zone_of  # noqa: E402

HEAD = ["time", "who", "what", "where", "quote"]


def texts_of(path, known):
    if path not in known:
        opener = gzip.open if path.endswith(".gz") else open
        with opener(path, "rt", encoding="utf-8", errors="replace", newline="\n") as file:
            known[path] = file.read().split("\n")
    return known[path]


def fault_of(cells, asked, known):
    if len(cells) != 5 or not all(cells):
        return "five cells are wanted, none of them empty"
    time, who, _, where, quote = cells
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", time):
        return "time is not UTC as 2026-11-20T01:14:07Z"
    place = re.fullmatch(r"(.+):(\d+)", where)
    path = os.path.join(asked.logs, place.group(1)) if place else ""
    if not os.path.isfile(path):
        return f"{where} is no FILE:LINE of the logs"
    lines, number = texts_of(path, known), int(place.group(2))
    text = lines[number - 1] if 1 <= number <= len(lines) else ""
    if quote not in text:
        nearest = next((i for i, line in enumerate(lines, 1) if quote in line), None)
        return f"these words do not stand in {where}" + (f", but in line {nearest}" if nearest else "")
    if who not in text:
        return f"{who} is not named in {where}"
    year = asked.year or int(time[:4])
    read = read_line(text, year, asked.zone)
    said = datetime.datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    if read and abs((read[0] - said).total_seconds()) > 2:
        return f"the line's time is {stamp(read[0])}"
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("findings")
    parser.add_argument("--logs")
    parser.add_argument("--zone", type=zone_of, default=UTC)
    parser.add_argument("--year", type=int)
    asked = parser.parse_args()
    asked.logs = asked.logs or os.path.dirname(os.path.abspath(asked.findings))
    try:
        with open(asked.findings, encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file if line.strip()]
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    if len(rows) < 2 or rows[0] != HEAD:
        print("the first row must be: " + ", ".join(HEAD) + "; and findings below it", file=sys.stderr)
        return 2
    wrong, last, known = 0, "", {}
    for number, cells in enumerate(rows[1:], 2):
        fault = fault_of(cells, asked, known) or ("stands before an earlier one" if cells[0] < last else "")
        last = max(last, cells[0])
        if fault:
            wrong += 1
            print(f"{asked.findings}:{number}: {fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
