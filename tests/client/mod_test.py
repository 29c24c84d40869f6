#!/usr/bin/env python3
"""The mod of `cascade init` in the real client: what is left of its listing, and that nothing is lost.

usage: mod_test.py CASCADE [CLIENT]      CASCADE: the binary under test; CLIENT: the client's program
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness), with the reason.

`--figures` as the last word prints a table of what was recorded with 40, 160 and 560 skills and both windows.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

import client_test
from listing_test import AGENTS, SKILLS, told
from terminal import Terminal

AGENT_COUNT = 20
# Names of shipped skills, each called once: what comes with them must come once.
CALLED = ("memory-leak-hunt", "regression-bisection", "blameless-postmortem", "ci-failure-triage")
MOST_TOKENS = 1300  # of skills and agents together, with any number of them


def name_of(number):
    return f"s{number:03}-{('render', 'parse', 'deploy', 'measure', 'migrate')[number % 5]}"


def strip(value):
    """A request without its marks for the cache, which move from one to the next."""
    if isinstance(value, dict):
        return {key: strip(one) for key, one in value.items() if key != "cache_control"}
    return [strip(one) for one in value] if isinstance(value, list) else value


def conversation(body):
    """All blocks of a request's messages in their order."""
    blocks = []
    for message in strip(body["messages"]):
        content = message["content"]
        for block in [{"type": "text", "text": content}] if isinstance(content, str) else content:
            blocks.append((message["role"], block))
    return blocks


class Home:
    """A throwaway home with skills and agents of the user's, and a project."""

    def __init__(self, skills=40, agents=AGENT_COUNT):
        self.folder = tempfile.mkdtemp(prefix="cascade-mod-")
        self.work = os.path.join(self.folder, "work")
        self.home, self.project = os.path.join(self.work, "home"), os.path.join(self.work, "project")
        self.claude = os.path.join(self.home, ".claude")
        self.mod = os.path.join(self.claude, "skills", "cascade-listing")
        for number in range(skills):
            name = name_of(number)
            self.write(f".claude/skills/{name}/SKILL.md", f"---\nname: {name}\ndescription: Does piece {number} of the work with "
                       f"care and notes what it saw. Use when piece {number} is asked for.\n---\nBODY-{name}\n")
        for number in range(agents):
            self.write(f".claude/agents/a{number:02}.md", f"---\nname: a{number:02}\ndescription: Looks at part {number} of the "
                       f"project on its own and reports. Use when part {number} is in doubt.\n---\nBODY-a{number:02}\n")
        os.makedirs(self.project, exist_ok=True)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, path, text):
        path = os.path.join(self.home, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def cascade(self, *words, text=None, **variables):
        environment = dict(os.environ, HOME=self.home, **variables)
        return subprocess.run([client_test.CASCADE, *words], env=environment, cwd=self.project, input=text, check=True,
                              capture_output=True, text=True).stdout

    def install(self, *words):
        said = self.cascade("init", *words)  # which takes the mod with this client
        self.cascade("index")
        if os.path.isdir(self.mod):
            self.edit("LIMIT_MS = 2000", "LIMIT_MS = 8000")  # a machine that also builds; one of the tests has the limit
        return said

    def edit(self, before, after):
        path = os.path.join(self.mod, "hooks", "register.js")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        assert before in text, before
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(before, after))

    def call_instead(self, script):
        """The module calls a script in place of the program, whose path the script has as $CASCADE."""
        path = os.path.join(self.folder, "instead")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\nCASCADE='{client_test.CASCADE}'\n{script}\n")
        os.chmod(path, 0o755)
        self.edit(f'["{client_test.CASCADE}"]', f'["{path}"]')

    def settings(self, change):
        path = os.path.join(self.claude, "settings.json")
        with open(path, encoding="utf-8") as file:
            settings = json.load(file)
        change(settings)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(settings, file)

    def talk(self, *prompts, model=client_test.MODEL, client=(), scenes=(), variables=""):
        """The bodies of the requests to the model, in their order."""
        log, script = os.path.join(self.work, "requests.jsonl"), os.path.join(self.folder, "scenes.json")
        if os.path.exists(log):
            os.remove(log)
        with open(script, "w", encoding="utf-8") as file:
            json.dump(list(scenes), file)
        words = [sys.executable, client_test.HARNESS, "--client", client_test.CLIENT, "--work", self.work, "--reuse", "--model",
                 model, "--show", "stdout", "--timeout", "150", "--script", script]
        for prompt in prompts[1:]:
            words += ["--then", prompt]
        words += [prompts[0], *(["--", *client] if client else [])]
        done = subprocess.run(words, capture_output=True, text=True, cwd=os.path.dirname(client_test.HARNESS), timeout=200,
                              env=dict(os.environ, CLIENT_ENV=variables), check=False)
        if done.returncode != 0:
            raise AssertionError(f"the client ended with {done.returncode}: {done.stdout[-500:]} {done.stderr[-500:]}")
        with open(log, encoding="utf-8") as file:
            requests = [json.loads(line) for line in file]
        return [one["body"] for one in requests if one["path"].startswith("/v1/messages") and "count_tokens" not in one["path"]]

    def tokens(self, text):
        return int(re.search(r'"tokens": (\d+)', self.cascade("tokens", "--format", "json", text=text)).group(1))

    def files(self):
        """What is in the user's folder, but for what the client keeps of its sessions."""
        found = []
        for path, folders, names in os.walk(self.claude):
            inner = os.path.relpath(path, self.claude)
            found += [os.path.normpath(os.path.join(inner, name)) for name in names + folders]
        kept = ("settings.json", "skills", "agents", "plugins/data/")
        return sorted(one for one in found if one.startswith(kept) and one != "plugins/data")


def texts(body):
    return "\n".join(block.get("text", "") for _, block in conversation(body))


class TheListingIsShort(unittest.TestCase):
    def home(self, *args, **more):
        home = Home(*args, **more)
        self.addCleanup(home.close)
        return home

    def is_full(self, body):
        return f"- {name_of(3)}: Does piece 3" in told(body, SKILLS)

    def assert_prefixes(self, bodies):
        for number, (before, after) in enumerate(zip(bodies, bodies[1:])):
            begin = conversation(before)
            self.assertEqual(conversation(after)[:len(begin)], begin, f"request {number + 2} changes what was said")
            self.assertEqual(strip(after["system"]), strip(before["system"]))
            self.assertEqual(strip(after["tools"]), strip(before["tools"]))

    def assert_once(self, body, names):
        text = texts(body)
        for name in names:
            self.assertEqual(text.count(f"=== skill: {name} ==="), 1, name)
        self.assertEqual(text.count("are at hand and are loaded"), 1)

    def test_it_does_not_grow_with_the_skills_and_each_request_continues_the_one_before(self):
        for model in client_test.MODELS:
            for skills in (40, 160, 560):
                with self.subTest(skills=skills, model=model):
                    home = self.home(skills)
                    before = home.talk("hello", model=model)[0]
                    self.assertIn(name_of(3), told(before, SKILLS))
                    home.install()
                    bodies = home.talk("hello", *(f"use the {name} skill" for name in CALLED), model=model)
                    self.assertGreaterEqual(len(bodies), 5)
                    listed, agents = told(bodies[0], SKILLS), told(bodies[0], AGENTS)
                    self.assertNotIn(name_of(3), listed)
                    self.assertIn("a03", agents)
                    self.assertNotIn("Looks at part 3", agents)
                    self.assertLessEqual(home.tokens(listed) + home.tokens(agents), MOST_TOKENS)
                    self.assertTrue(all(len(line) <= 160 for line in listed.splitlines() if line.startswith("- ")))
                    self.assert_prefixes(bodies)
                    self.assert_once(bodies[-1], CALLED)

    def test_a_conversation_that_is_continued_keeps_its_beginning(self):
        home = self.home()
        home.install()
        first = home.talk(f"use the {CALLED[0]} skill")
        second = home.talk(f"use the {CALLED[1]} skill", client=["--continue"])
        self.assertEqual(told(second[-1], SKILLS), told(first[-1], SKILLS))
        begin = conversation(first[-1])
        self.assertEqual(conversation(second[-1])[:len(begin)], begin)
        self.assert_once(second[-1], CALLED[:2])

    def test_what_is_not_listed_is_still_called(self):
        home = self.home()
        home.install()
        scenes = [{"match": "MARK_SKILL", "turns": [[{"tool": "Skill", "input": {"skill": name_of(7)}}], [{"text": "done"}]]},
                  client_test.scene("MARK_AGENT", ("a05", "TASK look at it"))]
        bodies = home.talk("MARK_SKILL go", "MARK_AGENT go", f"/{name_of(9)}", scenes=scenes)
        self.assertIn(f"BODY-{name_of(7)}", json.dumps(bodies))
        self.assertIn(f"BODY-{name_of(9)}", json.dumps(bodies))
        own = [body for body in bodies if "TASK look at it" in texts(body) and "MARK_AGENT" not in texts(body)]
        self.assertTrue(own, "the agent did not run")
        self.assertIn("BODY-a05", json.dumps(own[0]["system"]))
        self.assertNotIn(name_of(3), told(own[0], SKILLS))

    def test_after_a_compaction_it_is_short_again(self):
        home = self.home()
        home.install()
        bodies = home.talk(f"use the {CALLED[0]} skill", "/compact", f"use the {CALLED[1]} skill")
        self.assertTrue(told(bodies[-1], SKILLS))
        self.assertNotIn(name_of(3), told(bodies[-1], SKILLS))
        self.assert_once(bodies[-1], CALLED[1:2])

    def test_a_long_skill_comes_whole(self):
        home = self.home()
        walk = "walk on slowly and look at both sides of the way. " * 24
        steps = "".join(f"## Part {part}\n\nPART-{part} {walk}\n\n" for part in range(20))
        home.write(".claude/skills/long-way/SKILL.md", f"---\nname: long-way\ndescription: Walks the long way.\n---\n{steps}")
        home.install()
        text = texts(home.talk("use the long-way skill", model=client_test.NEWER)[-1])
        self.assertTrue(all(f"PART-{part} " in text for part in range(20)))

    def test_a_plugin_with_the_mod_and_the_users_own_say_nothing_twice(self):
        home = self.home()
        home.install()
        plugin = os.path.join(home.folder, "plugin")
        self.assertIn("mod", home.cascade("init", "--plugin", plugin, "--listing", "short"))
        bodies = home.talk("hello", f"use the {CALLED[0]} skill", client=["--plugin-dir", plugin])
        self.assertNotIn(name_of(3), told(bodies[0], SKILLS))
        self.assert_once(bodies[-1], CALLED[:1])
        # The plugin alone, as it is installed where `init` was not run.
        home.edit("LIMIT_MS = 8000", "LIMIT_MS = 2000")
        home.cascade("init", "--remove")
        bodies = home.talk("hello", f"use the {CALLED[1]} skill", client=["--plugin-dir", plugin])
        self.assertNotIn(name_of(3), told(bodies[0], SKILLS))
        self.assertIn("cascade:cascade", told(bodies[0], SKILLS))
        self.assert_once(bodies[-1], CALLED[1:2])

    def test_what_a_hook_of_others_kept_from_arriving_comes_with_the_next_prompt(self):
        for mod in (False, True):
            with self.subTest(mod=mod):
                home = self.home()
                home.install(*(() if mod else ("--listing", "full")))
                flag = os.path.join(home.folder, "refused")
                home.settings(lambda settings, flag=flag: settings["hooks"]["UserPromptSubmit"].append({"hooks": [{
                    "type": "command", "command": f"grep -q MARK_NO && [ ! -e '{flag}' ] && touch '{flag}' && exit 2; exit 0"}]}))
                bodies = home.talk("hello", f"MARK_NO use the {CALLED[0]} skill", f"MARK_NO use the {CALLED[0]} skill", "and on")
                self.assertTrue(os.path.exists(flag))
                self.assert_once(bodies[-1], CALLED[:1])

    def test_it_falls_silent(self):
        """Twelve ways to fail: the listing is whole in each, and the hooks answer where they can."""
        real = 'exec "$CASCADE" "$@"'
        hooks = 'case "$1" in hook) %s ;; *) ' + real + ";; esac"
        names = 'case "$1" in listing) %s ;; *) ' + real + ";; esac"
        scripts = {"is gone": None, "fails": "exit 1", "is killed": "kill -9 $$", "says nothing": hooks % "exit 0",
                   "writes no JSON": hooks % "echo hello", "writes another kind of JSON": hooks % "echo null",
                   "is slow": hooks % "sleep 3; echo {}", "knows no names": names % "exit 3", "is slow with names": names % "sleep 3",
                   "writes too much": hooks % "head -c 5000000 /dev/zero | tr '\\0' ' '; echo {}"}
        home = self.home()
        home.install()
        path = os.path.join(home.mod, "hooks", "register.js")
        with open(path, encoding="utf-8") as file:
            whole = file.read()
        for what, script in scripts.items():
            with self.subTest(program=what):
                with open(path, "w", encoding="utf-8") as file:
                    file.write(whole.replace("LIMIT_MS = 8000", "LIMIT_MS = 2000"))
                home.call_instead(script or "exit 0")
                if script is None:
                    os.remove(os.path.join(home.folder, "instead"))
                bodies = home.talk("hello", f"use the {CALLED[0]} skill")
                self.assertTrue(self.is_full(bodies[0]))
                self.assert_once(bodies[-1], CALLED[:1])
        with open(path, "w", encoding="utf-8") as file:
            file.write(whole.replace("  await speak($, said !== undefined)\n", "  throw new Error('made up')\n"))
        with self.subTest(module="throws"):
            self.assertTrue(self.is_full(home.talk("hello")[0]))
        with open(path, "w", encoding="utf-8") as file:
            file.write("not a module (")
        with self.subTest(module="cannot be read"):
            bodies = home.talk("hello", f"use the {CALLED[0]} skill")
            self.assertTrue(self.is_full(bodies[0]))
            self.assert_once(bodies[-1], CALLED[:1])
        with open(path, "w", encoding="utf-8") as file:
            file.write(whole)
        with self.subTest(switch="CASCADE_DISABLE"):
            self.assertTrue(self.is_full(home.talk("hello", variables="CASCADE_DISABLE=1")[0]))
        with self.subTest(switch="hook --off"):
            home.cascade("hook", "--off")
            self.assertTrue(self.is_full(home.talk("hello")[0]))
            home.cascade("hook", "--on")
        with self.subTest(switch="disableAllHooks"):
            home.settings(lambda settings: settings.update(disableAllHooks=True))
            self.assertTrue(self.is_full(home.talk("hello")[0]))
            home.settings(lambda settings: settings.pop("disableAllHooks"))
        self.assertFalse(self.is_full(home.talk("hello")[0]))

    def test_a_program_that_dies_gives_the_listing_back_once(self):
        home = self.home()
        home.install()
        home.call_instead('[ "$1" = hook ] || exec "$CASCADE" "$@"\nevent=$(cat)\n'
                          'case "$event" in *MARK_DIES*) exit 1 ;; esac\nprintf %s "$event" | "$CASCADE" "$@"')
        bodies = home.talk("hello", "MARK_DIES now", "MARK_DIES again")
        self.assertFalse(self.is_full(bodies[0]))
        self.assertNotIn("Does piece 3 of", texts(bodies[0]))
        self.assertEqual(texts(bodies[-1]).count("Does piece 3 of"), 1)


class InATerminal(unittest.TestCase):
    def test_it_is_short_and_leaves_nothing_behind(self):
        home = Home()
        self.addCleanup(home.close)
        session = client_test.Session(command="true")
        self.addCleanup(session.close)
        shutil.rmtree(os.path.join(session.folder, "work"), ignore_errors=True)
        os.rename(home.work, os.path.join(session.folder, "work"))
        home.work = os.path.join(session.folder, "work")
        home.home, home.project = os.path.join(home.work, "home"), os.path.join(home.work, "project")
        home.claude = os.path.join(home.home, ".claude")
        home.mod = os.path.join(home.claude, "skills", "cascade-listing")
        session.runs = 1
        before = home.files()
        home.install()
        home.edit("LIMIT_MS = 8000", "LIMIT_MS = 2000")
        self.assertIn("the mod already", home.cascade("init", "--listing", "short"))
        home.edit("LIMIT_MS = 2000", "LIMIT_MS = 8000")
        state = {"hasCompletedOnboarding": True, "theme": "dark",
                 "projects": {home.project: {"hasTrustDialogAccepted": True, "allowedTools": []}}}
        home.write(".claude.json", json.dumps(state))
        terminal = Terminal(session)
        try:
            terminal.ask(f"use the {CALLED[0]} skill")
            bodies = [body for body in terminal.bodies() if SKILLS[:30] in body]
            self.assertTrue(bodies)
            self.assertNotIn(f"- {name_of(3)}: ", bodies[-1])
            self.assertEqual(bodies[-1].count(f"=== skill: {CALLED[0]} ==="), 1)
        finally:
            terminal.close()
        home.edit("LIMIT_MS = 8000", "LIMIT_MS = 2000")
        home.cascade("init", "--remove")
        self.assertEqual(home.files(), before)


def figures():
    """Tokens of the first request's listing and agents, without and with the mod."""
    print("| skills | model | listing | agents | with the mod | first answer, ms: hook, mod |")
    for skills in (40, 160, 560):
        for model in client_test.MODELS:
            home = Home(skills)
            try:
                row = []
                for installs in (False, True):
                    if installs:
                        home.install()
                    body = home.talk("hello", model=model)[0]
                    row += [home.tokens(told(body, SKILLS)), home.tokens(told(body, AGENTS))]
                took = []
                for words in (("hook",), ("hook", "--mod")):
                    event = {"session_id": f"speed-{words}", "transcript_path": os.path.join(home.folder, "t.jsonl"),
                             "cwd": home.project, "hook_event_name": "UserPromptSubmit", "permission_mode": "default",
                             "prompt": f"use the {CALLED[0]} skill"}
                    begin = time.monotonic()
                    home.cascade(*words, text=json.dumps(event))
                    took.append(round((time.monotonic() - begin) * 1000))
                print(f"| {skills} | {model} | {row[0]} | {row[1]} | {row[2]} + {row[3]} | {took[0]}, {took[1]} |", flush=True)
            finally:
                home.close()


if __name__ == "__main__":
    if sys.argv[-1] == "--figures":
        sys.argv.pop()
        sys.exit(figures() if client_test.prepare(sys.argv) is None else 77)
    sys.exit(client_test.main())
