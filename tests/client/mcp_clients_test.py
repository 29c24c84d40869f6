#!/usr/bin/env python3
"""Ten tasks in each real client that asks `cascade mcp` for them: the layer stands in the next request, whole and once.

usage: mcp_clients_test.py CASCADE [CLIENT...] [--tasks N] [--record FOLDER]     N: of the tasks, the first N

The model is a mock that follows a script: it calls `load` with the task, and once more with the conversation's id that the
first answer ended with. What `cascade bundle --prompt` prints for the task has to stand in the request behind the first
call, byte for byte and once, and behind the second one still once, with a line that says so.

Clients and mock as in clients_test.py. Exit status 0: all passed, 1: some failed, 77: skipped, with the reason.
"""
import json
import os
import shutil
import subprocess
import tempfile

from clients_test import NAMES, Failed, expect, version_of, write
from real_clients import ROOT, end, installed, read_arguments

BUDGET = 1500
TASKS = [
    "it worked in the last release and fails now: which commit broke it?",
    "the heap grows by two gigabytes an hour, find the leak",
    "this test fails one time in ten, find out why",
    "write the release notes for version 3",
    "rotate the leaked API key",
    "our docker image is 2 GB, make it smaller",
    "upgrade the dependencies that have known vulnerabilities",
    "write a postmortem for last night's outage",
    "the CI build is red, what is the cause?",
    "split this large pull request into reviewable commits",
]
# The tool as each client names it, of a server that is registered as `probe`; Claude Code offers it after a search alone.
TOOLS = {"claude": "mcp__probe__load", "codex": "load", "gemini": "mcp_probe_load", "copilot": "probe-load",
         "opencode": "probe_load"}


def turns(client, task):
    tool, first = TOOLS[client], {"task": task, "budget": BUDGET}
    calls = [{"tool": tool, "input": first},
             {"tool": tool, "after": r"conversation: ([0-9a-z]{8})", "input": {**first, "conversation": "{1}"}}]
    if client == "claude":
        calls.insert(0, {"tool": "ToolSearch", "input": {"query": f"select:{tool}", "max_results": 1}})
    return [{"when": "MARK_TASK", **call} for call in calls]


def bundle(run, command, task):
    words = [*command[:-1], "bundle", "--prompt", task, "--budget", str(BUDGET), "--quiet"]
    return subprocess.run(words, env=run.env(), cwd=run.project, check=True, capture_output=True, text=True).stdout


def see(client, program, command, task, work):
    """What was seen of one task; raises Failed."""
    from run import Run, find  # pylint: disable=import-error,import-outside-toplevel
    run = Run(client, program, work, mcp=" ".join(command), turns=turns(client, task))
    run.talk([f"MARK_TASK {task}"])
    layer = bundle(run, command, task)
    head = layer.splitlines()[0]
    numbers = sorted({number for number, _ in find(run, layer.rstrip("\n"))})
    expect(numbers, "no request holds the layer")
    bodies = {entry["n"]: json.dumps(entry["body"], ensure_ascii=False) for entry in run.requests()}
    for number in numbers:
        expect(bodies[number].count(head) == 1, f"request {number} holds it {bodies[number].count(head)} times")
    again = [number for number in numbers if "is already in this conversation" in bodies[number]]
    expect(again, "the id was not passed on, or not known")
    before = [number for number, body in bodies.items() if number < numbers[0] and "MARK_TASK" in body]
    expect(not any(head in bodies[number] for number in before), "the layer stood there before it was asked for")
    return {"layer": head, "characters": len(layer), "requests": numbers, "again": again}


def try_client(client, program, cascade, tasks):
    seen = {}
    for task in tasks:
        for attempt in (1, 2):  # on a busy machine a client may give up on a server that starts
            work = tempfile.mkdtemp(prefix=f"cascade-mcp-{client}-")
            # The index of the library is shared, so that not each conversation makes it.
            cache = os.path.join(tempfile.gettempdir(), f"cascade-mcp-cache-{os.getuid()}")
            command = ["env", f"CASCADE_CACHE={cache}", cascade, "--root", ROOT, "mcp"]
            try:
                seen[task] = see(client, program, command, task, work)
                break
            except (Failed, subprocess.CalledProcessError) as fault:
                seen[task] = {"failed": f"{fault} {getattr(fault, 'stderr', '')}", "attempts": attempt}
            finally:
                if not os.environ.get("CASCADE_KEEP"):
                    shutil.rmtree(work, ignore_errors=True)
        print(f"{client}, {task}: {json.dumps(seen[task])}", flush=True)
    return seen


def add_options(parser):
    parser.add_argument("--tasks", type=int, default=len(TASKS), metavar="N")
    parser.add_argument("--record", metavar="FOLDER")


def main():
    args = read_arguments(__doc__, NAMES, add_options)
    failed = tried = 0
    for client, program in installed(args):
        tried += 1
        seen = try_client(client, program, args.cascade, TASKS[:args.tasks])
        failed += sum("failed" in one for one in seen.values())
        if args.record:
            write(os.path.join(args.record, f"mcp-{client}.json"),
                  json.dumps({"client": client, "version": version_of(client, args.folder), "tasks": seen}, indent=1) + "\n")
    end(tried, failed)


if __name__ == "__main__":
    main()
