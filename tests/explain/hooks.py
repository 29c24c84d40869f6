#!/usr/bin/env python3
"""The same check before a push, on a bare remote, in a session's layer two's place and in the action.

    hooks.py CASCADE
"""

import json
import os
import shlex
import subprocess
import sys

from repositories import Repository

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BLOCK = "explain: { require: [assisted], mode: block }\n"
CODE = "".join(f"def part_{n}(value):\n    lock.acquire()\n    return value + {n}\n\n\n" for n in range(12))


def hook(folder, name, line):
    path = os.path.join(folder, name)
    os.makedirs(folder, exist_ok=True)
    with open(path, "w", encoding="utf-8") as out:
        out.write(f"#!/bin/sh\n{line}\n")
    os.chmod(path, 0o755)


def push(r, *words):
    run = subprocess.run(["git", "push", "-q", *words], cwd=r.path, env=r.environment, capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr


def cloned(r, configuration):
    """A work tree with a remote that has `configuration` on its main branch."""
    remote = os.path.join(r.folder, "remote.git")
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", remote], env=r.environment, check=True)
    r.write("cascade.yaml", configuration)
    r.write("a.py", "start = 1\n")
    r.commit("base")
    r.git("remote", "add", "origin", remote)
    code, out = push(r, "-u", "origin", "main")
    assert code == 0, out
    r.git("remote", "set-head", "origin", "main")
    r.git("checkout", "-q", "-b", "feature")
    return remote


def assisted(r):
    r.write("a.py", "start = 1\n" + CODE)
    r.commit("Lock the parts\n\nAssisted-by: Claude Code")


def waive(r):
    code, out, errors = r.run("explain", "new", "origin/main", "--waive", "the shop is down")
    assert code == 0, (out, errors)
    r.commit("Waive")


def pre_push(r):
    cloned(r, BLOCK)
    hook(r.path + "/.git/hooks", "pre-push", f'exec {shlex.quote(r.cascade)} explain hook pre-push "$@"')
    r.write("a.py", "start = 1\n" + CODE.replace("part", "mine"))
    r.commit("By hand")
    code, out = push(r, "origin", "feature")
    assert code == 0, out
    assisted(r)
    code, out = push(r, "origin", "feature")
    assert code != 0 and "is not explained" in out and "a.py:" in out, out
    waive(r)
    code, out = push(r, "origin", "feature")
    assert code == 0, out
    code, out = push(r, "origin", "--delete", "feature")
    assert code == 0, out


def pre_receive(r):
    remote = cloned(r, BLOCK)
    hook(remote + "/hooks", "pre-receive", f"exec {shlex.quote(r.cascade)} explain hook pre-receive")
    assisted(r)
    code, out = push(r, "origin", "feature")
    assert code != 0 and "is not explained" in out, out
    left = subprocess.run(["git", "-C", remote, "branch"], env=r.environment, capture_output=True, text=True).stdout
    assert "feature" not in left, left
    waive(r)
    code, out = push(r, "origin", "feature")
    assert code == 0, out


def what_a_push_adds(r):
    """A branch with an empty record on the remote: what is added to it may be good."""
    cloned(r, BLOCK)
    assisted(r)
    r.explain("locks", "origin/main")
    code, out = push(r, "origin", "feature")
    assert code == 0, out
    hook(r.path + "/.git/hooks", "pre-push", f'exec {shlex.quote(r.cascade)} explain hook pre-push "$@"')
    r.write("d.py", CODE.replace("part", "third"))
    r.commit("Lock the thirds\n\nAssisted-by: Claude Code")
    code, out, errors = r.run("explain", "new", "HEAD~1", "--waive", "the shop is down")
    assert code == 0, (out, errors)
    r.commit("Waive")
    code, out = push(r, "origin", "feature")
    assert code == 0, "what the push adds is waived: " + out
    r.write("e.py", CODE.replace("part", "fifth"))
    r.commit("Lock the fifths\n\nAssisted-by: Claude Code")
    r.explain("fifths", "HEAD~1")
    code, out = push(r, "origin", "feature")
    assert code != 0 and "is not explained" in out, out


def update(r):
    remote = cloned(r, BLOCK)
    hook(remote + "/hooks", "update", f'exec {shlex.quote(r.cascade)} explain hook update "$@"')
    r.git("checkout", "-q", "main")
    assisted(r)
    r.git("checkout", "-q", "-b", "plain", "main~1")
    r.write("c.py", "third = 3\n")
    r.commit("By hand")
    code, out = push(r, "origin", "main", "plain")
    heads = subprocess.run(["git", "-C", remote, "branch"], env=r.environment, capture_output=True, text=True).stdout
    assert code != 0 and "plain" in heads, (out, heads)


def modes(r):
    cloned(r, BLOCK.replace("block", "warn"))
    hook(r.path + "/.git/hooks", "pre-push", f'exec {shlex.quote(r.cascade)} explain hook pre-push "$@"')
    assisted(r)
    code, out = push(r, "origin", "feature")
    assert code == 0 and "is not explained" in out, out
    r.git("checkout", "-q", "-b", "quiet")
    r.write("cascade.yaml", BLOCK.replace("block", "shadow"))
    r.commit("Loosen\n\nAssisted-by: Claude Code")
    code, out = push(r, "origin", "quiet")
    assert code == 0 and "is not explained" in out, "a change does not loosen its own check: " + out


def not_configured(r):
    cloned(r, "announce: on\n")
    hook(r.path + "/.git/hooks", "pre-push", f'exec {shlex.quote(r.cascade)} explain hook pre-push "$@"')
    assisted(r)
    code, out = push(r, "origin", "feature")
    assert code == 0 and out == "", out


def layer_two(r):
    """What the scripts of the guard's layer two call."""
    cloned(r, BLOCK)
    assisted(r)
    r.git("push", "-q", "--no-verify", "origin", "main")
    tip, base = r.git("rev-parse", "HEAD"), r.git("rev-parse", "origin/main")
    state = r.folder + "/state/cascade"
    code, out, errors = r.run("guard", "git-hook", state, r.folder + "/none.yaml", "/tmp", "s1", "pre-push", "origin",
                              r.folder + "/remote.git",
                              input=f"refs/heads/feature {tip} refs/heads/feature {base}\n")
    assert code == 1 and "is not explained" in errors, (code, out, errors)


def steps_of_action():
    """The shell of each step, by its name."""
    steps, name, lines = {}, None, None
    with open(os.path.join(ROOT, "action.yml"), encoding="utf-8") as text:
        for line in text.read().split("\n"):
            if line.strip().startswith("- name: "):
                name, lines = line.strip()[8:], None
            elif line.strip() == "run: |":
                lines = steps[name] = []
            elif lines is not None:
                lines.append(line[8:])
    return {name: "\n".join(lines) for name, lines in steps.items()}


def action(r):
    """A request in the action's form: a clone of its merge with main, a shell, and what the inputs are."""
    cloned(r, BLOCK)
    assisted(r)
    code, out = push(r, "origin", "feature")
    assert code == 0, out
    clone = os.path.join(r.folder, "checkout")
    subprocess.run(["git", "clone", "-q", r.folder + "/remote.git", clone], env=r.environment, check=True)
    subprocess.run(["git", "merge", "-q", "--no-ff", "-m", "merge", "origin/feature"], cwd=clone, env=r.environment,
                   check=True)
    environment = dict(r.environment, INPUT_EXPLAIN="origin/main..HEAD", INPUT_EXPLAIN_SARIF="explain.sarif",
                       GITHUB_ACTIONS="true", PATH=os.path.dirname(r.cascade) + ":" + os.environ["PATH"])
    step = steps_of_action()["Check explanations"]
    run = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", step], cwd=clone, env=environment, capture_output=True,
                         text=True)
    assert run.returncode == 1 and "::error file=a.py,line=2" in run.stdout, (run.stdout, run.stderr)
    with open(clone + "/explain.sarif", encoding="utf-8") as text:
        sarif = json.load(text)
    results = sarif["runs"][0]["results"]
    assert sarif["version"] == "2.1.0" and results[0]["ruleId"] == "EX001", sarif
    assert sarif["runs"][0]["tool"]["driver"]["rules"][0]["name"] == "unexplained", sarif
    assert results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a.py"


def review(r):
    cloned(r, BLOCK)
    assisted(r)
    r.explain("locks", "origin/main")
    path = ".cascade/explanations/locks.md"
    r.write(path, r.read(path).replace("## What it does\n", "## What it does\n\nTHE AUTHOR'S WORDS\n"))
    for sentence in ("looks fine to me", "Lock the parts", ""):
        code, out, errors = r.run("explain", "check", "origin/main", "--review", "--by", "Bob", input=sentence + "\n")
        assert code == 1 and "AUTHOR'S" not in out and "lock.acquire" in out, (sentence, out, errors)
    code, out, errors = r.run("explain", "check", "origin/main", "--review", "--by", "Bob",
                              input="every part now waits for one lock that nobody releases\n")
    assert code == 0 and out.index("lock.acquire") < out.index("AUTHOR'S"), (out, errors)
    assert "- Bob (" in r.read(path) and "nobody releases" in r.read(path)
    for name in ("Ann Example", "ann example", "ann@example.org", "Annie <ANN@example.org>"):
        code, out, errors = r.run("explain", "check", "origin/main", "--review", "--id", "locks", "--by", name,
                                  input="every part now waits for one lock\n")
        assert code == 2, f"an author does not review, {name}: " + errors
    for name in ("Ann", "Ann E", "Ann Exampleton <other@example.org>"):
        code, out, errors = r.run("explain", "check", "origin/main", "--review", "--id", "locks", "--by", name,
                                  input="every part now waits for one lock\n")
        assert code == 0, f"{name} is another: " + errors


TESTS = [pre_push, pre_receive, what_a_push_adds, update, modes, not_configured, layer_two, action, review]


def main():
    cascade, failed = os.path.abspath(sys.argv[1]), 0
    for test in TESTS:
        if len(sys.argv) > 2 and test.__name__ not in sys.argv[2:]:
            continue
        with Repository(cascade) as r:
            try:
                test(r)
                print("good", test.__name__)
            except AssertionError as error:
                failed += 1
                print("FAILED", test.__name__, str(error)[:1500])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
