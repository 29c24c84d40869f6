#!/usr/bin/env python3
"""Names what R8 renamed or removed although code reaches it by its name.

usage: check_r8.py MAPPING.txt SOURCE... [--usage USAGE.txt]
MAPPING.txt and usage.txt stand in app/build/outputs/mapping/release/. In the sources (Java, Kotlin, C, C++, services files):
  forName    Class.forName, loadClass, FindClass and GetStaticMethodID by a text, files below META-INF/services
  jni        Java_package_Class_method in C and C++
  fields     classes that Gson, or reflection over declaredFields, reads or writes: fields that have neither @SerializedName
             nor @Json nor @Keep
  enum       valueOf(text) of an enum whose constants were renamed
Exit 0: nothing; 1: found, as FILE:LINE, kind, name and what became of it; 2: misuse, or no mapping.
"""
import os
import re
import sys

TEXTS = re.compile(r"(?:forName|loadClass|FindClass)\s*\(\s*(?:env\s*,\s*)?\"([\w.$/]+)\"")
NATIVE = re.compile(r"\bJava_([A-Za-z0-9_]+)\s*\(")
GSON = re.compile(r"\bfromJson(?:<\s*(\w+)\s*>)?\s*\([^;\n]*?(?:\b(\w+)(?:\.class|::class)|\))|\btoJson\(\s*(\w+)|TypeToken<(?:\w+<)*(\w+)>|\b(\w+)(?:\.class|::class)[.\w]*\.?(?:getDeclaredFields|declaredFields|declaredMemberProperties)")
VALUE_OF = re.compile(r"\b([A-Z]\w*)\.valueOf\(\s*[a-z]")
NAMED = re.compile(r"@(?:field:)?(?:SerializedName|Json|JsonProperty|SerialName|Keep)\b")


def mapping_of(path):
    """{class: (new name, {member: new name})}"""
    classes, members = {}, None
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            head = re.match(r"([\w.$-]+) -> ([\w.$-]+):", line)
            part = re.match(r"\s+(?:\d+:\d+:)?[\w.$\[\]<>]+ ([\w.$<>-]+)(\([^)]*\))?(?::\d+)*(?::\d+)? -> (\S+)", line)
            if head:
                members = {}
                classes[head.group(1)] = (head.group(2), members)
            elif part and members is not None and "." not in part.group(1):
                members.setdefault((part.group(1), bool(part.group(2))), part.group(3))
    return classes


def removed_in(path):
    classes, members, last = set(), set(), ""
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            if line[:1].strip():
                last = line.strip().rstrip(":")
                if not line.rstrip().endswith(":"):
                    classes.add(last)
            else:
                name = re.search(r"([\w$<>]+)(?:\(|$)", line.strip())
                if name:
                    members.add((last, name.group(1)))
    return classes, members


def jni_name(text):
    """package.Class and method of Java_package_Class_method."""
    plain = re.sub(r"_(0[0-9a-f]{4}|[123])", lambda hit: {"1": "\1", "2": "\2", "3": "\3"}.get(hit.group(1)) or chr(int(hit.group(1), 16)), text.split("__")[0])
    *parts, method = [part.replace("\1", "_") for part in plain.split("_")]
    return ".".join(parts), method


def fields_of(text, name):
    """(field, has a name of its own) of a class in a source, or None if it is not declared there."""
    head = re.search(r"\b(?:class|record)\s+%s\b" % name, text)
    if not head:
        return None
    rest, found = text[head.end():], []
    brace = rest.find("{")
    first = rest[:brace if brace >= 0 else None]
    body = rest[brace:] if brace >= 0 else ""
    depth, end = 0, len(body)
    for i, letter in enumerate(body):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            end = i
            break
    for part in re.finditer(r"((?:@[\w:.]+(?:\([^)]*\))?\s*)*)(?:(?:private|public|protected|internal|override|final|static|transient|lateinit)\s+)*(?:va[lr]\s+(\w+)|[\w<>\[\], .?]+\s+(\w+)\s*(?:=[^;]*)?;)", first + body[:end]):
        if "return" not in part.group(0).split() and "transient" not in part.group(0) and "static" not in part.group(0):
            found.append((part.group(2) or part.group(3), bool(NAMED.search(part.group(1)))))
    return found


def main(arguments):
    usage = None
    if "--usage" in arguments:
        at = arguments.index("--usage")
        usage = arguments[at + 1] if at + 1 < len(arguments) else ""
        del arguments[at:at + 2]
    if len(arguments) < 2 or arguments[0].startswith("-"):
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    try:
        classes = mapping_of(arguments[0])
        gone, gone_members = removed_in(usage) if usage else (set(), set())
        texts = {}
        for place in arguments[1:]:
            files = [place] if os.path.isfile(place) else [os.path.join(top, name) for top, _, names in os.walk(place) for name in sorted(names)
                                                          if name.endswith((".java", ".kt", ".c", ".cc", ".cpp")) or top.endswith("META-INF/services")]
            for path in files:
                with open(path, encoding="utf-8", errors="replace") as file:
                    texts[path] = file.read()
    except OSError as fault:
        print("check_r8: %s" % fault, file=sys.stderr)
        return 2
    if not classes:
        print("check_r8: %s holds no class: is minifyEnabled on?" % arguments[0], file=sys.stderr)
        return 2
    rows = []

    def add(path, at, kind, name, what):
        rows.append("%s:%d\t%s\t%s\t%s" % (path, texts[path].count("\n", 0, at) + 1, kind, name, what))

    def fate(name):
        if name in gone:
            return "removed"
        return "renamed to " + classes[name][0] if name in classes and classes[name][0] != name else ""

    whole = {name.rpartition(".")[2].rpartition("$")[2]: name for name in classes}
    for path, text in texts.items():
        wanted = [(hit.start(1), "forName", hit.group(1).replace("/", ".")) for hit in TEXTS.finditer(text)]
        if "META-INF/services" in path.replace(os.sep, "/"):
            wanted += [(hit.start(), "forName", hit.group(0)) for hit in re.finditer(r"^[\w.$]+(?=\s*(#|$))", text, re.M)]
        for at, kind, name in wanted:
            if fate(name):
                add(path, at, kind, name, fate(name))
        for hit in NATIVE.finditer(text):
            name, method = jni_name(hit.group(1))
            new = classes.get(name, (name, {}))[1].get((method, True), method)
            if fate(name) or new != method or (name, method) in gone_members:
                add(path, hit.start(), "jni", name + "." + method, fate(name) or ("removed" if new == method else "renamed to " + new))
        for hit in GSON.finditer(text):
            name = next((group for group in hit.groups() if group), None)
            full = whole.get(name)
            declared = next((found for found in (fields_of(other, name) for other in texts.values()) if found is not None), []) if full else []
            for field, kept in declared:
                new = classes[full][1].get((field, False), field)
                if not kept and (new != field or (full, field) in gone_members):
                    add(path, hit.start(), "fields", "%s.%s" % (full, field), "removed" if new == field else "renamed to " + new)
        for hit in VALUE_OF.finditer(text):
            full = whole.get(hit.group(1))
            for (member, call), new in (classes[full][1] if full else {}).items():
                if not call and member.isupper() and new != member:
                    add(path, hit.start(), "enum", "%s.%s" % (full, member), "renamed to " + new)
    for row in dict.fromkeys(rows):
        print(row)
    return 1 if rows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
