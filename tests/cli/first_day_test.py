#!/usr/bin/env python3
"""A new user's first day, in one fresh home: each command was named on the screen before it.

first_day_test.py PROGRAM. A step that needs something that no earlier screen said fails, and so does a step that does not end
as told. `told` are the words on the screens so far; the user knows the name of the program, its --help, his own text and git.
77: there is no git.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

SKILL = """---
name: {name}
description: {description}
---

# {name}

1. Read what changed since the last tag.
2. Write one line for each change that a customer notices.
"""
GOOD = "Writes the change notes of a release for customers. Use when a release is ready and its change notes have to be written."
THEIRS = "Answers a customer's complaint about a late parcel. Use when a customer complains that a parcel is late."


class Day:
    def __init__(self, program, folder):
        self.program, self.folder, self.screens = program, folder, ""
        self.project = folder / "shop"
        self.project.mkdir()
        self.home = folder / "home"
        self.home.mkdir()
        self.environment = {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "HOME": str(self.home), "LC_ALL": "C",
                            "CASCADE_VOCABULARY": "estimate"}
        (folder / "bin").mkdir()
        (folder / "bin/cascade").symlink_to(program)

    def run(self, *words, ends=0, feeds="", shows=()):
        """A command of the user's, by which he knows from a screen: its verb and every option stand on one."""
        for word in words:
            if re.fullmatch(r"--?[a-z-]+|[a-z]+", word):
                assert re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", self.screens), \
                    f"`cascade {' '.join(words)}`: no screen so far says {word!r}"
        done = subprocess.run(["cascade", *words], cwd=self.project, env=self.environment, input=feeds, text=True,
                              capture_output=True, timeout=60, check=False)
        screen = done.stdout + done.stderr
        self.screens += screen + "\n"
        assert done.returncode == ends, f"cascade {' '.join(words)}: {done.returncode}\n{screen}"
        for text in shows:
            assert re.search(text, screen), f"cascade {' '.join(words)} does not show {text!r}:\n{screen}"
        return screen

    def tell(self, event, **more):
        """What the client does at an event, by the entry that `init` wrote."""
        settings = json.loads((self.home / ".claude/settings.json").read_text())
        entry = settings["hooks"][event][0]["hooks"][0]
        told = {"hook_event_name": event, "session_id": "a", "cwd": str(self.project), "permission_mode": "default",
                "transcript_path": str(self.folder / "none.jsonl"), **more}
        done = subprocess.run(entry["command"], shell=True, cwd=self.project, env=self.environment, timeout=60,
                              input=json.dumps(told), text=True, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        self.screens += done.stdout
        return done.stdout

    def prompt(self, text, gets):
        """A prompt in a new conversation. The first index is made beside it, which takes a moment."""
        self.tell("SessionStart", source="startup")
        end = time.monotonic() + 60
        while gets not in (answer := self.tell("UserPromptSubmit", prompt=text)):
            assert time.monotonic() < end, f"{text!r} does not get {gets}: {answer}"
            time.sleep(0.2)


def collection(day):
    """A local copy of somebody's collection."""
    theirs = day.folder / "complaints"
    (theirs / "skills/late-parcel").mkdir(parents=True)
    (theirs / "skills/late-parcel/SKILL.md").write_text(SKILL.format(name="late-parcel", description=THEIRS))
    identity = {"GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.com", "GIT_COMMITTER_NAME": "t",
                "GIT_COMMITTER_EMAIL": "t@example.com"}
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"]):
        subprocess.run(["git", "-C", str(theirs), *words], env={**day.environment, **identity}, check=True, timeout=60)
    return str(theirs)


def first_day(day):
    before = sorted(str(path) for path in day.home.rglob("*"))
    day.screens = "cascade --help\n"
    day.run("--help", shows=[r"\n +init +put the hooks"])
    day.run("init", shows=["next: "])
    # A skill of one's own, found by a prompt.
    day.run("new", "--help", shows=["cascade new skill"])
    day.run("new", "skill", "change-notes", "--description", GOOD, shows=["SKILL.md"])
    day.prompt("the release is ready, write its change notes for our customers", gets="change-notes")
    # It breaks; the screen says where, and what to do.
    path = next(day.project.rglob("SKILL.md"))
    whole = path.read_text()
    path.write_text(whole.replace("description:", "descripton:"))
    screen = day.run("validate", ends=1, shows=[r"SKILL\.md:\d+:\d+", "description"])
    assert "help:" in screen, screen
    path.write_text(whole)
    day.run("validate")
    # A collection of somebody else's.
    day.run("library", "--help", shows=["library add", "library remove"])
    day.run("library", "add", collection(day), ends=1, shows=["1 skill: late-parcel", "--yes"])
    day.run("library", "add", str(day.folder / "complaints"), "--yes", shows=["next: cascade library list"])
    day.run("library", "list", shows=["complaints .*as it was taken"])
    day.prompt("a customer complains that her parcel is late, what do we answer?", gets="late-parcel")
    # What served, and how everything goes again.
    day.run("usage", shows=["cascade usage --all"])
    day.run("usage", "--all", shows=["change-notes|prompt"])
    day.run("library", "remove", "complaints", shows=["removed complaints"])
    screen = day.run("uninstall", shows=["removed .*settings.json"])
    for line in re.findall(r"^ +rm -r (.*)$", screen, re.M):  # the screen says what is left to remove
        if str(day.home) in line:
            shutil.rmtree(line.strip("'"))
    after = sorted(str(path) for path in day.home.rglob("*") if not path.is_dir())
    assert after == before, after


def main():
    if shutil.which("git") is None:
        print("there is no git")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        first_day(Day(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(folder).resolve()))
    print("each step of the first day was on the screen before it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
