#!/usr/bin/env python3
"""Goes through playbooks with the real client: where a conversation stands, and which skill the model has before it, by the
requests that the model would get.

usage: playbook_test.py CASCADE [CLIENT]      as client_test.py
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness), with the reason.
"""
import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import client_test  # noqa: E402
from client_test import NEWER, OLDER, ROOT  # noqa: E402

STEPS = ("reproduce", "trace", "pin", "patch", "watch")


def table(*skills):
    rows = "".join(f"| {i} | `{name}` | input | {name} is over | result of {name} |\n" for i, name in enumerate(skills, 1))
    return "\n## Chain\n\n| Step | Skill | Enter with | Leave when | Hand on |\n| --- | --- | --- | --- | --- |\n" + rows


def playbook(name, chain, exits, *skills):
    return (f"---\nname: {name}\ndescription: Goes through {name}. Use when {name} is asked for.\nmetadata:\n"
            f"  cascade-layer: playbook\n  cascade-skills: {' '.join(skills)}\n  cascade-chain: \"{chain}\"\n"
            f"  cascade-exits: \"{exits}\"\n---\nOne after the other.\n" + table(*skills))


def bash(*commands):
    return [[{"tool": "Bash", "input": {"command": command, "description": "Run it"}}] for command in commands]


def scene(match, *commands):
    return {"match": match, "turns": bash(*commands) + [[{"text": "done"}]]}


class Session(client_test.Session):
    """A home with every entry of `cascade init --with playbooks`, a library, and a test runner that is red or green."""

    def __init__(self, library=None):
        super().__init__()
        self.home = os.path.join(self.folder, "work", "home")
        os.makedirs(self.home)
        self.runs = 1  # the home is there already
        if library is None:
            library = self.library
            self.write(os.path.join(library, "skills/mend/SKILL.md"),
                       playbook("mend", "1 > 2 > 3 > 4 > 5", "1: red; 4: green; 5: user", *STEPS))
            self.write(os.path.join(library, "skills/pair/SKILL.md"), playbook("pair", "1&2 > 3", "", "trace", "pin", "patch"))
            for name in STEPS:
                self.write(os.path.join(library, f"skills/{name}/SKILL.md"),
                           f"---\nname: {name}\ndescription: The work of {name}. Use when {name} is due.\n---\nTEXT-OF-{name}\n")
        self.library = library
        self.cascade = f'"{client_test.CASCADE}" --root "{library}"'
        command = self.cascade + " hook"
        entry = [{"hooks": [{"type": "command", "command": command, "timeout": 60}]}]
        matched = [dict(entry[0], matcher="Agent|Task|Skill")]
        self.write(self.settings, json.dumps({"hooks": {
            "SessionStart": entry, "UserPromptSubmit": entry, "SubagentStart": entry, "PreToolUse": matched,
            "PostToolUse": entry, "PostToolUseFailure": entry, "PreCompact": entry}}))
        self.write(os.path.join(self.home, ".config/cascade/cascade.yaml"), "systems: { playbooks: on }\n")
        self.pytest = os.path.join(self.folder, "bin", "pytest")
        self.write(self.pytest, "#!/bin/sh\nif [ \"$1\" = green ]; then echo '1 passed in 0.1s'; else echo '1 failed in 0.1s'; exit 1; fi\n")
        os.chmod(self.pytest, 0o755)

    def step(self, words):
        return f"{self.cascade} step {words}"

    def status(self):
        """The runs of the session that was written to last."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("CLAUDE") and not key.startswith("XDG_")}
        result = subprocess.run([client_test.CASCADE, "playbook", "status", "--format", "json"], capture_output=True, text=True,
                                env=dict(environment, HOME=self.home), check=True)
        return json.loads(result.stdout)["runs"]

    def open_steps(self):
        return self.status()[-1]["open"]

    def reports(self):
        """Red, then the first step ends."""
        return self.pytest + " tests", self.step("done 1 --note command")


def texts_of(body):
    """Which steps' skills the model has before it in a request."""
    return [name for name in STEPS if f"TEXT-OF-{name}" in body]


class PlaceIsKept(unittest.TestCase):
    def session(self, library=None):
        session = Session(library)
        self.addCleanup(session.close)
        return session

    def test_each_skill_comes_when_the_step_before_has_its_evidence(self):
        for model in (OLDER, NEWER):
            with self.subTest(model=model):
                session = self.session()
                bodies = session.run("playbook: mend", "MARK_GO", model=model, scenes=[
                    scene("MARK_GO", session.step("done 1"), *session.reports(), session.step("done 2 --note cause"))])
                self.assertEqual([texts_of(body) for body in bodies], [
                    ["reproduce"], ["reproduce"], ["reproduce"], ["reproduce"], ["reproduce", "trace"], ["reproduce", "trace", "pin"]])
                self.assertEqual(session.open_steps(), [3])

    def test_a_hidden_status_moves_nothing(self):
        session = self.session()
        test = session.pytest
        session.run("playbook: mend", "MARK_GO", scenes=[scene(
            "MARK_GO", f"{test} | tail -1", session.step("done 1"), f"{test} || true", session.step("done 1"),
            f"{test}; echo ok", session.step("done 1"), f"echo {test}", session.step("done 1"))])
        self.assertEqual(session.open_steps(), [1])

    def test_after_compaction_the_step_is_there_and_what_is_behind_it_is_not(self):
        session = self.session()
        body = session.run("playbook: mend", "MARK_GO", "/compact", "go on", scenes=[scene("MARK_GO", *session.reports())])[-1]
        self.assertIn("mend: step 2 of 5", body)
        self.assertEqual(texts_of(body), ["trace"])
        self.assertEqual(session.open_steps(), [2])

    def test_after_two_compactions(self):
        session = self.session()
        bodies = session.run("playbook: mend", "MARK_GO", "/compact", "MARK_ON", "/compact", "go on", scenes=[
            scene("MARK_ON", session.step("done 2 --note cause")), scene("MARK_GO", *session.reports())])
        self.assertEqual(texts_of(bodies[-1]), ["pin"])
        self.assertEqual(session.open_steps(), [3])

    def test_the_summary_is_asked_to_keep_the_place(self):
        session = self.session()
        bodies = session.run("playbook: mend", "MARK_GO", "/compact", scenes=[scene("MARK_GO", *session.reports())])
        self.assertTrue(any("A playbook is open" in body and "step 2 of 5" in body for body in bodies))

    def test_continued(self):
        session = self.session()
        session.run("playbook: mend", "MARK_GO", scenes=[scene("MARK_GO", session.pytest + " tests")])
        body = session.run("MARK_ON", client=["--continue"], scenes=[scene("MARK_ON", session.step("done 1 --note command"))])[-1]
        self.assertEqual(texts_of(body), ["reproduce", "trace"])
        self.assertEqual(session.open_steps(), [2])

    def test_continued_twice_and_compacted(self):
        session = self.session()
        session.run("playbook: mend", "MARK_GO", scenes=[scene("MARK_GO", *session.reports())])
        session.run("/compact", "MARK_ON", client=["--continue"], scenes=[scene("MARK_ON", session.step("done 2 --note cause"))])
        body = session.run("/compact", "go on", client=["--continue"])[-1]
        self.assertEqual(texts_of(body), ["pin"])
        self.assertEqual(session.open_steps(), [3])

    def test_a_fork_stands_where_its_parent_stood(self):
        session = self.session()
        session.run("playbook: mend", "MARK_GO", scenes=[scene("MARK_GO", *session.reports())])
        session.run("MARK_ON", client=["--continue", "--fork-session"], scenes=[scene("MARK_ON", session.step("done 2 --note cause"))])
        self.assertEqual(session.open_steps(), [3])
        sessions = subprocess.run([client_test.CASCADE, "session", "list", "--format", "json"], capture_output=True, text=True,
                                  env={"HOME": session.home, "PATH": os.environ["PATH"]}, check=True)
        places = []
        for one in json.loads(sessions.stdout)["sessions"]:
            shown = subprocess.run([client_test.CASCADE, "playbook", "status", "--session", one["session"], "--format", "json"],
                                   capture_output=True, text=True, env={"HOME": session.home, "PATH": os.environ["PATH"]}, check=True)
            places += [run["open"] for run in json.loads(shown.stdout)["runs"]]
        self.assertEqual(sorted(places), [[2], [3]])

    def test_two_agents_at_once_report_two_steps(self):
        session = self.session()
        agents = [{"tool": "Agent", "input": {"description": "work", "prompt": prompt, "subagent_type": "general-purpose",
                                              "run_in_background": False}} for prompt in ("MARK_ONE do trace", "MARK_TWO do pin")]
        bodies = session.run("playbook: pair", "MARK_GO", scenes=[
            scene("MARK_ONE", session.step("done trace --note one")), scene("MARK_TWO", session.step("done pin --note two")),
            {"match": "MARK_GO", "turns": [agents, [{"text": "done"}]]}])
        self.assertEqual(session.open_steps(), [3])
        own = [body for body in bodies if "MARK_ONE" in body and "MARK_GO" not in body]
        self.assertTrue(own and "This is step 1 (trace) of pair" in own[0] and "result of trace" in own[0])

    def test_what_the_user_ends_the_model_does_not(self):
        session = self.session()
        session.run("playbook: mend", "MARK_GO", scenes=[scene(
            "MARK_GO", *session.reports(), session.step("done 2"), session.step("done 3"), session.pytest + " green",
            session.step("done 4"), session.step("done 5 --note 'the user said so'"), session.step("skip 5"))])
        self.assertEqual(session.open_steps(), [5])
        session.run("playbook: done 5 flat for a day", client=["--continue"])
        self.assertEqual(session.status()[-1]["state"], "finished")

    def test_step_by_step_costs_less_than_half_of_all_at_once(self):
        """Of the shipped library's own playbook, by what stands in the requests: 15 of them, compacted twice."""
        session = self.session(ROOT)
        work = lambda mark, *commands: scene(mark, "echo look", *commands)  # noqa: E731
        bodies = session.run(
            "playbook: fix-production-bug", "MARK_ONE", "MARK_TWO", "/compact", "MARK_THREE", "MARK_FOUR", "/compact", "go on", scenes=[
                work("MARK_ONE", session.pytest + " tests", session.step("done 1 --note command")),
                work("MARK_TWO", session.step("done 2 --note mechanism")),
                work("MARK_THREE", session.pytest + " tests", session.step("done 3 --note test")),
                work("MARK_FOUR", session.pytest + " green", session.step("done 4 --note branch"))])
        self.assertEqual(session.open_steps(), [5])
        skills = ("bug-reproduction", "root-cause-tracing", "regression-test-first", "minimal-diff-fixes", "canary-rollout")
        whole = subprocess.run([client_test.CASCADE, "--root", ROOT, "bundle", *skills, "--budget", "100000", "--quiet"],
                               capture_output=True, text=True, check=True).stdout
        main = [body for body in bodies if "fix-production-bug" in body]
        spent = sum(tokens("\n".join(of_cascade(body))) for body in main)
        at_once = len(main) * tokens(whole)
        print(f"playbook: {spent} of {at_once} tokens ({100 * spent / at_once:.0f} %) in {len(main)} requests", flush=True)
        self.assertLess(spent, 0.4 * at_once)


def of_cascade(body):
    """The texts of a request that Cascade wrote: what hooks added, and what `cascade step` printed."""
    found = []

    def walk(value):
        if isinstance(value, str):
            if "[cascade]" in value:
                found.append(value[value.index("[cascade]"):])
        elif isinstance(value, list):
            for one in value:
                walk(one)
        elif isinstance(value, dict):
            for one in value.values():
                walk(one)

    walk(json.loads(body)["messages"])
    return found


def tokens(text):
    result = subprocess.run([client_test.CASCADE, "tokens", "--format", "json"], input=text, capture_output=True, text=True, check=True)
    return json.loads(result.stdout)["total"]["tokens"]


if __name__ == "__main__":
    sys.exit(client_test.main())
