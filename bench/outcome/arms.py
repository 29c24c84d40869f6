"""Lays out one run: a folder with what the agent may see, and beside it a record of what it was given.

    lay_out(task, arm, drawn, folder, program) -> Run

In RUN/ are work/ (the working folder), home/ (a home of its own, with the pool's skills), PROMPT.md (everything that is sent) and,
where there are skills, `skill`, a program that stands for the client's Skill tool. RUN.json beside it is for the runner alone:
it names what is needed, so the agent should not look there.
"""
import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import uuid

import tasks

ARMS = ("none", "listing", "hook", "mod")
MOD_CLIENT = pathlib.Path(__file__).resolve().parent / "mod_client.mjs"
OPEN_SKILL = pathlib.Path(__file__).resolve().parent / "open_skill.py"
HEADING = "The following skills are available for use with the Skill tool:\n\n"
TOOL = "The Skill tool is a program here: `../skill NAME` prints a skill's text, `../skill NAME WORDS` gives it arguments.\n\n"
BLOCK = re.compile(r"^=== (\w+): ([\w:.-]+) ===$", re.MULTILINE)
EXTENT = re.compile(r"^(In full|In part|Card only)", re.MULTILINE)


class Refused(Exception):
    """An arm cannot be laid out here; says why."""


@dataclasses.dataclass
class Run:
    folder: pathlib.Path
    record: dict

    @property
    def work(self):
        return self.folder / "work"

    @property
    def prompt(self):
        return (self.folder / "PROMPT.md").read_text(encoding="utf-8")

    def save(self):
        text = json.dumps(self.record, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        record_path(self.folder).write_text(text, encoding="utf-8")


def record_path(folder):
    return folder.with_name(folder.name + ".json")


def open_run(folder):
    folder = pathlib.Path(folder).resolve()
    if not record_path(folder).is_file():
        raise Refused(f"{folder} is no run: there is no {record_path(folder).name} beside it")
    return Run(folder, json.loads(record_path(folder).read_text(encoding="utf-8")))


# The program under test

class Program:
    """Cascade, run with the home of one run and nothing of the caller's settings."""

    def __init__(self, path, folder, model=""):
        self.path, self.folder, self.model = path, folder, model
        self.session = str(uuid.uuid5(uuid.NAMESPACE_URL, folder.name))

    def run(self, *words, given=""):
        variables = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(self.folder / "home")}
        done = subprocess.run([self.path, *words], input=given, capture_output=True, text=True, encoding="utf-8",
                              cwd=self.folder / "work", env=variables, check=False)
        if done.returncode != 0:
            raise Refused(f"{' '.join(map(str, words))} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def listing(self):
        """The lines that the client shows of the pool's skills. Of its own only the length is known, which is taken into account."""
        model = ["--model", self.model] if self.model else []
        shown = json.loads(self.run("listing", "show", "--lines", *model, "--format", "json"))
        return [line["text"] for line in shown["skills"]["lines"] if "text" in line]

    def answer(self, event, **more):
        """The context that the hook adds to an event."""
        said = {"session_id": self.session, "transcript_path": str(self.folder / "home/transcript.jsonl"),
                "cwd": str(self.folder / "work"), "hook_event_name": event, **more}
        if self.model:
            said["model"] = self.model
        answer = self.run("hook", given=json.dumps(said))
        return json.loads(answer).get("hookSpecificOutput", {}).get("additionalContext", "") if answer.strip() else ""

    def answers_of_mod(self, prompt):
        """The texts that the client sends with the mod in it; mod_client.mjs stands for the client."""
        node, module = shutil.which("node"), next((self.folder / "home/.claude").rglob("register.js"), None)
        if node is None:
            raise Refused("the mod is JavaScript, and there is no node to run it")
        if module is None:
            raise Refused("init --listing short wrote no mod")
        case = {"session": self.session, "cwd": str(self.folder / "work"), "model": self.model or "claude-opus-5-5", "prompt": prompt,
                "transcript": str(self.folder / "home/transcript.jsonl"), "listing": HEADING + "\n".join(self.listing())}
        variables = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(self.folder / "home")}
        done = subprocess.run([node, MOD_CLIENT, module], input=json.dumps(case), capture_output=True, text=True, encoding="utf-8",
                              env=variables, check=False)
        if done.returncode != 0:
            raise Refused(f"the mod could not be run: {done.stderr.strip()}")
        parts = json.loads(done.stdout)
        return {**parts, "listing": parts["listing"].removeprefix(HEADING)}

    def tokens(self, text):
        return json.loads(self.run("tokens", "--format", "json", given=text))["total"]["tokens"] if text else 0


# Laying out

def lay_out(task, arm, drawn, folder, program, **known):
    """`drawn`: the candidates that pools.draw chose; `known`: what else the record keeps (agent, run, pool's size)."""
    clear(folder)
    folder.mkdir(parents=True)
    tasks.lay_out_environment(task, folder / "work")
    skills = folder / "home/.claude/skills"
    skills.mkdir(parents=True)
    asked = Program(program, folder, known.get("model", ""))
    parts = {"start": "", "listing": "", "answer": ""}
    if arm != "none":
        install(task, drawn, skills)
        give_tool(folder, asked, arm)
    if arm == "hook":
        asked.run("init", "--listing", "full")
        parts["start"] = asked.answer("SessionStart", source="startup")
        parts["answer"] = asked.answer("UserPromptSubmit", prompt=task.instruction.rstrip("\n"))
    if arm == "mod":
        asked.run("init", "--listing", "short")
        parts = asked.answers_of_mod(task.instruction.rstrip("\n"))
    elif arm != "none":
        parts["listing"] = "\n".join(asked.listing())
    (folder / "PROMPT.md").write_text(prompt_of(parts, task.instruction), encoding="utf-8")
    needed = [each.name for each in task.skills]
    run = Run(folder, {"task": task.name, "arm": arm, "needs": needed, **known, **brought(parts["answer"], needed)})
    run.record["tokens"] = asked.tokens(run.prompt)
    run.record["needless"] = asked.tokens(needless(parts["answer"], needed))
    run.save()
    return run


def clear(folder):
    shutil.rmtree(folder, ignore_errors=True)
    record_path(folder).unlink(missing_ok=True)


def install(task, drawn, skills):
    for each in drawn:
        (skills / each.name).mkdir()
        (skills / each.name / "SKILL.md").write_text(each.text, encoding="utf-8")
    for each in task.skills:
        shutil.copytree(each, skills / each.name)


def give_tool(folder, asked, arm):
    shutil.copy(OPEN_SKILL, folder / "skill")
    (folder / "skill").chmod(0o755)
    settings = {"program": str(asked.path) if arm in ("hook", "mod") else "", "session": asked.session}
    (folder / "skill.json").write_text(json.dumps(settings) + "\n", encoding="utf-8")


def prompt_of(parts, instruction):
    """What the client sends, in its order and between its marks: the session's start, the listing, the prompt's text, the prompt."""
    pieces = []
    if parts["start"]:
        pieces.append(reminder("SessionStart hook additional context: " + parts["start"]))
    if parts["listing"]:
        pieces.append(reminder(HEADING + parts["listing"]) + TOOL)
    if parts["answer"]:
        pieces.append(reminder("UserPromptSubmit hook additional context: " + parts["answer"]))
    return "".join(pieces) + instruction


def reminder(text):
    return "<system-reminder>\n" + text.rstrip("\n") + "\n</system-reminder>\n\n"


# What an answer brings

def blocks_of(answer):
    """The answer's head and its blocks: [(kind, name, text)]."""
    found = list(BLOCK.finditer(answer))
    ends = [each.start() for each in found[1:]] + [len(answer)]
    head = answer[:found[0].start()] if found else answer
    return head, [(each.group(1), each.group(2), answer[each.start():end]) for each, end in zip(found, ends)]


def brought(answer, needed):
    """Which skills it gives the text of, in full or in part, and which of the needed ones it only names."""
    head, blocks = blocks_of(answer)
    given = {name: EXTENT.search(text) for kind, name, text in blocks if kind == "skill"}
    loaded = [name for name, extent in given.items() if extent and extent.group(1) == "In full"]
    part = [name for name in given if name not in loaded]
    named = [name for name in needed if name not in loaded + part and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", answer)]
    return {"loaded": loaded, "part": part, "named": named}


def needless(answer, needed):
    """What of the answer serves none of the needed skills: whole blocks, or all of it if it neither brings nor names one."""
    head, blocks = blocks_of(answer)
    serves, kept = False, []
    for kind, name, text in blocks:
        serves = name in needed if kind == "skill" else serves
        if not serves:
            kept.append(text)
    used = len(kept) < len(blocks) or any(name in head for name in needed)
    return "".join(kept) if used else answer
