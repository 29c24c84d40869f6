#!/usr/bin/env python3
"""Whoever waits longer than two seconds sees on a terminal that something goes on, whatever was written there before.

waiting_test.py PROGRAM. The hook that `doctor` tries takes three seconds; until then it has read the library and said so.
"""
import json
import os
import pathlib
import pty
import subprocess
import sys
import tempfile


def seen(program, words, home):
    """What stands on standard error, a terminal."""
    ours, theirs = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C", "TERM": "xterm", "CASCADE_VOCABULARY": "estimate"}
    run = subprocess.Popen([program, *words], cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    text = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # the last writer has closed it
            break
        if not part:
            break
        text += part
    run.wait(timeout=60)
    os.close(ours)
    return text.decode()


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder).resolve()
        slow = home / "cascade"
        slow.write_text("#!/bin/sh\ncat > /dev/null\nsleep 4\n")
        slow.chmod(0o755)
        hook = {"matcher": "", "hooks": [{"type": "command", "command": f"{slow} hook"}]}
        (home / ".claude").mkdir()
        (home / ".claude/settings.json").write_text(json.dumps({"hooks": {"UserPromptSubmit": [hook]}}))
        screen = seen(sys.argv[1], ["doctor"], home)
        assert "cascade doctor: 2 s" in screen or "cascade doctor: 3 s" in screen, repr(screen)
        assert screen.endswith("\r\x1b[K"), repr(screen)  # nothing of it stays
    print("a wait shows that it goes on")
    return 0


if __name__ == "__main__":
    sys.exit(main())
