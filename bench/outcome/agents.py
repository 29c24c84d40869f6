"""Gives a laid-out run to an agent, and reads what it left behind.

    run_command(command, run, minutes, client) -> Ending      traces(run) -> Traces

An agent leaves a transcript in one of these, the first that is there: transcript.jsonl in the run's folder, which an agent by hand
writes, or its standard output if that is lines of JSON (`claude -p --output-format stream-json --verbose`). `skill` itself keeps opened.txt.
"""
import contextlib
import dataclasses
import json
import os
import shlex
import signal
import subprocess
import time


USED = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens", "output_tokens")


@dataclasses.dataclass(frozen=True)
class Ending:
    minutes: float
    fault: str = ""


@dataclasses.dataclass(frozen=True)
class Traces:
    commands: int | None  # None: nothing tells
    opened: tuple | None
    minutes: float | None
    conversation: int | None  # tokens of all requests and answers together


def run_command(command, run, minutes, client):
    """The prompt on standard input, in the working folder. A client gets the instruction alone and a home with the skills and hooks."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("CASCADE_")}
    if client:
        variables.update(HOME=str(run.folder / "home"), CLAUDE_CONFIG_DIR=str(run.folder / "home/.claude"))
    else:
        variables["CASCADE_DISABLE"] = "1"  # all that is sent stands in the prompt
    begin = time.monotonic()
    with open(run.folder / "answer.txt", "wb") as said, open(run.folder / "errors.txt", "wb") as errors:
        try:
            agent = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=said, stderr=errors, cwd=run.work,
                                     env=variables, start_new_session=True)
        except OSError as fault:
            return Ending(0, f"the agent cannot be started: {fault}")
        fault = wait(agent, sent(run, client), minutes)
    return Ending((time.monotonic() - begin) / 60, fault)


def sent(run, client):
    text = run.record["instruction"] if client else run.prompt
    return text.encode()


def wait(agent, text, minutes):
    try:
        agent.communicate(text, timeout=minutes * 60)
    except subprocess.TimeoutExpired:
        return f"the agent was stopped after {minutes} minutes"
    finally:  # with what it left running
        with contextlib.suppress(ProcessLookupError):
            os.killpg(agent.pid, signal.SIGKILL)
        agent.wait()
    return f"the agent ended with {agent.returncode}" if agent.returncode != 0 else ""


# What it left

def traces(run):
    steps = transcript(run.folder / "transcript.jsonl") or transcript(run.folder / "answer.txt")
    calls = [call for step in steps for call in calls_in(step)]
    minutes, told = numbers(steps, "minutes"), numbers(steps, "tokens")
    told += [sum(used.get(part) or 0 for part in USED) for used in (step.get("usage") for step in steps if step.get("type") == "result")
             if isinstance(used, dict)]
    kept = run.folder / "opened.txt"
    opened = kept.read_text(encoding="utf-8").split() if kept.is_file() else []
    opened += [name for kind, name in calls if kind == "skill"]
    known = bool(steps) or kept.is_file() or (run.folder / "skill").is_file()
    return Traces(sum(kind == "command" for kind, _ in calls) if steps else None,
                  tuple(dict.fromkeys(opened)) if known else None, minutes[-1] if minutes else None,
                  int(told[-1]) if told else None)


def numbers(steps, key):
    return [step[key] for step in steps if isinstance(step.get(key), (int, float))]


def transcript(path):
    """The objects of a file with one in each line; nothing if it is anything else."""
    try:
        steps = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError):
        return []
    return steps if all(isinstance(step, dict) for step in steps) else []


def calls_in(step):
    """("command", its text) and ("skill", its name): of our own short form, and of tool calls in Claude Code's words."""
    found = [(kind, step[kind]) for kind in ("command", "skill") if isinstance(step.get(kind), str)]
    message = step.get("message")
    for block in (message.get("content") or []) if isinstance(message, dict) else []:
        if not isinstance(block, dict) or block.get("type") != "tool_use":
            continue
        given = block.get("input") or {}
        if block.get("name") == "Bash":
            found.append(("command", given.get("command", "")))
        if block.get("name") == "Skill":
            found.append(("skill", given.get("skill", "")))
    return found
