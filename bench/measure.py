#!/usr/bin/env python3
"""Measures the hot path, the index and the counter, each beside its peers, and writes the numbers as JSON.

    measure.py SOURCE_TREE BUILD_FOLDER PEERS_FOLDER OUTPUT.json

Ratios are of minima within one run: what else a machine does slows all candidates alike. Before anything is timed its
answer is compared with the one of a run without index or cache; a fast wrong answer ends the run. PEERS_FOLDER may be
missing, and node and npm with it: what cannot be measured carries its reason.
"""
import contextlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

from library import library

PROMPT = "it worked in the last release and fails now: which commit broke it? find the failing test and review the change"
# For the first the hook offers, of this the skill comes at once.
OFFERED = "find out why the build is slow and review the change"
SURE = "release the software on GitHub: changelog, version bump, deployment and rollback"
NOTHING = "hello there"
MOST_FAULTS = 100
TASK = ["bundle", "--prompt", PROMPT, "--budget", "4000"]


def installed(build, prefix):
    """The program as a user has it. What a build that kept the machine busy left in the page cache lies in small pages."""
    for component in ("program", "data"):
        subprocess.run(["cmake", "--install", str(build), "--prefix", str(prefix), "--component", component],
                       check=True, stdout=subprocess.DEVNULL)
    return prefix / "bin/cascade"


def in_small_pages(source, target):
    """A copy that lies in the page cache as single pages, as an installer leaves it where memory is fragmented."""
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["dd", f"if={source}", f"of={target}", "bs=4k", "oflag=sync", "status=none"], check=True)
    shutil.copymode(source, target)
    kept = source.stat()
    os.utime(target, ns=(kept.st_atime_ns, kept.st_mtime_ns))  # an index is trusted by its time


def without_large_pages(bench):
    """Program, table and index in small pages: the program, and where the index is."""
    for file in ("bin/cascade", "share/cascade/o200k.bin"):
        in_small_pages(bench.work / "installed" / file, bench.work / "small" / file)
    for index in (bench.work / "cache").rglob("*.index"):
        in_small_pages(index, bench.work / "small-cache" / index.relative_to(bench.work / "cache"))
    return str(bench.work / "small/bin/cascade"), {"CASCADE_CACHE": str(bench.work / "small-cache")}


class Bench:
    def __init__(self, source, build, peers, work):
        self.source, self.build, self.peers, self.work = source, build, peers, work
        self.program = str(installed(build, work / "installed"))
        self.node = shutil.which("node")
        self.library = work / "library"
        (work / "home").mkdir()
        (work / "empty").mkdir()
        self.results = {"corpus": library(source, self.library), "rows": [], "skipped": []}
        # No state folder: every prompt finds a conversation that was given nothing yet.
        self.environment = {"HOME": str(work / "home"), "PATH": os.environ["PATH"], "CASCADE_CACHE": str(work / "cache"),
                            "XDG_STATE_HOME": "/dev/null/state", "LC_ALL": "C"}

    def event(self, prompt, name="UserPromptSubmit", transcript="/nowhere.jsonl"):
        path = self.work / f"{name}-{len(prompt)}-{len(str(transcript))}.json"
        path.write_text(json.dumps({"session_id": "00000000-0000-4000-8000-000000000001", "cwd": str(self.work / "home"),
                                    "transcript_path": str(transcript), "permission_mode": "default",
                                    "hook_event_name": name, "prompt": prompt}))
        return path

    def transcript(self):
        """Of a long conversation, 5 MB as the client writes it: a hook looks for its own texts and for timers there."""
        path = self.work / "conversation.jsonl"
        with open(path, "w") as file:
            for turn in range(5000):
                role = ("user", "assistant")[turn % 2]
                content = [{"type": "text", "text": f"Turn {turn}: " + "the test reads a file and returns the value. " * (turn % 37)}]
                line = {"parentUuid": f"{turn:032x}", "isSidechain": False, "type": role, "uuid": f"{turn + 1:032x}",
                        "message": {"role": role, "model": "claude-opus-4-1", "content": content}}
                file.write(json.dumps(line, separators=(",", ":")) + "\n")
        return path

    def cascade(self, *words, root=None):
        return [self.program, "--root", str(root or self.library), *words]

    def run(self, words, stdin=None, environment=None):
        with open(stdin or "/dev/null", "rb") as file:
            return subprocess.run(words, stdin=file, capture_output=True, env={**self.environment, **(environment or {})})

    def add(self, name, value, unit, goal=None, **more):
        self.results["rows"].append({"name": name, "value": value, "unit": unit, "goal": goal, **more})

    def skip(self, what, why):
        self.results["skipped"].append(f"{what}: {why}")


def must(holds, what):
    if not holds:
        sys.exit(f"measure.py: a wrong answer is not worth timing: {what}")


def spawn(bench, stdin, rounds, candidates, environment=None):
    """Least microseconds and minor faults of each command, all in turn, by bench_spawn. A candidate is a label, a command and,
    where they differ from the others', its input, its variables and a file that is given the bytes that it has now before each
    of its processes."""
    words = [str(bench.build / "bench/bench_spawn"), "--rounds", str(rounds), "--input", str(stdin)]
    for i, (label, command, *own) in enumerate(candidates):
        own_input, variables, restored = [*own, None, None, None][:3]
        words += (["---"] if i > 0 else []) + [label]
        words += ["--input", str(own_input)] if own_input else []
        words += ["--restore", str(restored)] if restored else []
        words += [word for name, value in (variables or {}).items() for word in ("--set", f"{name}={value}")]
        words += ["--", *command]
    done = subprocess.run(words, capture_output=True, text=True, env={**bench.environment, **(environment or {})})
    if done.returncode != 0:
        sys.exit(f"measure.py: bench_spawn: {done.stderr.strip()}")
    return {row["label"]: row for row in map(json.loads, done.stdout.splitlines())}


def check_answers(bench, loud, asks):
    uncached = {"CASCADE_CACHE": ""}
    for words, stdin in ((TASK, None), (["search", PROMPT], None), (["hook"], loud), (["hook"], asks)):
        for freshness in ("off", "full"):
            command = bench.cascade("--freshness", freshness, *words)
            answer = bench.run(command, stdin)
            must(answer.returncode == 0 and answer.stdout, f"{words[0]} says nothing")
            must(answer.stdout == bench.run(command, stdin, uncached).stdout, f"{words[0]} differs without its index")
    must(b"=== skill: " in bench.run(bench.cascade("hook"), loud).stdout, "the hook packs nothing")
    must(b"May fit" in bench.run(bench.cascade("hook"), asks).stdout, "the hook offers nothing")
    must(not bench.run(bench.cascade("hook", root=bench.work / "empty"), loud).stdout, "nothing configured, yet an answer")


def hot_path(bench):
    loud, asks, quiet = bench.event(SURE), bench.event(OFFERED), bench.event(NOTHING)
    bench.run(bench.cascade("index", "-q"))
    time.sleep(0.1)
    bench.run(bench.cascade("index", "-q"))  # nothing is racy any more
    bench.run(bench.cascade("hook", root=bench.work / "empty"), loud)
    check_answers(bench, loud, asks)
    base = str(bench.build / "bench/bench_baseline")
    off, talk = ("--freshness", "off"), bench.transcript()
    memory, leases, asked = systems_at_a_prompt(bench)
    at_step_2 = step(bench)
    claim, shell, claims, claiming = free_browser(bench, base)
    hook, trusted = bench.cascade("hook"), bench.cascade(*off, "hook")
    small, small_cache = without_large_pages(bench)
    gates = [
        ("nothing configured", 0.6, bench.cascade("hook", root=bench.work / "empty")),
        ("search, index trusted", 1.0, bench.cascade(*off, "search", PROMPT)),
        ("hook that packs, index trusted", 1.0, trusted),
        ("hook that packs, files checked", 1.5, hook),
        ("bundle, index trusted", 1.0, bench.cascade(*off, *TASK)),
        ("bundle, files checked", 1.5, bench.cascade(*TASK)),
        ("bundle, index trusted, nothing in large pages", 1.5, [small, *bench.cascade(*off, *TASK)[1:]], None, small_cache),
        ("hook that packs, index trusted, nothing in large pages", 1.5, [small, *trusted[1:]], None, small_cache),
        ("hook that offers, files checked", 1.5, hook, asks),
        ("hook that stays silent, files checked", 1.5, hook, quiet),
        ("hook that packs, in a long conversation", 1.5, hook, bench.event(SURE, transcript=talk)),
        ("hook that stays silent, in a long conversation", 1.5, hook, bench.event(NOTHING, transcript=talk)),
        ("hook that packs, files checked, nothing leased", 1.5, hook, asked, leases),
        ("hook that packs and recalls from 5,000 facts, index trusted", 1.6, trusted, asked, memory),
        ("cascade step, the next skill packed", 1.5, *at_step_2),
    ]
    browser = [("shell", shell, claims, claiming), ("claim", claim, claims, claiming)] if claim else []
    rows = spawn(bench, loud, 400, [("base", [base])] + [(name, *rest) for name, _, *rest in gates] + browser)
    must(rows["cascade step, the next skill packed"]["status"] == 0, "a step that is restored is not done again")
    bench.results["base_us"] = rows["base"]["least_us"]
    bench.results["base_faults"] = rows["base"]["minor_faults"]
    for name, goal, *_ in gates:
        bench.add(name, rows[name]["ratio_per_mille"] / 1000, "C++0", goal, faults=rows[name]["minor_faults"],
                  most_faults=MOST_FAULTS * (3 if "nothing in large" in name else 2 if "facts" in name else 1), group="hot")
    if browser:
        least = {name: rows[name]["least_us"] for name in ("base", "shell", "claim")}
        bench.add("guard, a free browser taken", 1 + (least["claim"] - least["shell"]) / least["base"], "C++0", 1.0,
                  faults=rows["base"]["minor_faults"] + rows["claim"]["minor_faults"] - rows["shell"]["minor_faults"],
                  most_faults=MOST_FAULTS, group="hot")
    if bench.node:
        slow = spawn(bench, loud, 25, [("base", [base]), ("node", [bench.node, "-e", "0"])])
        bench.add("node that does nothing", slow["node"]["ratio_per_mille"] / 1000, "C++0",
                  faults=slow["node"]["minor_faults"], group="peer")
    else:
        bench.skip("node that does nothing", "node is not installed")


def guards(bench):
    return (pathlib.Path(bench.program).parent.parent / "libexec/cascade/cascade-git").is_file()


def guard(bench):
    """What each tool call costs: nothing configured, a harmless command, one that writes to a repository."""
    if not guards(bench):
        return bench.skip("the guard", "cascade-git was not built: libgit2 is not there")
    app, state = bench.work / "guarded/app", {"XDG_STATE_HOME": str(bench.work / "guarded/state")}
    app.mkdir(parents=True)
    who = {"GIT_AUTHOR_NAME": "Dev", "GIT_AUTHOR_EMAIL": "dev@example.com", "GIT_COMMITTER_NAME": "Dev",
           "GIT_COMMITTER_EMAIL": "dev@example.com"}
    for words in (["init", "-q", "-b", "work"], ["config", "user.email", "dev@example.com"], ["commit", "-q", "--allow-empty", "-m", "first"]):
        must(bench.run(["git", "-C", str(app), *words], environment=who).returncode == 0, "git makes no repository")

    def event(name, **more):
        path = bench.work / f"guarded/{len(json.dumps(more))}.json"
        path.write_text(json.dumps({"session_id": "bench", "cwd": str(app), "hook_event_name": name, **more}))
        return path

    def tool(command):
        return event("PreToolUse", tool_name="Bash", tool_input={"command": command})

    base, call = str(bench.build / "bench/bench_baseline"), [bench.program, "guard"]
    harmless, writes = tool("npm run build 2>&1 | tail -20"), tool("git add -A && git commit -m 'One more'")
    wrong = tool("git -C /nowhere/else commit -m x; git -C \"$X\" push")
    rows = []

    def row(name, stdin, goal):
        found = spawn(bench, stdin, 300, [("base", [base]), ("guard", call)], state)["guard"]
        rows.append((name, found, goal))

    row("guard, nothing configured", writes, 0.6)
    (app / "cascade.yaml").write_text("systems: { repository: block }\n")
    bench.run([bench.program, "hook"], event("SessionStart", source="startup"), state)
    must(b'"ask"' in bench.run(call, wrong, state).stdout, "the guard asks nothing")
    must(bench.run(call, writes, state).stdout == b"", "the guard refuses what is right")
    row("guard, a harmless command", harmless, 0.7)
    row("guard, a command of git", writes, 6)
    for name, found, goal in rows:
        most = 1000 if "git" in name else MOST_FAULTS  # of two programs
        bench.add(name, found["ratio_per_mille"] / 1000, "C++0", goal, faults=found["minor_faults"], most_faults=most, group="hot")
    done = subprocess.run([str(bench.build / "bench/bench_shell")], capture_output=True, text=True)
    must(done.returncode == 0, done.stderr)
    bench.add("reading one command line, 99 of 100", json.loads(done.stdout)["read_p99_ns"] / 1000, "µs", 20, group="index")


class Ended:
    """Events of tool calls that ended, in a project `app` below a folder, and what the hook makes of them."""

    def __init__(self, bench, folder, state):
        self.bench, self.folder, self.state, self.app = bench, folder, state, folder / "app"
        self.app.mkdir(parents=True)
        self.call = [bench.program, "hook"]
        self.harmless = self.event("harmless", "npm run build 2>&1 | tail -20", "built in 3.2 s\n" * 20)
        self.large = self.event("large", "npm run build", "src/index.ts:12:5 \"built\" \u00e9\n" * 36_000)
        must(self.large.stat().st_size > 1_000_000, "the large event is small")

    def event(self, name, command, output):
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps({"session_id": "bench", "transcript_path": "/nowhere.jsonl", "cwd": str(self.app), "prompt_id": "p",
                                    "hook_event_name": "PostToolUse", "tool_name": "Bash", "tool_input": {"command": command},
                                    "tool_response": {"stdout": output, "stderr": "", "interrupted": False}}))
        return path

    def configure(self, systems):
        (self.app / "cascade.yaml").write_text("systems: { " + systems + " }\n")

    def row(self, name, stdin, goal):
        base = str(self.bench.build / "bench/bench_baseline")
        found = spawn(self.bench, stdin, 300, [("base", [base]), ("hook", self.call)], self.state)["hook"]
        self.bench.add(name, found["ratio_per_mille"] / 1000, "C++0", goal, faults=found["minor_faults"],
                       most_faults=1000 if "1 MB" in name else MOST_FAULTS, group="hot")


def effects(bench):
    """What looking at each tool call that ended costs: nothing configured, a harmless one, one that did something, a page of 1 MB."""
    state = {"XDG_STATE_HOME": str(bench.work / "watched/state")}
    ended = Ended(bench, bench.work / "watched", state)
    ended.row("tool call ended, nothing configured", ended.harmless, 0.6)
    ended.configure("effects: on")
    bench.run(ended.call, ended.event("pushed", "git push origin main", "To github.com:acme/app.git\n   1..2  main -> main"), state)
    listed = json.loads(bench.run([bench.program, "effects", "list", "--format", "json"], None, state).stdout)
    must([one["kind"] for one in listed["effects"]] == ["push"], "the push is not seen")
    ended.row("tool call ended, a harmless one", ended.harmless, 0.7)
    ended.row("tool call ended, an event of 1 MB", ended.large, 2.0)


def free_browser(bench, base):
    """A free resource taken: each of many sessions asks for its own browser, and has ended when the next one comes. The command
    that takes it, the shell around it alone, the event and what is set; no command where the guard was not built."""
    if not guards(bench):
        return None, None, None, None
    app, state = bench.work / "claiming/app", {"XDG_STATE_HOME": str(bench.work / "claiming/state")}
    app.mkdir(parents=True)
    (app / "cascade.yaml").write_text("systems: { leases: block }\n")
    claims = bench.work / "claiming/event.json"
    claims.write_text(json.dumps({"session_id": "bench", "cwd": str(app), "hook_event_name": "PreToolUse",
                                  "tool_name": "mcp__playwright__browser_navigate", "tool_input": {"url": "x"}}))
    # Without CLAUDE_PID the holder is the process that starts the guard: a shell of its own each time, which is gone by the
    # next, so that each round takes the browser anew. The shell's cost is measured beside it.
    shell = ["/bin/sh", "-c", '"$0" "$@"; exit $?']
    command = [*shell, bench.program, "guard"]
    for token in (b" 1 ", b" 2 "):
        must(bench.run(command, claims, state).stdout == b"", "a free browser is refused")
        must(b"browser:playwright@bench " + token in bench.run([bench.program, "lease", "list"], None, state).stdout, "it is not leased anew")
    return command, [*shell, base], claims, state


def systems_at_a_prompt(bench):
    """What is set where memory has 5,000 facts, of which one is told beside a skill, what where leases are on and nothing
    is leased, and the event to ask with."""
    place = bench.work / "remembered"
    where = {}
    for name in ("leases", "memory"):
        (place / name / "config/cascade").mkdir(parents=True)
        mode = "block" if name == "leases" else "on"
        (place / name / "config/cascade/cascade.yaml").write_text(f"systems: {{ {name}: {mode} }}\n")
        where[name] = {"XDG_CONFIG_HOME": str(place / name / "config"), "XDG_STATE_HOME": str(place / name / "state")}
    # Without a session nothing is told only once, so that every round tells it.
    asked = place / "prompt.json"
    asked.write_text(json.dumps({"cwd": str(bench.work / "home"), "transcript_path": "/nowhere.jsonl",
                                 "hook_event_name": "UserPromptSubmit", "prompt": SURE}))
    texts = sorted({line.strip("-*#0123456789. \n") for path in sorted(bench.library.rglob("*.md")) for line in path.read_text().splitlines()
                    if 40 < len(line) < 160 and line.isascii() and "`" not in line})
    dice = random.Random(1)
    dice.shuffle(texts)
    must(len(texts) >= 5_000, "the library has too few lines for 5,000 facts")
    facts = [(" ".join(text.split()[:3]), text) for text in texts[:4_999]]
    facts.append(("GitHub release", "Ada keeps the GitHub release: its changelog, version bump, deployment and rollback plan."))
    (place / "facts.jsonl").write_text("".join(json.dumps({
        "id": f"f{i}", "scope": "project", "owner": str(bench.work / "home"), "subject": f"{subject} {i}" if i < 4_999 else subject,
        "text": text, "kind": "fact", "source": "notes", "learned": "2026-01-05"}) + "\n" for i, (subject, text) in enumerate(facts)))
    imported = bench.run([bench.program, "memory", "import", str(place / "facts.jsonl")], None, where["memory"])
    must(imported.returncode == 0, f"the facts are not imported: {imported.stderr[-300:]}")
    trusted, checked = bench.cascade("--freshness", "off", "hook"), bench.cascade("hook")
    told = bench.run(trusted, asked, where["memory"]).stdout
    must(b"Ada keeps the GitHub release" in told.split(b"=== memory")[-1], "the fact is not told")
    must(b"=== skill: " in told and b"=== skill: " in bench.run(checked, asked, where["leases"]).stdout, "the hook packs nothing")
    return where["memory"], where["leases"], asked


def step(bench):
    """`cascade step done` judges the step, moves, and packs the next one's skill, here of the shipped library: the command, its
    input, what is set, and the ledger, from which each round begins where the run stood at step 2."""
    root, state = bench.work / "playbooks", bench.work / "steps"
    for kind in ("skills", "agents", "commands"):
        shutil.copytree(bench.source / kind, root / kind)
    session = {"XDG_STATE_HOME": str(state), "CLAUDE_CODE_SESSION_ID": "bench"}
    for _ in range(2):
        bench.run(bench.cascade("index", "-q", root=root))
        time.sleep(0.1)
    for words in (("playbook", "start", "fix-production-bug"), ("step", "skip", "1")):
        must(bench.run(bench.cascade(*words, root=root), None, session).returncode == 0, "no playbook begins")
    ledger = next((state / "cascade/sessions").iterdir())
    saved = bench.work / "at-step-2"
    shutil.copy(ledger, saved)
    done = bench.cascade("step", "done", "2", root=root)
    must(b"=== skill: regression-test-first ===" in bench.run(done, None, session).stdout, "a step brings no skill")
    must(bench.run(done, None, session).returncode == 1, "a step that was done is done again")
    shutil.copy(saved, ledger)
    return done, "/dev/null", session, ledger


def effects_in_a_playbook(bench):
    """What looking at a tool call that ended costs while the playbook of `step` is open."""
    state = bench.work / "steps"
    shutil.copy(bench.work / "at-step-2", next((state / "cascade/sessions").iterdir()))
    session = {"XDG_STATE_HOME": str(state), "CLAUDE_CODE_SESSION_ID": "bench"}
    ended = Ended(bench, bench.work / "stepping", session)
    ended.configure("effects: on, playbooks: on")
    ended.row("tool call ended, a playbook open", ended.harmless, 0.7)
    ended.row("tool call ended, a playbook open, an event of 1 MB", ended.large, 2.0)


def seconds(command, environment, fine=(0,)):
    """From spawn to end, without what a Python process adds to its children's start."""
    quiet = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
    begin = time.perf_counter()
    _, status = os.waitpid(os.posix_spawnp(command[0], command, environment, file_actions=quiet), 0)
    spent = time.perf_counter() - begin
    must(os.waitstatus_to_exitcode(status) in fine, " ".join(map(os.path.basename, command[:3])))
    return spent


@contextlib.contextmanager
def on_one_core():
    """For this process and its children."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


@contextlib.contextmanager
def fresh_cache(bench):
    """A cache folder that is gone afterwards: what nobody reads again must not make the next round begin on memory that the
    system never used."""
    cache = bench.work / "fresh-cache"
    try:
        yield {**bench.environment, "CASCADE_CACHE": str(cache)}
    finally:
        shutil.rmtree(cache)


def index(bench, rounds=9):
    """Full build and gray-matter over the same files in turn, then one changed file, on one core."""
    matter = bench.node and (bench.peers / "node_modules/gray-matter").is_dir()
    changed = next(path for path in sorted(bench.library.rglob("SKILL.md")))
    command = bench.cascade("index", "-q")
    least = {"full": [], "one": [], "matter": []}
    with on_one_core():
        for i in range(rounds):
            with fresh_cache(bench) as environment:
                least["full"].append(seconds(command, environment))
            if matter:
                least["matter"].append(seconds([bench.node, str(bench.peers / "frontmatter.cjs"), str(bench.library)],
                                               bench.environment))
    for i in range(rounds):
        with fresh_cache(bench) as environment:
            with on_one_core():
                seconds(command, environment)
                time.sleep(0.05)
                seconds(command, environment)  # nothing is racy any more
                with open(changed, "a", encoding="utf-8") as file:
                    file.write(f"\nOne more line, number {random.randrange(10**9)}.\n")
                least["one"].append(seconds(command, environment))
            check = bench.run(bench.cascade("index", "--check", "-q"), environment=environment) if i == 0 else None
            must(check is None or check.returncode == 0, "the index after a change is not the one built anew")
    full, one = min(least["full"]), min(least["one"])
    bench.results["index_ms"] = round(full * 1000)
    if matter:
        bench.add("full index, exact tokens", full / min(least["matter"]), "x gray-matter", 0.75, group="index")
    else:
        bench.skip("full index against gray-matter", "npm could not bring gray-matter")
    bench.add("one changed file found and written", 100 * one / full, "% of a full index", 10, group="index")


def tokens(bench, budget=12.0):
    vocabulary = bench.source / "share/cascade/o200k.bin"
    if not vocabulary.is_file():
        return bench.skip("token counters", "the vocabulary is not there (scripts/vocabulary)")
    done = subprocess.run([str(bench.build / "bench/bench_tokens"), str(vocabulary), str(bench.library)],
                          capture_output=True, text=True)
    must(done.returncode == 0, done.stderr)
    ours = json.loads(done.stdout)
    bench.results["token_mb_per_s"] = round(ours["bytes"] / ours["least_us"])
    names = ["bpe-lite", "ai-tokenizer", "gpt-tokenizer", "tiktoken", "js-tiktoken"]
    there = [name for name in names if bench.node and (bench.peers / "node_modules" / name).is_dir()]
    if not there:
        return bench.skip("token counters in JavaScript", "npm could not bring them")
    rates = {}
    for name in there:
        try:
            done = subprocess.run([bench.node, str(bench.peers / "tokens.cjs"), str(bench.library), name,
                                   str(budget / len(there))], capture_output=True, text=True, timeout=60)
        except subprocess.TimeoutExpired:
            bench.skip(f"token counter {name}", "took more than a minute")
            continue
        if done.returncode != 0:
            bench.skip(f"token counter {name}", "did not run with this node")
            continue
        row = json.loads(done.stdout)
        must(abs(row["tokens"] - ours["tokens"]) <= 5, f"{name} counts {row['tokens']}, we count {ours['tokens']}")
        rates[name] = row["bytes"] / row["least_us"]
    if not rates:
        return
    own = ours["bytes"] / ours["least_us"]
    fastest = max(rates, key=rates.get)
    bench.add(f"exact counting, against the fastest in JavaScript ({fastest})", own / rates[fastest], "times as fast", 3,
              group="tokens", at_least=True)
    for name in sorted(rates, key=rates.get, reverse=True):
        bench.add(f"counting with {name}", rates[name], "MB/s", group="counters")
    bench.add("counting with cascade", own, "MB/s", group="counters")


def validator(bench, client):
    """The client's own validator against ours, on the plugin of the shipped library; without what ours keeps."""
    plugin = bench.work / "plugin"
    plugin.mkdir()
    (plugin / ".claude-plugin").mkdir()
    (plugin / ".claude-plugin/plugin.json").write_text('{"name": "measured", "version": "1.0.0", "description": "d"}\n')
    for kind in ("skills", "agents", "commands"):
        shutil.copytree(bench.source / kind, plugin / kind)
    theirs = [client, "plugin", "validate", str(plugin)]
    if bench.run(theirs).returncode not in (0, 1):
        return bench.skip("validate against the client's", "the client did not run")
    ours = [bench.program, "validate", "--no-cache", str(plugin)]
    rows = spawn(bench, "/dev/null", 5, [("ours", ours), ("theirs", theirs)])
    bench.add("the client's plugin validate on the shipped library", rows["theirs"]["ratio_per_mille"] / 1000,
              "x cascade validate", 5, group="validate", at_least=True)


def since(bench, rounds=7):
    """What a change of one manifest causes, by a cache that knows the tree before it, and the whole tree without one."""
    tree = bench.work / "changing"
    shutil.copytree(bench.library, tree)
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.test", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "all"]):
        must(subprocess.run(["git", "-C", str(tree), *words], env=bench.environment, check=False).returncode == 0,
             f"git {words[0]} failed")
    changed = next(path for path in sorted(tree.rglob("SKILL.md")))
    whole, one = [bench.program, "validate", str(tree)], [bench.program, "validate", "--since", "HEAD", str(tree)]
    least = {"whole": [], "one": []}
    for i in range(rounds):
        cache = bench.work / f"findings-{i}"
        environment = {**bench.environment, "CASCADE_CACHE": str(cache)}
        # As after a checkout: the index says which tree it stands for, and nothing has changed right before.
        subprocess.run(["git", "-C", str(tree), "reset", "-q", "--hard"], env=bench.environment, check=True)
        time.sleep(0.05)
        with on_one_core():
            least["whole"].append(seconds(whole, environment, (0, 1)))
            with open(changed, "a", encoding="utf-8") as file:
                file.write("\nRead [the list](no-such-list.md).\n")
            time.sleep(0.05)
            least["one"].append(seconds(one, environment, (0, 1)))
        if i == 0:
            found = bench.run(one, environment={"CASCADE_CACHE": str(cache)})
            if found.returncode == 3:
                return bench.skip("validate --since", "cascade-git is not there")
            must(b"CT001" in found.stdout and b"1 error" in found.stdout, "--since does not find the one new fault")
        shutil.rmtree(cache)
    bench.add("validate --since with one changed file", 100 * min(least["one"]) / min(least["whole"]), "% of a cold run", 15,
              group="index")


def duplicates(bench, rounds=9):
    """Equal and nearly equal texts of the whole library, from its index."""
    command = bench.cascade("--freshness", "off", "duplicates", "-q")
    for _ in range(2):
        bench.run(bench.cascade("index", "-q"))
        time.sleep(0.1)
    must(bench.run(command).stdout, "duplicates finds nothing")
    least = min(seconds(command, bench.environment) for _ in range(rounds))
    bench.add("cascade duplicates, the whole library", 1000 * least, "ms", 200, group="index")


def served(bench, calls=1000, rounds=3):
    """`load` through the pipe of a server that is warm: the 99th of a hundred, with a conversation that grows to all of it. The
    least of some rounds, the two kinds in turn, as everywhere: what else the machine does makes the worst calls, not ours."""
    environment = {**bench.environment, "XDG_STATE_HOME": str(bench.work / "served")}
    # Not unbuffered: the pipe is read line by line.
    server = subprocess.Popen(bench.cascade("mcp"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=bench.work)

    def ask(arguments):
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "load", "arguments": arguments}}
        line = json.dumps(message).encode() + b"\n"
        start = time.perf_counter()
        server.stdin.write(line)
        server.stdin.flush()
        answer = server.stdout.readline()
        took = time.perf_counter() - start
        return took, json.loads(answer)["result"]["content"][0]["text"]

    expected = bench.run(bench.cascade("bundle", "--prompt", PROMPT, "--budget", "4000")).stdout.decode()
    task = {"task": PROMPT, "budget": 4000}
    first = ask(task)[1]
    must(first.startswith(expected) and "conversation: " in first, "load is not what bundle --prompt prints")
    handle = first.split()[-1]
    must("already" in ask({**task, "conversation": handle})[1], "load sends it twice")
    kinds = {"a new conversation each": {}, "one conversation": {"conversation": handle}}
    p99 = {name: [] for name in kinds}
    for _ in range(rounds):
        for name, more in kinds.items():
            took = sorted(ask({**task, **more})[0] for _ in range(calls))
            p99[name].append(took[calls * 99 // 100 - 1])
    for name in kinds:
        bench.add(f"load by MCP, {name}: p99 of {calls} calls", 1000 * min(p99[name]), "ms", 5, group="index")
    server.stdin.close()
    server.wait()


def main():
    source, build, peers, output = map(pathlib.Path, sys.argv[1:5])
    client = sys.argv[5] if len(sys.argv) > 5 else ""
    with tempfile.TemporaryDirectory(prefix="cascade-bench-") as work:
        bench = Bench(source.resolve(), build.resolve(), peers.resolve(), pathlib.Path(work))
        for part in (hot_path, guard, effects, effects_in_a_playbook, served, index, since, duplicates, tokens):
            part(bench)
            print(f"{part.__name__.replace('_', ' ')}: measured", file=sys.stderr)
        if client:
            validator(bench, client)
        else:
            bench.skip("validate against the client's", "the client could not be fetched (scripts/client)")
        bench.results["cores"] = os.cpu_count()
        output.write_text(json.dumps(bench.results, indent=1) + "\n")


main()
