#!/usr/bin/env python3
"""Runs the real client with memory: what one conversation learned stands in the request of the next where it matters,
and nowhere else, by the requests that the model would get.

usage: memory_test.py CASCADE [CLIENT]      as client_test.py
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness), with the reason.
"""
import json
import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import client_test  # noqa: E402
from client_test import NEWER, OLDER  # noqa: E402

SUBJECT, TEXT = "deploy window", "The billing service goes out on Tuesdays before ten, WINDOW-FACT."
NEEDS = "when can i deploy the billing service"
ELSE = "explain what a closure is"


class Session(client_test.Session):
    """A home with the entries of `cascade init --with memory`, memory on, and `cascade mcp` among the client's servers."""

    def __init__(self):
        super().__init__()
        self.home = os.path.join(self.folder, "work", "home")
        self.write(os.path.join(self.home, ".config", "cascade", "cascade.yaml"), "systems: { memory: on }\n")
        subprocess.run([client_test.CASCADE, "init", "--listing", "full", "--with", "memory"], env=self.environment(), check=True, capture_output=True)
        own = os.path.join(self.home, ".claude", "settings.json")
        with open(own, encoding="utf-8") as file:
            self.entries = json.load(file)
        os.remove(own)
        self.write(self.settings, json.dumps(self.entries))
        self.mcp = os.path.join(self.folder, "mcp.json")
        self.write(self.mcp, json.dumps({"mcpServers": {"memory": {"command": client_test.CASCADE, "args": ["mcp"]}}}))
        self.runs = 1  # the home is there already

    def environment(self):
        return dict({name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "CLAUDE"))}, HOME=self.home)

    def memory(self, *words):
        project = os.path.join(self.folder, "work", "project")
        os.makedirs(project, exist_ok=True)
        return subprocess.run([client_test.CASCADE, "memory", *words], env=self.environment(), cwd=project, check=False,
                              capture_output=True, text=True).stdout

    def facts(self):
        return json.loads(self.memory("list", "--all", "--format", "json") or '{"facts": []}')["facts"]

    def asks(self, prompt, *more, **options):
        return self.run(prompt, *more, client=["--mcp-config", self.mcp], **options)


class Memory(unittest.TestCase):
    def session(self):
        session = Session()
        self.addCleanup(session.close)
        return session

    def test_the_model_keeps_a_fact_and_the_next_conversation_has_it_where_it_matters(self):
        for model in (OLDER, NEWER):
            session = self.session()
            keep = {"match": "MARK_KEEP", "turns": [
                [{"tool": "mcp__memory__remember", "input": {"subject": SUBJECT, "text": TEXT}}], [{"text": "done"}]]}
            said = session.asks("MARK_KEEP we deploy billing on tuesdays", scenes=[keep], model=model)[-1]
            self.assertIn("Remembered as m", said)
            body = session.asks(NEEDS, model=model)[-1]  # a conversation of its own: no --continue
            self.assertIn("=== memory: project ===", body)
            self.assertIn("WINDOW-FACT", body)
            self.assertIn("noted by a model", body)
            self.assertNotIn("WINDOW-FACT", session.asks(ELSE, model=model)[-1])
            self.assertNotIn("=== memory", session.asks(ELSE, model=model)[-1])

    def test_a_fact_is_told_once_and_is_back_after_a_compaction(self):
        session = self.session()
        session.memory("add", SUBJECT, TEXT, "--source", "chat with Ada")
        twice = session.asks(NEEDS, NEEDS)[-1]
        self.assertEqual(twice.count("WINDOW-FACT"), 1)
        self.assertIn("chat with Ada", twice)
        after = session.asks(NEEDS, "/compact", "go on")[-1]
        self.assertEqual(after.count("WINDOW-FACT"), 1)
        self.assertNotIn("WINDOW-FACT", session.asks(ELSE, "/compact", "go on")[-1])

    def test_a_compaction_asks_for_lines_and_what_two_conversations_say_is_kept(self):
        session = self.session()
        summary = {"match": "remember: SUBJECT: TEXT", "turns": [[{"text":
                   "<summary>Talked about billing.\n\nremember: " + SUBJECT + ": " + TEXT + "\n</summary>"}]]}
        bodies = session.asks("we talked", "/compact", "go on", scenes=[summary])
        self.assertTrue(any("exactly as `remember: SUBJECT: TEXT`" in body for body in bodies))
        self.assertEqual([(fact["subject"], fact["state"]) for fact in session.facts()], [(SUBJECT, "candidate")])
        self.assertNotIn("WINDOW-FACT", session.asks(NEEDS)[-1])
        session.asks("we talked again", "/compact", "go on", scenes=[summary])
        self.assertEqual([(fact["subject"], fact["state"]) for fact in session.facts()], [(SUBJECT, "live")])
        self.assertIn("WINDOW-FACT", session.asks(NEEDS)[-1])

    def test_what_was_told_from_memory_is_not_taken_back(self):
        session = self.session()
        session.memory("add", SUBJECT, TEXT, "--source", "chat with Ada")
        summary = {"match": "remember: SUBJECT: TEXT", "turns": [[{"text":
                   "<summary>Billing.\n\nremember: billing: " + TEXT + "\n</summary>"}]]}
        session.asks(NEEDS, "/compact", "go on", scenes=[summary])
        self.assertEqual([fact["subject"] for fact in session.facts()], [SUBJECT])

    def test_the_entries_reach_every_compaction_and_the_end(self):
        hooks = self.session().entries["hooks"]
        for event, kinds in (("PreCompact", ("manual", "auto")), ("PostCompact", ("manual", "auto")),
                             ("SessionEnd", ("clear", "logout", "prompt_input_exit", "other"))):
            for kind in kinds:
                self.assertTrue(any(re.fullmatch(group.get("matcher") or ".*", kind) for group in hooks[event]), event + kind)


if __name__ == "__main__":
    sys.exit(client_test.main())
