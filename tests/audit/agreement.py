#!/usr/bin/env python3
"""How far two judges of the audit agree: exact, Cohen's kappa, linearly weighted kappa, with 95 % intervals over repositories.

agreement.py JUDGE JUDGE: each is a table (repository, check, level, evidence; `-` where the check does not apply) or a folder of
the audit's JSON, one file for each repository. A check that is judged by package counts with the lowest level of its packages.
`-` is a level of its own for plain kappa; the weighted one leaves such pairs out.
"""

import json
import os
import random
import sys

DRAWS = 2000


def read_folder(folder):
    levels = {}
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".json"):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            checks = json.load(file)["checks"]
        for check in checks:
            key = (name[:-5], check["id"])
            found = str(check["level"]) if check["applies"] else "-"
            known = levels.get(key, "-")
            levels[key] = found if known == "-" else known if found == "-" else min(known, found)
    return levels


def read_table(path):
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("repo\t")]
    return {(row[0], row[1]): row[2] for row in rows}


def read(path):
    return read_folder(path) if os.path.isdir(path) else read_table(path)


def differs(one, other):
    return float(one != other)


def steps(one, other):
    return float(abs(int(one) - int(other)))


def figures(pairs):
    levels = [pair for pair in pairs if "-" not in pair]
    return 1 - sum(differs(*pair) for pair in pairs) / len(pairs), kappa(pairs, differs), kappa(levels, steps)


def kappa(pairs, distance):
    counts, left, right = {}, {}, {}
    for one, other in pairs:
        counts[one, other] = counts.get((one, other), 0) + 1
        left[one] = left.get(one, 0) + 1
        right[other] = right.get(other, 0) + 1
    seen = sum(distance(*pair) * count for pair, count in counts.items()) / len(pairs)
    by_chance = sum(distance(one, other) * left[one] * right[other] for one in left for other in right) / len(pairs) ** 2
    return 1 - seen / by_chance if by_chance else 1.0


def interval(by_repository, place):
    draw = random.Random(59)
    names = sorted(by_repository)
    values = sorted(figures([pair for name in draw.choices(names, k=len(names)) for pair in by_repository[name]])[place]
                    for _ in range(DRAWS))
    return values[int(DRAWS * 0.025)], values[int(DRAWS * 0.975)]


def main():
    first, second = read(sys.argv[1]), read(sys.argv[2])
    by_repository = {}
    for repository, check in sorted(first.keys() & second.keys()):
        by_repository.setdefault(repository, []).append((first[repository, check], second[repository, check]))
    pairs = [pair for some in by_repository.values() for pair in some]
    print(f"{len(pairs)} pairs of {len(by_repository)} repositories; {len(first.keys() ^ second.keys())} judged by one only")
    for place, (name, value) in enumerate(zip(("exact", "kappa", "linear kappa"), figures(pairs))):
        low, high = interval(by_repository, place)
        print(f"{name}: {value:.3f} ({low:.3f} to {high:.3f})")
    for repository, check in sorted(first.keys() & second.keys()) if "--differences" in sys.argv else ():
        if first[repository, check] != second[repository, check]:
            print(repository, check, first[repository, check], second[repository, check], sep="\t")


if __name__ == "__main__":
    main()
