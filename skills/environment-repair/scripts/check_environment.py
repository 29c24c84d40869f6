#!/usr/bin/env python3
"""Says whether the Python that runs this is a complete environment of its own: run it with that interpreter.

usage: check_environment.py [REQUIREMENTS.txt]

Findings: the system's interpreter instead of a virtual environment, folders outside it on the path, `pip` and `python3`
of the PATH that belong elsewhere, installed distributions whose own demands are missing or of another version, and lines
of REQUIREMENTS that are not met (with those of files that it names by -r; paths and addresses are left out). Standard library only (packaging, where pip brings it).
Exit 0: no findings; 1: findings; 2: wrong call.
"""
import importlib.metadata as metadata
import os
import re
import shutil
import sys

try:
    from packaging.requirements import Requirement
except ImportError:
    try:
        from pip._vendor.packaging.requirements import Requirement
    except ImportError:
        Requirement = None


def unmet(text, extra=""):
    """What is wrong with one requirement, or nothing."""
    if Requirement is None:
        name = re.match(r"\w[\w.-]*(?=\s*(?:[\[<>=!~;@]|$))", text)
        if not name:
            return ""
        try:
            metadata.version(name.group(0))
            return ""
        except metadata.PackageNotFoundError:
            return "missing: " + text
    try:
        wanted = Requirement(text)
    except ValueError:  # a path, an address or an archive: pip knows what it is called
        return ""
    if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
        return ""
    try:
        have = metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return "missing: " + text
    return "" if wanted.specifier.contains(have, prereleases=True) else "%s is %s, wanted %s" % (wanted.name, have, wanted.specifier)


def lines_of(path, seen):
    """The requirements of a file, continued lines joined, and those of the files that it names."""
    if os.path.realpath(path) in seen:
        return
    seen.add(os.path.realpath(path))
    with open(path, encoding="utf-8-sig") as file:
        text = re.sub(r"\\\r?\n", " ", file.read())
    for line in text.splitlines():
        text = re.split(r"(?:^|\s)#|\s--", line)[0].strip()
        other = re.match(r"(?:-r|--requirement)[ =]*(\S+)", line.strip())
        if other:
            yield from lines_of(os.path.join(os.path.dirname(path), other.group(1)), seen)
        elif text and not text.startswith("-"):
            yield text


def findings(requirements):
    if sys.prefix == sys.base_prefix:
        yield "no virtual environment: %s is the system's" % sys.executable
    for name in ("PYTHONPATH", "PYTHONHOME"):
        if os.environ.get(name):
            yield "%s is set: %s" % (name, os.environ[name])
    for program in ("python3", "pip"):
        place = shutil.which(program)
        if place and os.path.dirname(os.path.abspath(place)) != os.path.dirname(os.path.abspath(sys.executable)):
            yield "%s on the PATH is another one: %s" % (program, place)
    for one in metadata.distributions():
        for text in one.requires or ():
            fault = unmet(text)
            if fault:
                yield "%s: %s" % (one.metadata["Name"], fault)
    for text in requirements:
        fault = unmet(text)
        if fault:
            yield "requirements: " + fault


def main(arguments):
    if len(arguments) > 1 or arguments[:1] in (["-h"], ["--help"]):
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    try:
        lines = list(lines_of(arguments[0], set())) if arguments else []
    except (OSError, UnicodeDecodeError) as fault:
        print("check_environment: %s" % fault, file=sys.stderr)
        return 2
    found = sorted(set(findings(lines)))
    print("%s, Python %s" % (sys.executable, sys.version.split()[0]))
    print("\n".join(found + ["%d findings" % len(found)]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
