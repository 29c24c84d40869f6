"""The real client in a terminal, typed into as a person would, against the mock of the model's API.

A Stop hook and a SessionStart hook tell when a turn is over; what the terminal got is kept for `screen()`.
"""
import argparse
import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import threading
import time

import client_test

ROWS, COLUMNS = 50, 160
CONTROL = re.compile(rb"\x1b\[[0-9;?<>=!$ ]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1b[=>78cDEHMNOZ]|[\x00-\x08\x0b-\x1f]")
KEY = "dummy-key"  # the harness's; the client asks once whether it may be used


class Terminal:
    """One run of the client in `session`'s home and project; close() ends it."""

    def __init__(self, session, scenes=(), model=client_test.MODEL, client=(), project=None):
        sys.path.insert(0, os.path.dirname(client_test.HARNESS))
        import run_client  # pylint: disable=import-outside-toplevel
        from mock_api import MockApi  # pylint: disable=import-outside-toplevel
        work = os.path.join(session.folder, "work")
        os.makedirs(work, exist_ok=True)
        self.events_file = os.path.join(work, "events.jsonl")
        settings = self._settings(session)
        home, directory, record = run_client.make_tree(argparse.Namespace(
            reuse=session.runs > 0, project=project, user=None, settings=settings), work)
        session.runs += 1
        self._approve_key(home)
        self.api = MockApi(list(scenes)).start()
        self.output, self.lock = b"", threading.Lock()
        terminal, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        environment = dict(run_client.client_env(home, record, self.api.port, work), TERM="xterm-256color")
        self.terminal = terminal
        # 2.1.330 begins with newer models in a mode whose checks need the vendor's server.
        self.process = subprocess.Popen([client_test.CLIENT, "--model", model, "--permission-mode", "default", *client],
                                        cwd=directory, env=environment, stdin=inner, stdout=inner, stderr=inner, start_new_session=True)
        os.close(inner)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.wait(lambda: self.count("SessionStart") > 0, "the session did not start")
        self.wait(lambda: "shortcuts" in self.screen() or "❯" in self.screen(), "there is no prompt")
        self.settle()

    def _settings(self, session):
        """The session's settings, with two hooks that note what happened."""
        with open(session.settings, encoding="utf-8") as file:
            settings = json.load(file)
        note = [{"hooks": [{"type": "command", "command": f"cat >> '{self.events_file}'", "timeout": 5}]}]
        for event in ("Stop", "SessionStart", "UserPromptSubmit", "SubagentStop"):
            settings.setdefault("hooks", {})[event] = settings.get("hooks", {}).get(event, []) + note
        path = os.path.join(session.folder, "terminal-settings.json")
        session.write(path, json.dumps(settings))
        return path

    @staticmethod
    def _approve_key(home):
        path = os.path.join(home, ".claude.json")
        with open(path, encoding="utf-8") as file:
            state = json.load(file)
        state["customApiKeyResponses"] = {"approved": [KEY], "rejected": []}
        with open(path, "w", encoding="utf-8") as file:
            json.dump(state, file)

    def _read(self):
        while True:
            try:
                ready, _, _ = select.select([self.terminal], [], [], 0.2)
                data = os.read(self.terminal, 65536) if ready else None
            except OSError:
                return
            if data == b"":
                return
            if data:
                with self.lock:
                    self.output += data

    def screen(self):
        """All that was written to the terminal, without control sequences."""
        with self.lock:
            data = self.output
        data = re.sub(rb"\x1b\[\d*C", b" ", data)
        return CONTROL.sub(b"", data.replace(b"\r", b"\n")).decode("utf-8", "replace")

    def shows(self, text):
        """Whether a text was on the screen, however it was broken into lines."""
        return re.sub(r"\s+", "", text) in re.sub(r"\s+", "", self.screen())

    def all_events(self):
        """What the hooks noted, in their order."""
        if not os.path.exists(self.events_file):
            return []
        with open(self.events_file, encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.endswith("\n")]

    def events(self, name):
        return [one for one in self.all_events() if one["hook_event_name"] == name]

    def count(self, name):
        return len(self.events(name))

    def wait(self, condition, why, seconds=120):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end or self.process.poll() is not None:
                raise AssertionError(f"{why}; the screen: {self.screen()[-1500:]}")
            time.sleep(0.05)

    def settle(self, quiet=0.4, seconds=10):
        """Waits until nothing more is drawn."""
        end, size, since = time.monotonic() + seconds, -1, time.monotonic()
        while time.monotonic() < end:
            now = len(self.output)
            if now != size:
                size, since = now, time.monotonic()
            if time.monotonic() - since > quiet:
                return
            time.sleep(0.05)

    def type(self, text, drawn=8):
        """Types a line and presses Enter. Enter that comes with the text would be part of it: first the text is drawn."""
        begin, letters = len(self.screen()), re.sub(r"\s+", "", text)
        os.write(self.terminal, text.encode())
        end = time.monotonic() + drawn
        while time.monotonic() < end and letters not in re.sub(r"\s+", "", self.screen()[begin:]):
            time.sleep(0.05)
        self.settle(0.3)
        os.write(self.terminal, b"\r")

    def ask(self, prompt):
        """Types a prompt and waits for the end of its own turn: one that ran already is another's."""
        before = len(self.all_events())

        def ended():
            names = [one["hook_event_name"] for one in self.all_events()[before:]
                     if one["hook_event_name"] != "UserPromptSubmit" or prompt in one["prompt"]]
            return "UserPromptSubmit" in names and "Stop" in names[names.index("UserPromptSubmit"):]
        self.type(prompt)
        self.wait(ended, f"no turn ended after {prompt!r}")
        self.settle()

    def command(self, text, source):
        """Types a command of the client that begins the session anew: /clear, /compact."""
        before = self.count("SessionStart")
        self.type(text)
        self.wait(lambda: self.count("SessionStart") > before, f"no session started after {text!r}")
        assert self.events("SessionStart")[-1]["source"] == source, self.events("SessionStart")[-1]
        self.settle()

    def bodies(self):
        """The requests to the model so far."""
        return [json.dumps(one["body"], ensure_ascii=False) for one in list(self.api.requests)
                if one["path"].startswith("/v1/messages") and "count_tokens" not in one["path"]]

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.reader.join(2)
        os.close(self.terminal)
        self.api.stop()
