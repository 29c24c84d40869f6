#!/usr/bin/env python3
"""Prints a skill's text, as a client's Skill tool does.   usage: skill NAME [WORDS...]

The runner lays it beside the working folder. It notes in opened.txt what was opened, and in opened.md what it said.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
NAMED = re.compile(r"^=== skill: ([\w:.-]+) ===$", re.MULTILINE)


def text_of(name):
    folder = HERE / "home/.claude/skills" / name
    if "/" in name or not (folder / "SKILL.md").is_file():
        return ""
    text = (folder / "SKILL.md").read_text(encoding="utf-8")
    body = re.sub(r"\A---\n.*?\n---\n", "", text, count=1, flags=re.DOTALL)
    return f"Base directory for this skill: {os.path.relpath(folder)}\n\n{body.strip()}\n"


def hooked(name, words):
    """What the hook adds to a call of the Skill tool; nothing where there is none."""
    settings = json.loads((HERE / "skill.json").read_text(encoding="utf-8"))
    if not settings["program"]:
        return ""
    event = {"session_id": settings["session"], "transcript_path": str(HERE / "home/transcript.jsonl"), "cwd": str(HERE / "work"),
             "hook_event_name": "PreToolUse", "tool_name": "Skill", "tool_input": {"skill": name, "args": words}, "tool_use_id": "skill"}
    variables = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(HERE / "home")}
    done = subprocess.run([settings["program"], "hook"], input=json.dumps(event), capture_output=True, text=True, cwd=HERE / "work",
                          env=variables, check=False)
    answer = json.loads(done.stdout) if done.stdout.strip() else {}
    return answer.get("hookSpecificOutput", {}).get("additionalContext", "")


def main(name, *words):
    own, added = text_of(name), hooked(name, " ".join(words))
    if not own and not added:
        return f"Unknown skill: {name}\n", []
    opened = ([name] if own and name != "cascade" else []) + NAMED.findall(added)
    return own + ("\n" if own and added else "") + added, opened


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: skill NAME [WORDS...]")
    said, names = main(*sys.argv[1:])
    sys.stdout.write(said)
    with open(HERE / "opened.md", "a", encoding="utf-8") as file:
        file.write(said)
    with open(HERE / "opened.txt", "a", encoding="utf-8") as file:
        file.writelines(f"{each}\n" for each in names)
    sys.exit(1 if said.startswith("Unknown skill: ") else 0)
