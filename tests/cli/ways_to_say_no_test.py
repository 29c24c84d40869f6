#!/usr/bin/env python3
"""Each way to say no (ways_to_say_no.tsv) is obeyed by the hook, `skills`, `why` and `listing`, with the file that says it.

ways_to_say_no_test.py PROGRAM. Without what says no each manifest comes, so that a row which nothing reads fails.
The clients themselves are asked by tests/client/ways_to_say_no_test.py.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROWS = pathlib.Path(__file__).with_name("ways_to_say_no.tsv")
NAME, BODY = "moor-boat", "Tie the bow line first, then the stern."
PROMPT = "moor the boat at the pier of the harbour"


class Case:
    def __init__(self, program, folder, row):
        self.program, self.row = program, row
        self.client, self.manifest, self.says, self.means = row[:4]
        self.work, self.home = pathlib.Path(folder) / "work", pathlib.Path(folder) / "home"
        (self.work / ".git").mkdir(parents=True)
        self.home.mkdir()
        (self.work / "cascade.yaml").write_text("library: off\n", encoding="utf-8")
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LC_ALL": "C.UTF-8"}
        self.kind = "agent" if "/agents/" in self.manifest else "command" if "/commands/" in self.manifest else "skill"
        self.write(front="")
        if "/extensions/" in self.manifest:
            self.put("~/.gemini/extensions/harbour/gemini-extension.json", '{"name":"harbour","version":"1.0.0"}')

    def place(self, path):
        return self.home / path[2:] if path.startswith("~/") else self.work / path

    def put(self, path, text):
        path = self.place(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("\\n", "\n").replace("$P", str(self.work)) + "\n", encoding="utf-8")

    def write(self, front):
        path = self.manifest + ("/SKILL.md" if self.kind == "skill" else "")
        tools = "mode: subagent\\n" if self.client == "opencode" and self.kind == "agent" else ""
        self.put(path, f"---\\nname: {NAME}\\ndescription: Moors a boat at the pier. Use when a boat must be moored at the pier of "
                       f"the harbour.\\n{tools}{front}---\\n\\n{BODY}")

    def say_no(self):
        """Returns the files that say it."""
        if self.says.startswith("front "):
            self.write(self.says[len("front "):] + "\\n")
            return [self.manifest]
        for part in self.says.split(" && "):
            path, text = part.split(" ", 1)
            self.put(path, text)
        return [part.split(" ", 1)[0] for part in self.says.split(" && ")]

    def run(self, *words, feeds=""):
        done = subprocess.run([self.program, *words, "--quiet"], cwd=self.work, env=self.environment, input=feeds, text=True,
                              capture_output=True, timeout=60, check=False)
        return done.stdout

    def hook(self, prompt, session):
        event = {"session_id": session, "cwd": str(self.work), "hook_event_name": "UserPromptSubmit", "prompt": prompt,
                 "transcript_path": "/nowhere"}
        client = [] if self.client in ("claude", "cascade") else ["--client", self.client]
        return self.run("hook", *client, feeds=json.dumps(event))

    def faults(self):
        """What is wrong, in words."""
        called = f"/{NAME}" if self.kind == "command" else f"use the {NAME} {self.kind}"
        usual = [NAME in self.hook(PROMPT, "s1") or NAME in self.hook(called, "s2")]
        files = self.say_no()
        if not all(usual):
            yield "it does not come without a no either"
        asked, named = self.hook(PROMPT, "s3"), self.hook(called, "s4")
        here = {one["name"]: one for one in json.loads(self.run("skills", "--format", "json"))["manifests"]}
        found = [one for name, one in here.items() if name.rpartition(":")[2] == NAME]
        use = found[0]["use"] if found else "off"
        wanted = {"off": ("off",), "name": ("name",), "load": ("load", "offer")}[self.means]
        if use not in wanted:
            yield f"skills says {use}"
        if self.means == "load":
            return
        if found and not any(str(self.place(path)) in found[0]["reason"] for path in files) and "front" not in self.says[:5]:
            yield f"skills does not name the file: {found[0]['reason']}"
        if NAME in asked:
            yield "a prompt brings it"
        if self.means == "off" and BODY in named:
            yield "called by name its text comes"
        if self.means == "name" and self.kind == "skill" and BODY not in named and NAME not in named:
            yield "called by name it does not come"
        why = self.run("why", f"{self.kind}:{NAME}" if found else NAME)
        if found and "in a conversation: " not in why:
            yield "why does not say so"
        if self.client not in ("cascade", "cursor") and f" {NAME} " in self.run("listing", "show", "--client", self.client):
            yield "listing counts it"


def main():
    program = os.path.abspath(sys.argv[1])
    rows = [line.split("\t") for line in ROWS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    wrong = 0
    for row in rows:
        assert len(row) == 4 or row[4:] == ["unheard"], row
        with tempfile.TemporaryDirectory() as folder:
            case = Case(program, os.path.realpath(folder), row)
            faults = list(case.faults())
        wrong += bool(faults)
        for fault in faults:
            print("\t".join(row) + ": " + fault)
    ways = sum(row[3] != "load" for row in rows)
    print(f"{ways} ways to say no and {len(rows) - ways} that look like one; {wrong} treated wrongly")
    assert ways >= 30 and len({row[0] for row in rows}) >= 7
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
