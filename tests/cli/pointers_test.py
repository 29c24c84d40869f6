#!/usr/bin/env python3
"""Every command and page that the program prints is there.

pointers_test.py PROGRAM SOURCE. Follows what stands in the string literals of src/, in the scripts of the pages and in the pages that
`--help` and `help TOPIC` show: the verb has a page, an option and an action are the verb's, a topic of `help` is known, a file of docs/ exists.
"""
import functools
import os
import pathlib
import re
import subprocess
import sys

LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'')
COMMAND = re.compile(r"(?<![\w./-])cascade ([a-z][a-z-]*)\b([^`'|\n]*?)(?= to | and |[`'|\n,;)]|$)")
POINTS = re.compile(r"(?:[`'(]|\brun |\bhelp: )$")  # what stands before a command that is meant as one; elsewhere "cascade" is a name
GLOBAL = {"--format", "--root", "--quiet", "--help", "--version", "--timings", "--model", "--freshness", "--color"}

# Their first word is one that their page names.
ACTING = {"effects", "explain", "gate", "guard", "lease", "library", "listing", "memory", "page", "playbook", "session", "skills", "step",
          "trust", "usage"}


@functools.lru_cache(maxsize=None)
def asked(program, *words):
    done = subprocess.run([program, *words], capture_output=True, text=True, timeout=60, check=False,
                          env={"PATH": os.environ["PATH"], "HOME": "/nowhere", "CASCADE_CACHE": ""})
    return done.returncode, done.stdout


def texts(source):
    for path in sorted((source / "src").rglob("*")):
        if path.suffix not in {".cpp", ".h", ".js"} or "tests" in path.parts:
            continue
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("//")]
        # Neighbouring literals are one.
        joined = re.sub(r'"\s*\n\s*"', "", "\n".join(lines))
        for found in LITERAL.finditer(joined):
            yield path, (found.group(1) or found.group(2) or "").replace('\\"', '"').replace("\\n", "\n"), True
    for page in sorted((source / "docs/cli").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        for code in re.findall(r"`([^`\n]+)`", text) + re.findall(r"^(cascade .*?)(?:   .*)?$", text, re.M):
            yield page, code, False


def faults_of(program, source, text, verbs):
    for found in COMMAND.finditer(text):
        verb, rest = found.groups()
        if verb not in verbs:
            if POINTS.search(text[:found.start()]) or (rest and found.start() == 0 and re.fullmatch(r"(?: --\S+| [A-Z]+)*", rest)):
                yield f"cascade {verb}: no such verb"
            continue
        known = GLOBAL | set(re.findall(r"--[a-z-]+", verbs[verb]))
        for option in re.findall(r"(?<=\s)--[a-z][a-z-]+", " " + rest.split(" cascade ")[0]):
            if option not in known:
                yield f"cascade {verb} {option}: no such option"
        action = re.match(r" ([a-z]+)(?= |$)", rest) if verb in ACTING else None
        if action and not re.search(rf"\b{action.group(1)}\b", asked(program, verb, "--help")[1]):
            yield f"cascade {verb} {action.group(1)}: the page of {verb} does not name it"
        topic = re.match(r" (?:topic )?([a-z-]+)\b", rest) if verb == "help" else None
        if topic and topic.group(1) not in {"topic", "topics"} and asked(program, "help", topic.group(1))[0] != 0:
            yield f"cascade help {topic.group(1)}: nothing is known of it"
    for path in re.findall(r"(?:\bsee |\()(docs/[\w./-]+\.md)", text):
        if not (source / path).is_file():
            yield f"{path}: there is no such file"


def main():
    program, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    names = {page.stem for page in (source / "docs/cli").glob("*.md")} | {"bug", "names"}
    verbs = {name: asked(program, name, "--list-options")[1] for name in sorted(names) if name not in {"bug"}}
    verbs = {name: options for name, options in verbs.items() if name == "help" or asked(program, "help", name)[0] == 0}
    faults, followed = set(), 0
    for path, text, _ in texts(source):
        followed += len(COMMAND.findall(text))
        faults |= {f"{path.relative_to(source)}: {fault}" for fault in faults_of(program, source, text, verbs)}
    print(*sorted(faults), sep="\n")
    print(f"{followed} commands followed, {len(faults)} lead nowhere")
    return 1 if faults or followed < 400 else 0


if __name__ == "__main__":
    sys.exit(main())
