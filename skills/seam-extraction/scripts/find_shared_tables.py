#!/usr/bin/env python3
"""Lists the places where one module's code touches a table that another module owns.

usage: find_shared_tables.py OWNERS FOLDER [--skip PATTERN]...
  OWNERS   lines "MODULE TABLE...": MODULE is a folder below FOLDER; "#" begins a comment
  FOLDER   the source
  --skip   paths (as in fnmatch, below FOLDER) that are not looked at, such as "reports/*"; may come several times

Looks for SQL (FROM, JOIN, INTO, UPDATE, TABLE, REFERENCES) in every text file, whatever the language, and for the usual
words of an ORM (__tablename__, db_table, table_name, Table("…")). SQL that is put together from parts, and models that are
imported, it does not see: a database role for each module does. Standard library only.
Exit 0: each table is touched by its owner alone; 1: places were printed; 2: wrong call, or no file names any table.
"""
import fnmatch
import pathlib
import re
import sys

SQL = r"\b(?:FROM(?!\s+\w+\s+import\b)|JOIN|INTO|UPDATE(?:\s+ONLY)?|TABLE(?:\s+IF\s+(?:NOT\s+)?EXISTS)?|REFERENCES)\s+[\"`\[]?(?:\w+[\"`\]]?\.[\"`\[]?)?(\w+)"
ORM = r"(?:__tablename__|db_table|table_?name)\s*[=:(]\s*[\"'`](\w+)|\bTable\(\s*(?:name\s*=\s*)?[\"'`](\w+)"
TOUCH = re.compile(SQL + "|" + ORM, re.IGNORECASE)
# What stands before a hit on its line: a comment, or an import of a module of that name.
IDLE = re.compile(r"(^|\s)(#|//|--)\s|^\s*(import|export)\b")


def give_up(text):
    print("find_shared_tables: " + text, file=sys.stderr)
    raise SystemExit(2)


def owners_of(path):
    owners = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        module, *tables = line.split("#")[0].split() or [""]
        for table in tables:
            if owners.setdefault(table.lower(), module) != module:
                give_up(f"{table} has two owners: {owners[table.lower()]}, {module}")
    return owners


def main():
    words, skipped = sys.argv[1:], []
    while "--skip" in words[:-1]:
        at = words.index("--skip")
        skipped.append(words[at + 1])
        del words[at:at + 2]
    if len(words) != 2 or not pathlib.Path(words[0]).is_file() or not pathlib.Path(words[1]).is_dir():
        give_up(__doc__.split("\n\n")[1])
    owners, folder = owners_of(pathlib.Path(words[0])), pathlib.Path(words[1])
    named = shared = 0
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder).as_posix()
        if not path.is_file() or any(fnmatch.fnmatch(place, pattern) for pattern in skipped):
            continue
        if any(part in (".git", "node_modules", "vendor", "__pycache__") for part in path.parts):
            continue
        text = path.read_bytes()
        if b"\0" in text[:8000]:
            continue
        text = text.decode("utf-8", "replace")
        for hit in TOUCH.finditer(text):
            table = next(group for group in hit.groups() if group).lower()
            if table not in owners or IDLE.search(text[text.rfind("\n", 0, hit.start()) + 1:hit.start()]):
                continue
            named += 1
            if place != owners[table] and not place.startswith(owners[table] + "/"):
                shared += 1
                print(f"{place}:{text.count(chr(10), 0, hit.start()) + 1}: {' '.join(hit.group().split())} ({owners[table]})")
    if not named:
        give_up(f"no file below {folder} names a table of {words[0]}")
    print(f"{shared} of {named} places touch a table of another module")
    return 1 if shared else 0


if __name__ == "__main__":
    sys.exit(main())
