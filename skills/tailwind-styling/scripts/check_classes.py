#!/usr/bin/env python3
"""Finds classes in templates that the generated CSS has no rule for, and classes that are built from pieces.

usage: check_classes.py OUT.css PATH... [--ignore PREFIX]...
  OUT.css          the CSS that Tailwind wrote for these sources
  PATH             folders or files (html, js, jsx, ts, tsx, vue, svelte, astro, php, erb)
  --ignore PREFIX  classes that other style sheets or scripts know (js-, swiper-)

Read are the literal values of class and className, and the texts in their expressions (className={...}, :class, class:list, [ngClass]) and in
calls of cn, clsx, classNames, twMerge, twJoin, cva and tv. Words without a hyphen, colon or bracket may be the project's own and are reported
only if they differ by one letter from a class with a rule. Exit 0: nothing found; 1: findings; 2: nothing to read.
"""
import argparse
import os
import re
import sys

KINDS = (".html", ".js", ".jsx", ".ts", ".tsx", ".vue", ".svelte", ".astro", ".php", ".erb")
VALUE = re.compile(r"""(?<![\w:-])class(?:Name)?\s*=\s*(?:"([^"]*)"|'([^']*)'|\{\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`)\s*\})""")
JOINERS = ("cn", "clsx", "classNames", "twMerge", "twJoin", "cva", "tv")
EXPRESSION = re.compile(r"""(?<![\w-])class(?:Name|:list)?\s*=\s*(?=\{)|(?:v-bind:class|(?<![\w:-]):class|\[ngClass\])\s*=\s*(?=["'])|(?<![\w.])(?:%s)(?=\()""" % "|".join(JOINERS))
LITERAL = re.compile(r"""(?P<q>["'`])(?P<text>(?:\\.|(?!(?P=q)).)*)(?P=q)""", re.S)
PIECES = re.compile(r"[\w:\[-]+-(?:\$\{|\{\{)|(?:\}|\}\})-[\w]+")  # bg-${color}, {{ size }}-full
MARKERS = {"group", "peer", "dark", "not-prose", "prose"}


def with_rules(css):
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    found = re.findall(r"\.((?:\\[0-9a-fA-F]{1,6} ?|\\.|[\w-]|[^\x00-\x7f])+)", css)
    plain = lambda name: re.sub(r"\\([0-9a-fA-F]{1,6}) ?|\\(.)", lambda m: chr(int(m[1], 16)) if m[1] else m[2], name)
    return {plain(name) for name in found}


def files_of(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(f for f in folders if f not in ("node_modules", ".git", "dist", "build"))
            yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith(KINDS))


def near(word, rules):
    """A class with a rule that is one letter away: a slip of the pen."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    ends = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    slips = {a + b[1:] for a, b in ends if b} | {a + b[1] + b[0] + b[2:] for a, b in ends if len(b) > 1}
    slips |= {a + c + b[1:] for a, b in ends if b for c in letters} | {a + c + b for a, b in ends for c in letters}
    return next(iter(sorted(slips & rules)), None) if len(word) > 3 else None


def closed(text, at):
    """The expression in brackets or quotation marks that begins there."""
    if text[at] in "\"'":
        return text[at + 1:max(text.find(text[at], at + 1), at + 1)]
    depth = 0
    for end in range(at, min(len(text), at + 20000)):
        depth += (text[end] in "({[") - (text[end] in ")}]")
        if not depth:
            return text[at + 1:end]
    return ""


def values_of(text):
    """Place and words of each text that names classes."""
    for value in VALUE.finditer(text):
        yield value.start(), next(group for group in value.groups() if group is not None)
    seen = 0
    for start in EXPRESSION.finditer(text):
        inner = closed(text, start.end())
        if start.start() < seen or VALUE.match(text, start.start()):
            continue
        seen = start.end() + len(inner)
        recipe = start[0] in ("cva", "tv")
        for literal in LITERAL.finditer(inner):
            before, after = inner[:literal.start()].rstrip(), inner[literal.end():].lstrip()
            other = before.endswith(("==", "!=")) or after.startswith(("==", "!=")) or re.search(r"[\w\])]\[$", before)
            call = re.search(r"(\w+)\($", before)
            other = other or (call and call[1] not in JOINERS) or (after.startswith(":") if recipe else re.search(r"\w:$", before))
            if not other:
                yield start.end() + 1 + literal.start(), literal["text"]


def findings(path, rules, ignored):
    text = open(path, encoding="utf-8", errors="replace").read()
    for at, words in values_of(text):
        line = text.count("\n", 0, at) + 1
        if PIECES.search(words):
            yield f"{path}:{line}: built from pieces: {PIECES.search(words)[0]}"
        words = re.sub(r"\S*(?:\$\{[^}]*\}|\{\{.*?\}\}|\{[^}]*\}|<[?%].*?[?%]>)\S*", " ", words)
        for word in words.split():
            own = not re.search(r"[-:\[/]", word)
            known = word in rules or word.split("/")[0] in MARKERS or word.startswith(tuple(ignored) or ("\0",))
            slip = near(word, rules) if own and not known else None
            if not known and (slip or not own):
                yield f"{path}:{line}: no rule for {word}" + (f" ({slip}?)" if slip else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("css")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--ignore", action="append", default=[])
    options = parser.parse_args()
    try:
        rules = with_rules(open(options.css, encoding="utf-8").read())
    except OSError as error:
        print(error)
        return 2
    paths = list(files_of(options.paths))
    if not paths or not rules:
        print("no template found" if not paths else f"{options.css} has no rule for any class")
        return 2
    found = [line for path in paths for line in findings(path, rules, options.ignore)]
    print("\n".join(found) or f"{len(paths)} files: every class has a rule")
    return int(bool(found))


sys.exit(main())
