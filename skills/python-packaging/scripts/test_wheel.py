#!/usr/bin/env python3
"""Runs a project's tests against its built wheel, in an empty environment and away from the checkout.

usage: test_wheel.py WHEEL TESTS [--with REQUIREMENT]... [--python PYTHON] [-- ARGUMENTS]
  TESTS               folder of tests; a copy of it is run, so what it needs must lie in it
  --with REQUIREMENT  installed beside the wheel (default: pytest); "--with ''" for nothing
  --python PYTHON     interpreter of the environment (default: this one)
  ARGUMENTS           of that interpreter (default: -m pytest -q .), run in the copied folder

Standard library and pip (22.3 or newer), which fetches what the wheel requires. Exit 0: at least one test ran and all
passed; 1: a test failed, or none ran, or all were skipped; 2: wrong call, the wheel cannot be installed, or TESTS holds
the package itself.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

PYTEST = re.compile(r"\b[1-9]\d* passed\b")
UNITTEST = re.compile(r"^Ran (\d+) tests?\b", re.MULTILINE)
SKIPPED = re.compile(r"^OK \(.*\bskipped=(\d+)", re.MULTILINE)
PASSED = re.compile(r"^[.sx]*[.x][.sx]*$|\.\.\. (ok|expected failure)$", re.MULTILINE)


def give_up(text):
    print("test_wheel: " + text, file=sys.stderr)
    raise SystemExit(2)


def modules_of(wheel):
    """The names that the wheel makes importable."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.endswith((".py", ".so", ".pyd"))]
    tops = {name.split("/")[0].split(".")[0] for name in names if ".data/" not in name and ".dist-info/" not in name}
    return sorted(tops - {""})


def has_run(said):
    """Whether a test ran; unittest counts most of those that it skips."""
    ran, skipped = UNITTEST.search(said), SKIPPED.search(said)
    if not ran or ran[1] == "0":
        return bool(PYTEST.search(said))
    return not skipped or int(ran[1]) > int(skipped[1]) or bool(PASSED.search(said))


def main():
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=pathlib.Path)
    parser.add_argument("tests", type=pathlib.Path)
    parser.add_argument("--with", action="append", dest="needs", metavar="REQUIREMENT")
    parser.add_argument("--python", default=sys.executable)
    asked = parser.parse_args(words[:cut])
    command = words[cut + 1:] or ["-m", "pytest", "-q", "."]
    interpreter = shutil.which(asked.python)
    if not interpreter:
        give_up(f"{asked.python} is no interpreter")
    interpreter = os.path.abspath(interpreter)
    if not asked.wheel.is_file() or not zipfile.is_zipfile(asked.wheel):
        give_up(f"{asked.wheel} is no wheel")
    if not asked.tests.is_dir():
        give_up(f"{asked.tests} is no folder")
    modules = modules_of(asked.wheel)
    if not modules:
        give_up(f"{asked.wheel} holds no module")
    inside = [name for name in modules if (asked.tests / name).exists() or (asked.tests / (name + ".py")).exists()]
    if inside:
        give_up(f"{asked.tests} holds {inside[0]} itself, which would be tested instead of the wheel")

    with tempfile.TemporaryDirectory(prefix="test-wheel-") as below:
        folder = pathlib.Path(below)
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        clean["PYTHONNOUSERSITE"] = "1"
        python = folder / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        needs = [need for need in (["pytest"] if asked.needs is None else asked.needs) if need]
        pip = [interpreter, "-m", "pip", "--python", str(python), "install", "-q", "--disable-pip-version-check"]
        for step in ([interpreter, "-m", "venv", "--without-pip", str(folder / "env")],
                     [*pip, str(asked.wheel.resolve()), *needs]):
            if subprocess.run(step, env=clean, cwd=folder).returncode:
                give_up("this failed: " + " ".join(step))
        shutil.copytree(asked.tests, folder / "tests", ignore=shutil.ignore_patterns("__pycache__"))
        for name in modules:
            seen = subprocess.run([str(python), "-c", f"import {name}; print({name}.__file__ or list({name}.__path__)[0])"],
                                  env=clean, cwd=folder / "tests", capture_output=True, text=True)
            if seen.returncode or str(folder / "env") not in os.path.realpath(seen.stdout.strip()) + seen.stdout:
                give_up(f"{name} is not imported from the wheel: {seen.stdout.strip() or seen.stderr.strip()}")
        run = subprocess.run([str(python), *command], env=clean, cwd=folder / "tests", stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True)
    print(run.stdout, end="")
    if run.returncode:
        print(f"test_wheel: the tests failed against {asked.wheel.name}")
        return 1
    if not has_run(run.stdout):
        print("test_wheel: no test ran")
        return 1
    print(f"test_wheel: passed against {asked.wheel.name}: {', '.join(modules)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
