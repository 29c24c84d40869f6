#!/usr/bin/env python3
"""Runs the real client with tiers: on which model, and with what effort, each subagent's requests are made, and whether what
`cascade cost --runs` counts is what the client's own transcripts and totals say, to the token.

usage: tiers_test.py CASCADE [CLIENT]      as client_test.py
Exit status 0: all passed, 1: some failed, 77: skipped (no client, no harness), with the reason.
"""
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import client_test  # noqa: E402

OPUS, SONNET = "claude-opus-5-5", "claude-sonnet-5-5"
TIERS = """tiers:
  light: { model: haiku, effort: low }
  standard: { model: sonnet, effort: medium }
  deep: { model: opus, effort: high }
"""
COUNTS = ("input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")


def agent_file(name, tier="", more=""):
    tier = f"metadata:\n  cascade-tier: {tier}\n" if tier else ""
    return f"---\nname: {name}\ndescription: Does {name} work. Use when it is needed.\n{more}{tier}---\nYou are {name}.\n"


def call(prompt, kind, background=False, **more):
    return {"tool": "Agent", "input": {"description": "task", "prompt": prompt, "subagent_type": kind,
                                       "run_in_background": background, **more}}


def bash(command):
    return {"tool": "Bash", "input": {"command": command, "description": "Run it"}}


def until(name):
    """Waits for a file that a subagent in the background makes with its last tool, and then for that subagent's end."""
    return bash(f"timeout 60 sh -c 'until [ -e {name} ]; do sleep 0.2; done'; sleep 3")


class Session:
    """A home with cascade's hooks, and a project with agents of every tier."""

    def __init__(self, configuration=TIERS, systems="tiers", where="user"):
        self.folder = tempfile.mkdtemp(prefix="tiers-", dir=os.path.dirname(client_test.CASCADE))
        self.work = os.path.join(self.folder, "work")
        self.home, self.project = os.path.join(self.work, "home"), os.path.join(self.work, "project")
        for name, text in (("reader", agent_file("reader", "light")), ("writer", agent_file("writer", "standard")),
                           ("judge", agent_file("judge", "deep")), ("plain", agent_file("plain")),
                           ("own", agent_file("own", "light", "model: sonnet\neffort: high\n")),
                           ("half", agent_file("half", "light", "effort: high\n"))):
            self.write(os.path.join(self.project, ".claude", "agents", name + ".md"), text)
        self.write(os.path.join(self.home, ".claude", "keep"), "")
        self.configuration = os.path.join(self.home, ".config", "cascade") if where == "user" else self.project
        self.write(os.path.join(self.configuration, "cascade.yaml"), configuration)
        self.write(os.path.join(self.folder, "none.json"), "{}")
        self.cascade("init", "--listing", "full", "--with", systems)

    @staticmethod
    def write(path, text):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def cascade(self, *words):
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "CASCADE_"))}
        done = subprocess.run([client_test.CASCADE, *words], env=dict(environment, HOME=self.home), cwd=self.project,
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f"cascade {words}: {done.returncode} {done.stdout} {done.stderr}")
        return done.stdout

    def run(self, turns, *scenes, model=OPUS, then=(), client=()):
        """The requests by the mark of the task that they are about: (model, effort)."""
        script = os.path.join(self.folder, "scenes.json")
        self.write(script, json.dumps([*scenes, {"match": "MARK_GO", "turns": [*turns, [{"text": "all done"}]]}]))
        words = [sys.executable, client_test.HARNESS, "--client", client_test.CLIENT, "--work", self.work, "--reuse", "--settings",
                 os.path.join(self.folder, "none.json"), "--script", script, "--model", model, "--show", "stdout", "--timeout", "180"]
        for text in then:
            words += ["--then", text]
        words += ["MARK_GO now"] + (["--", *client] if client else [])
        done = subprocess.run(words, capture_output=True, text=True, cwd=os.path.dirname(client_test.HARNESS), timeout=240, check=False)
        if done.returncode != 0:
            raise AssertionError(f"the client ended with {done.returncode}: {done.stdout[-500:]} {done.stderr[-500:]}")
        self.said = done.stdout
        found = {}
        with open(os.path.join(self.work, "requests.jsonl"), encoding="utf-8") as file:
            for line in file:
                request = json.loads(line)
                body = request["body"]
                if "count_tokens" in request["path"] or "messages" not in body:
                    continue
                for mark in marks(body):
                    found.setdefault(mark, []).append((body["model"].split("-")[1], (body.get("output_config") or {}).get("effort")))
        return found

    def totals(self):
        """What the client itself counted for each model."""
        result = [json.loads(line) for line in self.said.splitlines() if line.startswith('{"type":"result"') or '"type":"result"' in line]
        return result[-1]["modelUsage"]

    def transcripts(self):
        """By subagent and model: the usage of its answers, each answer once."""
        found = {}
        for path in glob.glob(os.path.join(self.home, ".claude", "projects", "*", "*", "subagents", "agent-*.jsonl")):
            answers = {}
            with open(path, encoding="utf-8") as file:
                for line in file:
                    entry = json.loads(line)
                    if entry["type"] == "assistant" and entry["message"]["model"] != "<synthetic>":
                        answers[entry["message"]["id"]] = entry["message"]
            for message in answers.values():
                usage = found.setdefault(os.path.basename(path)[6:-6], {}).setdefault(message["model"], dict.fromkeys(COUNTS, 0))
                for count in COUNTS:
                    usage[count] += message["usage"][count]
        return found

    def report(self):
        return json.loads(self.cascade("cost", "--runs", "--format", "json"))

    def ledger(self, event):
        lines = []
        for path in glob.glob(os.path.join(self.home, ".local", "state", "cascade", "sessions", "*.jsonl")):
            with open(path, encoding="utf-8") as file:
                lines += [entry for entry in map(json.loads, file) if entry["event"] == event]
        return lines


def marks(body):
    """The mark that a request is about: that of its conversation's first task."""
    for message in body["messages"]:
        blocks = message["content"] if isinstance(message["content"], list) else [{"type": "text", "text": message["content"]}]
        for block in blocks if message["role"] == "user" else ():
            words = [word for word in str(block.get("text", "")).split() if word.startswith("MARK_")]
            if words:
                return [words[0]]
    return []


def usage_of(parts):
    return {part["model"]: {"input_tokens": part["usage"]["input"], "output_tokens": part["usage"]["output"],
                            "cache_creation_input_tokens": part["usage"]["cache_write"],
                            "cache_read_input_tokens": part["usage"]["cache_read"]} for part in parts}


class Tiers(unittest.TestCase):
    def session(self, *given, **more):
        session = Session(*given, **more)
        self.addCleanup(shutil.rmtree, session.folder, ignore_errors=True)
        return session

    def test_each_tier_runs_on_its_model_with_its_effort(self):
        seen = self.session().run([[call("MARK_A read", "reader")], [call("MARK_B write", "writer")], [call("MARK_C judge", "judge")],
                                   [call("MARK_D do", "plain")]])
        self.assertEqual({mark: set(seen[mark]) for mark in ("MARK_A", "MARK_B", "MARK_C", "MARK_D")}, {
            "MARK_A": {("haiku", "low")}, "MARK_B": {("sonnet", "medium")}, "MARK_C": {("opus", "high")},
            "MARK_D": {("opus", "medium")}})

    def test_what_the_caller_or_the_agents_own_file_sets_stays(self):
        seen = self.session().run([[call("MARK_A read", "reader", model="opus")], [call("MARK_B read", "reader", effort="max")],
                                   [call("MARK_C own", "own")], [call("MARK_D half", "half")],
                                   [call("MARK_E own", "own", model="haiku", effort="xhigh")]])
        self.assertEqual([seen[mark][0] for mark in ("MARK_A", "MARK_B", "MARK_C", "MARK_D", "MARK_E")], [
            ("opus", "low"), ("haiku", "max"), ("sonnet", "high"), ("haiku", "high"), ("haiku", "xhigh")])

    def test_nothing_is_above_the_sessions_model_unless_the_user_allows_it(self):
        turns = [[call("MARK_A read", "reader")], [call("MARK_B write", "writer")], [call("MARK_C judge", "judge")]]
        seen = self.session().run(turns, model=SONNET)
        self.assertEqual([seen[mark][0] for mark in ("MARK_A", "MARK_B", "MARK_C")],
                         [("haiku", "low"), ("sonnet", "medium"), ("sonnet", "high")])
        seen = self.session(TIERS + "  raise: true\n").run(turns, model=SONNET)
        self.assertEqual(seen["MARK_C"][0], ("opus", "high"))

    def test_a_projects_raise_sleeps_until_the_file_is_allowed(self):
        session = self.session(TIERS + "  raise: true\n", where="project")
        turns = [[call("MARK_C judge", "judge")]]
        self.assertEqual(session.run(turns, model=SONNET)["MARK_C"][0], ("sonnet", "high"))
        session.cascade("allow", os.path.join(session.project, "cascade.yaml"))
        self.assertEqual(session.run(turns, model=SONNET)["MARK_C"][-1], ("opus", "high"))

    def test_a_subagents_subagent_is_not_above_the_session_and_not_bound_to_its_caller(self):
        session = self.session()
        seen = session.run([[call("MARK_A read", "reader")]], {"match": "MARK_B", "turns": [[{"text": "b"}]]},
                           {"match": "MARK_A", "turns": [[call("MARK_B judge", "judge")], [{"text": "a"}]]})
        self.assertEqual((seen["MARK_A"][0], seen["MARK_B"][0]), (("haiku", "low"), ("opus", "high")))
        seen = self.session().run([[call("MARK_A read", "reader")]], {"match": "MARK_B", "turns": [[{"text": "b"}]]},
                                  {"match": "MARK_A", "turns": [[call("MARK_B judge", "judge")], [{"text": "a"}]]}, model=SONNET)
        self.assertEqual(seen["MARK_B"][0], ("sonnet", "high"))

    def test_a_model_that_is_switched_to_counts_at_once(self):
        session = self.session()
        switch = json.dumps({"type": "control_request", "request_id": "1", "request": {"subtype": "set_model", "model": SONNET}})
        seen = session.run([[call("MARK_A judge", "judge")]], {"match": "MARK_LATER", "turns": [[call("MARK_B judge", "judge")],
                                                                                               [{"text": "done"}]]},
                           then=(switch, "MARK_LATER go"))
        self.assertEqual((seen["MARK_A"][0], seen["MARK_B"][0]), (("opus", "high"), ("sonnet", "high")))

    def test_a_library_agent_that_cascade_serves_runs_on_its_tier(self):
        session = self.session(TIERS + "roots: [library]\n", where="project")
        session.write(os.path.join(session.project, "library", "agents", "clerk.md"), agent_file("clerk", "light"))
        session.write(os.path.join(session.project, "library", "agents", "chief.md"), agent_file("chief", "light", "model: sonnet\n"))
        seen = session.run([[call("MARK_A file it", "clerk")], [call("MARK_B file it", "chief")]])
        self.assertEqual([seen[mark][0] for mark in ("MARK_A", "MARK_B")], [("haiku", "low"), ("sonnet", "low")])
        self.assertIn("You are clerk.", session_text(session))

    def test_in_shadow_nothing_is_set_and_all_is_counted(self):
        session = self.session("systems: { tiers: shadow }\n" + TIERS)
        self.assertEqual(session.run([[call("MARK_A read", "reader")]])["MARK_A"], [("opus", "medium")])
        self.assertEqual([(row["agent"], row["tier"], row["runs"]) for row in session.report()["rows"]], [("reader", "light", 1)])

    def test_switched_on_without_a_list_the_usual_tiers_hold(self):
        session = self.session("announce: on\n")
        self.assertEqual(session.run([[call("MARK_A read", "reader")]])["MARK_A"], [("haiku", "low")])

    def test_switched_off_nothing_is_set_and_nothing_is_kept(self):
        session = self.session()
        session.write(os.path.join(session.configuration, "cascade.yaml"), "systems: { tiers: off }\n" + TIERS)
        self.assertEqual(session.run([[call("MARK_A read", "reader")]])["MARK_A"], [("opus", "medium")])
        self.assertEqual(session.ledger("call") + session.ledger("run"), [])


def session_text(session):
    with open(os.path.join(session.work, "requests.jsonl"), encoding="utf-8") as file:
        return file.read()


class Raised(unittest.TestCase):
    session = Tiers.session

    def test_a_call_that_failed_goes_up_once(self):
        session = self.session()
        seen = session.run([[call("MARK_A read", "reader")], [call("MARK_B read it", "reader")], [call("MARK_C read it so", "reader")]],
                           {"match": "MARK_A", "status": 400, "turns": [[{"text": "x"}]]})
        self.assertEqual([seen[mark][0] for mark in ("MARK_A", "MARK_B", "MARK_C")],
                         [("haiku", "low"), ("sonnet", "medium"), ("haiku", "low")])
        self.assertEqual([line["tier"] for line in session.ledger("call") if line["action"] == "issued"], ["light", "standard", "light"])

    def test_a_run_that_ends_in_a_failed_tool_goes_up_once(self):
        session = self.session()
        seen = session.run([[call("MARK_A read", "reader")], [call("MARK_B read", "reader")], [call("MARK_C read", "reader")]],
                           {"match": "MARK_A", "turns": [[bash("false")], [{"text": "gave up"}]]})
        self.assertEqual([seen[mark][0] for mark in ("MARK_A", "MARK_B", "MARK_C")],
                         [("haiku", "low"), ("sonnet", "medium"), ("haiku", "low")])

    def test_a_failed_tool_that_was_mended_is_no_failure(self):
        seen = self.session().run([[call("MARK_A read", "reader")], [call("MARK_B read", "reader")]],
                                  {"match": "MARK_A", "turns": [[bash("false")], [bash("true")], [{"text": "done"}]]})
        self.assertEqual(seen["MARK_B"][0], ("haiku", "low"))

    def test_the_same_task_again_goes_up_once_and_another_task_does_not(self):
        session = self.session()
        seen = session.run([[call("MARK_A read", "reader")], [call("MARK_B read", "reader")], [call("MARK_A  Read!", "reader")],
                            [call("MARK_A read", "reader")]])
        self.assertEqual((seen["MARK_A"], seen["MARK_B"]), ([("haiku", "low"), ("sonnet", "medium"), ("haiku", "low")], [("haiku", "low")]))

    def test_two_at_once_with_one_task_are_no_repetition(self):
        seen = self.session().run([[call("MARK_A read", "reader"), call("MARK_A read", "reader")]],
                                  {"match": "MARK_A", "delay": 1, "turns": [[{"text": "done"}]]})
        self.assertEqual(seen["MARK_A"], [("haiku", "low")] * 2)

    def test_the_next_turn_begins_anew(self):
        seen = self.session().run([[call("MARK_A read", "reader")]], {"match": "MARK_NEXT", "turns": [[call("MARK_B read", "reader")],
                                                                                                     [{"text": "done"}]]},
                                  {"match": "MARK_A", "status": 400, "turns": [[{"text": "x"}]]}, then=("MARK_NEXT go",))
        self.assertEqual(seen["MARK_B"][0], ("haiku", "low"))

    def test_an_effect_that_nobody_verified_goes_up_once(self):
        session = self.session("systems: { effects: shadow, tiers: on }\n" + TIERS, systems="effects,tiers")
        deploy = "kubectl apply -f site.yaml"
        tools = os.path.join(session.folder, "tools")
        session.write(os.path.join(tools, "kubectl"), "#!/bin/sh\necho applied\n")
        os.chmod(os.path.join(tools, "kubectl"), 0o755)
        path = os.environ["PATH"]
        os.environ["PATH"] = tools + ":" + path
        self.addCleanup(os.environ.__setitem__, "PATH", path)
        seen = session.run([[call("MARK_A ship", "reader")], [call("MARK_B ship it", "reader")], [call("MARK_C ship it", "reader")]],
                           {"match": "MARK_A", "turns": [[bash(deploy)], [{"text": "deployed"}]]})
        self.assertEqual([seen[mark][0] for mark in ("MARK_A", "MARK_B", "MARK_C")],
                         [("haiku", "low"), ("sonnet", "medium"), ("haiku", "low")])
        self.assertEqual([row["outcomes"]["unverified"] for row in session.report()["rows"] if row["tier"] == "light"], [1])


def again(test):
    """Tries a test up to six times: on a busy machine the client may end before it has written its last transcript."""
    def tried(self):
        for left in reversed(range(6)):
            try:
                return test(self)
            except AssertionError:
                if left == 0:
                    raise
        return None
    return tried


class Sums(unittest.TestCase):
    session = Tiers.session

    def check(self, session):
        """Every subagent's sum is its transcript's, and all of them with the main conversation are what the client counted."""
        report, transcripts = session.report(), session.transcripts()
        self.assertEqual({run["id"]: usage_of(run["models"]) for run in report["runs"] if run["models"]}, transcripts)
        self.assertEqual(report["all"]["tokens"], sum(sum(usage.values()) for models in transcripts.values() for usage in models.values()))
        return report

    @again
    def test_foreground_background_and_nested(self):
        session = self.session()
        session.run([[call("MARK_A read", "reader")], [call("MARK_C write", "writer", background=True)],
                     [call("MARK_D fail", "plain")], [until("written")]],
                    {"match": "MARK_A", "usage": 1000, "turns": [
                        [{"text": "aloud"}, bash("true"), bash("true ")], [call("MARK_B judge", "judge")], [{"text": "a"}]]},
                    {"match": "MARK_B", "usage": 77, "turns": [[bash("false")], [bash("true")], [{"text": "b"}]]},
                    {"match": "MARK_C", "usage": 500, "turns": [[bash("sleep 1; touch written")], [{"text": "c"}]]},
                    {"match": "MARK_D", "status": 400, "turns": [[{"text": "x"}]]})
        report = self.check(session)
        self.assertEqual({(run["agent"], run["tier"], run["outcome"], run["tokens"], run["tools"]) for run in report["runs"]}, {
            ("reader", "light", "done", 3015, 3), ("judge", "deep", "done", 246, 2), ("writer", "standard", "done", 1010, 1),
            ("plain", "", "failed", 0, 0)})
        counted = session.totals()
        for family in ("haiku", "sonnet"):  # only subagents ran on these: the client's own total and price
            model = next(name for name in counted if family in name)
            row = next(row for row in report["rows"] if model in row["models"])
            self.assertEqual((row["usage"]["input"], row["usage"]["output"]), (counted[model]["inputTokens"], counted[model]["outputTokens"]))
            self.assertAlmostEqual(row["nanodollars"] / 1e9, counted[model]["costUSD"], places=9)
        self.assertEqual(sum(line["usage"]["input"] + line["usage"]["output"] for line in session.ledger("run")), report["all"]["tokens"])

    @again
    def test_a_subagent_that_is_gone_on_with_is_counted_once(self):
        session = self.session()
        session.run([[call("MARK_A read", "reader", name="helper", background=True)], [bash("sleep 3")],
                     [{"tool": "SendMessage", "input": {"to": "helper", "message": "MARK_MORE please", "summary": "more"}}],
                     [until("more")]],
                    {"match": "MARK_MORE", "usage": 300, "turns": [[bash("touch more")], [{"text": "more"}]]},
                    {"match": "MARK_A", "usage": 100, "turns": [[{"text": "a"}]]})
        self.check(session)

    @again
    def test_a_session_that_is_gone_on_with_is_counted_once(self):
        session = self.session()
        session.run([[call("MARK_A read", "reader")]])
        session.run([[call("MARK_B read", "reader")]], client=["--continue"])
        report = self.check(session)
        self.assertEqual((report["all"]["runs"], report["sessions"]), (2, 1))

    def test_prices_are_those_that_the_client_counts_with(self):
        for model, size in (("claude-haiku-4-5", 1000), ("claude-haiku-5-5", 1000), ("claude-haiku-5-5", 150_000), (SONNET, 1000),
                            ("claude-sonnet-4-5", 1000), (OPUS, 1000), ("claude-opus-4-8", 1000), ("claude-fable-5-2", 1000)):
            session = self.session("systems: { tiers: shadow }\n")
            session.run([[call("MARK_A do", "plain")]], {"match": "MARK_A", "usage": size, "turns": [[{"text": "a"}]]},
                        {"match": "MARK_GO", "usage": size, "turns": [[call("MARK_A do", "plain")], [{"text": "done"}]]}, model=model)
            counted = next(total for name, total in session.totals().items() if name.startswith(model))
            row = session.report()["all"]  # a third of the requests, all of one size
            self.assertAlmostEqual(3 * row["nanodollars"] / 1e9, counted["costUSD"], places=9, msg=f"{model} {size}")


if __name__ == "__main__":
    sys.exit(client_test.main())
