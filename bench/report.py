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
hold. The program is measured as it is installed. Before anything is timed, its answer is compared with the answer of a run
without any index.

## One process

{hot}

The goals are gates: a row above its goal, or with more than 100 page faults, is marked, and `scripts/bench --gate` fails on
it. For scale:

{peers}

## Index and counter

{index}

A full build reads every file, parses front matter and outline, finds references, counts each section exactly, binds, and
makes the tables of the router. gray-matter parses the front matter and does nothing else. Both on one core, in turn. The p99 of
`load` is the least of three rounds, new conversations and one in turn.

{counters}

Counting is done on text in memory, one thread, after a first round. All counters that are listed give the same number of
tokens, or differ by no more than five over the whole library.

## How the hot path is built

- **One static program, written at once.** No shared library is looked for or relocated. What runs before `main` is on record
  (`tests/architecture/program_start.txt`), and a test fails when something is added. Linkers and installers write in small
  steps, which leaves a file in the page cache as single pages; `cmake/write_whole.sh` writes program and token table anew
  with one call each, and a page fault on them costs a tenth (Linux 6.18 on ext4: 0.12 instead of 1.9 microseconds). The
  system does so while it has large pages to give: written while compilers keep the memory in pieces, the same program took
  a quarter longer for a hook.
- **The processor is not asked what it is.** glibc's start asks it 68 times (CPUID): for its caches, and for what the string
  functions may use. Under a hypervisor each question leaves the virtual machine; at 6.5 microseconds each (Linux 6.18,
  where this page was measured) they were 0.37 C++0 of every start, and C++0 itself pays as much. The program starts the
  C library itself for the verbs that clients wait for, with the string functions of any x86-64 (`src/cli/quick_start.cpp`).
  Where the questions cost nothing, nothing is gained. It knows glibc 2.36, is tried when the build is configured, and
  elsewhere the program starts as usual.
- **What an answer runs lies side by side.** The linker is given a list of those functions (`cmake/hot_path.ld`), so that a
  start maps a third of the pages of code that it would otherwise. `scripts/hot-path` writes the list from runs under
  callgrind; a test fails when the program has outgrown it.
- **Nothing is parsed.** The index is mapped and read in place: fixed records, offsets instead of pointers, every offset
  checked when it is followed ([index](formats/index.md)). yaml-cpp runs for files that changed, and for nothing else.
- **A sealed file is believed.** The sums of an index are compared when its time of change is not the one that its writer
  gave it since the machine was started. Sums of a whole index would cost as much as an answer.
- **The check goes on beside the answer.** It is a row of `stat` calls, from folders that hold many files. From 512 files
  and folders on a second thread begins them while the first one routes, resolves and packs; then the first one helps. It
  never waits for a thread that has not begun: on a busy machine it does the work alone. Nothing is printed, nor kept in
  the ledger, before the check has ended; when something has changed the answer is made again from the files as they are.
- **The prompt is read once.** Words become terms of the router's tables and are remembered; sections are judged by the
  same terms.
- **Costs are in the index.** Sections and the heads of manifests are counted when they are indexed, as the text that will
  be printed, so packing needs no vocabulary and the finished text costs what its pieces cost ([bundle](bundle.md#what-it-costs)).
  Builds with assertions count the finished text as well.
- **What few events need is another program.** `cascade-git` holds libgit2 and is started for writing commands of git alone. It
  is static and holds nothing that opens a connection: loading libgit2's eighteen libraries took 5 C++0, its answer takes
  0.3. `cascade-postgres` is dynamic, and waits for a server anyway.
- **SQLite lays out nothing ahead.** A claim needs a dozen pages of the store; room for caches that SQLite would write to
  when it is opened was 50 page faults.
- **Only what was chosen is read** from disk, and its hash compared with the index.

## How an index is built

- **Each byte is looked at few times.** Lines are found once; one pass finds for all forms of references where they may be,
  by the marks that they begin with and the words on each line; plain front matter is read without the YAML parser, which a
  test compares with it; the pieces of a body are counted once, and the cost of each section and of its shorter forms is put
  together from them.
- **Waiting is asked for ahead.** Pieces that the memo of pieces does not know are looked up in the token table sixteen at a
  time, so that their cache misses overlap; words and pieces are compared as one or two integers.
- **Files are looked at once.** Stamps come from the open file or folder, before it is read or listed.
- **What a build knows beforehand is compiled.** The router's lexicon is a table made when Cascade is built.
- **A changed file costs a changed file.** Without a changed folder the list of files is the one of the index. The tables
  of the registry are made of one part a manifest, which are copied from the old tables to the new ones, and what the router
  counted in each file is kept as notes beside its tables; only what changed is read, parsed and counted. A test compares
  the result with an index from nothing, byte for byte, after every step of random edits.

## What it gains today

Each taken away from the program of 2026-11-21, with the same binary, on a busy machine but with real-time priority; the least of 150
rounds, or of 7 for an index.

| without | |
| --- | --- |
| the start that asks the processor nothing (`GLIBC_TUNABLES=` set) | a hook costs 0.34 C++0 more |
| a program and a table that were written at once (written in pieces of 4 kB) | a hook costs 0.22 C++0 more |
| a second processor for the check | a hook costs 0.38 C++0 more |
| the check of the files | a hook costs 0.13 C++0 less |
| large pages for the heap of a build | a full index takes 5 % longer, one changed file 15 % |

The string functions of any x86-64, which the quick start takes, would make a full index 4 % slower; so `index` starts as usual.

## Where the index and the validator stand

Counts of instructions under callgrind do not change with what else a machine does. These are of the 760 manifests of the last
paragraph, one thread, on 2026-11-21; *first* is the program before forms of sections, marks of what was cut and guards against
forged marks, *most* the highest count since.

| work | first | most | now |
| --- | ---: | ---: | ---: |
| full index | 937 M | 1,125 M | 1,083 M |
| bundle from a prompt | 1.93 M | 3.07 M | 2.80 M |
| validate, no cache | – | 2,307 M | 2,207 M |
| validate --since with one changed file | – | 312 M | 166 M |

The goal of the full index was set for the first program. Timed in turn with gray-matter (nine rounds, one core, nothing
else running) it took 0.68 of it, the program of 1,125 M 0.84; by that slope 0.75 wants about 1,015 M. Of what was
added, finding what belongs together in a section takes 48 M, pricing marks 27 M and looking for forged ones 23 M; no
function alone takes more than 6 %. The program of 1,083 M has not been timed on a quiet machine yet. Counting tokens is
a fifth, the router's tables a quarter of it. A larger memo of pairs of bytes and another way of freeing small blocks
gave 0.2 % each and were not kept.

`validate --since` judges the tree twice, as it is and with the change taken back. Manifests whose stamps are those of the index are
not read, their hashes stand in it; the second time no file that is the same is read, and where nothing comes or goes no folder is
listed. Of 43 ms on one core, when it took 197 M instructions, `cascade-git` took 10, in a process of its own, the first round
21, the second 9; since then no tree is read where the index stands for that commit, and 4,400 of 14,800 calls of the system are gone.

## This run

{library}; {machine}. {skipped}
"""


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
