#!/usr/bin/env python3
"""Fills {{name}} places of a .docx with values from a JSON object. Standard library only.

usage: fill_template.py TEMPLATE.docx VALUES.json OUTPUT.docx
       fill_template.py --list TEMPLATE.docx

A place that Word has cut into several runs is found, too, and keeps the format of its first run. Body, tables, headers,
footers and notes are searched. A line break in a value becomes a line break in the text.

Exit 0: written. Exit 1: a place without a value or a value without a place (nothing is written). Exit 2: wrong call or
no readable .docx.
"""
import json
import os
import re
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PLACE = re.compile(r"\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}")
PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")


def tag(name):
    return "{%s}%s" % (W, name)


def texts_of(paragraph):
    """The text elements of a paragraph, without those of paragraphs inside it (text boxes)."""
    found, stack = [], list(reversed(list(paragraph)))
    while stack:
        element = stack.pop()
        if element.tag == tag("p"):
            continue
        if element.tag == tag("t"):
            found.append(element)
        stack.extend(reversed(list(element)))
    return found


def register_namespaces(data):
    """Keeps the document's own prefixes: mc:Ignorable names them."""
    for prefix, uri in re.findall(r'xmlns:([\w.-]+)="([^"]+)"', data.decode("utf-8", "replace")):
        if not re.match(r"ns\d+$", prefix):
            ET.register_namespace(prefix, uri)


def replace_in(paragraph, values):
    texts = texts_of(paragraph)
    whole = "".join(t.text or "" for t in texts)
    for match in reversed(list(PLACE.finditer(whole))):
        value, position = values[match.group(1)], 0
        for text in texts:
            own = text.text or ""
            begin = max(match.start() - position, 0)
            end = min(match.end() - position, len(own))
            if begin < end:
                first = position + begin == match.start()
                text.text = own[:begin] + (value if first else "") + own[end:]
                text.set(XML_SPACE, "preserve")
            position += len(own)


def break_lines(root):
    for run in root.iter(tag("r")):
        for index, text in reversed(list(enumerate(list(run)))):
            if text.tag != tag("t") or "\n" not in (text.text or ""):
                continue
            run.remove(text)
            for number, line in reversed(list(enumerate(text.text.split("\n")))):
                piece = ET.Element(tag("t"), {XML_SPACE: "preserve"})
                piece.text = line
                run.insert(index, piece)
                if number:
                    run.insert(index, ET.Element(tag("br")))


def places_of(data):
    root = ET.fromstring(data)
    return {name for p in root.iter(tag("p")) for name in PLACE.findall("".join(t.text or "" for t in texts_of(p)))}


def filled(data, values):
    root = ET.fromstring(data)
    register_namespaces(data)
    for paragraph in root.iter(tag("p")):
        replace_in(paragraph, values)
    break_lines(root)
    new = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    head = re.search(rb"<w:\w+[^>]*>", data)
    for declared in set(re.findall(rb'xmlns:[\w.-]+="[^"]+"', head.group(0) if head else b"")):
        if declared not in new:
            new = re.sub(rb"(<w:\w+)", rb"\1 " + declared.replace(b"\\", b"\\\\"), new, count=1)
    return new


def main(arguments):
    listing = len(arguments) == 2 and arguments[0] == "--list"
    if not listing and len(arguments) != 3:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    template = arguments[1] if listing else arguments[0]
    try:
        with zipfile.ZipFile(template) as archive:
            entries = [(info, archive.read(info)) for info in archive.infolist()]
        if "word/document.xml" not in [info.filename for info, _ in entries]:
            raise ValueError("no word/document.xml")
        places = set().union(*(places_of(data) for info, data in entries if PART.match(info.filename)))
        values = {} if listing else json.load(open(arguments[1], encoding="utf-8"))
        if not isinstance(values, dict):
            raise ValueError("%s: an object {name: value} is wanted" % arguments[1])
    except (OSError, ValueError, zipfile.BadZipFile, ET.ParseError) as fault:
        print("fill_template: %s: %s" % (template, fault), file=sys.stderr)
        return 2
    if listing:
        print("".join(name + "\n" for name in sorted(places)), end="")
        return 0
    odd = sorted(name for name, value in values.items() if value is not None and not isinstance(value, (str, int, float)) or isinstance(value, bool))
    for name in odd:
        print("%s is no text and no number" % name, file=sys.stderr)
    values = {name: str(value) for name, value in values.items() if value is not None}
    missing, surplus = sorted(places - set(values)), sorted(set(values) - places)
    for name in missing:
        print("no value for {{%s}}" % name, file=sys.stderr)
    for name in surplus:
        print("no place for %s" % name, file=sys.stderr)
    if missing or surplus or odd:
        return 1
    folder = os.path.dirname(os.path.abspath(arguments[2]))
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".docx")
    os.close(handle)
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            for info, data in entries:
                archive.writestr(info, filled(data, values) if PART.match(info.filename) else data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, arguments[2])
    except BaseException:
        os.unlink(temporary)
        raise
    print("%s: %d places filled" % (arguments[2], len(places)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
