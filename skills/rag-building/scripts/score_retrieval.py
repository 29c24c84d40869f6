#!/usr/bin/env python3
"""Scores a retriever against labelled questions. Standard library only.

usage: score_retrieval.py RUN.jsonl [K...]          K: 1 5 10 if missing

Each line of RUN: {"question": "...", "relevant": ["doc-7#2"], "found": ["doc-3#1", "doc-7#2"]}, found best first.
"relevant": [] marks a question the corpus cannot answer; those are counted apart. Prints recall at each K and the mean
reciprocal rank, each with a 95 % interval of 2,000 resamples (fixed seed), then every question that misses at the
largest K. Exit 0: scored; 2: wrong call, unreadable line or no answerable question.
"""
import json
import random
import sys


def interval(values):
    draw = random.Random(1)
    means = sorted(sum(draw.choices(values, k=len(values))) / len(values) for _ in range(2000))
    return means[49], means[1949]


def line_of(name, values):
    low, high = interval(values)
    return "%-10s %.3f  [%.3f, %.3f]  n = %d" % (name, sum(values) / len(values), low, high, len(values))


def read(path):
    rows = []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            row = json.loads(line)
            if not isinstance(row.get("relevant"), list) or not isinstance(row.get("found"), list):
                raise ValueError("line %d: relevant and found must be lists" % number)
            for key in ("relevant", "found"):
                row[key] = [str(name) for name in row[key]]  # 7 and "7" are one passage
            rows.append(row)
    return rows


def main(arguments):
    if not arguments or not all(k.isdigit() and int(k) > 0 for k in arguments[1:]):
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    depths = sorted({int(k) for k in arguments[1:]} or {1, 5, 10})
    try:
        rows = read(arguments[0])
    except (OSError, ValueError, AttributeError) as fault:
        print("score_retrieval: %s: %s" % (arguments[0], fault), file=sys.stderr)
        return 2
    answerable = [row for row in rows if row["relevant"]]
    if not answerable:
        print("score_retrieval: no question with a relevant passage", file=sys.stderr)
        return 2
    for k in depths:
        print(line_of("recall@%d" % k, [len(set(row["relevant"]) & set(row["found"][:k])) / len(set(row["relevant"]))
                                        for row in answerable]))
    ranks = [next((place for place, name in enumerate(row["found"], 1) if name in row["relevant"]), 0)
             for row in answerable]
    print(line_of("MRR", [1 / rank if rank else 0.0 for rank in ranks]))
    missed = [row for row in answerable if not set(row["relevant"]) & set(row["found"][:depths[-1]])]
    print("%d of %d miss at %d; %d without an answer in the corpus" % (len(missed), len(answerable), depths[-1],
                                                                      len(rows) - len(answerable)))
    for row in missed:
        print("  " + str(row.get("question", "")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
