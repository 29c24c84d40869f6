#!/usr/bin/env python3
"""Measures Cascade on libraries of 1,000, 10,000 and 100,000 manifests (bench/library), and writes the table in
docs/performance.md.

    bench/scale.py PROGRAM FOLDER [COUNT...]

FOLDER keeps the libraries from run to run. Times are of processors, user and system together: what else a shared machine does
counts least there. Instructions are counted by valgrind where it is installed and the library has at most 10,000 manifests.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

SOURCE = pathlib.Path(__file__).resolve().parent.parent
MARK = ("<!-- measured: scale -->", "<!-- end -->")


class Library:
    def __init__(self, program, folder, count):
        self.program, self.count, self.root = program, count, folder / f"library-{count}"
        if not self.root.exists():
            subprocess.run([str(SOURCE / "bench/library"), str(count), str(self.root)], check=True)
        self.cache, self.home = folder / f"cache-{count}", folder / "home"
        self.home.mkdir(exist_ok=True)
        self.environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C", "CASCADE_CACHE": str(self.cache),
                            "XDG_STATE_HOME": "/dev/null/state"}
        skills = sorted((self.root / "skills").rglob("SKILL.md"))
        self.changed = skills[len(skills) * 3 // 5]
        self.name = self.changed.parent.name

    def run(self, *words, stdin=b"", before=()):
        """Seconds of processors, seconds gone by, peak memory in MB and the output."""
        command = [*before, self.program, "--root", str(self.root), *words]
        begin = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment)
        process.stdin.write(stdin)
        process.stdin.close()
        out, error = process.stdout.read(), process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            sys.exit(f"scale.py: {' '.join(words)} ended with {process.returncode}: {error.decode()}")
        return usage.ru_utime + usage.ru_stime, time.monotonic() - begin, usage.ru_maxrss * 1024 / 1e6, out.decode() + error.decode()

    def best(self, *words, rounds=15, **more):
        runs = [self.run(*words, **more) for _ in range(rounds)]
        return min(run[0] for run in runs), min(run[2] for run in runs)

    def instructions(self, *words):
        if not shutil.which("valgrind") or self.count > 10_000:
            return None
        *_, out = self.run(*words, before=["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"])
        return int(re.search(r"Collected : (\d+)", out)[1])

    def event(self, prompt):
        return json.dumps({"session_id": "00000000-0000-4000-8000-000000000001", "cwd": str(self.home), "hook_event_name": "UserPromptSubmit",
                           "transcript_path": "/nowhere.jsonl", "permission_mode": "default", "prompt": prompt}).encode()

    def change(self):
        """A sentence more, of words that the library has."""
        with open(self.changed, "a", encoding="utf-8") as file:
            file.write(f"Run the tests again after the release of {time.time_ns() % 10**6} commits.\n")

    def forget(self):
        shutil.rmtree(self.cache, ignore_errors=True)

    def index_size(self):
        return sum(path.stat().st_size for path in self.cache.iterdir() if path.name.endswith(".index")) / 1e6


def until_seen(library, pause):
    """How many hooks after a change it takes until one sends the changed file, and the seconds until then."""
    library.change()
    event, begin, hooks = library.event(f"use the {library.name} skill"), time.monotonic(), 0
    last = library.changed.read_text(encoding="utf-8").splitlines()[-1]
    while time.monotonic() - begin < 120:
        hooks += 1
        _, _, _, out = library.run("hook", stdin=event)
        if last in out:
            return hooks, time.monotonic() - begin
        time.sleep(pause)
    return hooks, float("inf")


def wait_for_background(library):
    """Until nothing runs for this library."""
    while any(str(library.root).encode() in path.read_bytes() for path in pathlib.Path("/proc").glob("[0-9]*/cmdline") if readable(path)):
        time.sleep(0.2)


def readable(path):
    try:
        return path.read_bytes().split(b"\0")[0].endswith(b"cascade")
    except OSError:
        return False


def measure(library):
    event, found = library.event(f"use the {library.name} skill"), {"manifests": library.count}
    library.forget()
    found["cold instructions"] = library.instructions("index", "-q")
    library.forget()
    cold, _, found["cold MB"], _ = library.run("index", "-q")
    found["cold s"], found["index MB"] = cold, library.index_size()
    time.sleep(0.1)
    library.run("index", "-q")  # nothing is racy any more
    found["scan s"], _ = library.best("index", "-q", rounds=5)
    found["scan instructions"] = library.instructions("index", "-q")
    found["hook trusted ms"], _ = (1000 * value for value in library.best("--freshness", "off", "hook", stdin=event))
    found["hook ms"], found["hook MB"] = library.best("hook", stdin=event)
    found["hook ms"] *= 1000
    found["hook full ms"] = 1000 * library.best("--freshness", "full", "hook", stdin=event, rounds=5)[0]
    wait_for_background(library)
    library.change()
    found["changed instructions"] = library.instructions("route", "review my change")
    changes = []
    for _ in range(3):
        library.change()
        changes.append(library.run("route", "review my change"))
    found["changed s"], found["changed elapsed s"] = min(run[0] for run in changes), min(run[1] for run in changes)
    found["changed MB"] = min(run[2] for run in changes)
    seen = []
    for _ in range(3):
        wait_for_background(library)
        seen.append(until_seen(library, 0.5))
    found["hooks until seen"], found["seen after s"] = min(seen)
    return found


def table(all_found, load):
    def row(name, form):
        return f"| {name} | " + " | ".join(form(found) for found in all_found) + " |"

    def share(found):
        by_time = (found["changed s"] - found["scan s"]) / (found["cold s"] - found["scan s"])
        text = f"{100 * by_time:.0f} % of the time"
        if found["cold instructions"]:
            count = {key: found[f"{key} instructions"] for key in ("cold", "scan", "changed")}
            text = f"{100 * (count['changed'] - count['scan']) / (count['cold'] - count['scan']):.1f} % of the instructions, " + text
        return text

    rows = [
        row("cold index: processors", lambda f: f"{f['cold s']:.2f} s"),
        row("cold index: peak memory", lambda f: f"{f['cold MB']:.0f} MB"),
        row("size of the index", lambda f: f"{f['index MB']:.0f} MB"),
        row("look at all files, nothing changed", lambda f: f"{f['scan s']:.2f} s"),
        row("hook, index trusted", lambda f: f"{f['hook trusted ms']:.0f} ms"),
        row("hook as it is", lambda f: f"{f['hook ms']:.0f} ms, {f['hook MB']:.0f} MB"),
        row("hook that looks at every file (`--freshness full`)", lambda f: f"{f['hook full ms']:.0f} ms"),
        row("`route` after one changed file: processors", lambda f: f"{f['changed s']:.2f} s, {f['changed MB']:.0f} MB"),
        row("the same, gone by", lambda f: f"{f['changed elapsed s']:.2f} s"),
        row("of a cold index, both without the look at the files", share),
        row("a changed file is in the answer of", lambda f: f"hook {f['hooks until seen']}, after {f['seen after s']:.1f} s"),
    ]
    head = "| manifests | " + " | ".join(f"{found['manifests']:,}" for found in all_found) + " |"
    return "\n".join([head, "| --- |" + " --- |" * len(all_found), *rows,
                      "", f"Processor times are user and system; load of the machine, which has {os.cpu_count()} processors: {load:.0f}."])


def main():
    program, folder = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    all_found = []
    for count in [int(word) for word in sys.argv[3:]] or [1_000, 10_000, 100_000]:
        all_found.append(measure(Library(program, folder, count)))
        print(json.dumps(all_found[-1]), flush=True)
    page = SOURCE / "docs/performance.md"
    before, rest = page.read_text(encoding="utf-8").split(MARK[0])
    page.write_text(before + MARK[0] + "\n\n" + table(all_found, os.getloadavg()[1]) + "\n\n" + MARK[1] + rest.split(MARK[1], 1)[1],
                    encoding="utf-8")


main()
