#!/usr/bin/env python3
"""Looks in a WordPress dump for serialized values whose lengths are wrong, and for addresses of the old site.

usage: check_wordpress_move.py DUMP.sql --old ADDRESS [--keep COLUMN_OR_WORD]...
  --old    host or address that must be gone: old.example.org or https://old.example.org/shop
  --keep   lines with this word may name it (a redirect table, for instance); values of guid may

DUMP.sql is what mysqldump, mariadb-dump or `wp db export` writes. Addresses are found in plain, as JSON (https:\\/\\/) and as part
of a URL (%2F%2F). Exit 0: nothing; 1: found, as LINE, table, kind and words; 2: wrong call, unreadable file or no INSERT.
"""
import argparse
import re
import sys
import urllib.parse

INSERT = re.compile(rb"INSERT (?:IGNORE )?INTO [`\"]?(\w+)[`\"]?\s*(?:\(([^)]*)\)\s*)?VALUES", re.I)
CREATE = re.compile(rb"CREATE TABLE (?:IF NOT EXISTS )?[`\"]?(\w+)[`\"]?", re.I)
COLUMN = re.compile(rb"^\s+[`\"](\w+)[`\"] \w")
VALUE = re.compile(rb"'((?:[^'\\]|\\.|'')*)'|([(),])|([^\s(),';]+)", re.S)
ESCAPE = re.compile(rb"\\(.)|''", re.S)
PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"0": b"\0", b"Z": b"\x1a", b"b": b"\b"}
HEAD = re.compile(rb"(?:a:\d+:\{|O:\d+:\"|s:\d+:\")")


def serialized_fault(data):
    """Where a serialized value stops being one, or nothing. Its strings are counted in bytes."""
    at, depth, wanted = 0, 0, []
    while at < len(data):
        head = re.compile(rb"(?:s:(\d+):\"|a:(\d+):\{|[OC]:(\d+):\"|(?:i|d|b|r|R):[^;]*;|N;|\})").match(data, at)
        if not head:
            return at
        text, items, named = head.groups()
        if text is not None:
            at = head.end() + int(text)
            if data[at:at + 2] != b'";':
                return head.start()
            at += 2
        elif named is not None:
            at = head.end() + int(named)
            count = re.compile(rb'":(\d+):\{').match(data, at)
            if not count:
                return head.start()
            at, depth = count.end(), depth + 1
        else:
            at = head.end()
            depth += (items is not None) - (head.group(0) == b"}")
        if depth < 0 or depth == 0 and at < len(data):
            return at
    return None if depth == 0 else len(data)


def unescaped(raw):
    return ESCAPE.sub(lambda hit: b"'" if hit.group(1) is None else PLAIN.get(hit.group(1), hit.group(1)), raw)


def values_of(data, columns):
    """(offset, table, column, bytes) of each text in the INSERT statements."""
    for insert in INSERT.finditer(data):
        table = insert.group(1).decode()
        names = re.findall(r"\w+", insert.group(2).decode()) if insert.group(2) else columns.get(table, [])
        place, depth, at = 0, 0, insert.end()
        while True:
            one = VALUE.search(data, at)
            gap = data[at:one.start()] if one else b";"
            if b";" in gap:
                break
            at = one.end()
            if one.group(2) == b"(":
                depth, place = depth + 1, 0 if depth == 0 else place
            elif one.group(2) == b")":
                depth -= 1
            elif one.group(2) == b",":
                place += depth == 1
            elif one.group(1) is not None:
                yield one.start(), table, names[place] if place < len(names) else "", unescaped(one.group(1))


def columns_of(data):
    found, table = {}, None
    for line in data.split(b"\n"):
        create, column = CREATE.match(line), COLUMN.match(line)
        if create:
            table = create.group(1).decode()
            found[table] = []
        elif column and table:
            found[table].append(column.group(1).decode())
        elif line.startswith(b")"):
            table = None
    return found


def forms_of(address):
    """The address as it stands in texts, in JSON and inside other addresses; with a boundary, so that shop.example is not myshop.example."""
    bare = re.sub(r"^(https?:)?//", "", address).rstrip("/")
    forms = {bare, bare.replace("/", r"\/"), urllib.parse.quote(bare, safe="")}
    return re.compile("|".join(r"(?<![\w.-])%s(?![\w-]|\.\w)|(?<=%%2F)%s(?![\w-]|\.\w)" % (re.escape(f), re.escape(f)) for f in sorted(forms)).encode(), re.I)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump")
    parser.add_argument("--old", required=True)
    parser.add_argument("--keep", action="append", default=[])
    asked = parser.parse_args()
    try:
        with open(asked.dump, "rb") as file:
            data = file.read()
    except OSError as fault:
        print("check_wordpress_move: %s" % fault, file=sys.stderr)
        return 2
    if not INSERT.search(data):
        print("check_wordpress_move: %s has no INSERT: is it a dump with data, not packed?" % asked.dump, file=sys.stderr)
        return 2
    old, count = forms_of(asked.old), 0
    for offset, table, column, value in values_of(data, columns_of(data)):
        kinds = []
        if HEAD.match(value) and (value[:1] != b"s" or value.endswith(b";")):  # cut off at the end as well
            at = serialized_fault(value)
            if at is not None:
                kinds.append(("lengths", value[max(0, at - 10):at + 60]))
        hit = old.search(value) if column != "guid" and not any(word.encode() in value or word == column for word in asked.keep) else None
        if hit:
            kinds.append(("old address", value[max(0, hit.start() - 20):hit.end() + 20]))
        for kind, words in kinds:
            count += 1
            if count <= 50:
                print("%d\t%s%s\t%s\t%s" % (data.count(b"\n", 0, offset) + 1, table, "." + column if column else "", kind,
                                            words.decode("utf-8", "replace").replace("\n", " ")))
    if count:
        print("%d findings%s" % (count, ", the first 50 are shown" if count > 50 else ""))
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
