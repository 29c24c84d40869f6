#!/usr/bin/env python3
"""The mod of `cascade init` in the real client: what is left of its listing, and that nothing is lost.

usage: mod_test.py CASCADE [CLIENT]      CASCADE: the binary under test; CLIENT: the client's program
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness), with the reason.

`--figures` as the last word prints the times of first answers, and a table of what was recorded in each cell.
"""
import json
import os
import re
import shutil
import statistics
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
CALLED = ("memory-leak-hunt", "regression-bisection", "blameless-postmortem", "ci-failure-triage", "cors-repair",
          "capacity-estimation", "changelog-writing", "bug-reproduction", "container-hardening")
MOST_TOKENS = 1300  # of skills and agents together, with any number of them
LONG_LINE = 100  # characters; shorter ones are headings and words that skills share


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
        self.move(os.path.join(self.folder, "work"))
        for number in range(skills):
            name = name_of(number)
            self.write(f".claude/skills/{name}/SKILL.md", f"---\nname: {name}\ndescription: Does piece {number} of the work with "
                       f"care and notes what it saw. Use when piece {number} is asked for.\n---\nBODY-{name}\n")
        for number in range(agents):
            self.write(f".claude/agents/a{number:02}.md", f"---\nname: a{number:02}\ndescription: Looks at part {number} of the "
                       f"project on its own and reports. Use when part {number} is in doubt.\n---\nBODY-a{number:02}\n")
        os.makedirs(self.project, exist_ok=True)

    def move(self, work):
        self.work, self.home, self.project = work, os.path.join(work, "home"), os.path.join(work, "project")
        self.claude = os.path.join(self.home, ".claude")
        self.mod = os.path.join(self.claude, "skills", "cascade-listing")

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


def asks(names):
    return [f"use the {name} skill" for name in names]


def of_subagent(bodies):
    """The requests of the agent that AGENT_SCENE starts."""
    return [body for body in bodies if "TASK look at it" in texts(body) and "MARK_AGENT" not in texts(body)]


AGENT_SCENE = client_test.scene("MARK_AGENT", ("a05", "TASK look at it"))


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
        lines = [line for line in text.splitlines() if len(line) >= LONG_LINE]
        self.assertEqual([line for line in set(lines) if lines.count(line) > 1], [], "the model reads it twice")

    def assert_short(self, home, body):
        """What is left of the listings, however many are installed."""
        listed, agents = told(body, SKILLS), told(body, AGENTS)
        self.assertTrue(listed)
        self.assertNotIn(name_of(3), listed)
        self.assertNotIn("Looks at part 3", agents)
        self.assertLessEqual(home.tokens(listed + "\n" + agents), MOST_TOKENS)
        self.assertEqual([line for line in listed.splitlines() if line.startswith("- ") and len(line) > 160], [])

    def test_it_does_not_grow_with_the_skills_and_each_request_continues_the_one_before(self):
        """Six cells of ten requests in print mode, the second five of them continued, and then a subagent and a compaction."""
        for model in client_test.MODELS:
            for skills in (40, 160, 560):
                with self.subTest(skills=skills, model=model):
                    home = self.home(skills)
                    before = home.talk("hello", model=model)[0]
                    self.assertIn(name_of(3), told(before, SKILLS))
                    home.install()
                    bodies = home.talk("hello", *asks(CALLED[:4]), model=model)
                    bodies += home.talk(*asks(CALLED[4:]), model=model, client=["--continue"])
                    self.assertGreaterEqual(len(bodies), 10)
                    self.assertIn("a03", told(bodies[0], AGENTS))
                    for body in bodies:
                        self.assert_short(home, body)
                    self.assert_prefixes(bodies)
                    self.assert_once(bodies[-1], CALLED)
                    after = home.talk("MARK_AGENT go", "/compact", *asks(CALLED[:1]), model=model, client=["--continue"],
                                      scenes=[AGENT_SCENE])
                    self.assertTrue(of_subagent(after), "the agent did not run")
                    self.assert_short(home, of_subagent(after)[0])
                    self.assert_short(home, after[-1])
                    self.assertNotIn("MARK_AGENT", texts(after[-1]))
                    self.assert_once(after[-1], CALLED[:1])

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
        scenes = [client_test.skill_scene("MARK_SKILL", "", skill=name_of(7)), AGENT_SCENE]
        bodies = home.talk("MARK_SKILL go", "MARK_AGENT go", f"/{name_of(9)}", scenes=scenes)
        self.assertIn(f"BODY-{name_of(7)}", json.dumps(bodies))
        self.assertIn(f"BODY-{name_of(9)}", json.dumps(bodies))
        own = of_subagent(bodies)
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
    assert_short, assert_once = TheListingIsShort.assert_short, TheListingIsShort.assert_once

    def session_in(self, home):
        """A session for a terminal in that home, which moves into the session's folder."""
        session = client_test.Session(command="true")
        self.addCleanup(session.close)
        shutil.rmtree(os.path.join(session.folder, "work"), ignore_errors=True)
        os.rename(home.work, os.path.join(session.folder, "work"))
        home.move(os.path.join(session.folder, "work"))
        home.write(".claude.json", json.dumps({"hasCompletedOnboarding": True, "theme": "dark", "projects": {
            home.project: {"hasTrustDialogAccepted": True, "allowedTools": []}}}))
        session.runs = 1
        return session

    def asked(self, session, home, *prompts, model=client_test.MODEL):
        """The last request with a listing, after these prompts."""
        terminal = Terminal(session, model=model)
        try:
            for prompt in prompts:
                terminal.ask(prompt)
            bodies = [body for body in map(json.loads, terminal.bodies()) if told(body, SKILLS)]
        finally:
            terminal.close()
        self.assertTrue(bodies)
        for body in bodies:
            self.assert_short(home, body)
        return bodies[-1]

    def test_it_is_as_short_with_any_number_of_skills(self):
        for model in client_test.MODELS:
            for skills in (40, 160, 560):
                with self.subTest(skills=skills, model=model):
                    home = Home(skills)
                    self.addCleanup(home.close)
                    session = self.session_in(home)
                    home.install()
                    self.assert_once(self.asked(session, home, "hello", *asks(CALLED[:2]), model=model), CALLED[:2])

    def test_it_leaves_nothing_behind(self):
        home = Home()
        self.addCleanup(home.close)
        session = self.session_in(home)
        before = home.files()
        home.install()
        home.edit("LIMIT_MS = 8000", "LIMIT_MS = 2000")
        self.assertIn("the mod already", home.cascade("init", "--listing", "short"))
        home.edit("LIMIT_MS = 2000", "LIMIT_MS = 8000")
        self.asked(session, home, "hello")
        home.edit("LIMIT_MS = 8000", "LIMIT_MS = 2000")
        home.cascade("init", "--remove")
        self.assertEqual(home.files(), before)


def request_tokens(home, body):
    return home.tokens("\n".join([json.dumps(body["system"]), json.dumps(body["tools"]), texts(body)]))


def sizes():
    """Five prompts in each cell without Cascade, with its hooks, with the mod: what the first and the fifth request hold."""
    print("| skills | model | with | listing | agents | request 1 | request 5 |")
    for skills in (40, 160, 560):
        for model in client_test.MODELS:
            for name, words in (("nothing", None), ("hooks", ("--listing", "full")), ("mod", ("--listing", "short"))):
                home = Home(skills)
                try:
                    if words:
                        home.install(*words)
                    bodies = home.talk("hello", *asks(CALLED[:4]), model=model)
                    row = [home.tokens(told(bodies[0], heading)) for heading in (SKILLS, AGENTS)]
                    row += [request_tokens(home, body) for body in (bodies[0], bodies[-1])]
                    print(f"| {skills} | {model} | {name} | " + " | ".join(f"{one:,}" for one in row) + " |", flush=True)
                finally:
                    home.close()


def seconds_of(home, *calls):
    """How long some calls at once take, each a pair of words and an event's JSON."""
    begin = time.monotonic()
    running = [subprocess.Popen([client_test.CASCADE, *words], env=dict(os.environ, HOME=home.home), cwd=home.project,
                                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for words, _ in calls]
    for process, (_, event) in zip(running, calls):
        process.communicate(event.encode())
    return time.monotonic() - begin


def times(skills=560, rounds=21):
    """The first answers of hook and mod by turns, since the machine does other things as well: medians in milliseconds."""
    home = Home(skills)
    took = {}
    try:
        home.install()
        for turn in range(rounds):
            for kind in ("hook", "mod")[::1 if turn % 2 else -1]:
                words = ("hook",) if kind == "hook" else ("hook", "--mod")
                for name in ("SessionStart", "UserPromptSubmit"):
                    event = json.dumps({
                        "session_id": f"speed-{kind}-{turn}", "transcript_path": os.path.join(home.folder, f"{kind}-{turn}.jsonl"),
                        "cwd": home.project, "hook_event_name": name, "permission_mode": "default", "source": "startup",
                        "prompt": f"use the {CALLED[0]} skill"})
                    calls = [(words, event)]
                    if kind == "mod" and name == "SessionStart":
                        calls.append((("listing", "names"), ""))  # the module asks both at once
                    took.setdefault((name, kind), []).append(seconds_of(home, *calls) * 1000)
        for (name, kind), all_of_it in sorted(took.items()):
            quarter = statistics.quantiles(all_of_it, n=4)
            print(f"{name}, {kind}: median {quarter[1]:.0f} ms, quarters {quarter[0]:.0f} and {quarter[2]:.0f}, n {len(all_of_it)}")
    finally:
        home.close()


if __name__ == "__main__":
    if sys.argv[-1] == "--figures":
        sys.argv.pop()
        reason = client_test.prepare(sys.argv)
        sys.exit(f"skipped: {reason}" if reason else (times(), sizes())[0])
    sys.exit(client_test.main())
