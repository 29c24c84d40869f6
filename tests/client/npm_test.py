#!/usr/bin/env python3
"""The npm packages of scripts/npm: packed, installed offline without install scripts, and used.

usage: npm_test.py CASCADE     (the program of a build tree, which is packed)

Prints the seconds from the packed files to the first injected layer. Exit status 0: all passed, 1: some failed, 77: skipped
(no node or npm), with the reason.
"""
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROMPT = "it worked in the last release and fails now: which commit broke it?"
CASCADE = None


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.mkdtemp(prefix="cascade-npm-")
        cls.addClassCleanup(shutil.rmtree, cls.work, ignore_errors=True)
        cls.home, cls.prefix = f"{cls.work}/home", f"{cls.work}/prefix"
        for folder in (cls.home, cls.prefix):
            os.makedirs(folder)
        packed = subprocess.run([f"{ROOT}/scripts/npm", "--from", os.path.dirname(CASCADE), "--to", f"{cls.work}/packed"],
                                check=True, capture_output=True, text=True)
        cls.packed = packed.stdout.split()
        cls.started = time.monotonic()
        cls.run_in(["npm", "install", "--prefix", cls.prefix, "--offline", "--ignore-scripts", "--no-audit", "--no-fund",
                    "--silent", *cls.packed])
        cls.launcher = f"{cls.prefix}/node_modules/.bin/cascade"

    @classmethod
    def run_in(cls, words, check=True, **more):
        # npm with an empty cache, and nothing of this person's settings.
        environment = {"HOME": cls.home, "PATH": os.environ["PATH"], "npm_config_cache": f"{cls.home}/.npm",
                       "npm_config_userconfig": f"{cls.home}/.npmrc", "npm_config_offline": "true"}
        return subprocess.run(words, env=environment, cwd=cls.home, check=check, capture_output=True, text=True, **more)

    def native(self):
        self.assertEqual(len(self.of_platform()), 1)
        return os.path.realpath(f"{self.of_platform()[0]}/bin/cascade")

    def of_platform(self):
        return glob.glob(f"{self.prefix}/node_modules/cascade-context-*")

    def test_1_init_writes_the_native_path_and_a_prompt_is_served(self):
        self.run_in([self.launcher, "init"])
        with open(f"{self.home}/.claude/settings.json", encoding="utf-8") as file:
            settings = json.load(file)
        command = settings["hooks"]["UserPromptSubmit"][0]["hooks"][0]["command"]
        self.assertEqual(command, f'"{self.native()}" hook')
        with open(self.native(), "rb") as file:
            self.assertEqual(file.read(4), b"\x7fELF")
        event = {"hook_event_name": "UserPromptSubmit", "session_id": "s", "transcript_path": "", "cwd": self.home, "prompt": PROMPT}
        # Until the index of the library is there, a hook may be silent: it never lets a prompt wait for it.
        for _ in range(100):
            done = self.run_in(["sh", "-c", command], input=json.dumps(event))
            if "=== skill: regression-bisection ===" in done.stdout:
                break
            time.sleep(0.1)
        self.assertIn("=== skill: regression-bisection ===", done.stdout)
        print(f"from packed files to the first layer: {time.monotonic() - type(self).started:.1f} s", flush=True)

    def test_2_the_launcher_passes_on_words_output_and_exit_codes(self):
        self.assertEqual(self.run_in([self.launcher, "tokens", "-"], input="a word").returncode, 0)
        self.assertEqual(self.run_in([self.launcher, "route", "thanks"], check=False).returncode, 1)
        self.assertEqual(self.run_in([self.launcher, "nonsense"], check=False).returncode, 2)
        self.assertIn("regression-bisection", self.run_in([self.launcher, "bundle", "regression-bisection", "--quiet"]).stdout)
        # Exactly: the token table came along.
        self.assertIn('"counted": "exact"', self.run_in([self.launcher, "tokens", "--format", "json"], input="x").stdout)

    def test_3_npx_caches_are_refused(self):
        cached = f"{self.home}/.npm/_npx/0123456789abcdef"
        shutil.copytree(f"{self.prefix}/node_modules", f"{cached}/node_modules", symlinks=True)
        for words in (["init", "--project"], ["init", "--plugin", f"{self.home}/plugin"]):
            done = self.run_in([f"{cached}/node_modules/{os.path.basename(self.of_platform()[0])}/bin/cascade", *words], check=False)
            self.assertEqual(done.returncode, 2, done.stdout)
            self.assertIn("npx", done.stderr)
            # The launcher installs the package to stay first, and says so where npm cannot (scripts/try-install has it done).
            done = self.run_in([f"{cached}/node_modules/.bin/cascade", *words], check=False)
            self.assertEqual(done.returncode, 3, done.stdout)
            self.assertIn("npm could not install cascade-context@", done.stderr)
        self.assertFalse(os.path.exists(f"{self.home}/plugin"))

    def test_4_there_is_no_install_script_and_removal_leaves_nothing(self):
        for folder in [f"{self.prefix}/node_modules/cascade-context", *self.of_platform()]:
            with open(f"{folder}/package.json", encoding="utf-8") as file:
                self.assertNotIn("scripts", json.load(file))
        self.run_in([self.launcher, "init", "--remove"])
        self.assertFalse(os.path.exists(f"{self.home}/.claude/settings.json"))
        # Without the package for this machine the launcher says so.
        shutil.rmtree(self.of_platform()[0])
        done = self.run_in([self.launcher, "--version"], check=False)
        self.assertEqual(done.returncode, 3)
        self.assertIn("is not installed", done.stderr)

    def test_5_npx_and_an_upgrade_install_in_a_home_of_their_own(self):
        folder = f"{self.work}/release"
        os.makedirs(folder)
        for path in self.packed:
            shutil.copy(path, folder)
        made = subprocess.run([f"{ROOT}/scripts/archive", "--from", os.path.dirname(CASCADE), "--to", folder, "--for", "linux-x86_64"],
                              check=True, capture_output=True, text=True)
        done = subprocess.run([f"{ROOT}/scripts/try-install", folder, "--before", made.stdout.split()[-1]], check=False, capture_output=True,
                              text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for way in ("npm", "upgrade and downgrade"):
            self.assertIn(f"{way}: passed", done.stdout)


def main():
    global CASCADE
    CASCADE = os.path.abspath(sys.argv[1])
    for program in ("node", "npm", "cmake"):
        if not shutil.which(program):
            print(f"skipped: there is no {program}")
            return 77
    result = unittest.main(argv=[sys.argv[0]], exit=False, verbosity=2).result
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
