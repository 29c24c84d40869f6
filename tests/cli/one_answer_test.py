#!/usr/bin/env python3
"""What is shown is what is sent: in a home with 40 public skills the hook, route, bundle, page, why and the MCP server say the same.

one_answer_test.py PROGRAM SOURCE. Sixty prompts (one_answer.txt), and the example on the README's first screen. 77: the public skills,
SOURCE/../shared/corpora, are not there.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TAKEN_FROM = ["superpowers/skills", "wshobson-agents/plugins/developer-essentials/skills",
              "wshobson-agents/plugins/backend-development/skills", "wshobson-agents/plugins/kubernetes-operations/skills",
              "wshobson-agents/plugins/incident-response/skills"]
ID = r"(?:skill|agent|command):[\w:.-]*[\w-]"
ONLY = "cascade: only an offer: "


class Home:
    def __init__(self, program, corpora, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        self.work = self.folder / "work"
        self.work.mkdir()
        skills = [skill for place in TAKEN_FROM for skill in sorted((corpora / place).iterdir()) if skill.is_dir()][:40]
        assert len(skills) == 40, f"{len(skills)} skills below {corpora}"
        for skill in skills:
            shutil.copytree(skill, self.folder / "home/.claude/skills" / skill.name)
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder / "home"), "LC_ALL": "C.UTF-8"}
        self.sessions = 0

    def run(self, *words, feeds=""):
        done = subprocess.run([self.program, *words], cwd=self.work, env=self.environment, input=feeds, text=True,
                              capture_output=True, timeout=120, check=False)
        return done.returncode, done.stdout, done.stderr

    def answered(self, prompt):
        self.sessions += 1
        event = {"session_id": f"s{self.sessions}", "cwd": str(self.work), "hook_event_name": "UserPromptSubmit",
                 "prompt": prompt, "transcript_path": "/nowhere"}
        return self.run("hook", feeds=json.dumps(event))[1]

    def hook(self, prompt):
        answer = self.answered(prompt)
        text = json.loads(answer)["hookSpecificOutput"]["additionalContext"] if answer.strip() else ""
        loaded = re.findall(rf"^\[cascade\] ({ID})(?: \(of[^)]*\))?(?:: | is at hand| fits this)", text, re.M)
        offered = re.findall(rf"^- ({ID})", text.partition("May fit")[2], re.M)
        return ("load", loaded) if loaded else ("offer", offered) if offered else ("silence", [])

    def route(self, prompt):
        said = json.loads(self.run("route", prompt, "--format", "json")[1])
        return said["decision"], said["loaded"] if said["decision"] == "load" else said["offered"], said

    def bundle(self, prompt):
        ends, out, err = self.run("bundle", "--prompt", prompt, "--quiet", "--format", "json")
        if ends == 0:
            return "load", json.loads(out)["roots"]
        return ("offer", re.findall(ID, err.partition("and gets")[0])) if err.startswith(ONLY) else ("silence", [])

    def page(self, prompt):
        ends, out, err = self.run("page", "bundle", "--prompt", prompt)
        if ends == 0:
            return "load", re.findall(ID, re.search(r'"roots": *\[([^]]*)\]', out).group(1))
        return ("offer", re.findall(ID, err.partition("and gets")[0])) if err.startswith(ONLY) else ("silence", [])

    def served(self, prompt):
        calls = [{"jsonrpc": "2.0", "id": 1, "method": "initialize",
                  "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}},
                 {"jsonrpc": "2.0", "method": "notifications/initialized"},
                 {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "load", "arguments": {"task": prompt}}}]
        out = self.run("mcp", feeds="".join(json.dumps(call) + "\n" for call in calls))[1]
        answer = json.loads(out.strip().splitlines()[-1])["result"]
        text = answer["content"][0]["text"]
        if "_meta" in answer:  # what is offered beside it comes below its text
            return "load", answer["_meta"]["cascade/certificate"]["roots"]
        return ("offer", re.findall(rf"^- ({ID})", text, re.M)) if re.search("^may fit", text, re.M) else ("silence", [])

    def why(self, prompt, about):
        """What `why` says of one of the manifests, for a prompt that asks for one thing."""
        told = self.run("why", about, "--prompt", prompt)[1]
        said = re.search(r"^for this prompt: (\S+)(.*)", told, re.M)
        return (said.group(1), re.findall(ID, said.group(2).partition("; offer")[0])) if said else None


def differs(home, prompt):
    """None, or who says what."""
    decision, names, said = home.route(prompt)
    answers = {"route": (decision, names), "hook": home.hook(prompt), "bundle": home.bundle(prompt), "page": home.page(prompt),
               "mcp": home.served(prompt)}
    about = names[0] if names else said["ranked"][0]["id"] if said["ranked"] else None
    if about and len(said["needs"]) == 1:
        answers["why"] = home.why(prompt, about)
    shown = {who: answer and (answer[0], sorted(answer[1])) for who, answer in answers.items()}
    return None if all(answer == shown["route"] for answer in shown.values()) else shown


def readme_example(source):
    """The prompt on the first screen, the first line that `route` prints for it there, and the tokens that the hook tells."""
    text = (source / "README.md").read_text(encoding="utf-8")
    prompt, line = re.search(r'^cascade route "([^"]+)" +# (load \S+)', text, re.M).groups()
    assert f"> {prompt}\n" in text, "the first screen shows what another prompt brings"
    return prompt, line, int(re.search(r"^cascade: loaded \S+, (\d+) tokens", text, re.M).group(1))


def main():
    program, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    corpora = source.resolve().parent / "shared/corpora"
    if not corpora.is_dir():
        print("skipped: there are no public skills in ../shared/corpora")
        return 77
    prompts = (source / "tests/cli/one_answer.txt").read_text(encoding="utf-8").splitlines()
    assert len(prompts) == 60
    with tempfile.TemporaryDirectory() as folder:
        home = Home(program, corpora, folder)
        assert home.run("index")[0] == 0
        prompt, line, tokens = readme_example(source)
        assert home.run("route", prompt)[1].splitlines()[0] == line, home.run("route", prompt)[1]
        assert home.hook(prompt) == ("load", [line.split()[1]])
        told = int(re.search(r"(\d+) tokens", json.loads(home.answered(prompt))["systemMessage"]).group(1))
        assert abs(told - tokens) * 20 <= told, f"the first screen says {tokens} tokens, the hook {told}"
        wrong = {prompt: shown for prompt in prompts if (shown := differs(home, prompt))}
        for prompt, shown in wrong.items():
            print(prompt, *(f"  {who}: {answer}" for who, answer in shown.items()), sep="\n")
        print(f"the same in {len(prompts) - len(wrong)} of {len(prompts)}")
        return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
