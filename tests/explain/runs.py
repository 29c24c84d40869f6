#!/usr/bin/env python3
"""What `explain check --run` shows: one case of each outcome, and the statements of ../shared/fixtures/explain-run.

    runs.py CASCADE [NAME...]
"""

import collections
import json
import os
import shutil
import subprocess
import sys

from repositories import Repository

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FIXTURES = os.path.join(os.path.dirname(ROOT), "shared", "fixtures", "explain-run")
OUTCOMES = {"shown": "shown", "no difference": "no_difference", "fails with": "fails_with", "wrong text": "other_text",
            "passes without": "passes_without", "does not build": "does_not_build", "could not run": "could_not_run"}

BEFORE = "small() {\n  echo $1\n}\n\nbig() {\n  echo 1\n}\n"
AFTER = "small() {\n  [ $1 -lt 9 ] || echo 'too big'\n}\n\nbig() {\n  echo 2\n}\n\nopen() {\n  :\n}\n"
TEST = ("#!/bin/bash\n. ./lib.sh\n[ \"$(small 3)\" = '' ] || { echo 'FAILED small'; exit 1; }\n"
        "mkdir -p out; date > out/stamp; ls -A\n")


def changed(r):
    r.write("cascade.yaml", "explain: { require: [all, shown], small: 0, mode: block }\n")
    r.write("lib.sh", BEFORE)
    r.write("test.sh", TEST)
    r.commit("base")
    r.git("checkout", "-q", "-b", "feature")
    r.write("lib.sh", AFTER)
    r.commit("Print only what is too big")


def explained(r, statements):
    """A record with good parts and an answer for each place."""
    code, out, errors = r.run("explain", "new", "main", "--id", "it")
    assert code == 0, (out, errors)
    path = ".cascade/explanations/it.md"
    text = r.read(path)
    said = {"What it does": "small tells of what is too big.", "How it fails": "A negative number of small is let by.",
            "Why not otherwise": "big had no test in lib.sh before.", "What was verified": "bash test.sh by hand"}
    for heading, words in said.items():
        text = text.replace(f"## {heading}\n", f"## {heading}\n\n{words}\n")
    for place, statement in statements:
        text += f"\n### {place}\n\n{statement}\n"
    r.write(path, text)
    r.commit("Explain it")
    code, out, errors = r.run("explain", "check", "main..feature", "--run", "--yes", "--format", "json")
    assert code in (0, 1), (code, out, errors)
    return json.loads(out)


def outcomes(r):
    changed(r)
    report = explained(r, [
        ("lib.sh:2", "Without this hunk `bash test.sh` fails with `FAILED small`."),
        ("lib.sh:2", "Without this hunk `bash test.sh` fails with `FAILED big`."),
        ("lib.sh:6", "Without this hunk `bash test.sh` fails."),
        ("lib.sh:6", "Without this hunk `./nothing` fails."),
        ("lib.sh:6", "Without this hunk `. ./lib.sh; [ $(big) = 1 ]` fails."),
        ("lib.sh:6", "Without this hunk `. ./lib.sh; [[ $(big) = 3 ]]` fails."),
        ("lib.sh:9", "Without this hunk `[ $RANDOM -lt 30000 ] && test -e .git` fails."),
    ])
    found = [(one["outcome"], one["exit_without"], one["exit_with"]) for one in report["records"][0]["shown"]]
    assert found == [("shown", 1, 0), ("other_text", 1, 0), ("no_difference", 0, 0), ("could_not_run", 127, 127),
                     ("passes_without", 0, 1), ("fails_with", 1, 1), ("fails_with", 1, 1)], found
    assert not os.path.exists(r.path + "/out"), "a command ran in the work tree"
    assert report["refused"] and any(one["rule"] == "EX015" for one in report["findings"])


def gate(r):
    """With `require: shown` a statement that holds is what lets a change through."""
    changed(r)
    report = explained(r, [("lib.sh:2", "Without this hunk `bash test.sh` fails with `FAILED small`.")])
    asked = [one["message"] for one in report["findings"] if one["rule"] == "EX015"]
    assert len(asked) == 1 and "lib.sh:6" in asked[0], report["findings"]
    code, out, errors = r.run("explain", "check", "main..feature", "--run")
    assert code != 0 and "nobody allowed it" in errors and "bash test.sh" in errors, (code, out, errors)


def installed(r):
    """Packages that are installed and not committed are there, products are not."""
    changed(r)
    r.write(".git/info/exclude", "node_modules\nout\n")
    r.write("node_modules/pad/index.sh", "echo pad\n")
    r.write("out/stamp", "old\n")
    report = explained(r, [("lib.sh:2", "Without this hunk `bash node_modules/pad/index.sh && test ! -e out && "
                                        "bash test.sh` fails with `FAILED small`.")])
    assert report["records"][0]["shown"][0]["outcome"] == "shown", report["records"][0]["shown"]


def one_question_at_a_time(r):
    changed(r)
    typed = ["small tells what is too big", "", "a negative number", "", "big had no test", "", "bash test.sh", "",
             "small is silent below nine", "", "bash test.sh", "FAILED small"]
    code, out, errors = r.run("explain", "new", "main", "--id", "it", "--ask", input="\n".join(typed) + "\n")
    assert code == 0 and "cascade explain check --run" in errors, (code, out, errors)
    assert out.index("What does this change do?") < out.index("How does it fail"), out
    text = r.read(".cascade/explanations/it.md")
    assert "## How it fails\n\na negative number\n" in text, text
    assert "Without this hunk `bash test.sh` fails with `FAILED small`.\n" in text, text


def odd_places(r):
    """A line break in a path, a file without a dot, a link out of the repository."""
    r.write("cascade.yaml", "explain: { require: all, small: 0, mode: block }\n")
    r.write("a\nb.py", "x = 1\n")
    r.write("Dockerfile", "FROM a\nRUN b\n")
    r.commit("base")
    r.git("checkout", "-q", "-b", "feature")
    r.write("a\nb.py", "x = 2\n")
    r.write("Dockerfile", "FROM a\nRUN c\n")
    r.commit("change")
    r.explain("it", "main")
    report = r.check("main..feature")
    assert report["covered"] == report["needed"] > 0, report
    assert not any(one["rule"] in ("EX003", "EX001") for one in report["findings"]), report["findings"]
    r.git("rm", "-rq", ".cascade")
    r.commit("Take it out again")
    os.makedirs(r.path + "/.cascade", exist_ok=True)
    os.symlink(r.folder, r.path + "/.cascade/explanations")
    code, out, errors = r.run("explain", "new", "main", "--id", "other")
    assert code != 0 and "leads out" in errors and not os.path.exists(r.folder + "/other.md"), (code, out, errors)


def fixtures(r):
    if not os.path.exists(FIXTURES):
        print("skipped: no ../shared/fixtures/explain-run")
        return
    out = os.path.join(r.folder, "fixtures")
    subprocess.run([sys.executable, os.path.join(FIXTURES, "make.py"), out], check=True)
    os.makedirs(r.folder + "/config/cascade")
    with open(r.folder + "/config/cascade/cascade.yaml", "w", encoding="utf-8") as configuration:
        configuration.write("explain: { require: all, small: 0, mode: block }\n")
    groups, wrong = collections.defaultdict(list), []
    with open(os.path.join(FIXTURES, "statements.jsonl"), encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            groups[one["repo"]].append(one)
    for name, statements in groups.items():
        r.path = os.path.join(out, name)
        r.git("checkout", "-q", "-b", "feature")
        r.git("branch", "-q", "-f", "main", "HEAD~1")
        report = explained(r, [(f"{one['path']}:{one['line']}", one["statement"]) for one in statements])
        shown = report["records"][0]["shown"]
        assert len(shown) == len(statements), (name, len(shown))
        for one, got in zip(statements, shown):
            if (got["outcome"], got["exit_without"], got["exit_with"]) != (
                    OUTCOMES[one["why"]], one["exit_without"], one["exit_with"]):
                wrong.append((one["id"], one["why"], got["outcome"], got["why"], got["output"][-300:]))
    assert not wrong, wrong


TESTS = [outcomes, gate, installed, one_question_at_a_time, odd_places, fixtures]


def main():
    cascade, failed = os.path.abspath(sys.argv[1]), 0
    if not shutil.which("bwrap"):
        print("skipped: commands cannot be confined here")
        return 77
    for test in TESTS:
        if len(sys.argv) > 2 and test.__name__ not in sys.argv[2:]:
            continue
        with Repository(cascade) as r:
            try:
                test(r)
                print("good", test.__name__, flush=True)
            except AssertionError as error:
                failed += 1
                print("FAILED", test.__name__, str(error)[:3000], flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
