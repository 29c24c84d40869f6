"""Figures of a history by `git log` alone: written without a look at src/metrics, from docs/metrics.md.

Used by metrics_test.py. It may be slow; it must be plain.
"""

import collections
import fnmatch
import heapq
import os
import re
import subprocess

DAY = 86400
VENDORED = {".yarn", "3rdparty", "bower_components", "godeps", "node_modules", "pods", "third-party", "third_party",
            "thirdparty", "vendor", "vendored"}
GENERATED = {"__generated__", "dist", "generated"}
LOCKS = """bun.lock bun.lockb cargo.lock composer.lock conan.lock deno.lock flake.lock gemfile.lock go.sum go.work.sum
gradle.lockfile mix.lock npm-shrinkwrap.json package-lock.json package.resolved packages.lock.json paket.lock pdm.lock
pipfile.lock pnpm-lock.yaml podfile.lock poetry.lock pubspec.lock .terraform.lock.hcl uv.lock yarn.lock""".split()
MADE_BY_PROGRAMS = """*.bundle.js *.designer.cs *.freezed.dart *.g.dart *.generated.* *.js.map *.css.map *.min.css
*.min.js *.min.mjs *.pb.cc *.pb.go *.pb.h *.snap *_generated.* *_pb2.py *_pb2.pyi *_pb2_grpc.py""".split()


class Torn(Exception):
    """git itself could not read the history."""


def git(repository, *words, text=True, check=True):
    environment = dict(os.environ, GIT_ALLOW_PROTOCOL="none", LC_ALL="C")
    run = subprocess.run(["git", "-C", repository, "-c", "core.quotePath=false", *words], env=environment,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if check and run.returncode != 0:
        raise Torn(run.stderr.decode("utf-8", "replace"))
    return run.stdout.decode("utf-8", "surrogateescape") if text else run.stdout


class File:
    """One file of one commit: `old` and `new` are the names of its contents, `minus` and `plus` its hunks' lines."""

    def __init__(self, status, old, new, old_mode, new_mode, path):
        self.status, self.old, self.new, self.path = status, old, new, path
        self.is_module = "160000" in (old_mode, new_mode)
        self.hunks, self.is_binary = [], False

    def lines(self, which):
        return [line for hunk in self.hunks for line in hunk[which]]


class Commit:
    def __init__(self, head):
        self.id, parents, self.time, self.author_time, self.mail, self.body = head.split("\x01", 5)
        self.parents, self.time, self.author_time = parents.split(), int(self.time), int(self.author_time)
        self.subject = self.body.split("\n")[0]
        self.files = []


def read_patch(text, commit):
    by_path, lines, at = {}, text.split("\n"), 0
    current = None
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith(":"):
            old_mode, new_mode, old, new, rest = line[1:].split(" ", 4)
            status, path = rest.split("\t")
            file = File(status[0], old, new, old_mode, new_mode, path)
            commit.files.append(file)
            by_path[path] = file
        elif line.startswith("diff --git "):
            half = line[len("diff --git "):]
            current = by_path[half[2:(len(half) - 1) // 2]]
        elif line.startswith("Binary files "):
            current.is_binary = True
        elif line.startswith("@@ "):
            old, new = (int(n or 1) for n in re.match(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@", line).groups())
            minus, plus = [], []
            while old > 0 or new > 0:
                line = lines[at]
                at += 1
                if line.startswith("-"):
                    minus.append(line[1:])
                    old -= 1
                elif line.startswith("+"):
                    plus.append(line[1:])
                    new -= 1
            current.hunks.append((minus, plus))


def read_history(repository, revision="HEAD"):
    """Commits, parents first, then by committer's time, then by id."""
    text = git(repository, "log", "--format=%x02%H%x01%P%x01%ct%x01%at%x01%aE%x01%B%x03", "--raw", "--no-abbrev", "-p",
               "-U0", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--diff-algorithm=myers",
               "--submodule=short", "--ignore-submodules=none", revision)
    commits = {}
    for piece in text.split("\x02")[1:]:
        head, patch = piece.split("\x03", 1)
        commit = Commit(head)
        commits[commit.id] = commit
        read_patch(patch, commit)
    children, waits = collections.defaultdict(list), {}
    for commit in commits.values():
        here = [parent for parent in commit.parents if parent in commits]
        waits[commit.id] = len(here)
        for parent in here:
            children[parent].append(commit.id)
    ready = [(commit.time, commit.id) for commit in commits.values() if waits[commit.id] == 0]
    heapq.heapify(ready)
    order = []
    while ready:
        _, at = heapq.heappop(ready)
        order.append(commits[at])
        for child in children[at]:
            waits[child] -= 1
            if waits[child] == 0:
                heapq.heappush(ready, (commits[child].time, child))
    return order


def bare(line):
    return re.sub(r"[ \t\n\v\f\r]", "", line)


def moved_lines(commit):
    """By path: added lines in runs of three or more that the commit deletes elsewhere, with twenty letters or digits."""
    deleted = []
    for file in commit.files:
        for minus, _ in file.hunks:
            deleted.append(None)
            deleted += [bare(line) for line in minus]
        deleted.append(None)
    places = collections.defaultdict(list)
    for at, line in enumerate(deleted):
        if line is not None:
            places[line].append(at)
    taken, moved = set(), collections.Counter()
    for file in commit.files:
        for _, plus in file.hunks:
            added, at = [bare(line) for line in plus], 0
            while at < len(added):
                best, best_at = 0, 0
                for place in [place for place in places[added[at]] if place not in taken][:16]:
                    length = 0
                    while (at + length < len(added) and place + length < len(deleted)
                           and place + length not in taken and deleted[place + length] == added[at + length]):
                        length += 1
                    if length > best:
                        best, best_at = length, place
                letters = sum(len(re.findall(r"[A-Za-z0-9]", line)) for line in added[at:at + best])
                if best < 3 or letters < 20:
                    at += best if best > 64 else 1
                    continue
                taken.update(range(best_at, best_at + best))
                moved[file.path] += best
                at += best
    return moved


def attribute_rules(repository, revision):
    """(folder, pattern, words) of every .gitattributes of the revision, in the order in which later ones win."""
    rules = []
    names = git(repository, "ls-tree", "-r", "--name-only", revision).split("\n")
    for name in sorted((n for n in names if n.split("/")[-1] == ".gitattributes"), key=lambda n: n.count("/")):
        for line in git(repository, "show", f"{revision}:{name}").split("\n"):
            words = line.split()
            if words and not words[0].startswith("#"):
                rules.append((name[:-len(".gitattributes")], words[0], words[1:]))
    return rules


def attributes_of(path, rules):
    found = {}
    for folder, pattern, words in rules:
        if not path.startswith(folder):
            continue
        rest = path[len(folder):]
        name = rest if "/" in pattern.strip("/") else rest.split("/")[-1]
        if pattern.endswith("/**"):
            fits = rest.startswith(pattern[:-2])
        else:
            fits = name.count("/") == pattern.lstrip("/").count("/") and fnmatch.fnmatchcase(name, pattern.lstrip("/"))
        if fits:
            for word in words:
                found[word.lstrip("-!").split("=")[0]] = not (word.startswith("-") or word.endswith("=false"))
    return found


def is_authored(file, rules, new_text):
    said = attributes_of(file.path, rules)
    folders, name = file.path.lower().split("/")[:-1], file.path.lower().split("/")[-1]
    if file.is_module or "version https://git-lfs.github.com/spec/" in new_text[:60]:
        return False
    if said.get("linguist-generated") or said.get("linguist-vendored"):
        return False
    if said.get("linguist-vendored") is not False and VENDORED.intersection(folders):
        return False
    if said.get("linguist-generated") is False:
        return True
    if GENERATED.intersection(folders) or name in LOCKS:
        return False
    if any(fnmatch.fnmatchcase(name, pattern) for pattern in MADE_BY_PROGRAMS):
        return False
    head = new_text[:1000]
    return not ("@generated" in head or ("ode generated by " in head and "DO NOT EDIT" in head))


def patch_ids(repository, revision):
    """Commit to patch id, as git computes it; commits without a patch have none."""
    log = git(repository, "log", "-p", "--no-merges", "--no-renames", "--full-index", revision, text=False)
    run = subprocess.run(["git", "-C", repository, "patch-id", "--stable"], input=log, stdout=subprocess.PIPE, check=True)
    return dict(reversed(line.split()) for line in run.stdout.decode().split("\n") if line)


def numstat(repository, revision, *words):
    """Commit to its sums, as git prints them."""
    sums = {}
    for line in git(repository, "log", "--numstat", "--format=%x02%H", *words, revision).split("\n"):
        if line.startswith("\x02"):
            sums[line[1:]] = at = [0, 0]
        elif line and not line.startswith("-"):
            at[0] += int(line.split("\t")[0])
            at[1] += int(line.split("\t")[1])
    return sums


def measure(repository, revision="HEAD"):
    """A dictionary of numbers for each commit, in order."""
    commits, rules, ids = read_history(repository, revision), attribute_rules(repository, revision), patch_ids(
        repository, revision)
    plain, without_renames = numstat(repository, revision), numstat(repository, revision, "--no-renames")
    contents, places, patches, seen_ids, requests = set(), set(), set(), set(), set()
    rows = []
    for commit in commits:
        row = collections.Counter(commits=1, merges=int(len(commit.parents) > 1))
        row["commits_without_merges"] = 1 - row["merges"]
        twin = commit.id in ids and ids[commit.id] in seen_ids
        seen_ids.add(ids.get(commit.id))
        row["commits_distinct"] = 0 if twin else 1 - row["merges"]
        row["reverts_by_message"] = int(bool(re.match(r'Revert "|revert: |revert\(', commit.subject)) or
                                        "\nThis reverts commit " in commit.body)
        found = re.match(r"Merge pull request #(\d+)", commit.subject) or re.search(r"\(#(\d+)\)$", commit.subject)
        if found and found.group(1) not in requests:
            requests.add(found.group(1))
            row["pull_requests"] = 1
        row["lines_added"], row["lines_deleted"] = plain[commit.id]
        moved = moved_lines(commit)
        forward, backward = [], []
        for file in commit.files:
            minus, plus = file.lines(0), file.lines(1)
            row["lines_added_no_renames"] += len(plus)
            row["lines_deleted_no_renames"] += len(minus)
            bare_minus, bare_plus = tuple(map(bare, minus)), tuple(map(bare, plus))
            sides = (file.old.strip("0") != "", file.new.strip("0") != "")
            by_lines = bool(file.hunks)
            forward.append((file.path, sides if by_lines else (file.old, file.new), bare_minus, bare_plus))
            backward.append((file.path, sides[::-1] if by_lines else (file.new, file.old), bare_plus, bare_minus))
            is_copy = file.status == "A" and file.new in contents
            same_text = (minus or plus) and "".join(bare_minus) == "".join(bare_plus) and sides == (True, True)
            text = ""
            if sides[1] and not file.is_module:
                text = git(repository, "cat-file", "blob", file.new)
                if same_text:  # and no line moved
                    same_text = bare(git(repository, "cat-file", "blob", file.old)) == bare(text)
            if not twin and not is_copy and not same_text and is_authored(file, rules, text):
                row["lines_authored"] += len(plus) - moved[file.path]
            if all(sides) and file.old != file.new and not twin and (file.path, file.new) in places:
                row["restores"] = 1
        if forward:
            row["reverts_by_patch"] = int(forward != backward and tuple(backward) in patches)
            patches.add(tuple(forward))
        for file in commit.files:
            for content in (file.old, file.new):
                if content.strip("0"):
                    contents.add(content)
                    places.add((file.path, content))
        assert [row["lines_added_no_renames"], row["lines_deleted_no_renames"]] == without_renames[commit.id], commit.id
        row["day"] = commit.time // DAY
        rows.append(row)
    return rows


NAMES = ["commits", "merges", "commits_without_merges", "commits_distinct", "lines_added", "lines_deleted",
         "lines_added_no_renames", "lines_deleted_no_renames", "lines_authored", "pull_requests", "reverts_by_message", "reverts_by_patch", "restores"]


def figures(repository, revision="HEAD", window=7, since=None, until=None):
    """Name to (value, minimum, median, maximum)."""
    rows = measure(repository, revision)
    first, last = min(row["day"] for row in rows), max(row["day"] for row in rows)
    found = {}
    for name in NAMES:
        days = [0] * (last - first + 1)
        for row in rows:
            days[row["day"] - first] += row[name]
        span = min(window, len(days))
        shifts = sorted(sum(days[at:at + span]) for at in range(len(days) - span + 1))
        middle = (shifts[(len(shifts) - 1) // 2] + shifts[len(shifts) // 2]) / 2
        value = sum(row[name] for row in rows
                    if (since is None or row["day"] >= since) and (until is None or row["day"] <= until))
        found[name] = (value, shifts[0], middle, shifts[-1])
    return found
