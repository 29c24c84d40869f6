#!/usr/bin/env python3
"""Runs the real client with effects: a deployment that prints success and changes nothing, and a real browser that sees it.

usage: effects_test.py CASCADE [CLIENT]      as client_test.py
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness), with the reason.
"""
import glob
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import browser  # noqa: E402
import client_test  # noqa: E402
import guard_test  # noqa: E402

PAGE = "http://shop.example.com/"
TOLD = "Not verified"
# Says that it worked either way; it copies the version only once it was repaired.
DEPLOY = """#!/bin/sh
test -e repaired && echo 2 > served
echo "Deployed version 2 to http://shop.example.com/"
"""


class Shop(http.server.ThreadingHTTPServer):
    """The production site: the browser's proxy, which answers for every host with the version that lies in a file."""

    def __init__(self, folder):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                with open(os.path.join(folder, "served"), encoding="utf-8") as file:
                    version = "Version " + file.read().strip()
                body = f"<title>Shop</title><h1>{version}</h1>".encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


# How each server is asked to open the page and to read it out.
LOOKS = {"playwright": [[{"tool": "mcp__playwright__browser_navigate", "input": {"url": PAGE}}],
                        [{"tool": "mcp__playwright__browser_snapshot", "input": {}}]],
         "chrome-devtools": [[{"tool": "mcp__chrome-devtools__navigate_page", "input": {"pageId": 1, "type": "url", "url": PAGE}}],
                             [{"tool": "mcp__chrome-devtools__take_snapshot", "input": {"pageId": 1}}]]}


class Effects(unittest.TestCase):
    def setUp(self):
        self.session = guard_test.Session("systems: { effects: block }\n", systems="effects")
        self.addCleanup(shutil.rmtree, self.session.folder, ignore_errors=True)
        self.session.write(os.path.join(self.session.app, "deploy.sh"), DEPLOY)
        self.session.write(os.path.join(self.session.app, "served"), "1\n")

    def listed(self):
        home = os.path.join(self.session.work, "home")
        done = subprocess.run([client_test.CASCADE, "effects", "list", "--format", "json"], capture_output=True, text=True, check=True,
                              env={"HOME": home, "PATH": os.environ["PATH"]})
        return json.loads(done.stdout)["effects"]

    def told(self):
        """How often Cascade spoke, by its own ledger."""
        ledgers = glob.glob(os.path.join(self.session.work, "home/.local/state/cascade/sessions/*.jsonl"))
        found = []
        for path in ledgers:
            with open(path, encoding="utf-8") as file:
                found += [line for line in map(json.loads, file) if line["event"] == "told" and line["decision"] == "spoken"]
        return found

    def test_a_push_that_nobody_asked_after_is_spoken_of_once(self):
        remote = os.path.join(self.session.work, "remote.git")
        subprocess.run(["git", "init", "-q", "--bare", remote], check=True)
        self.session.git(self.session.app, "remote", "add", "origin", remote)
        said = self.session.run("MARK_PUSH go", {"match": TOLD, "turns": [[{"text": "It is pushed."}]]},
                                {"match": "MARK_PUSH", "turns": guard_test.bash("git push -q origin main") + [[{"text": "Pushed."}]]})
        self.assertIn("git ls-remote origin", said)
        self.assertEqual(len(self.told()), 1)

    def loop(self, name):
        shop = Shop(self.session.app)
        self.addCleanup(shop.server_close)
        self.addCleanup(shop.shutdown)
        configuration, reason = browser.server(os.path.join(os.path.dirname(client_test.CASCADE), "browser"), name, shop.address)
        if reason:
            self.skipTest(reason)
        mcp = os.path.join(self.session.folder, "mcp.json")
        self.session.write(mcp, json.dumps(configuration))
        look, deploy = LOOKS[name], guard_test.bash("sh deploy.sh")
        expect = guard_test.bash(f"'{client_test.CASCADE}' effects expect {PAGE} 'Version 2'")
        said = self.session.run(
            "MARK_SHIP go",
            {"match": TOLD, "turns": look + guard_test.bash("touch repaired") + deploy + look + [[{"text": "Version 2 is live."}]]},
            {"match": "MARK_SHIP", "turns": expect + look + deploy + [[{"text": "Version 2 is deployed."}]]},
            client=["--mcp-config", mcp])
        answers = "\n".join(guard_test.results(said))
        self.assertIn("Version 1", answers)  # before, and after the deployment that did nothing
        self.assertIn("Version 2", answers.split("Version 1")[-1])
        self.assertIn(f"To see it: curl -fsS {PAGE}", said)
        self.assertEqual(len(self.told()), 1)  # and silence at the end
        effects = self.listed()
        self.assertEqual([(one["kind"], one["state"]) for one in effects], [("deploy", "shown")] * 2)
        self.assertEqual(effects[-1]["level"], 3)

    def test_a_deployment_that_changed_nothing_is_found_out_with_playwright(self):
        self.loop("playwright")

    def test_a_deployment_that_changed_nothing_is_found_out_with_devtools(self):
        self.loop("chrome-devtools")


if __name__ == "__main__":
    sys.exit(client_test.main())
