#!/usr/bin/env python3
"""Runs the real clients against a mock of their model APIs, with the hooks that `cascade init --client X` writes, and
looks into the requests that the model would get.

usage: clients_test.py CASCADE [CLIENT...] [--record FOLDER]

For each client four things are shown: that a session's start, a prompt, a subagent and a compaction bring their text,
that it arrives whole although the library holds more than the client takes at once, and that it comes once. What was
seen goes into FOLDER/CLIENT.json, from which scripts/client-matrix writes the table of docs/clients.md.

Clients are looked for in $CASCADE_CLIENTS, else in build/clients (scripts/clients installs them there); the mock is that of
../shared. Exit status 0: all passed, 1: some failed, 77: skipped, with the reason.
"""
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile

from real_clients import HARNESS, end, installed, read_arguments

NAMES = ["claude", "codex", "gemini", "copilot", "opencode"]
# What `docs/clients.md` says of the version; a client at another one is tried all the same.
PACKAGES = {"claude": "@anthropic-ai/claude-code", "codex": "@openai/codex", "gemini": "@google/gemini-cli",
            "copilot": "@github/copilot", "opencode": "opencode-ai"}
# The limit of one text that Cascade keeps for each client, and its unit (src/core/client/).
# Codex keeps 40,000 tokens of a text, as its entries say (additionalContextLimit): there the trial's budget is the limit.
LIMITS = {"claude": (9500, "utf16"), "codex": (100000, "bytes"), "gemini": (60000, "utf16"), "copilot": (60000, "utf16"),
          "opencode": (60000, "utf16")}
TASK_LIMIT = {"claude": 40000, "codex": 40000, "gemini": 60000, "copilot": 60000, "opencode": 60000}
WORDS = "heap snapshots are compared line by line until one owner is left and its growth is told in bytes"

RECORDER = """#!/bin/sh
# Stands for the program in the client's settings: keeps what went in and what came out.
n=$(date +%s%N)
cat > '@RECORD@'/$n.in
'@CASCADE@' "$@" < '@RECORD@'/$n.in > '@RECORD@'/$n.out
cat '@RECORD@'/$n.out
"""


def sections(mark, characters, letter="x"):
    """Markdown sections of about 400 characters, each with a name of its own; more than `characters` in all."""
    text, number = "", 0
    while len(text) < characters:
        number += 1
        text += f"## {mark} {number:03d}\n\n{mark}-{number:03d} {(WORDS + ' ' + letter) * 4}\n\n"
    return text


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def units(text, unit):
    return len(text.encode("utf-16-le")) // 2 if unit == "utf16" else len(text.encode("utf-8"))


class Trial:
    """One conversation of one client, with Cascade's hooks and a library in the project."""

    def __init__(self, client, program, cascade, pinned=False):
        self.client, self.cascade = client, cascade
        self.work = tempfile.mkdtemp(prefix=f"cascade-{client}-")
        self.record = f"{self.work}/answers"
        os.makedirs(self.record)
        self.program = program
        self.pinned = pinned

    def library(self, project):
        write(f"{project}/cascade.yaml", "roots: [library]\nbudget: 100000\n")
        # Of characters that are three bytes each a limit in bytes is reached long before one in UTF-16 units.
        write(f"{project}/library/skills/heap-hunt/SKILL.md",
              "---\nname: heap-hunt\ndescription: Proves a memory leak with two heap snapshots. Use when memory grows.\n"
              "---\nPROMPT-LEAD growing memory is not yet a leak.\n\n" + sections("PROMPT", 90000, "\u20ac\u20ac"))
        write(f"{project}/library/agents/heap-reader.md",
              "---\nname: heap-reader\ndescription: Compares heap snapshots. Use when two snapshots exist.\n---\n"
              "AGENT-LEAD you never guess.\n\n" + sections("AGENT", 90000))
        if self.pinned:
            write(f"{project}/library/skills/house-rules/SKILL.md",
                  "---\nname: house-rules\ndescription: Rules of this house. Use always.\nmetadata:\n"
                  '  cascade-pinned: "true"\n---\nSTART-LEAD wash your hands.\n\n' + sections("START", 90000, "\u20ac\u20ac"))

    def call(self, *words):
        return subprocess.run([self.cascade, *words], env=self.run.env(), cwd=self.run.project, check=True,
                              capture_output=True, text=True).stdout

    def install(self):
        """The settings that `cascade init` writes, with the recorder in the program's place."""
        recorder = f"{self.work}/bin/cascade"
        write(recorder, RECORDER.replace("@RECORD@", self.record).replace("@CASCADE@", self.cascade))
        os.chmod(recorder, os.stat(recorder).st_mode | stat.S_IXUSR)
        said = self.call("init", "--client", self.client)
        settings = re.search(r"^(?:created|changed) (.*)$", said, re.M).group(1)
        with open(settings, encoding="utf-8") as file:
            text = file.read()
        write(settings, text.replace(os.path.realpath(self.cascade), recorder))
        if self.pinned:
            self.call("allow", "library/skills/house-rules/SKILL.md")
        if self.client == "codex":
            self.run.profile.trust(self.run)

    def talk(self, prompts, turns=None, extra=()):
        from run import Run  # pylint: disable=import-error
        trial = self

        class Hooked(Run):
            def talk(self, prompts):
                prepare = self.profile.prepare

                def prepare_and_install(run):
                    prepare(run)
                    trial.library(run.project)
                    trial.install()
                self.profile.prepare = prepare_and_install
                return super().talk(prompts)

        self.run = Hooked(self.client, self.program, self.work, None, turns=turns, extra=extra, window=100000)
        self.run.talk(prompts)
        return self

    def calls(self):
        """(event, answer) of each call of the hook, in order."""
        for name in sorted(os.listdir(self.record)):
            if not name.endswith(".in"):
                continue
            with open(f"{self.record}/{name}", encoding="utf-8") as file:
                event = json.load(file)
            with open(f"{self.record}/{name[:-3]}.out", encoding="utf-8") as file:
                answer = file.read().strip()
            yield event, json.loads(answer) if answer else {}

    def texts(self):
        """What the answers put in: (event, text)."""
        for event, answer in self.calls():
            answer = answer.get("hookSpecificOutput", answer)
            if answer.get("additionalContext"):
                yield event, answer["additionalContext"]
            for key in ("updatedInput", "tool_input", "modifiedArgs"):
                for member in ("prompt", "message"):
                    if member in answer.get(key, {}):
                        yield event, answer[key][member]

    def close(self):
        shutil.rmtree(self.work, ignore_errors=True)


class Failed(Exception):
    pass


def expect(holds, what):
    if not holds:
        raise Failed(what)


def seen(trial, mark, least, most, unit, where):
    """That the one text with `mark` arrived whole and once, and is about as long as the client takes."""
    from run import conversation, find  # pylint: disable=import-error
    texts = [text for _, text in trial.texts() if f"{mark}-LEAD" in text]
    expect(len(texts) == 1, f"{len(texts)} answers hold {mark}-LEAD, not one")
    size = units(texts[0], unit)
    expect(least <= size <= most, f"the text has {size} {unit}, not {least} to {most}")
    # Copilot CLI takes the last line end away.
    numbers = sorted({number for number, _ in find(trial.run, texts[0].rstrip())})
    expect(numbers, f"{mark}: no request holds the whole text")
    whose = {conversation(trial.run, trial.run.mock.requests[number]) for number in numbers} - {"no tools"}
    # Copilot CLI and OpenCode keep a rewritten call in the history of who made it, with its new arguments.
    expect(where in whose and (whose == {where} or where == "subagent"), f"{mark}: it stands in {sorted(whose)}")
    for number in numbers:
        body = json.dumps(trial.run.mock.requests[number]["body"], ensure_ascii=False)
        expect(body.count(f"{mark}-LEAD") == 1, f"{mark}: request {number} holds it {body.count(mark + '-LEAD')} times")
    found = {"arrives": "whole", "once": True, "size": size, "unit": unit, "requests": numbers}
    return found if whose == {where} else {**found, "also": "in the call, which its caller keeps"}


SUBTASK = "Act as the heap-reader agent. SUBTASK: look around"


def turns_with_subagent():
    with open(f"{HARNESS}/turns/all.json", encoding="utf-8") as file:
        turns = json.load(file)
    return json.loads(json.dumps(turns).replace("SUBTASK: look around", SUBTASK))


def at_start(trial, client):
    limit, unit = LIMITS[client]
    trial.pinned = True
    trial.talk(["good morning"])
    return seen(trial, "START", 0.9 * limit, limit, unit, "main")


def at_prompt(trial, client):
    limit, unit = LIMITS[client]
    trial.talk(["use the heap-hunt skill: the heap grows", "use the heap-hunt skill: the heap grows still"])
    return seen(trial, "PROMPT", 0.9 * limit, limit, unit, "main")


def at_subagent(trial, client):
    trial.talk(["MARK_AGENT let somebody look around"], turns=turns_with_subagent())
    limit = TASK_LIMIT[client]
    return seen(trial, "AGENT", 0.8 * limit, limit, "bytes" if client == "codex" else "utf16", "subagent")


# How a client is brought to compact (../shared/harness/clients): prompts before and after, and options.
COMPACTIONS = {"claude": (["/compact", "go on"], []), "codex": (["go on"], ["-c", "model_auto_compact_token_limit=1000"]),
               "copilot": (["/compact", "go on"], []), "opencode": (["go on"], [])}


def at_compaction(trial, client):
    """What was loaded before comes back, once, in the conversation behind the compaction."""
    limit, unit = LIMITS[client]
    with open(f"{HARNESS}/turns/compact.json", encoding="utf-8") as file:
        turns = json.load(file)
    after, extra = COMPACTIONS[client]
    trial.talk(["MARK_FULL use the heap-hunt skill: the heap grows", *after], turns=turns, extra=extra)
    from run import find  # pylint: disable=import-error
    texts = [text for _, text in trial.texts() if "PROMPT-LEAD" in text]
    expect(len(texts) == 2, f"{len(texts)} answers hold the skill: before and after the compaction it should be two")
    size = units(texts[1], unit)
    expect(0.8 * limit <= size <= limit, f"the text has {size} {unit}")
    numbers = sorted({number for number, _ in find(trial.run, texts[1].rstrip())})
    expect(numbers, "no request holds the text behind the compaction")
    for number in numbers:
        body = json.dumps(trial.run.mock.requests[number]["body"], ensure_ascii=False)
        expect(body.count("PROMPT-LEAD") == 1, f"request {number} holds it {body.count('PROMPT-LEAD')} times")
    return {"arrives": "whole", "once": True, "size": size, "unit": unit, "requests": numbers}


def no_compaction(trial, client):
    """Gemini CLI calls PreCompress before every request; a text that answers it arrives nowhere."""
    from run import Run, find  # pylint: disable=import-error
    answer = f"{sys.executable} {HARNESS}/answer.py {client} --only PreCompress"
    with open(f"{HARNESS}/turns/compact.json", encoding="utf-8") as file:
        run = Run(client, trial.program, trial.work, answer, turns=json.load(file)).talk(["MARK_FULL go"])
    texts = [record["answer"]["hookSpecificOutput"]["additionalContext"] for _, record in run.events()
             if record["event"] == "PreCompress" and isinstance(record["answer"], dict)]
    expect(texts, "PreCompress was not called")
    expect(not any(find(run, text) for text in texts), "a text for PreCompress arrived: there is a door after all")
    return {"arrives": "no door", "event": "PreCompress", "answered": len(texts), "requests": len(run.requests())}


CELLS = {"session start": at_start, "prompt": at_prompt, "subagent": at_subagent, "compaction": at_compaction}


def version_of(client, folder):
    path = os.path.join(folder, client, "node_modules", PACKAGES[client], "package.json")
    with open(path, encoding="utf-8") as file:
        return json.load(file)["version"]


def try_client(client, program, cascade):
    """{cell: what was seen}; a cell that failed has "failed" with the reason."""
    cells = {}
    for cell, see in CELLS.items():
        for attempt in (1, 2, 3):  # on a busy machine a hook may be ended for taking too long
            trial = Trial(client, program, cascade)
            try:
                cells[cell] = (no_compaction if client == "gemini" and cell == "compaction" else see)(trial, client)
                break
            except (Failed, subprocess.CalledProcessError) as fault:
                cells[cell] = {"failed": f"{fault} {getattr(fault, 'stderr', '')}", "attempts": attempt}
            finally:
                if not os.environ.get("CASCADE_KEEP"):
                    trial.close()
        print(f"{client}, {cell}: {json.dumps(cells[cell])}", flush=True)
    return cells


def main():
    args = read_arguments(__doc__, NAMES, lambda parser: parser.add_argument("--record", metavar="FOLDER"))
    failed = tried = 0
    for client, program in installed(args):
        tried += 1
        cells = try_client(client, program, args.cascade)
        failed += sum("failed" in cell for cell in cells.values())
        if args.record:
            seen_now = {"client": client, "version": version_of(client, args.folder), "cells": cells}
            write(os.path.join(args.record, f"{client}.json"), json.dumps(seen_now, indent=1) + "\n")
    end(tried, failed)


if __name__ == "__main__":
    main()
