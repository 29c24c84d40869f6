#!/usr/bin/env python3
"""Plans and judges an experiment with two variants and a yes-or-no goal.

usage: ab_test.py plan --base SHARE --lift SHARE [--visitors N] [--power SHARE] [--alpha SHARE]
       ab_test.py split N N [--expected SHARE]
       ab_test.py result GOALS/N GOALS/N [--alpha SHARE]
  plan     people needed on each side to see the base share move by the relative lift; with visitors a week, the weeks (two at least)
  split    whether the sides are as large as planned (exit 1: no, p under 0.001; look for the fault before the result)
  result   shares, difference with its interval, p (exit 0: a difference is shown, 1: none is shown)
A share is 0.025 or 2.5%. Two-sided, normal approximation; a side with fewer than ten goals is refused (exit 2).
"""
import argparse
import math
import re
import sys
from statistics import NormalDist

normal = NormalDist()


def share(text):
    value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text} is no share between 0 and 1 (or 0% and 100%)")
    return value


def lift(text):
    value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    if value == 0 or not -1 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{text} is no change")
    return value


def count(text):
    if not re.fullmatch(r"[1-9]\d*", text):
        raise argparse.ArgumentTypeError(f"{text} is no number of people")
    return int(text)


def side(text):
    match = re.fullmatch(r"(\d+)/([1-9]\d*)", text)
    if not match or int(match[1]) > int(match[2]):
        raise argparse.ArgumentTypeError(f"{text} is not GOALS/N")
    return int(match[1]), int(match[2])


def two_sided(z):
    return 2 * (1 - normal.cdf(abs(z)))


def plan(args):
    old, new = args.base, args.base * (1 + args.lift)
    if new >= 1:
        return f"{args.base:.1%} raised by {args.lift:.0%} is above all", 2
    middle = (old + new) / 2
    z_alpha, z_beta = normal.inv_cdf(1 - args.alpha / 2), normal.inv_cdf(args.power)
    root = z_alpha * math.sqrt(2 * middle * (1 - middle)) + z_beta * math.sqrt(old * (1 - old) + new * (1 - new))
    need = math.ceil((root / (new - old)) ** 2)
    text = f"{need} on each side to see {old:.2%} become {new:.2%} (alpha {args.alpha:g}, power {args.power:g})"
    if args.visitors:
        weeks = max(2, math.ceil(2 * need / args.visitors))
        text += f"\n{weeks} weeks at {args.visitors} visitors a week"
        if weeks > 8:
            text += ": too long; a bolder change, more traffic or an earlier goal"
    return text, 0


def split(args):
    total = args.first + args.second
    z = (args.first - total * args.expected) / math.sqrt(total * args.expected * (1 - args.expected))
    p = two_sided(z)
    text = f"split {args.first} : {args.second}, p {p:.2g}: "
    return (text + "not as planned; find out why before reading the result", 1) if p < 0.001 else (text + "as planned", 0)


def result(args):
    (x, n), (y, m) = args.old, args.new
    if min(x, y, n - x, m - y) < 10:
        return "a side has fewer than ten goals (or ten without); wait", 2
    old, new = x / n, y / m
    error = math.sqrt(old * (1 - old) / n + new * (1 - new) / m)  # one for both, or p and interval contradict each other
    p = two_sided((new - old) / error)
    half = normal.inv_cdf(1 - args.alpha / 2) * error
    low, high = 100 * (new - old - half), 100 * (new - old + half)
    text = f"old {old:.2%} of {n}, new {new:.2%} of {m}; difference {100 * (new - old):.2f} points [{low:.2f}, {high:.2f}], p {p:.2g}"
    return text, 0 if p < args.alpha else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("plan")
    verb.add_argument("--base", type=share, required=True)
    verb.add_argument("--lift", type=lift, required=True)
    verb.add_argument("--visitors", type=count)
    verb.add_argument("--power", type=share, default=0.8)
    verb.add_argument("--alpha", type=share, default=0.05)
    verb.set_defaults(run=plan)
    verb = verbs.add_parser("split")
    verb.add_argument("first", type=count)
    verb.add_argument("second", type=count)
    verb.add_argument("--expected", type=share, default=0.5)
    verb.set_defaults(run=split)
    verb = verbs.add_parser("result")
    verb.add_argument("old", type=side)
    verb.add_argument("new", type=side)
    verb.add_argument("--alpha", type=share, default=0.05)
    verb.set_defaults(run=result)
    words = sys.argv[1:]
    for at in range(len(words) - 1, 0, -1):  # `--lift -10%` would be taken for two options
        if words[at - 1] == "--lift":
            words[at - 1:at + 1] = ["--lift=" + words[at]]
    args = parser.parse_args(words)
    text, status = args.run(args)
    print(text, file=sys.stderr if status == 2 else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main())
