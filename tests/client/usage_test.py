#!/usr/bin/env python3
"""Holds conversations with the real client in which one section is followed and another is not, and asks `cascade usage`.

usage: usage_test.py CASCADE [CLIENT]      as client_test.py
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness), with the reason.
"""
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import client_test  # noqa: E402
from client_test import AGENT, PROMPT, SKILL  # noqa: E402

FREEZE, THAW = "sh tools/freeze-heaps.sh --both", "python3 tools/thaw-all.py --everything"
STEPS = "1. Let `heap-reader` compare two snapshots. SKILL-STEPS\n"
TWO_SECTIONS = SKILL.replace(STEPS, f"1. Freeze both processes: `{FREEZE}`. SKILL-STEPS\n\n## Aftercare\n\n"
                                    f"1. Hand the machine back with `{THAW}`.\n")


def bash(command):
    return [{"tool": "Bash", "input": {"command": command, "description": "Run it"}}]


class OneIsFollowed(unittest.TestCase):
    def session(self):
        session = client_test.Session()
        self.addCleanup(session.close)
        session.write(session.library + "/skills/heap-hunt/SKILL.md", TWO_SECTIONS)
        return session

    @staticmethod
    def rows(session):
        """Of each section of the latest session: the manifest, the section, and what shows that it was used."""
        found = {}
        for line in session.cascade("session", "report").splitlines():
            words = line.split(None, 5)
            if len(words) == 6 and words[0].isdigit() and ":" in words[1]:
                found.setdefault((words[1], words[2]), []).append(words[5])
        return found

    @staticmethod
    def figures(session):
        return json.loads(session.cascade("usage", "--format", "json"))["all"]

    def judge(self, session, followed, ignored, count=3):
        rows = self.rows(session)
        self.assertIn("ran", rows[("skill:heap-hunt", followed)][0], rows)
        self.assertEqual(rows[("skill:heap-hunt", ignored)], ["nothing shows use"], rows)
        figures = self.figures(session)
        self.assertEqual((figures["sent"], figures["used"]), (count, 1), figures)

    def test_the_section_whose_command_ran_was_used_and_the_other_was_not(self):
        for command, followed, ignored in ((FREEZE, "Steps", "Aftercare"), (THAW, "Aftercare", "Steps")):
            with self.subTest(followed=followed):
                session = self.session()
                session.run(PROMPT, scenes=[{"match": PROMPT, "turns": [bash(command), [{"text": "done"}]]}])
                self.judge(session, followed, ignored)

    def test_where_neither_is_followed_nothing_was_used(self):
        session = self.session()
        session.run(PROMPT, scenes=[{"match": PROMPT, "turns": [bash("ls -a"), [{"text": "nothing here"}]]}])
        self.assertEqual(self.figures(session)["used"], 0)

    def test_a_fork_counts_nothing_twice(self):
        session = self.session()
        session.run(PROMPT, scenes=[{"match": PROMPT, "turns": [bash(FREEZE), [{"text": "done"}]]}])
        session.run("go on", client=["--continue", "--fork-session"])
        figures = self.figures(session)
        self.assertEqual((figures["sent"], figures["used"]), (3, 1), figures)

    def test_what_is_followed_before_a_compaction_stays_used(self):
        session = self.session()
        session.run(PROMPT, "/compact", "go on", scenes=[{"match": PROMPT, "turns": [bash(FREEZE), [{"text": "done"}]]}])
        self.assertGreaterEqual(self.figures(session)["used"], 1)
        rows = self.rows(session)
        self.assertIn("ran", " ".join(rows[("skill:heap-hunt", "Steps")]), rows)
        self.assertNotIn("ran", " ".join(rows[("skill:heap-hunt", "Aftercare")]), rows)

    def test_what_a_subagent_was_given_is_judged_by_what_the_subagent_did(self):
        session = self.session()
        session.write(session.library + "/agents/heap-reader.md",
                      AGENT.replace("1. Run `/diff-heaps`. AGENT-METHOD", f"1. Run `{FREEZE}`. AGENT-METHOD"))
        agent = {"tool": "Agent", "input": {"description": "task", "prompt": "MARK_TASK look", "subagent_type": "heap-reader",
                                            "run_in_background": False}}
        session.run("MARK_OUTER go", scenes=[{"match": "MARK_TASK", "turns": [bash(FREEZE), [{"text": "frozen"}]]},
                                             {"match": "MARK_OUTER", "turns": [[agent], [{"text": "done"}]]}])
        rows = self.rows(session)
        self.assertIn("ran", " ".join(rows[("agent:heap-reader", "Method")]), rows)


if __name__ == "__main__":
    sys.exit(client_test.main())
