#!/usr/bin/env python3
"""Says whether one run of an evaluation is better than another on the same cases. Standard library only.

usage: compare_runs.py OLD.jsonl NEW.jsonl

Each line: {"id": "case-1", "pass": true}. A case may stand there several times; its share of passes counts. Prints pass
rates, cases won and lost, and the two-sided exact sign test over the cases that differ.
Exit 0: no evidence that NEW is worse (p >= 0.05 or more won than lost); 1: NEW is worse (p < 0.05); 2: wrong call,
unreadable line, or the two runs do not hold the same cases; 3: more lost than won, and too few cases to tell (with none
won, six have to be lost, so a loss of a fifth shows from 30 cases on).
"""
import json
import math
import sys

FEWEST = 30  # cases of which a fifth, lost with none won, gives p < 0.05


def shares(path):
    seen = {}
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            row = json.loads(line)
            if "id" not in row or not isinstance(row.get("pass"), bool):
                raise ValueError("%s:%d: id and pass (true or false) wanted" % (path, number))
            seen.setdefault(str(row["id"]), []).append(row["pass"])
    if not seen:
        raise ValueError(path + ": no case")
    return {name: sum(passes) / len(passes) for name, passes in seen.items()}


def sign_test(won, lost):
    n, k = won + lost, min(won, lost)
    if n == 0:
        return 1.0
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / 2 ** n)


def main(arguments):
    if len(arguments) != 2:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    try:
        old, new = shares(arguments[0]), shares(arguments[1])
        if set(old) != set(new):
            raise ValueError("not the same cases: " + ", ".join(sorted(set(old) ^ set(new))[:5]))
    except (OSError, ValueError, AttributeError, TypeError) as fault:
        print("compare_runs: %s" % fault, file=sys.stderr)
        return 2
    won = sorted(name for name in old if new[name] > old[name])
    lost = sorted(name for name in old if new[name] < old[name])
    p = sign_test(len(won), len(lost))
    print("old %.3f, new %.3f, %d cases" % (sum(old.values()) / len(old), sum(new.values()) / len(new), len(old)))
    print("won %d, lost %d, sign test p = %.4f" % (len(won), len(lost), p))
    for name in lost:
        print("  lost: " + name)
    if p < 0.05:
        return 1 if len(lost) > len(won) else 0
    print("no difference shown; a difference of this size needs more cases" if won or lost else "no difference")
    if len(lost) > len(won) and len(old) < FEWEST:
        print("undecided: %d cases cannot show a loss of a fifth, %d can" % (len(old), FEWEST))
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
