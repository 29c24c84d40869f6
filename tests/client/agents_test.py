#!/usr/bin/env python3
"""Starts agents of the real client in the ways that it has, and looks at what each of them is given: in the background,
resumed, as teammates, three deep, with a command as their task.

usage: agents_test.py CASCADE [CLIENT]      as client_test.py
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness), with the reason.
"""
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import client_test  # noqa: E402
from client_test import COMMAND, MODELS, skill_scene  # noqa: E402


def agent(kind, prompt, **more):
    return {"tool": "Agent", "input": dict({"description": "task", "prompt": prompt, "subagent_type": kind}, **more)}


class EachIsGivenWhatItLacks(unittest.TestCase):
    def session(self):
        session = client_test.Session()
        self.addCleanup(session.close)
        session.install_entry()
        return session

    def own(self, bodies, mark, outer):
        found = [body for body in bodies if mark in body and outer not in body]
        self.assertTrue(found, f"the agent of {mark} did not start")
        return found

    def test_an_agent_in_the_background_gets_its_layer_once_and_its_end_is_no_prompt(self):
        for model in MODELS:
            with self.subTest(model=model):
                session = self.session()
                bodies = session.run("MARK_B go", model=model, scenes=[
                    {"match": "MARK_TASK", "turns": [[{"text": "there is a memory leak, the heap grows every hour"}]]},
                    {"match": "MARK_B", "turns": [[agent("heap-reader", "MARK_TASK look", run_in_background=True)],
                                                  [{"text": "started"}]]}])
                self.assertEqual(self.own(bodies, "MARK_TASK", "MARK_B go")[0].count("AGENT-METHOD"), 1)
                self.assertIn("task-notification", bodies[-1])
                self.assertNotIn("SKILL-STEPS", bodies[-1])

    def test_two_agents_in_the_background_each_get_their_own_layer(self):
        bodies = self.session().run("MARK_B go", scenes=[{"match": "MARK_B", "turns": [
            [agent("heap-reader", "MARK_ONE look", run_in_background=True),
             agent("log-aligner", "MARK_TWO look", run_in_background=True)], [{"text": "started"}]]}])
        one, two = self.own(bodies, "MARK_ONE", "MARK_B go")[0], self.own(bodies, "MARK_TWO", "MARK_B go")[0]
        self.assertEqual((one.count("AGENT-METHOD"), one.count("OTHER-LEAD")), (1, 0))
        self.assertEqual((two.count("AGENT-METHOD"), two.count("OTHER-LEAD")), (0, 1))

    def test_a_command_as_a_subagents_task_comes_with_its_text_once(self):
        for model in MODELS:
            for installed in (False, True):
                with self.subTest(model=model, installed=installed):
                    session = self.session()
                    project = os.path.join(session.folder, "given")
                    os.makedirs(project, exist_ok=True)
                    if installed:
                        session.write(os.path.join(project, ".claude/commands/diff-heaps.md"), COMMAND)
                    bodies = session.run("MARK_X go", model=model, project=project, scenes=[
                        {"match": "MARK_X", "turns": [[agent("general-purpose", "/diff-heaps one two MARK_TASK",
                                                             run_in_background=False)], [{"text": "done"}]]}])
                    own = self.own(bodies, "MARK_TASK", "MARK_X go")
                    self.assertEqual(own[0].count("Compare one two MARK_TASK. COMMAND-BODY"), 1)
                    self.assertEqual(own[0].count("COMMAND-BODY"), 1)

    def test_an_agent_with_an_empty_list_of_tools_is_given_none(self):
        for tools in ("tools:", "tools: []", 'tools: ""'):
            with self.subTest(tools=tools):
                session = self.session()
                project = os.path.join(session.folder, "given")
                session.write(os.path.join(project, ".claude/agents/digger.md"),
                              f"---\nname: digger\ndescription: Digs holes. Use to dig.\n{tools}\n---\n\nDIG-HERE.\n")
                bodies = session.run("MARK_X go", project=project, scenes=[
                    {"match": "MARK_TASK", "turns": [[{"text": "dug"}]]},
                    {"match": "MARK_X", "turns": [[agent("digger", "MARK_TASK dig", run_in_background=False)], [{"text": "done"}]]}])
                own = self.own(bodies, "DIG-HERE", "MARK_X go")
                self.assertEqual(json.loads(own[0]).get("tools", []), [])

    def test_a_subagent_runs_the_command_that_its_card_names(self):
        session = self.session()
        bodies = session.run("MARK_C go", scenes=[
            skill_scene("MARK_TASK", "diff-heaps a b", "diff-heaps a b"),
            {"match": "MARK_C", "turns": [[agent("heap-reader", "MARK_TASK look", run_in_background=False)], [{"text": "done"}]]}])
        own = self.own(bodies, "MARK_TASK", "MARK_C go")
        self.assertIn("call the Skill tool with skill \\\"cascade\\\"", own[0])
        self.assertEqual(own[-1].count("Compare a b. COMMAND-BODY"), 1)
        self.assertIn("is already in this conversation", own[-1])


if __name__ == "__main__":
    sys.exit(client_test.main(warnings="ignore"))
