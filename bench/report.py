#!/usr/bin/env python3
"""Writes docs/performance.md and docs/charts/performance.svg from what measure.py measured.

    report.py RESULTS.json SOURCE_TREE MACHINE
"""
import json
import pathlib
import sys
from xml.sax.saxutils import escape

PAGE = """# Performance

Cascade starts a new process for every prompt and for every tool call of every agent, so what counts is one cold process: start, map the
index, see what changed on disk, route, resolve, pack, print, exit. Most answers cost less than an empty C++ program. `scripts/bench`
measures everything again and writes this page and its chart; the figures that need hours or other tools are on
[measurements](measurements.md).

![Cost of one process, in units of an empty C++ program](charts/performance.svg)

## The unit

**C++0** is an empty C++ program that prints one line with iostream, linked as compilers link by default. It took {base_ms} ms and
{base_faults} page faults in the run below. Each row of the first table is the shortest time of many cold processes divided by the shortest
time of C++0, measured alternately in one run: absolute times on a shared machine mean little, but ratios hold. The program is measured as
it is installed, and its answer is compared with that of a run without an index.

## One process

{hot}

Program, token table and index lie in large pages, if the system has such to give when they are written; two rows show them in single pages.

The goals are gates: a row above its goal, or with more than 100 page faults (300 in single pages), is marked, and `scripts/bench --gate` fails on
it. For scale:

{peers}

## Index and counter

{index}

A full build reads every file, parses front matter and outline, finds references, counts each section exactly, binds the references and
makes the router's tables. gray-matter only parses the front matter. Both run on one core, alternately. The p99 of `load` is the lowest of
three rounds.

{counters}

The counters work on text in memory, on one thread, after a first round, and agree within five tokens over the whole library.

{large}

## How the hot path is built

- **The program is static and written in one call.** Nothing has to be found or relocated, and the page cache keeps program and token table
  in large pages while the system has some to give (`cmake/write_whole.sh`). What runs before `main` is on record
  (`tests/architecture/program_start.txt`).
- **The start does not query the processor.** glibc's start executes CPUID 68 times, and under a hypervisor each leaves the virtual machine:
  0.37 C++0 where this page was measured. For the verbs that clients wait for, the program starts the C library itself
  ([decisions](decisions.md#other-choices)).
- **The functions of an answer are next to each other** by a list for the linker (`cmake/hot_path.ld`, made by `scripts/hot-path`): a third
  of the code pages.
- **Nothing is parsed.** The index is mapped and read in place, each offset checked when it is followed ([index](formats/index.md)).
- **The files are checked while the answer is made**, from 512 files on by a second thread. Nothing is printed or entered in the ledger
  before the check has ended; if a file has changed, the answer is made again.
- **Costs are in the index**, counted exactly as the text will be printed, so packing needs no vocabulary
  ([bundle](bundle.md#what-it-costs)). Only chosen sections are read from disk; their hash is compared with the one in the index.
- **Few remembered facts are looked at closely**: those whose sum of words allows the best score, 93 of 5,000 in the row above.
- **Rare work is in other programs.** `cascade-git` contains libgit2 and starts only for git commands that write; `cascade-postgres` waits
  for a server. SQLite allocates no caches ahead, which saves 50 page faults.

## How an index is built

- **Each byte is read few times**: references are sought only where the characters that begin them are, plain front matter needs no YAML
  parser, and the tokens of a body are counted once. A search in the token table reads one line of memory ([format](formats/vocabulary.md)).
- **A section is priced once.** Tokens, shorter forms and references of a text that was seen before are taken from there; libraries made
  from templates repeat half of theirs.
- **Freed blocks are kept** in a list for each size, because nearly all of the 330,000 blocks that a full index asks for are small and freed
  soon.
- **A changed file costs a changed file.** The tables consist of one part for each manifest, and only changed files, and those whose links'
  targets changed, are read, parsed and counted. A test compares the result with a new index, byte for byte, after every step of random edits.

Switched off in the same program (2026-11-21 to 23), the second processor for the check is worth 0.38 C++0 of a hook, the start that does
not query the processor 0.34, writing the program in one call 0.22, the list of functions 8 to 10 %; without the memo of pieces a full index
takes 72 % longer, without the reader of plain front matter 19 %. A full index of the manifests named below executes 955 M instructions
(callgrind, one thread, 2026-11-23).

## This run

{library}; {machine}. {skipped}
"""


def large(page):
    """The sections on large libraries and mixed load, which other programs measure (bench/scale.py, scripts/soak --mixed)."""
    text = page.read_text(encoding="utf-8")
    return text[text.index("## Large libraries"):text.index("## How the hot path is built")].strip()


def number(value):
    return f"{value:.0f}" if value >= 20 else f"{value:.1f}" if value >= 5 else f"{value:.2f}"


def is_over(row):
    return row["value"] < row["goal"] if row.get("at_least") else row["value"] > row["goal"]


def misses(row):
    return row["goal"] is not None and (is_over(row) or row.get("faults", 0) > row.get("most_faults", 10**9))


def goal(row):
    sign = "at least" if row.get("at_least") else "at most"
    return f"{sign} {row['goal']:g}" + (" (missed)" if is_over(row) else "")


def hot_table(rows):
    lines = ["| process | C++0 | goal | page faults |", "| --- | --- | --- | --- |"]
    for row in rows:
        too_many = " (missed)" if row["faults"] > row["most_faults"] else ""
        lines.append(f"| {row['name']} | {number(row['value'])} | {goal(row)} | {row['faults']}{too_many} |")
    return "\n".join(lines)


def plain_table(head, rows, with_goal):
    lines = [f"| {head} | |" + (" goal |" if with_goal else ""), "| --- | --- |" + (" --- |" if with_goal else "")]
    for row in rows:
        cells = f"| {row['name']} | {number(row['value'])} {row['unit']} |"
        lines.append(cells + (f" {goal(row)} |" if with_goal else ""))
    return "\n".join(lines)


# Colours of the Okabe-Ito palette, which colour-blind readers tell apart; goals differ from bars by shape, too.
STYLE = """text { font: 13px sans-serif; fill: #24292f } .note { fill: #57606a; font-size: 12px }
.bar { fill: #0072b2 } .goal { stroke: #d55e00; stroke-width: 3 } .axis { stroke: #8c959f; stroke-width: 1 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .note { fill: #9da7b1 } .bar { fill: #56b4e9 }
.goal { stroke: #e69f00 } }"""


def chart(rows, node):
    left, width, row_height, top = 270, 560, 30, 48
    most = max(2.0, max(row["value"] for row in rows) * 1.1)
    scale = (width - 60) / most
    height = top + row_height * len(rows) + 40
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width}" height="{height}" '
           f'viewBox="0 0 {left + width} {height}" role="img" aria-labelledby="title">',
           '<title id="title">Cost of one process, in units of an empty C++ program</title>', f"<style>{STYLE}</style>",
           '<text x="10" y="22">One cold process, as a multiple of an empty C++ program; the upright mark is the goal</text>']
    for i, row in enumerate(rows):
        y = top + i * row_height
        length = row["value"] * scale
        out.append(f'<text x="{left - 10}" y="{y + 16}" text-anchor="end">{escape(row["name"])}</text>')
        out.append(f'<rect class="bar" x="{left}" y="{y + 3}" width="{length:.1f}" height="18" rx="2"/>')
        at = left + row["goal"] * scale
        out.append(f'<line class="goal" x1="{at:.1f}" y1="{y}" x2="{at:.1f}" y2="{y + 24}"/>')
        label = max(length + left, at if at - left - length < 45 else 0) + 8
        out.append(f'<text x="{label:.1f}" y="{y + 16}">{number(row["value"])}</text>')
    out.append(f'<line class="axis" x1="{left}" y1="{top - 4}" x2="{left}" y2="{height - 34}"/>')
    if node:
        note = f"node, doing nothing at all: {number(node['value'])}, off this scale"
        out.append(f'<text class="note" x="{left}" y="{height - 12}">{note}</text>')
    return "\n".join(out + ["</svg>"]) + "\n"


def main():
    results = json.loads(pathlib.Path(sys.argv[1]).read_text())
    docs = pathlib.Path(sys.argv[2]) / "docs"
    rows = results["rows"]

    def group(name):
        return [row for row in rows if row.get("group") == name]

    counters = sorted(group("counters"), key=lambda row: -row["value"])
    peers = group("peer") + group("validate")
    skipped = results["skipped"]
    page = PAGE.format(
        base_ms=f"{results['base_us'] / 1000:.2f}", base_faults=results["base_faults"], hot=hot_table(group("hot")),
        peers=plain_table("peer", peers, False) if peers else "No peer could be measured in this run.",
        index=plain_table("work", group("index") + group("tokens"), True),
        counters=plain_table("counter", counters, False) if counters else "No other counter could be had in this run.",
        large=large(docs / "performance.md"), library="Measured on " + results["corpus"], machine=sys.argv[3],
        skipped="Left out: " + "; ".join(skipped) + "." if skipped else "Nothing was left out.")
    (docs / "performance.md").write_text(page)
    (docs / "charts").mkdir(exist_ok=True)
    (docs / "charts/performance.svg").write_text(chart(group("hot"), next(iter(group("peer")), None)))
    missed = [row for row in rows if misses(row)]
    for row in rows:
        limit = "" if row["goal"] is None else "  goal " + goal(row)
        print(f"{number(row['value']):>6} {row['unit']:20} {row['name']}{limit}")
    print(f"\n{sum(row['goal'] is not None for row in rows) - len(missed)} passed, {len(missed)} failed")
    sys.exit(1 if missed else 0)


main()
