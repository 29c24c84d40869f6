#!/usr/bin/env python3
"""Sixty scripted cases with real git: where the hunks of a record are the same it stays valid, where not it is stale.

    git_cases.py CASCADE [NAME...]
"""

import sys

from repositories import Repository


def function(number, body="    return value + {n}\n"):
    return f"def step_{number}(value):\n    check_{number}(value)\n" + body.format(n=number) + "\n\n"


PLAIN = "".join(function(n) for n in range(24))
OTHER = "".join(f"key_{n} = {n}\n\n" for n in range(40))


# Each shape changes the work tree in one or two commits and returns nothing; `main` has PLAIN and OTHER.

def edit_lines(r):
    r.write("a.py", PLAIN.replace("value + 5", "value * 5").replace("value + 15", "value - 15"))
    r.commit("edit")


def insert_lines(r):
    r.write("a.py", PLAIN.replace("def step_9(", "def step_9b(value):\n    log(value)\n    return value\n\n\ndef step_9("))
    r.commit("insert")


def remove_lines(r):
    r.write("a.py", PLAIN.replace(function(12), "").replace("    check_18(value)\n", ""))
    r.commit("remove")


def add_file(r):
    r.write("new.py", "".join(function(n, "    return fetch(value, {n})\n") for n in range(30)))
    r.commit("add")


def delete_file(r):
    r.git("rm", "-q", "b.cfg")
    r.commit("delete")


def rename_and_edit(r):
    r.git("mv", "a.py", "moved/steps.py", good=False)
    r.write("moved/steps.py", PLAIN.replace("value + 7", "value + 77"))
    r.git("rm", "-q", "--cached", "--ignore-unmatch", "a.py")
    import os
    if os.path.exists(r.path + "/a.py"):
        os.remove(r.path + "/a.py")
    r.commit("rename")


def binary_and_mode(r):
    import os
    r.write("logo.bin", bytes(range(256)) * 4 + b"\0new")
    os.chmod(r.path + "/run.sh", 0o755)
    r.write("a.py", PLAIN.replace("value + 3\n", "value + 33\n"))
    r.commit("binary")


def two_commits(r):
    r.write("a.py", PLAIN.replace("value + 2\n", "value + 22\n"))
    r.commit("first")
    r.write("b.cfg", OTHER.replace("key_30 = 30", "key_30 = 31").replace("key_8 = 8\n", ""))
    r.commit("second")


SHAPES = [edit_lines, insert_lines, remove_lines, add_file, delete_file, rename_and_edit, binary_and_mode, two_commits]


EVERYTHING = "explain: { require: all, small: 0, mode: block }\n"


def begin(r, shape):
    r.write("cascade.yaml", EVERYTHING)
    r.write("a.py", PLAIN)
    r.write("b.cfg", OTHER)
    r.write("logo.bin", bytes(range(256)) * 4)
    r.write("run.sh", "#!/bin/sh\necho run\n")
    r.write("far.txt", "far\n")
    r.commit("base")
    r.git("checkout", "-q", "-b", "feature")
    shape(r)
    r.explain("feature", "main")


def advance_main(r, near=False):
    r.git("checkout", "-q", "main")
    r.write("far.txt", "far\naway\n")
    r.write("added-by-others.py", "others = 1\n" * 40)
    r.commit("others")
    if near:  # everything moves down, and lines near the changed ones are others now
        text = r.read("a.py")
        r.write("a.py", "# a licence\n# of two lines\n" + text.replace("def step_4(value):", "def step_4(value: int):"))
        r.commit("others near by")


# Each operation rewrites the branch and returns the range that is checked.

def squash(r):
    advance_main(r)
    r.git("merge", "-q", "--squash", "feature")
    r.commit("all of it (#7)")
    return "HEAD~1..HEAD"


def rebase(r):
    advance_main(r)
    r.git("checkout", "-q", "feature")
    r.git("rebase", "-q", "main")
    return "main..feature"


def rebase_near(r):
    advance_main(r, near=True)
    r.git("checkout", "-q", "feature")
    r.git("-c", "merge.renames=true", "rebase", "-q", "main")
    return "main..feature"


def cherry_pick(r):
    r.git("checkout", "-q", "-b", "release", "main")
    r.write("far.txt", "release\n")
    r.commit("release")
    r.git("cherry-pick", "main..feature")
    return "HEAD~%s..HEAD" % r.git("rev-list", "--count", "main..feature")


def amend_message(r):
    r.git("commit", "-q", "--amend", "-m", "Other words")
    return "main..feature"


def merge_queue(r):
    advance_main(r)
    r.git("checkout", "-q", "-b", "other", "main~1")
    r.write("c.py", "".join(function(n) for n in range(40, 60)))
    r.commit("another request")
    r.explain("other", "main")
    r.git("checkout", "-q", "-b", "queue", "main")
    r.git("merge", "-q", "--no-ff", "-m", "queue: other", "other")
    r.git("merge", "-q", "--no-ff", "-m", "queue: feature", "feature")
    return "main..queue"


OPERATIONS = [squash, rebase, rebase_near, cherry_pick, amend_message, merge_queue]


def expect(report, live=True, uncovered=0, stale=0, name=None):
    """live: every record but those with stale hunks binds all; uncovered: files with unexplained lines."""
    missing = [f for f in report["findings"] if f["rule"] == "EX001"]
    gone = sum(record["stale"] for record in report["records"])
    assert len(missing) == uncovered, (name, "unexplained", missing, report["records"])
    assert gone == stale, (name, "stale", gone, report["records"])
    if live:
        assert any(record["hunks"] > 0 for record in report["records"]), (name, report["records"])


# Cases of their own: what changes, and what must be said.

def amend_one_hunk(r):
    begin(r, edit_lines)
    r.write("a.py", r.read("a.py").replace("value * 5", "value * 55"))
    r.git("commit", "-q", "-a", "--amend", "--no-edit")
    expect(r.check("main..feature"), uncovered=1, stale=1)


def amend_is_explained_again(r):
    amend_one_hunk(r)
    code, out, errors = r.run("explain", "new", "main..feature", "--into", "feature")
    assert code == 0, (out, errors)
    r.git("add", "-A")
    r.git("commit", "-q", "--amend", "--no-edit")
    expect(r.check("main..feature"))


def amend_more_hunks(r):
    begin(r, edit_lines)
    r.write("b.cfg", OTHER.replace("key_1 = 1\n", "key_1 = 11\nkey_1b = 1\n" * 8))
    r.git("commit", "-q", "-a", "--amend", "--no-edit")
    expect(r.check("main..feature"), uncovered=1)


def amend_drops_hunk(r):
    begin(r, edit_lines)
    r.write("a.py", r.read("a.py").replace("value * 5", "value + 5"))
    r.git("commit", "-q", "-a", "--amend", "--no-edit")
    expect(r.check("main..feature"), stale=1)


def one_line_of_a_new_file(r):
    begin(r, add_file)
    r.write("new.py", r.read("new.py").replace("fetch(value, 17)", "fetch(value, 170)"))
    r.git("commit", "-q", "-a", "--amend", "--no-edit")
    report = r.check("main..feature")
    expect(report, uncovered=1, stale=1)
    feature = next(record for record in report["records"])
    assert feature["hunks"] >= 3, feature


def revert(r):
    begin(r, two_commits)
    r.git("checkout", "-q", "main")
    r.git("merge", "-q", "--no-ff", "-m", "merge", "feature")
    r.git("revert", "--no-edit", "feature~1", "feature~2")
    report = r.check("HEAD~2..HEAD")
    assert report["needed"] == 0 and report["lines"]["reverted"] > 0, report


def revert_with_more(r):
    begin(r, edit_lines)
    r.git("checkout", "-q", "main")
    r.git("merge", "-q", "--no-ff", "-m", "merge", "feature")
    r.git("revert", "--no-edit", "feature~1")
    r.write("b.cfg", OTHER.replace("key_3 = 3\n", "key_3 = sneaked\nmore = in\n" * 7))
    r.git("commit", "-q", "-a", "--amend", "--no-edit")
    report = r.check("HEAD~1..HEAD")
    assert report["lines"]["reverted"] > 0, report
    expect(report, live=False, uncovered=1)


def revert_of_the_revert(r):
    begin(r, two_commits)
    r.git("checkout", "-q", "main")
    r.git("merge", "-q", "--ff-only", "feature")
    tip = r.git("rev-parse", "HEAD")
    r.git("revert", "--no-edit", "HEAD", "HEAD~1", "HEAD~2")
    r.git("checkout", "-q", "-b", "again")
    r.git("revert", "--no-edit", "HEAD", "HEAD~1", "HEAD~2")
    report = r.check("main..again")
    assert r.git("rev-parse", tip + "^{tree}") == r.git("rev-parse", "HEAD^{tree}")
    expect(report, uncovered=0)


def stacked(r):
    begin(r, edit_lines)
    r.git("checkout", "-q", "-b", "upper")
    r.write("b.cfg", OTHER.replace("key_7 = 7\n", "key_7 = 70\nkey_7b = 7\n" * 9))
    r.commit("upper")
    r.explain("upper", "feature")
    expect(r.check("feature..upper"))
    report = r.check("main..upper")
    assert len(report["records"]) == 2, report
    expect(report)


def stacked_after_lower_was_squashed(r):
    stacked(r)
    r.git("checkout", "-q", "main")
    r.git("merge", "-q", "--squash", "feature")
    r.commit("feature (#1)")
    r.git("checkout", "-q", "upper")
    r.git("rebase", "-q", "--onto", "main", "feature", "upper")
    report = r.check("main..upper")
    assert len(report["records"]) == 1 and report["earlier"] == 1, report
    expect(report)


def lower_changes_below_upper(r):
    stacked(r)
    r.git("checkout", "-q", "feature")
    r.write("a.py", r.read("a.py").replace("value * 5", "value * 6"))
    r.git("commit", "-q", "-a", "--amend", "--no-edit")
    r.git("rebase", "-q", "--onto", "feature", "feature@{1}", "upper")
    expect(r.check("feature..upper"))
    expect(r.check("main..upper"), uncovered=1, stale=1)


def slides(r):
    """The same insertion is shown one line later where the line behind it equals its first."""
    r.write("cascade.yaml", EVERYTHING)
    r.write("a.cfg", "begin\nitem\n  one\nend\nitem\n  two\nend\nlast\n")
    r.commit("base")
    r.git("checkout", "-q", "-b", "feature")
    r.write("a.cfg", "begin\nitem\n  one\nend\nitem\n  new\nend\nitem\n  two\nend\nlast\n" + "x = 1\n" * 12)
    r.commit("insert")
    r.explain("feature", "main")
    r.git("checkout", "-q", "-b", "copy", "main")
    r.write("a.cfg", "begin\nitem\n  one\nend\nITEM\nitem\n  two\nend\nlast\n")
    r.commit("a line between")
    r.write("a.cfg", "begin\nitem\n  one\nend\nitem\n  new\nend\nITEM\nitem\n  two\nend\nlast\n" + "x = 1\n" * 12)
    r.git("checkout", "-q", "feature", "--", ".cascade")
    r.commit("the same insertion")
    expect(r.check("copy~1..copy"))


OWN = [amend_one_hunk, amend_is_explained_again, amend_more_hunks, amend_drops_hunk, one_line_of_a_new_file, revert,
       revert_with_more, revert_of_the_revert, stacked, stacked_after_lower_was_squashed, lower_changes_below_upper,
       slides]


def cases():
    for operation in OPERATIONS:
        for shape in SHAPES:
            def run(r, operation=operation, shape=shape):
                begin(r, shape)
                expect(r.check(operation(r)), name=(operation.__name__, shape.__name__))
            yield f"{operation.__name__}-{shape.__name__}", run
    for case in OWN:
        yield case.__name__, case


def main():
    chosen, failed, count = sys.argv[2:], [], 0
    for name, run in cases():
        if chosen and not any(word in name for word in chosen):
            continue
        count += 1
        with Repository(sys.argv[1]) as r:
            try:
                run(r)
            except AssertionError as error:
                failed.append(name)
                print(f"FAILED {name}: {str(error)[:600]}")
    print(f"{count - len(failed)} of {count} cases")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
