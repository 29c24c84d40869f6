#!/usr/bin/env python3
"""Compares `cascade listing` and `cascade cost` with what the real client tells the model, to the character.

usage: listing_test.py CASCADE [CLIENT]      CASCADE: the binary under test; CLIENT: the client's program
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness), with the reason.

Six real libraries are laid out as a project's .claude folder and, where they are plugins, given to the client with
--plugin-dir. What the client lists is read from the recorded request.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

import client_test

CORPORA = os.path.join(os.path.dirname(client_test.ROOT), "shared", "corpora")
SKILLS = "The following skills are available for use with the Skill tool:\n\n"
AGENTS = "Available agent types for the Agent tool:\n"
ENDS = ("\n</system-reminder>", "\n\nWhen you launch", "\n\nWhile bypass", "\n\nToday's date", "\n\nThe following skills",
        "\n\n<total_tokens>", "\n\n# Environment")
MODEL, MODELS = client_test.MODEL, client_test.MODELS


def units(text):
    return len(text.encode("utf-16-le")) // 2


def told(body, heading):
    """The lines below a heading, as the model gets them."""
    texts = []
    for message in body["messages"]:
        content = message["content"]
        texts += [content] if isinstance(content, str) else [block.get("text", "") for block in content]
    for text in texts:
        if heading in text:
            lines = text[text.index(heading) + len(heading):]
            return lines[:min(lines.index(end) for end in ENDS if end in lines)]
    return ""


def mismatch(lines, recorded):
    """Where a list of lines differs from the recorded text, or nothing. Of the client's own lines the length is known."""
    at = 0
    for number, line in enumerate(lines):
        if number > 0:
            if recorded[at:at + 1] != "\n":
                return f"no line ends before {line['name']}: {recorded[at - 60:at + 60]!r}"
            at += 1
        if "text" in line:
            if not recorded.startswith(line["text"], at):
                return f"{line['text'][:200]!r} is {recorded[at:at + 200]!r}"
            at += len(line["text"])
            continue
        if not recorded.startswith("- " + line["name"] + ": ", at):
            return f"the client's own {line['name']} is {recorded[at:at + 80]!r}"
        end = at + line["chars"]
        while units(recorded[at:end]) > line["chars"]:
            end -= 1
        at = end
    return "" if at == len(recorded) else f"and {recorded[at:at + 200]!r}"


class ListingIsTheClients(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="cascade-listing-")
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.work = os.path.join(self.folder, "work")
        self.project = os.path.join(self.work, "project")
        self.home = os.path.join(self.work, "home")
        os.makedirs(self.project)
        os.makedirs(self.home)

    def write(self, path, text):
        path = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def record(self, model, client=(), more=()):
        """The first request's body of a session in the project."""
        log = os.path.join(self.work, "requests.jsonl")
        if os.path.exists(log):
            os.remove(log)
        words = [sys.executable, client_test.HARNESS, "--client", client_test.CLIENT, "--work", self.work, "--reuse", "--model",
                 model, "--show", "stdout", "--timeout", "150", *more, "hello", *(["--", *client] if client else [])]
        result = subprocess.run(words, capture_output=True, text=True, cwd=os.path.dirname(client_test.HARNESS), timeout=200,
                                check=False)
        self.assertEqual(result.returncode, 0, result.stderr[-500:])
        with open(log, encoding="utf-8") as file:
            requests = [json.loads(line) for line in file]
        return next(r["body"] for r in requests if r["path"].endswith("/v1/messages"))

    def cascade(self, *words, environment=()):
        variables = dict(os.environ, HOME=self.home, CASCADE_CACHE="", **dict(environment))
        result = subprocess.run([client_test.CASCADE, *words], capture_output=True, text=True, cwd=self.project, env=variables,
                                check=False)
        return result.stdout

    def compare(self, model, body, *root):
        listing = json.loads(self.cascade(*root, "listing", "show", "--model", model, "--format", "json"))
        # Without the shipped library, which cost counts as if the client listed it.
        if not root:
            self.write("work/project/cascade.yaml", "library: off\n")
        cost = json.loads(self.cascade(*root, "cost", "--model", model, "--format", "json"))
        for key, heading in (("skills", SKILLS), ("agents", AGENTS)):
            recorded = told(body, heading)
            self.assertEqual(mismatch(listing[key]["lines"], recorded), "")
            self.assertEqual(listing[key]["chars"], units(recorded))
            self.assertEqual(cost["listed"][key + "_chars"], units(recorded))

    def lay_out(self, corpus):
        """The library as a project would have it."""
        source, target = os.path.join(CORPORA, corpus), os.path.join(self.project, ".claude")
        parts = [(os.path.join(source, ".claude"), target)]
        parts += [(os.path.join(source, kind), os.path.join(target, kind)) for kind in ("skills", "agents", "commands")]
        parts += [(os.path.join(source, "categories"), os.path.join(target, "agents")),
                  (os.path.join(source, "tools"), os.path.join(target, "commands"))]
        plugins = os.path.join(source, "plugins")
        for plugin in sorted(os.listdir(plugins)) if corpus == "wshobson-agents" else ():
            parts += [(os.path.join(plugins, plugin, kind), os.path.join(target, kind))
                      for kind in ("skills", "agents", "commands")]
        for begin, end in parts:
            if os.path.isdir(begin):
                shutil.copytree(begin, end, dirs_exist_ok=True)
        for name in ("settings.json", "settings.local.json"):
            if os.path.exists(os.path.join(target, name)):
                os.remove(os.path.join(target, name))

    def plugins(self, corpus):
        source = os.path.join(CORPORA, corpus)
        inner = {"wshobson-agents": "plugins", "awesome-subagents": "categories"}.get(corpus)
        if inner is None:
            return [source]
        return [os.path.join(source, inner, name) for name in sorted(os.listdir(os.path.join(source, inner)))]

    def test_what_permissions_deny_takes_out_of_the_list(self):
        for name in ("moor", "pilot"):
            self.write(f"work/project/.claude/skills/{name}/SKILL.md", f"---\nname: {name}\ndescription: Use to {name} a boat\n---\nDo.\n")
            self.write(f"work/project/.claude/agents/{name}-agent.md",
                       f"---\nname: {name}-agent\ndescription: Use when a boat asks to {name}\n---\nDo.\n")
        for deny in (["Skill(moor)", "Skill(pi*)"], ["Agent(moor-agent)", "Agent(Explore)"], ["Skill"]):
            with self.subTest(deny=deny):
                self.write("work/project/.claude/settings.json", json.dumps({"permissions": {"deny": deny}}))
                self.compare(MODEL, self.record(MODEL))

    @unittest.skipUnless(os.path.isdir(CORPORA), "../shared/corpora is not there")
    def test_six_libraries_of_a_project_are_listed_as_the_client_lists_them(self):
        for corpus in ("my-workflow", "infrastructure-showcase", "superpowers", "awesome-subagents", "wshobson-agents",
                       "context-cascade"):
            shutil.rmtree(self.project)
            self.lay_out(corpus)
            for model in MODELS:
                with self.subTest(corpus=corpus, model=model):
                    self.compare(model, self.record(model))

    @unittest.skipUnless(os.path.isdir(CORPORA), "../shared/corpora is not there")
    def test_four_libraries_of_plugins_are_listed_as_the_client_lists_them(self):
        for corpus in ("superpowers", "awesome-subagents", "wshobson-agents", "context-cascade"):
            client = [word for path in self.plugins(corpus) for word in ("--plugin-dir", path)]
            for model in MODELS:
                with self.subTest(corpus=corpus, model=model):
                    self.compare(model, self.record(model, client), "--root", os.path.join(CORPORA, corpus))

    MANY = 30 if MODEL == client_test.OLDER else 150  # more than the client's list holds in the model's window

    def many(self):
        for number in range(self.MANY):
            self.write(f"work/project/.claude/skills/s{number:02}/SKILL.md",
                       f"---\nname: s{number:02}\ndescription: {'x' * (200 + 7 * number)}\n---\nDo it.\n")
        self.write("work/home/.claude/skills/mine/SKILL.md", "---\nname: mine\ndescription: My <own> one\n---\nDo.\n")
        self.write("work/home/.claude/agents/mine.md", "---\nname: mine\ndescription: Mine\ntools: Read, mcp__x\n---\nDo.\n")

    def test_settings_and_use_decide_as_in_the_client(self):
        self.many()
        use = {name: {"usageCount": count, "lastUsedAt": 1000} for name, count in (("s20", 3), ("s07", 50), ("s11", 9))}
        self.write("work/home/.claude.json", json.dumps({
            "hasCompletedOnboarding": True, "theme": "dark", "skillUsage": use,
            "projects": {self.project: {"hasTrustDialogAccepted": True, "allowedTools": []}}}))
        self.compare(MODEL, self.record(MODEL))
        for settings in ({"skillOverrides": {"dataviz": "name-only", "s02": "name-only", "s03": "off", "loop": "off",
                                             "s04": "user-invocable-only"}},
                         {"disableBundledSkills": True}, {"skillListingBudgetFraction": 0.0131},
                         {"skillListingMaxDescChars": 60}):
            with self.subTest(settings=settings):
                self.write("work/project/.claude/settings.json", json.dumps(settings))
                self.compare(MODEL, self.record(MODEL))

    def test_the_users_folder_may_lie_elsewhere(self):
        self.many()
        self.write("own/skills/other/SKILL.md", "---\nname: other\ndescription: Elsewhere\n---\nDo.\n")
        self.write("own/agents/other.md", "---\nname: other\ndescription: Elsewhere\n---\nDo.\n")
        self.write("own/settings.json", json.dumps({"skillOverrides": {"s02": "name-only", "s03": "off"}}))
        self.write("own/.claude.json", json.dumps({"skillUsage": {"s07": {"usageCount": 50, "lastUsedAt": 1000}}}))
        own = os.path.join(self.folder, "own")
        with unittest.mock.patch.dict(os.environ, {"CLAUDE_CONFIG_DIR": own, "CLIENT_ENV": "CLAUDE_CONFIG_DIR=" + own}):
            body = self.record(MODEL)
            self.compare(MODEL, body)
        self.assertIn("- other: Elsewhere", told(body, SKILLS))
        self.assertNotIn("My <own> one", told(body, SKILLS))

    def test_a_tuned_list_describes_what_tune_said_and_restore_gives_the_bytes_back(self):
        self.many()
        local = os.path.join(self.project, ".claude", "settings.local.json")
        self.write("work/project/.claude/settings.local.json", '{ "skillOverrides" : {"s01":"on"},\n\t"x": [1, 2]}')
        with open(local, "rb") as file:
            before = file.read()
        old = told(self.record(MODEL), SKILLS)
        self.cascade("listing", "tune", "--model", MODEL)
        self.compare(MODEL, self.record(MODEL))
        new = told(self.record(MODEL), SKILLS)
        self.assertGreater(*(sum(f"- s{n:02}: " in text for n in range(self.MANY)) for text in (new, old)))
        self.cascade("listing", "restore")
        with open(local, "rb") as file:
            self.assertEqual(file.read(), before)
        self.assertEqual(told(self.record(MODEL), SKILLS), old)

    def test_the_names_of_mcp_tools_are_those_of_the_last_session(self):
        server = os.path.join(os.path.dirname(client_test.HARNESS), "mcp_echo.py")
        self.write("work/project/.mcp.json", json.dumps({"mcpServers": {"echo": {"command": "python3", "args": [server]}}}))
        known = json.loads(self.cascade("listing", "show", "--format", "json"))["mcp"]
        self.assertEqual((known["servers"], known["tools"]), (["echo"], []))
        body = json.dumps(self.record(MODEL))
        tools = json.loads(self.cascade("listing", "show", "--format", "json"))["mcp"]["tools"]
        self.assertEqual(tools, ["mcp__echo__ask", "mcp__echo__big", "mcp__echo__echo"])
        for tool in tools:
            self.assertIn(tool, body)

    def test_definitions_of_mcp_tools_are_counted_as_the_client_sends_them(self):
        server = os.path.join(os.path.dirname(client_test.HARNESS), "mcp_echo.py")
        self.write("work/project/.mcp.json", json.dumps({"mcpServers": {"echo": {"command": "python3", "args": [server]}}}))
        script = os.path.join(self.folder, "scenes.json")
        with open(script, "w", encoding="utf-8") as file:
            json.dump([{"match": "hello", "turns": [[{"tool": "ToolSearch", "input": {
                "query": "select:mcp__echo__echo,mcp__echo__big", "max_results": 5}}], [{"text": "done"}]]}], file)
        for searches, model in ((True, MODELS[0]), (False, MODELS[0]), (False, MODELS[-1])):
            with self.subTest(searches=searches, model=model):
                shutil.rmtree(os.path.join(self.home, ".claude", "projects"), ignore_errors=True)
                with unittest.mock.patch.dict(os.environ, {} if searches else {"CLIENT_ENV": "ENABLE_TOOL_SEARCH=false"}):
                    self.record(model, more=("--script", script))
                with open(os.path.join(self.work, "requests.jsonl"), encoding="utf-8") as file:
                    tools = [json.loads(line)["body"].get("tools", []) for line in file][-1]
                sent = {tool["name"]: units(json.dumps({key: tool[key] for key in ("name", "description", "input_schema")},
                                                       ensure_ascii=False, separators=(",", ":")))
                        for tool in tools if tool["name"].startswith("mcp__")}
                mcp = json.loads(self.cascade("listing", "show", "--model", model, "--format", "json"))["mcp"]["definitions"]
                self.assertEqual({tool["name"]: tool["chars"] for tool in mcp["tools"]}, sent)
                self.assertEqual(len(sent), 2 if searches else 3)
                self.assertEqual({tool["on_demand"] for tool in mcp["tools"]}, {searches})
                self.assertEqual(mcp["on_demand" if searches else "in_every_request"]["chars"], sum(sent.values()))
                cost = json.loads(self.cascade("cost", "--model", model, "--format", "json"))["listed"]
                self.assertEqual(cost["mcp_definition_tokens"] > 0, not searches)

    def test_a_subagent_is_told_of_the_same_skills_and_of_no_agents(self):
        self.many()
        script = os.path.join(self.folder, "scenes.json")
        with open(script, "w", encoding="utf-8") as file:
            json.dump([client_test.scene("hello", ("general-purpose", "TASK do it"))], file)
        self.record(MODEL, more=("--script", script))
        with open(os.path.join(self.work, "requests.jsonl"), encoding="utf-8") as file:
            bodies = [json.loads(line)["body"] for line in file]
        own = [b for b in bodies if "TASK do it" in json.dumps(b["messages"][:3]) and "hello" not in json.dumps(b["messages"])]
        self.assertTrue(own)
        listing = json.loads(self.cascade("listing", "show", "--model", MODEL, "--format", "json"))
        self.assertEqual(mismatch(listing["skills"]["lines"], told(own[0], SKILLS)), "")
        self.assertEqual(told(own[0], AGENTS), "")


if __name__ == "__main__":
    sys.exit(client_test.main())
