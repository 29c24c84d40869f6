#!/usr/bin/env python3
"""Says for which machine a program or library is, and what it needs there.

usage: check_target.py FILE... [--machine NAME] [--glibc X.Y] [--static] [--rpath ALLOWED]...
  --machine   x86_64 (amd64), i386, aarch64 (arm64), arm, riscv64 ... (ELF, PE and Mach-O)
  --glibc     the target's glibc: no symbol newer than it may be needed
  --static    nothing may be loaded at run time
  --rpath     a search path that is meant (those with $ORIGIN are); any other absolute one is a fault

Exit 0: as asked; 1: not, with the reason; 2: no such file, or none of these kinds.
"""
import argparse
import re
import struct
import sys

ELF = {3: "i386", 8: "mips", 20: "ppc", 21: "ppc64", 22: "s390x", 40: "arm", 62: "x86_64", 94: "xtensa", 183: "aarch64", 243: "riscv"}
PE = {0x14C: "i386", 0x8664: "x86_64", 0x1C4: "arm", 0xAA64: "aarch64"}
ALIASES = {"amd64": "x86_64", "x64": "x86_64", "arm64": "aarch64", "x86": "i386", "i686": "i386", "armv7": "arm", "armhf": "arm"}
MACH = {0x01000007: "x86_64", 0x0100000C: "aarch64", 7: "i386", 12: "arm"}


class Elf:
    """What the dynamic section and the version needs of an ELF file say."""

    def __init__(self, data):
        self.data, self.wide, self.order = data, data[4] == 2, "<" if data[5] == 1 else ">"
        self.needed, self.paths, self.versions = [], [], []
        self.machine = ELF.get(self.number("H", 18), "unknown")
        if self.machine == "riscv":
            self.machine = "riscv64" if self.wide else "riscv32"
        self.read_sections()

    def number(self, kind, at):
        return struct.unpack_from(self.order + kind, self.data, at)[0]

    def text(self, table, at):
        end = self.data.find(b"\0", table + at)
        return self.data[table + at:end].decode("utf-8", "replace")

    def read_sections(self):
        start, size, count = (self.number("Q", 40), *struct.unpack_from(self.order + "HH", self.data, 58)) if self.wide else (
            self.number("I", 32), *struct.unpack_from(self.order + "HH", self.data, 46))
        sections = []
        for i in range(count):
            at = start + i * size
            kind = self.number("I", at + 4)
            offset, length = struct.unpack_from(self.order + ("QQ" if self.wide else "II"), self.data, at + (24 if self.wide else 16))
            link = self.number("I", at + (40 if self.wide else 24))
            sections.append((kind, offset, length, link))
        for kind, offset, length, link in sections:
            if kind == 6 and link < len(sections):
                self.read_dynamic(offset, length, sections[link][1])
            if kind == 0x6FFFFFFE and link < len(sections):
                self.read_versions(offset, sections[link][1])

    def read_dynamic(self, offset, length, strings):
        form = self.order + ("QQ" if self.wide else "II")
        for at in range(offset, offset + length, struct.calcsize(form)):
            tag, value = struct.unpack_from(form, self.data, at)
            if tag == 0:
                break
            if tag == 1:
                self.needed.append(self.text(strings, value))
            if tag in (15, 29):
                self.paths += self.text(strings, value).split(":")

    def read_versions(self, at, strings):
        while True:
            _, count, _, first, step = struct.unpack_from(self.order + "HHIII", self.data, at)
            inner = at + first
            for _ in range(count):
                _, _, _, name, further = struct.unpack_from(self.order + "IHHII", self.data, inner)
                self.versions.append(self.text(strings, name))
                inner += further
            if not step:
                return
            at += step


def read(path):
    """Machine, libraries, search paths, versions of one file."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:4] == b"\x7fELF":
        elf = Elf(data)
        return elf.machine, elf.needed, elf.paths, elf.versions
    if data[:2] == b"MZ":
        at = struct.unpack_from("<I", data, 60)[0]
        if data[at:at + 4] == b"PE\0\0":
            return PE.get(struct.unpack_from("<H", data, at + 4)[0], "unknown"), [], [], []
    if data[:4] in (b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe"):
        return MACH.get(struct.unpack_from("<I", data, 4)[0], "unknown"), [], [], []
    raise ValueError("neither ELF nor PE nor Mach-O")


def pair(text):
    return tuple(int(part) for part in text.split("."))


def faults_of(asked, machine, needed, paths, versions):
    if asked.machine and machine != ALIASES.get(asked.machine.lower(), asked.machine.lower()):
        yield f"is for {machine}, wanted {asked.machine}"
    newest = max((v[6:] for v in versions if re.fullmatch(r"GLIBC_\d+(\.\d+)+", v)), key=pair, default="")
    if asked.glibc and newest and pair(newest) > pair(asked.glibc):
        yield f"needs glibc {newest}, the target has {asked.glibc}"
    if asked.static and needed:
        yield "loads " + ", ".join(needed)
    for path in paths:
        if path.startswith("/") and path not in (asked.rpath or []):
            yield f"searches {path}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--machine")
    parser.add_argument("--glibc")
    parser.add_argument("--static", action="store_true")
    parser.add_argument("--rpath", action="append")
    asked = parser.parse_args()
    wrong = 0
    for path in asked.files:
        try:
            machine, needed, paths, versions = read(path)
        except (OSError, ValueError, struct.error, IndexError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 2
        faults = list(faults_of(asked, machine, needed, paths, versions))
        wrong += bool(faults)
        for fault in faults:
            print(f"{path}: {fault}")
        if not faults:
            print(f"{path}: {machine}; loads {', '.join(needed) or 'nothing'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
