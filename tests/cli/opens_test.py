#!/usr/bin/env python3
"""An event opens each file of the session once: the ledger, the index of the library, the index of memory.

opens_test.py PROGRAM. Counted by strace with every system on; 77: there is no strace, or it may not trace here. The
user's cascade.yaml and the project's are read by the library for its keys and by the systems for theirs.
"""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SYSTEMS = "systems: { repository: block, effects: block, playbooks: on, memory: on, tiers: on, trust: block, leases: block }\n"
SKILL = """---
name: deploy
description: Deploys the app to production. Use when a release is rolled out.
---
# Deploy

Run the roll-out.
"""
FACT = {"id": "a2", "subject": "deploy window", "text": "Deploys Monday to Thursday.", "source": "chat", "learned": "2026-03-01"}


def whole_calls(trace):
    """(process, call) of each line; a call that another process's line cut in two is put together where it began."""
    lines, begun = [], {}
    for process, call in (line.split(maxsplit=1) for line in trace.splitlines()):
        resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", call)
        if call.endswith("<unfinished ...>"):
            begun[process] = len(lines)
            lines.append((process, call.removesuffix("<unfinished ...>").rstrip()))
        elif resumed and process in begun:
            place = begun.pop(process)
            lines[place] = (process, lines[place][1] + resumed.group(1))
        else:
            lines.append((process, call))
    return lines


class Desk:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        (folder / "home/.config/cascade").mkdir(parents=True)
        (folder / "home/.config/cascade/cascade.yaml").write_text(SYSTEMS)
        (folder / "work/cascade.yaml").parent.mkdir(parents=True)
        (folder / "work/cascade.yaml").write_text("systems: { repository: block }\n")
        (folder / "work/.claude/skills/deploy").mkdir(parents=True)
        (folder / "work/.claude/skills/deploy/SKILL.md").write_text(SKILL)
        (folder / "facts.jsonl").write_text(json.dumps(FACT) + "\n")
        self.environment = {"PATH": os.environ["PATH"], "HOME": f"{folder}/home", "XDG_STATE_HOME": f"{folder}/state",
                            "XDG_CACHE_HOME": f"{folder}/cache", "XDG_CONFIG_HOME": f"{folder}/home/.config",
                            "CLAUDE_PROJECT_DIR": f"{folder}/work"}
        self.run(["memory", "import", str(folder / "facts.jsonl")])

    def run(self, words, text="", around=()):
        return subprocess.run([*around, self.program, *words], input=text, text=True, capture_output=True, check=False,
                              env=self.environment, cwd=self.folder / "work")

    def event(self, name, around=(), **more):
        event = {"hook_event_name": name, "session_id": "s1", "transcript_path": f"{self.folder}/t.jsonl",
                 "cwd": f"{self.folder}/work", "prompt_id": "p1", **more}
        return self.run(["hook"], json.dumps(event), around)

    def opened(self, name, **more):
        """How often each file was opened for reading, by its path below the desk."""
        trace = self.folder / "trace"
        self.event(name, ("strace", "-f", "-e", "trace=openat,open,execve", "-o", str(trace)), **more)
        lines = whole_calls(trace.read_text())
        # A process that was started in the background reads for itself.
        others = {process for process, call in lines[1:] if call.startswith("execve(")}
        called = "\n".join(call for process, call in lines if process not in others)
        paths = re.findall(r'open(?:at)?\((?:AT_FDCWD, )?"([^"]+)", O_RDONLY(?![^)]*O_DIRECTORY)[^=]*= \d', called)
        return collections.Counter(path.removeprefix(f"{self.folder}/") for path in paths if path.startswith(str(self.folder)))


def main():
    if shutil.which("strace") is None or subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode:
        print("skipped: strace is not there, or may not trace here")
        return 77
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(sys.argv[1], pathlib.Path(folder).resolve())
        desk.event("SessionStart", source="startup")
        first = desk.event("UserPromptSubmit", prompt="deploy the app to production").stdout
        if "deploy window" not in first or "Run the roll-out" not in first:
            faults.append("the prompt got neither skill nor fact: " + first)
        events = {
            "UserPromptSubmit": {"prompt": "deploy the release to production on friday"},
            "PostToolUse": {"tool_name": "Bash", "tool_input": {"command": "git push"}, "tool_response": {"stdout": ""}},
            "PreCompact": {"trigger": "auto"},
        }
        for name, more in events.items():
            opened = desk.opened(name, **more)
            if not any(path.endswith(".jsonl") for path in opened):
                faults.append(f"{name}: no ledger was read, so nothing is shown")
            if sum(path.endswith("cascade.yaml") for path in opened) != 2:
                faults.append(f"{name}: not both configurations were read")
            for path, times in opened.items():
                if times > 1:
                    faults.append(f"{name}: {path} was opened {times} times")
    print("\n".join(faults) or "each file was opened once")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
