#!/usr/bin/env python3
"""Counts what language models leave in English prose, and compares facts with the text before.

usage: tells.py TEXT [--kept OLD] [--most N]
  --kept OLD  every number, quotation and link of OLD must be in TEXT, and TEXT may have no others
  --most N    tells allowed for each 500 words (default 4; at least 2 in all)
  exit 0: few tells and facts kept; 1: not so, each place printed as LINE: KIND: words; 2: nothing to read
Blocks of code and front matter are left out. A tell is a hint: read the line before you change it.
"""
import argparse
import re
import sys
from collections import Counter

TELLS = [
    ("machine word", r"\b(delv(e|es|ed|ing)|leverag(e|es|ed|ing)|seamless(ly)?|tapestry|testament|underscor(e|es|ed|ing)|pivotal|multifaceted|foster(s|ed|ing)?"
                     r"|ever-evolving|fast-paced|game-chang(er|ing)|cutting-edge|transformative|holistic(ally)?|meticulous(ly)?|intricate|vibrant|bustling"
                     r"|harness(es|ed|ing)?|elevat(e|es|ed|ing) (your|our|the)|unlock(s|ed|ing)? (the|new|your)|embark(s|ed|ing)?|empower(s|ed|ing)?|realm)\b"),
    ("blown up", r"\b(plays? a (crucial|vital|pivotal|key|significant) role|in today's|in the (world|realm|landscape) of|a (true|real) game|stands? as a|serves? as a (reminder|testament)"
                 r"|cannot be overstated|rich (history|heritage)|marks? a (pivotal|significant|new))\b"),
    ("not X but Y", r"\bnot (just|only|merely|simply) [^.\n]{2,60}?(,? but|; it|\u2014| - it)|\b(it|this|that)('s| is)(n't| not) [^.\n]{2,50}[.;,\u2014-]+ ?(it|this|that)('s| is)\b"),
    ("hanging tail", r", (highlighting|underscoring|emphasi[sz]ing|showcasing|reflecting|ensuring|fostering|demonstrating|enabling|paving)\b"),
    ("vague witness", r"\b(experts (say|agree|believe)|studies (show|suggest)|research (shows|suggests)|many (believe|argue)|it is widely|observers)\b"),
    ("joint", r"(^|[.!?] )(moreover|furthermore|additionally|in conclusion|in summary|ultimately|overall|it('s| is) (important|worth) (to note|noting)|that said)\b"),
    ("bold opening", r"^\s*([-*]|\d+\.)\s+\*\*[^*\n]{2,60}\*\*\s*[:\u2014-]|^\s*([-*]|\d+\.)\s+\*\*[^*\n]{2,60}:\*\*"),
    ("emoji heading", r"^#+ .*[\U0001f300-\U0001faff\u2705\u2728]|^\s*[-*] [\U0001f300-\U0001faff\u2705\u2728]"),
    ("chat", r"\b(I hope this helps|let me know if|as an AI|certainly!|great question|here('s| is) (a|the|your) (revised|rewritten|polished))\b"),
]
DASH = re.compile("\u2014| \u2013 | -- ")


def body(path):
    with open(path, encoding="utf-8-sig") as file:
        text = file.read().replace("\u2019", "'").replace("\r\n", "\n")
    blank = lambda match: "\n" * match[0].count("\n")
    text = re.sub(r"\A---\n.*?\n---\n", blank, text, flags=re.S)
    return re.sub(r"^```.*?^```[^\n]*$", blank, text, flags=re.S | re.M)


def facts(text):
    found = Counter()
    links = re.findall(r"https?://[^\s)>\"']+", text)
    for link in links:
        found["link " + link.rstrip(".,;")] += 1
        text = text.replace(link, " ")
    for quote in re.findall("[\"\u201c\u201e]([^\"\u201c\u201d\u201e\n]{3,400})[\"\u201d\u201c]", text):
        found["quotation " + " ".join(quote.split())] += 1
    for number in re.findall(r"\d+(?:[.,:]\d+)*", re.sub(r"^\s*\d+\.\s", "", text, flags=re.M)):
        found["number " + number] += 1
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text")
    parser.add_argument("--kept")
    parser.add_argument("--most", type=int, default=4)
    args = parser.parse_args()
    try:
        text, old = body(args.text), body(args.kept) if args.kept else None
    except (OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    words = len(text.split())
    if not words:
        print(f"{args.text}: no words", file=sys.stderr)
        return 2
    tells = []
    for number, line in enumerate(text.splitlines(), 1):
        tells += [(number, kind, match[0].strip()) for kind, pattern in TELLS for match in re.finditer(pattern, line, re.I)]
    dashes = len(DASH.findall(text))
    allowed = max(2, args.most * words // 500)
    if dashes > max(2, words // 150):
        tells.append((0, "dashes", f"{dashes} in {words} words"))
    for number, kind, found in tells:
        print(f"{number}: {kind}: {found}")
    print(f"{len(tells)} tells in {words} words, {allowed} allowed")
    bad = len(tells) > allowed
    if old is not None:
        before, after = set(facts(old)), set(facts(text))
        for fact in sorted(before - after):
            print(f"lost {fact}")
        for fact in sorted(after - before):
            print(f"new {fact}")
        bad = bad or before != after
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
