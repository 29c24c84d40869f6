#!/usr/bin/env python3
"""Reports what makes an image large, slow to build, unsafe or hard to stop, from its Dockerfile alone.

usage: check_dockerfile.py DOCKERFILE

Findings: a base without a version, the last stage as root, shell-form CMD or ENTRYPOINT, the source copied before the
first install, apt lists kept, secrets in ARG or ENV, ADD of an address, no .dockerignore beside the context. Standard library.
Exit 0: no findings; 1: findings (line: text); 2: wrong call or unreadable file.
"""
import os
import re
import sys

INSTALL = re.compile(r"\b(npm (ci|i|install)|pnpm (i|install)|yarn( install)?|pip3? install|uv (sync|pip)|poetry install|bundle install|"
                     r"composer install|go mod download|cargo (fetch|build)|mvn|gradlew?|dotnet restore)\b")
SECRET = re.compile(r"(?:^|\s)(\w*(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_KEY)\w*)(?=[ =]|$)", re.IGNORECASE)
# Settings about a secret that are none themselves: where it lies, how long it lives or must be, what it is called.
ABOUT = re.compile(r"_(FILE|PATH|DIR|TTL|LENGTH|MIN|MAX|NAME|HEADER|URL|ENDPOINT|EXPIRY|EXPIRES?_IN|EXPIRATION|LIFETIME|ISSUER|AUDIENCE|TYPE|ID|"
                   r"ALGORITHM|LIMIT|SECONDS|MINUTES|DAYS)$|^MAX_|_(MIN|MAX)_", re.IGNORECASE)


def instructions(text):
    """(line number, word, rest), continued lines joined, comments and heredoc bodies left out."""
    lines, i = text.splitlines(), 0
    while i < len(lines):
        number, whole = i + 1, lines[i]
        while whole.rstrip().endswith("\\") and i + 1 < len(lines):
            i += 1
            whole = whole.rstrip()[:-1] + " " + ("" if lines[i].lstrip().startswith("#") else lines[i])
        i += 1
        heredoc = re.search(r"<<-?['\"]?(\w+)", whole)
        while heredoc and i < len(lines):
            whole, i = whole + "\n" + lines[i], i + 1
            if lines[i - 1].strip() == heredoc.group(1):
                break
        if whole.strip() and not whole.lstrip().startswith("#"):
            word, _, rest = whole.strip().partition(" ")
            yield number, word.upper(), rest.strip()


def findings_of(text):
    stages, stage, user, copied, listed, fetched = set(), {"base": "", "line": 0}, "", 0, False, False
    for number, word, rest in instructions(text):
        if word == "FROM":
            parts = [p for p in rest.split() if not p.startswith("--")]
            base, user, copied, listed, fetched = parts[0], "", 0, False, False
            known = base.lower() in stages or base == "scratch" or "$" in base
            if not known and "@sha256:" not in base and (":" not in base.split("/")[-1] or base.endswith(":latest")):
                yield number, "base without a version: " + base
            if len(parts) > 2 and parts[1].upper() == "AS":
                stages.add(parts[2].lower())
            stage = {"base": base, "line": number}
        elif word == "USER":
            user = rest
        elif word in ("COPY", "ADD"):
            places = [p for p in rest.split() if not p.startswith("--")]
            if word == "ADD" and re.match(r"https?://", places[0]) and "--checksum" not in rest:
                yield number, "ADD of an address without --checksum"
            if places[0] in (".", "./") and "--from" not in rest:
                copied = number
            listed = listed or not copied and "--from" not in rest
        elif word == "RUN":
            if INSTALL.search(rest) and not copied:  # a second one finds what the first fetched by the list
                fetched = fetched or listed or "type=bind" in rest
            if INSTALL.search(rest) and copied and not fetched:
                yield number, "install after the source was copied (line %d): each change reinstalls" % copied
            if re.search(r"apt(-get)? install", rest) and "/var/lib/apt" not in rest:
                yield number, "apt lists stay in the layer"
        elif word in ("CMD", "ENTRYPOINT") and not rest.startswith("["):
            yield number, "shell-form %s: the program is not PID 1 and gets no SIGTERM" % word
        if word in ("ARG", "ENV") and any(not ABOUT.search(name) for name in SECRET.findall(rest)):
            yield number, "a secret in %s stays in the history" % word
    if re.split(r":", user)[0] in ("", "root", "0") and not re.search(r"nonroot", stage["base"]):
        yield stage["line"], "the last stage runs as root"


def main(arguments):
    if len(arguments) != 1:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    try:
        with open(arguments[0], encoding="utf-8") as file:
            found = sorted(findings_of(file.read()))
    except (OSError, ValueError, IndexError) as fault:
        print("check_dockerfile: %s" % fault, file=sys.stderr)
        return 2
    folder = os.path.dirname(os.path.abspath(arguments[0]))
    if not os.path.exists(os.path.join(folder, ".dockerignore")) and not os.path.exists(arguments[0] + ".dockerignore"):
        found.append((0, "no .dockerignore: .git, .env and node_modules go into the context"))
    for number, text in found:
        print("%d: %s" % (number, text))
    print("%d findings" % len(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
