#!/usr/bin/env python3
"""Tries a regular expression on a table of lines that must and must not match, and measures whether it stays quick.

usage: try_pattern.py [--engine python|node|grep] [--whole] PATTERN CASES.tsv
  --engine   python (re, the default), node (flag u), grep (grep -E; no groups)
  --whole    the pattern must cover the whole line

CASES.tsv: one case a line, `yes TAB text [TAB expected]` or `no TAB text`; \\n and \\t stand for a line break and a tab, empty lines and
lines with # are skipped. `expected` is the group named id, else the first group, else the whole match. Each text is then blown up (a
character or a word of it is repeated, its end spoilt) and tried at growing lengths.

Exit 0: all right; 1: at least one line judged wrongly or slow; 2: the pattern or the table cannot be read.
"""
import argparse
import json
import subprocess
import sys

LENGTHS, SECONDS = (500, 1000, 2000, 4000), 5

PYTHON = r"""
import json, re, sys, time
job = json.load(sys.stdin)
try:
    pattern = re.compile(job["pattern"])
except re.error as error:
    print(error, file=sys.stderr); sys.exit(2)
find = pattern.fullmatch if job["whole"] else pattern.search
for text in job["texts"]:
    start = time.process_time(); hit = find(text); took = time.process_time() - start
    taken = hit and (hit["id"] if "id" in pattern.groupindex else hit[1] if pattern.groups else hit[0])
    print(json.dumps([bool(hit), taken, took]), flush=True)
"""
NODE = r"""
const job = JSON.parse(require("fs").readFileSync(0, "utf8"));
let pattern;
try { pattern = new RegExp(job.whole ? `^(?:${job.pattern})$` : job.pattern, "u"); } catch (e) { console.error(e.message); process.exit(2); }
for (const text of job.texts) {
  const start = process.hrtime.bigint(), hit = pattern.exec(text), took = Number(process.hrtime.bigint() - start) / 1e9;
  const taken = hit && (hit.groups?.id ?? (hit.length > 1 ? hit[1] : hit[0]));
  console.log(JSON.stringify([hit !== null, taken ?? null, took]));
}
"""


def run(engine, pattern, whole, texts):
    """What the engine answers to each text: [matched, taken, seconds]; fewer answers than texts where one took too long."""
    if engine == "grep":
        answers = []
        for text in texts:
            done = subprocess.run(["grep", "-E"] + ["-x"] * whole + ["-e", pattern], input=text + "\n", text=True, capture_output=True)
            if done.returncode > 1:
                sys.exit((print(done.stderr.strip()), 2)[1])
            answers.append([done.returncode == 0, None, 0.0])
        return answers
    command = ["node", "-e", NODE] if engine == "node" else [sys.executable, "-c", PYTHON]
    job = json.dumps({"pattern": pattern, "whole": whole, "texts": texts})
    try:
        done = subprocess.run(command, input=job, text=True, capture_output=True, timeout=SECONDS + len(texts) / 400)
        out, status = done.stdout, done.returncode
    except subprocess.TimeoutExpired as late:
        out, status = (late.stdout or b"").decode(), 0
    if status:
        sys.exit((print("the pattern cannot be read:", done.stderr.strip().splitlines()[-1]), 2)[1])
    return [json.loads(line) for line in out.splitlines() if line.endswith("]")]


def cases_of(path):
    cases = []
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.replace("\\n", "\n").replace("\\t", "\t") for field in line.split("\t")]
        if fields[0] not in ("yes", "no") or not 2 <= len(fields) <= 3:
            sys.exit((print(f"{path}:{number}: `yes TAB text [TAB expected]` or `no TAB text` is meant"), 2)[1])
        cases.append((number, *fields, *[None] * (3 - len(fields))))
    kinds = {case[1] for case in cases}
    if kinds != {"yes", "no"}:
        sys.exit((print(f"{path}: lines of both kinds are needed"), 2)[1])
    return cases


def blown_up(texts):
    """Texts in four lengths each: characters and words of the cases repeated, with an end that fits nothing."""
    pieces = []
    for text in texts:
        words = text.split()
        pieces += [word[:1] for word in words] + [word[-1:] for word in words] + words + [" ".join(words[:2]) + " "]
    pieces = sorted({piece for piece in pieces if piece})[:60] + ["a", "0", " ", "aA0", "\t"]
    heads = ["", *sorted({text[:half] for text in texts for half in (1, len(text) // 2)})[:8]]
    return [[(head + piece * (length // len(piece) + 1))[:length] + "\u0001" for length in LENGTHS]
            for head in heads for piece in pieces]


def too_much(took):
    return took[-1] > 0.2 or took[-1] > 0.02 and took[-1] > 5 * took[-2]


def slow_text(options, texts):
    rows = blown_up(texts)
    flat = [text for row in rows for text in row]
    answers = run(options.engine, options.pattern, options.whole, flat)
    if len(answers) < len(flat):
        return flat[len(answers)], "no end"
    for at, row in enumerate(rows):
        took = [answer[2] for answer in answers[4 * at:4 * at + 4]]
        if too_much(took):                         # once more: the machine may have been busy
            again = run(options.engine, options.pattern, options.whole, row)
            if len(again) < len(row):
                return row[len(again)], "no end"
            took = [min(a, b[2]) for a, b in zip(took, again)]
            if too_much(took):
                return row[3], f"{took[-1] * 1000:.0f} ms"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--engine", choices=("python", "node", "grep"), default="python")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("pattern")
    parser.add_argument("cases")
    options = parser.parse_args()
    cases = cases_of(options.cases)
    answers = run(options.engine, options.pattern, options.whole, [case[2] for case in cases])
    faults = 0
    for (number, wish, text, expected), (hit, taken, _) in zip(cases, answers):
        fault = None
        if hit != (wish == "yes"):
            fault = "matches" if hit else "does not match"
        elif expected is not None and options.engine != "grep" and taken != expected:
            fault = f"takes {taken!r} instead of {expected!r}"
        if fault:
            faults += 1
            print(f"{options.cases}:{number}: {fault}: {text!r}")
    if len(answers) < len(cases):
        print(f"{options.cases}:{cases[len(answers)][0]}: no end within {SECONDS} s")
        return 1
    slow = options.engine != "grep" and slow_text(options, [case[2] for case in cases])
    if slow:
        print(f"slow: {slow[1]} for {len(slow[0])} characters that begin with {slow[0][:24]!r}")
    print(f"{len(cases) - faults} of {len(cases)} lines right" + ("" if slow else ", quick on long input"))
    return int(bool(faults or slow))


sys.exit(main())
