#!/usr/bin/env python3
"""Asks five real clients what each way to say no (tests/cli/ways_to_say_no.tsv) does in them.

usage: ways_to_say_no_test.py CASCADE [CLIENT...] [--only TEXT]

For each row a throw-away home and project hold the manifest and what says no. The model, a mock, asks for the manifest with the
client's own tool (Codex has none: there a prompt calls it by `$name`). Listed: the first request names it; taken: a later one
has its text. Without the no each manifest must be taken, and listed where the row says `name`, so that a row that nothing reads
fails. With it
  off   must not be taken,
  name  must neither be listed nor taken by the model,
  load  must be taken.
Cascade is asked about the same rows by tests/cli/ways_to_say_no_test.py. A row whose fifth column says `unheard` is a no that the
client itself does not hear: it must be taken there.

Exit status 0: all passed, 1: some failed, 77: skipped, with the reason.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import real_clients  # noqa: E402

ROWS = os.path.join(real_clients.ROOT, "tests", "cli", "ways_to_say_no.tsv")
NAMES = ["claude", "codex", "gemini", "copilot", "opencode"]
NAME, DESCRIPTION, BODY = "moor-boat", "Moors a boat at the pier", "Tie the bow line first, then the stern."
GO = "MARK_GO please"

# What the model calls: (tool, input), tried in this order; the mock calls only what is offered.
CALLS = {
    ("claude", "skill"): [("Skill", {"skill": NAME})],
    ("claude", "command"): [("Skill", {"skill": NAME})],
    ("claude", "agent"): [("Agent", {"subagent_type": NAME, "description": "moor", "prompt": "SUBTASK: moor"})],
    ("gemini", "skill"): [("activate_skill", {"name": NAME})],
    ("gemini", "agent"): [("invoke_agent", {"agent_name": NAME, "prompt": "SUBTASK: moor"})],
    ("copilot", "skill"): [("skill", {"skill": NAME})],
    ("copilot", "agent"): [("task", {"agent_type": NAME, "description": "moor", "name": "moor", "prompt": "SUBTASK: moor",
                                     "mode": "sync"})],
    ("opencode", "skill"): [("skill", {"name": NAME})],
    ("opencode", "agent"): [("task", {"subagent_type": NAME, "description": "moor", "prompt": "SUBTASK: moor"})],
}


def kind_of(manifest):
    return "agent" if "/agents/" in manifest else "command" if "/commands/" in manifest else "skill"


def plain_json(text):
    """A JSON text without its comments and last commas."""
    return json.loads(re.sub(r",(\s*[}\]])", r"\1", re.sub(r"//[^\n]*", "", text)))


def merged(old, new):
    """Objects key by key, everything else as `new` has it."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}
    return new


class Case:
    """One row in a home and a project of its own."""

    def __init__(self, program, folder, row, says_no):
        from run import Run  # pylint: disable=import-error,import-outside-toplevel
        self.client, self.manifest, self.says = row[:3]
        self.kind = kind_of(self.manifest)
        turns = [{"when": "MARK_GO", "tool": tool, "input": given} for tool, given in CALLS.get((self.client, self.kind), [])]
        self.run = Run(self.client, program, folder, turns=turns)
        subprocess.run(["git", "init", "-q", self.run.project], check=True)
        # Gemini takes a project's agent only after the user has looked at it in its terminal: there the user's own folder has it.
        if self.client == "gemini" and self.kind == "agent":
            self.manifest = "~/" + self.manifest
        front = self.says[len("front "):] + "\n" if says_no and self.says.startswith("front ") else ""
        path = self.manifest + ("/SKILL.md" if self.kind == "skill" else "")
        mode = "mode: subagent\n" if self.client == "opencode" and self.kind == "agent" else ""
        self.put(path, f"---\nname: {NAME}\ndescription: {DESCRIPTION}\n{mode}{front}---\n\n{BODY}\n")
        if "/extensions/" in self.manifest:
            self.put("~/.gemini/extensions/harbour/gemini-extension.json", '{"name":"harbour","version":"1.0.0"}\n')
        prepare = self.run.profile.prepare

        def with_no(run):
            prepare(run)
            for part in self.says.split(" && ") if says_no and not front else []:
                place, text = part.split(" ", 1)
                self.add(place, text.replace("\\n", "\n").replace("$P", run.project))
        self.run.profile.prepare = with_no

    def place(self, path):
        return os.path.join(self.run.home, path[2:]) if path.startswith("~/") else os.path.join(self.run.project, path)

    def put(self, path, text):
        os.makedirs(os.path.dirname(self.place(path)), exist_ok=True)
        with open(self.place(path), "w", encoding="utf-8") as file:
            file.write(text)

    def add(self, path, text):
        """Beside what the harness has written into the same file; a comment or a last comma stays as the row has it."""
        old = ""
        if os.path.exists(self.place(path)):
            with open(self.place(path), encoding="utf-8") as file:
                old = file.read()
        if not old:
            self.put(path, text + "\n")
        elif path.endswith((".json", ".jsonc")):
            comment = "// mine\n" if "//" in text else ""
            self.put(path, comment + json.dumps(merged(json.loads(old), plain_json(text)), indent=1) + "\n")
        else:
            self.put(path, old + text + "\n")

    def answer(self):
        """(listed, taken)"""
        from run import Request, strings  # pylint: disable=import-error,import-outside-toplevel
        self.run.talk([f"${NAME} {GO}" if self.client == "codex" else GO])
        requests = self.run.requests()  # those for titles and the like have no tools, and no request has where all are denied
        requests = [one for one in requests if Request(one["path"], one["body"]).tools] or requests
        bodies = [[text for _, text in strings(request["body"])] for request in requests]
        if not bodies:
            raise RuntimeError(f"{self.client} asked for nothing: {self.run.code}")
        entry = f"- {NAME}: {DESCRIPTION}" if self.client == "codex" else DESCRIPTION  # Codex's call by `$name` is in the request, too
        return any(entry in text for text in bodies[0]), any(BODY in text for body in bodies for text in body)


def ask(program, row, says_no):
    with tempfile.TemporaryDirectory(prefix="cascade-no-") as folder:
        return Case(program, os.path.realpath(folder), row, says_no).answer()


def wrong(row, listed, taken):
    """What is not as the row says, or an empty text."""
    means = "load" if row[4:] == ["unheard"] else row[3]
    if means == "load":
        return "" if taken else "is not taken"
    if means == "name" and listed:
        return "is listed"
    return "is taken by the model" if taken and (means == "off" or row[0] != "codex") else ""


def main():
    args = real_clients.read_arguments(__doc__, NAMES, lambda parser: parser.add_argument("--only", default=""))
    with open(ROWS, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    tried = failed = 0
    for client, program in real_clients.installed(args):
        if client == "opencode" and not shutil.which("rg"):
            print("skipped: opencode's skill tool starts ripgrep (rg), which is not installed")
            continue
        usual = {}
        for row in (row for row in rows if row[0] == client and args.only in "\t".join(row)):
            if row[1] not in usual:
                usual[row[1]] = ask(program, row, False)
            listed, taken = ask(program, row, True)
            fault = wrong(row, listed, taken)
            if not usual[row[1]][1] or (row[3] == "name" and not usual[row[1]][0]):
                fault = "without a no it does not come either"
            tried += 1
            failed += bool(fault)
            print(f"{'FAILED' if fault else 'passed'} {' '.join(row)}: listed {listed}, taken {taken} {fault}".rstrip(), flush=True)
    print(f"{tried} rows asked of the real clients, {failed} faults")
    real_clients.end(tried, failed)


if __name__ == "__main__":
    shutil.which("git") or sys.exit(77)
    main()
