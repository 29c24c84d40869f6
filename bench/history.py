#!/usr/bin/env python3
"""Compares `cascade metrics` with `git log --numstat` on a generated history, both in one run, and the sums of both.

    history.py CASCADE [COMMITS]         100,000 commits unless told otherwise

The history is the same for everybody: 2,400 files, one to three of them changed by each commit, a merge now and then. Each
program runs three times, by turns; minima are compared, because what else a machine does slows both.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
import time

WORDS = "alpha beta gamma delta return value if else for while int size count index name path file open close read".split()
MERGE_EVERY = 40


def write_history(out, commits):
    r = random.Random(7)
    paths = [f"src/m{a:02d}/s{b}/f{c:02d}.c" for a in range(40) for b in range(5) for c in range(12)]
    line = lambda: " ".join(r.choice(WORDS) for _ in range(r.randint(2, 9))) + ";"
    files, time_now = {}, 1_500_000_000
    for mark in range(1, commits + 1):
        time_now += r.randint(60, 4_000)
        who = b"A%d <a%d@example.org> %d +0000" % (mark % 17, mark % 17, time_now)
        message = b"Change %d" % mark
        out.write(b"commit refs/heads/main\nmark :%d\nauthor %b\ncommitter %b\ndata %d\n%b\n" % (
            mark, who, who, len(message), message))
        if mark > 3:
            out.write(b"from :%d\n" % (mark - 1))
            if mark % MERGE_EVERY == 0:
                out.write(b"merge :%d\n" % (mark - 3))
                continue
        elif mark > 1:
            out.write(b"from :%d\n" % (mark - 1))
        for _ in range(r.choice([1, 1, 1, 2, 2, 3])):
            path = r.choice(paths)
            text = files.get(path)
            if text is None:
                text = files[path] = [line() for _ in range(r.randint(20, 300))]
            else:
                for _ in range(r.randint(1, 4)):
                    at, gone = r.randrange(len(text) + 1), r.randint(0, 6)
                    text[at:at + gone] = [line() for _ in range(r.randint(0, 7))]
            data = ("\n".join(text) + "\n").encode()
            out.write(b"M 100644 inline %b\ndata %d\n%b\n" % (path.encode(), len(data), data))


def make_repository(folder, commits):
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", folder], check=True)
    importer = subprocess.Popen(["git", "-C", folder, "fast-import", "--quiet"], stdin=subprocess.PIPE)
    write_history(importer.stdin, commits)
    importer.stdin.close()
    if importer.wait() != 0:
        sys.exit("git fast-import failed")


def timed(words):
    begin = time.monotonic()
    run = subprocess.run(words, stdout=subprocess.PIPE, check=True)
    return time.monotonic() - begin, run.stdout


def sums(numstat):
    added = deleted = 0
    for row in numstat.split(b"\n"):
        columns = row.split(b"\t")
        if len(columns) == 3 and columns[0] != b"-":
            added += int(columns[0])
            deleted += int(columns[1])
    return added, deleted


def main():
    cascade, commits = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        make_repository(folder, commits)
        ours, theirs = [], []
        for _ in range(3):
            seconds, document = timed([cascade, "metrics", folder, "--format", "json"])
            ours.append(seconds)
            seconds, numstat = timed(["git", "-C", folder, "log", "--numstat", "--format="])
            theirs.append(seconds)
        figures = {one["name"]: one["value"] for one in json.loads(document)["figures"]}
        found = (figures["lines_added"], figures["lines_deleted"])
        if found != sums(numstat) or figures["commits"] != commits:
            sys.exit(f"different sums: {found} of {figures['commits']} commits, git has {sums(numstat)}")
    print(f"{commits} commits, {found[0]} lines added, {found[1]} deleted, the same in both")
    print(f"cascade metrics         {min(ours):6.2f} s")
    print(f"git log --numstat       {min(theirs):6.2f} s")


if __name__ == "__main__":
    main()
