#!/usr/bin/env python3
"""Compares the objects of a bucket at Google with their copies at AWS, from two listings.

usage: compare_objects.py GOOGLE.json AWS.json [--prefix OLD=NEW] [--ignore REGEX]
GOOGLE.json: gcloud storage objects list gs://BUCKET/** --format=json, or gcloud storage ls --json --recursive gs://BUCKET
AWS.json: aws s3api list-objects-v2 --bucket BUCKET (of an empty bucket it prints nothing)
Names, sizes and, where both sides have one, MD5 (Google's md5_hash is base64 and missing for composed objects; S3's ETag is
MD5 only without parts and without a KMS key). What cannot be compared by content is counted. Folder markers (names that
end with / and hold 0 bytes) are left out. Exit 0: equal; 1: differences, NAME and what; 2: wrong call or no listing.
"""
import argparse
import base64
import json
import re
import sys


def entries(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    data = json.loads(text) if text.strip() else {}
    data = data.get("Contents") or [] if isinstance(data, dict) else [row for part in data for row in (part if isinstance(part, list) else [part])]
    found = {}
    for row in data:
        if row.get("type") == "prefix":
            continue
        row = row.get("metadata", row) if "url" in row else row
        name = row.get("Key") or row.get("name")
        size = int(row.get("Size", row.get("size", -1)))
        if name is None or size < 0:
            raise ValueError("%s: an entry without name or size" % path)
        if name.endswith("/") and size == 0:
            continue
        digest = row.get("md5_hash") or row.get("md5Hash")
        tag = (row.get("ETag") or "").strip('"')
        if digest:
            content = base64.b64decode(digest).hex()
        else:
            content = tag if "Key" in row and re.fullmatch(r"[0-9a-f]{32}", tag) and "KMS" not in str(row.get("ServerSideEncryption", "")) else ""
        if name in found:
            raise ValueError("%s: %s stands there twice: list without versions" % (path, name))
        found[name] = (size, content)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("google")
    parser.add_argument("aws")
    parser.add_argument("--prefix", default="=")
    parser.add_argument("--ignore", default="(?!)")
    asked = parser.parse_args()
    try:
        old, new = entries(asked.google), entries(asked.aws)
        ignored = re.compile(asked.ignore)
    except (OSError, ValueError, AttributeError, re.error) as fault:
        print("compare_objects: %s" % fault, file=sys.stderr)
        return 2
    before, _, after = asked.prefix.partition("=")
    old = {after + name[len(before):]: row for name, row in old.items() if name.startswith(before) and not ignored.search(name)}
    new = {name: row for name, row in new.items() if name.startswith(after) and not ignored.search(name)}
    if not old:
        print("compare_objects: %s lists nothing" % asked.google, file=sys.stderr)
        return 2
    differing = blind = 0
    for name in sorted(set(old) | set(new)):
        a, b = old.get(name), new.get(name)
        what = "only at Google" if b is None else "only at AWS" if a is None else "size %d, %d" % (a[0], b[0]) if a[0] != b[0] else \
            "content" if a[1] and b[1] and a[1] != b[1] else ""
        differing += bool(what)
        blind += bool(not what and not (a[1] and b[1]))
        if what:
            print("%s\t%s" % (name, what))
    print("%d objects, %d bytes, %d differences, %d by size alone" % (len(old), sum(row[0] for row in old.values()), differing, blind))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
