#!/usr/bin/env python3
"""Lists the binding sentences of a specification, and checks a report on them.

usage: trace_spec.py list SPEC [--words WORD,...]     id, word, line and sentence of each, separated by tabs
       trace_spec.py check SPEC REPORT.tsv [--root FOLDER] [--words WORD,...]
SPEC is plain text or Markdown; code blocks and page breaks of RFCs are left out. Words: MUST, SHALL, REQUIRED, SHOULD,
RECOMMENDED, MAY, OPTIONAL, with NOT, in capitals. REPORT has the columns id, verdict, sentence, place, proof (a header with
these names). Ids are the section's number or name and a letter. Exit 0: nothing missing; 1: findings; 2: wrong call.
"""
import argparse
import csv
import os
import re
import sys

WORDS = "MUST,SHALL,REQUIRED,SHOULD,RECOMMENDED,MAY,OPTIONAL"
VERDICTS = {"holds", "not held", "partly", "absent", "contradicted", "deliberate", "not decidable"}
NEEDS_PLACE = {"holds", "not held", "partly", "contradicted"}
HEADING = re.compile(r"^(?:#+\s+)?(\d+(?:\.\d+)*)\.?\s+\S|^#+\s+(.+)$")
PAGE = re.compile(r"^\f|\[Page \d+\]\s*$|^RFC \d+ .*\d{4}\s*$")


def squeezed(text):
    return re.sub(r"\s+", " ", re.sub(r"[*_`]", "", text)).strip()


def across_pages(lines):
    """The lines with those of a page break emptied; where a sentence goes on behind it, they are gone: (number, line)."""
    kept, at = [], 0
    while at < len(lines):
        if not PAGE.search(lines[at]):
            kept.append((at + 1, lines[at]))
            at += 1
            continue
        while at < len(lines) and (not lines[at].strip() or PAGE.search(lines[at])):
            at += 1
        before = next((line for _, line in reversed(kept) if line.strip()), "")
        if at < len(lines) and re.search(r"[^.:;!?\s]\s*$", before) and re.match(r"\s+[a-z(]", lines[at]):
            while kept and not kept[-1][1].strip():
                kept.pop()
        else:
            kept.append((at, ""))
    return kept


def sentences(path, words):
    """(id, word, line, sentence) in order."""
    binding = re.compile(r"\b(%s)( NOT)?\b" % "|".join(map(re.escape, words)))
    section, inside, part, begin, count, parts = "0", False, [], 0, {}, []
    with open(path, encoding="utf-8", errors="replace") as file:
        lines = file.read().split("\n")
    for number, line in [*across_pages(lines), (len(lines) + 1, "")]:
        if re.match(r"\s*(```|~~~)", line):
            inside, line = not inside, ""
        heading = None if inside else HEADING.match(line)
        item = re.match(r"\s*(?:[-*+o]|\d+[.)]|\([a-z0-9]\)|\|)\s", line)
        if inside:
            continue
        if heading or item or not line.strip():
            if part:
                parts.append((section, begin, " ".join(part)))
            part = []
            numbered = re.match(r"\d+\.\s{2,}\S.*[^.:;!?\s]\s*$", line) and not binding.search(line)  # "4.  Other" of an RFC
            if heading and (numbered or not (item and not line.startswith("#"))):
                section = heading.group(1) or re.sub(r"\W+", "-", heading.group(2).lower()).strip("-")
                if heading.group(1) and not binding.search(line):
                    continue
        if line.strip():
            begin = begin if part else number
            part.append(re.sub(r"^\s*(?:[-*+o]|\([a-z0-9]\))\s+", "", line).strip())
    for section, begin, text in parts:
        for sentence in re.split(r"(?<=[.!?;])\s+(?=[A-Z`\"(])", squeezed(text)):
            word = binding.search(sentence)
            if word:
                n = count[section] = count.get(section, 0) + 1
                letters = ""
                while n:
                    n, rest = divmod(n - 1, 26)
                    letters = chr(97 + rest) + letters
                yield section + letters, word.group(0), begin, sentence


def findings(asked, listed):
    with open(asked.spec, encoding="utf-8", errors="replace") as file:
        whole = squeezed(file.read())
    with open(asked.report, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or not {"id", "verdict", "sentence", "place", "proof"} <= set(rows[0]):
        raise ValueError("the report's header is id, verdict, sentence, place, proof")
    told = {}
    for row in rows:
        row = {key: (value or "").strip() for key, value in row.items() if key}
        told.setdefault(row["id"], []).append(row)
        if row["verdict"] not in VERDICTS:
            yield "%s: unknown verdict %r" % (row["id"], row["verdict"])
        if squeezed(row["sentence"]) not in whole:
            yield "%s: the sentence does not stand in the text" % row["id"]
        if row["verdict"] in NEEDS_PLACE:
            path, _, line = row["place"].rpartition(":")
            full = os.path.join(asked.root, path)
            if not path or not line.isdigit() or not os.path.isfile(full):
                yield "%s: no such place: %s" % (row["id"], row["place"] or "none")
            else:
                with open(full, encoding="utf-8", errors="replace") as file:
                    if not 0 < int(line) <= sum(1 for _ in file):
                        yield "%s: %s has no line %s" % (row["id"], path, line)
        if row["verdict"] == "holds" and not os.path.isfile(os.path.join(asked.root, row["proof"].split("::")[0].split(":")[0])):
            yield "%s: no test: %s" % (row["id"], row["proof"] or "none")
        if row["verdict"] in {"absent", "deliberate", "partly", "contradicted"} and not row["proof"]:
            yield "%s: %s without a reason" % (row["id"], row["verdict"])
        if row["verdict"] == "deliberate" and re.search(r"\b(MUST|SHALL|REQUIRED)\b", row["sentence"]):
            yield "%s: a MUST has no deliberate exception" % row["id"]
    for name, word, line, sentence in listed:
        if not any(squeezed(row["sentence"]) in sentence or sentence in squeezed(row["sentence"]) for row in told.get(name, [])):
            yield "%s: no row (line %d): %s" % (name, line, sentence[:90])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("list", "check"))
    parser.add_argument("spec")
    parser.add_argument("report", nargs="?")
    parser.add_argument("--root", default=".")
    parser.add_argument("--words", default=WORDS)
    asked = parser.parse_args()
    if (asked.action == "check") != bool(asked.report):
        parser.error("list takes SPEC, check takes SPEC and REPORT")
    try:
        listed = list(sentences(asked.spec, asked.words.split(",")))
        if not listed:
            print("no binding sentence: name the words with --words", file=sys.stderr)
            return 2
        if asked.action == "list":
            for row in listed:
                print(*row, sep="\t")
            return 0
        found = list(findings(asked, listed))
    except (OSError, ValueError, csv.Error) as fault:
        print("trace_spec: %s" % fault, file=sys.stderr)
        return 2
    for finding in found:
        print(finding)
    print("%d sentences, %d findings" % (len(listed), len(found)))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
