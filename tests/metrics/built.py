"""Builds repositories for metrics_test.py: every commit at a time that the test gives, so that figures are known."""

import os
import random
import subprocess

NOON = 1767268800  # 2026-01-01T12:00:00Z
DAY = 86400
LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 123456\n"


class Built:
    def __init__(self, folder, *options):
        self.folder, self.days = folder, 0
        self.author = ("Ann", "ann@example.org")
        self.home = os.path.join(os.path.dirname(folder), "home")
        os.makedirs(folder)
        os.makedirs(self.home, exist_ok=True)
        self.git("init", "-q", "-b", "main", *options)

    def git(self, *words, at=None, **more):
        time = f"@{NOON + int(self.days * DAY) if at is None else at} +0000"
        environment = {"PATH": os.environ["PATH"], "HOME": self.home, "GIT_CONFIG_NOSYSTEM": "1",
                       "GIT_AUTHOR_NAME": self.author[0], "GIT_AUTHOR_EMAIL": self.author[1],
                       "GIT_COMMITTER_NAME": self.author[0], "GIT_COMMITTER_EMAIL": self.author[1],
                       "GIT_AUTHOR_DATE": more.pop("author_date", time), "GIT_COMMITTER_DATE": time}
        words = ["git", "-c", "protocol.file.allow=always", "-c", "advice.detachedHead=false", *words]
        run = subprocess.run(words, cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             check=False, **more)
        if run.returncode != 0:
            raise RuntimeError(" ".join(words) + "\n" + run.stderr.decode())
        return run.stdout.decode("utf-8", "replace").strip()

    def write(self, path, text):
        full = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())

    def commit(self, message, files=None, after=1, **more):
        """Commits `files` (None: deletes) `after` days after the last commit."""
        self.days += after
        for path, text in (files or {}).items():
            if text is None:
                os.remove(os.path.join(self.folder, path))
            else:
                self.write(path, text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, **more)
        return self.git("rev-parse", "HEAD")


def prose(count, word="line"):
    return "".join(f"{word} number {i} says something of its own\n" for i in range(count))


def squash(repo):
    repo.commit("Begin", {"a.txt": prose(10)})
    repo.git("checkout", "-q", "-b", "side")
    for i in range(5):
        repo.commit(f"Step {i}", {"b.txt": prose(4 * (i + 1), "step")})
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--squash", "side")
    repo.commit("Add b (#7)")
    return {"commits": 2, "merges": 0, "lines_added": 30, "pull_requests": 1}


def rebase_twins(repo):
    repo.commit("Begin", {"a.txt": prose(10)})
    repo.git("checkout", "-q", "-b", "side")
    for i in range(3):
        repo.commit(f"Side {i}", {f"s{i}.txt": prose(5, f"side{i}")})
    repo.git("checkout", "-q", "main")
    repo.commit("Main goes on", {"m.txt": prose(7)})
    repo.git("checkout", "-q", "-b", "again", "side")
    repo.days += 1
    repo.git("rebase", "-q", "main")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--ff-only", "again")
    repo.days += 1
    repo.git("merge", "-q", "--no-ff", "-m", "Merge the old branch, too", "side")
    return {"commits": 9, "merges": 1, "commits_without_merges": 8, "commits_distinct": 5, "lines_added": 47,
            "lines_authored": 32, "twins": 3}


def cherry_picks(repo):
    repo.commit("Begin", {"a.txt": prose(10)})
    repo.git("checkout", "-q", "-b", "release")
    repo.commit("Only here", {"r.txt": prose(3)})
    repo.git("checkout", "-q", "main")
    fix = repo.commit("Fix", {"a.txt": prose(10) + "the fix is here\n"})
    repo.git("checkout", "-q", "release")
    repo.days += 1
    repo.git("cherry-pick", "-x", fix)
    repo.git("checkout", "-q", "main")
    repo.days += 1
    repo.git("merge", "-q", "--no-ff", "-m", "Merge release", "release")
    return {"commits": 5, "merges": 1, "commits_distinct": 3, "lines_added": 15, "lines_authored": 14, "twins": 1}


def moved_files(repo):
    text = prose(40)
    repo.commit("Begin", {"a/one.txt": text, "b/two.txt": prose(20, "second")})
    repo.commit("Move", {"a/one.txt": None, "c/one.txt": text})
    repo.commit("Copy", {"d/one.txt": text})
    lines = text.splitlines(keepends=True)
    repo.commit("Move a block", {"c/one.txt": "".join(lines[:10] + lines[30:]),
                                 "b/two.txt": prose(20, "second") + "".join("  " + line for line in lines[10:30])})
    return {"commits": 4, "lines_added": 120, "lines_deleted": 20, "lines_added_no_renames": 160, "lines_authored": 60, "moved": 20, "copied": 80}


def formats(repo):
    text = "".join(f"if (x{i}) {{ call({i}); }}\n" for i in range(30))
    repo.commit("Begin", {"a.c": text})
    repo.commit("Run clang-format", {"a.c": text.replace("{ ", "{\n    ").replace("; }", ";\n}")})
    return {"commits": 2, "lines_added": 120, "lines_deleted": 30, "lines_authored": 30, "reformatted": 90, "formats": 1}


def submodules(repo):
    inner = Built(repo.folder + "-inner")
    inner.commit("Inside", {"x.txt": prose(50)})
    repo.commit("Begin", {"a.txt": prose(3)})
    repo.days += 1
    repo.git("submodule", "--quiet", "add", inner.folder, "sub")
    repo.commit("Add a submodule", after=0)
    inner.commit("More inside", {"y.txt": prose(500)})
    repo.git("-C", "sub", "pull", "-q")
    repo.commit("Renew it")
    return {"commits": 3, "lines_added": 8, "lines_deleted": 1, "lines_authored": 6, "submodules": 2}


def future_clocks(repo):
    repo.commit("Begin", {"a.txt": prose(3)})
    repo.commit("Next week", {"a.txt": prose(6)}, after=6)
    repo.git("commit", "-q", "--allow-empty", "-m", "From the future", at=4102444800)
    repo.commit("Back again", {"a.txt": prose(9)})
    return {"commits": 4, "lines_added": 9, "windows": 2, "future": 1, "backwards": 1}


def octopus(repo):
    repo.commit("Begin", {"a.txt": prose(3)})
    for name in ("one", "two", "three"):
        repo.git("checkout", "-q", "-b", name, "main")
        repo.commit(name, {name + ".txt": prose(4, name)})
    repo.git("checkout", "-q", "main")
    repo.days += 1
    repo.git("merge", "-q", "-m", "Merge three", "one", "two", "three")
    return {"commits": 5, "merges": 1, "lines_added": 15, "lines_authored": 15}


def renamed_authors(repo):
    repo.commit("Begin", {"a.txt": prose(4)})
    repo.author = ("Ann Smith", "ann@company.example")
    repo.commit("As another", {"b.txt": prose(4, "b"), ".mailmap": "Ann <ann@example.org> <ann@company.example>\n"})
    repo.author = ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com")
    repo.commit("Bump a thing", {"c.txt": prose(4, "c")})
    return {"commits": 3, "lines_added": 13, "authors": 2, "bots": 1}


def notes(repo):
    head = repo.commit("Begin", {"a.txt": prose(5)})
    for i in range(6):
        repo.git("notes", "append", "-m", f"note {i}", head)
    repo.git("stash", "list")
    return {"commits": 1, "lines_added": 5}


def pointers(repo):
    repo.commit("Begin", {"a.txt": prose(5), "big.bin": LFS.format("0" * 64)})
    repo.commit("Renew", {"big.bin": LFS.format("1" * 64), "raw.bin": b"\0\1\2" * 100})
    return {"commits": 2, "lines_added": 9, "lines_deleted": 1, "lines_authored": 5, "pointers": 4, "binary_files": 1}


def empty_commits(repo):
    repo.commit("Begin", {"a.txt": prose(5)})
    for i in range(7):
        repo.commit(f"Nothing {i}", after=0.1)
    return {"commits": 8, "commits_without_merges": 8, "lines_added": 5, "empty": 7}


TRAPS = [squash, rebase_twins, cherry_picks, moved_files, formats, submodules, future_clocks, octopus, renamed_authors,
         notes, pointers, empty_commits]


def at_random(repo, seed, steps=60):
    """Branches, merges, reverts, moves, type changes, attributes, line ends and files of all kinds."""
    r = random.Random(seed)
    names = ["a.c", "b/b.py", "b/c.txt", "vendor/v.js", "dist/d.min.js", "package-lock.json", "x/gen.txt", "e/f/g.md",
             "data.bin", "crlf.txt", "h\u00e9/s p.txt"]
    repo.commit("Begin", {"a.c": prose(20), ".gitattributes": "x/** linguist-generated\n*.svg -diff\nvendor/v.js -linguist-vendored\npackage-lock.json -linguist-generated\n",
                          "pic.svg": "<svg>\n</svg>\n"})
    branches = ["main"]
    for step in range(steps):
        name, deed = r.choice(names), r.randrange(14)
        full = os.path.join(repo.folder, name)
        old = open(full, "rb").read().decode("utf-8", "replace").split("\n") if os.path.isfile(full) else []
        wait = r.choice([0, 0.01, 0.3, 1, 3])
        if deed < 6:
            at, gone = r.randint(0, len(old)), r.randint(0, 6)
            old[at:at + gone] = [r.choice(["    }", "", f"value {r.randint(0, 40)} = other[{step}];", "// note",
                                           f"call(name{r.randint(0, 9)});"]) for _ in range(r.randint(0, 12))]
            text = "\n".join(old) + r.choice(["\n", "\n", ""])
            if name == "data.bin":
                text = text.encode() + b"\0\xff"
            if name == "crlf.txt":
                text = text.replace("\n", "\r\n")
            repo.commit(r.choice(["Change", "Fix (#%d)" % (step + 1), "revert: old", "Say \u00e9"]), {name: text}, wait)
        elif deed == 6 and os.path.isfile(full):
            repo.commit("Drop", {name: None}, wait)
        elif deed == 7 and old and r.random() < 0.5:
            repo.commit("Copy", {f"copy/{step}.txt": "\n".join(old)}, wait)
        elif deed == 7 and os.path.isfile(full):
            os.makedirs(os.path.join(repo.folder, "moved"), exist_ok=True)
            os.rename(full, os.path.join(repo.folder, "moved", f"{step}.txt"))
            repo.write(f"moved/{step}.txt", "\n".join(old + ["one more"]))
            repo.commit("Move", {}, wait)
        elif deed == 8 and old:
            repo.commit("Indent", {name: "\n".join("  " + line for line in old)}, wait)
        elif deed == 9 and os.path.isfile(full):
            os.remove(full)
            os.symlink("target" + str(step), full)
            repo.commit("Link", {}, wait)
        elif deed == 10:
            branches.append(f"branch{step}")
            repo.git("checkout", "-q", "-b", branches[-1])
        elif deed == 11:
            repo.git("checkout", "-q", "-f", r.choice(branches))
        elif deed == 12:
            repo.days += 0.2
            try:
                repo.git("revert", "--no-edit", "HEAD")
            except RuntimeError:
                repo.git("reset", "-q", "--hard")
        else:
            repo.days += 0.2
            for words in (["merge", "-q", "-X", "ours", "--no-edit", "--no-ff", r.choice(branches)],
                          ["cherry-pick", "--allow-empty", r.choice(branches)]):
                try:
                    repo.git(*words)
                except RuntimeError:
                    repo.git("reset", "-q", "--hard")
    repo.git("checkout", "-q", "-f", "main")
    for branch in branches[1:]:
        repo.days += 0.5
        try:
            repo.git("merge", "-q", "--no-ff", "--no-edit", branch)
        except RuntimeError:
            repo.git("reset", "-q", "--hard")
