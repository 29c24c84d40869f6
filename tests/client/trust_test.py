#!/usr/bin/env python3
"""Runs the real client with a skill that brings a program: it sleeps, is allowed at a terminal, runs in the main
conversation, in a subagent and after --continue, and sleeps again after one byte.

usage: trust_test.py CASCADE [CLIENT]      as client_test.py
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness), with the reason.
"""
import json
import os
import pty
import shlex
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import client_test  # noqa: E402
import guard_test  # noqa: E402

SKILL = """---
name: deploy-shop
description: Deploys the shop. Use when a release goes out.
metadata:
  cascade-hooks: "PreToolUse:Bash=run scripts/check; PostToolUse:Read=run scripts/check"
---
Run the script.
"""
CHECK = """#!/bin/sh
event=$(cat)
case "$event" in
  *'"PostToolUse"'*) echo CHECKED-READING ;;
  *forbidden*) echo REFUSED-BY-CHECK >&2; exit 2 ;;
esac
"""


def allow(folder, home, item):
    """As a person does, at a terminal: reads what is shown, types the word. What was shown."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "CLAUDE"))}
    terminal, inside = pty.openpty()
    process = subprocess.Popen([client_test.CASCADE, "trust", "allow", item], cwd=folder, env=dict(environment, HOME=home),
                               stdin=inside, stdout=inside, stderr=inside, start_new_session=True)
    os.close(inside)
    shown = b""
    while b'type "allow"' not in shown:
        shown += os.read(terminal, 65536)
    os.write(terminal, b"allow\n")
    status = process.wait(timeout=60)
    os.close(terminal)
    if status != 0:
        raise AssertionError(f"cascade trust allow {item}: {status}")
    return shown


class Trust(unittest.TestCase):
    def setUp(self):
        self.session = guard_test.Session("systems: { trust: on }\n", systems="trust")
        self.addCleanup(shutil.rmtree, self.session.folder, ignore_errors=True)
        self.home = os.path.join(self.session.work, "home")
        self.skill = os.path.join(self.session.app, ".claude", "skills", "deploy-shop")
        os.makedirs(os.path.join(self.skill, "scripts"))
        self.check = os.path.join(self.skill, "scripts", "check")
        self.session.write(os.path.join(self.skill, "SKILL.md"), SKILL)
        self.session.write(self.check, CHECK)
        os.chmod(self.check, 0o755)

    def allow(self):
        shown = allow(self.session.app, self.home, "deploy-shop")
        self.assertIn(b"REFUSED-BY-CHECK", shown)  # the program was there to be read

    def results(self, prompt, *scenes):
        return "\n".join(guard_test.results(self.session.run(prompt, *scenes)))

    def later(self, mark, run, command):
        """What the tool answered after --continue. The mock counts the ids of its calls anew in every run, and the client drops a
        call whose id it knows: texts before it make another one."""
        said = self.session.run(mark, {"match": mark, "turns": [[{"text": "so"}] * run + guard_test.bash(command)[0], [{"text": "done"}]]},
                                client=["--continue"])
        messages = json.loads(said.splitlines()[-1])["body"]["messages"]
        first = next(i for i, message in enumerate(messages) if message["role"] == "user" and mark in str(message["content"]))
        (result,) = [block["content"] for message in messages[first:] for block in message["content"]
                     if isinstance(block, dict) and block.get("type") == "tool_result"]
        return str(result)

    def test_a_skills_hook_sleeps_is_allowed_runs_and_sleeps_again(self):
        first = self.results("use the deploy-shop skill MARK_A", {"match": "MARK_A", "turns":
                             guard_test.bash("echo forbidden-one") + [[{"text": "done"}]]})
        self.assertNotIn("REFUSED-BY-CHECK", first)
        self.assertIn("forbidden-one", first)

        self.allow()
        agent = [{"tool": "Agent", "input": {"description": "sub", "prompt": "MARK_SUB go", "subagent_type": "general-purpose",
                                             "run_in_background": False}}]
        reading = [{"tool": "Read", "input": {"file_path": self.check}}]
        said = self.session.run("use the deploy-shop skill MARK_B",
                                {"match": "MARK_SUB", "turns": guard_test.bash("echo forbidden-sub", "echo fine-sub") +
                                 [[{"text": "done"}]]},
                                {"match": "MARK_B", "turns": guard_test.bash("echo forbidden-two", "echo fine-two") +
                                 [reading, agent, [{"text": "done"}]]})
        second = "\n".join(guard_test.results(said))
        self.assertIn("`run scripts/check` of skill:deploy-shop: REFUSED-BY-CHECK", second)
        self.assertIn("fine-two", second)
        self.assertIn("fine-sub", second)
        sub = [line for line in said.splitlines() if "MARK_SUB go" in line and "MARK_B" not in line]
        self.assertTrue(any("REFUSED-BY-CHECK" in line for line in sub), "nothing was refused in the subagent")
        self.assertIn("CHECKED-READING", said)

        third = self.later("MARK_C", 1, "echo forbidden-three")
        self.assertIn("REFUSED-BY-CHECK", third)

        with open(self.check, "a", encoding="utf-8") as file:
            file.write("#")
        fourth = self.later("MARK_D", 2, "echo forbidden-four")
        self.assertTrue(fourth.startswith("forbidden-four"), fourth)

    def test_commands_in_a_skills_text_wait_for_the_same_consent(self):
        said = subprocess.run([client_test.CLIENT, "--version"], capture_output=True, text=True, check=True).stdout
        if tuple(int(part) for part in said.split()[0].split(".")) < (2, 1, 332):
            self.skipTest("this client asks nobody before such a command")
        path = os.path.join(self.session.app, ".claude", "skills", "shout", "SKILL.md")
        os.makedirs(os.path.dirname(path))
        self.session.write(path, "---\nname: shout\ndescription: Shouts.\n---\nNow: !`echo SHOUTED-$((40+2))`\n")
        self.assertFalse(self.shouts("MARK_A"))
        allow(self.session.app, self.home, "shout")
        self.assertTrue(self.shouts("MARK_B"))
        with open(path, "a", encoding="utf-8") as file:
            file.write("One more line.\n")
        self.assertFalse(self.shouts("MARK_C"))

    def shouts(self, mark):
        """Whether the model got what the command in the skill's text prints. The log of requests holds those of earlier runs."""
        said = self.session.run("/shout " + mark, {"match": mark, "turns": [[{"text": "done"}]]})
        (line,) = [line for line in said.splitlines() if mark in line]
        return "SHOUTED-42" in line

    def test_a_model_does_not_allow_itself(self):
        allows = f"{shlex.quote(client_test.CASCADE)} trust allow deploy-shop"
        types = f"echo allow | script -qec {shlex.quote(allows)} /dev/null"
        self.results("use the deploy-shop skill MARK_A", {"match": "MARK_A", "turns": guard_test.bash(
            allows, types, f"env -u CLAUDECODE sh -c {shlex.quote(types)}",
            "mkdir -p ~/.config/cascade && echo 'cascade allow 1' > ~/.config/cascade/allowed") + [[{"text": "done"}]]})
        allowed = os.path.join(self.home, ".config", "cascade", "allowed")
        self.assertFalse(os.path.exists(allowed) and "hooks:" in open(allowed, encoding="utf-8").read())


if __name__ == "__main__":
    sys.exit(client_test.main())
