#!/usr/bin/env python3
"""Compares `cascade listing show --client X` with what Codex, Gemini CLI, Copilot CLI and OpenCode tell the model of
skills, to the character.

usage: listed_test.py CASCADE [CLIENT...] [--seed N] [--record]

Two sorts of libraries are laid out. One is made to be difficult: names and descriptions at the limits, several alphabets,
signs, one name in several folders. What the clients made of it is kept in tests/client/recorded/listed/, and Cascade is
compared with that wherever this runs. The others are drawn by --seed and only compared where the clients are installed
($CASCADE_CLIENTS, else build/clients; scripts/clients installs them). --record writes the recordings anew.

Gemini CLI and OpenCode read folders as they come: their order, and which of two skills of one name OpenCode takes, differ
from run to run. Gemini's entries are compared without their order, and OpenCode gets no name twice.

Exit status 0: all passed, 1: some failed, 77: skipped, with the reason.
"""
import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
HARNESS = os.path.join(os.path.dirname(ROOT), "shared", "harness", "clients")
CORPORA = os.path.join(os.path.dirname(ROOT), "shared", "corpora")
RECORDED = os.path.join(HERE, "recorded", "listed")
NAMES = ["codex", "gemini", "copilot", "opencode"]
OWN = {"codex": ["imagegen", "openai-docs", "skill-creator", "skill-installer"],
       "gemini": ["skill-creator", "antigravity-support"], "copilot": ["customize-cloud-agent", "github-pr-media"],
       "opencode": ["customize-opencode"]}
WORDS = ("heap snapshot compare owner growth bytes use when memory grows and nothing else helps: \"quoted\" 'single' <tag> & "
         "amp, naïve café 日本語 emoji🎉 — dash deploy the service to staging; rollback if health fails").split()
PARTS = "alpha beta deploy hunt heap trace review plan split merge log ship zeta query".split()


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


class Library:
    """Files below a folder with `project` and `home`."""

    def __init__(self, folder):
        self.folder = folder
        for part in ("project", "home"):
            os.makedirs(os.path.join(folder, part))

    def write(self, path, text):
        path = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def skill(self, folder, name, description, called=None, extra="", where="project"):
        self.write(f"{where}/{folder}/skills/{name}/SKILL.md",
                   f"---\nname: {called or name}\ndescription: {description}\n{extra}---\nDo it.\n")


def difficult(library, twice):
    """`twice`: with names that several folders have."""
    shared = [".agents", ".claude"]
    for folder in shared:
        end = folder[1:]
        library.skill(folder, f"user-{end}", quoted(f"The user's of {folder}"), where="home")
        library.skill(folder, f"folder-{end}", '"Is called otherwise"', called=f"called-{end}")
        library.skill(folder, f"group-{end}/inner-{end}", '"Lies deeper"', called=f"inner-{end}")
        library.write(f"project/{folder}/skills/silent-{end}/SKILL.md", f"---\nname: silent-{end}\n---\nThe body speaks.\n")
        library.write(f"project/{folder}/skills/bare-{end}/SKILL.md", "# Heading\n\nNo front matter.\n")
        library.write(f"project/{folder}/skills/nameless-{end}/SKILL.md", "---\ndescription: No name\n---\nBody\n")
        library.write(f"project/{folder}/skills/crlf-{end}/SKILL.md",
                      f"---\r\nname: crlf-{end}\r\ndescription: Carriage returns\r\n---\r\nBody\r\n")
        library.skill(folder, f"empty-{end}", '""')
        library.skill(folder, f"manual-{end}", '"By hand"', extra="disable-model-invocation: true\n")
        library.skill(folder, f"block-{end}", "|\n  One line.\n  Another.\n\n  Behind a gap.")
        library.skill(folder, f"folded-{end}", ">\n  One line.\n  Another.\n", extra="license: MIT\n")
        library.skill(folder, f"spaced-{end}", '"ends with blanks   "')
        library.skill(folder, f"tabs-{end}", '"a\\tb   c\\n\\nd"')
        for size in (1023, 1024, 1025, 1537):
            library.skill(folder, f"x{size}-{end}", quoted(("x" * 99 + " ") * 20)[:size + 1] + '"')
        library.skill(folder, f"accents-{end}", quoted("é" * 1024))
        library.skill(folder, f"wide-{end}", quoted("🎉" * 513))
        for number, name in enumerate(["has space", "dot.name", "co:lon", "n" * 64, "m" * 65, "-lead", "trail-", "dou--ble", "UP",
                                       'q"uote', "a&b", "a<b", "a'b", "plus+", "9num", "_under", "ünïcode", "名", "a10", "a9"]):
            library.skill(folder, f"name-{number:02}-{end}", '"An odd name"', called=quoted(name + end[:1]))
    for folder in (".gemini", ".codex", ".github", ".opencode", ".cursor"):
        library.skill(folder, f"only-{folder[1:]}", quoted(f"Of {folder}"))
    for folder in (".gemini", ".codex", ".copilot", ".config/opencode", ".cursor"):
        library.skill(folder, f"home-{folder[-5:]}", quoted(f"The user's of {folder}"), where="home")
    if twice:
        for number, (first, second) in enumerate([
                (".agents project", ".claude project"), (".agents project", ".agents home"), (".codex project", ".agents project"),
                (".github project", ".claude project"), (".gemini project", ".agents project"), (".gemini home", ".agents home"),
                (".copilot home", ".agents home"), (".codex home", ".agents home"), (".gemini project", ".agents home")]):
            for place in (first, second):
                folder, where = place.split()
                library.skill(folder, f"twice-{number}", quoted(f"Of {place}"), where=where)


def drawn(library, random_, count, least, most, folder):
    names = set()
    while len(names) < count:
        name = "-".join(random_.choice(PARTS) for _ in range(random_.randint(1, 4)))
        names.add(name + (str(random_.randint(0, 99)) if random_.random() < 0.5 else ""))
    for name in sorted(names):
        size, text = random_.randint(least, most), ""
        while len(text) < size:
            text += random_.choice(WORDS) + " "
        library.skill(folder, name, quoted(text[:size].strip()))


def block_of(client, text):
    """The lines about skills, without those of the client's own."""
    if client == "codex":
        block = text[text.index("### Available skills\n") + len("### Available skills\n"):]
        lines = block[:block.index("</skills_instructions>")].splitlines(True)
        return "".join(line for line in lines if not any(line.startswith(f"- {own}:") for own in OWN[client]))
    block = text[text.rindex("<available_skills>\n") + len("<available_skills>\n"):]
    block = block[:block.index("</available_skills>")]
    for own in OWN[client]:
        block = re.sub(rf" *<skill>\n *<name>{own}</name>\n.*?</skill>\n", "", block, flags=re.S)
    block = block.replace(", " + ", ".join(OWN[client]) + "\n", "\n")
    return re.sub(r"(Additional skills available[^\n]*)\n$", r"\1", block)


def told(client, program, folder):
    """What the client told the model, with its own folders' paths."""
    from run import Run, strings  # pylint: disable=import-error,import-outside-toplevel
    subprocess.run(["git", "init", "-q", f"{folder}/project"], check=True)
    run = Run(client, program, folder, None).talk(["hello there"])
    texts = [text for request in run.requests() for _, text in strings(request["body"])]
    mark = "### Available skills\n" if client == "codex" else "<available_skills>\n"
    if not any(mark in text for text in texts):
        raise RuntimeError(f"{client} listed nothing: {run.output or run.code}")
    return block_of(client, next(text for text in texts if mark in text)).replace(folder, "$DIR")


def modelled(cascade, client, folder):
    env = {name: value for name, value in os.environ.items()
           if name not in ("CODEX_HOME", "COPILOT_HOME", "XDG_CONFIG_HOME", "CASCADE_MODEL")}
    result = subprocess.run([cascade, "listing", "show", "--client", client, "--format", "json"], capture_output=True,
                            text=True, cwd=f"{folder}/project", check=True,
                            env={**env, "HOME": f"{folder}/home", "CASCADE_CACHE": ""})
    text = "".join(line.get("text", "") for line in json.loads(result.stdout)["skills"]["lines"])
    if client == "gemini":  # each name stands twice more, in a tool's description and among its values
        text = re.sub(r"(</skill>\n)'([^\n]*)', \"\2\",\n", r"\1", text)
    return text.replace(os.path.realpath(folder), "$DIR")


def in_order(client, block):
    if client != "gemini":
        return block.splitlines(True)
    return sorted(re.findall(r" *<skill>.*?</skill>\n", block, flags=re.S))


def difference(client, recorded, model):
    """Where the first difference is, or an empty text."""
    left, right = in_order(client, recorded), in_order(client, model)
    for number in range(max(len(left), len(right))):
        pair = [lines[number] if number < len(lines) else "" for lines in (left, right)]
        if pair[0] != pair[1]:
            return f"entry {number}: the client has {pair[0][:300]!r}, Cascade {pair[1][:300]!r}"
    return ""


def lay_out(client, make):
    """A new folder with what `make` writes."""
    folder = os.path.realpath(tempfile.mkdtemp(prefix=f"cascade-listed-{client}-"))
    make(Library(folder))
    return folder


def corpus(name, twice):
    """`twice`: with names that several of its skills have."""
    def make(library):
        source = os.path.join(CORPORA, name)
        names = set()
        for place, _, files in sorted(os.walk(source)):
            if "SKILL.md" in files and "/.git" not in place:
                with open(os.path.join(place, "SKILL.md"), encoding="utf-8") as file:
                    named = re.search(r"^name: *(.*?) *$", file.read(), re.M)
                own = named.group(1) if named else place
                target = os.path.join(library.folder, "project", ".agents", "skills", os.path.basename(place))
                if not os.path.exists(target) and (twice or own not in names):
                    names.add(own)
                    shutil.copytree(place, target)
    return make


def libraries(client, seed):
    """(name, what writes it): those that only installed clients are compared on."""
    folder = ".claude" if client in ("copilot", "opencode") and seed % 2 else ".agents"
    for number, (count, least, most) in enumerate([(9, 1, 1500), (55, 20, 500), (120, 5, 900), (430, 20, 200)]):
        def make(library, number=number, count=count, least=least, most=most):
            drawn(library, random.Random(f"{seed}-{number}"), count, least, most, folder)
        yield f"{count} drawn", make
    for name in ("superpowers", "my-workflow", "wshobson-agents", "context-cascade") if os.path.isdir(CORPORA) else ():
        yield name, corpus(name, client != "opencode")


def compare(what, client, recorded, model):
    found = difference(client, recorded, model)
    print(f"{client}, {what}: " + (f"DIFFERENT: {found}" if found else f"equal, {len(recorded)} characters"), flush=True)
    return 1 if found else 0


def try_client(client, program, cascade, args):
    failed = 0
    folder = lay_out(client, lambda library: difficult(library, client != "opencode"))
    record = os.path.join(RECORDED, f"{client}.txt")
    try:
        model = modelled(cascade, client, folder)
        if program and args.record:
            os.makedirs(RECORDED, exist_ok=True)
            with open(record, "w", encoding="utf-8") as file:
                file.write(told(client, program, folder))
        with open(record, encoding="utf-8", newline="") as file:
            failed += compare("the difficult one, as recorded", client, file.read(), model)
        if program:
            failed += compare("the difficult one", client, told(client, program, folder), model)
    finally:
        shutil.rmtree(folder)
    for name, make in libraries(client, args.seed) if program else ():
        if args.only and args.only not in name:
            continue
        folder = lay_out(client, make)
        try:
            model = modelled(cascade, client, folder)  # before the client writes its own skills into the home
            failed += compare(name, client, told(client, program, folder), model)
        finally:
            shutil.rmtree(folder)
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cascade")
    parser.add_argument("clients", nargs="*", metavar="CLIENT", help=" ".join(NAMES))
    parser.add_argument("--seed", type=int, default=25)
    parser.add_argument("--only", help="of the libraries, those whose name holds this")
    parser.add_argument("--record", action="store_true")
    args = parser.parse_intermixed_args()
    folder = os.environ.get("CASCADE_CLIENTS") or os.path.join(ROOT, "build", "clients")
    failed = 0
    for client in args.clients or NAMES:
        program, reason = "", "no ../shared/harness"
        if os.path.isdir(HARNESS):
            sys.path.insert(0, HARNESS)
            from run import program_of  # pylint: disable=import-error,import-outside-toplevel
            program, reason = program_of(client, folder)
        if not program:
            print(f"{client} is not run, compared with its recording alone: {reason or 'not installed'}")
        failed += try_client(client, program, os.path.abspath(args.cascade), args)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
