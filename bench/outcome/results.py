"""The rows of results.tsv: one for each run, in the order in which they were made, and none is ever replaced.

    read_rows(path) -> [Row]      append_row(path, row)      row_of(run, verdict, traces, …) -> Row
"""
import dataclasses
import pathlib


@dataclasses.dataclass(frozen=True)
class Row:
    date: str      # of the run, as it was given
    agent: str     # its name, or the command
    arm: str
    pool: int      # skills in the pool; 0: none
    run: int       # 1, 2, … of the same agent, arm, pool and task
    task: str
    needs: int     # skills that the task needs
    passed: int
    of: int
    tokens: int    # of the prompt as it was sent, and of what the agent opened
    needless: int  # of what Cascade added to the prompt, those that serve no needed skill
    conversation: str  # tokens of all its requests and answers; "": nothing tells
    minutes: str   # "": nobody measured
    commands: str  # "": nothing tells
    opened: str    # names with commas; "-": none, "": nothing tells
    cause: str     # of a run that failed: see cause_of; whoever knows better writes it here

    @property
    def solved(self):
        return self.of > 0 and self.passed == self.of


NAMES = [field.name for field in dataclasses.fields(Row)]
NUMBERS = {field.name for field in dataclasses.fields(Row) if field.type is int}


class BadTable(Exception):
    """A row is not one; says which."""


def read_rows(path):
    path = pathlib.Path(path)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    if lines and lines[0].split("\t") != NAMES:
        raise BadTable(f"{path.name}:1: the columns are not {', '.join(NAMES)}")
    return [read_row(line, f"{path.name}:{number}") for number, line in enumerate(lines[1:], 2)]


def read_row(line, place):
    values = line.split("\t")
    if len(values) != len(NAMES):
        raise BadTable(f"{place}: it has {len(values)} columns, and {len(NAMES)} are wanted")
    try:
        return Row(**{name: int(value) if name in NUMBERS else value for name, value in zip(NAMES, values)})
    except ValueError as fault:
        raise BadTable(f"{place}: {fault}") from fault


def append_row(path, row):
    path = pathlib.Path(path)
    begun = path.is_file() and path.stat().st_size > 0
    values = [" ".join(str(getattr(row, name)).split()) for name in NAMES]
    with open(path, "a", encoding="utf-8") as file:
        file.write(("" if begun else "\t".join(NAMES) + "\n") + "\t".join(values) + "\n")


def row_of(run, verdict, traces, date, minutes, opened_tokens, fault):
    record = run.record
    minutes = minutes if minutes is not None else traces.minutes
    opened = "" if traces.opened is None else ",".join(traces.opened) or "-"
    failed = verdict.of == 0 or verdict.passed < verdict.of
    return Row(date, record["agent"], record["arm"], record["pool"], record["run"], record["task"], len(record["needs"]),
               verdict.passed, verdict.of, record["tokens"] + opened_tokens, record["needless"],
               "" if traces.conversation is None else str(traces.conversation), "" if minutes is None else f"{minutes:.1f}", "" if traces.commands is None else str(traces.commands), opened,
               (fault or verdict.fault or cause_of(record, traces.opened)) if failed else "")


def cause_of(record, opened):
    """What the record alone can say of a failed run: where the needed skills were lost."""
    needed, opened = record["needs"], opened or ()
    if not needed:
        return "misled: a needless skill came" if record["loaded"] or record["part"] else "no skill was needed"
    if record["arm"] == "none":
        return "no skill was given"
    missing = [name for name in needed if name not in record["loaded"] and name not in opened]
    if not missing:
        return "not enough: the skills were there whole"
    if any(name in record["part"] for name in missing):
        return "not enough: a skill came in part"
    if record["arm"] == "hook" and any(name not in record["named"] for name in missing):
        return "not found: " + ", ".join(name for name in missing if name not in record["named"])
    return "not used: " + ", ".join(missing)
