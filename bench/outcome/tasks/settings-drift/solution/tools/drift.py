"""drift.py [--ignore NAME]... FILE FILE [FILE]...: compares settings"""
import os
import re
import sys

USAGE = "usage: drift.py [--ignore NAME]... FILE FILE [FILE]..."
SECRET = re.compile("SECRET|TOKEN|PASSWORD|KEY", re.I)
LINE = re.compile(r"(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*(.*)")
QUOTED = re.compile(r"""(?:'([^']*)'|"([^"]*)")[ \t]*(?:[ \t]#.*)?""")


def value_of(text):
    if text[:1] in ("'", '"'):
        m = QUOTED.fullmatch(text)
        if not m:
            raise ValueError("something is wrong with the quotes")
        return m.group(1) if m.group(1) is not None else m.group(2)
    if text.startswith("#"):
        return ""
    return re.split(r"[ \t]#", text, maxsplit=1)[0].strip()


def read(path, errors):
    settings = {}
    try:
        with open(path, encoding="utf-8") as f:
            lines = f.read().splitlines()
    except (OSError, UnicodeDecodeError):
        errors.append("%s:0: cannot be read" % path)
        return settings
    for n, line in enumerate(lines, 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        m = LINE.fullmatch(line)
        if not m:
            errors.append("%s:%d: not a setting" % (path, n))
            continue
        try:
            settings[m.group(1)] = value_of(m.group(2))
        except ValueError as e:
            errors.append("%s:%d: %s" % (path, n, e))
    return settings


def main(args):
    ignore, paths = [], []
    args = list(args)
    while args:
        arg = args.pop(0)
        if arg == "--ignore" and args:
            ignore.append(args.pop(0))
        elif arg.startswith("-"):
            print(USAGE, file=sys.stderr)
            return 2
        else:
            paths.append(arg)
    if len(paths) < 2:
        print(USAGE, file=sys.stderr)
        return 2

    def ignored(name):
        return any(name.startswith(i[:-1]) if i.endswith("*") else name == i for i in ignore)

    errors = []
    files = [(os.path.basename(p), read(p, errors)) for p in paths]
    if errors:
        print("\n".join(errors), file=sys.stderr)
        return 2
    first = files[0][1]
    different = False
    for name in sorted({n for _, s in files for n in s}):
        if ignored(name):
            continue
        for file, settings in files[1:]:
            if name in first and name in settings:
                if first[name] == settings[name]:
                    continue
                shown = "secret" if SECRET.search(name) else "%r %r" % (first[name], settings[name])
                print("  ".join(("differs", name, file, shown)))
            elif name in first:
                print("  ".join(("missing", name, file)))
            elif name in settings:
                print("  ".join(("extra  ", name, file)))
            else:
                continue
            different = True
    return int(different)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
