#!/usr/bin/env python3
"""Writes docs/performance.md and docs/charts/performance.svg from what measure.py measured.

    report.py RESULTS.json SOURCE_TREE MACHINE
"""
import json
import pathlib
import sys
from xml.sax.saxutils import escape

PAGE = """# Performance

Cascade is started anew for every prompt and for every tool call of every agent, so what counts is one cold process: start,
map the index, see what changed on disk, route, resolve, pack, print, exit. This page says how that path is built and what
it costs. `scripts/bench` measures everything again and writes this page and its chart.

![Cost of one process, in units of an empty C++ program](charts/performance.svg)

## The unit

**C++0** is an empty C++ program that prints one line with iostream, linked as compilers link by default. It took
{base_ms} ms and {base_faults} page faults in the run below. Every row of the first table is the least time of many cold
processes divided by the least time of C++0, all in turn in one run: absolute times of a shared machine mean little, ratios
hold. Before anything is timed, its answer is compared with the answer of a run without any index.

## One process

{hot}

The goals are gates: a row above its goal is marked, and `scripts/bench --gate` fails on it. For scale:

{peers}

## Index and counter

{index}

A full build reads every file, parses front matter and outline, finds references, counts each section exactly, binds, and
makes the tables of the router. gray-matter parses the front matter and does nothing else. Both on one core, in turn.

{counters}

Counting is done on text in memory, one thread, after a first round. All counters that are listed give the same number of
tokens, or differ by no more than five over the whole library.

## How the hot path is built

- **One static program.** No shared library is looked for or relocated. What runs before `main` is on record
  (`tests/architecture/program_start.txt`), and a test fails when something is added.
- **Nothing is parsed.** The index is mapped and read in place: fixed records, offsets instead of pointers, every offset
  checked when it is followed ([index](formats/index.md)). yaml-cpp runs for files that changed, and for nothing else.
- **A sealed file is believed.** The sums of an index are compared when its time of change is not the one that its writer
  gave it. Sums of a whole index would cost as much as an answer.
- **The check is a row of `stat` calls**, from folders that hold many files, shared by two threads from 512 of them on. The
  second thread is never waited for: on a busy machine the first one does the work alone.
- **The prompt is read once.** Words become terms of the router's tables and are remembered; sections are judged by the
  same terms.
- **Costs are in the index.** Sections are counted when they are indexed, as the text that will be printed, so packing
  needs no vocabulary and the finished text costs what its pieces cost ([bundle](bundle.md#what-it-costs)).
- **Only what was chosen is read** from disk, and its hash compared with the index.

## This run

{library}; {machine}. {skipped}
"""


def number(value):
    return f"{value:.0f}" if value >= 20 else f"{value:.1f}" if value >= 5 else f"{value:.2f}"


def misses(row):
    if row["goal"] is None:
        return False
    return row["value"] < row["goal"] if row.get("at_least") else row["value"] > row["goal"]


def goal(row):
    sign = "at least" if row.get("at_least") else "at most"
    return f"{sign} {row['goal']:g}" + (" (missed)" if misses(row) else "")


def hot_table(rows):
    lines = ["| process | C++0 | goal | page faults |", "| --- | --- | --- | --- |"]
    for row in rows:
        lines.append(f"| {row['name']} | {number(row['value'])} | {goal(row)} | {row['faults']} |")
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
        library="Measured on " + results["corpus"], machine=sys.argv[3],
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
