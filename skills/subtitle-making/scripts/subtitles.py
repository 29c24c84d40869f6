#!/usr/bin/env python3
"""Checks and repairs subtitles (srt, vtt).

usage: subtitles.py check FILE [--seconds LENGTH] [--like OTHER] [--cps 17] [--chars 42] [--lines 2] [--min 1] [--max 7]
       subtitles.py retime FILE (--shift S | --at FROM=TO --at FROM=TO | --fps FROM:TO | --cut S) [--to srt|vtt]
       subtitles.py wrap FILE [--chars 42] [--to srt|vtt]
  --like   another language of the same film: as many cues, at the same times
  --at     where a line stands and where it should, twice (H:MM:SS or seconds); in between and beyond by proportion
  --fps    made for FROM frames a second, the film has TO
  --cut    the film lost so many seconds at its beginning

check exits 0: as it should be; 1: faults, one a line. The others print the new file. 2: not readable as subtitles.
"""
import argparse
import html
import re
import sys
import textwrap

TIMES = re.compile(r"^\s*((?:\d+:)?\d\d?:\d\d[.,]\d{1,3})\s*-->\s*((?:\d+:)?\d\d?:\d\d[.,]\d{1,3})(.*)$")
TAGS = re.compile(r"<[^>]*>|\{\\[^}]*\}")
GARBLED = re.compile("\u00c3[\u0080-\u00bf]|\u00e2\u20ac|\ufffd")


def misuse(text):
    print(text, file=sys.stderr)
    sys.exit(2)


def seconds_of(text):
    total = 0.0
    for part in text.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def read(path):
    """The head (vtt), and cues as (begin, end, settings, lines)."""
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8-sig")
    except OSError as error:
        misuse(error)
    except UnicodeDecodeError as error:
        misuse(f"{path}: not UTF-8 (byte {error.start}); iconv -f WINDOWS-1252 -t UTF-8 is the usual cure")
    cues, head = [], ""
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = block.split("\n")
        at = next((i for i, line in enumerate(lines[:2]) if TIMES.match(line)), None)
        if at is None:
            if not cues:
                head += block + "\n\n"
            elif not block.startswith(("NOTE", "STYLE", "REGION")):
                cues.append((None, None, "", lines))
            continue
        begin, end, settings = TIMES.match(lines[at]).groups()
        cues.append((seconds_of(begin), seconds_of(end), settings, lines[at + 1:]))
    if not any(cue[0] is not None for cue in cues):
        misuse(f"{path}: no subtitles")
    return head, cues


def stamp(seconds, point):
    milliseconds = max(0, round(seconds * 1000))
    hours, rest = divmod(milliseconds, 3600000)
    minutes, rest = divmod(rest, 60000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}{point}{rest % 1000:03}"


def converted(lines, form):
    """Srt knows i, b, u and font, and no entities; vtt knows no {\\an8} and no font."""
    if form == "srt":
        return [html.unescape(re.sub(r"</?(?!/?(?:i|b|u|font)\b)[^>]*>", "", line)) for line in lines]
    return [re.sub(r"&(?!\w+;|#\d+;)", "&amp;", re.sub(r"\{\\[^}]*\}|</?font[^>]*>", "", line)) for line in lines]


def write(head, cues, form):
    if form == "vtt":
        print((head if head.startswith("WEBVTT") else "WEBVTT\n\n"), end="")
    for number, (begin, end, settings, lines) in enumerate(cues, 1):
        point = "." if form == "vtt" else ","
        if form == "srt":
            print(number)
        print(f"{stamp(begin, point)} --> {stamp(end, point)}{settings if form == 'vtt' else ''}")
        print("\n".join(lines) + "\n")


def shown(lines):
    return [TAGS.sub("", line).strip() for line in lines]


def faults_of(cues, asked):
    last = 0.0
    for number, (begin, end, _, lines) in enumerate(cues, 1):
        words = shown(lines)
        if begin is None:
            yield number, f"a block without times: {words[0][:40]}"
            continue
        length = end - begin
        if begin < last - 0.001:
            yield number, f"begins at {stamp(begin, '.')}, before the one above has ended"
        last = max(last, end)
        if not any(words):
            yield number, "is empty"
        if length < asked.min - 0.001 or length > asked.max + 0.001:
            yield number, f"stands for {length:.1f} s"
        elif sum(len(word) for word in words) / length > asked.cps + 0.5:
            yield number, f"{sum(len(word) for word in words) / length:.0f} characters a second"
        if len(words) > asked.lines:
            yield number, f"{len(words)} lines"
        for word in words:
            if len(word) > asked.chars:
                yield number, f"a line of {len(word)} characters"
            if GARBLED.search(word):
                yield number, f"garbled letters: {word[:40]}"
        if asked.seconds and end > asked.seconds + 0.5:
            yield number, f"ends at {stamp(end, '.')}, behind the film's end"


def differences(cues, others):
    if len(cues) != len(others):
        yield 0, f"{len(cues)} cues, the other has {len(others)}"
    for number, (one, other) in enumerate(zip(cues, others), 1):
        if None in (one[0], other[0]) or abs(one[0] - other[0]) > 0.05 or abs(one[1] - other[1]) > 0.05:
            yield number, "stands at another time than in the other"


def retimed(cues, asked):
    factor, offset = 1.0, asked.shift or -(asked.cut or 0.0)
    if asked.fps:
        made, has = (float(part) for part in asked.fps.split(":"))
        factor = made / has
    if asked.at:
        points = [[seconds_of(side) for side in point.split("=")] for point in asked.at]
        if len(points) != 2 or points[0][0] == points[1][0]:
            misuse("--at is wanted twice, for two places")
        factor = (points[1][1] - points[0][1]) / (points[1][0] - points[0][0])
        offset = points[0][1] - points[0][0] * factor
    moved = [(begin * factor + offset, end * factor + offset, settings, lines) for begin, end, settings, lines in cues
             if begin is not None]
    return [cue for cue in moved if cue[1] > 0]


def wrapped(lines, width):
    """As few lines as the width allows, of about the same length."""
    text = " ".join(line.strip() for line in lines)
    if all(len(line) <= width for line in shown(lines)) or TAGS.search(text) or re.match(r"^[-\u2013]\s", lines[0]):
        return lines
    best = textwrap.wrap(text, width)
    for narrow in range(len(text) // len(best), width):
        tried = textwrap.wrap(text, narrow)
        if len(tried) == len(best):
            return tried
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("check", "retime", "wrap"))
    parser.add_argument("file")
    for name, value in (("cps", 17.0), ("chars", 42), ("lines", 2), ("min", 1.0), ("max", 7.0)):
        parser.add_argument("--" + name, type=type(value), default=value)
    for name in ("seconds", "shift", "cut"):
        parser.add_argument("--" + name, type=float)
    for name in ("like", "fps"):
        parser.add_argument("--" + name)
    parser.add_argument("--at", action="append")
    parser.add_argument("--to", choices=("srt", "vtt"))
    asked = parser.parse_args()
    head, cues = read(asked.file)
    if asked.verb == "check":
        faults = list(differences(cues, read(asked.like)[1]) if asked.like else faults_of(cues, asked))
        for number, fault in faults:
            print(f"{asked.file}: cue {number}: {fault}")
        return 1 if faults else 0
    was = "vtt" if head.startswith("WEBVTT") else "srt"
    form = asked.to or was
    if asked.verb == "wrap":
        cues = [(begin, end, settings, wrapped(lines, asked.chars)) for begin, end, settings, lines in cues if begin is not None]
    else:
        cues = retimed(cues, asked)
    if form != was:
        cues = [(begin, end, settings, converted(lines, form)) for begin, end, settings, lines in cues]
    write(head, cues, form)
    return 0


if __name__ == "__main__":
    sys.exit(main())
