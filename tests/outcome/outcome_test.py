#!/usr/bin/env python3
"""The tasks for agents are complete, and bench/outcome/run lays out, judges and reports what it should.

usage: outcome_test.py CASCADE      whether the tasks can be done, `bench/outcome/run --self-test --once` says

Exit status 0: all passed, 1: some failed, 77: skipped, with the reason. The agent is a script that knows what stands in its prompt.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "bench/outcome"))
import page  # noqa: E402
import pools  # noqa: E402
import results  # noqa: E402
import tasks  # noqa: E402

CASCADE = None
DAY = "2026-11-28"
INSTRUCTION = "Write the harbour dues of the ship in ship.txt to dues.txt, as the harbour office wants them.\n"
RULE = ("---\nname: quay-ledger\ndescription: How harbour dues of a ship are written for the harbour office. Use when dues of a ship are asked for.\n"
        "---\n# Dues\n\nThe file has one line: `HD-` and the ship's length in feet.\n")
TESTS = """#!/bin/sh
cd "$1" || exit 2
passed=0
check() { if [ "$2" = "$3" ]; then echo "ok $1"; passed=$((passed + 1)); else echo "not ok $1: $2"; fi; }
check ship "$(cat ship.txt)" 120
check dues "$(cat dues.txt 2>/dev/null)" HD-120
check lines "$(cat dues.txt 2>/dev/null | wc -l | tr -d ' ')" 1
echo "$passed of 3"
[ "$passed" -eq 3 ]
"""
# Opens the skill where a list names it and nobody has brought it; without the rule it writes the length alone.
AGENT = """#!/bin/sh
prompt=$(cat)
case "$prompt" in
  *'`HD-`'*) rule=yes ;;
  *'- quay-ledger'*) ../skill quay-ledger | grep -q 'HD-' && rule=yes ;;
esac
if [ "${rule:-no}" = yes ]; then echo "HD-$(cat ship.txt)" > dues.txt; else cat ship.txt > dues.txt; fi
"""
CLIENT = """#!/bin/sh
cat > prompt.txt
ls "$HOME/.claude/skills" > skills.txt
test -e "$CLAUDE_CONFIG_DIR/settings.json" && echo hooks > hooks.txt
echo '{"message": {"content": [{"type": "tool_use", "name": "Skill", "input": {"skill": "quay-ledger"}}]}}'
echo '{"message": {"content": [{"type": "tool_use", "name": "Bash", "input": {"command": "ls"}}]}}'
echo '{"type": "result", "usage": {"input_tokens": 10, "cache_read_input_tokens": 5000, "output_tokens": 90}}'
"""


def write(path, text, executable=False):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755 if executable else 0o644)
    return path


class Outcome(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = pathlib.Path(place.name).resolve()
        self.task = self.folder / "tasks/dues"
        write(self.task / "instruction.md", INSTRUCTION)
        write(self.task / "environment/ship.txt", "120\n")
        write(self.task / "tests/run", TESTS, executable=True)
        write(self.task / "solution/dues.txt", "HD-120\n")
        write(self.task / "skills/quay-ledger/SKILL.md", RULE)
        write(self.task / "note.md", "# Dues\n\nTrade: harbour office\nSkills needed: 1\n\nWithout it: no HD-, `dues` fails.\n")
        for number in range(60):
            write(self.folder / f"pool/{number}/SKILL.md", f"---\nname: garden-{number}\ndescription: Plants bed {number} of the garden.\n---\nDig.\n")
        write(self.folder / "pool/near/SKILL.md", "---\nname: pilot-boats\ndescription: Orders a pilot for a ship in the harbour.\n---\nCall.\n")

    def run_it(self, *words, status=0, runs="runs"):
        done = subprocess.run([sys.executable, ROOT / "bench/outcome/run", *words, "--tasks", self.folder / "tasks", "--runs", self.folder / runs,
                               "--results", self.folder / "results.tsv", "--page", self.folder / "outcome.md", "--program", CASCADE],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def lay_out(self, *words, **more):
        return self.run_it("--size", "40", "--pool", self.folder / "pool", "--date", DAY, *words, **more)

    def agent(self, text):
        return str(write(self.folder / "agent", text, executable=True))

    def rows(self):
        return results.read_rows(self.folder / "results.tsv")


class Tasks(Outcome):
    def test_each_task_of_the_repository_is_complete(self):  # outcome_tasks runs their tests, which takes longer
        found = tasks.read_tasks(ROOT / "bench/outcome/tasks").values()
        self.assertEqual({task.name: faults for task in found if (faults := tasks.faults_of(task))}, {})
        self.assertEqual(tasks.shared_skill_faults(found), [])

    @unittest.skipUnless(shutil.which("git"), "there is no git")
    def test_git_keeps_each_file_of_the_tasks(self):
        done = subprocess.run(["git", "-c", "safe.directory=*", "-C", ROOT, "ls-files", "--others", "--ignored", "--exclude-standard", "bench/outcome"],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            self.skipTest("there is no repository here")
        self.assertEqual([path for path in done.stdout.splitlines() if "__pycache__" not in path], [])

    def test_the_made_up_task_is_one(self):
        self.assertEqual(self.run_it("--self-test"), "ok dues\n1 of 1 tasks, 0 skipped\n")
        self.assertEqual(self.run_it("--list"), "dues\tharbour office\t1 needed\tquay-ledger\n")

    def test_a_faulty_task_is_told(self):
        for change, said in ((("solution/dues.txt", "120\n"), "the solution fails dues: 120"),
                             (("environment/dues.txt", "HD-120\n"), "the environment alone passes"),
                             (("note.md", "Trade: x\nSkills needed: 2\n"), "2 skills are needed, and skills/ has 1"),
                             (("note.md", "Skills needed: 1\n"), "no line 'Trade: …'"),
                             (("instruction.md", "As quay-ledger says.\n"), "names the skill quay-ledger"),
                             (("environment/misc.txt", ""), "a name that says nothing"),
                             (("tests/run", "#!/bin/sh\necho ok a\necho 2 of 2\n"), "sums up 2 of 2, and its lines say 1 of 1"),
                             (("tests/run", "#!/bin/sh\necho ok a\n"), "is not 'N of M'")):
            with self.subTest(said):
                path = self.task / change[0]
                before = path.read_text(encoding="utf-8") if path.exists() else None
                write(path, change[1], executable=change[0] == "tests/run")
                self.assertIn(said, "\n".join(tasks.self_test(tasks.read_task(self.task))))
                path.unlink() if before is None else write(path, before, executable=change[0] == "tests/run")

    def test_a_task_whose_program_is_not_here_is_skipped(self):
        write(self.task / "note.md", "Trade: x\nSkills needed: 1\nPrograms: sh no-such-program\n")
        self.assertEqual(self.run_it("--self-test"), "skipped dues: there is no no-such-program\n0 of 0 tasks, 1 skipped\n")

    def test_tests_judge_a_copy(self):
        write(self.task / "tests/run", "#!/bin/sh\necho gone > \"$1/ship.txt\"\necho ok a\necho 1 of 1\n", executable=True)
        task = tasks.read_task(self.task)
        self.assertEqual(tasks.judge(task, self.task / "environment").passed, 1)
        self.assertEqual((self.task / "environment/ship.txt").read_text(encoding="utf-8"), "120\n")


class Pools(Outcome):
    def test_a_pool_holds_the_near_ones_and_is_a_part_of_the_larger_one(self):
        found, task = pools.candidates([self.folder / "pool"]), tasks.read_task(self.task)
        small, large = ([each.name for each in pools.draw(task, size, found)] for size in (20, 40))
        self.assertEqual((len(small), len(large)), (19, 39))
        self.assertEqual(small[0], "pilot-boats")
        self.assertLess(set(small), set(large))
        self.assertEqual(small, [each.name for each in pools.draw(task, 20, pools.candidates([self.folder / "pool"]))])
        with self.assertRaisesRegex(pools.TooFew, "a pool of 550 needs 549 manifests"):
            pools.draw(task, 550, found)

    def test_agents_fill_up_and_what_nobody_may_list_is_left_out(self):
        write(self.folder / "more/agents/Tide Clerk.md", "---\ndescription: >\n  Tells tides.\ntools: Bash\n---\nBody.\n")
        write(self.folder / "more/hidden/SKILL.md", "---\nname: hidden\ndescription: x\ndisable-model-invocation: true\n---\n")
        write(self.folder / "more/a/SKILL.md", "---\nname: A one\ndescription: x\n---\nText.\n")
        found = pools.candidates([self.folder / "more"])
        self.assertEqual([each.name for each in found], ["a-one", "tide-clerk"])
        self.assertEqual(found[1].text, "---\nname: tide-clerk\ndescription: >\n  Tells tides.\n---\nBody.\n")


class Arms(Outcome):
    def test_an_agent_that_needs_the_skill_is_judged_in_each_arm(self):
        said = self.lay_out("--agent", self.agent(AGENT), "--name", "script", "--arm", "none", "--arm", "listing", "--arm", "hook", "--arm", "mod")
        none, listing, hook, *mod = self.rows()
        self.assertEqual((none.arm, none.pool, none.passed, none.of, none.cause), ("none", 0, 2, 3, "no skill was given"))
        self.assertEqual((listing.arm, listing.pool, listing.solved, listing.opened, listing.needless), ("listing", 40, True, "quay-ledger", 0))
        self.assertEqual((hook.arm, hook.pool, hook.solved, hook.opened, hook.cause), ("hook", 40, True, "-", ""))
        self.assertEqual((hook.agent, hook.date, hook.needs, hook.run), ("script", DAY, 1, 1))
        self.assertLess(none.tokens, listing.tokens)
        if shutil.which("node") is None:
            self.assertIn("left out: the mod is JavaScript, and there is no node to run it", said)
        else:
            self.assertEqual([(each.arm, each.pool, each.solved, each.opened) for each in mod], [("mod", 40, True, "-")])
            self.assertLess(mod[0].tokens, listing.tokens)
        self.assertIn("is there already", self.lay_out("--agent", self.agent(AGENT), "--name", "script", "--arm", "none"))
        self.assertEqual(len(self.rows()), 3 + len(mod))

    def test_the_prompt_is_what_the_client_sends_and_the_same_bytes_each_time(self):
        for runs in ("one", "two"):
            self.lay_out("--agent", "by-hand", runs=runs)
        names = ("none-0", "listing-40", "hook-40")
        for file in ("{}/PROMPT.md", "{}.json"):
            one, two = ([(self.folder / runs / "by-hand" / file.format(f"dues-{name}-1")).read_text(encoding="utf-8") for name in names]
                        for runs in ("one", "two"))
            self.assertEqual(one, two)
        none, listing, hook = ((self.folder / f"one/by-hand/dues-{name}-1/PROMPT.md").read_text(encoding="utf-8") for name in names)
        self.assertEqual(none, INSTRUCTION)
        self.assertTrue(listing.endswith(INSTRUCTION) and hook.endswith(INSTRUCTION))
        self.assertIn("- quay-ledger: How harbour dues", listing)
        self.assertEqual(sum(line.startswith("- ") for line in listing.splitlines()), 40)
        self.assertNotIn("[cascade]", listing)
        marks = ["SessionStart hook additional context: [cascade]", "available for use with the Skill tool", "- cascade: Loads",
                 "UserPromptSubmit hook additional context: [cascade] skill:quay-ledger", INSTRUCTION]
        places = [hook.index(mark) for mark in marks]
        self.assertEqual(places, sorted(places))
        in_reach = [path.name for path in (self.folder / "one/by-hand/dues-none-0-1").rglob("*") if path.is_file()]
        self.assertEqual(sorted(in_reach), ["PROMPT.md", "ship.txt"])

    def test_a_preview_says_what_the_hook_brings_without_an_agent(self):
        self.assertEqual(self.lay_out("--preview"), "task\tpool\tneeds\twhole\tin part\tnamed\tneedless\n"
                                                    "dues\t40\tquay-ledger\tquay-ledger\t-\t-\t0\n")
        self.assertEqual(self.rows(), [])

    def test_a_skill_that_is_asked_for_is_printed_and_noted(self):
        self.lay_out("--agent", "by-hand", "--arm", "hook")
        run = self.folder / "runs/by-hand/dues-hook-40-1"
        ask = lambda *words: subprocess.run(["../skill", *words], cwd=run / "work", capture_output=True, text=True, check=False)
        garden = min(path.name for path in (run / "home/.claude/skills").glob("garden-*"))
        self.assertIn("Call.", ask("pilot-boats").stdout)
        self.assertIn(f"skill:{garden}", ask("cascade", garden).stdout)
        self.assertEqual(ask("no-such-skill").returncode, 1)
        self.assertEqual((run / "opened.txt").read_text(encoding="utf-8"), f"pilot-boats\n{garden}\n")

    def test_a_client_gets_the_instruction_alone_and_a_home_with_hooks(self):
        self.lay_out("--agent", self.agent(CLIENT), "--name", "client", "--client", "--arm", "listing", "--arm", "hook")
        for arm, hooked in (("listing", False), ("hook", True)):
            work = self.folder / f"runs/client/dues-{arm}-40-1/work"
            self.assertEqual((work / "prompt.txt").read_text(encoding="utf-8"), INSTRUCTION)
            self.assertIn("quay-ledger\n", (work / "skills.txt").read_text(encoding="utf-8"))
            self.assertEqual((work / "hooks.txt").exists(), hooked)
        self.assertEqual([(row.commands, row.opened, row.conversation, row.cause) for row in self.rows()],
                         [("1", "quay-ledger", "5100", "not enough: the skills were there whole")] * 2)

    def test_an_agent_that_fails_has_its_row_with_the_cause(self):
        self.assertIn("ended with 3", self.lay_out("--agent", "sh -c 'exit 3'", "--arm", "none", status=1))
        self.lay_out("--agent", "no-such-agent", "--arm", "none", status=1)
        self.lay_out("--agent", "sleep 60", "--minutes", "0.01", "--arm", "none", status=1)
        ended, missing, stopped = (row.cause for row in self.rows())
        self.assertEqual((ended, stopped), ("the agent ended with 3", "the agent was stopped after 0.01 minutes"))
        self.assertIn("cannot be started", missing)

    def test_by_hand_a_row_is_added_once(self):
        self.lay_out("--agent", "by-hand", "--name", "ann", "--arm", "listing")
        run = self.folder / "runs/ann/dues-listing-40-1"
        write(run / "transcript.jsonl", "".join(json.dumps(step) + "\n" for step in
                                                ({"command": "ls"}, {"skill": "garden-1"}, {"command": "cat ship.txt"}, {"minutes": 4.5}, {"tokens": 60000})))
        for again in (False, True):
            said = self.run_it("--judge", run, "--date", DAY)
            self.assertIn("not ok dues: ", said)
            self.assertEqual("was added before" in said, again)
        row, = self.rows()
        self.assertEqual((row.agent, row.commands, row.opened, row.minutes, row.conversation, row.cause),
                         ("ann", "2", "garden-1", "4.5", "60000", "not used: quay-ledger"))

    def test_words_that_are_wrong_are_told(self):
        self.assertIn("--date DAY is wanted", self.run_it("--agent", "true", status=2))
        self.assertIn("one of --list", self.run_it(status=2))
        self.assertIn("no task nothing", self.run_it("--list", "--task", "nothing", status=2))
        self.assertIn("is no run", self.run_it("--judge", self.folder, "--date", DAY, status=3))


class Report(Outcome):
    def row(self, **more):
        fixed = {"date": DAY, "agent": "a|b", "arm": "hook", "pool": 40, "run": 1, "task": "dues", "needs": 1, "passed": 3, "of": 3,
                 "tokens": 1200, "needless": 0, "conversation": "", "minutes": "2.0", "commands": "", "opened": "-", "cause": ""}
        return results.Row(**{**fixed, **more})

    def test_without_a_run_the_page_says_so(self):
        self.run_it("--report")
        self.assertIn("No run has been made yet", (self.folder / "outcome.md").read_text(encoding="utf-8"))

    def test_the_page_in_the_repository_is_what_the_rows_say(self):
        done = subprocess.run([sys.executable, ROOT / "bench/outcome/run", "--report", "--check"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_rows_become_tables_with_intervals_and_the_bad_ones(self):
        for row in [self.row(run=number) for number in range(1, 9)] + [self.row(arm="listing", run=1, passed=1, cause="not used: quay-ledger"),
                                                                     self.row(arm="listing", run=2)]:
            results.append_row(self.folder / "results.tsv", row)
        self.run_it("--report")
        text = (self.folder / "outcome.md").read_text(encoding="utf-8")
        self.assertIn("10 runs of 1 task by 1 agent, 2026-11-28; 1 run not solved", text)
        self.assertIn("## a\\|b\n", text)
        self.assertIn("| listing and hook | 40 | 8 | 100.0 [67.6, 100.0] | 24 of 24 | 1,200 | 0.0 | – | 0.0 | 2.0 |", text)
        self.assertIn("against the listing alone, pool of 40: +50.0 [", text)
        self.assertIn("| dues | the client's listing | 40 | 1 | 1 of 3 | - | not used: quay-ledger |", text)
        self.assertIn("is what the rows say", self.run_it("--report", "--check"))
        results.append_row(self.folder / "results.tsv", self.row(run=9))
        self.assertIn("is not what the rows say", self.run_it("--report", "--check", status=1))

    def test_intervals_are_those_of_the_books(self):
        self.assertEqual(page.share(81, 263), "30.8 [25.5, 36.6]")  # Newcombe 1998, method 3
        self.assertEqual(page.share(0, 20), "0.0 [0.0, 16.1]")
        self.assertEqual(page.difference(56, 70, 48, 80), "+20.0 [+5.2, +33.4]")  # Newcombe 1998, method 10

    def test_a_table_that_was_written_wrongly_is_told(self):
        write(self.folder / "results.tsv", "\t".join(results.NAMES) + "\n" + "\t".join(["x"] * len(results.NAMES)) + "\n")
        self.assertIn("results.tsv:2: ", self.run_it("--report", status=2))


if __name__ == "__main__":
    if len(sys.argv) < 2 or not os.access(sys.argv[1], os.X_OK):
        print("skipped: there is no program to ask")
        sys.exit(77)
    CASCADE = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)
