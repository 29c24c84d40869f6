#!/usr/bin/env python3
"""The folder that `cascade init --plugin` writes, in the real clients: what they list of it, what it costs, and that a prompt
is served.

usage: plugin_test.py CASCADE [CLIENT...] [--record FOLDER]

Each client installs the plugin by its own command, in a throwaway home, from a folder that then is taken away where the client
keeps a copy. Claude Code validates it with --strict and is served by the hook; Codex, Gemini CLI and Copilot CLI are served by
the MCP server, when the model (a script) calls `load`. The plugin brings its program and library along (--copy) and has lost
its mode bits, as in a cache that drops them.

Clients and mock as in clients_test.py. Exit status 0: all passed, 1: some failed, 77: skipped, with the reason.
"""
import json
import os
import re
import shutil
import subprocess
import tempfile

from clients_test import Failed, expect, version_of, write
from real_clients import end, installed, read_arguments

NAMES = ["claude", "codex", "gemini", "copilot"]
# Plain enough to be loaded although the mark before it is a word that the library does not know.
TASK = "bisect the regression: it worked in the last release and fails now: which commit broke it?"
LAYER = "=== skill: regression-bisection ==="
ENTRY = "Loads a ready procedure for a task"
MOST_TOKENS = 60
TOOLS = {"codex": "load", "gemini": "mcp_cascade_load", "copilot": "cascade-load"}


def commands(client, folder):
    market = ["plugin", "marketplace", "add", folder]
    return {"claude": [["plugin", "validate", "--strict", folder], market, ["plugin", "install", "cascade@cascade"]],
            "codex": [market, ["plugin", "add", "cascade@cascade"]],
            "gemini": [["extensions", "validate", folder], ["extensions", "link", "--consent", folder]],
            "copilot": [market, ["plugin", "install", "cascade@cascade"]]}[client]


def install(run, client, program, folder):
    said = []
    start = ["node", program] if program.endswith(".js") else [program]
    for words in commands(client, folder):
        done = subprocess.run([*start, *words], cwd=run.project, env=run.env(), stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=120, check=False)
        said.append(done.stdout + done.stderr)
        expect(done.returncode == 0, f"{' '.join(words)}: {said[-1][-600:]}")
    return said


def drop_modes(folder):
    """As a cache that keeps no modes."""
    for path, _, names in os.walk(folder):
        for name in names:
            os.chmod(os.path.join(path, name), 0o644)


def listed(run):
    """What lists the plugin in the first request that holds the prompt, and that request."""
    from run import strings  # pylint: disable=import-error,import-outside-toplevel
    bodies = [entry["body"] for entry in run.requests() if "MARK_PLUGIN" in json.dumps(entry["body"])]
    expect(bodies, "no request holds the prompt")
    entries = []
    for _, text in strings(bodies[0]):
        # Gemini CLI and Copilot CLI write an entry over several lines; the place of the file is not the plugin's to choose.
        blocks = re.findall(r"<skill>(?:(?!<skill>).)*?</skill>", text, re.S)
        entries += [re.sub(r"<location>.*?</location>", "", block) for block in blocks if ENTRY in block]
        entries += [line for line in re.sub(r"<skill>.*?</skill>", "", text, flags=re.S).splitlines() if ENTRY in line]
    return entries, json.dumps(bodies[0], ensure_ascii=False)


def tokens(cascade, text):
    done = subprocess.run([cascade, "tokens", "--format", "json"], input=text, capture_output=True, text=True, check=True)
    return int(re.search(r'"tokens": (\d+)', done.stdout).group(1))


def see(client, program, cascade, work):
    from run import Run, find  # pylint: disable=import-error,import-outside-toplevel
    folder = f"{work}/plugin"
    subprocess.run([cascade, "init", "--plugin", folder, "--copy"], check=True, capture_output=True)
    drop_modes(folder)
    turns = [{"when": "MARK_PLUGIN", "tool": TOOLS[client], "input": {"task": TASK, "budget": 1500}}] if client in TOOLS else []
    said = []

    class Installed(Run):
        def talk(self, prompts):
            prepare = self.profile.prepare

            def prepare_and_install(run):
                prepare(run)
                said.extend(install(run, client, program, folder))
            self.profile.prepare = prepare_and_install
            return super().talk(prompts)

    run = Installed(client, program, work, turns=turns).talk([f"MARK_PLUGIN {TASK}"])
    lines, first = listed(run)
    expect(len(lines) == 1, f"{len(lines)} lines list the plugin, not one: {lines}")
    size = tokens(cascade, lines[0])
    expect(size <= MOST_TOKENS, f"the entry costs {size} tokens: {lines[0]}")
    others = [name for name in ("memory-leak-hunt", "blameless-postmortem", "ci-failure-triage") if name in first]
    expect(not others, f"the client lists what is to be served: {others}")
    numbers = sorted({number for number, _ in find(run, LAYER)})
    expect(numbers, "the prompt was not served")
    ledgers = f"{run.home}/.local/state/cascade/sessions"
    notes = "".join(open(f"{ledgers}/{name}", encoding="utf-8").read() for name in os.listdir(ledgers))
    expect(f'"cwd":"{os.path.realpath(run.project)}"' in notes, f"it was not served in the project: {notes[:200]}")
    return {"entries": 1, "tokens": size, "entry": " ".join(lines[0].split()), "served in requests": numbers,
            "by": "MCP server" if client in TOOLS else "hook",
            # What stands beside the prompt before any tool was called can only be the hook's.
            "hook of the plugin": "answers" if LAYER in first else "is not called, or not heard"}


def main():
    args = read_arguments(__doc__, NAMES, lambda parser: parser.add_argument("--record", metavar="FOLDER"))
    failed = tried = 0
    for client, program in installed(args):
        tried += 1
        for attempt in (1, 2):
            work = tempfile.mkdtemp(prefix=f"cascade-plugin-{client}-")
            try:
                seen = see(client, program, args.cascade, work)
                break
            except (Failed, subprocess.SubprocessError) as fault:
                seen = {"failed": f"{fault} {getattr(fault, 'stderr', '')}", "attempts": attempt, "work": work}
            finally:
                if not os.environ.get("CASCADE_KEEP"):
                    shutil.rmtree(work, ignore_errors=True)
        failed += "failed" in seen
        print(f"{client}: {json.dumps(seen)}", flush=True)
        if args.record:
            write(os.path.join(args.record, f"plugin-{client}.json"),
                  json.dumps({"client": client, "version": version_of(client, args.folder), **seen}, indent=1) + "\n")
    end(tried, failed)


if __name__ == "__main__":
    main()
