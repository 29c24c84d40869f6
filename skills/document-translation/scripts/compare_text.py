#!/usr/bin/env python3
"""Compares a translated Markdown text with its source: nothing lost, markup and numbers equal, terms kept.

usage: compare_text.py SOURCE TARGET [--terms FILE.tsv] [--numbers en|de]
  --terms FILE    tab-separated: source word, target word, note; wherever the source says the first, the target's same
                  block must say the second (the beginning of the word counts: Ventil finds Ventile)
  --numbers de    the target writes 1.234,5 for 1,234.5
  exit 0: all equal; 1: differences, printed with the line in SOURCE; 2: cannot be read
Blocks are paragraphs, headings, list items, table rows and code, in order.
"""
import argparse
import re
import sys
from collections import Counter

ITEM = re.compile(r"^\s*([-*+]|\d+[.)])\s+")
BAR = re.compile(r"(?<!\\)[|]")
HEADING = re.compile(r"^(#{1,6})\s")


def blocks(path):
    with open(path, encoding="utf-8-sig") as file:
        lines = file.read().replace("\r\n", "\n").split("\n")
    found, open_block, fence = [], None, None

    def put(kind, number, text):
        nonlocal open_block
        open_block = [kind, number, text]
        found.append(open_block)

    for number, line in enumerate(lines, 1):
        mark = re.match(r"^\s*(`{3,}|~{3,})", line)
        if fence:
            open_block[2] += "\n" + line
            if mark and mark[1].startswith(fence):
                fence = open_block = None
        elif mark:
            put("code", number, line)
            fence = mark[1]
        elif not line.strip():
            open_block = None
        elif HEADING.match(line):
            put("heading " + str(len(HEADING.match(line)[1])), number, line)
            open_block = None
        elif ITEM.match(line):
            put("list item", number, line)
        elif line.lstrip().startswith("|"):
            put(f"table row of {len(BAR.findall(line))} bars", number, line)
            open_block = None
        elif open_block:
            open_block[2] += "\n" + line
        else:
            put("paragraph", number, line)
    return found


def numbers(text, style):
    result = Counter()
    for number in re.findall(r"\d+(?:[.,]\d+)*", text):
        parts = re.split(r"[.,]", number)
        if len(parts) > 2 and any(len(part) != 3 for part in parts[1:-1]):  # 1.2.3 is a version, 24.12.2026 a day
            result.update(parts)
            continue
        if style == "de":
            number = number.translate(str.maketrans(".,", ",."))
        whole, dot, part = number.rpartition(".") if re.search(r"\.\d+$", number) else (number, "", "")
        result[whole.replace(",", "") + dot + part] += 1
    return result


def fixed(text):
    result = Counter()
    for kind, pattern in (("code", r"(`+)(.+?)\1"), ("address", r"(?<=\]\()[^)\s]+|https?://[^\s)>\]]+"),
                          ("placeholder", r"\{\{?[^{}\n]+\}\}?|%[sdif]\b|%\([a-z_]+\)s|\$\{[^}]+\}")):
        for match in re.finditer(pattern, text):
            result[kind, (match[2] if kind == "code" else match[0]).rstrip(".,;")] += 1
    result["picture", ""] += len(re.findall(r"!\[", text))
    return result


def bare(text):
    return re.sub(r"(`+).+?\1|(?<=\]\()[^)\s]+|https?://[^\s)>\]]+", " ", text)


def terms(path):
    rows = []
    with open(path, encoding="utf-8-sig") as file:
        for line in file:
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) > 1 and cells[0].strip() and cells[0].strip() != "source":
                rows.append((cells[0].strip(), cells[1].strip()))
    return sorted(rows, key=lambda row: -len(row[0]))


def compare(old, new, rows, style):
    text, number = old[2], old[1]
    if old[0] == "code":
        if text != new[2]:
            yield number, "code was changed"
        return
    for what, there, here in (("", fixed(text), fixed(new[2])), ("number ", numbers(bare(text), "en"), numbers(bare(new[2]), style))):
        for key in sorted((there - here) | (here - there), key=str):
            name = what + (" ".join(key) if isinstance(key, tuple) else key)
            yield number, f"{name.strip()}: {there[key]} in the source, {here[key]} in the target"
    rest, target = bare(text), bare(new[2])
    for source, word in rows:
        rest, times = re.subn(r"(?<!\w)" + re.escape(source) + r"(s|es)?(?!\w)", " ", rest, flags=re.I)
        if times and not re.search(re.escape(word), target, re.I):
            yield number, f"term: {source} is not {word} in: {' '.join(new[2].split())[:70]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--terms")
    parser.add_argument("--numbers", choices=("en", "de"), default="en")
    args = parser.parse_args()
    try:
        old, new = blocks(args.source), blocks(args.target)
        rows = terms(args.terms) if args.terms else []
    except (OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    if not old:
        print(f"{args.source}: no text", file=sys.stderr)
        return 2
    bad = 0
    for left, right in zip(old, new):
        if left[0] != right[0]:
            print(f"{left[1]}: {left[0]} in the source, {right[0]} in the target (line {right[1]}); what follows was not compared")
            return 1
        for number, fault in compare(left, right, rows, args.numbers):
            print(f"{number}: {fault}")
            bad = 1
    if len(old) != len(new):
        where = old[len(new)][1] if len(old) > len(new) else f"{new[len(old)][1]} of the target"
        print(f"{where}: {len(old)} blocks in the source, {len(new)} in the target")
        bad = 1
    return bad


if __name__ == "__main__":
    sys.exit(main())
