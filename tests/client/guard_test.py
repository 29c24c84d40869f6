#!/usr/bin/env python3
"""Runs the real client with `cascade guard` in its settings: commits to the wrong repository are refused, by what really
happened in the repositories.

usage: guard_test.py CASCADE [CLIENT]      as client_test.py
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness, no cascade-git), with the reason.
"""
import fcntl
import json
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import client_test  # noqa: E402

REFUSED = "This session works in"


TEMPORARY = ("/tmp/", "/var/tmp/", "/dev/shm/")  # there the guard lets everybody write


def bash(*commands):
    return [[{"tool": "Bash", "input": {"command": command, "description": "Run it"}}] for command in commands]


def results(said):
    """What the tools answered, by the requests that the model was sent."""
    found = []
    for line in said.splitlines():
        for message in json.loads(line)["body"].get("messages") or []:
            for block in message["content"] if isinstance(message["content"], list) else ():
                if block.get("type") == "tool_result" and str(block["content"]) not in found:
                    found.append(str(block["content"]))
    return found


class Session:
    """A home, the repositories app (where the client runs) and lib, and the guard in the user's settings. Not in a
    temporary folder, where everything is free."""

    def __init__(self, configuration="systems: { repository: block }\n", guard=None, systems="repository"):
        self.folder = tempfile.mkdtemp(prefix="guard-", dir=os.path.dirname(client_test.CASCADE))
        self.work = os.path.join(self.folder, "work")
        self.app, self.lib = os.path.join(self.work, "project"), os.path.join(self.work, "lib")
        home = os.path.join(self.work, "home")
        os.makedirs(os.path.join(home, ".claude"))
        for path in (self.app, self.lib):
            os.makedirs(path)
            self.git(path, "init", "-q", "-b", "main")
            self.git(path, "config", "user.email", "dev@example.com")
            self.git(path, "config", "user.name", "Dev")
            self.git(path, "commit", "-q", "--allow-empty", "-m", "first")
        self.write(os.path.join(self.app, "release.sh"), "cd ../lib && git commit -q --allow-empty --no-verify -m released\n")
        self.write(os.path.join(self.work, "cascade.yaml"), configuration)
        self.settings = os.path.join(home, ".claude", "settings.json")
        subprocess.run([client_test.CASCADE, "init", "--listing", "full", "--with", systems], env=dict(os.environ, HOME=home), check=True,
                       capture_output=True)
        if guard:
            with open(self.settings, encoding="utf-8") as file:
                settings = json.load(file)
            for group in settings["hooks"]["PreToolUse"]:
                for hook in group["hooks"]:
                    if hook["command"].endswith(" guard"):
                        hook["command"] = guard
            self.write(self.settings, json.dumps(settings))
        self.write(os.path.join(self.folder, "none.json"), "{}")

    @staticmethod
    def write(path, text):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    @staticmethod
    def git(path, *words):
        return subprocess.run(["git", "-C", path, *words], check=True, capture_output=True, text=True).stdout.strip()

    def commits(self, path):
        return int(self.git(path, "rev-list", "--count", "HEAD"))

    def run_interactively(self, prompt, scenes, until):
        """The client as a person uses it: in a terminal, until `until(screen)` holds. What the model was sent and what stood
        on the screen."""
        sys.path.insert(0, os.path.dirname(client_test.HARNESS))
        from mock_api import MockApi
        log = os.path.join(self.work, "interactive.jsonl")
        api = MockApi(list(scenes), log).start()
        home = os.path.join(self.work, "home")
        self.write(os.path.join(home, ".claude.json"), json.dumps(
            {"hasCompletedOnboarding": True, "theme": "dark", "bypassPermissionsModeAccepted": True,
             "customApiKeyResponses": {"approved": ["dummy-key"], "rejected": []},
             "projects": {self.app: {"hasTrustDialogAccepted": True, "allowedTools": []}}}))
        environment = {"PATH": os.environ["PATH"], "HOME": home, "TERM": "xterm-256color", "IS_SANDBOX": "1",
                       "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{api.port}", "ANTHROPIC_API_KEY": "dummy-key",
                       "DISABLE_TELEMETRY": "1", "DISABLE_ERROR_REPORTING": "1", "DISABLE_AUTOUPDATER": "1",
                       "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"}
        terminal, inside = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 180, 0, 0))
        client = subprocess.Popen([client_test.CLIENT, "--model", "claude-sonnet-4-5", "--dangerously-skip-permissions"],
                                  cwd=self.app, env=environment, stdin=inside, stdout=inside, stderr=inside, start_new_session=True)
        os.close(inside)
        try:
            screen = self.type(terminal, prompt, until)
        finally:
            client.kill()
            client.wait()
            os.close(terminal)
            api.stop()
        with open(log, encoding="utf-8") as file:
            return file.read(), screen

    @staticmethod
    def type(terminal, prompt, until, patience=180):
        """Waits for the place to type, types the prompt, and returns what was drawn, without the terminal's orders."""
        raw, steps, quiet, end = b"", [prompt.encode(), b"\r"], 0, time.monotonic() + patience
        while time.monotonic() < end:
            if select.select([terminal], [], [], 0.2)[0]:
                raw, quiet = raw + os.read(terminal, 65536), 0
                continue
            quiet += 1
            text = re.sub(rb"\x1b\[[0-9;?>]*[a-zA-Z]|\x1b\][^\x07]*\x07", b" ", raw).decode("utf-8", "replace")
            if not steps and until(text):
                return text
            # Enter that comes with the text would be part of it: first the text is drawn, or long not.
            drawn = len(steps) != 1 or quiet >= 40 or re.sub(r"\s+", "", prompt) in re.sub(r"\s+", "", text)
            if steps and quiet >= 3 and drawn and "bypass permissions" in text:
                os.write(terminal, steps.pop(0))
                quiet = 0
        raise AssertionError("nothing came in the terminal: " + raw[-1500:].decode("utf-8", "replace"))

    def run(self, prompt, *scenes, client=()):
        script = os.path.join(self.folder, "scenes.json")
        self.write(script, json.dumps(list(scenes)))
        words = [sys.executable, client_test.HARNESS, "--client", client_test.CLIENT, "--work", self.work, "--reuse", "--settings",
                 os.path.join(self.folder, "none.json"), "--script", script, "--show", "stdout", "--timeout", "180", prompt]
        words += ["--", *client] if client else []
        done = subprocess.run(words, capture_output=True, text=True, cwd=os.path.dirname(client_test.HARNESS), timeout=240, check=False)
        if done.returncode != 0:
            raise AssertionError(f"the client ended with {done.returncode}: {done.stdout[-500:]} {done.stderr[-500:]}")
        with open(os.path.join(self.work, "requests.jsonl"), encoding="utf-8") as file:
            return file.read()


SERVER = """import json, sys, time
for line in sys.stdin:
    message = json.loads(line)
    if "id" not in message: continue
    result, params = {}, message.get("params") or {}
    if message["method"] == "initialize":
        result = {"protocolVersion": params["protocolVersion"], "capabilities": {"tools": {}}, "serverInfo": {"name": "b", "version": "1"}}
    if message["method"] == "tools/list":
        result = {"tools": [{"name": "browser_navigate", "description": "Goes there.", "inputSchema": {
            "type": "object", "properties": {"url": {"type": "string"}}}}]}
    if message["method"] == "tools/call":
        with open(sys.argv[1], "a") as log: log.write(params["arguments"]["url"] + "\\n")
        time.sleep(0.3)
        result = {"content": [{"type": "text", "text": "there"}]}
    print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)
"""


class OneBrowser(unittest.TestCase):
    """Two subagents at once, each with three actions in the one browser of an MCP server that writes them down."""

    def actions(self, configuration):
        session = Session(configuration, systems="repository,leases")
        self.addCleanup(shutil.rmtree, session.folder, ignore_errors=True)
        server, log, mcp = (os.path.join(session.folder, name) for name in ("server.py", "actions", "mcp.json"))
        session.write(server, SERVER)
        session.write(mcp, json.dumps({"mcpServers": {"playwright": {"command": sys.executable, "args": [server, log]}}}))
        agents = [{"tool": "Agent", "input": {"description": name, "prompt": f"MARK_{name} browse", "subagent_type": "general-purpose",
                                              "run_in_background": False}} for name in "AB"]
        steps = {name: [[{"tool": "mcp__playwright__browser_navigate", "input": {"url": f"{name}{i}"}}] for i in range(3)]
                 for name in "AB"}
        session.run("MARK_OUTER go", *({"match": f"MARK_{name}", "turns": steps[name] + [[{"text": "done"}]]} for name in "AB"),
                    {"match": "MARK_OUTER", "turns": [agents, [{"text": "done"}]]}, client=["--mcp-config", mcp])
        with open(log, encoding="utf-8") as file:
            return file.read().split()

    def test_their_actions_do_not_mix(self):
        self.assertIn(self.actions("systems: { leases: block }\n"), (["A0", "A1", "A2", "B0", "B1", "B2"],
                                                                     ["B0", "B1", "B2", "A0", "A1", "A2"]))


class WrongRepository(unittest.TestCase):
    def session(self, *given, **more):
        session = Session(*given, **more)
        self.addCleanup(shutil.rmtree, session.folder, ignore_errors=True)
        return session

    def test_in_the_main_conversation_the_wrong_commit_is_refused_and_the_right_one_passes(self):
        session = self.session()
        said = session.run("MARK_MAIN go", {"match": "MARK_MAIN", "turns": bash(
            "cd ../lib && git commit --allow-empty -m wrong", "git commit --allow-empty -m right") + [[{"text": "done"}]]})
        self.assertIn(REFUSED, said)
        self.assertEqual((session.commits(session.lib), session.commits(session.app)), (1, 2))

    def test_a_subagent_is_refused_as_well(self):
        session = self.session()
        agent = {"tool": "Agent", "input": {"description": "task", "prompt": "MARK_INNER do it", "subagent_type": "general-purpose",
                                            "run_in_background": False}}
        said = session.run("MARK_OUTER go",
                           {"match": "MARK_INNER", "turns": bash("git -C ../lib commit --allow-empty -m wrong",
                                                                 "git commit --allow-empty -m right") + [[{"text": "done"}]]},
                           {"match": "MARK_OUTER", "turns": [[agent], [{"text": "done"}]]})
        self.assertIn(REFUSED, said)
        self.assertEqual((session.commits(session.lib), session.commits(session.app)), (1, 2))

    def test_the_same_holds_where_a_person_sits_at_the_client(self):
        session = self.session()
        agent = {"tool": "Agent", "input": {"description": "task", "prompt": "MARK_INNER do it", "subagent_type": "general-purpose",
                                            "run_in_background": False}}
        said, _ = session.run_interactively(
            "MARK_OUTER go",
            [{"match": "MARK_INNER", "turns": bash("git -C ../lib commit --allow-empty -m wrong",
                                                   "git commit --allow-empty -m second") + [[{"text": "done"}]]},
             {"match": "MARK_OUTER", "turns": bash("cd ../lib && git commit --allow-empty -m wrong",
                                                   "git commit --allow-empty -m first") + [[agent], [{"text": "ALL-IS-DONE"}]]}],
            # The client may run the agent in the background there, whatever the call says.
            lambda screen: "ALL-IS-DONE" in screen and session.commits(session.app) == 3)
        self.assertGreaterEqual(said.count(REFUSED), 2)
        self.assertEqual((session.commits(session.lib), session.commits(session.app)), (1, 3))

    def test_a_guard_that_fails_refuses_there_too_and_says_so(self):
        broken = "systems: { repository: maybe }\n"
        for given, guard, message in (({}, "kill -9 $$", "failed; blocking because onFailure"), ({}, "/nonexistent/cascade guard", "not found"),
                                      ({"configuration": broken}, None, "cascade.yaml:1:24")):
            with self.subTest(guard=guard):
                session = self.session(guard=guard, **given)
                said, _ = session.run_interactively(
                    "MARK_FAILS go", [{"match": "MARK_FAILS", "turns": bash("touch made") + [[{"text": "ALL-IS-DONE"}]]}],
                    lambda screen: "ALL-IS-DONE" in screen)
                self.assertFalse(os.path.exists(os.path.join(session.app, "made")))
                self.assertRegex(" ".join(results(said)), message)

    def test_what_the_prompt_names_passes(self):
        session = self.session()
        session.run("MARK_NAMED commit it in ../lib as well", {"match": "MARK_NAMED", "turns": bash(
            "git -C ../lib commit --allow-empty -m named") + [[{"text": "done"}]]})
        self.assertEqual(session.commits(session.lib), 2)

    def test_layer_two_stops_what_a_script_does(self):
        session = self.session("systems: { repository: block }\nrepository: { git-hooks: on }\n")
        session.run("MARK_SCRIPT go", {"match": "MARK_SCRIPT", "turns": bash(
            "sh release.sh", "git commit --allow-empty -m right") + [[{"text": "done"}]]})
        self.assertEqual((session.commits(session.lib), session.commits(session.app)), (1, 2))

    @unittest.skipUnless(shutil.which("make"), "make is not installed")
    def test_layer_two_stops_what_make_does_in_main_conversation_and_subagent(self):
        session = self.session("systems: { repository: block }\nrepository: { git-hooks: on }\n")
        session.write(os.path.join(session.app, "Makefile"), "release:\n\tcd ../lib && git commit -q --allow-empty -m released && "
                                                             "git tag v1\nlocal:\n\tgit commit -q --allow-empty -m local\n")
        agent = {"tool": "Agent", "input": {"description": "task", "prompt": "MARK_INNER do it", "subagent_type": "general-purpose",
                                            "run_in_background": False}}
        said = session.run("MARK_MAKE go",
                           {"match": "MARK_INNER", "turns": bash("make release") + [[{"text": "done"}]]},
                           {"match": "MARK_MAKE", "turns": bash("make release", "make local") + [[agent], [{"text": "done"}]]})
        self.assertGreaterEqual(said.count(REFUSED), 2)
        self.assertEqual((session.commits(session.lib), session.commits(session.app)), (1, 2))
        self.assertEqual(session.git(session.lib, "tag"), "")

    def test_a_guard_that_fails_refuses_the_tool(self):
        for guard in ("kill -9 $$", "/nonexistent/cascade guard", "exit 3"):
            with self.subTest(guard=guard):
                session = self.session(guard=guard)
                session.run("MARK_FAILS go", {"match": "MARK_FAILS", "turns": bash("touch made") + [[{"text": "done"}]]})
                self.assertFalse(os.path.exists(os.path.join(session.app, "made")))

    def test_a_configuration_that_cannot_be_read_refuses_and_says_where(self):
        session = self.session("systems: { repository: maybe }\n")
        said = session.run("MARK_BROKEN go", {"match": "MARK_BROKEN", "turns": bash("touch made") + [[{"text": "done"}]]})
        self.assertFalse(os.path.exists(os.path.join(session.app, "made")))
        self.assertIn("cascade.yaml:1:24", said)


class ToolsOfAnAgent(unittest.TestCase):
    """`systems: { tools: block }`: an agent that the client does not know, and one that it has."""

    def test_others_are_refused_and_the_entry_skill_stays_allowed(self):
        for model in client_test.MODELS:
            for installed in (False, True):
                with self.subTest(model=model, installed=installed):
                    self.refuses_others(model, installed)

    def refuses_others(self, model, installed):
        session = client_test.Session()
        self.addCleanup(session.close)
        session.write(session.settings, "{}")
        work = os.path.join(session.folder, "work")
        home, project = os.path.join(work, "home"), os.path.join(session.folder, "given")
        session.write(os.path.join(project, "cascade.yaml"), "roots: [library, .claude]\nsystems: { tools: block }\n")
        session.write(session.library + "/agents/heap-reader.md", client_test.AGENT.replace("Read, Bash", "Read, Skill"))
        shutil.copytree(session.library, project + "/library")
        session.write(project + "/.claude/skills/none/SKILL.md", "---\nname: none\ndescription: Nothing.\n---\nNothing.\n")
        if installed:
            os.makedirs(project + "/.claude/agents")
            shutil.copy(session.library + "/agents/heap-reader.md", project + "/.claude/agents")
        os.makedirs(home)
        subprocess.run([client_test.CASCADE, "init", "--listing", "full", "--with", "tools"], env=dict(os.environ, HOME=home), check=True,
                       capture_output=True)
        session.runs = 1  # the home is there
        agent = {"tool": "Agent", "input": {"description": "task", "prompt": "MARK_TASK look", "subagent_type": "heap-reader",
                                            "run_in_background": False}}
        bodies = session.run("MARK_TOOLS go", model=model, project=project, scenes=[
            {"match": "MARK_TASK", "turns": bash("touch made") + [
                [{"tool": "Skill", "input": {"skill": "cascade", "args": "diff-heaps one"}}],
                [{"tool": "Skill", "input": {"skill": "cascade", "args": "heap-hunt"}}], [{"text": "done"}]]},
            {"match": "MARK_TOOLS", "turns": [[agent], [{"text": "done"}]]}])
        own = [body for body in bodies if "MARK_TASK" in body and "MARK_TOOLS" not in body]
        self.assertTrue(own, "the agent did not start")
        if not installed:
            self.assertIn("Tools you may use: Read, Skill. Others are refused.", own[0])
            self.assertIn("the agent heap-reader may use Read, Skill, and not Bash", own[-1])
        self.assertFalse(os.path.exists(os.path.join(work, "project", "made")))
        self.assertEqual(own[-1].count("Compare one. COMMAND-BODY"), 1)
        self.assertEqual(own[-1].count("SKILL-STEPS"), 1)


def prepare(words):
    reason = client_test.prepare(words)
    if reason is None and not os.path.exists(os.path.join(os.path.dirname(client_test.CASCADE), "libexec/cascade/cascade-git")):
        reason = "cascade-git was not built: libgit2 is not there"
    if reason is None and client_test.CASCADE.startswith(TEMPORARY):
        reason = "the program lies in a folder for temporary files, where the guard refuses nothing"
    return reason


if __name__ == "__main__":
    sys.exit(client_test.main(prepare))
