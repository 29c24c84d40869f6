#!/usr/bin/env python3
"""Writes docs/performance.md and docs/charts/performance.svg from what measure.py measured.

    report.py RESULTS.json SOURCE_TREE MACHINE
"""
import json
import pathlib
import sys
from xml.sax.saxutils import escape

PAGE = """# Performance

Cascade starts a new process for every prompt and for every tool call of every agent. What counts is therefore one cold
process: start, map the index, see what changed on disk, route, resolve, pack, print, exit. This page explains how that path is
built and what it costs. `scripts/bench` measures everything again and writes this page and its chart.

![Cost of one process, in units of an empty C++ program](charts/performance.svg)

## The unit

**C++0** is an empty C++ program that prints one line with iostream, linked as compilers link by default. It took
{base_ms} ms and {base_faults} page faults in the run below. Each row of the first table is the shortest time of many cold
processes divided by the shortest time of C++0, measured alternately in one run: absolute times on a shared machine mean
little, but ratios hold. The program is measured as it is installed. Before anything is timed, its answer is compared with the
answer of a run without an index.

## One process

{hot}

The goals are gates: a row above its goal, or with more than 100 page faults, is marked, and `scripts/bench --gate` fails on
it. For scale:

{peers}

## Index and counter

{index}

A full build reads every file, parses front matter and outline, finds references, counts each section exactly, binds the
references and makes the router's tables. gray-matter only parses the front matter. Both run on one core, alternately. The p99
of `load` is the lowest of three rounds; rounds with new conversations and rounds with one conversation alternate.

{counters}

The counters work on text in memory, on one thread, after a first round. All counters in the list give the same number of
tokens, or differ by no more than five over the whole library.

{large}

## How the hot path is built

- **The program is static and written in one call.** No shared library has to be found or relocated. Everything that runs
  before `main` is on record (`tests/architecture/program_start.txt`), and a test fails if something is added. Linkers and
  installers write a file in small steps, which leaves it in the page cache as single pages. `cmake/write_whole.sh` writes the
  program and the token table again with one call each, which cuts the cost of a page fault on them to a tenth (Linux 6.18 on
  ext4: 0.12 instead of 1.9 microseconds). That works only while the system has large pages to give: written while compilers
  had fragmented the memory, the same program needed a quarter more time for a hook.
- **The start does not query the processor.** glibc's start executes CPUID 68 times, to learn the cache sizes and to choose its
  string functions. Under a hypervisor each CPUID leaves the virtual machine. At 6.5 microseconds each (Linux 6.18, where this
  page was measured) that is 0.37 C++0 of every start, and C++0 itself pays as much. For the verbs that clients wait for, the
  program starts the C library itself and uses the string functions that run on any x86-64 (`src/program/cli/quick_start.cpp`). Where
  CPUID is cheap, this gains nothing. It knows glibc 2.36 and is tried when the build is configured; with another C library the
  program starts as usual.
- **The functions of an answer lie side by side.** The linker gets a list of them (`cmake/hot_path.ld`), so that a start maps a
  third of the code pages that it would map otherwise. `scripts/hot-path` makes the list from runs under callgrind; a test fails
  once the list is too old.
- **Nothing is parsed.** The index is mapped and read in place: fixed records, offsets instead of pointers, each offset checked
  when it is followed ([index](formats/index.md)). yaml-cpp runs only for files that have changed.
- **A sealed index is trusted.** The checksums of an index are compared only if its modification time is not the one that its
  writer gave it since the machine started. Checking them every time would cost as much as the answer.
- **The files are checked while the answer is made.** The check is a series of `stat` calls, started from the folder where a
  folder holds many files. From 512 files and folders on, a second thread starts it while the first one routes, resolves and
  packs; then the first thread helps. It never waits for a thread that has not started: on a busy machine it does the work
  alone. Nothing is printed or entered in the ledger before the check has ended. If a file has changed, the answer is made
  again from the files as they are now.
- **The prompt is read once.** Its words are turned into terms of the router's tables and kept; sections are judged by the same
  terms.
- **Costs are in the index.** Sections and the heads of manifests are counted when they are indexed, exactly as they will be
  printed. Packing needs no vocabulary, and the finished text costs the sum of its pieces ([bundle](bundle.md#what-it-costs)).
  Builds with assertions count the finished text as well.
- **Few remembered facts are looked at closely.** A hook that recalls reads the postings of the prompt's words for the facts'
  sums alone. All else is gathered for the facts whose sum allows the best score, or whose likeness and sum can bring them among
  the best: 93 of 5,000 in the row above. Records of all that is known of each fact cost 29 page faults and 11 to 20 % of the time
  that recalling takes.
- **Rare work is in other programs.** `cascade-git` holds libgit2 and starts only for git commands that write. It is static and
  contains nothing that opens a connection: loading the eighteen shared libraries of libgit2 took 5 C++0, its answer takes 0.3.
  `cascade-postgres` is dynamic, because it waits for a server anyway.
- **SQLite allocates no caches ahead.** A claim needs a dozen pages of the store. The caches that SQLite would fill on opening
  cost 50 page faults.
- **Only chosen sections are read** from disk; their hash is compared with the one in the index.

## How an index is built

- **Each byte is read few times.** Lines are found once. Passes over 64 bytes at a time find the places where references
  of any form can be, by the characters that begin them and by parts of the words that they need. Plain front matter is read
  without the YAML parser, and a test compares the two. The tokens of a body are counted once; the costs of its sections and
  their shorter forms are sums of parts.
- **Cache misses are few and overlap.** A search in the token table reads one line of memory, nearly always
  ([format](formats/vocabulary.md)). Sixteen pieces that the memo does not know are looked up and merged in turns: what a turn
  reads was asked for in the turn before. Words and pieces are compared as one or two integers.
- **A section is priced once.** Libraries made from templates repeat their sections: of those measured here half stand in an
  earlier manifest. Their tokens, their shorter forms and the cost of their heading come from what was found out there, after their
  texts were compared (`src/library/manifest/section_memo.cpp`).
- **A file is looked at once.** Its stamp comes from the open file or folder, before it is read or listed.
- **Freed blocks are kept.** A full index asks for 330,000 blocks of memory, nearly all of at most 504 bytes and freed soon. The program
  keeps them in a list for each size (`src/program/cli/small_blocks.cpp`), and asks malloc only if a list is empty.
- **Work that does not depend on the library is done at compile time.** The router's lexicon is a table made when Cascade is
  built.
- **A changed file costs a changed file.** Unless a folder has changed, the list of files comes from the old index. The
  registry's tables consist of one part for each manifest, copied from the old tables to the new ones, and the router's counts
  of each file are kept next to its tables. Only changed files are read, parsed and counted. A test compares the result with a
  new index, byte for byte, after every step of random edits.

## What each mechanism gains today

Each was switched off in the same program, on a busy machine but with real-time priority; the shortest of 150 rounds for a hook,
of 7 to 12 for an index. The list of functions and the two rows behind it are of 2026-11-22, the
lists of blocks and the last row of the day after, the others of the day before.

| without | |
| --- | --- |
| the start that does not query the processor (`GLIBC_TUNABLES=` set) | a hook costs 0.34 C++0 more |
| writing the program and the table in one call (written in pieces of 4 kB) | a hook costs 0.22 C++0 more |
| a second processor for the check | a hook costs 0.38 C++0 more |
| the check of the files | a hook costs 0.13 C++0 less |
| large pages for the heap of a build | a full index takes 5 % longer, one changed file 15 % |
| the list of functions that lie side by side | a hook takes 8 to 10 % longer, 84 instead of 72 page faults |
| the memo of pieces | a full index takes 72 % longer |
| the reader of plain front matter | a full index takes 19 % longer |
| the lists of freed blocks | a full index takes 3 to 4 % longer |
| the memo of sections | a full index takes 4 % longer; in a library that repeats nothing, 0.6 % fewer instructions |

The string functions for any x86-64, which the quick start uses, would make a full index 4 % slower; `index` therefore starts as
usual.

## Where the index and the validator stand

A full index of the 760 manifests named below executes 955 M instructions; when its goal was set it executed 937 M. The
[measurements](measurements.md#the-full-index) have its share of gray-matter's time.

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
