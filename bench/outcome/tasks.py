"""A task: a folder with what a person types, the files that he has, and tests that say whether it was done.

    read_tasks(folder) -> tasks by name        faults_of(task) -> what is wrong with its files, as sentences
    judge(task, work)  -> Verdict              self_test(task) -> what is wrong with its tests, as sentences
"""
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

SECONDS = 180  # a test that takes ten is too slow; the rest is for a busy machine
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EMPTY_WORDS = {"util", "utils", "utility", "common", "helper", "helpers", "manager", "managers", "core", "misc"}
CHECK = re.compile(r"(ok|not ok) ([^\s:]+)(?:: (.*))?")
SUM = re.compile(r"(\d+) of (\d+)")


@dataclasses.dataclass(frozen=True)
class Task:
    folder: pathlib.Path
    trade: str
    needs: int  # skills without which it cannot be done
    programs: tuple  # that it asks for besides sh, coreutils and Python

    @property
    def name(self):
        return self.folder.name

    @property
    def instruction(self):
        return (self.folder / "instruction.md").read_text(encoding="utf-8")

    @property
    def skills(self):
        """Folders of the skills that hold what is needed."""
        return sorted(path.parent for path in self.folder.glob("skills/*/SKILL.md"))


@dataclasses.dataclass(frozen=True)
class Verdict:
    passed: int
    of: int
    checks: tuple  # (name, passed, why) in the order of the tests
    fault: str = ""  # why the tests' answer cannot be believed


def read_tasks(folder):
    """Every task below the folder, by name; a folder without instruction.md is still being written."""
    found = [read_task(path.parent) for path in sorted(pathlib.Path(folder).glob("*/instruction.md"))]
    return {task.name: task for task in found}


def read_task(folder):
    note = folder / "note.md"
    text = note.read_text(encoding="utf-8") if note.is_file() else ""
    needs = value_of("Skills needed", text)
    return Task(folder, value_of("Trade", text), int(needs) if needs.isdigit() else len(list(folder.glob("skills/*/SKILL.md"))),
                tuple(re.findall(r"[\w.+-]+", value_of("Programs", text))))


def value_of(key, text):
    """What stands behind "Key:" in a line of note.md, whatever marks the line as a list or bold; without the full stop."""
    found = re.search(rf"^[\s*_#-]*{key}[*_]*:[*_\s]*(.*?)[.*_\s]*$", text, re.MULTILINE | re.IGNORECASE)
    return found.group(1) if found else ""


def missing_programs(task):
    return [name for name in task.programs if shutil.which(name) is None]


# What its files must be

def faults_of(task):
    faults = [f"{name} is missing" for name in ("instruction.md", "environment", "tests/run", "solution", "note.md")
              if not (task.folder / name).exists()]
    if not NAME.fullmatch(task.name):
        faults.append("its name is not made of lower-case letters, digits and hyphens")
    if (task.folder / "tests/run").is_file() and not os.access(task.folder / "tests/run", os.X_OK):
        faults.append("tests/run is not executable")
    if not task.trade:
        faults.append("note.md has no line 'Trade: …'")
    if task.needs != len(task.skills):
        faults.append(f"note.md says that {task.needs} skills are needed, and skills/ has {len(task.skills)}")
    return faults + skill_faults(task) + name_faults(task) + untracked_faults(task)


def skill_faults(task):
    faults = []
    for folder in task.skills:
        text = (folder / "SKILL.md").read_text(encoding="utf-8")
        if not re.match(r"---\n(?:.*\n)*?---\n", text):
            faults.append(f"{folder.name} has no front matter")
        elif f"\nname: {folder.name}\n" not in text:
            faults.append(f"the skill in {folder.name} has another name")
        elif "\ndescription: " not in text:
            faults.append(f"{folder.name} has no description in one line")
        if re.search(rf"(?<![\w-]){re.escape(folder.name)}(?![\w-])", task.instruction):
            faults.append(f"instruction.md names the skill {folder.name}")
    return faults


def name_faults(task):
    """Names that say nothing: a test of the repository refuses them."""
    paths = sorted(path.relative_to(task.folder.parent) for path in task.folder.rglob("*") if "__pycache__" not in path.parts)
    return [f"{path} has a name that says nothing" for path in [pathlib.Path(task.name), *paths]
            if EMPTY_WORDS & set(re.split(r"[_.-]", path.name))]


def untracked_faults(task):
    """What git would not keep."""
    folders = [path for path in sorted(task.folder.rglob("*")) if path.is_dir()]
    return [f"{path.relative_to(task.folder)} is a folder that git does not keep" for path in folders
            if path.name == ".git" or not any(path.iterdir())]


def shared_skill_faults(tasks):
    """Skills of one name that are not the same in all tasks."""
    first, faults = {}, []
    for task in tasks:
        for folder in task.skills:
            files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
            name, known = first.setdefault(folder.name, (task.name, files))
            if known != files:
                faults.append(f"{task.name}: the skill {folder.name} is another one in {name}")
    return faults


# Its tests

def judge(task, work):
    """Runs the tests on a copy of the working folder, so that they cannot change what they judge."""
    with tempfile.TemporaryDirectory(prefix="outcome-") as place:
        place = pathlib.Path(place)
        (place / "home").mkdir()
        variables = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(place / "home"), "LC_ALL": "C.UTF-8", "TZ": "UTC",
                     "TMPDIR": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            shutil.copytree(work, place / "work", symlinks=True)
            done = subprocess.run([task.folder / "tests/run", place / "work"], cwd=place, env=variables, capture_output=True,
                                  stdin=subprocess.DEVNULL, timeout=SECONDS, check=False)
        except (OSError, shutil.Error, subprocess.TimeoutExpired) as fault:
            return Verdict(0, 0, (), f"tests/run cannot be run to its end: {fault}")
        said = done.stdout.decode("utf-8", "replace").replace(str(place), "")
        return read_verdict(said, done.returncode)


def read_verdict(said, status):
    lines = said.splitlines()
    total = SUM.fullmatch(lines[-1]) if lines else None
    checks = tuple((found.group(2), found.group(1) == "ok", found.group(3) or "")
                   for found in map(CHECK.fullmatch, lines[:-1]) if found)
    passed = sum(ok for _, ok, _ in checks)
    if total is None:
        return Verdict(passed, len(checks), checks, "the last line of tests/run is not 'N of M'")
    verdict = Verdict(int(total.group(1)), int(total.group(2)), checks)
    if (verdict.passed, verdict.of) != (passed, len(checks)):
        return dataclasses.replace(verdict, fault=f"tests/run sums up {lines[-1]}, and its lines say {passed} of {len(checks)}")
    if (status == 0) != (passed == len(checks) > 0):
        return dataclasses.replace(verdict, fault=f"tests/run says {lines[-1]} and ends with {status}")
    return verdict


def lay_out_environment(task, work, solved=False):
    shutil.copytree(task.folder / "environment", work, symlinks=True)
    if solved:
        shutil.copytree(task.folder / "solution", work, symlinks=True, dirs_exist_ok=True)


def self_test(task, once=False):
    """Sentences; none: the task fails as it is given, passes with its solution, and says the same twice, unless it is run once."""
    faults = faults_of(task)
    if faults:
        return faults
    with tempfile.TemporaryDirectory(prefix="outcome-") as place:
        place = pathlib.Path(place)
        lay_out_environment(task, place / "bare")
        lay_out_environment(task, place / "solved", solved=True)
        bare, solved = judge(task, place / "bare"), judge(task, place / "solved")
        again = solved if once else judge(task, place / "solved")
    faults = [f"with {what}: {verdict.fault}" for what, verdict in (("the environment alone", bare), ("the solution", solved))
              if verdict.fault]
    if bare.passed == bare.of > 0:
        faults.append("the environment alone passes")
    faults += [f"the solution fails {name}: {why}" for name, ok, why in solved.checks if not ok]
    if not 3 <= solved.of <= 12:
        faults.append(f"it has {solved.of} checks, and 3 to 12 are wanted")
    if [check[0] for check in bare.checks] != [check[0] for check in solved.checks]:
        faults.append("the environment and the solution are not given the same checks")
    if again != solved:
        faults.append("a second run of the tests says something else")
    return faults
