"""What the processes of mixed_load.py have around them: a PostgreSQL server that is restarted under them, and a clock that steps."""
import contextlib
import os
import pathlib
import shutil
import subprocess

FAKE_TIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
LONGEST_STEP = 3 * 3600


class Server:
    """A server of its own in a folder, which runs as nobody, since it refuses to run as root."""

    def __init__(self, folder):
        self.folder, self.log = folder, folder / "log"
        self.programs = max((path.parent for path in pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb")), default=None)
        self.runs = False
        if self.programs is None:
            return
        folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
        self.runs = (self.call("initdb", "-D", folder / "data", "-U", "cascade", "-A", "trust", "--no-locale", "-E", "UTF8") and self.start()
                     and self.call("createdb", "-h", folder, "-U", "cascade", "cascade"))

    def call(self, program, *words):
        before = ["setpriv", "--reuid=nobody", "--clear-groups"] if os.geteuid() == 0 else []
        with open(self.log, "ab") as log:
            return subprocess.run([*before, str(self.programs / program), *map(str, words)], stdout=log, stderr=log, cwd="/").returncode == 0

    def start(self):
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=150"
        return self.call("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "server.log", "-o", options, "start")

    def stop(self, how):
        return self.call("pg_ctl", "-D", self.folder / "data", "-w", "-m", how, "stop")

    def address(self):
        return f"postgresql://cascade@/cascade?host={self.folder}"


class Clock:
    """A program that is linked dynamically reads its clock from libfaketime, which reads how far it is off from a file."""

    def __init__(self, folder, program):
        self.program, self.file = program, folder / "clock"
        self.runs = program is not None and os.path.exists(FAKE_TIME)
        self.step(0)

    def step(self, seconds):
        new = self.file.with_suffix(".new")
        new.write_text(f"{seconds:+d}\n")
        os.replace(new, self.file)

    def environment(self, usual):
        return {**usual, "LD_PRELOAD": FAKE_TIME, "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1", "NO_FAKE_STAT": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def end(server):
    if server.runs:
        with contextlib.suppress(OSError):
            server.stop("immediate")
