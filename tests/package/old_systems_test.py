#!/usr/bin/env python3
"""What the program answers where the kernel is older: system calls above a number are not there, as seccomp lets it seem, and every
answer must be the one of today's kernel. Once more as a user without name or home. x86-64 alone, whose numbers these are.

Usage: old_systems_test.py CASCADE
"""
import ctypes
import os
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

# The first number that is missing, and the last release of Linux without it (arch/x86/entry/syscalls/syscall_64.tbl).
KERNELS = {444: "5.12, no landlock", 425: "5.0, no io_uring", 332: "4.10, no statx", 318: "3.16, no getrandom",
           316: "3.14, no renameat2", 303: "2.6.38"}
PROMPT = "it worked in the last release and fails now: which commit broke it?"
EVENT = '{"hook_event_name":"UserPromptSubmit","session_id":"s","transcript_path":"","cwd":"%s","prompt":"' + PROMPT + '"}'
NO_SUCH_CALL = 38  # ENOSYS

library = ctypes.CDLL(None, use_errno=True)


def hide_calls_from(first):
    """Of this process and all that it starts: a filter of three instructions."""
    def instruction(code, true, false, value):
        return struct.pack("HBBI", code, true, false, value)

    code = (instruction(0x20, 0, 0, 0) + instruction(0x35, 0, 1, first) +          # load the number; is it at least `first`?
            instruction(0x06, 0, 0, 0x00050000 | NO_SUCH_CALL) + instruction(0x06, 0, 0, 0x7FFF0000))
    text = ctypes.create_string_buffer(code, len(code))

    class Filter(ctypes.Structure):
        _fields_ = [("count", ctypes.c_ushort), ("first", ctypes.c_void_p)]

    whole = Filter(len(code) // 8, ctypes.addressof(text))
    if library.prctl(38, 1, 0, 0, 0) or library.prctl(22, 2, ctypes.byref(whole), 0, 0):
        os._exit(126)


def answers(program, first, folder, uid=0):
    """What a first day's commands print, in a new home below `folder`."""
    home = Path(folder) / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o777)
    work = home / "work"
    work.mkdir()
    (work / ".git").mkdir()
    if uid:
        for one in (home, work):
            os.chmod(one, 0o777)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home) if not uid else str(Path(folder) / "nobody"), "CASCADE_CACHE": str(home / "cache"),
                   "XDG_STATE_HOME": str(home / "state")}

    def prepare():
        if uid:
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
        if first:
            hide_calls_from(first)

    said = []
    commands = [["bundle", "--prompt", PROMPT, "--depth", "1", "--budget", "1200", "-q"], ["index", "-q"], ["hook"]]
    if not uid:
        commands += [["init"], ["init", "--remove"], ["lease", "take", "file:a"], ["lease", "list"]]
    for words in commands:
        done = subprocess.run([program, *words], cwd=work, env=environment, preexec_fn=prepare, capture_output=True, timeout=120,
                              input=(EVENT % work if words == ["hook"] else "").encode())
        # Times and processes differ between two runs of one kernel, too: of leases only how they end is compared.
        said.append((words, done.returncode, b"" if words[0] in ("lease", "init") else done.stdout))
    return said


def main():
    program = os.path.realpath(sys.argv[1])
    if platform.machine() != "x86_64" or platform.system() != "Linux":
        print("skipped: the numbers of the system calls are those of x86-64")
        return 77
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        # Root's home is often closed to others, and what lies in it with it.
        is_open = all(one.stat().st_mode & 0o001 for one in Path(program).parents)
        users = (0, 54321) if os.getuid() == 0 and is_open else (0,)
        if os.getuid() == 0 and not is_open:
            print("not tried as an unknown user: the program lies in a folder that is closed to others")
        today = {uid: answers(program, 0, folder, uid) for uid in users}
        for uid, said in today.items():
            if any(b"regression-bisection" not in said[i][2] for i in (0, 2)):
                print(f"FAILED: no bundle and layer on this kernel for user {uid}:", said)
                return 1
        for first, name in KERNELS.items():
            for uid in users:
                for expected, found in zip(today[uid], answers(program, first, folder, uid)):
                    if expected != found:
                        failed += 1
                        print(f"FAILED: as Linux {name}, user {uid}: {found[0]}: {expected[1:]} became {found[1:]}"[:400])
            print(f"Linux {name}: answers as today's")
    print("Test Passed." if not failed else f"{failed} answers differ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
