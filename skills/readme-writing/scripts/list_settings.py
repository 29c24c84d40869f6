#!/usr/bin/env python3
"""Lists the environment variables that the code of a project reads: one line each, NAME, a tab, the first place.

usage: list_settings.py [FOLDER]... [--names] [--table README.md]
  --names   the names alone, sorted, for `comm`
  --table   compares them with that file's tables whose first heading says variable, setting or environment:
            `+ NAME` is read and not told, `- NAME` is told and read nowhere

Reads source files as text, so what is put together while the program runs is printed as `?` with its place (not with
--names). Tests, dependencies, build results and files that git ignores are left out.
Exit 0: read, and with --table nothing differs; 1: something differs, or no variable was found; 2: misuse.
"""
import argparse
import collections
import os
import re
import subprocess
import sys

N = r"([A-Za-z_][A-Za-z0-9_]*)"
Q = r"[\"'`]" + N + r"[\"'`]"
HERE = r"(?<![\w.])"
# Files' ends, what reads a setting there, with the name as a group. The last column of the language is its own dialect.
FORMS = [
    ("js jsx ts tsx mjs cjs mts cts vue svelte astro", r"\b(?:process|Bun|Deno|meta)\.env(?:\?)?\.(?!get\b|has\b|toObject\b)" + N + r"|\b(?:process|Bun|meta)\.env(?:\?\.)?\[\s*" + Q
     + r"|\bDeno\.env\.(?:get|has)\(\s*" + Q + r"|\benv\.get\(\s*" + Q),
    ("py", r"\benviron(?:\.(?:get|pop|setdefault)\(|\[)\s*" + Q + r"|\bgetenvb?\(\s*" + Q
     + r"|" + HERE + r"env(?:\.\w+)?\(\s*" + Q + r"|" + HERE + r"config\(\s*[\"']([A-Z][A-Z0-9_]*)[\"']|\benvvar\s*=\s*\[?\s*" + Q
     + r"|\b(?:validation_)?alias\s*=\s*[\"']([A-Z][A-Z0-9_]*)[\"']|[\"']" + N + r"[\"']\s+(?:not\s+)?in\s+(?:os\.)?environ\b"),
    ("go", r"\b(?:Getenv|LookupEnv)\(\s*" + Q + r"|\b(?:env|envconfig)\s*:\s*\"" + N + r"|\bBindEnv\([^)]*?,\s*" + Q),
    ("rs", r"\benv::var(?:_os)?\(\s*" + Q + r"|" + HERE + r"(?:var|var_os)\(\s*" + Q + r"|\b(?:option_)?env!\(\s*" + Q + r"|\benv\s*=\s*\"" + N + r"\""),
    ("java kt kts scala groovy", r"\bgetenv\(\s*(?:\)\s*(?:\.get\(|\[)\s*)?" + Q + r"|\bsys\.env(?:\.get(?:OrElse)?)?\(\s*" + Q + r"|\$\{([A-Z][A-Z0-9_]*)(?=[:}])"),
    ("properties yml yaml toml conf env.example", r"\$\{([A-Z][A-Z0-9_]*)(?=[:}?-])|%env\((?:\w+:)*" + N + r"\)%"),
    ("rb erb rake ru", r"\bENV(?:\.(?:fetch|key\?|has_key\?|dig)\(?\s*|\[)\s*" + Q),
    ("php", r"\bgetenv\(\s*" + Q + r"|" + HERE + r"env\(\s*" + Q + r"|\$_(?:ENV|SERVER)\[\s*[\"']([A-Z][A-Z0-9_]*)[\"']"),
    ("cs fs vb", r"\bGetEnvironmentVariable\(\s*" + Q + r"|\bConfiguration(?:\?)?\[\s*\"([A-Za-z][\w:]*)\"|\bGetValue<[\w?]+>\(\s*\"([A-Za-z][\w:]*)\""),
    ("c h cc cpp cxx hpp m mm", r"\b(?:secure_|q)?getenv\(\s*" + Q + r"|\bqEnvironmentVariable(?:IsSet|IntValue)?\(\s*" + Q),
    ("ex exs", r"\bSystem\.(?:get_env|fetch_env!?)\(\s*" + Q),
    ("swift", r"\benvironment\[\s*" + Q),
    ("dart", r"\bPlatform\.environment\[\s*" + Q + r"|\bfromEnvironment\(\s*" + Q),
    ("pl pm t", r"\$ENV\{\s*[\"']?" + N),
    ("lua", r"\bos\.getenv\(?\s*" + Q),
    ("r R jl", r"\bSys\.getenv\(\s*" + Q + r"|\bENV\[\s*" + Q + r"|\bget\(ENV,\s*" + Q),
    ("hs ml nim zig cr", r"\b(?:lookupEnv|getEnv|getenv|getenv_opt|getEnvVarOwned)\s*\(?(?:\w+,\s*)?" + Q + r"|\bENV(?:\.fetch\(|\[)\s*" + Q),
    ("ps1 psm1", r"\$\{?[Ee]nv:" + N),
    ("sh bash zsh", r"\$\{([A-Z][A-Z0-9_]*):?[-?=+]"),
]
UNPACKED = re.compile(r"\{([^{}]*)\}\s*=\s*(?:process|import\.meta)\.env\b")
# A schema that is laid over process.env: zod, valibot, envalid, t3-env.
SCHEMA = re.compile(r"\b(?:parse|safeParse|cleanEnv|validate)\([^()]*\bprocess\.env\b|\bcreateEnv\(\s*\{")
KEY = re.compile(r"(?:^|[{,])\s*" + N + r"\s*:\s*(?=(?:z|v|t|S|Joi|yup|type)\.|(?:str|num|bool|port|url|host|email|json)\()", re.M)
ALIAS = re.compile(r"^[ \t]*(\w+)\s*=\s*(?:os\.)?environ[ \t]*$", re.M)
SETTINGS = re.compile(r"^class\s+\w+\([^)]*\bBaseSettings\b[^)]*\):\n((?:[ \t]+.*\n|\s*\n)*)", re.M)
UNKNOWN = re.compile(r"\b(?:process\.env|os\.environ|ENV|\$_ENV)\[\s*[A-Za-z_$]|\b(?:getenv|Getenv|LookupEnv|env::var|GetEnvironmentVariable)\(\s*[A-Za-z_&]")
LEFT_OUT = re.compile(r"(^|/)(node_modules|vendor|third_party|dist|build|target|\.venv|venv|\.git|tests?|__tests__|spec)(/|$)|(_test|\.test|\.spec|_spec)\.\w+$|(^|/)test_[^/]*$")
# Of the system or the shell, not of this project.
COMMON = set("HOME PATH PWD USER SHELL TERM LANG LC_ALL TMPDIR EDITOR PAGER IFS BASH_SOURCE RANDOM SECONDS HOSTNAME REQUEST_METHOD REQUEST_URI "
             "REMOTE_ADDR HTTP_HOST SERVER_NAME DOCUMENT_ROOT SCRIPT_NAME QUERY_STRING PHP_SELF".split())


def form_of(name):
    end = name.rsplit(".", 1)[-1]
    if name.startswith(".env.") or re.match(r"(docker-)?compose.*\.ya?ml$", name):
        end = "yaml"
    return next((re.compile(form) for ends, form in FORMS if end in ends.split()), None)


def files_of(folder):
    if not os.path.isdir(folder):
        return [folder]
    listed = subprocess.run(["git", "-C", folder, "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        found = listed.stdout.splitlines()
    else:
        found = [os.path.relpath(os.path.join(top, name), folder) for top, _, names in os.walk(folder) for name in names]
    return [os.path.join(folder, name) for name in sorted(found) if not LEFT_OUT.search(name)]


def pydantic(body, whole):
    prefix = re.search(r"env_prefix\s*=\s*[\"'](\w*)[\"']", body) or re.search(r"env_prefix\s*=\s*[\"'](\w*)[\"']", whole)
    for hit in re.finditer(r"^[ \t]+([a-z_]\w*)[ \t]*:(?![^\n]*alias\s*=)", body, re.M):
        if hit.group(1) != "model_config":
            yield hit.start(), ((prefix.group(1) if prefix else "") + hit.group(1)).upper()


def names_in(path, text, form):
    """(offset, name), and (offset, None) where the name is not known before the program runs."""
    for hit in form.finditer(text):
        yield hit.start(), next(group for group in hit.groups() if group)
    for hit in UNPACKED.finditer(text):
        for part in hit.group(1).split(","):
            name = re.match(r"\s*" + N, part)
            if name:
                yield hit.start(), name.group(1)
    if SCHEMA.search(text):
        for hit in KEY.finditer(text):
            yield hit.start(1), hit.group(1)
    if path.endswith(".py"):
        for name in set(ALIAS.findall(text)):
            for hit in re.finditer(r"\b" + name + r"(?:\.get\(|\[)\s*[\"']" + N, text):
                yield hit.start(), hit.group(1)
        for hit in SETTINGS.finditer(text):
            for at, name in pydantic(hit.group(1), text):
                yield hit.start(1) + at, name
    for hit in UNKNOWN.finditer(text):
        yield hit.start(), None


def told_in(path):
    """Names in the first column of tables whose first heading speaks of a variable, a setting or the environment."""
    names, head = set(), None
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            cell = re.match(r"\s*\|\s*`?([^|`]*?)`?\s*\|", line)
            head = None if not cell else cell.group(1) if head is None else head
            if cell and re.search(r"variable|setting|\benv", head, re.I) and re.fullmatch(r"\w*[A-Z_:][\w:]*", cell.group(1)):
                names.add(cell.group(1))
    return names - {head for head in names if re.fullmatch(r"(?i)variables?|settings?|name", head)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", default=["."])
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--table")
    asked = parser.parse_args()
    found, unknown = collections.OrderedDict(), []
    try:
        for path in (path for folder in asked.folders for path in files_of(folder)):
            form = form_of(os.path.basename(path))
            if not form or not os.path.isfile(path) or os.path.getsize(path) > 2000000:
                continue
            with open(path, encoding="utf-8", errors="replace") as file:
                text = file.read()
            for at, name in sorted(names_in(path, text, form), key=lambda item: item[0]):
                place = "%s:%d" % (path, text.count("\n", 0, at) + 1)
                if name is None:
                    unknown.append(place)
                elif name not in COMMON:
                    found.setdefault(name, place)
        told = told_in(asked.table) if asked.table else set()
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    if asked.table:
        for name in sorted(set(found) - told):
            print("+ %s\t%s" % (name, found[name]))
        for name in sorted(told - set(found)):
            print("- %s" % name)
        return 1 if set(found) ^ told else 0
    for name in sorted(found):
        print(name if asked.names else "%s\t%s" % (name, found[name]))
    if not asked.names:
        for place in unknown:
            print("?\t%s" % place)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
