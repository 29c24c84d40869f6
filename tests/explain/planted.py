#!/usr/bin/env python3
"""Hollow records of several kinds and honest ones, by five voices: how many are refused.

    planted.py CASCADE [--half seen|unseen] [--voices ann,bob,cat,dan,eve] [--verbose]

Records of ann and bob with an even number were not looked at while the checks were made; those of cat, dan and eve were
written later, each before the checks of its day were run on it.
"""

import argparse
import collections
import os
import re
import sys

from planted_changes import BASE, CHANGES
from repositories import Repository

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "planted")


def read_records(voices):
    records = []
    for voice in voices:
        with open(os.path.join(HERE, voice + ".txt"), encoding="utf-8") as text:
            part = None
            for line in text.read().split("\n"):
                if line.startswith("== "):
                    name, change, kind = line[3:].split()
                    records.append({"name": name, "change": change, "kind": kind, "answers": []})
                    part = None
                elif line == "[answer]":
                    records[-1]["answers"].append("")
                    part = "answer"
                elif re.fullmatch(r"\[\w+\]", line):
                    part = line[1:-1]
                    records[-1][part] = ""
                elif records and part == "answer":
                    records[-1]["answers"][-1] += line + "\n"
                elif records and part:
                    records[-1][part] += line + "\n"
    return records


def placed(text, change):
    """<path@text> becomes path:line, as its writer would have seen it."""
    def place(match):
        old, path, needle = match.group(1), match.group(2), match.group(3)
        if path not in BASE and path not in CHANGES[change]["files"]:
            return match.group(0)  # an address
        lines = (BASE if old else CHANGES[change]["files"])[path].split("\n")
        number = next((n for n, line in enumerate(lines, 1) if needle in line), None)
        assert number, match.group(0)
        return f"{path}:{number}"
    return re.sub(r"<(-?)([\w./-]+)@([^\n]*?)>(?=[\s,;.:)]|$)", place, text)


def judge(cascade, record):
    change = CHANGES[record["change"]]
    with Repository(cascade) as r:
        for path, text in BASE.items():
            r.write(path, text)
        r.write("cascade.yaml", "explain: { require: all, mode: block }\n")
        r.commit("base")
        r.git("checkout", "-q", "-b", "feature")
        for path, text in change["files"].items():
            r.write(path, text)
        r.commit(change["message"])
        code, out, errors = r.run("explain", "new", "main", "--id", "it")
        assert code == 0, (out, errors)
        path = ".cascade/explanations/it.md"
        text = r.read(path).replace("\nseconds:\n", "\nseconds: 300\n")
        for heading, part in (("What it does", "what"), ("How it fails", "fails"), ("Why not otherwise", "why"),
                              ("What was verified", "verified")):
            text = text.replace(f"## {heading}\n", f"## {heading}\n\n{record[part].rstrip()}\n")
        pieces = re.split(r"(?m)^(?=### )", text)
        for number, answer in enumerate(record["answers"][: len(pieces) - 1], 1):
            pieces[number] = pieces[number].rstrip() + "\n\n" + answer
        r.write(path, placed("".join(pieces), record["change"]))
        r.commit("Explain it")
        report = r.check("main..feature")
        return report, len(pieces) - 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cascade")
    parser.add_argument("--half", choices=["seen", "unseen"])
    parser.add_argument("--voices", default="ann,bob,cat,dan,eve")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    right, wrong, missed, kinds = 0, [], [], collections.Counter()
    count = collections.Counter()
    for record in read_records(options.voices.split(",")):
        seen = int(record["name"].split("-")[1]) % 2 == 1
        if options.half and seen != (options.half == "seen"):
            continue
        report, questions = judge(options.cascade, record)
        hollow = record["kind"].startswith("hollow")
        count["hollow" if hollow else "honest"] += 1
        refused = report["refused"]
        if hollow and refused:
            right += 1
        elif hollow:
            missed.append(record["name"])
        elif refused:
            wrong.append(record["name"])
        kinds[(record["kind"], refused)] += 1
        if options.verbose:
            print(record["name"], record["change"], record["kind"], "refused" if refused else "let through", questions)
            for finding in report["findings"]:
                if finding["weight"] == "refused":
                    print("   ", finding["rule"], finding["line"], finding["message"][:150])
    print(f"hollow: {right} of {count['hollow']} refused; not: {', '.join(missed) or 'none'}")
    print(f"honest: {len(wrong)} of {count['honest']} refused: {', '.join(wrong) or 'none'}")
    # At most 2 of 30 honest ones. How many hollow ones pass is told and not judged: no list of words tells them.
    return 0 if len(wrong) * 15 <= count["honest"] else 1


if __name__ == "__main__":
    sys.exit(main())
