#!/usr/bin/env python3
"""scripts/fetch with a stand-in for npm that writes its program slowly, as the real one does.

usage: fetch_test.py
"""
import os
import shutil
import subprocess
import tempfile
import unittest

FETCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scripts", "fetch")
# Says that it was called, then writes a program for a second; what is called "broken" cannot be had.
NPM = """#!/bin/sh
echo called >>"$CALLS"
while [ "$1" != --prefix ]; do shift; done
mkdir -p "$2/node_modules"
case "$*" in *broken*) echo half >"$2/node_modules/program"; exit 1 ;; esac
cp /bin/sh "$2/node_modules/program"
sleep 1 >>"$2/node_modules/program"
"""


class Fetch(unittest.TestCase):
    def setUp(self):
        self.work = tempfile.mkdtemp(prefix="cascade-fetch-")
        self.addCleanup(shutil.rmtree, self.work, ignore_errors=True)
        os.mkdir(f"{self.work}/bin")
        with open(f"{self.work}/bin/npm", "w", encoding="utf-8") as file:
            file.write(NPM)
        os.chmod(f"{self.work}/bin/npm", 0o755)
        self.environment = {"PATH": f"{self.work}/bin:{os.environ['PATH']}", "CALLS": f"{self.work}/calls"}
        self.folder = f"{self.work}/fetched/one"
        self.program = f"{self.folder}/node_modules/program"

    def begin(self, *packages, **environment):
        return subprocess.Popen([FETCH, self.folder, *packages], env={**self.environment, **environment},
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def fetch(self, *packages, **environment):
        """The exit status and what was said as an error."""
        one = self.begin(*packages, **environment)
        said = one.communicate()
        self.assertEqual(said[0], "")
        return one.returncode, said[1]

    def calls(self):
        with open(f"{self.work}/calls", encoding="utf-8") as file:
            return len(file.readlines())

    def test_two_at_once_fetch_once_and_both_find_a_program_that_starts(self):
        for one in [self.begin("a@1"), self.begin("a@1")]:
            self.assertEqual(one.communicate(), ("", ""))
            self.assertEqual(one.returncode, 0)
            subprocess.run([self.program, "-c", "true"], check=True)
        self.assertEqual(self.calls(), 1)

    def test_what_cannot_be_had_leaves_nothing_and_keeps_what_was_there(self):
        self.assertEqual(self.fetch("broken@1"), (1, f"npm could not fetch broken@1 ({self.folder}.log)\n"))
        self.assertFalse(os.path.exists(self.folder))
        self.assertEqual(self.fetch("a@1"), (0, ""))
        self.assertEqual(self.fetch("broken@2")[0], 1)
        subprocess.run([self.program, "-c", "true"], check=True)
        self.assertEqual(sorted(os.listdir(f"{self.work}/fetched")), ["one", "one.lock", "one.log"])

    def test_another_version_takes_the_place_of_the_first(self):
        for package in ("a@1", "a@2", "a@2"):
            self.assertEqual(self.fetch(package), (0, ""))
        self.assertEqual(self.calls(), 2)

    def test_without_npm_it_says_so(self):
        os.remove(f"{self.work}/bin/npm")
        for name in ("bash", "dirname", "mkdir", "flock", "cat", "env"):
            os.symlink(shutil.which(name), f"{self.work}/bin/{name}")
        self.assertEqual(self.fetch("a@1", PATH=f"{self.work}/bin"), (1, "npm is not installed\n"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
