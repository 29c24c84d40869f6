#!/usr/bin/env python3
"""Sends the real client 200 prompts that a manual-only skill would fit, and looks for it in every request.

usage: switches_test.py CASCADE [CLIENT]      as client_test.py
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness), with the reason.
"""
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import client_test  # noqa: E402
from client_test import AGENT, COMMAND, MODELS, SKILL  # noqa: E402

# Five ways to speak of what the skill is for, in each of forty sentences.
SUBJECTS = ("a memory leak", "a heap that grows every hour", "memory that is never given back", "two heap snapshots that differ",
            "a process that eats all the memory")
SENTENCES = (
    "we have {}", "find {}", "there is {} in the service", "why is there {}?", "please look into {}", "fix {} in main.cpp",
    "{} again, since the last release", "prove {}", "somebody reported {}", "how do I hunt {}?", "start with {}",
    "my task today: {}", "{} on the build machine", "we must get rid of {}", "is this {}?", "explain {}", "write a test for {}",
    "the user sees {}", "{}: what now?", "measure {}", "compare before and after for {}", "it looks like {}",
    "production shows {}", "let somebody look at {}", "plan the work on {}", "review the change that caused {}",
    "can you see {} here?", "I think it is {}", "what would cause {}?", "document {}", "help me with {}", "run the tool for {}",
    "take care of {}", "{} in the worker, not in the server", "after an hour there is {}", "under load we get {}",
    "trace {}", "the graph shows {}", "do what is right about {}", "last: {}")
PROMPTS = [sentence.format(subject) for sentence in SENTENCES for subject in SUBJECTS]


class ForbiddenStaysAway(unittest.TestCase):
    def session(self, skill, **settings):
        """A skill `secret-hunt` for exactly these prompts, which an open skill and an open command name."""
        session = client_test.Session()
        self.addCleanup(session.close)
        session.install_entry()
        text = skill.replace("name: heap-hunt", "name: secret-hunt").replace("SKILL-", "FORBIDDEN-").replace("Proves", "FORBIDDEN-CARD proves")
        session.write(os.path.join(session.library, "skills/secret-hunt/SKILL.md"), text)
        session.write(os.path.join(session.library, "skills/heap-hunt/SKILL.md"),
                      SKILL.replace("cascade-triggers", "cascade-skills: secret-hunt\n  cascade-triggers") +
                      "\nThen go on with `secret-hunt`.\n")
        with open(session.settings, encoding="utf-8") as file:
            whole = json.load(file)
        session.write(session.settings, json.dumps(dict(whole, **settings)))
        return session

    def all_prompts(self, session, model):
        """Four sessions of fifty prompts: what is offered is offered once a session."""
        for begin in range(0, len(PROMPTS), 50):
            part = PROMPTS[begin:begin + 50]
            yield session.run(part[0], *part[1:], model=model, seconds=240)[-1]

    def stays_away(self, session, model):
        served = 0
        for body in self.all_prompts(session, model):
            self.assertNotIn("FORBIDDEN-", body)
            self.assertNotIn("skill:secret-hunt", body)
            self.assertNotIn("skill: secret-hunt", body)
            served += body.count("SKILL-STEPS")
        self.assertEqual(served, 4, "the open skill was not served in each session")

    def test_a_manual_only_skill_is_in_none_of_200_prompts(self):
        self.assertEqual(len(set(PROMPTS)), 200)
        skill = SKILL.replace("metadata:", "disable-model-invocation: true\nmetadata:")
        session = self.session(skill)
        self.stays_away(session, MODELS[0])
        body = session.run("use the secret-hunt skill")[-1]
        self.assertEqual(body.count("FORBIDDEN-STEPS"), 1)

    def test_a_skill_that_settings_switch_off_is_in_none_of_200_prompts(self):
        self.stays_away(self.session(SKILL, skillOverrides={"secret-hunt": "off"}), MODELS[-1])

    def test_the_model_cannot_take_what_is_the_users_to_start(self):
        session = self.session(SKILL.replace("metadata:", "disable-model-invocation: true\nmetadata:"))
        bodies = session.run("MARK_T go", scenes=[client_test.skill_scene("MARK_T", "secret-hunt", "heap memory leak snapshots")])
        self.assertIn("skill:secret-hunt is for the user to start", bodies[1])
        self.assertNotIn("- skill:secret-hunt", bodies[2])
        self.assertNotIn("FORBIDDEN-", bodies[-1])

    def test_no_agent_and_no_subagent_brings_it_in(self):
        session = self.session(SKILL.replace("metadata:", "disable-model-invocation: true\nmetadata:"))
        session.write(os.path.join(session.library, "agents/heap-reader.md"),
                      AGENT.replace("cascade-commands", "cascade-skills: secret-hunt\n  cascade-commands"))
        session.write(os.path.join(session.library, "commands/diff-heaps.md"),
                      COMMAND.replace("---\nCompare", "disable-model-invocation: true\n---\nCompare"))
        bodies = session.run("MARK_N go", scenes=[client_test.scene("MARK_N", ("heap-reader", "MARK_TASK a memory leak"))])
        own = [body for body in bodies if "MARK_TASK" in body and "MARK_N go" not in body]
        self.assertEqual(own[0].count("AGENT-METHOD"), 1)
        self.assertNotIn("FORBIDDEN-", own[-1])
        self.assertNotIn("COMMAND-CARD", own[-1])


if __name__ == "__main__":
    sys.exit(client_test.main(warnings="ignore"))
