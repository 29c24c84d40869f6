#!/usr/bin/env python3
"""Runs the real client with leases: two subagents share one real browser, and work on one file.

usage: lease_test.py CASCADE [CLIENT]      as client_test.py
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness), with the reason.
"""
import http.server
import json
import os
import shutil
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import browser  # noqa: E402
import client_test  # noqa: E402
import guard_test  # noqa: E402


def agents(*prompts):
    return [{"tool": "Agent", "input": {"description": prompt.split()[0], "prompt": prompt, "subagent_type": "general-purpose",
                                        "run_in_background": False}} for prompt in prompts]


class Pages(http.server.ThreadingHTTPServer):
    """Pages whose title is their path, and the order in which they were asked for."""

    def __init__(self):
        asked = self.asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                name = self.path.strip("/")
                if name != "favicon.ico":
                    asked.append(name)
                body = f"<title>page-{name}</title><h1>This is page-{name}</h1>".encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Leases(unittest.TestCase):
    def session(self, systems="leases"):
        session = guard_test.Session("systems: { leases: block }\n", systems=systems)
        self.addCleanup(shutil.rmtree, session.folder, ignore_errors=True)
        return session

    def test_two_subagents_use_one_real_browser_one_after_the_other(self):
        configuration, reason = browser.server(os.path.join(os.path.dirname(client_test.CASCADE), "browser"))
        if reason:
            self.skipTest(reason)
        session, pages = self.session(), Pages()
        self.addCleanup(pages.server_close)
        self.addCleanup(pages.shutdown)
        mcp = os.path.join(session.folder, "mcp.json")
        session.write(mcp, json.dumps(configuration))
        address = f"http://127.0.0.1:{pages.server_address[1]}/"
        look = [{"tool": "mcp__playwright__browser_snapshot", "input": {}}]
        scenes = []
        for name in "AB":
            steps = []
            for i in range(3):
                steps += [[{"tool": "mcp__playwright__browser_navigate", "input": {"url": f"{address}{name}{i}"}}], look]
            scenes.append({"match": f"MARK_{name}", "turns": steps + [[{"text": "done"}]]})
        said = session.run("MARK_OUTER go", *scenes, {"match": "MARK_OUTER", "turns": [
            agents("MARK_A browse", "MARK_B browse"), [{"text": "done"}]]}, client=["--mcp-config", mcp])
        self.assertIn(pages.asked, (["A0", "A1", "A2", "B0", "B1", "B2"], ["B0", "B1", "B2", "A0", "A1", "A2"]))
        for name in "AB":  # each saw its own pages only
            own = "".join(line for line in said.splitlines() if f"MARK_{name} browse" in line and "MARK_OUTER go" not in line)
            other = "B" if name == "A" else "A"
            for i in range(3):
                self.assertIn(f"This is page-{name}{i}", own)
                self.assertNotIn(f"This is page-{other}{i}", own)

    def test_of_two_subagents_on_one_file_the_second_gets_a_tree_of_its_own_and_nothing_is_lost(self):
        session = self.session()
        file = os.path.join(session.app, "notes.txt")
        session.write(file, "first\n")
        session.git(session.app, "add", "-A")
        session.git(session.app, "commit", "-q", "-m", "notes")
        wait = {"tool": "Bash", "input": {"command": "sleep 1", "description": "Wait"}}
        write = {"tool": "Bash", "input": {"command": "pwd > notes.txt; sleep 1", "description": "Write"}}
        said = session.run("MARK_OUTER go",
                           *({"match": f"MARK_{name}", "turns": [[write], [wait], [{"text": "done"}]]} for name in "AB"),
                           {"match": "MARK_OUTER", "turns": [agents("MARK_A change notes.txt", "MARK_B change notes.txt"),
                                                             [{"text": "done"}]]})
        self.assertIn("gets a work tree of its own", said)
        trees = [line.split(" ", 1)[1] for line in session.git(session.app, "worktree", "list", "--porcelain").splitlines()
                 if line.startswith("worktree ")]
        self.assertEqual(len(trees), 2, trees)  # that with changes is still there
        for tree in trees:
            with open(os.path.join(tree, "notes.txt"), encoding="utf-8") as written:
                self.assertTrue(written.read().rstrip().endswith(tree[tree.index("/guard-"):]))


if __name__ == "__main__":
    sys.exit(client_test.main())
