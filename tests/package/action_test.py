#!/usr/bin/env python3
"""The action for GitHub unpacks an archive only if it is the one whose sum is given, and from an address never without one.

Usage: action_test.py"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def step(wanted):
    """The shell of the action's step of this name."""
    lines, name, taken = [], None, False
    for line in (ROOT / "action.yml").read_text(encoding="utf-8").split("\n"):
        if line.strip().startswith("- name: "):
            name, taken = line.strip()[8:], False
        elif line.strip() == "run: |":
            taken = name == wanted
        elif taken:
            lines.append(line[8:])
    assert lines, "action.yml has no step " + wanted
    return "\n".join(lines)


def main():
    shell, faults = step("Have cascade"), 0
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        (scratch / "packed/cascade-1/bin").mkdir(parents=True)
        (scratch / "packed/cascade-1/bin/cascade").write_text("echo it is here\n")
        archive = scratch / "cascade.tar.gz"
        subprocess.run(["tar", "-czf", archive, "-C", scratch / "packed", "cascade-1"], check=True)
        good = hashlib.sha256(archive.read_bytes()).hexdigest()
        for where, given, unpacks in ((archive, good, True), (archive, good + "  cascade-1-linux-x86_64.tar.gz", True), (archive, "", True),
                                      (archive, "0" * 64, False), ("https://127.0.0.1:9/cascade.tar.gz", "", False)):
            home = scratch / "home"
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            run = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", shell], capture_output=True, text=True,
                                 env=dict(os.environ, HOME=str(home), INPUT_ARCHIVE=str(where), INPUT_SHA256=given,
                                          GITHUB_PATH=str(home / "path")))
            found = (home / ".local/bin/cascade").exists()
            told = unpacks or "::error::" in run.stdout
            if found != unpacks or (run.returncode == 0) != unpacks or not told:
                faults += 1
                print("%s with %r: exit %d, unpacked %s\n%s%s" % (where, given, run.returncode, found, run.stdout, run.stderr))
    print("5 archives, %d treated wrongly" % faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
