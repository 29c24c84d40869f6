#!/usr/bin/env python3
"""Types into the real client in a terminal, in the ordinary permission mode, and looks into the requests and at the screen.

usage: interactive_test.py CASCADE [CLIENT]      as client_test.py
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness), with the reason.
"""
import os
import sys
import unittest
import unittest.mock

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import client_test  # noqa: E402
from client_test import MODELS, PROMPT, scene, skill_scene  # noqa: E402
from terminal import Terminal  # noqa: E402


class TypedIntoTheClient(unittest.TestCase):
    def session(self):
        session = client_test.Session()
        self.addCleanup(session.close)
        session.install_entry()
        return session

    def terminal(self, session, **more):
        terminal = Terminal(session, **more)
        self.addCleanup(terminal.close)
        return terminal

    def main(self, terminal, mark):
        return [body for body in terminal.bodies() if mark in body]

    def test_a_typed_prompt_brings_its_skill_and_the_user_sees_it(self):
        for model in MODELS:
            with self.subTest(model=model):
                terminal = self.terminal(self.session(), model=model)
                terminal.ask(PROMPT)
                body = self.main(terminal, PROMPT)[-1]
                self.assertEqual(body.count("SKILL-STEPS"), 1)
                terminal.wait(lambda: terminal.shows("cascade: loaded heap-hunt, "), "the user was not told")

    def test_the_model_takes_what_is_offered_and_nobody_is_asked(self):
        terminal = self.terminal(self.session(), scenes=[skill_scene("MARK_T", "heap-hunt", "diff-heaps one two")])
        terminal.ask("MARK_T go")
        body = self.main(terminal, "MARK_T go")[-1]
        self.assertEqual(body.count("SKILL-STEPS"), 1)
        self.assertEqual(body.count("Compare one two. COMMAND-BODY"), 1)
        self.assertFalse(terminal.shows("Do you want to proceed"))

    def test_an_agent_starts_by_its_name(self):
        terminal = self.terminal(self.session(), scenes=[scene("MARK_N", ("heap-reader", "MARK_TASK look"))])
        terminal.ask("MARK_N go")

        def own():  # the client may start it in the background, whatever the call says
            return [body for body in terminal.bodies() if "MARK_TASK" in body and "MARK_N go" not in body]
        terminal.wait(own, "the agent did not start")
        self.assertEqual(own()[0].count("AGENT-METHOD"), 1)

    def test_the_user_asks_by_the_entry_and_an_unknown_command_never_leaves_the_client(self):
        terminal = self.terminal(self.session())
        terminal.ask("/cascade diff-heaps one two")
        self.assertEqual(terminal.bodies()[-1].count("Compare one two. COMMAND-BODY"), 1)
        prompts, bodies = terminal.count("UserPromptSubmit"), len(terminal.bodies())
        terminal.type("/diff-heaps one two")
        terminal.wait(lambda: terminal.shows("Unknown command: /diff-heaps"), "nothing was said of the command")
        self.assertEqual(terminal.count("UserPromptSubmit"), prompts)
        self.assertEqual(len(terminal.bodies()), bodies)

    def test_compaction_restores_and_clear_begins_anew(self):
        terminal = self.terminal(self.session())
        terminal.ask(PROMPT)
        terminal.command("/compact", "compact")
        terminal.wait(lambda: terminal.shows("cascade: restored heap-hunt, "), "the user was not told")
        terminal.ask("MARK_AFTER go on")
        self.assertEqual(self.main(terminal, "MARK_AFTER")[-1].count("SKILL-STEPS"), 1)
        terminal.ask("don't use the heap-hunt skill")
        terminal.command("/compact", "compact")
        terminal.ask("MARK_RULED the heap grows, a memory leak")
        self.assertNotIn("SKILL-STEPS", self.main(terminal, "MARK_RULED")[-1])
        terminal.command("/clear", "clear")
        terminal.ask("MARK_NEW " + PROMPT)
        self.assertEqual(self.main(terminal, "MARK_NEW")[-1].count("SKILL-STEPS"), 1)

    def test_a_prompt_of_a_timer_is_not_routed(self):
        terminal = self.terminal(self.session(), scenes=[
            {"match": "MARK_CRON", "turns": [[{"tool": "ToolSearch", "input": {"query": "select:CronCreate", "max_results": 2}}],
                                             [{"tool": "CronCreate", "input": {"cron": "* * * * *", "recurring": False,
                                                                               "prompt": "MARK_FIRED " + PROMPT}}],
                                             [{"text": "set"}]]}])
        terminal.ask("MARK_CRON go")
        terminal.wait(lambda: any("MARK_FIRED" in event["prompt"] for event in terminal.events("UserPromptSubmit")),
                      "the timer did not fire", seconds=200)
        terminal.settle(1)
        fired = [event for event in terminal.events("UserPromptSubmit") if "MARK_FIRED" in event["prompt"]]
        self.assertIn(fired[0].get("source"), (None, "schedule_wakeup"))  # the vendor switches the field on and off
        terminal.ask("MARK_THEN hello")
        body = self.main(terminal, "MARK_THEN")[-1]
        self.assertIn(PROMPT, body)
        self.assertNotIn("SKILL-STEPS", body)

    def test_a_finished_background_agent_is_no_prompt_of_a_person(self):
        call = {"tool": "Agent", "input": {"description": "leak", "prompt": "MARK_TASK look", "run_in_background": True,
                                           "subagent_type": "heap-reader"}}
        terminal = self.terminal(self.session(), scenes=[
            {"match": "MARK_TASK", "turns": [[{"text": "there is a memory leak, the heap grows every hour"}]]},
            {"match": "MARK_BG", "turns": [[call], [{"text": "started"}]]}])
        terminal.ask("MARK_BG go")
        terminal.wait(lambda: any("<task-notification>" in body for body in terminal.bodies()), "the agent was not heard of")
        terminal.settle(1)
        own = [body for body in terminal.bodies() if "MARK_TASK" in body and "MARK_BG go" not in body]
        self.assertEqual(own[0].count("AGENT-METHOD"), 1)
        self.assertNotIn("SKILL-STEPS", self.main(terminal, "MARK_BG go")[-1])

    def test_a_teammate_gets_its_agents_layer_once_and_its_messages_are_no_prompts(self):
        def call(kind, name, prompt):
            return {"tool": "Agent", "input": {"description": "task", "prompt": prompt, "subagent_type": kind, "name": name}}
        session = self.session()
        with unittest.mock.patch.dict(os.environ, {"CLIENT_ENV": "CLAUDE_CODE_EXPERIMENTAL_AGENT_TEAMS=1"}):
            terminal = self.terminal(session, scenes=[
                {"match": "MARK_TASK", "turns": [[{"text": "there is a memory leak, the heap grows every hour"}]]},
                {"match": "MARK_TEAM", "turns": [[call("heap-reader", "log-aligner", "MARK_TASK look")],
                                                 [{"tool": "SendMessage", "input": {"to": "log-aligner", "message": "MARK_TASK more",
                                                                                    "summary": "more"}}], [{"text": "done"}]]}])
        terminal.ask("MARK_TEAM go")
        terminal.wait(lambda: any("MARK_TASK more" in body and "MARK_TEAM" not in body for body in terminal.bodies()),
                      "the teammate was not written to")
        terminal.settle(1)
        own = [body for body in terminal.bodies() if "MARK_TASK" in body and "MARK_TEAM" not in body]
        self.assertEqual((own[-1].count("AGENT-METHOD"), own[-1].count("OTHER-LEAD")), (1, 0))
        self.assertNotIn("SKILL-STEPS", self.main(terminal, "MARK_TEAM go")[-1])
        self.assertRegex(session.ledgers(), '"to":"alog-aligner-[0-9a-f]+","layer":"agent","root":"pending:')


if __name__ == "__main__":
    sys.exit(client_test.main(warnings="ignore"))
