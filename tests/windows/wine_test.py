#!/usr/bin/env python3
"""What a user of Windows does, with cascade.exe under Wine: the demo's steps, a client's event through cmd, init and back.

Where an answer does not depend on the system, it must be that of the program for Linux, byte for byte.
Usage: wine_test.py CASCADE.EXE CASCADE [CLIENT]; CLIENT is the real one. WINEPREFIX is a Windows for tests: what its user has of clients is removed.
The last line is `N passed, N failed`.
"""
import json
import os
import pathlib
import pwd
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

root = pathlib.Path(__file__).resolve().parents[2]
windows, linux = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
prompt = "it worked in the last release and fails now: which commit broke it?"
passed = failed = 0


def check(name, good, why=""):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    print(f"{'ok' if good else 'FAILED'}: {name}" + (f"\n{why}" if why and not good else ""), flush=True)


def drive(path):
    """/a/b as a program under Wine sees it."""
    return "Z:" + str(path).replace("/", "\\")


class Place:
    """A user with a folder of their own, on both systems; on Windows it is Wine's, which sets USERPROFILE itself."""

    def __init__(self, folder):
        self.home = pathlib.Path(folder)
        self.home.mkdir(parents=True, exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "CASCADE_", "CLAUDE"))}
        self.linux = kept | {"HOME": str(self.home / "linux")}
        self.windows = kept | {"XDG_CACHE_HOME": drive(self.home / "cache"), "LC_ALL": "C.UTF-8"}
        self.profile = pathlib.Path(os.environ["WINEPREFIX"]) / "drive_c" / "users" / pwd.getpwuid(os.getuid()).pw_name
        for name in (".claude", ".config", ".local"):
            shutil.rmtree(self.profile / name, ignore_errors=True)
        for name in ("linux", "work"):
            (self.home / name).mkdir(exist_ok=True)

    def wine(self, *words, program=windows, given=b"", cwd=None):
        return subprocess.run(["wine", str(program), *words], input=given, capture_output=True, env=self.windows,
                              cwd=cwd or self.home / "work", timeout=600)

    def native(self, *words, given=b"", cwd=None):
        return subprocess.run([str(linux), *words], input=given, capture_output=True, env=self.linux,
                              cwd=cwd or self.home / "work", timeout=600)

    def cmd(self, line, given):
        """The line exactly as it stands, through Windows' own shell: Wine would quote the words of a call once more."""
        script = self.home / "work" / "line.bat"
        script.write_bytes(b"@" + line.encode() + b"\r\n")
        return self.wine("/d", "/c", "line.bat", program="cmd", given=given)


    def answered(self, call, always=False):
        """What `call` of a session's name runs. A hook that has no answer in time says so in its log and lets the event go by,
        which Wine on a busy machine makes it do: then it is asked again, for a new session."""
        log = self.profile / ".local" / "state" / "cascade" / "faults.log"
        for attempt in range(6):
            before = log.stat().st_size if log.exists() else 0
            run = call(f"{self.home.name}-{attempt}-{time.monotonic_ns()}")
            if (run.stdout and not always) or not log.exists() or b"took longer" not in log.read_bytes()[before:]:
                break
            print("  it took longer than a hook may", flush=True)
        return run


def told(run):
    return f"  status {run.returncode}\n  out {run.stdout[:600]!r}\n  err {run.stderr[:600]!r}"


def event(cwd, text, **more):
    """As Claude Code sends it (2.1.328), with the paths of Windows."""
    session = "00000000-0000-4000-8000-000000000001"
    return json.dumps({"session_id": session, "transcript_path": cwd + "\\.claude\\projects\\p\\" + session + ".jsonl",
                       "cwd": cwd, "prompt_id": "00000000-0000-4000-8000-000000000002", "permission_mode": "default",
                       "hook_event_name": "UserPromptSubmit", "prompt": text} | more).encode()


def same_answers(place):
    """The demo's steps and a little more."""
    library = drive(root)
    steps = [["index"], ["route", prompt], ["search", prompt, "--top", "3"], ["resolve", "regression-bisection", "--depth", "2"],
             ["bundle", "regression-bisection", "--budget", "1200"], ["bundle", "--prompt", prompt, "--budget", "1200"],
             ["why", "agent:bisect-operator", "--from", "regression-bisection", "--budget", "1200"],
             ["validate", "--format", "json"], ["list", "--format", "json"]]
    for words in steps:
        here, there = place.wine("--root", library, *words), place.native("--root", str(root), *words)
        if words == ["index"]:  # which says how long it took
            check("index", here.returncode == there.returncode == 0, told(here))
        else:
            check(" ".join(words)[:60] + ": as on Linux",
                  (here.returncode, here.stdout) == (there.returncode, there.stdout), told(here) + "\n" + told(there))


def odd_texts(place):
    """Lines that end in CR LF, names and words that are not ASCII, a folder with a blank."""
    within = place.home / "work" / "Größe 日本"
    folder = within / "skills-of-mine" / "skills" / "hanoi-tower"
    folder.mkdir(parents=True)
    (folder / "SKILL.md").write_bytes("---\nname: hanoi-tower\ndescription: Moves the tower of Hanoi. Use when discs "
                                      "must move.\n---\n# Hanoi\n\nÜber Größe.\n".replace("\n", "\r\n").encode())
    words = ["bundle", "hanoi-tower", "--budget", "500"]
    library = ["--root", "skills-of-mine"]
    here, there = place.wine(*library, *words, cwd=within), place.native(*library, *words, cwd=within)
    check("CR LF and UTF-8 are read as on Linux", here.stdout == there.stdout and "Größe".encode() in here.stdout,
          told(here) + "\n" + told(there))
    text = "Verschiebe die Türme von Hanoi, bitte: 日本語"
    here, there = place.wine(*library, "route", text, "--format", "json", cwd=within), place.native(
        *library, "route", text, "--format", "json", cwd=within)
    check("words of the command line are UTF-16", here.stdout == there.stdout and here.returncode == there.returncode,
          told(here) + "\n" + told(there))
    (within / "cascade.yaml").write_text(f"library: off\nroots: ['{drive(within / 'skills-of-mine')}']\n")
    here = place.wine("list", cwd=within)
    check("cascade.yaml may have a drive and back slashes", b"hanoi-tower" in here.stdout, told(here))


def hooks(place, folder):
    """init writes a line, a client's event goes through it, and init takes it out again. `folder` holds the program."""
    program = folder / "cascade.exe"
    where = "with a blank" if " " in str(folder) else "without a blank"
    home = place.profile / ".claude"
    home.mkdir(exist_ok=True)
    settings, before = home / "settings.json", b'{\r\n  "model": "opus"\r\n}\r\n'
    settings.write_bytes(before)
    run = place.wine("init", "--user", program=program)
    after = settings.read_bytes()
    check(f"init, program in a folder {where}", run.returncode == 0 and b"cascade" in after, told(run))
    line = json.loads(after)["hooks"]["UserPromptSubmit"][0]["hooks"][0]["command"] if run.returncode == 0 else ""
    print("  " + line)
    place.wine("index", program=program)  # else an event on a slow machine goes by while the library is read

    def asked(session):
        return event(drive(place.home / "work"), "use the regression-bisection skill", session_id=session)
    bare = place.answered(lambda session: place.wine("hook", program=program, given=asked(session)))
    answer = place.answered(lambda session: place.cmd(line, asked(session)))
    check("a client's event is answered", b"=== skill: regression-bisection ===" in bare.stdout, told(bare))
    check(f"the same by cmd, {where}", b"regression-bisection" in answer.stdout and answer.returncode == 0, told(answer))
    if answer.stdout.strip():
        check("the answer is one JSON object", json.loads(answer.stdout)["hookSpecificOutput"], told(answer))
    quoted = '"Z:' + str(program) + '" hook'
    answer = place.answered(lambda session: place.cmd(quoted, asked(session)))
    check(f"the same quoted, {where}", b"regression-bisection" in answer.stdout and answer.returncode == 0, told(answer))
    guard = place.wine("guard", program=program, given=b"no event")
    check("the guard refuses what it cannot read", guard.returncode == 1 and b"refused" in guard.stderr, told(guard))
    run = place.wine("init", "--user", "--remove", program=program)
    check("init --remove restores the file byte for byte", settings.read_bytes() == before, told(run))


def real_client(place, program, client):
    """The client itself runs here, since Wine cannot run it; its event goes through cmd to the program, as init writes the line."""
    script, batch, settings = place.home / "hook", place.home / "line.bat", place.home / "settings.json"
    batch.write_bytes(("@" + drive(program).replace("\\", "/") + " hook\r\n").encode())
    kept = "".join(f"export {name}={shlex.quote(value)}\n" for name, value in place.windows.items()
                   if name.startswith(("WINE", "XDG_", "LC_")))
    script.write_text(f"#!/bin/sh\n{kept}exec wine cmd /d /c {shlex.quote(drive(batch))}\n")
    script.chmod(0o755)
    hook = {"type": "command", "command": str(script), "timeout": 60}
    settings.write_text(json.dumps({"hooks": {"UserPromptSubmit": [{"hooks": [hook]}]}}))
    harness = root.parent / "shared" / "harness" / "run_client.py"
    run = place.answered(lambda _: subprocess.run(
        [sys.executable, str(harness), "--client", client, "--settings", str(settings), "--expect",
         "=== skill: regression-bisection ===", "use the regression-bisection skill"], capture_output=True, timeout=600), always=True)
    check("the real client's event, through cmd", run.returncode == 0, told(run))


def servers(place):
    lines = [{"jsonrpc": "2.0", "id": 1, "method": "initialize",
              "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}},
             {"jsonrpc": "2.0", "method": "notifications/initialized"}, {"jsonrpc": "2.0", "id": 2, "method": "tools/list"}]
    run = place.wine("--root", drive(root), "mcp", given="".join(json.dumps(line) + "\r\n" for line in lines).encode())
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    check("the MCP server answers", [answer.get("id") for answer in answers] == [1, 2] and b"\r" not in run.stdout, told(run))


def side_by_side(place):
    """Locks and replaced files: four programs index the same library at once, and the fifth finds it whole."""
    runs = [subprocess.Popen(["wine", str(windows), "--root", drive(root), "index"], env=place.windows, cwd=place.home / "work",
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    ends = [(run.communicate(timeout=900), run.returncode) for run in runs]
    check("four write the index at once", all(status == 0 for _, status in ends), str(ends)[:800])
    run = place.wine("--root", drive(root), "index", "--check")
    check("the index is whole", run.returncode == 0, told(run))


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        place = Place(folder + "/user")
        run = place.wine("version")
        check("version", run.returncode == 0 and b"\r" not in run.stdout, told(run))
        same_answers(place)
        odd_texts(place)
        for name in ("plain", "a b"):
            installed = root / "build" / "windows" / "installed" / name
            shutil.rmtree(installed, ignore_errors=True)
            for path in ("bin", "share/cascade"):
                (installed / path).mkdir(parents=True)
            for each, of in (("library", root), ("o200k.bin", root / "share" / "cascade" / "o200k.bin")):
                (installed / "share" / "cascade" / each).symlink_to(of)
            os.link(windows, installed / "bin" / "cascade.exe")
            hooks(Place(f"{folder}/{name}"), installed / "bin")
        if len(sys.argv) > 3:
            real_client(place, root / "build" / "windows" / "installed" / "plain" / "bin" / "cascade.exe", sys.argv[3])
        servers(place)
        side_by_side(place)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
