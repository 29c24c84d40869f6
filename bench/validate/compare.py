#!/usr/bin/env python3
"""cascade validate against the client's validator: the same tree, turn by turn, in one run.

Without a tree, the repository's library is copied under new names until there are 760 manifests, as one plugin. Both
programs start cold (neither has an index or a cache of its own; the files are in the system's cache for both). Printed are
the least and the median wall time, the least processor time and the largest memory of each, and the ratios.

usage: bench/validate/compare.py [--runs N] [--client PROGRAM] [--cascade PROGRAM] [TREE]
Exit 0; 1 when cascade is not three times as fast (least wall time) or needs 100 MB; 77 where there is no client.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parents[2]
MANIFESTS = 760


def copy_library(into):
    """Copies of the shipped manifests, each under a name of its own; returns how many."""
    (into / ".claude-plugin").mkdir()
    plugin = {"name": "many", "version": "1.0.0", "description": "many manifests"}
    (into / ".claude-plugin/plugin.json").write_text(json.dumps(plugin))
    sources = sorted(p for kind in ("skills", "agents", "commands") for p in (HERE / kind).rglob("*.md")
                     if kind != "skills" or p.name == "SKILL.md")
    count = 0
    for turn in range(99):
        for source in sources:
            if count == MANIFESTS:
                return count
            inside = source.relative_to(HERE)
            suffix = f"-{turn}" if turn else ""
            if inside.parts[0] == "skills":
                target = into / "skills" / (inside.parts[1] + suffix) / "SKILL.md"
            else:
                target = into / inside.parent / (inside.stem + suffix + ".md")
            target.parent.mkdir(parents=True, exist_ok=True)
            text = source.read_text()
            target.write_text(re.sub(r"^name: (.+)$", rf"name: \g<1>{suffix}", text, count=1, flags=re.M))
            count += 1
    return count


def count_manifests(tree):
    return sum(1 for p in tree.rglob("*.md") if p.name == "SKILL.md" or {"agents", "commands"} & set(p.parts))


def run(command, environment):
    """Wall seconds, processor seconds, kilobytes at most."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    if process.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("tree", nargs="?", type=pathlib.Path)
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--cascade", default=str(HERE / "build/release/cascade"))
    options.add_argument("--client", default="")
    given = options.parse_args()
    client = given.client
    if not client:
        found = subprocess.run([HERE / "scripts/client"], capture_output=True, text=True, check=False)
        if found.returncode != 0:
            print(f"skipped: {found.stderr.strip()}")
            return 77
        client = found.stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder) / "home"
        home.mkdir()
        tree = given.tree
        if tree is None:
            tree = pathlib.Path(folder) / "many"
            tree.mkdir()
            copy_library(tree)
        environment = dict(os.environ, HOME=str(home), DISABLE_AUTOUPDATER="1",
                           CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC="1")
        programs = {"cascade": [given.cascade, "validate", "--no-cache", str(tree)],
                    "client": [client, "plugin", "validate", str(tree)]}
        times = {name: [] for name in programs}
        for _ in range(given.runs + 1):  # the first turn warms the system's cache
            for name, command in programs.items():
                times[name].append(run(command, environment))
        print(f"{count_manifests(tree)} manifests, {given.runs} runs each")
        least = {}
        for name in programs:
            walls = sorted(t[0] for t in times[name][1:])
            cpu, memory = min(t[1] for t in times[name][1:]), max(t[2] for t in times[name][1:])
            least[name] = (walls[0], cpu, memory)
            print(f"{name:8} wall {walls[0] * 1000:7.0f} ms least, {walls[len(walls) // 2] * 1000:7.0f} ms median;"
                  f" processor {cpu * 1000:7.0f} ms; memory {memory / 1024:6.1f} MB")
        faster = least["client"][0] / least["cascade"][0]
        print(f"cascade is {faster:.1f} times as fast (wall), {least['client'][1] / least['cascade'][1]:.1f} times"
              f" (processor), and needs {least['cascade'][2] / least['client'][2]:.2f} of the memory")
        return 0 if faster >= 3 and least["cascade"][2] < 100 * 1024 else 1


if __name__ == "__main__":
    sys.exit(main())
