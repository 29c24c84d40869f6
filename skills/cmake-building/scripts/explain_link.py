#!/usr/bin/env python3
"""Says where each undefined symbol of a link is defined, and why it was not taken.

usage: explain_link.py BUILD.log FILE|FOLDER...
BUILD.log holds messages of GNU ld, gold, mold, lld or Apple's ld. In the files and folders (the build, installed libraries)
all .a, .o and .so are read with nm. Each symbol is judged by the link that names the object which asks for it (logs of -j and -k mix
links); one that fails in two links for two reasons has two lines.
  not linked   defined there, and the file is not in the link line
  defined      defined there; the log shows no link line (make VERBOSE=1, ninja -v)
  order        an archive of the link line that stands before what needs it (GNU ld reads each once)
  plain C      defined without a signature: the header lacks extern "C"
  mangled      asked for as C, defined as C++: extern "C" where it is defined as well
  signature    the same name with other parameters, constness or namespace: header and library differ
  old ABI      the same but for std::__cxx11: one side was built with _GLIBCXX_USE_CXX11_ABI=0
  hidden       defined, but local or not exported from the shared library
  vtable       the first virtual function that is not inline has no body in what is linked
  nowhere      defined in none of the files
Exit 0: the log has no undefined symbol; 1: it has; 2: misuse, no nm, or a link that failed with messages in
another language or of another kind (LC_ALL=C).
"""
import os
import re
import shutil
import subprocess
import sys

ASKED = [re.compile(r"undefined reference to [`'\"](.+?)['`\"]\s*$"), re.compile(r"undefined (?:hidden |protected |internal )?symbol: (?:\S+\.(?:o|a|so)\S*: )?(.+?)\s*$"),
         re.compile(r"undefined reference to symbol '(.+?)(?:@[^']*)?'"),
         re.compile(r"^\s*\"(.+)\", referenced from:")]
MISSING = re.compile(r"(\S+): error adding symbols: DSO missing from command line")
FAILED = re.compile(r"collect2: |\bld returned \d|linker command failed|\bLNK\d{4}\b|symbol\(s\) not found|error adding symbols")
LINKED = re.compile(r"(?:^|\s)(\S+\.(?:a|so[\d.]*|o|dylib))(?=\s|$)")
COMMAND = re.compile(r"(?:^|[\s/])(?:\w+-)*(?:c\+\+|g\+\+|gcc|cc|clang(?:\+\+)?|ld)(?:-[\d.]+)?(?:\.(?:lld|gold|bfd|mold))?\s(?!.*\s-(?:c|E|S|fsyntax-only)\s)")
OBJECT = re.compile(r"(?:^|[\s:]|\bin )([^\s:`'\"()\[]+\.(?:o|a|so[\d.]*))(?=[:(\[]|\s*$)")
KINDS = set("TtDdBbRrVvWwuiSsGg")


def symbols_of(path):
    """[(name, is local)] defined in a file, demangled."""
    found = []
    for options in (["-C", "--defined-only"], ["-D", "-C", "--defined-only"]):
        if options[0] == "-D" and ".so" not in os.path.basename(path):
            continue
        listed = subprocess.run(["nm", *options, path], capture_output=True, text=True, errors="replace")
        for line in listed.stdout.splitlines():
            hit = re.match(r"[0-9a-f]* ?([A-Za-z]) (.+)$", line)
            if hit and hit.group(1) in KINDS:
                found.append((hit.group(2).split("@")[0], hit.group(1) in "tdbrs"))
    return found


def files_in(places):
    for place in places:
        if os.path.isfile(place):
            yield place
        for top, _, names in os.walk(place):
            yield from (os.path.join(top, name) for name in sorted(names) if re.search(r"\.(a|o|so(\.\d+)*|dylib)$", name))


def bare(name):
    """The name without namespace and parameters."""
    return re.sub(r"<.*?>", "", name.split("(")[0]).split("::")[-1].split()[-1] if name.split("(")[0].strip() else name


def asking(lines, at):
    """The objects that a message names: in its line, in ld's "in function" above it, in lld's or Apple's lines below it."""
    above = at
    while above > 0 and "in function" not in lines[above] and re.search(r"undefined reference|warning:|\(\.\w+\+0x", lines[above]):
        above -= 1
    below = at + 1
    while below < len(lines) and re.match(r">>>|\s+\S.* in \S+$", lines[below]):
        below += 1
    near = [lines[at], *(lines[above:above + 1] if "in function" in lines[above] else []), *lines[at + 1:below]]
    return {path for line in near for path in OBJECT.findall(line)}


def link_of(lines, at):
    """(its files in order, its text) of the link that says the line `at`; ([], "") where the log shows none."""
    links = [(abs(at - i) + (i > at) * len(lines), LINKED.findall(line), line) for i, line in enumerate(lines) if COMMAND.search(line)]
    links = sorted((link for link in links if link[1] or " -o " in link[2]), key=lambda link: link[0])  # the nearest before it, then those behind it
    asked = asking(lines, at)
    names = {os.path.basename(path) for path in asked}
    own = [link for link in links if asked & set(link[1])] or [link for link in links if names & {os.path.basename(path) for path in link[1]}]
    return next((([os.path.basename(path) for path in files], text) for _, files, text in own or links), ([], ""))


def judged(name, defined, linked, link):
    places = [(path, local) for path, local in defined.get(name, [])]
    shown = sorted({path for path, local in places if not local})
    if shown:
        names = [os.path.basename(path) for path in shown]
        used = [base for base in names if base in linked or re.search(r"-l%s\b" % re.escape(re.sub(r"^lib|\.(a|so.*|dylib)$", "", base)), link)]
        return ("order", ", ".join(used)) if used else ("not linked" if link else "defined", ", ".join(shown))
    if places:
        return "hidden", ", ".join(sorted({path for path, _ in places}))
    table = re.match(r"(vtable|typeinfo) for (.+)", name)
    if table:
        return "vtable", "give %s's first virtual function that is not inline a body, or link its file" % table.group(2)
    plain = bare(name)
    if "(" in name and plain in defined:
        return "plain C", ", ".join(sorted({path for path, _ in defined[plain]}))
    near = [(other, path) for other, found in defined.items() for path, _ in found if other != name and bare(other) == plain and "(" in other]
    if "(" not in name and near:
        return "mangled", "; ".join(sorted({"%s in %s" % item for item in near})[:3])
    stripped = lambda text: text.replace("__cxx11::", "").replace("[abi:cxx11]", "").replace(" ", "")
    for other, path in near:
        if stripped(other) == stripped(name) or stripped(other).replace("std::string", "std::basic_string<char,std::char_traits<char>,std::allocator<char>>") == stripped(name):
            return "old ABI", "%s in %s" % (other, path)
    if near:
        return "signature", "; ".join(sorted({"%s in %s" % item for item in near})[:3])
    return "nowhere", "-"


def main(arguments):
    if len(arguments) < 2 or arguments[0].startswith("-") or not shutil.which("nm"):
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    try:
        with open(arguments[0], encoding="utf-8", errors="replace") as file:
            log = file.read()
    except OSError as fault:
        print("explain_link: %s" % fault, file=sys.stderr)
        return 2
    gone = [place for place in arguments[1:] if not os.path.exists(place)]
    if gone:
        print("explain_link: %s is not there" % ", ".join(gone), file=sys.stderr)
        return 2
    asked, places, lines = [], [], log.splitlines()
    for at, line in enumerate(lines):
        for form in ASKED:
            hit = form.search(line)
            if hit:
                asked.append(hit.group(1))
                places.append(at)
    if asked and shutil.which("c++filt"):
        asked = subprocess.run(["c++filt"], input="\n".join(asked), capture_output=True, text=True).stdout.splitlines()
    if not asked and FAILED.search(log):
        print("explain_link: a link failed, and no message about an undefined symbol is known: build again with LC_ALL=C", file=sys.stderr)
        return 2
    defined = {}
    for library in MISSING.findall(log):  # ld has found it by itself, and wants it named
        for name in set(asked) if len(set(asked)) == 1 else ():
            defined.setdefault(name, []).append((library, False))
    for path in files_in(arguments[1:]):
        for name, local in symbols_of(path):
            defined.setdefault(name, []).append((path, local))
    for row in dict.fromkeys((name, *judged(name, defined, *link_of(lines, at))) for name, at in zip(asked, places)):
        print("%s\t%s\t%s" % row)
    return 1 if asked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
