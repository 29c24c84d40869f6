#!/usr/bin/env python3
"""Talks to `cascade mcp` with the official SDK of the Model Context Protocol, both generations (mcp_sdk.mjs).

usage: mcp_test.py CASCADE
Exit status 0: all passed, 1: some failed, 77: skipped (no node, no packages), with the reason.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

PACKAGES = ["@modelcontextprotocol/sdk@1.32.2", "@modelcontextprotocol/client@2.4.0"]
HERE = os.path.dirname(os.path.abspath(__file__))
CASCADE = FOLDER = None


def fetch(folder):
    """Fetches the packages once; the reason why not, or nothing."""
    if not shutil.which("node"):
        return "node is not installed"
    version = subprocess.run(["node", "-p", "process.versions.node.split('.')[0]"], capture_output=True, text=True, check=True)
    if int(version.stdout) < 20:
        return "the SDK needs node 20"
    done = subprocess.run([os.path.join(HERE, "..", "..", "scripts", "fetch"), folder, *PACKAGES], capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode != 0 else None


class Sdk(unittest.TestCase):
    def test_both_generations_keep_facts_and_look_them_up(self):
        home = tempfile.mkdtemp(prefix="cascade-mcp-")
        self.addCleanup(shutil.rmtree, home, ignore_errors=True)
        os.makedirs(os.path.join(home, ".config", "cascade"))
        with open(os.path.join(home, ".config", "cascade", "cascade.yaml"), "w", encoding="utf-8") as file:
            file.write("systems: { memory: on }\n")
        environment = {"HOME": home, "PATH": os.environ["PATH"]}
        done = subprocess.run(["node", os.path.join(HERE, "mcp_sdk.mjs"), CASCADE], cwd=FOLDER, env=environment, check=False,
                              capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        ways = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([way["way"] for way in ways], ["sdk 1", "client 2 legacy", "client 2 auto", "client 2 2026-07-28"])
        self.assertEqual([way["protocol"] for way in ways[1:]], ["2025-11-25", "2026-07-28", "2026-07-28"])
        for way in ways:
            self.assertEqual(way["server"], "cascade")
            self.assertEqual(way["tools"], ["load", "find", "remember", "recall"])
            self.assertTrue(way["loaded"][0]["text"].startswith("=== skill: regression-bisection ==="), way["loaded"])
            self.assertLessEqual(way["gap"], 20_000, "a prompt's bundle is within 2 % of its bound")
            self.assertIn("is already in this conversation", way["again"][0]["text"])
            self.assertTrue(way["found"][0]["text"].startswith("skill:regression-bisection"))
            self.assertTrue(way["said"][0]["text"].startswith("Remembered as m"), way)
            self.assertIn(way["text"], way["heard"][0]["text"])
            self.assertTrue(way["wrong"])
            self.assertIn("nothing", way["unknown"])


def main():
    global CASCADE, FOLDER
    CASCADE = os.path.abspath(sys.argv[1])
    FOLDER = os.path.join(os.path.dirname(CASCADE), "mcp-sdk")
    reason = fetch(FOLDER)
    if reason is not None:
        print("skipped: " + reason)
        return 77
    result = unittest.main(argv=[sys.argv[0]], exit=False, verbosity=2).result
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
