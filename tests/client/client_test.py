#!/usr/bin/env python3
"""Runs the real client against a mock of the model's API and looks into the requests that the model would get.

usage: client_test.py CASCADE [CLIENT]      CASCADE: the binary under test; CLIENT: the client's program
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness), with the reason.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
HARNESS = os.path.join(os.path.dirname(ROOT), "shared", "harness", "run_client.py")
CASCADE = CLIENT = None

SKILL = """---
name: heap-hunt
description: Proves a memory leak with two heap snapshots. Use when memory grows or the heap never shrinks.
metadata:
  cascade-agents: heap-reader
  cascade-triggers: memory leak; heap grows
---
SKILL-LEAD growing memory is not yet a leak.

## Steps

1. Let `heap-reader` compare two snapshots. SKILL-STEPS
"""
AGENT = """---
name: heap-reader
description: Compares heap snapshots. Use when two snapshots exist.
tools: Read, Bash
metadata:
  cascade-commands: diff-heaps
---
AGENT-LEAD you compare snapshots and never guess.

## Method

1. Run `/diff-heaps`. AGENT-METHOD
"""
OTHER = """---
name: log-aligner
description: Aligns logs of several services. Use when one request crosses services.
tools: Read
---
OTHER-LEAD you align logs by request id.
"""
COMMAND = "---\ndescription: Compare two heap profiles, COMMAND-CARD\n---\nCompare $ARGUMENTS. COMMAND-BODY\n"
OLDER, NEWER = "claude-sonnet-4-5", "claude-opus-5-5"
# CLIENT_MODEL: the one model that everything is run with; without it each test has the older one, and some have both.
MODEL = os.environ.get("CLIENT_MODEL") or OLDER
MODELS = (MODEL,) if os.environ.get("CLIENT_MODEL") else (OLDER, NEWER)
OFFERED = "heap snapshots"
PROMPT = "there is a memory leak, the heap grows every hour"


def scene(match, *agents):
    calls = [{"tool": "Agent", "input": {"description": "task", "prompt": prompt, "subagent_type": kind,
                                         "run_in_background": False}} for kind, prompt in agents]
    return {"match": match, "turns": [calls, [{"text": "done"}]]}


def skill_scene(match, *args, skill="cascade"):
    """The model calls the entry skill with these arguments, one after the other."""
    return {"match": match, "turns": [[{"tool": "Skill", "input": {"skill": skill, "args": text}}] for text in args] +
            [[{"text": "done"}]]}


def line_of(body, begin):
    """The text of a request from `begin` to the end of the hook's answer."""
    return re.search(re.escape(begin) + r".*?(?=\\n</system-reminder>|\"})", body).group(0).replace("\\n", "\n").replace('\\"', '"')


class Session:
    """A throw-away home and project, with cascade hooked in by `cascade init --project` or a given command."""

    def __init__(self, command=None, seconds=60):
        self.folder = tempfile.mkdtemp(prefix="cascade-client-")
        self.library = os.path.join(self.folder, "library")
        for path, text in (("skills/heap-hunt/SKILL.md", SKILL), ("agents/heap-reader.md", AGENT),
                           ("agents/log-aligner.md", OTHER), ("commands/diff-heaps.md", COMMAND)):
            self.write(os.path.join(self.library, path), text)
        command = command or f'"{CASCADE}" --root "{self.library}" hook'
        entry = [{"hooks": [{"type": "command", "command": command, "timeout": seconds}]}]
        agent = [{"matcher": "Agent|Task|Skill", "hooks": entry[0]["hooks"]}]
        self.settings = os.path.join(self.folder, "settings.json")
        self.write(self.settings, json.dumps({"hooks": {
            "SessionStart": entry, "UserPromptSubmit": entry, "SubagentStart": entry, "PreToolUse": agent}}))
        self.runs = 0

    def install_entry(self):
        """The skill that `cascade init` puts beside the hooks."""
        home = os.path.join(self.folder, "work", "home")
        os.makedirs(home, exist_ok=True)
        subprocess.run([CASCADE, "init", "--listing", "full"], env=dict(os.environ, HOME=home), check=True, capture_output=True)
        os.remove(os.path.join(home, ".claude", "settings.json"))
        self.runs = max(self.runs, 1)  # the home is there already

    @staticmethod
    def write(path, text):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def cascade(self, *words):
        """What the program under test says in this home."""
        home, project = (os.path.join(self.folder, "work", name) for name in ("home", "project"))
        return subprocess.run([CASCADE, "--root", self.library, *words], env=dict(os.environ, HOME=home), cwd=project, check=True,
                              capture_output=True, text=True).stdout

    def ledgers(self):
        """All that cascade noted in this home."""
        folder = os.path.join(self.folder, "work", "home", ".local", "state", "cascade", "sessions")
        text = ""
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text += file.read()
        return text

    def run(self, prompt, *more, model=MODEL, scenes=(), client=(), project=None, asks=False, seconds=150):
        """The bodies of this run's requests to the model."""
        work = os.path.join(self.folder, "work")
        script = os.path.join(self.folder, "scenes.json")
        self.write(script, json.dumps(list(scenes)))
        words = [sys.executable, HARNESS, "--client", CLIENT, "--work", work, "--settings", self.settings, "--script",
                 script, "--model", model, "--show", "stdout", "--timeout", str(seconds)]
        words += ["--project", project] if project else []
        words += ["--reuse"] if self.runs else []
        words += ["--ask"] if asks else []
        for text in more:
            words += ["--then", text]
        words += [prompt] + (["--", *client] if client else [])
        self.runs += 1
        result = subprocess.run(words, capture_output=True, text=True, cwd=os.path.dirname(HARNESS), timeout=seconds + 60, check=False)
        if result.returncode != 0:
            raise AssertionError(f"the client ended with {result.returncode}: {result.stdout[-500:]} {result.stderr[-500:]}")
        self.seen = result.stdout
        with open(os.path.join(work, "requests.jsonl"), encoding="utf-8") as file:
            requests = [json.loads(line) for line in file]
        return [json.dumps(r["body"], ensure_ascii=False) for r in requests if r["path"].startswith("/v1/messages") and
                "count_tokens" not in r["path"]]

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class ContextArrives(unittest.TestCase):
    def session(self, command=None, seconds=60):
        session = Session(command, seconds)
        self.addCleanup(session.close)
        return session

    def test_the_skill_layer_stands_in_the_request(self):
        body = self.session().run(PROMPT)[-1]
        for part in ("[cascade] skill:heap-hunt: the prompt says", "SKILL-LEAD", "SKILL-STEPS", "=== agent: heap-reader ==="):
            self.assertIn(part, body)
        self.assertNotIn("AGENT-LEAD", body)

    def test_the_skill_layer_stands_in_the_request_of_a_newer_model(self):
        body = self.session().run(PROMPT, model=NEWER)[-1]
        self.assertIn("SKILL-STEPS", body)

    def test_a_prompt_that_needs_nothing_gets_nothing(self):
        body = self.session().run("thank you, good night")[-1]
        self.assertNotIn("SKILL-", body)

    def test_a_second_identical_prompt_injects_nothing(self):
        body = self.session().run(PROMPT, PROMPT)[-1]
        self.assertEqual(body.count("SKILL-STEPS"), 1)

    def test_a_resumed_conversation_gets_nothing_twice(self):
        session = self.session()
        session.run(PROMPT)
        body = session.run(PROMPT, client=["--continue"])[-1]
        self.assertEqual(body.count("SKILL-STEPS"), 1)
        self.assertEqual(body.count(" are at hand"), 1)

    def test_after_compaction_what_was_active_comes_back(self):
        body = self.session().run(PROMPT, "/compact", "go on")[-1]
        self.assertIn("SKILL-STEPS", body)

    def test_resume_and_compaction_on_a_newer_model(self):
        session = self.session()
        session.run(PROMPT, model=NEWER)
        self.assertEqual(session.run(PROMPT, client=["--continue"], model=NEWER)[-1].count("SKILL-STEPS"), 1)
        body = session.run("/compact", "go on", client=["--continue"], model=NEWER)[-1]
        self.assertEqual(body.count("SKILL-STEPS"), 1)

    def test_a_second_compaction_brings_back_what_the_first_one_did(self):
        body = self.session().run(PROMPT, "/compact", "go on", "/compact", "go on")[-1]
        self.assertEqual(body.count("SKILL-STEPS"), 1)

    def test_a_fork_gets_nothing_twice(self):
        session = self.session()
        session.run(PROMPT)
        body = session.run(PROMPT, client=["--continue", "--fork-session"])[-1]
        self.assertEqual(body.count("SKILL-STEPS"), 1)
        self.assertEqual(body.count(" are at hand and "), 1)

    def test_a_cleared_conversation_starts_fresh(self):
        body = self.session().run(PROMPT, "/clear", PROMPT)[-1]
        self.assertEqual(body.count("SKILL-STEPS"), 1)
        self.assertEqual(body.count(" are at hand and "), 1)

    def test_init_hooks_the_client_and_takes_itself_out_again(self):
        session = self.session()
        home = os.path.join(session.folder, "work", "home")
        settings = os.path.join(home, ".claude", "settings.json")
        session.write(settings, '{"model": "sonnet"}')
        session.write(session.settings, "{}")
        session.write(os.path.join(home, ".claude", "skills", "heap-hunt", "SKILL.md"), SKILL)
        session.runs = 1  # the home is there already
        environment = dict(os.environ, HOME=home)
        subprocess.run([CASCADE, "init", "--listing", "full"], env=environment, check=True, capture_output=True)
        self.assertTrue("SKILL-STEPS" in session.run("use the heap-hunt skill")[-1])
        subprocess.run([CASCADE, "init", "--remove"], env=environment, check=True, capture_output=True)
        with open(settings, encoding="utf-8") as file:
            self.assertEqual(file.read(), '{"model": "sonnet"}')
        self.assertFalse("SKILL-STEPS" in session.run("use the heap-hunt skill")[-1])

    def test_the_clients_folder_of_the_user_may_lie_elsewhere(self):
        session = self.session()
        session.write(session.settings, "{}")
        home, own = os.path.join(session.folder, "work", "home"), os.path.join(session.folder, "own")
        os.makedirs(home)
        session.runs = 1
        session.write(os.path.join(own, "skills", "heap-hunt", "SKILL.md"), SKILL)
        with unittest.mock.patch.dict(os.environ, {"HOME": home, "CLAUDE_CONFIG_DIR": own, "CLIENT_ENV": "CLAUDE_CONFIG_DIR=" + own}):
            subprocess.run([CASCADE, "init", "--listing", "full"], check=True, capture_output=True)
            body = session.run("use the heap-hunt skill")[-1]
            self.assertEqual(body.count("SKILL-STEPS"), 1)
            self.assertIn("- cascade: Loads a skill", body)
            path = os.path.join(own, "settings.json")
            with open(path, encoding="utf-8") as file:
                settings = json.load(file)
            session.write(path, json.dumps(dict(settings, skillOverrides={"heap-hunt": "off"})))
            self.assertNotIn("SKILL-STEPS", session.run("use the heap-hunt skill")[-1])
            subprocess.run([CASCADE, "init", "--remove"], check=True, capture_output=True)
        with open(path, encoding="utf-8") as file:
            self.assertEqual(json.load(file), {"skillOverrides": {"heap-hunt": "off"}})
        self.assertFalse(os.path.exists(os.path.join(home, ".claude")))

    def test_what_the_client_sends_for_a_typed_name_is_not_sent_a_second_time(self):
        session = self.session()
        project = os.path.join(session.folder, "given")
        session.write(os.path.join(project, ".claude/skills/heap-hunt/SKILL.md"), SKILL)
        session.write(os.path.join(project, ".claude/agents/heap-reader.md"), AGENT)
        command = f'"{CASCADE}" --root default hook'
        session.write(session.settings, json.dumps({"hooks": {
            "UserPromptSubmit": [{"hooks": [{"type": "command", "command": command, "timeout": 60}]}]}}))
        body = session.run("/heap-hunt now", project=project)[-1]
        self.assertEqual(body.count("SKILL-LEAD"), 1)

    def test_an_agent_that_is_not_installed_gets_its_layer_in_the_prompt(self):
        for model in MODELS:
            with self.subTest(model=model):
                self.agent_that_is_not_installed(model)

    def agent_that_is_not_installed(self, model):
        bodies = self.session().run("MARK_A go", model=model, scenes=[
            scene("MARK_A", ("general-purpose", "Act as the heap-reader agent. MARK_TASK a and b"))])
        subagent = [b for b in bodies if "AGENT-METHOD" in b and "MARK_A go" not in b]
        self.assertTrue(subagent, "the subagent's request does not hold the agent's manifest")
        self.assertIn("COMMAND-CARD", subagent[0])
        self.assertIn("Tools you may use: Read, Bash.", subagent[0])
        self.assertNotIn("COMMAND-BODY", subagent[0])
        self.assertNotIn("OTHER-LEAD", subagent[0])

    def test_an_installed_agent_gets_what_stands_below_it(self):
        session = self.session()
        project = os.path.join(session.folder, "given")
        session.write(os.path.join(project, ".claude/agents/heap-reader.md"), AGENT)
        session.write(os.path.join(project, ".claude/commands/diff-heaps.md"), COMMAND)
        command = f'"{CASCADE}" --root default hook'
        session.write(session.settings, json.dumps({"hooks": {
            "PreToolUse": [{"matcher": "Agent|Task", "hooks": [{"type": "command", "command": command, "timeout": 60}]}]}}))
        bodies = session.run("MARK_B go", project=project, scenes=[scene("MARK_B", ("heap-reader", "MARK_TASK compare"))])
        subagent = [b for b in bodies if "MARK_TASK" in b and "MARK_B go" not in b]
        self.assertTrue(subagent)
        self.assertIn("COMMAND-CARD", subagent[0])
        self.assertEqual(subagent[0].count("AGENT-METHOD"), 1)

    def test_two_subagents_of_one_type_at_once_each_get_their_layer_once(self):
        bodies = self.session().run("MARK_D go", scenes=[scene(
            "MARK_D", ("general-purpose", "Act as the heap-reader agent. MARK_ONE"),
            ("general-purpose", "Act as the heap-reader agent. MARK_TWO"))])
        for mark in ("MARK_ONE", "MARK_TWO"):
            own = [b for b in bodies if mark in b and "MARK_D go" not in b]
            self.assertTrue(own)
            self.assertEqual(own[0].count("AGENT-METHOD"), 1)

    def test_two_subagents_at_once_each_get_only_their_own_layer(self):
        bodies = self.session().run("MARK_C go", scenes=[scene(
            "MARK_C", ("general-purpose", "Act as the heap-reader agent. MARK_ONE"),
            ("general-purpose", "Act as the log-aligner agent. MARK_TWO"))])
        one = [b for b in bodies if "MARK_ONE" in b and "MARK_C go" not in b]
        two = [b for b in bodies if "MARK_TWO" in b and "MARK_C go" not in b]
        self.assertTrue(one and two)
        self.assertIn("AGENT-METHOD", one[0])
        self.assertNotIn("OTHER-LEAD", one[0])
        self.assertIn("OTHER-LEAD", two[0])
        self.assertNotIn("AGENT-LEAD", two[0])

    def tokens(self, text):
        done = subprocess.run([CASCADE, "tokens", "--format", "json"], input=text, capture_output=True, text=True, check=True)
        return int(re.search(r'"tokens": (\d+)', done.stdout).group(1))

    def test_an_offer_has_at_most_120_tokens_and_is_taken_as_it_says(self):
        for model in MODELS:
            with self.subTest(model=model):
                session = self.session()
                session.install_entry()
                bodies = session.run(OFFERED, model=model, scenes=[skill_scene(OFFERED, "heap-hunt")])
                offer = line_of(bodies[0], "[cascade] May fit")
                self.assertIn("- skill:heap-hunt", offer)
                self.assertIn('call the Skill tool with skill "cascade" and its name as args.', offer)
                self.assertLessEqual(self.tokens(offer), 120, offer)
                self.assertNotIn("SKILL-STEPS", bodies[0])
                self.assertEqual(bodies[1].count("SKILL-STEPS"), 1)
                again = session.run(OFFERED, client=["--continue"], model=model)[-1]
                self.assertEqual((again.count("SKILL-STEPS"), again.count("[cascade] May fit")), (1, 1))

    def test_what_a_plugin_offers_is_taken_by_the_plugins_name(self):
        for model in MODELS:
            with self.subTest(model=model):
                session = self.session()
                session.write(session.settings, "{}")
                plugin = os.path.join(session.folder, "plugin")
                subprocess.run([CASCADE, "init", "--plugin", plugin], env=dict(os.environ, HOME=session.folder), check=True,
                               capture_output=True)
                hooks = os.path.join(plugin, "hooks", "hooks.json")
                with open(hooks, encoding="utf-8") as file:
                    text = file.read()
                self.assertIn('\\" hook"', text)
                session.write(hooks, text.replace('\\" hook"', f"""\\" --root '{session.library}' hook\""""))
                bodies = session.run(OFFERED, model=model, client=["--plugin-dir", plugin], scenes=[
                    skill_scene("MARK_TASK", "diff-heaps one", skill="cascade:cascade"),
                    {"match": OFFERED, "turns": [
                        [{"tool": "Skill", "input": {"skill": "cascade:cascade", "args": "heap-hunt"}}],
                        scene("", ("heap-reader", "MARK_TASK look"))["turns"][0], [{"text": "done"}]]}])
                offer = line_of(bodies[0], "[cascade] May fit")
                self.assertIn('call the Skill tool with skill "cascade:cascade" and its name as args.', offer)
                self.assertLessEqual(self.tokens(offer), 120, offer)
                self.assertEqual(bodies[1].count("SKILL-STEPS"), 1)
                own = [b for b in bodies if "MARK_TASK look" in b and "[cascade] May fit" not in b]
                self.assertIn('call the Skill tool with skill \\"cascade:cascade\\"', own[0])
                self.assertEqual(own[-1].count("Compare one. COMMAND-BODY"), 1)
                body = session.run("/cascade:cascade diff-heaps two", model=model, client=["--plugin-dir", plugin])[-1]
                self.assertEqual(body.count("Compare two. COMMAND-BODY"), 1)

    def test_an_offer_without_the_entry_says_what_the_user_can_say(self):
        body = self.session().run(OFFERED)[-1]
        self.assertIn("To load one, the user says: use the heap-hunt skill.", body)
        self.assertNotIn('Skill tool with skill \\"cascade', body)

    def test_the_model_takes_an_offered_skill_searches_and_fetches_a_command(self):
        for model in MODELS:
            with self.subTest(model=model):
                session = self.session()
                session.install_entry()
                marker = os.path.join(session.folder, "was-run")
                bodies = session.run("MARK_T go", model=model, scenes=[skill_scene(
                    "MARK_T", "heap-hunt", "diff-heaps 'a b' c", "compare snapshots of a heap", "heap-hunt",
                    f"x; touch {marker}", f"$(touch {marker})")])
                self.assertIn("SKILL-STEPS", bodies[1])
                self.assertIn("Compare 'a b' c. COMMAND-BODY", bodies[2])
                self.assertIn("Best matches in the library", bodies[3])
                self.assertIn("is already in this conversation", bodies[4])
                self.assertEqual(bodies[-1].count("SKILL-STEPS"), 1)
                self.assertFalse(os.path.exists(marker))

    def test_a_subagent_takes_a_skill_and_a_command(self):
        session = self.session()
        session.install_entry()
        bodies = session.run("MARK_P go", scenes=[
            skill_scene("MARK_TASK", "heap-hunt", "diff-heaps one two"),
            scene("MARK_P", ("general-purpose", "MARK_TASK do it"))])
        own = [b for b in bodies if "MARK_TASK" in b and "MARK_P go" not in b]
        self.assertEqual(own[-1].count("SKILL-STEPS"), 1)
        self.assertIn("Compare one two. COMMAND-BODY", own[-1])
        self.assertNotIn("SKILL-STEPS", [b for b in bodies if "MARK_P go" in b][-1])

    def test_the_entry_is_taken_without_asking_in_the_ordinary_permission_mode(self):
        session = self.session()
        session.install_entry()
        body = session.run("MARK_T go", scenes=[skill_scene("MARK_T", "heap-hunt")], asks=True)[-1]
        self.assertIn("SKILL-STEPS", body)

    def test_the_user_asks_by_the_entry(self):
        session = self.session()
        session.install_entry()
        body = session.run("/cascade diff-heaps one two")[-1]
        self.assertIn("Compare one two. COMMAND-BODY", body)

    def test_an_agent_that_the_client_does_not_know_starts_by_its_name(self):
        for model in MODELS:
            with self.subTest(model=model):
                bodies = self.session().run("MARK_N go", model=model, scenes=[scene("MARK_N", ("heap-reader", "MARK_TASK a"))])
                own = [b for b in bodies if "MARK_TASK" in b and "MARK_N go" not in b]
                self.assertTrue(own, "the agent did not start")
                self.assertEqual(own[0].count("AGENT-METHOD"), 1)
                self.assertNotIn("not found", bodies[-1])

    def test_an_agent_that_nobody_knows_is_refused_by_the_client_and_not_booked(self):
        session = self.session()
        bodies = session.run("MARK_N go", scenes=[scene("MARK_N", ("heap-reade", "Act as the heap-reader agent. MARK_TASK"))])
        self.assertFalse([b for b in bodies if "MARK_TASK" in b and "MARK_N go" not in b])
        self.assertNotIn("AGENT-METHOD", session.ledgers())

    def test_an_installed_agent_that_a_general_one_acts_as_gives_its_text(self):
        session = self.session()
        project = os.path.join(session.folder, "given")
        session.write(os.path.join(project, ".claude/agents/heap-reader.md"), AGENT)
        bodies = session.run("MARK_I go", project=project, scenes=[scene(
            "MARK_I", ("general-purpose", "Act as the heap-reader agent. MARK_TASK"))])
        own = [b for b in bodies if "MARK_TASK" in b and "MARK_I go" not in b]
        self.assertEqual(own[0].count("AGENT-METHOD"), 1)

    def test_agents_three_deep_each_get_their_own_layer_once(self):
        bodies = self.session().run("MARK_DEEP go", scenes=[
            scene("MARK_LTWO", ("log-aligner", "MARK_LTHREE do")),
            scene("MARK_LONE", ("heap-reader", "MARK_LTWO do")),
            scene("MARK_DEEP", ("general-purpose", "MARK_LONE do"))])
        two = [b for b in bodies if "MARK_LTWO" in b and "MARK_LONE" not in b]
        three = [b for b in bodies if "MARK_LTHREE" in b and "MARK_LTWO" not in b]
        self.assertEqual(two[0].count("AGENT-METHOD"), 1)
        self.assertEqual(three[0].count("OTHER-LEAD"), 1)
        self.assertNotIn("AGENT-METHOD", three[0])

    def test_a_fork_is_not_given_what_the_conversation_holds(self):
        session = self.session()
        session.install_entry()
        prompt = PROMPT + " MARK_F"
        bodies = session.run(prompt, scenes=[
            skill_scene("MARK_FORKED", "heap-hunt", "diff-heaps one"),
            scene("MARK_F", ("fork", "MARK_FORKED do"))])
        own = [b for b in bodies if "MARK_FORKED" in b]
        self.assertTrue(any("COMMAND-BODY" in b for b in own))
        self.assertTrue(all(b.count("SKILL-STEPS") == 1 for b in own))

    def test_hooks_of_the_user_and_of_the_project_answer_once(self):
        session = self.session()
        home = os.path.join(session.folder, "work", "home")
        other = f"'{CASCADE}' --root '{session.library}' hook"  # another line that starts the same program
        entry = [{"hooks": [{"type": "command", "command": other, "timeout": 60}]}]
        session.write(os.path.join(home, ".claude", "settings.json"), json.dumps({"hooks": {
            "SessionStart": entry, "UserPromptSubmit": entry, "SubagentStart": entry, "PreToolUse": entry}}))
        session.runs = 1
        bodies = session.run(PROMPT + " MARK_U", scenes=[scene("MARK_U", ("heap-reader", "MARK_TASK"))])
        self.assertEqual(bodies[-1].count("SKILL-STEPS"), 1)
        own = [b for b in bodies if "MARK_TASK" in b and "MARK_U" not in b]
        self.assertEqual(own[0].count("AGENT-METHOD"), 1)

    def test_what_was_ruled_out_does_not_come_back_after_compaction(self):
        body = self.session().run(PROMPT, "don't use the heap-hunt skill", "/compact", "the heap grows, a memory leak")[-1]
        self.assertNotIn("SKILL-STEPS", body)

    def test_a_dropped_skill_stays_away_until_it_is_called(self):
        for model in MODELS:
            with self.subTest(model=model):
                session = self.session()
                session.install_entry()
                session.run(PROMPT, model=model)
                session.cascade("session", "drop", "heap-hunt")
                bodies = session.run("/compact", "MARK_D the heap grows, a memory leak", model=model, client=["--continue"],
                                     scenes=[skill_scene("MARK_D", "heap-hunt")])
                self.assertNotIn("SKILL-STEPS", bodies[-1])
                self.assertIn("they ruled it out in this conversation", bodies[-1])
                body = session.run("use the heap-hunt skill", model=model, client=["--continue"])[-1]
                self.assertEqual(body.count("SKILL-STEPS"), 1)

    def test_an_agent_that_was_ruled_out_is_given_to_no_subagent(self):
        session = self.session()
        bodies = session.run("MARK_R don't use the heap-reader agent", "/compact", "MARK_S go", scenes=[
            scene("MARK_S", ("heap-reader", "MARK_TASK a"), ("general-purpose", "Act as the heap-reader agent. MARK_OTHER"))])
        self.assertFalse([b for b in bodies if "AGENT-METHOD" in b])
        self.assertTrue([b for b in bodies if "MARK_OTHER" in b and "MARK_S go" not in b])
        bodies = session.run("MARK_U use the heap-reader agent", client=["--continue"], scenes=[
            scene("MARK_U", ("heap-reader", "MARK_TASK b"))])
        own = [b for b in bodies if "MARK_TASK b" in b and "MARK_U" not in b]
        self.assertEqual(own[0].count("AGENT-METHOD"), 1)

    def test_an_installed_skill_comes_once_by_whatever_way(self):
        for model in MODELS:
            with self.subTest(model=model):
                session = self.session()
                project = os.path.join(session.folder, "given")
                session.write(os.path.join(project, ".claude/skills/heap-hunt/SKILL.md"), SKILL)
                command = f'"{CASCADE}" --root default hook'
                session.write(session.settings, json.dumps({"hooks": {
                    "UserPromptSubmit": [{"hooks": [{"type": "command", "command": command, "timeout": 60}]}]}}))
                named = "use the heap-hunt skill: " + PROMPT
                body = session.run(named, model=model, project=project)[-1]
                self.assertIn("It is loaded: no need to call it.", body)
                self.assertEqual(body.count("SKILL-LEAD"), 1)
                session.runs = 0
                body = session.run("/heap-hunt now", named, model=model, project=project)[-1]
                self.assertEqual(body.count("SKILL-LEAD"), 1)
                session.runs = 0
                body = session.run("MARK_S go", named, model=model, project=project, scenes=[
                    {"match": "MARK_S", "turns": [[{"tool": "Skill", "input": {"skill": "heap-hunt"}}], [{"text": "done"}]]}])[-1]
                self.assertEqual(body.count("SKILL-LEAD"), 1)

    def test_every_scope_of_the_settings_switches_a_skill(self):
        places = {"user": "home/.claude/settings.json", "project": None, "local": "project/.claude/settings.local.json"}
        for scope, place in places.items():
            for value, served in (("off", 0), ("user-invocable-only", 0), ("name-only", 1)):
                with self.subTest(scope=scope, value=value):
                    session = self.session()
                    session.runs = 1
                    with open(session.settings, encoding="utf-8") as file:
                        settings = {} if place else json.load(file)
                    settings["skillOverrides"] = {"heap-hunt": value}
                    path = os.path.join(session.folder, "work", place) if place else session.settings
                    session.write(path, json.dumps(settings))
                    self.assertEqual(session.run(PROMPT)[-1].count("SKILL-STEPS"), served)
                    called = session.run("use the heap-hunt skill")[-1]
                    self.assertEqual(called.count("SKILL-STEPS"), 0 if value == "off" else 1)

    def test_a_manual_only_skill_and_one_switched_off_stay_away(self):
        session = self.session()
        text = SKILL.replace("metadata:", "disable-model-invocation: true\nmetadata:")
        session.write(os.path.join(session.library, "skills/heap-hunt/SKILL.md"), text)
        self.assertNotIn("heap-hunt", session.run(PROMPT)[-1])
        self.assertIn("SKILL-STEPS", session.run("use the heap-hunt skill")[-1])
        for value in ("off", "user-invocable-only"):
            session = self.session()
            with open(session.settings, encoding="utf-8") as file:
                settings = json.load(file)
            settings["skillOverrides"] = {"heap-hunt": value}
            session.write(session.settings, json.dumps(settings))
            self.assertNotIn("heap-hunt", session.run(PROMPT)[-1])

    def test_the_user_sees_what_was_loaded(self):
        session = self.session()
        session.run(PROMPT)
        self.assertIn("cascade: loaded heap-hunt, ", session.seen)

    def test_the_line_on_the_screen_is_switched_off_by_the_user_or_in_a_project(self):
        for place in ("home/.config/cascade", "project"):
            with self.subTest(place=place):
                session = self.session()
                session.write(os.path.join(session.folder, "work", place, "cascade.yaml"), "announce: off\n")
                session.runs = 1
                body = session.run(PROMPT)[-1]
                self.assertEqual(body.count("SKILL-STEPS"), 1)
                self.assertNotIn("cascade: loaded", session.seen)

    def test_the_prompt_survives_a_crash_a_hang_and_a_missing_program(self):
        for command in ("kill -9 $$", "sleep 20", "/nonexistent/cascade hook"):
            with self.subTest(command=command):
                body = self.session(command, 3).run("MARK_ALIVE hello")[-1]
                self.assertIn("MARK_ALIVE hello", body)

    def test_a_corrupt_index_and_a_read_only_home_do_not_cost_the_answer(self):
        session = self.session()
        session.run(PROMPT)
        for folder, _, files in os.walk(os.path.join(session.folder, "work", "home", ".cache")):
            for name in files:
                with open(os.path.join(folder, name), "r+b") as file:
                    file.seek(200)
                    file.write(b"damage")
        self.assertIn("SKILL-STEPS", session.run(PROMPT)[-1])
        blocked = self.session(f'HOME=/proc/none "{CASCADE}" --root "$CLAUDE_PROJECT_DIR/../../library" hook')
        self.assertIn("SKILL-STEPS", blocked.run(PROMPT)[-1])

    def test_a_file_with_several_names_is_loaded_under_the_first_as_cascade_does(self):
        session = self.session()
        project = os.path.join(session.folder, "project")
        skills, commands = (os.path.join(project, ".claude", kind) for kind in ("skills", "commands"))
        session.write(os.path.join(skills, "middle", "SKILL.md"), "---\ndescription: LINKED-SKILL. Use it.\n---\nDo.\n")
        session.write(os.path.join(commands, "nearest.md"), "---\ndescription: LINKED-COMMAND. Use it.\n---\nDo.\n")
        os.makedirs(os.path.join(skills, "alone"))
        for path, target in ((os.path.join(skills, "before"), "middle"), (os.path.join(skills, "zenith"), "middle"),
                             (os.path.join(skills, "alone", "SKILL.md"), "../middle/SKILL.md"),
                             (os.path.join(commands, "far.md"), "nearest.md"), (os.path.join(commands, "off.md"), "nearest.md")):
            os.symlink(target, path)
        listed = subprocess.run([CASCADE, "--root", project, "list", "--format", "json"], capture_output=True, text=True,
                                check=True, env={**os.environ, "CASCADE_CACHE": ""})
        names = [manifest["name"] for manifest in json.loads(listed.stdout)["manifests"]]
        self.assertEqual(names, ["alone", "far"])
        body = session.run("hello", project=project)[-1]
        for part in ("- alone: LINKED-SKILL", "- far: LINKED-COMMAND"):
            self.assertIn(part, body)
        for part in ("LINKED-SKILL", "LINKED-COMMAND"):
            self.assertEqual(body.count(part), 1)


def prepare(words):
    """Finds the program, the harness and the client. Why nothing can be run, or None."""
    global CASCADE, CLIENT
    CASCADE = os.path.abspath(words[1])
    if not os.path.exists(HARNESS):
        return "../shared/harness is not there"
    CLIENT = words[2] if len(words) > 2 else ""
    if not CLIENT:
        result = subprocess.run([os.path.join(ROOT, "scripts", "client")], capture_output=True, text=True, check=False)
        if result.returncode != 0:
            return result.stderr.strip()
        CLIENT = result.stdout.strip()
    # As users have it: `cascade init` asks the client for its version.
    os.environ["PATH"] = os.path.dirname(CLIENT) + os.pathsep + os.environ["PATH"]
    return None


def main(prepare_more=prepare, warnings=None):
    """Runs the tests of the program that was started; the status to end it with. prepare_more(words): why not, or None."""
    if len(sys.argv) < 2:
        print(sys.modules["__main__"].__doc__)
        return 2
    reason = prepare_more(sys.argv)
    if reason is not None:
        print("skipped: " + reason)
        return 77
    result = unittest.main(argv=[sys.argv[0]], exit=False, verbosity=2, warnings=warnings).result
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
