#!/usr/bin/env python3
"""Cuts documents into passages, indexes and searches them by words (BM25). Standard library only.

usage: baseline_search.py index FOLDER INDEX.db [--rights RIGHTS.tsv]
       baseline_search.py ask INDEX.db "question" [--as GROUP,GROUP] [--top N]
       baseline_search.py run INDEX.db QUESTIONS.jsonl RUN.jsonl [--as GROUP,GROUP] [--top N]

index reads .md, .txt and .html (take others there first, PDF by pdftotext) and cuts below each heading, at most 400 words
a passage; its id is path#heading-path, with -2 and so on where a heading goes on, and stays the same as long as that does.
Called again it takes in what is new or changed and forgets what is gone. RIGHTS: lines of a file or folder
below FOLDER, tab, groups with commas; the longest counts ("" is all), a path without one is for nobody once the file is given. ask prints rank, id and the
passage; run adds "found" to lines {"question": ..., "relevant": [ids]} for score_retrieval.py. Without --as only what
"all" may read is found; an index without rights is for all.
Exit 0: done; 1: ask found nothing; 2: wrong call, unreadable file, or an SQLite without FTS5.
"""
import argparse
import hashlib
import html.parser
import json
import os
import re
import sqlite3
import sys

LONGEST = 400  # words
COMMON = set("a an and are as at be by can do does for from have how i if in is it my of on or that the to was what when where which who why will with you".split())


class Html(html.parser.HTMLParser):
    """HTML as Markdown's headings and paragraphs; scripts, styles and navigation are left out."""

    def __init__(self):
        super().__init__()
        self.out, self.skipped = [], 0

    def handle_starttag(self, tag, attributes):
        self.skipped += tag in ("script", "style", "nav", "footer", "head")
        if re.match(r"h[1-6]$", tag):
            self.out.append("\n\n" + "#" * int(tag[1]) + " ")
        elif tag in ("p", "li", "tr", "div", "br", "pre", "table"):
            self.out.append("\n\n" if tag in ("p", "pre", "table", "div") else "\n")
        elif tag in ("td", "th"):
            self.out.append(" | ")

    def handle_endtag(self, tag):
        self.skipped -= tag in ("script", "style", "nav", "footer", "head")
        if re.match(r"h[1-6]$", tag):
            self.out.append("\n\n")

    def handle_data(self, data):
        if self.skipped <= 0:
            self.out.append(re.sub(r"\s+", " ", data))


def slug(text):
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")


def passages(text):
    """(heading path, text) of each passage; a table or a list is not cut unless it is too long alone."""
    path, blocks, fence = [], [], False
    for line in text.splitlines() + ["# "]:
        fence ^= line.lstrip().startswith("```")
        heading = None if fence else re.match(r"(#{1,6})\s+(.*?)\s*#*$|# $", line)
        if not heading:
            blocks.append(line)
            continue
        part, count = [], 0
        for block in re.split(r"\n\s*\n", "\n".join(blocks)):
            words = block.split()
            while words:
                if part and count + len(words) > LONGEST:
                    yield path, "\n\n".join(part)
                    part, count = [], 0
                if len(words) > LONGEST:
                    yield path, " ".join(words[:LONGEST])
                    words = words[LONGEST:]
                    continue
                part.append(block if len(words) == len(block.split()) else " ".join(words))
                count, words = count + len(words), []
        if part:
            yield path, "\n\n".join(part)
        blocks = []
        if heading.group(1):
            level = len(heading.group(1))
            path = [p for p in path if p[0] < level] + [(level, heading.group(2))]


def groups_of(name, rights):
    if rights is None:
        return "all"
    found = [prefix for prefix in rights if not prefix or (name + "/").startswith(prefix + "/")]
    return rights[max(found, key=len)] if found else ""


def opened(path):
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE IF NOT EXISTS file(path TEXT PRIMARY KEY, hash TEXT, rights TEXT)")
    base.execute("CREATE VIRTUAL TABLE IF NOT EXISTS passage USING fts5(id UNINDEXED, path UNINDEXED, rights UNINDEXED, heading, text, "
                 "tokenize = \"porter unicode61 remove_diacritics 2\")")
    return base


def index(folder, path, rights):
    base, seen, counts = opened(path), set(), {"new": 0, "changed": 0, "gone": 0}
    for place, _, names in sorted(os.walk(folder)):
        for name in sorted(n for n in names if n.lower().endswith((".md", ".txt", ".html", ".htm"))):
            file = os.path.join(place, name)
            key = os.path.relpath(file, folder).replace(os.sep, "/")
            with open(file, encoding="utf-8", errors="replace") as source:
                text = source.read()
            seen.add(key)
            groups, digest = groups_of(key, rights), hashlib.sha256(text.encode("utf-8")).hexdigest()
            old = base.execute("SELECT hash, rights FROM file WHERE path = ?", (key,)).fetchone()
            if old == (digest, groups):
                continue
            counts["changed" if old else "new"] += 1
            if key.lower().endswith((".html", ".htm")):
                reader = Html()
                reader.feed(text)
                text = "".join(reader.out)
            base.execute("DELETE FROM passage WHERE path = ?", (key,))
            times = {}
            for headings, body in passages(text):
                stem = key + "#" + "/".join(slug(h) for _, h in headings)
                times[stem] = times.get(stem, 0) + 1
                base.execute("INSERT INTO passage VALUES (?, ?, ?, ?, ?)", (
                    stem + ("-%d" % times[stem] if times[stem] > 1 else ""), key, groups, " > ".join([key] + [h for _, h in headings]), body))
            base.execute("REPLACE INTO file VALUES (?, ?, ?)", (key, digest, groups))
    for (key,) in base.execute("SELECT path FROM file").fetchall():
        if key not in seen:
            counts["gone"] += 1
            base.execute("DELETE FROM passage WHERE path = ?", (key,))
            base.execute("DELETE FROM file WHERE path = ?", (key,))
    base.commit()
    print("%d new, %d changed, %d gone; %d passages" % (counts["new"], counts["changed"], counts["gone"],
                                                      base.execute("SELECT count(*) FROM passage").fetchone()[0]))


def search(base, question, groups, top):
    """Rows (id, heading, text), best first. Rights are part of the query, so that what may not be read takes no place in the list."""
    words = re.findall(r"\w+", question.lower())
    words = [w for w in words if w not in COMMON] or words
    if not words:
        return []
    allowed = " OR ".join("instr(',' || rights || ',', ?)" for _ in groups)
    return base.execute("SELECT id, heading, text FROM passage WHERE passage MATCH ? AND (%s) ORDER BY bm25(passage, 0, 0, 0, 3.0, 1.0), id LIMIT ?" % allowed,
                        [" OR ".join('"%s"' % w for w in words)] + [",%s," % g for g in groups] + [top]).fetchall()


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1][7:])
    parser.add_argument("verb", choices=("index", "ask", "run"))
    parser.add_argument("names", nargs="+")
    parser.add_argument("--rights")
    parser.add_argument("--as", dest="groups", default="")
    parser.add_argument("--top", type=int, default=20)
    call = parser.parse_args()
    if len(call.names) != {"index": 2, "ask": 2, "run": 3}[call.verb]:
        parser.error("%s: another number of names is wanted" % call.verb)
    groups = [g for g in ["all"] + call.groups.split(",") if g]
    try:
        if call.verb == "index":
            rights = None
            if call.rights:
                with open(call.rights, encoding="utf-8") as lines:
                    rows = [line.rstrip("\n").split("\t") for line in lines if line.strip()]
                rights = {place.strip().rstrip("/"): ",".join(g.strip() for g in groups.split(",")) for place, groups in rows}
                for place in rights:
                    if not os.path.exists(os.path.join(call.names[0], place)):  # what it should keep would be read by the next shorter line
                        raise ValueError("%s: %s is not there below %s" % (call.rights, place, call.names[0]))
            index(call.names[0], call.names[1], rights)
            return 0
        if not os.path.exists(call.names[0]):
            raise OSError("%s is not there" % call.names[0])
        base = opened(call.names[0])
        if call.verb == "ask":
            rows = search(base, call.names[1], groups, call.top)
            for rank, (name, heading, text) in enumerate(rows, 1):
                print("%d\t%s\n%s\n%s\n" % (rank, name, heading, text))
            return 0 if rows else 1
        with open(call.names[1], encoding="utf-8") as lines, open(call.names[2], "w", encoding="utf-8") as out:
            for line in filter(str.strip, lines):
                row = json.loads(line)
                row["found"] = [found[0] for found in search(base, row["question"], groups, call.top)]
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    except (OSError, ValueError, KeyError, TypeError, sqlite3.Error) as fault:
        print("baseline_search: %s" % fault, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
