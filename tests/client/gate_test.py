#!/usr/bin/env python3
"""Runs the real client with checks of the user's own: one that has no record watches, one that has earned it refuses and says
how sure it has been, one that was wrong too often lets pass again. A project's checks sleep until a person has allowed them.

usage: gate_test.py CASCADE [CLIENT]      as client_test.py
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness, no cascade-git), with the reason.
"""
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import client_test  # noqa: E402
import guard_test  # noqa: E402
import trust_test  # noqa: E402

LINT = "#!/bin/sh\necho ran >> ../ran\nif grep TODO note; then echo LINT-SAYS-NO; exit 1; fi\n"
CHECKS = "gates:\n  lint: {{ run: [./lint], at: {} }}\n"
DONE = [[{"text": "done"}]]


class Gates(unittest.TestCase):
    def setUp(self):
        self.session = guard_test.Session("systems: { repository: off }\n", systems="gates")
        self.addCleanup(shutil.rmtree, self.session.folder, ignore_errors=True)
        self.home, self.app = os.path.join(self.session.work, "home"), self.session.app
        self.ran = os.path.join(self.session.work, "ran")
        self.write("lint", LINT)
        os.chmod(os.path.join(self.app, "lint"), 0o755)
        self.write("note", "fine\n")
        self.commit("start")
        self.start = self.git("rev-parse", "HEAD")

    def git(self, *words):
        return self.session.git(self.app, *words)

    def write(self, name, text):
        self.session.write(os.path.join(self.app, name), text)

    def commit(self, subject):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", subject)

    def configure(self, at):
        path = os.path.join(self.home, ".config", "cascade", "cascade.yaml")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self.session.write(path, CHECKS.format(at))

    def cascade(self, *words):
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "CASCADE_", "CLAUDE"))}
        done = subprocess.run([client_test.CASCADE, *words], env=dict(environment, HOME=self.home), cwd=self.app,
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f"cascade {words}: {done.returncode} {done.stdout} {done.stderr}")
        return done.stdout

    def shown(self):
        return json.loads(self.cascade("gate", "show", "lint", "--format", "json"))

    def earn(self):
        """Thirty-five commits with what the check is about, each taken back by the next."""
        for i in range(35):
            self.write("note", f"TODO {i}\n")
            self.commit(f"add {i}")
            self.git("revert", "--no-edit", "HEAD")
        self.cascade("gate", "replay", "lint", "--since", self.start)
        shown = self.shown()
        self.assertEqual((shown["configured"], shown["earned"], shown["in_force"], shown["right"], shown["wrong"]),
                         ("block", "block", "block", 35, 0))

    def results(self, mark, *commands, then=DONE):
        said = self.session.run(f"{mark} go", {"match": mark, "turns": guard_test.bash(*commands) + then})
        return said, "\n".join(guard_test.results(said))

    def test_a_check_without_a_record_watches_and_history_tells_what_came_of_it(self):
        self.configure("commit")
        before = self.session.commits(self.app)
        self.write("note", "TODO first\n")
        said, _ = self.results("MARK_A", "git commit -qam first")
        self.assertEqual(self.session.commits(self.app), before + 1)
        self.assertNotIn("LINT-SAYS-NO", said)
        (trial,) = self.shown()["trials"]
        self.assertEqual((trial["flagged"], trial["mode"], trial["outcome"]), (True, "shadow", None))
        self.git("revert", "--no-edit", "HEAD")
        (trial,) = self.shown()["trials"]
        self.assertEqual((trial["outcome"], trial["correct"], trial["commit"]), ("reverted", True, self.git("rev-parse", "HEAD~1")))

    def test_a_check_that_has_earned_it_refuses_says_how_sure_it_is_and_stops_when_it_was_wrong(self):
        self.configure("commit")
        self.earn()
        before = self.session.commits(self.app)
        agent = [{"tool": "Agent", "input": {"description": "sub", "prompt": "MARK_SUB go", "subagent_type": "general-purpose",
                                             "run_in_background": False}}]
        said = self.session.run(
            "MARK_A go", {"match": "MARK_SUB", "turns": guard_test.bash("git commit -qam third") + DONE},
            {"match": "MARK_A", "turns": guard_test.bash("echo TODO > note", "git commit -qam first", "echo better > note",
                                                         "git commit -qam second", "echo TODO > note") + [agent] + DONE})
        refused = [result for result in guard_test.results(said) if "LINT-SAYS-NO" in result]
        self.assertEqual(len(refused), 2, refused)  # in the main conversation and in the subagent
        self.assertIn("right in 35 of 35 (95 % interval 0.90 to 1.00)", refused[0])
        self.assertIn("right in 36 of 36", refused[1])
        self.assertEqual(self.session.commits(self.app), before + 1)
        shown = self.shown()
        self.assertEqual((shown["right"], shown["in_force"]), (36, "block"))  # mended after the refusal

        # The model does not judge what judges it.
        number = re.search(r"cascade gate judge (\d+) wrong", refused[1]).group(1)
        judges = f"{shlex.quote(client_test.CASCADE)} gate judge {number} wrong"
        _, answered = self.results("MARK_B", judges, f"env -u CLAUDECODE {judges}",
                                   f"env -u CLAUDECODE sh -c {shlex.quote(judges)}")
        self.assertEqual(self.shown()["wrong"], 0, answered)

        # The user does: at once it only warns, and the commit is made.
        self.cascade("gate", "judge", number, "wrong")
        shown = self.shown()
        self.assertEqual((shown["right"], shown["wrong"], shown["earned"]), (36, 1, "warn"))
        self.results("MARK_C", "git commit -qam warned")
        self.assertEqual(self.session.commits(self.app), before + 2)
        self.assertEqual(self.shown()["trials"][0]["mode"], "warn")

    def test_a_check_at_the_end_of_a_turn_sends_the_model_back(self):
        self.configure("stop")
        self.earn()
        said = self.session.run("MARK_A go", {"match": "LINT-SAYS-NO", "turns": guard_test.bash("echo mended > note") + DONE},
                                {"match": "MARK_A", "turns": guard_test.bash("echo TODO > note") + DONE})
        self.assertIn("right in 35 of 35 (95 % interval 0.90 to 1.00)", said)
        with open(os.path.join(self.app, "note"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "mended\n")

    def test_a_projects_check_sleeps_until_a_person_has_allowed_the_file(self):
        self.write("cascade.yaml", CHECKS.format("commit"))
        self.results("MARK_A", "git commit -q --allow-empty -m first")
        self.assertFalse(os.path.exists(self.ran))
        self.assertIn(b"run: [./lint]", trust_test.allow(self.app, self.home, "./cascade.yaml"))
        self.results("MARK_B", "git commit -q --allow-empty -m second")
        self.assertTrue(os.path.exists(self.ran))
        os.remove(self.ran)
        with open(os.path.join(self.app, "cascade.yaml"), "a", encoding="utf-8") as file:
            file.write("#")
        self.results("MARK_C", "git commit -q --allow-empty -m third")
        self.assertFalse(os.path.exists(self.ran))


if __name__ == "__main__":
    sys.exit(client_test.main(guard_test.prepare))
