#!/usr/bin/env python3
"""MCP servers in the real clients: the one that `cascade init --client X --mcp` writes is started and serves, leaves no byte
behind, and which of `.mcp.json` and `mcp.json` a client reads, in a project and in a plugin.

usage: servers_test.py CASCADE [CLIENT...]

What a client reads is told by the servers that it starts: each is the probe of ../shared and leaves a file of its own name.
docs/clients.md has the table. Clients and mock as in clients_test.py. Exit status 0: all passed, 1: some failed, 77: skipped,
with the reason.
"""
import json
import os
import shutil
import subprocess
import tempfile

from clients_test import NAMES, Failed, expect, version_of, write
from real_clients import HARNESS, end, installed, read_arguments

TASK = "it worked in the last release and fails now: which commit broke it?"
LAYER = "=== skill: regression-bisection ==="
TOOLS = {"claude": "mcp__cascade__load", "codex": "load", "gemini": "mcp_cascade_load", "copilot": "cascade-load",
         "opencode": "cascade_load"}
FILES = {"claude": ".claude.json", "codex": ".codex/config.toml", "gemini": ".gemini/settings.json",
         "copilot": ".copilot/mcp-config.json", "opencode": ".config/opencode/opencode.json"}
DOT, PLAIN = ["both in .mcp.json", "dot"], ["both in mcp.json", "plain"]
IN_PROJECT = {"claude": DOT, "copilot": DOT, "codex": [], "gemini": [], "opencode": []}
SCHEMAS = "https://agent-plugins.org/schemas/1.0.0/"
OWN_MANIFEST = {"claude": ".claude-plugin/plugin.json", "codex": ".codex-plugin/plugin.json", "copilot": ".plugin/plugin.json",
                "gemini": "gemini-extension.json"}
MARKET = {"name": "trial", "owner": {"name": "trial"}, "plugins": [{"name": "trial", "source": "./"}]}
CODEX_MARKET = {"name": "trial", "plugins": [{
    "name": "trial", "source": {"source": "local", "path": "./"}, "category": "Coding",
    "policy": {"installation": "AVAILABLE", "authentication": "ON_INSTALL"}}]}
# (manifests, what the client's own one names, whether .mcp.json is there): what is started, by client.
PLUGINS = {
    ("portable", None, True): {"claude": DOT, "codex": PLAIN, "copilot": PLAIN},
    ("portable and own", None, True): {"claude": DOT, "codex": PLAIN, "copilot": PLAIN, "gemini": []},
    ("own", None, True): {"claude": DOT, "codex": DOT, "copilot": DOT, "gemini": []},
    ("own", None, False): {"claude": [], "codex": [], "copilot": []},
    ("own", "./mcp.json", True): {"claude": ["both in mcp.json", "dot", "plain"], "codex": PLAIN},
}


class Trial:
    """One conversation; `prepare(run)` lays out what the client finds."""

    def __init__(self, client, program, turns=None):
        self.client, self.program, self.turns = client, program, turns
        self.work = os.path.realpath(tempfile.mkdtemp(prefix=f"cascade-servers-{client}-"))
        self.record = f"{self.work}/started"
        os.makedirs(self.record)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not os.environ.get("CASCADE_KEEP"):
            shutil.rmtree(self.work, ignore_errors=True)

    def talk(self, prompt, prepare):
        from run import Run  # pylint: disable=import-error,import-outside-toplevel

        class Prepared(Run):
            def talk(self, prompts):
                before = self.profile.prepare

                def both(run):
                    before(run)
                    prepare(run)
                self.profile.prepare = both
                return super().talk(prompts)

        return Prepared(self.client, self.program, self.work, turns=self.turns).talk([prompt])

    def servers(self, name, portable=False):
        """A file with a server of its own, and one whose name the other file has, too."""
        def probe(label):
            kind = {"type": "stdio"} if portable else {}  # of a portable one the command may be no absolute path
            return {**kind, "command": "python3", "args": [f"{HARNESS}/mcp_probe.py", f"{self.record}/{label}"]}
        head = {"$schema": f"{SCHEMAS}mcp.schema.json"} if portable else {}
        return json.dumps({**head, "mcpServers": {name: probe(name), "both": probe(
            f"both in {'mcp.json' if name == 'plain' else '.mcp.json'}")}})

    def started(self):
        return sorted(os.listdir(self.record))


def read(path):
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return file.read()


def served(client, program, cascade):
    """init --mcp, a conversation that calls `load`, and the removal."""
    first = {"tool": TOOLS[client], "input": {"task": TASK, "budget": 1500}}
    calls = [{"tool": "ToolSearch", "input": {"query": f"select:{TOOLS[client]}", "max_results": 1}}] if client == "claude" else []
    with Trial(client, program, [{"when": "MARK_SERVER", **call} for call in [*calls, first]]) as trial:
        def init(run, *words):
            return subprocess.run([cascade, "init", "--client", client, "--mcp", *words], env=run.env(), cwd=run.project,
                                  check=True, capture_output=True, text=True).stdout

        def prepare(run):
            path = f"{run.home}/{FILES[client]}"
            before = read(path)
            init(run)
            expect(read(path) != before, "nothing was written")
            init(run, "--remove")
            expect(read(path) == before, "the removal left something behind")
            for place in (run.home, run.project):
                kept = {os.path.relpath(os.path.join(folder, name), place) for folder, _, names in os.walk(place) for name in names}
                init(run, "--dry-run")
                init(run, "--project")
                init(run, "--project", "--remove")
                now = {os.path.relpath(os.path.join(folder, name), place) for folder, _, names in os.walk(place) for name in names}
                expect(now - {".local/state/cascade/servers.list"} == kept - {".local/state/cascade/servers.list"},
                       f"files that were not there before: {sorted(now - kept)}")
            init(run)
        run = trial.talk(f"MARK_SERVER {TASK}", prepare)
        from run import find  # pylint: disable=import-error,import-outside-toplevel
        expect(find(run, LAYER), "no request holds what was asked for")
        ledgers = f"{run.home}/.local/state/cascade/sessions"
        notes = "".join((read(f"{ledgers}/{name}") or b"").decode() for name in os.listdir(ledgers))
        expect(f'"cwd":"{run.project}"' in notes, f"it was not served in the project: {notes[:200]}")
        init(run, "--remove")
        expect(b'"mcp"\n' not in (read(f"{run.home}/{FILES[client]}") or b""), "the server is still there")
    return "is started and serves"


def in_project(client, program, _):
    with Trial(client, program) as trial:
        def prepare(run):
            write(f"{run.project}/.mcp.json", trial.servers("dot"))
            write(f"{run.project}/mcp.json", trial.servers("plain", True))
        trial.talk("hello", prepare)
        expect(trial.started() == IN_PROJECT[client], f"started: {trial.started()}, not {IN_PROJECT[client]}")
        return trial.started()


def in_plugin(client, program, case):
    manifests, named, dot = case
    with Trial(client, program) as trial:
        folder = f"{trial.work}/plugin"
        identity = {"name": "trial", "version": "1.0.0", "description": "A trial"}
        write(f"{folder}/.claude-plugin/marketplace.json", json.dumps(MARKET))
        write(f"{folder}/.agents/plugins/marketplace.json", json.dumps(CODEX_MARKET))
        write(f"{folder}/skills/one/SKILL.md", "---\nname: one\ndescription: One thing. Use when one.\n---\nDo it.\n")
        write(f"{folder}/mcp.json", trial.servers("plain", True))
        if dot:
            write(f"{folder}/.mcp.json", trial.servers("dot"))
        if "portable" in manifests:
            write(f"{folder}/plugin.json", json.dumps({"$schema": f"{SCHEMAS}plugin.schema.json", **identity}))
        if "own" in manifests:
            write(f"{folder}/{OWN_MANIFEST[client]}", json.dumps({**identity, **({"mcpServers": named} if named else {})}))

        def prepare(run):
            start = ["node", program] if program.endswith(".js") else [program]
            install = [["plugin", "marketplace", "add", folder],
                       ["plugin", "add" if client == "codex" else "install", "trial@trial"]]
            for words in [["extensions", "link", "--consent", folder]] if client == "gemini" else install:
                done = subprocess.run([*start, *words], cwd=run.project, env=run.env(), stdin=subprocess.DEVNULL,
                                      capture_output=True, text=True, timeout=120, check=False)
                expect(done.returncode == 0, f"{' '.join(words)}: {(done.stdout + done.stderr)[-400:]}")
        trial.talk("hello", prepare)
        wanted = PLUGINS[case][client]
        expect(trial.started() == wanted, f"started: {trial.started()}, not {wanted}")
        return trial.started()


def trials(client):
    yield "the server of init", served, None
    yield "a project's files", in_project, None
    for case, wanted in PLUGINS.items():
        if client in wanted:
            manifests, named, dot = case
            yield (f"a plugin's files, {manifests} manifest{f' naming {named}' if named else ''}{'' if dot else ', no .mcp.json'}",
                   in_plugin, case)


def main():
    args = read_arguments(__doc__, NAMES)
    failed = tried = 0
    for client, program in installed(args):
        for what, see, case in trials(client):
            tried += 1
            for attempt in (1, 2, 3):  # on a busy machine a client may give up on a server that starts
                try:
                    seen = see(client, program, args.cascade if case is None else case)
                    break
                except (Failed, subprocess.SubprocessError) as fault:
                    seen = f"FAILED {attempt} times: {fault} {getattr(fault, 'stderr', '')}"
            failed += str(seen).startswith("FAILED")
            print(f"{client} {version_of(client, args.folder)}, {what}: {seen}", flush=True)
    end(tried, failed)


if __name__ == "__main__":
    main()
