#!/usr/bin/env python3
"""`cascade metrics` against git: twelve traps, histories of many shapes, and histories that are incomplete.

metrics_test.py CASCADE [NAME...]: with names, only tests whose name holds one of them. Needs the git program.
"""

import datetime
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

import built
import git_figures
import public_histories

HERE = os.path.dirname(os.path.abspath(__file__))
CASCADE = os.path.abspath(sys.argv[1])


def metrics(*words, code=0):
    run = subprocess.run([CASCADE, "metrics", *words, "--format", "json"], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, check=False)
    assert run.returncode == code, f"exit {run.returncode}, not {code}: {run.stderr.decode()}"
    return json.loads(run.stdout) if run.stdout else {"error": run.stderr.decode()}


def figure(document, name):
    return next(one for one in document["figures"] if one["name"] == name)


def same(found, wanted, what):
    assert found == wanted, f"{what}: {found}, not {wanted}"


def compare(repository, document, names=git_figures.NAMES, **question):
    """Every exact figure is the script's, with its windows."""
    theirs = git_figures.figures(repository, **question)
    for name in names:
        ours, (value, least, middle, most) = figure(document, name), theirs[name]
        if ours["grade"] not in ("exact", "approximate"):
            assert ours["value"] is None, name
            continue
        same(ours["value"], value, name)
        windows = ours["windows"]
        same((windows["minimum"], windows["median"], windows["maximum"]), (least, middle, most), name + " in windows")


def day(text):
    return (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days


def test_traps(folder):
    faults = []
    for trap in built.TRAPS:
        repo = built.Built(os.path.join(folder, trap.__name__))
        wanted = trap(repo)
        document = metrics(repo.folder)
        inflation = document["inflation"]
        known = {"twins": inflation["twins"]["commits"], "empty": inflation["empty"]["commits"],
                 "bots": inflation["bots"]["commits"], "formats": inflation["formats"]["commits"],
                 "future": inflation["future"], "backwards": inflation["backwards"],
                 "binary_files": inflation["binary_files"], "windows": figure(document, "commits")["windows"]["n"],
                 "authors": next(one["n"] for one in document["assimilation"] if one["name"] == "author_active")}
        known.update(inflation["made"])
        for name, value in wanted.items():
            found = known[name] if name in known else figure(document, name)["value"]
            if found != value:
                faults.append(f"{trap.__name__}: {name}: {found}, not {value}")
        if trap is not built.future_clocks:  # the script knows no today
            compare(repo.folder, document)
    same(faults, [], "faults")


def test_shapes(folder):
    for seed in range(6):
        repo = built.Built(os.path.join(folder, f"random{seed}"))
        built.at_random(repo, seed)
        compare(repo.folder, metrics(repo.folder))
        compare(repo.folder, metrics(repo.folder, "--window", "3d"), window=3)
        since, until = "2026-01-05", "2026-01-20"
        compare(repo.folder, metrics(repo.folder, "--since", since, "--until", until), since=day(since), until=day(until))


def test_sha256(folder):
    repo = built.Built(os.path.join(folder, "sha256"), "--object-format=sha256")
    repo.commit("One", {"a": "a\n"})
    assert "SHA-256 names" in metrics(repo.folder, code=3)["error"]


def test_unrelated_histories(folder):
    repo = built.Built(os.path.join(folder, "unrelated"))
    other = built.Built(os.path.join(folder, "other"))
    built.at_random(repo, 11, 15)
    other.commit("Elsewhere", {"z.txt": built.prose(5)})
    repo.git("fetch", "-q", other.folder, "main")
    repo.days += 1
    repo.git("merge", "-q", "--allow-unrelated-histories", "-m", "Join", "FETCH_HEAD")
    compare(repo.folder, metrics(repo.folder))


def test_bare_linked_and_named(folder):
    repo = built.Built(os.path.join(folder, "whole"))
    built.at_random(repo, 5, 30)
    repo.git("worktree", "add", "-q", repo.folder + "-tree", "HEAD~3")
    repo.git("clone", "-q", "--bare", repo.folder, repo.folder + ".git")
    compare(repo.folder, metrics(repo.folder + ".git"))
    compare(repo.folder, metrics(repo.folder + "-tree"), revision="HEAD~3")
    compare(repo.folder, metrics(repo.folder, "--branch", "HEAD~2"), revision="HEAD~2")


def whole_and_clone(folder, *options, seed=7):
    repo = built.Built(os.path.join(folder, "whole"))
    built.at_random(repo, seed, 40)
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("clone", "-q", *options, "file://" + repo.folder, repo.folder + "-clone")
    return repo, repo.folder + "-clone"


def incomplete(document, kinds, complete=()):
    """No figure that lacks something has a value; the gaps are named and counted."""
    same(document["complete"], False, "complete")
    same({gap["kind"] for gap in document["repositories"][0]["gaps"]}, set(kinds), "gaps")
    assert all(gap["count"] > 0 for gap in document["repositories"][0]["gaps"])
    for one in document["figures"]:
        if one["name"] in complete or one["name"].startswith("share"):
            continue
        same(one["grade"], "incomplete", one["name"])
        assert one["value"] is None and "at_least" in one and one["reasons"], one["name"]


COMMITS = ("commits", "merges", "commits_without_merges", "pull_requests", "reverts_by_message")


def test_shallow(folder):
    repo, clone = whole_and_clone(folder, "--depth", "5")
    document = metrics(clone, code=3)
    incomplete(document, ["shallow"])
    whole = metrics(repo.folder)
    for name in git_figures.NAMES:
        assert figure(document, name)["at_least"] <= figure(whole, name)["value"], name
    # Days after the cut are whole; a wrong clock could still hide a commit of theirs, so they are approximate.
    date = figure(whole, "commits")["windows"]["best"] and whole["until"]
    after = metrics(clone, "--since", date, "--until", date)
    same(figure(after, "commits")["grade"], "approximate", "after the cut")
    same(figure(after, "commits")["value"], figure(metrics(repo.folder, "--since", date, "--until", date), "commits")["value"],
         "commits after the cut")


def test_partial(folder):
    repo, clone = whole_and_clone(folder, "--filter=blob:none", "--no-checkout")
    before = sum(len(files) for _, _, files in os.walk(os.path.join(clone, ".git/objects")))
    document = metrics(clone, code=3)
    incomplete(document, ["partial"], COMMITS)
    compare(repo.folder, document, COMMITS)
    same(sum(len(files) for _, _, files in os.walk(os.path.join(clone, ".git/objects"))), before, "objects: nothing is fetched")
    shutil.rmtree(clone)
    repo.git("clone", "-q", "--filter=tree:0", "--no-checkout", "file://" + repo.folder, clone)
    document = metrics(clone, code=3)
    incomplete(document, ["partial"], COMMITS)
    compare(repo.folder, document, COMMITS)


def loose(repo, folder):
    """A copy whose objects lie in files of their own."""
    copy = os.path.join(folder, "torn")
    shutil.copytree(repo.folder, copy)
    for pack in glob.glob(os.path.join(copy, ".git/objects/pack/*.pack")):
        name = os.path.join(folder, os.path.basename(pack))
        shutil.move(pack, name)
        with open(name, "rb") as file:
            subprocess.run(["git", "-C", copy, "unpack-objects", "-q"], stdin=file, check=True)
    return copy


def object_path(repository, name):
    return os.path.join(repository, ".git/objects", name[:2], name[2:])


def test_torn(folder):
    repo = built.Built(os.path.join(folder, "whole"))
    for i in range(12):
        repo.commit(f"Commit {i}", {f"f{i}.txt": built.prose(10, f"word{i}")})
    copy = loose(repo, folder)
    blob = repo.git("rev-parse", "HEAD~5:f6.txt")
    os.remove(object_path(copy, blob))
    log = subprocess.run(["git", "-C", copy, "log", "--numstat"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    same(log.returncode, 128, "git log breaks off")
    torn_sum = sum(int(line.split("\t")[0]) for line in log.stdout.decode().split("\n") if "\t" in line)
    assert torn_sum < 120
    document = metrics(copy, code=3)
    incomplete(document, ["missing-content"], COMMITS)
    same(document["repositories"][0]["gaps"][0]["first"], f"{blob} f6.txt", "what is missing")
    same(figure(document, "lines_added")["at_least"], 110, "lines of the other commits")
    compare(repo.folder, document, COMMITS)
    compare(repo.folder, metrics(copy, "--since", "2026-01-09"), ["commits"], since=day("2026-01-09"))
    later = metrics(copy, "--since", "2026-01-09")
    same((figure(later, "lines_added")["value"], figure(later, "lines_added")["grade"]), (50, "exact"), "days after it")
    # A file that is there but broken, a tree and a commit that are not.
    copy_of = lambda: (shutil.rmtree(copy), loose(repo, folder))[1]
    copy_of()
    os.chmod(object_path(copy, blob), 0o644)
    with open(object_path(copy, blob), "wb") as file:
        file.write(b"broken")
    incomplete(metrics(copy, code=3), ["missing-content"], COMMITS)
    copy_of()
    os.remove(object_path(copy, repo.git("rev-parse", "HEAD~5^{tree}")))
    incomplete(metrics(copy, code=3), ["missing-content"], COMMITS)
    copy_of()
    os.remove(object_path(copy, repo.git("rev-parse", "HEAD~5")))
    incomplete(metrics(copy, code=3), ["missing-commit"])
    copy_of()
    os.remove(object_path(copy, repo.git("rev-parse", "HEAD")))
    assert "cannot be read" in metrics(copy, code=3)["error"] or "no such" in metrics(copy, code=3)["error"]


def test_grafted(folder):
    repo, clone = whole_and_clone(folder)
    middle = repo.git("rev-parse", "HEAD~3")
    with open(os.path.join(clone, ".git/info/grafts"), "w") as file:
        file.write(middle + "\n")
    incomplete(metrics(clone, code=3), ["grafts"])
    os.remove(os.path.join(clone, ".git/info/grafts"))
    compare(repo.folder, metrics(clone))
    repo.git("-C", clone, "replace", "--graft", middle)
    incomplete(metrics(clone, code=3), ["replacements"])


def test_two_repositories(folder):
    one = built.Built(os.path.join(folder, "one"))
    built.at_random(one, 2, 30)
    one.git("clone", "-q", one.folder, os.path.join(folder, "fork"))
    fork = built.Built(os.path.join(folder, "new"))
    shutil.rmtree(fork.folder)
    fork.folder, fork.days = os.path.join(folder, "fork"), one.days
    fork.commit("More", {"only/here.txt": built.prose(8, "fork")})
    both, alone = metrics(one.folder, fork.folder), metrics(one.folder)
    for name, more in (("commits", 1), ("lines_added", 8), ("lines_authored", 8), ("reverts_by_message", 0)):
        same(figure(both, name)["value"], figure(alone, name)["value"] + more, name)
    same(both["repositories"][1]["elsewhere"], figure(alone, "commits")["value"], "elsewhere")
    same(figure(both["repositories"][1], "commits")["value"], figure(alone, "commits")["value"] + 1, "its own row")


def test_forge_and_review(folder):
    repo = built.Built(os.path.join(folder, "forge"))
    repo.commit("Begin", {"a": built.prose(4)})
    repo.commit("Reviewed\n\nReviewed-by: Bob <bob@example.org>", {"b": built.prose(6, "b")})
    repo.commit("By herself\n\nReviewed-by: Ann <ann@example.org>", {"c": built.prose(6, "c")})
    repo.commit("Explained", {"d": built.prose(4, "d"), ".cascade/explanations/one.md": "# Why\n"})
    document = metrics(repo.folder)
    known = {one["name"]: one for one in document["assimilation"]}
    same((known["reviewed"]["value"], known["reviewed"]["of"]), (6, 21), "reviewed")
    same(known["explained"]["value"], 5, "explained")
    same(figure(document, "pull_requests")["grade"], "needs --forge", "requests that no message names")
    file = os.path.join(folder, "prs.json")
    with open(file, "w") as out:
        json.dump([{"number": 1, "mergedAt": "2026-01-03T10:00:00Z", "author": {"login": "ann"},
                    "mergeCommit": {"oid": repo.git("rev-parse", "HEAD~1")}, "reviews": [{"author": {"login": "eve"}}]},
                   {"number": 2, "mergedAt": "2026-01-09T10:00:00Z"}, {"number": 3, "mergedAt": None}], out)
    document = metrics(repo.folder, "--forge", file)
    same((figure(document, "pull_requests")["value"], figure(document, "pull_requests")["grade"]), (2, "exact"), "requests")
    known = {one["name"]: one for one in document["assimilation"]}
    same(known["reviewed"]["value"], 12, "reviewed on the forge")


def test_rework(folder):
    repo = built.Built(os.path.join(folder, "rework"))
    repo.commit("Begin", {"a": built.prose(10)})
    lines = built.prose(10).splitlines(keepends=True)
    repo.commit("Again soon", {"a": "".join(["first\n", "second\n"] + lines[2:])}, after=20)
    repo.commit("Again late", {"a": "".join(["first\n", "second\n", "third\n"] + lines[3:])}, after=10)
    repo.commit("Its own", {"a": "".join(["1st\n", "second\n", "third\n"] + lines[3:])}, after=1)
    document = metrics(repo.folder)
    same(figure(document, "lines_reworked")["value"], 3, "reworked")
    same(figure(document, "rework")["of"], 14, "authored")


def test_own_history(folder):
    """The history of this repository, where it is whole."""
    root = os.path.dirname(os.path.dirname(HERE))
    inside = subprocess.run(["git", "-C", root, "rev-parse", "--is-shallow-repository"], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, check=False)
    if inside.returncode != 0 or inside.stdout.strip() != b"false":
        return
    document = metrics(root)
    for words, ending in (([], ""), (["--no-renames"], "_no_renames")):
        sums = git_figures.numstat(root, "HEAD", *words).values()
        same(figure(document, "lines_added" + ending)["value"], sum(added for added, _ in sums), "added" + ending)
        same(figure(document, "lines_deleted" + ending)["value"], sum(deleted for _, deleted in sums), "deleted" + ending)
    for name, words in (("commits", []), ("merges", ["--merges"]), ("commits_without_merges", ["--no-merges"])):
        same(figure(document, name)["value"], int(git_figures.git(root, "rev-list", "--count", *words, "HEAD")), name)


SEED = """## The same in seven days, "all verified via git log"

| Metric                              | Observed | Benchmark               | Multiple           |
| ----------------------------------- | -------: | ----------------------- | ------------------ |
| Commits (7 days)                    |      962 | 5 to 10 a developer     | 14-27 developers   |
| Lines of code                       |  175,865 | 50 to 100 a developer   | 251-502 developers |
| Merged pull requests                |       25 | 3 a week                | 8x                 |
| Reverts                             |       no | 1 to 2 %                |                    |
| Prior 90-day output captured        |     67 % | 8 %                     | 8.6x               |
| Developers at 80 lines a day        |      314 |                         |                    |
"""


def test_seed(folder):
    """The seed's table: each line judged against a history like the claimant's."""
    repo = built.Built(os.path.join(folder, "seed"))
    repo.commit("Begin", {"a.txt": built.prose(10)})
    for i in range(68):  # 175,855 lines in 69 commits of a week, and a busier one with fewer lines
        repo.commit(f"Skill {i}", {f"skills/s{i}.md": built.prose(2585, f"skill{i}")}, after=0.08)
    repo.commit("The rest", {"rest.md": built.prose(75, "rest")}, after=0.01)
    repo.days += 20
    for i in range(95):
        repo.commit(f"Small {i}", {"b.txt": built.prose(i + 1, "small")}, after=0.01)
    claims = os.path.join(folder, "claims.md")
    with open(claims, "w") as file:
        file.write(SEED)
    document = metrics(repo.folder, "--claim", claims, code=1)
    same(figure(document, "lines_added")["windows"]["maximum"], 175865, "lines of the best week")
    judged = [(one["claimed"], one["verdict"]) for one in document["claims"]]
    best = "holds in the best window"
    same(judged, [(962, "wrong"), (175865, best), (25, "cannot be judged"), (0, best), (67, "cannot be judged"),
                  (314, "cannot be judged")], "verdicts")
    # In another place of time the same table holds in the days that are asked for.
    exact = os.path.join(folder, "exact.md")
    with open(exact, "w") as file:
        file.write("| in 7 days | |\n|---|---|\n| commits | 70 |\n| lines | 175,865 |\n| reverts | 0 |\n")
    document = metrics(repo.folder, "--claim", exact, "--since", "2026-01-02", "--until", "2026-01-08")
    same([one["verdict"] for one in document["claims"]], ["holds"] * 3, "in the days asked for")


def judged_claims(repository, folder, text):
    with open(os.path.join(folder, "claims.md"), "w") as file:
        file.write(text + "\n")
    run = subprocess.run([CASCADE, "metrics", repository, "--claim", file.name, "--format", "json"],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return (json.loads(run.stdout)["claims"] if run.stdout else []), run.returncode


def test_public_claims(folder):
    """Claims as people write them are listed, and none is judged. As rows of a table, labelled by somebody who had not
    seen the grammar, what is false never holds and what is true is never wrong."""
    path = os.path.join(HERE, "..", "..", "..", "shared", "fixtures", "claims", "claims.jsonl")
    if not os.path.exists(path):
        print("skipped: there are no fixtures of claims")
        return
    with open(path) as file:
        texts = [json.loads(line) for line in file]
    judged = 0
    for name in sorted({text["repo"] for text in texts}):
        repository = os.path.join(folder, name.replace("/", "_"))
        public_histories.build(name, repository)
        of_it = [text for text in texts if text["repo"] == name]
        listed, code = judged_claims(repository, folder, "\n".join(text["text"] for text in of_it))
        same(code, 1, name)
        for line, text in enumerate(of_it, 1):
            verdicts = {one["verdict"] for one in listed if one["line"] == line}
            pair = {claim["verdict"] for claim in text["claims"]} if ": " in text["text"] else set()  # "what: number"
            assert verdicts and verdicts <= {"not judged"} | pair, f"{text['text']}: {verdicts}"
        claims, rows = [claim for text in of_it for claim in text["claims"]], []
        for claim in claims:  # of a true one the truth itself, since the words that compare are left to the sentence
            value = claim["truth"] if claim["verdict"] == "holds" and claim["truth"] is not None else claim["number"]
            label = claim["of"].split("(")[0].replace(", per cent", "").replace(", whole history", "")
            rows.append(f"{label} | {value:,}" + (" %" if "per cent" in claim["of"] else ""))
        judgements, _ = judged_claims(repository, folder, "\n\n".join(f"| {row} |" for row in rows))
        same(len(judgements), len(rows), name)
        for claim, one in zip(claims, judgements):
            verdict = one["verdict"].split()[0]
            judged += verdict in ("holds", "wrong")
            accepted = {word.split()[0] for word in [claim["verdict"], *claim.get("accept", [])]}
            assert verdict == "cannot" or verdict in accepted, one
    assert judged >= 20, f"{judged} rows judged"


def stored(repo, kind, data):
    return repo.git("hash-object", "-t", kind, "-w", "--literally", "--stdin", input=data)


def test_hostile(folder):
    """Whatever objects say, there is an answer: a document, or an error with exit 3."""
    repo = built.Built(os.path.join(folder, "hostile"))
    repo.commit("Begin", {"a.txt": built.prose(5)})
    good_tree, good = repo.git("rev-parse", "HEAD^{tree}"), repo.git("rev-parse", "HEAD")
    blob = bytes.fromhex(repo.git("rev-parse", "HEAD:a.txt"))
    who = b"Ann <ann@example.org>"
    commit = lambda tree=good_tree, parents=(good,), author=who + b" 1767268800 +0000", committer=None, rest=b"\nx\n": stored(
        repo, "commit", b"".join([b"tree ", tree.encode(), b"\n", *(b"parent " + p.encode() + b"\n" for p in parents),
                                  b"author ", author, b"\ncommitter ", committer or author, b"\n", rest]))
    deep = stored(repo, "tree", b"100644 f\0" + blob)
    for _ in range(1500):
        deep = stored(repo, "tree", b"40000 d\0" + bytes.fromhex(deep))
    many = stored(repo, "tree", b"".join(b"100644 f%05d\0" % i + blob for i in range(20_000)))
    cases = {
        "far in the future": (commit(author=who + b" 99999999999999999999999 +0000"), 0),
        "before all clocks": (commit(author=who + b" -99999999999 +0000"), 0),
        "nobody": (commit(author=b""), 0),
        "bytes": (commit(author=b"\xff\xfe\x1b[31m <\n> 5 +0000", rest=b"\n\x1b]0;x\x07\xff (#99999999999)\n"), 0),
        "no message": (commit(rest=b""), 0),
        "a parent twice": (commit(parents=(good, good)), 0),
        "a parent that is a tree": (commit(parents=(good_tree,)), 3),
        "a tree that is a commit": (commit(tree=good), 3),
        "deep folders": (commit(tree=deep), 3),
        "many files": (commit(tree=many), 0),
        "a torn tree": (commit(tree=stored(repo, "tree", b"100644 f\0" + blob[:9])), 3),
        "an entry without a name": (commit(tree=stored(repo, "tree", b"100644 \0" + blob)), 3),
        "a mode that is none": (commit(tree=stored(repo, "tree", b"99 f\0" + blob)), 3),
        "an entry twice": (commit(tree=stored(repo, "tree", b"100644 f\0" + blob + b"100644 f\0" + blob)), 0),
    }
    for name, (head, code) in cases.items():
        repo.write(".git/refs/heads/case", head + "\n")
        try:
            document = metrics(repo.folder, "--branch", "case", code=code)
        except AssertionError as fault:
            raise AssertionError(f"{name}: {fault}") from fault
        same(document.get("complete"), code == 0, name)
    same(figure(metrics(repo.folder, "--branch", cases["many files"][0]), "lines_added")["value"], 100_000, "many files, one renamed")


def test_revert_behind_many_people(folder):
    """A message counts whole: the line that reverts may stand behind any number of people."""
    repo = built.Built(os.path.join(folder, "people"))
    repo.commit("Begin", {"a.txt": built.prose(5)})
    people = "\n".join(f"Co-authored-by: P{i} <p{i}@example.org>" for i in range(25))
    repo.commit(f"Take it back\n\n{people}\n\nThis reverts commit {'a' * 40}.", {"a.txt": built.prose(4)})
    same(figure(metrics(repo.folder), "reverts_by_message")["value"], 1, "reverts by message")


def test_no_date(folder):
    """A commit without a date, or of the future, is in no window, and makes none."""
    repo = built.Built(os.path.join(folder, "dates"))
    repo.commit("Begin", {"a.txt": built.prose(5)}, at=0)
    repo.commit("Go on", {"a.txt": built.prose(6)})
    repo.commit("Some day", {"a.txt": built.prose(7)}, at=4102444800)
    document = metrics(repo.folder)
    same((figure(document, "commits")["value"], figure(document, "commits")["windows"]["n"]), (3, 1), "commits, windows")


def test_tree_bomb(folder):
    """Ten folders in ten folders, ten deep: eleven objects, ten thousand million files. It is refused before it is read."""
    repo = built.Built(os.path.join(folder, "bomb"))
    blob = stored(repo, "blob", b"x\n")
    tree = stored(repo, "tree", b"".join(b"100644 f%d\0" % i + bytes.fromhex(blob) for i in range(10)))
    for _ in range(9):
        tree = stored(repo, "tree", b"".join(b"40000 d%d\0" % i + bytes.fromhex(tree) for i in range(10)))
    repo.git("update-ref", "refs/heads/main", repo.git("commit-tree", "-m", "Bomb", tree))
    assert "500,000 files" in metrics(repo.folder, code=3)["error"]
    program = os.path.join(os.path.dirname(CASCADE), "libexec", "cascade", "cascade-git")
    if os.path.exists(program):
        asked = json.dumps({"ask": "range", "directory": repo.folder, "from": "", "to": "main"})
        run = subprocess.run([program], input=asked.encode() + b"\n", stdout=subprocess.PIPE, check=False)
        same(json.loads(run.stdout.splitlines()[0])["error"], "large", "the reader of explanations")


def test_without_git(folder):
    """git is needed for renames only; what it would find is then not taken for known."""
    repo = built.Built(os.path.join(folder, "whole"))
    built.moved_files(repo)
    path, os.environ["PATH"] = os.environ["PATH"], folder
    try:
        document = metrics(repo.folder)
    finally:
        os.environ["PATH"] = path
    same((figure(document, "lines_added")["grade"], figure(document, "lines_added")["value"]), ("approximate", 160), "renames")
    same(figure(document, "lines_added_no_renames")["grade"], "exact", "without renames")


def test_errors(folder):
    empty = built.Built(os.path.join(folder, "empty"))
    assert "no commit yet" in metrics(empty.folder, code=3)["error"]
    os.makedirs(os.path.join(folder, "none"))
    assert "not in a git repository" in metrics(os.path.join(folder, "none"), code=3)["error"]
    empty.commit("One", {"a": "a\n"})
    assert "no such branch" in metrics(empty.folder, "--branch", "nowhere", code=3)["error"]


def main():
    if shutil.which("git") is None:
        print("skipped: there is no git")
        return 77
    failed = 0
    for name, test in sorted(globals().items()):
        if not name.startswith("test_") or (sys.argv[2:] and not any(word in name for word in sys.argv[2:])):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(folder)
                print("passed", name, flush=True)
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print("FAILED", name, flush=True)
                traceback.print_exc()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
