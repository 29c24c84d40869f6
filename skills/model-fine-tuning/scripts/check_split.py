#!/usr/bin/env python3
"""Finds test examples that the training data already has: the same, nearly the same, or of the same group.

usage: check_split.py TRAIN.jsonl TEST.jsonl [--text KEY] [--group KEY]
  --text    the key of the text to compare (default: the whole example, keys sorted)
  --group   a key whose value must not be in both (person, document, session)

Equal: alike after letters are folded and everything but letters and digits is taken out. Near: four fifths of the
example's runs of five words (of Chinese, Japanese, Thai: of letters) are in one training example. Standard library only.
Exit 0: nothing found; 1: found (line numbers are printed); 2: wrong call or unreadable line.
"""
import json
import re
import sys

NEAR, RUN = 0.8, 5


def flat(value):
    if isinstance(value, dict):
        return " ".join(flat(value[key]) for key in sorted(value))
    return " ".join(flat(one) for one in value) if isinstance(value, list) else str(value)


# Writing without blanks between words: Thai to Khmer, kana, Chinese characters.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD = re.compile(r"[%s]|[^\W%s]+" % (UNSPACED, UNSPACED))


def words_of(text):
    return WORD.findall(text.casefold()) or text.split()


def rows_of(path, key, group):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                row = json.loads(line)
                yield number, words_of(flat(row[key] if key else row)), row[group] if group else None


def runs_of(words):
    return {" ".join(words[i:i + RUN]) for i in range(len(words) - RUN + 1)}


def main(arguments):
    options = {}
    while len(arguments) > 3 and arguments[-2] in ("--text", "--group"):
        options[arguments[-2]], arguments = arguments[-1], arguments[:-2]
    if len(arguments) != 2:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    whole, runs, groups, count = {}, {}, {}, 0
    try:
        for number, words, group in rows_of(arguments[0], options.get("--text"), options.get("--group")):
            whole.setdefault("".join(words), number)
            for run in runs_of(words):
                runs.setdefault(run, set()).add(number)
            groups.setdefault(group, number)
        tests = list(rows_of(arguments[1], options.get("--text"), options.get("--group")))
    except (OSError, KeyError, TypeError, ValueError) as fault:
        print("check_split: %s: %s" % (type(fault).__name__, fault), file=sys.stderr)
        return 2
    for number, words, group in tests:
        said = ""
        if "".join(words) in whole:
            said = "equals line %d" % whole["".join(words)]
        else:
            hits = {}
            own = runs_of(words)
            for run in own:
                for line in runs.get(run, ()):
                    hits[line] = hits.get(line, 0) + 1
            best = max(hits, key=lambda line: (hits[line], -line)) if hits else 0
            if best and hits[best] >= NEAR * len(own):
                said = "is nearly line %d" % best
        if not said and group is not None and group in groups:
            said = "has the group of line %d: %s" % (groups[group], group)
        if said:
            print("%s:%d %s of the training data" % (arguments[1], number, said))
            count += 1
    print("%d of %d test examples are known to the training data" % (count, len(tests)))
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
