#!/usr/bin/env python3
"""`require: edited`: the lines that agents wrote, by the logs that clients keep, must be explained, and no others.

    edited.py CASCADE
"""

import json
import os
import sys

from repositories import Repository

REQUIRED = "explain: { require: [edited], small: 0, mode: block }\n"
BY_AGENT = "".join(f"def agent_{n}(value):\n    return value + {n}\n\n\n" for n in range(6))
BY_HAND = "".join(f"def person_{n}(value):\n    return value - {n}\n\n\n" for n in range(6))


def log(r, path, *lines):
    whole = os.path.join(r.folder, path)
    os.makedirs(os.path.dirname(whole), exist_ok=True)
    with open(whole, "w", encoding="utf-8") as out:
        out.writelines(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines)


def claude_call(r, tool, **given):
    return {"type": "assistant", "uuid": f"u{tool}", "timestamp": "2026-01-31T12:00:00.000Z", "cwd": r.path, "sessionId": "s1",
            "message": {"role": "assistant", "content": [{"type": "tool_use", "id": f"t{tool}", "name": tool, "input": given}]}}


def changed(r):
    """A branch with lines of both in one file and in one of each."""
    r.write("cascade.yaml", REQUIRED)
    r.write("both.py", "start = 1\n" + "# between\n" * 20 + "end = 1\n")
    r.commit("base")
    r.git("checkout", "-q", "-b", "feature")
    r.write("agent.py", BY_AGENT)
    r.write("hand.py", BY_HAND)
    r.write("both.py", "start = 1\n" + BY_AGENT + "# between\n" * 20 + BY_HAND + "end = 1\n")
    r.commit("Add parts")


def needed(r):
    return r.check("main..HEAD")["lines"]["needed"]


def by_claude_code(r):
    changed(r)
    assert needed(r) == 0, needed(r)
    log(r, ".claude/projects/-work/s1.jsonl",
        claude_call(r, "Write", file_path=r.path + "/agent.py", content=BY_AGENT),
        claude_call(r, "Edit", file_path=r.path + "/both.py", old_string="start = 1\n", new_string="start = 1\n" + BY_AGENT),
        claude_call(r, "Read", file_path=r.path + "/hand.py"), "torn {\n")
    agents = BY_AGENT.count("\n")
    assert needed(r) == 2 * agents, (needed(r), agents)


def by_codex_with_relative_paths(r):
    changed(r)
    patch = "*** Begin Patch\n*** Add File: agent.py\n" + "".join(f"+{line}\n" for line in BY_AGENT.splitlines()) + "*** End Patch\n"
    log(r, ".codex/sessions/2026/01/31/rollout-2026-01-31T12-00-00-00000000-0000-0000-0000-000000000001.jsonl",
        {"timestamp": "2026-01-31T12:00:00.000Z", "type": "session_meta",
         "payload": {"session_id": "00000000-0000-0000-0000-000000000001", "cwd": r.path}},
        {"timestamp": "2026-01-31T12:00:01.000Z", "type": "response_item",
         "payload": {"type": "custom_tool_call", "call_id": "c1", "name": "apply_patch", "input": patch}})
    assert needed(r) == BY_AGENT.count("\n"), needed(r)


def of_another_project(r):
    changed(r)
    log(r, ".claude/projects/-other/s2.jsonl", claude_call(r, "Write", file_path="/elsewhere/agent.py", content=BY_AGENT))
    assert needed(r) == 0, needed(r)


def rewritten_by_hand_since(r):
    changed(r)
    log(r, ".claude/projects/-work/s1.jsonl",
        claude_call(r, "Write", file_path=r.path + "/hand.py", content=BY_AGENT))
    assert needed(r) == 0, needed(r)


def main():
    failed = 0
    for case in (by_claude_code, by_codex_with_relative_paths, of_another_project, rewritten_by_hand_since):
        with Repository(sys.argv[1]) as r:
            try:
                case(r)
            except AssertionError as fault:
                failed += 1
                print(f"{case.__name__}: {fault}")
    print(f"{4 - failed} of 4 cases of `require: edited`")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
