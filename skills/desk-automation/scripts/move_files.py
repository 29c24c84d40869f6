#!/usr/bin/env python3
"""Moves and renames files by a table that was looked at before, with a way back. Deletes and overwrites nothing.

usage: move_files.py plan FOLDER --into PATTERN [--older DAYS]  >PLAN.tsv
       move_files.py doubles FOLDER                             >PLAN.tsv
       move_files.py check PLAN.tsv
       move_files.py apply PLAN.tsv --journal DONE.tsv
       move_files.py undo DONE.tsv
  --into   folders below FOLDER, of {year} {month} {day} (last change), {ext}, {kind} (pictures, documents, ...)
  --older  leave alone what changed in the last so many days

A plan has two columns, from and to, with their names in the first row. Hidden files, links and folders inside
bundles (.app, .photoslibrary, .git beside) stay where they are. doubles keeps the oldest of equal files.
Exit 0: done, or the plan can be carried out; 1: it cannot, and nothing was moved, or not all came back; 2: misuse.
"""
import argparse
import collections
import datetime
import hashlib
import os
import re
import sys
import time
import unicodedata

KINDS = {"pictures": "jpg jpeg png gif heic webp tif tiff svg raw cr2 nef", "films": "mp4 mov avi mkv webm m4v",
         "sound": "mp3 wav m4a flac ogg opus", "documents": "pdf doc docx odt txt md rtf pages epub",
         "tables": "xls xlsx ods csv numbers", "slides": "ppt pptx odp key", "archives": "zip tar gz tgz 7z rar xz",
         "programs": "exe msi dmg pkg deb rpm appimage iso"}
KIND_OF = {ending: kind for kind, endings in KINDS.items() for ending in endings.split()}
BUNDLES = re.compile(r"\.(app|photoslibrary|photolibrary|bundle|framework|lrlibrary|musiclibrary)$", re.I)
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.I)
HEAD = ["from", "to"]


def misuse(text):
    print(text, file=sys.stderr)
    sys.exit(2)


def files_below(folder):
    if not os.path.isdir(folder):
        misuse(f"{folder}: no folder")
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not BUNDLES.search(name)
                            and not os.path.isdir(os.path.join(place, name, ".git")))
        for name in sorted(names):
            path = os.path.join(place, name)
            if not name.startswith(".") and os.path.isfile(path) and not os.path.islink(path):
                yield path


def show(rows):
    print("\t".join(HEAD))
    for row in rows:
        if any(re.search(r"[\t\n\r]", cell) for cell in row):
            print(f"left alone, a tab or line break is in its name: {row[0]!r}", file=sys.stderr)
        else:
            print("\t".join(row))


def plan(folder, pattern, older):
    before = time.time() - older * 86400
    for path in files_below(folder):
        changed = os.stat(path).st_mtime
        if older and changed > before:
            continue
        day, ending = datetime.date.fromtimestamp(changed), os.path.splitext(path)[1][1:].lower()
        into = pattern.format(year=f"{day:%Y}", month=f"{day:%m}", day=f"{day:%d}", ext=ending or "none",
                              kind=KIND_OF.get(ending, "other"))
        to = os.path.join(folder, into, os.path.basename(path))
        if os.path.normpath(to) != os.path.normpath(path):
            yield [os.path.abspath(path), os.path.abspath(to)]


def digest(path):
    sum_ = hashlib.sha256()
    with open(path, "rb") as file:
        for part in iter(lambda: file.read(1 << 20), b""):
            sum_.update(part)
    return sum_.hexdigest()


def doubles(folder):
    by_size = collections.defaultdict(list)
    for path in files_below(folder):
        size = os.stat(path).st_size
        if size and not os.path.relpath(path, folder).startswith("doubles" + os.sep):
            by_size[size].append(path)
    for paths in by_size.values():
        equal = collections.defaultdict(list)
        for path in paths if len(paths) > 1 else ():
            equal[digest(path)].append(path)
        for same in equal.values():
            inodes = {os.stat(path).st_ino for path in same}
            for path in sorted(same, key=lambda path: (os.stat(path).st_mtime, path))[1:] if len(inodes) > 1 else ():
                yield [os.path.abspath(path), os.path.abspath(os.path.join(folder, "doubles", os.path.relpath(path, folder)))]


def rows_of(path):
    try:
        with open(path, encoding="utf-8", newline="\n") as file:
            rows = [[os.path.expanduser(cell) for cell in line.rstrip("\r\n").split("\t")] for line in file if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        misuse(f"{path}: {error}")
    if not rows or rows[0] != HEAD or any(len(row) != 2 for row in rows):
        misuse(f"{path}: two columns are wanted, their names in the first row: from, to")
    return rows[1:]


def key(path):
    """What two names are one by on some system."""
    return unicodedata.normalize("NFC", os.path.normpath(path)).casefold()


def faults_of(rows):
    targets, sources = collections.Counter(key(to) for _, to in rows), {key(source) for source, _ in rows}
    for source, to in rows:
        name = os.path.basename(to)
        if not (os.path.isabs(source) and os.path.isabs(to)) or ".." in to.split(os.sep):
            yield f"{to}: not a full path"
        elif not os.path.lexists(source):
            yield f"{source}: is not there"
        elif targets[key(to)] > 1:
            yield f"{to}: more than one file would go there"
        elif os.path.lexists(to) and key(to) != key(source):
            yield f"{to}: is there already" + (" (and moves itself: two plans)" if key(to) in sources else "")
        elif re.search(r'[<>:"\\|?*\x00-\x1f]', name) or RESERVED.match(name) or name != name.strip() or name.endswith(".") \
                or len(name.encode()) > 240:
            yield f"{to}: not a name on every system"
        elif os.path.splitext(name)[1].lower() != os.path.splitext(source)[1].lower():
            yield f"{to}: another ending than {os.path.basename(source)}"


def move(rows, journal):
    with open(journal, "x", encoding="utf-8") as done:
        done.write("\t".join(HEAD) + "\n")
        for source, to in rows:
            os.makedirs(os.path.dirname(to), exist_ok=True)
            if os.path.lexists(to) and key(to) != key(source):
                misuse(f"{to}: appeared meanwhile; moved so far: {journal}")
            done.write(f"{source}\t{to}\n")
            done.flush()
            os.rename(source, to)


def undo(rows):
    left = 0
    for source, to in reversed(rows):
        if os.path.lexists(to) and not os.path.lexists(source):
            os.makedirs(os.path.dirname(source), exist_ok=True)
            os.rename(to, source)
        elif not os.path.lexists(source):
            left += 1
            print(f"{to}: is no longer there", file=sys.stderr)
        elif os.path.lexists(to) and key(to) != key(source):
            left += 1
            print(f"{source}: is there again, left alone", file=sys.stderr)
    return left


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("plan", "doubles", "check", "apply", "undo"))
    parser.add_argument("path")
    parser.add_argument("--into")
    parser.add_argument("--older", type=float, default=0)
    parser.add_argument("--journal")
    asked = parser.parse_args()
    if asked.verb in ("plan", "doubles"):
        if (asked.verb == "plan") != bool(asked.into):
            misuse("plan needs --into")
        try:
            show(plan(asked.path, asked.into, asked.older) if asked.into else doubles(asked.path))
        except (KeyError, IndexError, ValueError) as error:
            misuse(f"--into: {error} is none of year, month, day, ext, kind")
        return 0
    rows = rows_of(asked.path)
    if asked.verb == "undo":
        return 1 if undo(rows) else 0
    faults = list(faults_of(rows))
    for fault in faults:
        print(fault)
    if asked.verb == "apply" and not faults:
        if not asked.journal:
            misuse("apply needs --journal")
        try:
            move(rows, asked.journal)
        except OSError as error:
            misuse(f"{error}; what was moved stands in {asked.journal}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
