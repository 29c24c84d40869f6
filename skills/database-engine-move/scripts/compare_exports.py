#!/usr/bin/env python3
"""Compares two exports of one table from different database engines, by key and value.

usage: compare_exports.py OLD.csv NEW.csv --key COLUMN[,COLUMN] [--empty-is-null] [--trim] [--zone-old ZONE] [--zone-new ZONE]
                          [--tolerance SECONDS] [--null TEXT] [--ignore COLUMN,...]
Both files have a header; columns are matched by name without case, in any order. Equal are 1, 1.0, 1E0 and .10e1; times
with and without fraction, T or blank; t, true, y and 1 in a column that is boolean in one of the files; UUIDs in capitals, as 32
digits (RAW(16)) or in braces. Fields end with the comma, semicolon, tab or bar that the header has.
  --empty-is-null  '' and NULL are one value (Oracle)           --trim  blanks at the end do not count (CHAR)
  --zone-old, -new what times without an offset mean there (UTC) --tolerance  for times (SQL Server's datetime: 0.004)
  --null TEXT      how the files write NULL, if not as an empty field
Rows may stand in any order; the old file's rows are held as hashes of 32 bytes. Exit 0: equal; 1: differences, at most 50
shown as KEY, column, old, new; 2: wrong call, a key twice, or columns that differ.
"""
import argparse
import csv
import datetime
import decimal
import hashlib
import re
import sys
import zoneinfo

TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?\s*(Z|[+-]\d\d(?::?\d\d)?)?")
UUID = re.compile(r"\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?", re.I)
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
TRUE, FALSE = {"t", "true", "y", "yes"}, {"f", "false", "n", "no"}
csv.field_size_limit(1 << 30)


def rows_of(path):
    """The rows of a file, the header first; a byte order mark of Windows is no part of it."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        try:
            header = file.readline()
            file.seek(0)
            yield from csv.reader(file, delimiter=max(",;\t|", key=header.count))
        except UnicodeDecodeError as fault:
            raise ValueError("%s: not UTF-8 (byte %d): export again, or iconv -f WINDOWS-1252 -t UTF-8" % (path, fault.start)) from None


class Reader:
    def __init__(self, path, zone, asked):
        rows = rows_of(path)
        self.columns = [name.strip().lower() for name in next(rows, [])]
        self.rows, self.zone, self.asked, self.path = rows, zoneinfo.ZoneInfo(zone), asked, path

    def value(self, text, boolean):
        asked = self.asked
        text = text.rstrip(" ") if asked.trim else text
        if text == asked.null or (text == "" and asked.empty_is_null):
            return "NULL"
        if boolean and text.lower() in TRUE | FALSE | {"0", "1"}:
            return "bool:%d" % (text.lower() in TRUE | {"1"})
        time = TIME.fullmatch(text)
        if time:
            day, clock, part, offset = time.groups()
            try:
                moment = datetime.datetime.fromisoformat("%s %s" % (day, clock))
            except ValueError:
                return "text:" + text
            if offset:
                sign = -1 if offset[0] == "-" else 1
                digits = re.sub(r"\D", "", offset).ljust(4, "0")
                zone = datetime.timezone(sign * datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
            else:
                zone = self.zone
            seconds = decimal.Decimal(int(moment.replace(tzinfo=zone).timestamp())) + decimal.Decimal(part or 0)
            return "time:%s" % seconds.normalize()
        if NUMBER.fullmatch(text) and not UUID.fullmatch(text) and not re.match(r"[+-]?0\d", text):  # 00123 is a code
            number = decimal.Decimal(text)
            exact = decimal.Context(prec=len(text) + 1)  # the usual 28 digits would make long numbers equal
            return "number:%s" % (number.normalize(exact) if number else 0)
        uuid = UUID.fullmatch(text)
        return "text:" + ("-".join(uuid.groups()).lower() if uuid else text)

    def each(self, order, booleans):
        places = [self.columns.index(name) for name in order]
        for number, row in enumerate(self.rows, 2):
            if row:
                if len(row) != len(self.columns):
                    raise ValueError("%s: row %d has %d fields, the header %d" % (self.path, number, len(row), len(self.columns)))
                yield [self.value(row[place], name in booleans) for name, place in zip(order, places)]


def booleans_in(path, columns):
    """Columns that hold nothing but words for true and false, in one of the files."""
    words = TRUE | FALSE
    rows = rows_of(path)
    names = [name.strip().lower() for name in next(rows, [])]
    alive = {name: 0 for name in names if name in columns}
    for row in rows:
        for name, text in zip(names, row):
            if name in alive and text != "":
                if text.lower() in words:
                    alive[name] += 1
                else:
                    del alive[name]
    return {name for name, seen in alive.items() if seen}


def same(old, new, tolerance):
    if old == new:
        return True
    both = [text.partition(":")[2] for text in (old, new) if text.startswith("time:")]
    return len(both) == 2 and abs(decimal.Decimal(both[0]) - decimal.Decimal(both[1])) <= tolerance


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("old", "new"):
        parser.add_argument(name)
        parser.add_argument("--zone-" + name, default="UTC")
    parser.add_argument("--key", required=True)
    parser.add_argument("--ignore", default="")
    parser.add_argument("--null", default="\\N")
    parser.add_argument("--tolerance", type=decimal.Decimal, default=decimal.Decimal(0))
    for name in ("--empty-is-null", "--trim"):
        parser.add_argument(name, action="store_true")
    asked = parser.parse_args()
    try:
        old, new = Reader(asked.old, asked.zone_old, asked), Reader(asked.new, asked.zone_new, asked)
        keys = [name.strip().lower() for name in asked.key.split(",")]
        order = [name for name in old.columns if name not in asked.ignore.lower().split(",")]
        if set(order) != set(new.columns) - set(asked.ignore.lower().split(",")) or not set(keys) <= set(order):
            print("columns differ: %s" % " ".join(sorted(set(order) ^ set(new.columns)) or keys), file=sys.stderr)
            return 2
        booleans = booleans_in(asked.old, set(order)) | booleans_in(asked.new, set(order))
        at = [order.index(name) for name in keys]
        seen, exact = {}, asked.tolerance == 0
        for row in old.each(order, booleans):
            key = tuple(row[i] for i in at)
            if key in seen:
                print("%s: key twice: %s" % (asked.old, key), file=sys.stderr)
                return 2
            seen[key] = hashlib.sha256("\0".join(row).encode()).digest() if exact else row
        shown = differing = count = 0
        wanted, taken = {}, set()
        for row in new.each(order, booleans):
            key, count = tuple(row[i] for i in at), count + 1
            if key in taken:
                print("%s: key twice: %s" % (asked.new, key), file=sys.stderr)
                return 2
            taken.add(key)
            before = seen.pop(key, None)
            if before is None:
                differing += 1
                shown += 1
                if shown <= 50:
                    print("%s\tonly in new" % ",".join(key))
            elif before != (hashlib.sha256("\0".join(row).encode()).digest() if exact else row):
                if exact or not all(same(a, b, asked.tolerance) for a, b in zip(before, row)):
                    differing += 1
                    wanted[key] = row
        for key in list(seen)[:50]:
            print("%s\tonly in old" % ",".join(key))
        differing += len(seen)
        if wanted:
            again = Reader(asked.old, asked.zone_old, asked)
            for row in again.each(order, booleans):
                key = tuple(row[i] for i in at)
                for name, a, b in zip(order, row, wanted.get(key, row)):
                    if not same(a, b, asked.tolerance) and shown < 50:
                        shown += 1
                        print("\t".join((",".join(key), name, a, b)))
    except (OSError, UnicodeDecodeError, csv.Error, IndexError, zoneinfo.ZoneInfoNotFoundError, ValueError) as fault:
        print("compare_exports: %s" % fault, file=sys.stderr)
        return 2
    print("%d rows in new, %d differences" % (count, differing))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
