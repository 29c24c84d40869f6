#!/usr/bin/env python3
"""The build's lists of sources are the same wherever the clone lies: below folders that are called like those of src, with blanks
and letters of other scripts in its path. Configures two copies and compares what they would compile.

Usage: places_test.py; exit 77 without git or ninja."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
PLACES = ["plain", "check/lib/store/systems/recall/core/cli/route/lexicon", "two words/Über наш/名前"]


def copy_to(folder):
    """The tree's own files, without what lies in the folder of a build."""
    folder.mkdir(parents=True)
    names = subprocess.run(["git", "-C", SOURCE, "ls-files", "-z", "CMakeLists.txt", "src", "include", "cmake", "docs", "prompts"],
                           check=True, capture_output=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if (SOURCE / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(SOURCE / name, folder / name)
    for script in folder.glob("cmake/*.sh"):
        script.chmod(0o755)


def compiled(folder):
    """What ninja would compile into which target, as paths below the build."""
    build = folder / "built"
    made = subprocess.run(["cmake", "-S", folder, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DCASCADE_TESTS=OFF",
                           "-DCASCADE_INSTALL=OFF"], capture_output=True, text=True)
    if made.returncode != 0:
        return None, made.stderr
    targets = subprocess.run(["ninja", "-C", build, "-t", "targets", "all"], check=True, capture_output=True, text=True).stdout
    return sorted(set(re.findall(r"^(\S*CMakeFiles/.*\.o): CXX_COMPILER", targets, re.M))), ""


def main():
    if not shutil.which("git") or not shutil.which("ninja") or not (SOURCE / ".git").exists():
        print("skipped: there is no git, ninja or repository here")
        return 77
    with tempfile.TemporaryDirectory() as scratch:
        lists = {}
        for place in PLACES:
            folder = pathlib.Path(scratch) / place / "main"
            copy_to(folder)
            lists[place], fault = compiled(folder)
            if lists[place] is None:
                print("%s: cannot be configured\n%s" % (place, fault))
                return 1
    usual = lists[PLACES[0]]
    if len(usual) < 100:
        print("only %d objects: the list cannot be right" % len(usual))
        return 1
    faults = 0
    for place in PLACES[1:]:
        for name in sorted(set(usual) ^ set(lists[place])):
            faults += 1
            print("%s: %s %s" % (place, "lacks" if name in usual else "adds", name))
    print("%d objects in each of %d places, %d differ" % (len(usual), len(PLACES), faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
