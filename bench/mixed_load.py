#!/usr/bin/env python3
"""64 processes use one library at the same time while it changes under them, for some minutes; then it is checked that nothing
was lost, nothing is wrong and nothing grew. `scripts/soak --mixed` runs it.

    mixed_load.py PROGRAM MINUTES REPORT.json [--manifests N] [--dynamic PROGRAM] [--slow-machine]

Hooks answer prompts of many conversations; others route, remember facts and take leases; editors change, add, rename and
remove manifests; some processes are killed in the middle; some work in a cache and a state folder whose disk is full or
cannot be written (real ones as root, else folders without permission). Some keep their facts on a PostgreSQL server that is
restarted or killed under them. Some, by the program that is linked dynamically, live by a clock that steps by up to three hours.
At most two processors are used. A writer that is told to try again is wrong, since two idle ones are enough for all; with
--slow-machine, for a machine that has other work, it is only counted.
"""
import collections
import contextlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from mixed_surroundings import LONGEST_STEP, Clock, Server, end

ROLES = {"hook": 22, "route": 6, "memory": 6, "lease": 6, "edit": 6, "kill": 6, "full": 2, "locked": 2, "server": 4, "stepped": 4}
TOLD_TO_TRY_AGAIN = "writers that were told to try again"
ANSWER_SECONDS = 5  # the client waits no longer
PROMPTS = ("it worked in the last release and fails now: which commit broke it?", "review my change before I push it",
           "the page is slow, find out why", "write a migration for the orders table", "hello there", "thanks, that is all")


class Load:
    def __init__(self, program, minutes, manifests, dynamic):
        self.program, self.end = program, time.monotonic() + 60 * minutes
        self.minutes, self.begin = minutes, time.monotonic()
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="cascade-soak-"))
        self.work.chmod(0o755)  # the server runs as somebody else
        self.library, self.lock = self.work / "library", threading.Lock()
        maker = pathlib.Path(__file__).resolve().parent / "library"
        subprocess.run([str(maker), str(manifests), str(self.library)], check=True)
        (self.work / "project").mkdir()
        (self.work / "home").mkdir()
        (self.work / "project/cascade.yaml").write_text("systems: { memory: on, leases: block, effects: on }\n")
        self.environment = self.folders("usual")
        self.counts, self.wrong = collections.Counter(), []
        self.times, self.peaks, self.sizes = collections.defaultdict(list), collections.defaultdict(list), []
        self.facts, self.files, self.holders = {}, {}, {}
        self.database, self.clock = Server(self.work / "server"), Clock(self.work, dynamic)
        (self.work / "served/cascade").mkdir(parents=True)  # a person's own configuration: a project cannot name a store
        (self.work / "served/cascade/cascade.yaml").write_text(f"store: {self.database.address()}\nteam: soak\n")
        self.served, self.stepped_facts = {}, {}
        self.mounted = [self.mount("full", "size=2m"), self.mount("locked", "size=64m")]

    def folders(self, name):
        return {"HOME": str(self.work / "home"), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
                "CASCADE_CACHE": str(self.work / name / "cache"), "XDG_STATE_HOME": str(self.work / name / "state"),
                "XDG_DATA_HOME": str(self.work / name / "data")}

    def mount(self, name, options):
        folder = self.work / name
        folder.mkdir()
        if os.geteuid() != 0:
            return None
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True)
        return folder if done.returncode == 0 else None

    def over(self):
        return time.monotonic() >= self.end

    def note(self, what, times=1):
        with self.lock:
            self.counts[what] += times

    def complain(self, what):
        with self.lock:
            self.counts["wrong"] += 1
            if len(self.wrong) < 40:
                self.wrong.append(what)

    def part(self):
        """In which fifth of the time."""
        return min(4, int(5 * (time.monotonic() - self.begin) / (60 * self.minutes)))

    def run(self, words, text="", environment=None, rooted=True, kept=True, program=None):
        """Exit status and output; time and peak memory are kept by the first word and the fifth of the run."""
        command = [program or self.program, *(["--root", str(self.library)] if rooted else []), *words]
        begin = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=environment or self.environment, cwd=self.work / "project")
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(text.encode())
            process.stdin.close()
        out = process.stdout.read()
        error = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if kept:
            with self.lock:
                self.times[words[0], self.part()].append(time.monotonic() - begin)
                self.peaks[words[0], self.part()].append(usage.ru_maxrss)
        return process.returncode, out.decode(errors="replace"), error.decode(errors="replace")

    def served_environment(self):
        return {**self.folders("of-the-team"), "XDG_CONFIG_HOME": str(self.work / "served")}

    def is_busy(self, error):
        """The writer was asked to try again, and nothing was written: wrong in the end, unless the machine may be slow."""
        if "keep the store busy for too long" in error:
            self.note(TOLD_TO_TRY_AGAIN)
            return True
        return False

    def is_away(self, error):
        if "server" in error:
            self.note("times that the server was away")
            return True
        return False

    def event(self, session, prompt, name="UserPromptSubmit", **more):
        return json.dumps({"session_id": session, "cwd": str(self.work / "project"), "transcript_path": "/nowhere.jsonl",
                           "permission_mode": "default", "hook_event_name": name, "prompt": prompt, **more})

    def hook(self, number, chance, environment=None):
        turn = 0
        while not self.over():
            turn += 1
            self.one_hook(number, turn, chance, environment)

    def one_hook(self, number, turn, chance, environment=None, program=None):
        session = f"00000000-0000-4000-8000-{number:06d}{turn // 20:06d}"
        prompt = chance.choice(PROMPTS) if chance.random() < 0.6 else f"use the {self.any_name(chance)} skill"
        begin = time.monotonic()
        status, out, error = self.run(["hook"], self.event(session, prompt), environment, program=program)
        if status != 0 or error:
            self.complain(f"hook ended with {status}: {error[:200]}")
        if time.monotonic() - begin > ANSWER_SECONDS:
            self.note("hooks slower than the client waits")
        try:
            answer = json.loads(out) if out else {}
        except ValueError:
            self.complain(f"hook said what is no JSON: {out[:100]}")
            return
        self.note("hooks with an answer" if answer else "hooks without one")

    def any_name(self, chance):
        with self.lock:
            names = list(self.files)
        return pathlib.PurePath(chance.choice(names)).parent.name if names else "deploy"

    def route(self, number, chance):
        while not self.over():
            status, out, error = self.run(["route", "--format", "json", chance.choice(PROMPTS)])
            if status not in (0, 1):
                self.complain(f"route ended with {status}: {error[:200]}")
                continue
            try:
                json.loads(out)
                self.note("routes")
            except ValueError:
                self.complain("route said what is no JSON")

    def memory(self, number, chance):
        turn = 0
        while not self.over():
            turn += 1
            subject, text = f"subject {number} of {turn % 40}", f"value {number}-{turn}-{chance.randrange(10**6)}"
            status, _, error = self.run(["memory", "add", subject, text, "--scope", "user", "--owner", "soak@example.com"],
                                        rooted=False)
            if status != 0:
                if not self.is_busy(error):
                    self.complain(f"memory add ended with {status}: {error[:200]}")
                continue
            self.facts[subject] = text
            self.note("facts")

    def lease(self, number, chance):
        while not self.over():
            self.one_lease(number % 2, self.program, self.environment)

    def one_lease(self, which, program, environment):
        """The lease is held by this process's shell, so that its end is the holder's end; the counter must not be written by two."""
        counter = self.work / f"counter-{which}"
        script = ('"$1" lease take "$2" --wait 20 >/dev/null || exit 9\n'
                  'before=$(cat "$3" 2>/dev/null || echo 0)\nsleep 0.02\necho $((before + 1)) >"$3"\n'
                  '"$1" lease release "$2" >/dev/null || exit 8\n')
        done = subprocess.run(["bash", "-c", script, "bash", program, f"soak:{which}", str(counter)], capture_output=True, text=True,
                              env=environment, cwd=self.work / "project")
        if done.returncode == 0:
            self.note(f"lease {which}")
        elif done.returncode == 9:
            self.note("leases not had in 20 s")
        else:
            # Its holder's end gives it back; the counter was written all the same.
            if done.returncode == 8:
                self.note(f"lease {which}")
            if "libfaketime" in done.stderr:
                self.note("failures of libfaketime itself")
            elif not self.is_busy(done.stderr) and not (which == 3 and self.is_away(done.stderr)):
                self.complain(f"a lease ended with {done.returncode}: {done.stderr[:200]}")

    def edit(self, number, chance):
        """Each editor has skills of its own and knows what must be in them in the end."""
        folder, turn = self.library / "skills" / f"editor-{number}", 0
        while not self.over():
            turn += 1
            with self.lock:
                mine = [path for path in self.files if path.startswith(str(folder) + "/")]
            draw = chance.random()
            if draw < 0.5 or len(mine) < 5:
                path = str(folder / f"made-{number}-{chance.randrange(60)}/SKILL.md") if draw < 0.3 or not mine else chance.choice(mine)
                name = pathlib.PurePath(path).parent.name
                text = f"---\nname: {name}\ndescription: Does {name} for turn {turn}.\n---\nStep {chance.randrange(10**6)}.\n"
                pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
                pathlib.Path(path + ".new").write_text(text)
                os.replace(path + ".new", path)
                with self.lock:
                    self.files[path] = text
            elif draw < 0.75:
                path = chance.choice(mine)
                to = str(folder / f"moved-{number}-{turn}/SKILL.md")
                os.rename(pathlib.PurePath(path).parent, pathlib.PurePath(to).parent)
                with self.lock:
                    self.files[to] = self.files.pop(path)
            else:
                path = chance.choice(mine)
                shutil.rmtree(pathlib.PurePath(path).parent)
                with self.lock:
                    del self.files[path]
            self.note("edits")
            time.sleep(chance.random() * 0.5)

    def kill(self, number, chance):
        commands = (["hook"], ["index", "-q"], ["memory", "add", f"killed {number}", "a value", "--scope", "user", "--owner", "k@example.com"],
                    ["route", "review my change"])
        while not self.over():
            words = chance.choice(commands)
            process = subprocess.Popen([self.program, "--root", str(self.library), *words], stdin=subprocess.PIPE,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.environment, cwd=self.work / "project")
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(self.event(f"killed-{number}", "review my change").encode())
                process.stdin.close()
            time.sleep(chance.random() * 0.3)
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.note("killed" if process.returncode == -signal.SIGKILL else "ended before they were killed")

    def full(self, number, chance):
        """A disk of 2 MB that is filled up and freed again."""
        environment, filler = self.folders("full"), self.work / f"full/filler-{number}"
        filling = threading.Event()

        def fill():
            while not self.over():
                with contextlib.suppress(OSError), open(filler, "wb") as file:
                    for _ in range(64):
                        file.write(b"x" * 65536)
                        file.flush()
                filling.wait(1)
                with contextlib.suppress(OSError):
                    filler.unlink()
                filling.wait(1)
        if self.mounted[0]:
            threading.Thread(target=fill, daemon=True).start()
        self.hook(900 + number, chance, environment)

    def locked(self, number, chance):
        """Folders that cannot be written half of the time."""
        environment, folder = self.folders("locked"), self.work / "locked"

        def turn():
            on = False
            while not self.over():
                on = not on
                if self.mounted[1]:
                    subprocess.run(["mount", "-o", "remount," + ("ro" if on else "rw"), str(folder)], capture_output=True)
                else:
                    folder.chmod(0o555 if on else 0o755)
                time.sleep(1)
        if number % 2 == 0:
            threading.Thread(target=turn, daemon=True).start()
        self.hook(950 + number, chance, environment)

    def server(self, number, chance):
        """A lease of the server has one holder while the server is restarted, and no fact that was told for the team is lost."""
        environment, turn = self.served_environment(), 0
        while self.database.runs and not self.over():
            turn += 1
            self.one_lease(3, self.program, environment)
            subject, text = f"served {number} of {turn % 40}", f"value {number}-{turn}"
            status, _, error = self.run(["memory", "add", subject, text, "--scope", "team"], rooted=False, environment=environment)
            if status == 0:
                self.served[subject] = text
                self.note("facts for the team")
            elif not self.is_busy(error):
                self.complain(f"memory add for the team ended with {status}: {error[:200]}")
            status, _, error = self.run(["memory", "sync"], rooted=False, environment=environment)
            if status == 0:
                self.note("syncs with the server")
            elif self.is_away(error):
                time.sleep(0.2)
            elif not self.is_busy(error):
                self.complain(f"memory sync ended with {status}: {error[:200]}")

    def stepped(self, number, chance):
        """Hooks, facts and leases by a clock that other processes see step, too."""
        environment, turn = self.clock.environment(self.folders("stepped")), 0
        while self.clock.runs and not self.over():
            turn += 1
            if chance.random() < 0.1:
                self.clock.step(chance.randrange(-LONGEST_STEP, LONGEST_STEP))
                self.note("steps of the clock")
            self.one_hook(number, turn, chance, environment, self.clock.program)
            subject, text = f"stepped {number} of {turn % 20}", f"value {number}-{turn}"
            status, _, error = self.run(["memory", "add", subject, text, "--scope", "user", "--owner", "soak@example.com"], environment=environment,
                                        rooted=False, program=self.clock.program)
            if self.is_busy(error):
                self.stepped_facts.pop(subject, None)
            elif status != 0:
                self.complain(f"memory add by another clock ended with {status}: {error[:200]}")
            else:
                self.stepped_facts[subject] = text
                self.note("facts by a clock that steps")
            self.one_lease(2, self.clock.program, environment)

    def restart(self):
        chance = random.Random(7)
        while not self.over():
            time.sleep(min(chance.uniform(5, 20), max(0, self.end - time.monotonic())))
            if not self.database.stop(chance.choice(("fast", "immediate"))) or not self.database.start():
                self.complain("the server could not be restarted")
                return
            self.note("restarts of the server")

    def watch(self):
        while not self.over():
            files = [path for path in (self.work / "usual").rglob("*") if path.is_file()]
            with contextlib.suppress(OSError):
                self.sizes.append((self.part(), len(files), sum(path.stat().st_size for path in files)))
            time.sleep(2)

    def loop(self):
        threads, number = [threading.Thread(target=self.watch)], 0
        if self.database.runs:
            threads.append(threading.Thread(target=self.restart))
        for role, count in ROLES.items():
            for _ in range(count):
                threads.append(threading.Thread(target=self.guarded, args=(role, number)))
                number += 1
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def guarded(self, role, number):
        try:
            getattr(self, role)(number, random.Random(number))
        except Exception as fault:  # a fault of this program must not look like success
            self.complain(f"{role}: {type(fault).__name__}: {fault}")


def idle(load):
    """Waits for what runs in the background; whatever is left after a minute is wrong."""
    for _ in range(60):
        left = []
        for entry in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                words = (entry / "cmdline").read_bytes().split(b"\0")
                if words[0].decode(errors="replace") in (load.program, load.clock.program) and str(load.work).encode() in b"\0".join(words):
                    left.append(entry.name)
        if not left:
            return
        time.sleep(1)
    load.complain(f"{len(left)} processes never ended")


def check_facts(load, facts, **how):
    known = {}
    _, out, _ = load.run(["memory", "export"], rooted=False, kept=False, **how)
    for line in out.splitlines():
        fact = json.loads(line)
        if fact.get("state", "live") == "live":
            known[fact.get("subject")] = fact.get("text")
    lost = [subject for subject, text in facts.items() if known.get(subject) != text]
    if lost:
        load.complain(f"{len(lost)} of {len(facts)} facts are lost or wrong, the first of {lost[0]}: {known.get(lost[0])}")


def check(load):
    """Nothing lost, nothing wrong."""
    for path, text in load.files.items():
        if pathlib.Path(path).read_text() != text:
            load.complain(f"a manifest is not what its editor wrote: {path}")
    if load.run(["index", "-q"], kept=False)[0] != 0 or load.run(["index", "--check", "-q"], kept=False)[0] != 0:
        load.complain("the index gives other answers than the files")
    uncached = {**load.environment, "CASCADE_CACHE": ""}
    prompts = [*PROMPTS, *(f"use the {load.any_name(random.Random(i))} skill" for i in range(20))]
    for prompt in prompts:
        if load.run(["route", prompt], kept=False) != load.run(["route", prompt], environment=uncached, kept=False):
            load.complain(f"with the index another answer than without: {prompt}")
    check_facts(load, load.facts)
    if load.clock.runs:
        load.clock.step(0)
        check_facts(load, load.stepped_facts, environment=load.clock.environment(load.folders("stepped")), program=load.clock.program)
    if load.database.runs:
        another = {**load.served_environment(), **{key: f"{value}-2" for key, value in load.folders("of-the-team").items() if "XDG" in key}}
        for environment in (load.served_environment(), another):  # what one machine sends, another one gets
            if load.run(["memory", "sync"], environment=environment, rooted=False, kept=False)[0] != 0:
                load.complain("memory sync fails with the server at rest")
        check_facts(load, load.served, environment=another)
    load.counts["facts checked"] = len(load.facts) + len(load.stepped_facts) + len(load.served)
    for number in range(4):
        counter = load.work / f"counter-{number}"
        if counter.exists() and int(counter.read_text()) != load.counts[f"lease {number}"]:
            load.complain(f"two held lease {number}: {counter.read_text().strip()} of {load.counts[f'lease {number}']}")


def middle(values):
    return sorted(values)[len(values) // 2] if values else 0


def growth(load):
    """Files that are left over, and whether hooks need more memory in the last fifth than in the second."""
    leftover = collections.Counter(re.sub(r"[0-9a-f]{6,}|[0-9]+", "N", path.name) for path in (load.work / "usual").rglob("*")
                                   if path.name.endswith((".new", ".tmp")))
    if sum(leftover.values()) > 8:
        load.complain(f"unfinished files are left over: {dict(leftover)}")
    rows = {}
    for what in ("hook", "route"):
        second, last = middle(load.peaks[what, 1]), middle(load.peaks[what, 4])
        rows[what] = {"peak KB, second fifth": second, "last fifth": last,
                      "median ms, second fifth": round(1000 * middle(load.times[what, 1])), "last": round(1000 * middle(load.times[what, 4]))}
        if last > second * 1.25 + 4096:
            load.complain(f"{what} needs {last} KB in the end, {second} before")
    files = {part: [(count, size) for at, count, size in load.sizes if at == part] for part in (1, 4)}
    rows["files"] = {("second fifth", "last fifth")[part == 4]: f"{middle([c for c, _ in found])} files, {middle([s for _, s in found]) >> 10} KB"
                     for part, found in files.items()}
    return rows


def main():
    program, minutes, report = os.path.abspath(sys.argv[1]), float(sys.argv[2]), pathlib.Path(sys.argv[3])
    words = [word for word in sys.argv[4:] if word != "--slow-machine"]
    may_be_slow, options = len(words) < len(sys.argv[4:]), dict(zip(words[::2], words[1::2]))
    manifests, dynamic = int(options.get("--manifests", 2000)), options.get("--dynamic")
    with contextlib.suppress(AttributeError, OSError):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    load = Load(program, minutes, manifests, dynamic and os.path.abspath(dynamic))
    try:
        load.run(["index", "-q"], kept=False)
        load.loop()
        idle(load)
        check(load)
        if load.counts[TOLD_TO_TRY_AGAIN] and not may_be_slow:
            load.complain(f"{load.counts[TOLD_TO_TRY_AGAIN]} writers were told to try again")
        grown = growth(load)
        faults = load.work / "usual/state/cascade/faults.log"
        lines = faults.read_text(errors="replace").splitlines() if faults.exists() else []
        kinds = collections.Counter(line.split(" ", 1)[-1][:60] for line in lines)
        result = {"minutes": minutes, "manifests": manifests, "processes": sum(ROLES.values()), "counts": dict(sorted(load.counts.items())),
                  "growth": grown, "faults noted": dict(kinds.most_common(5)), "mounted": [bool(one) for one in load.mounted],
                  "server": load.database.runs, "stepping clock": load.clock.runs, "slow machine": may_be_slow, "wrong": load.wrong}
        report.write_text(json.dumps(result, indent=1) + "\n")
        print(json.dumps(result, indent=1))
    finally:
        end(load.database)
        for folder in filter(None, load.mounted):
            subprocess.run(["umount", str(folder)], capture_output=True)
        shutil.rmtree(load.work, ignore_errors=True)
    wrong = load.counts["wrong"]
    print(f"{'1 passed, 0 failed' if not wrong else f'0 passed, 1 failed ({wrong} things wrong)'}")
    sys.exit(1 if wrong else 0)


main()
