"""Repositories with an explained change, for the scripted cases: a main branch, and a feature that a record binds."""

import json
import os
import shutil
import subprocess
import tempfile

IDENTITY = {
    "GIT_AUTHOR_NAME": "Ann Example", "GIT_AUTHOR_EMAIL": "ann@example.org",
    "GIT_COMMITTER_NAME": "Ann Example", "GIT_COMMITTER_EMAIL": "ann@example.org",
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "GIT_EDITOR": "true",
    "GIT_SEQUENCE_EDITOR": "true", "GIT_MERGE_AUTOEDIT": "no", "LC_ALL": "C",
}


class Repository:
    def __init__(self, cascade, bare=False):
        self.cascade = os.path.abspath(cascade)
        self.folder = tempfile.mkdtemp(prefix="cascade-explain-")
        self.path = os.path.join(self.folder, "work")
        os.makedirs(self.path)
        self.environment = dict(os.environ, **IDENTITY, HOME=self.folder, XDG_STATE_HOME=self.folder + "/state",
                                XDG_CACHE_HOME=self.folder + "/cache", XDG_CONFIG_HOME=self.folder + "/config",
                                CASCADE_VOCABULARY="estimate")
        for name in ("GIT_DIR", "GIT_WORK_TREE", "CLAUDECODE"):
            self.environment.pop(name, None)
        self.git("init", "-q", "-b", "main", *(["--bare"] if bare else []))

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.close()

    def git(self, *words, good=True, **more):
        run = subprocess.run(["git", *words], cwd=self.path, env=self.environment, capture_output=True, **more)
        if good and run.returncode != 0:
            raise AssertionError(f"git {words}: {run.stdout!r} {run.stderr!r}")
        return run.stdout.decode("utf-8", "replace").strip()

    def write(self, path, text):
        whole = os.path.join(self.path, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "wb") as out:
            out.write(text if isinstance(text, bytes) else text.encode())

    def read(self, path):
        with open(os.path.join(self.path, path), "rb") as text:
            return text.read().decode("utf-8", "replace")

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def run(self, *words, input=None):
        run = subprocess.run([self.cascade, *words], cwd=self.path, env=self.environment, capture_output=True, text=True,
                             input=input)
        return run.returncode, run.stdout, run.stderr

    def check(self, *words):
        code, out, errors = self.run("explain", "check", *words, "--format", "json")
        assert code in (0, 1), (code, out, errors)
        return json.loads(out)

    def explain(self, name, *words):
        """Writes a record of the whole range and commits it."""
        code, out, errors = self.run("explain", "new", *words, "--id", name)
        assert code == 0, (code, out, errors)
        self.commit(f"Explain {name}")
