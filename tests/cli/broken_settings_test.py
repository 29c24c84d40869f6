#!/usr/bin/env python3
"""Broken settings of all kinds: each is told on the screen at once, and none mutes a prompt.

broken_settings_test.py PROGRAM. For each case a file is written, and then: the prompt's hook still loads the skill that
the prompt calls by name, and says the place, the cause and the next step, once in a session; `doctor` and `validate` say
it, too. A setting of the guard that cannot be read makes the guard refuse.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKILL = "---\nname: tie-knots\ndescription: Ties knots. Use when a rope has no knot.\n---\n# Tie\n\nBODY-OF-KNOTS\n"
OWN, PROJECT = "home/.config/cascade/cascade.yaml", "work/cascade.yaml"
CLIENT = "work/.claude/settings.json"
HOOK = '{"hooks": {"Stop": [{"hooks": [{"type": "command", %s}]}]}}\n'

# What it is, the file, its text (None: a folder), a part of what is said (or of what `validate` says, behind " / "), and whether the guard must refuse.
CASES = [
    ("an unknown key", PROJECT, "budgt: 4000\n", "did you mean budget?", False),
    ("a key of an older wish", PROJECT, "verbose: on\n", 'unknown key "verbose"', False),
    ("wrong case of a key", PROJECT, "Budget: 4000\n", "did you mean budget?", False),
    ("an unknown key among good ones", PROJECT, "caution: high\nlibary: off\nmodel: opus\n", "did you mean library?", False),
    ("an unknown key in limits", PROJECT, "limits: { max_dept: 3 }\n", "did you mean max_depth?", False),
    ("an unknown key in known", PROJECT, "known: { tool: [A] }\n", "did you mean tools?", False),
    ("an unknown key in repository", PROJECT, "repository: { protect: [main] }\n", "known keys: git-hooks, protected", True),
    ("an unknown key in a lease", PROJECT, "leases: { db: { shell: [psql] } }\n", "known keys: bash, tools", True),
    ("an unknown key in an effect", PROJECT, "effects: { ship: { bash: [x], kind: deploy } }\n", "known keys: bash, is", True),
    ("an unknown key in a check", PROJECT, "gates: { lint: { run: [true], when: stop } }\n", "known keys: at, mode", True),
    ("an unknown key in a tier", PROJECT, "tiers: { light: { modell: haiku } }\n", "known keys: effort, model", True),
    ("an unknown key in explain", PROJECT, "explain: { requires: all }\n", "known keys: exempt", False),
    ("an unknown key in ignore", PROJECT, "ignore: [{ paths: a }]\n", "did you mean path?", False),
    ("an unknown system", PROJECT, "systems: { memories: on }\n", 'there is no system "memories"', True),
    ("an unknown mode", PROJECT, "systems: { memory: maybe }\n", "one of off, shadow, warn, block, on", True),
    ("a mode that a system has not", PROJECT, "systems: { playbooks: warn }\n", "on or off", True),
    ("systems as a list", PROJECT, "systems: [memory]\n", "systems with their mode", True),
    ("systems as a word", PROJECT, "systems: memory\n", "systems with their mode", True),
    ("a word for a number", PROJECT, "limits: { max_depth: many }\n", "whole number", False),
    ("a negative number", PROJECT, "limits: { max_depth: -1 }\n", "whole number", False),
    ("a number too large", PROJECT, "budget: 99999999999\n", "a budget is at most", False),
    ("a budget with a unit", PROJECT, "budget: 4k\n", "4000, or 2%", False),
    ("a budget as a list", PROJECT, "budget: [4000]\n", "4000, or 2%", False),
    ("yes for on", PROJECT, "library: yes\n", "one of on, off", False),
    ("a word for a switch", PROJECT, "announce: loud\n", "one of on, off", False),
    ("an unknown profile", PROJECT, "profile: strict\n", "one of agent-skills", False),
    ("an unknown severity", PROJECT, "fail_on: loud\n", "one of off, info, warning, error", False),
    ("an unknown caution", PROJECT, "caution: extreme\n", "one of low, normal, high", False),
    ("an unknown rule", PROJECT, "rules: { XX999: off }\n", 'there is no rule "XX999"', False),
    ("rules as a list", PROJECT, "rules: [CT009]\n", "rules: { DQ: info }", False),
    ("a rule of security ignored without a reason", PROJECT, "ignore: [{ path: a, rules: [SEC005] }]\n", "needs a reason", False),
    ("an unknown model", PROJECT, "model: opsu\n", "unknown model 'opsu'", False),
    ("a model that no tier has", PROJECT, "tiers: { light: { model: hiaku } }\n", "did you mean haiku?", True),
    ("an effort that no model has", PROJECT, "tiers: { light: { effort: extreme } }\n", "one of", True),
    ("a store of another kind", PROJECT, "store: sqlite:///tmp/x\n", "postgresql://HOST/DATABASE", True),
    ("a team as a list", PROJECT, "team: [a, b]\n", "team: acme/platform", True),
    ("a check without a command", PROJECT, "gates: { lint: { at: commit } }\n", "lacks run", True),
    ("a check with the name of a gate", PROJECT, "gates: { trust: { run: [x] } }\n", "another name", True),
    ("a check with a shell's line", PROJECT, "gates: { lint: { run: npm run lint } }\n", "no shell is involved", True),
    ("a check at no time", PROJECT, "gates: { lint: { run: [x], at: save } }\n", "at: commit, at: stop or at: push", True),
    ("a past that is neither", PROJECT, "past: never\n", "one of on, off", False),
    ("a reviewed that is neither", PROJECT, "explain: { reviewed: maybe }\n", "neither on nor off", False),
    ("a key twice", PROJECT, "budget: 1\nbudget: 2\n", "budget", False),
    ("an open bracket", PROJECT, "budget: [\n", "must be plain YAML", False),
    ("an open bracket beside a system", PROJECT, "systems: { memory: on\n", "must be plain YAML", True),
    ("a tab before a key", PROJECT, "limits:\n\tmax_depth: 3\n", "must be plain YAML", False),
    ("a quotation that does not end", PROJECT, 'model: "opus\n', "must be plain YAML", False),
    ("JSON with a comma too many", PROJECT, '{"budget": 4000,, }\n', 'unknown key ""', False),
    ("a list as the whole file", PROJECT, "- budget: 4000\n", "expected keys and values", False),
    ("a text as the whole file", PROJECT, "budget 4000\n", "expected keys and values", False),
    ("a mark at the beginning, and an unknown key", PROJECT, "\ufeffbudgt: 1\n", "did you mean budget?", False),
    ("ends of lines of another system, and an unknown key", PROJECT, "caution: high\r\nbudgt: 1\r\n", "did you mean budget?", False),
    ("bytes that are no text", PROJECT, b"model: \xff\xfe\n", "", False),
    ("too large a file", PROJECT, "# " + "x" * 70_000 + "\nbudget: 4000\n", "of a size to read at every prompt", False),
    ("far too large a file", PROJECT, "# " + "x" * 2_000_000 + "\n", "64 KiB", False),
    ("too deep a file", PROJECT, "known: " + "[" * 40 + "]" * 40 + "\n", "must be plain YAML", False),
    ("a folder in its place", PROJECT, None, "make it a file", False),
    ("a folder in the own file's place", OWN, None, "make it a file", False),
    ("a link to another file", PROJECT, pathlib.Path("../home/other.yaml"), "not followed", False),
    ("a root that does not exist", PROJECT, "roots: [gone, .]\n", "give an existing folder", False),
    ("a root that is a file", PROJECT, "roots: [., cascade.yaml]\n", "is not a folder", False),
    ("a root outside the project", PROJECT, "roots: [., ../..]\n", "cascade allow", False),
    ("a key that is no longer read", OWN, "explore: 2%\n", "take the line out", False),
    ("a project's key in the own file", OWN, "budget: 4000\n", "write it into the cascade.yaml of a project", False),
    ("a root of the own file that is gone", OWN, "roots: [default, ~/gone]\n", "is gone / give an existing folder", False),
    ("an unknown key in the own file", OWN, "anounce: off\n", "did you mean announce?", False),
    ("a broken own file", OWN, "systems: { memory: [\n", "must be plain YAML", True),
    ("checks that nobody allowed", PROJECT, "gates: { lint: { run: [true] } }\n", "cascade allow", False),
    ("cascade.yml", "work/cascade.yml", "budget: 4000\n", "call it cascade.yaml", False),
    ("Cascade.yaml", "work/Cascade.yaml", "budget: 4000\n", "call it cascade.yaml", False),
    (".cascade.yaml", "work/.cascade.yaml", "budget: 4000\n", "call it cascade.yaml", False),
    ("the own file as cascade.yml", "home/.config/cascade/cascade.yml", "announce: off\n", "call it cascade.yaml", False),
    ("cascade.yaml in the client's folder", "work/.claude/cascade.yaml", "budget: 4000\n", "move it to", False),
    ("cascade.prompts in the client's folder", "work/.claude/cascade.prompts", "tie it\n", "move it to", False),
    ("cascade.prompts beside the own file", "home/.config/cascade/cascade.prompts", "tie it\n", "is not read there", False),
    ("Cascade.prompts", "work/Cascade.prompts", "tie it\n", "call it cascade.prompts", False),
    ("a prompt without an answer's kind", "work/cascade.prompts", "tie-knots: tie it\ntie-knots = tie\n", "cascade.prompts", False),
    ("triggers that are no map", "work/cascade.triggers.yaml", "- tie it\n", "expected a map", False),
    ("triggers with an open bracket", "work/cascade.triggers.yaml", "skill:a: [tie it\nskill:b: [tie]\nskill:c: [it]\n", "mend it there", False),
    ("triggers without a kind", "work/cascade.triggers.yaml", "tie-knots: [tie it]\n", "is not written kind:name", False),
    ("triggers with a misspelt kind", "work/cascade.triggers.yaml", "skil:tie-knots: [tie it]\n", "did you mean skill:tie-knots?", False),
    ("triggers with a misspelt kind for a key", "work/cascade.triggers.yaml", "skil: tie-knots\n", "did you mean skill:NAME?", False),
    ("prompts with a misspelt kind", "work/cascade.prompts", "== skil:tie-knots\ntie it\n", "did you mean skill:tie-knots?", False),
    ("prompts for a misspelt none", "work/cascade.prompts", "== non thanks\nthank you\n", "did you mean none?", False),
    ("prompts with a misspelt key", "work/cascade.prompts", "% writter: me\n== skill:tie-knots\ntie it\n", "did you mean writer?", False),
    ("a client's settings that are no JSON", CLIENT, '{"hooks": [\n', "not valid JSON", False),
    ("a client's settings with a comment", CLIENT, '{"hooks": {}} // none\n', "not valid JSON", False),
    ("a client's settings with a comma too many", CLIENT, '{"hooks": {},}\n', "not valid JSON", False),
    ("a client's settings as a list", CLIENT, "[]\n", "not an object / must be an object", False),
    ("hooks as a list", CLIENT, '{"hooks": []}\n', "not an object / must be a map", False),
    ("an event that is no list", CLIENT, '{"hooks": {"UserPromptSubmit": {"command": "cascade hook"}}}\n', "not a list / must be a list", False),
    ("an entry that is a text", CLIENT, '{"hooks": {"Stop": ["cascade hook"]}}\n', "not an object / no list of hooks", False),
    ("a hook without its list", CLIENT, '{"hooks": {"Stop": [{"type": "command", "command": "cascade hook"}]}}\n', 'no "hooks" / stands where its group should', False),
    ("hooks of an entry that are no list", CLIENT, '{"hooks": {"Stop": [{"hooks": {"command": "cascade hook"}}]}}\n', "not a list / no list of hooks", False),
    ("a command that is a list", CLIENT, HOOK % '"command": ["cascade", "hook"]', '"command"', False),
    ("a time that is a text", CLIENT, HOOK % '"command": "cascade hook", "timeout": "5"', '"timeout"', False),
    ("an event that the client has not", CLIENT, HOOK.replace("Stop", "UserPromtSubmit") % '"command": "cascade hook"', 'no event "UserPromtSubmit"', False),
    ("the user's settings of the client that are no JSON", "home/.claude/settings.json", "{", "not valid JSON", False),
    ("the user's settings of the client with hooks as a text", "home/.claude/settings.json", '{"hooks": "cascade"}', "not an object", False),
    ("the local settings of the client that are no JSON", "work/.claude/settings.local.json", "{", "not valid JSON", False),
    ("the client's settings as a folder", CLIENT, None, "is a folder", False),
    ("triggers as a folder", "work/cascade.triggers.yaml", None, "cascade.triggers.yaml", False),
]


class Desk:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.environment = {"PATH": os.environ["PATH"], "HOME": f"{folder}/home", "XDG_STATE_HOME": f"{folder}/state",
                            "XDG_CACHE_HOME": f"{folder}/cache", "CLAUDE_PROJECT_DIR": f"{folder}/work",
                            "CASCADE_VOCABULARY": "estimate"}

    def set_up(self, place, text):
        for name in ("home", "work", "state", "cache"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        (self.folder / "home/.config/cascade").mkdir(parents=True)
        (self.folder / "home/other.yaml").write_text("budget: 1\n")
        (self.folder / "work/.claude/skills/tie-knots").mkdir(parents=True)
        (self.folder / "work/.claude/skills/tie-knots/SKILL.md").write_text(SKILL)
        path = self.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.mkdir()
        elif isinstance(text, pathlib.Path):
            path.symlink_to(text)
        else:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def run(self, words, text=""):
        return subprocess.run([self.program, *words], input=text, text=True, errors="replace", capture_output=True,
                              check=False, env=self.environment, cwd=self.folder / "work")

    def event(self, verb, name, session, **more):
        event = {"hook_event_name": name, "session_id": session, "transcript_path": f"{self.folder}/t.jsonl",
                 "cwd": f"{self.folder}/work", **more}
        return self.run([verb], json.dumps(event))

    def prompt(self, session):
        out = self.event("hook", "UserPromptSubmit", session, prompt="use the tie-knots skill").stdout
        answer = json.loads(out) if out.strip() else {}
        return answer.get("hookSpecificOutput", {}).get("additionalContext", ""), answer.get("systemMessage", "")


def faults_of(desk, place, text, part, refuses):
    desk.set_up(place, text)
    faults = []
    context, message = desk.prompt("s1")
    if "BODY-OF-KNOTS" not in context:
        faults.append("the prompt is mute")
    name = "gone" if part == "give an existing folder" else pathlib.Path(place).name
    told = lambda text: name in text and any(one in text for one in part.split(" / "))
    if not told(message):
        faults.append(f"the hook does not tell it: {message!r}")
    if message.count(pathlib.Path(place).name) > 1 and text is not None and place.endswith("triggers.yaml"):
        faults.append(f"the hook tells one slip more than once: {message!r}")
    if told(desk.prompt("s1")[1]):
        faults.append("the hook tells it twice in a session")
    if not told(desk.prompt("s2")[1]):
        faults.append("the hook does not tell it in the next session")
    begun = desk.event("hook", "SessionStart", "s3", source="startup").stdout
    begun = json.loads(begun).get("systemMessage", "") if begun.strip() else ""
    if sum(told(one) for one in (begun, desk.prompt("s3")[1], desk.prompt("s3")[1])) != 1:
        faults.append("a session that begins is not told it once")
    examined = desk.run(["doctor"])
    doctor = examined.stdout
    if not told(" ".join(doctor.split())) and not told(doctor):
        faults.append("doctor does not tell it")
    if place.endswith((".triggers.yaml", ".prompts")) and told(examined.stderr):
        faults.append(f"doctor tells it twice: {examined.stderr!r}")
    validate = desk.run(["validate"])
    if not told(validate.stdout + validate.stderr):
        faults.append(f"validate does not tell it: {validate.stderr!r}")
    call = desk.event("guard", "PreToolUse", "s1", tool_name="Bash", tool_input={"command": "git push"})
    if refuses and (call.returncode == 0 or not told(call.stderr)):
        faults.append(f"the guard lets a call pass: {call.returncode} {call.stderr!r}")
    return faults


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    broken = 0
    with tempfile.TemporaryDirectory(prefix="cascade-settings-") as place:
        folder = pathlib.Path(place).resolve()
        alone = folder / "bin/cascade"  # beside no build tree: without the shipped library
        alone.parent.mkdir()
        shutil.copy2(program, alone)
        desk = Desk(alone, folder)
        cases = [case for case in CASES if wanted in case[0]]
        for what, path, text, part, refuses in cases:
            faults = faults_of(desk, path, text, part, refuses)
            broken += bool(faults)
            for fault in faults:
                print(f"{what}: {fault}")
    print(f"{len(cases) - broken} of {len(cases)} broken settings are told everywhere, and mute nothing")
    return 1 if broken else 0


sys.exit(main())
