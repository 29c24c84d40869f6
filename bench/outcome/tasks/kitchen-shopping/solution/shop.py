#!/usr/bin/env python3
"""Print the shopping list for some recipe cards."""
import os
import re
import sys
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
LINE = re.compile(r"([^:/^<=@!#()]+?)\s*(?:/\s*(\d+(?:\.\d+)?)\s*)?:\s*(\S+)")
NUM = r"\d+(?:\.\d+)?"


class Bad(Exception):
    pass


def pieces():
    out = {}
    with open(os.path.join(HERE, "pieces.txt"), encoding="utf-8") as f:
        for line in f:
            if line.strip():
                name, grams = line.rsplit(None, 1)
                out[name.strip().lower()] = Fraction(grams)
    return out


def grams(name, qty, weights):
    heaped = qty.endswith("+")
    if heaped:
        qty = qty[:-1]
    if re.fullmatch(NUM, qty):
        g = Fraction(qty) * 10
    elif re.fullmatch(NUM + "g", qty):
        g = Fraction(qty[:-1])
    elif re.fullmatch(r"\d+k\d*", qty):
        a, b = qty.split("k")
        g = Fraction(f"{a}.{b or 0}") * 1000
    elif re.fullmatch(NUM + "p", qty):
        if name not in weights:
            raise Bad(f"no weight of a piece of {name}")
        g = Fraction(qty[:-1]) * weights[name]
    else:
        raise Bad(f"what is {qty!r}?")
    return g * Fraction(9, 8) if heaped else g


def ingredient(text, weights):
    m = LINE.fullmatch(text)
    if not m:
        raise Bad(f"what is {text!r}?")
    name = " ".join(m[1].lower().split())
    waste = Fraction(m[2] or 0)
    if waste >= 100:
        raise Bad(f"scraps of {name}")
    return name, grams(name, m[3], weights) / (1 - waste / 100)


def number(text):
    t = text[1:].strip()
    if not re.fullmatch(NUM, t) or not Fraction(t):
        raise Bad(f"what is {text!r}?")
    return Fraction(t)


def read(path, weights):
    try:
        with open(path, encoding="utf-8") as f:
            lines = [l.strip() for l in f]
    except (OSError, UnicodeDecodeError):
        raise Bad("cannot be read")
    lines = [l for l in lines if l and not l.startswith("#")]
    if not lines or not lines[0].startswith("="):
        raise Bad("no name of the dish")
    made, wanted, groups, parts = Fraction(10), None, [], []
    for l in lines[1:]:
        if l[0] == "@":
            made = number(l)
        elif l[0] == "!":
            wanted = number(l)
        elif l[0] == "<":
            parts.append(l[1:].strip())
        elif l[0] == "(" and l[-1] == ")":
            groups.append(None)
        elif l[0] == "^":
            if not groups:
                raise Bad("nothing to replace")
            item = ingredient(l[1:].strip(), weights)
            if groups[-1] is not None:
                groups[-1].append(item)
        else:
            groups.append([ingredient(l, weights)])
    return made, wanted, groups, parts


def add(path, portions, total, weights, above):
    real = os.path.realpath(path)
    try:
        if real in above:
            raise Bad("the card contains itself")
        made, wanted, groups, parts = read(path, weights)
    except Bad as e:
        raise SystemExit(f"shop.py: {path}: {e}")
    if portions is None:
        portions = wanted if wanted is not None else made
    for group in groups:
        if group:
            name, g = min(group, key=lambda x: x[1])
            total[name] = total.get(name, 0) + g * portions / made
    for part in parts:
        add(os.path.join(os.path.dirname(path), part + ".rcd"), portions, total, weights, above | {real})


def main():
    if len(sys.argv) < 2:
        raise SystemExit("usage: shop.py CARD...")
    weights, total = pieces(), {}
    for path in sys.argv[1:]:
        add(path, None, total, weights, frozenset())
    for name in sorted(total):
        if total[name]:
            print(f"{name}\t{-(-total[name] // 50) * 50}")


main()
