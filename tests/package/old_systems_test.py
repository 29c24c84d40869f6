#!/usr/bin/env python3
"""What the program answers where the kernel is older: system calls above a number are not there, as seccomp lets it seem, and every
answer must be the one of today's kernel. Once more as a user without name or home, and once on a file system without locks, as
some network folders are: what needs a store says so. x86-64 alone, whose numbers these are.

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
NO_SUCH_CALL, NO_LOCKS = 38, 37  # ENOSYS, ENOLCK
FLOCK, FCNTL, LOCKS = 73, 72, (5, 6, 7, 36, 37, 38)  # F_GETLK, F_SETLK, F_SETLKW and those of open files

library = ctypes.CDLL(None, use_errno=True)


def hide_calls_from(first):
    """Of this process and all that it starts: a filter of three instructions."""
    filter_calls(instruction(0x20, 0, 0, 0) + instruction(0x35, 0, 1, first) +  # load the number; is it at least `first`?
                 instruction(0x06, 0, 0, 0x00050000 | NO_SUCH_CALL) + instruction(0x06, 0, 0, 0x7FFF0000))


def hide_locks():
    """flock, and fcntl where it asks for or about a lock."""
    count = len(LOCKS)
    asked = [instruction(0x15, count - i, 0, one) for i, one in enumerate(LOCKS)]
    filter_calls(instruction(0x20, 0, 0, 0) + instruction(0x15, count + 3, 0, FLOCK) + instruction(0x15, 0, count + 1, FCNTL) +
                 instruction(0x20, 0, 0, 24) + b"".join(asked) +  # its second argument
                 instruction(0x06, 0, 0, 0x7FFF0000) + instruction(0x06, 0, 0, 0x00050000 | NO_LOCKS))


def instruction(code, true, false, value):
    return struct.pack("HBBI", code, true, false, value)


def filter_calls(code):
    text = ctypes.create_string_buffer(code, len(code))

    class Filter(ctypes.Structure):
        _fields_ = [("count", ctypes.c_ushort), ("first", ctypes.c_void_p)]

    whole = Filter(len(code) // 8, ctypes.addressof(text))
    if library.prctl(38, 1, 0, 0, 0) or library.prctl(22, 2, ctypes.byref(whole), 0, 0):
        os._exit(126)


def answers(program, hide, folder, uid=0):
    """What a first day's commands print, in a new home below `folder`, where `hide` took something away."""
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
        hide()

    said = []
    commands = [["bundle", "--prompt", PROMPT, "--depth", "1", "--budget", "1200", "-q"], ["index", "-q"], ["hook"]]
    if not uid:
        commands += [["init"], ["init", "--remove"], ["lease", "take", "file:a"], ["lease", "list"]]
    for words in commands:
        done = subprocess.run([program, *words], cwd=work, env=environment, preexec_fn=prepare, capture_output=True, timeout=120,
                              input=(EVENT % work if words == ["hook"] else "").encode())
        # Times and processes differ between two runs of one kernel, too: of leases only how they end is compared. The library is
        # the source tree, and whoever makes a file in its top folder meanwhile makes index look at the folders again.
        shown = done.stdout.replace(b" (rebuilt: folders were looked at again)", b"")
        said.append((words, done.returncode, b"" if words[0] in ("lease", "init") else shown, done.stderr))
    return said


def without_locks(program, folder, today):
    """A prompt gets its answer; what needs the store ends at once, and says why."""
    found = {" ".join(one[0][:2]): one for one in answers(program, hide_locks, folder)}
    wrong = [one[0] for one in today if one[0][0] in ("bundle", "hook", "init") and one[:3] != found[" ".join(one[0][:2])][:3]]
    wrong += [words for words, _, _, said in (found["index -q"], found["lease take"]) if b"locks" not in said and b"ENOLCK" not in said]
    for words in wrong:
        print(f"FAILED: without locks: {words}: {found[' '.join(words[:2])][1:]}"[:400])
    print("a file system without locks: answers, and says what it cannot do")
    return len(wrong)


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
        today = {uid: answers(program, lambda: None, folder, uid) for uid in users}
        for uid, said in today.items():
            if any(b"regression-bisection" not in said[i][2] for i in (0, 2)):
                print(f"FAILED: no bundle and layer on this kernel for user {uid}:", said)
                return 1
        for first, name in KERNELS.items():
            for uid in users:
                for expected, found in zip(today[uid], answers(program, lambda: hide_calls_from(first), folder, uid)):
                    if expected[:3] != found[:3]:
                        failed += 1
                        print(f"FAILED: as Linux {name}, user {uid}: {found[0]}: {expected[1:]} became {found[1:]}"[:2000])
            print(f"Linux {name}: answers as today's")
        failed += without_locks(program, folder, today[0])
    print("Test Passed." if not failed else f"{failed} answers differ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
