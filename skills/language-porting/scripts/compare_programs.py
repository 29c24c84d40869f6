#!/usr/bin/env python3
"""Runs an old and a new program on the same cases and compares output, errors, status and written files.

usage: compare_programs.py CASES [--errors] [--timeout S] -- OLD COMMAND... -- NEW COMMAND...

CASES is a folder; each folder in it is a case: `input` (standard input), `args` (one argument a line), `files/` (copied
into an empty folder, in which the program runs). All three may be missing. A command's program is given by an absolute
path or found on the PATH. --errors compares standard error, too; --timeout S ends a run (60).
Exit 0: all cases equal; 1: differences (case, what, first differing byte); 2: wrong call or no case.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile


def run(command, case, seconds):
    """{what: bytes} of one run."""
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder) / "work"
        if (case / "files").is_dir():
            shutil.copytree(case / "files", work)
        else:
            work.mkdir()
        arguments = (case / "args").read_text("utf-8").splitlines() if (case / "args").exists() else []
        given = (case / "input").read_bytes() if (case / "input").exists() else b""
        try:
            done = subprocess.run(command + arguments, input=given, capture_output=True, cwd=work, timeout=seconds, check=False)
            seen = {"status": b"%d" % done.returncode, "output": done.stdout, "errors": done.stderr}
        except subprocess.TimeoutExpired:
            seen = {"status": b"ran out of time", "output": b"", "errors": b""}
        for path in sorted(work.rglob("*")):
            if path.is_file():
                seen["file " + str(path.relative_to(work))] = path.read_bytes()
        return seen


def difference(old, new):
    at = next((i for i, (a, b) in enumerate(zip(old, new)) if a != b), min(len(old), len(new)))
    line = old.count(b"\n", 0, at) + 1
    return "byte %d, line %d: %r against %r" % (at, line, old[max(0, at - 20):at + 20], new[max(0, at - 20):at + 20])


def main(arguments):
    try:
        first = arguments.index("--")
        second = arguments.index("--", first + 1)
        head, old, new = arguments[:first], arguments[first + 1:second], arguments[second + 1:]
        seconds = float(head[head.index("--timeout") + 1]) if "--timeout" in head else 60.0
        cases = sorted(p for p in pathlib.Path(head[0]).iterdir() if p.is_dir())
        if not (old and new and cases):
            raise ValueError("no command or no case")
        count = 0
        for case in cases:
            a, b = run(old, case, seconds), run(new, case, seconds)
            found = ["%s: only the %s one" % (what, "old" if what in a else "new") if (what in a) != (what in b) else "%s: %s" % (what, difference(a[what], b[what]))
                     for what in sorted(set(a) | set(b)) if a.get(what) != b.get(what) and (what != "errors" or "--errors" in head)]
            for text in found:
                print("%s: %s" % (case.name, text))
            count += bool(found)
    except (OSError, ValueError, IndexError) as fault:
        print("compare_programs: %s\n%s" % (fault, __doc__.split("\n\n")[1]), file=sys.stderr)
        return 2
    print("%d cases, %d differ" % (len(cases), count))
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
