#!/usr/bin/env python3
"""Writes edits into a .docx as tracked changes that Word shows for accepting or refusing. Standard library only.

usage: track_changes.py IN.docx EDITS.json OUT.docx --author NAME --date 2026-11-26T09:00:00Z
       track_changes.py --list IN.docx

EDITS.json: [{"find": "within 30 days", "replace": "within 14 days"}]; an empty "replace" deletes. Each "find" must stand
exactly once in the document, inside one paragraph, and may go across runs; its formatting is kept. --list prints the
tracked changes of a document: insertion or deletion, author, text.
Exit 0: done; 1: an edit whose text is missing, stands several times, or crosses a field, link or picture (nothing is
written); 2: wrong call or no readable .docx.
"""
import json
import os
import re
import sys
import zipfile
from xml.sax.saxutils import escape, quoteattr, unescape

PART = "word/document.xml"
PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
RUN = re.compile(r"<w:r(?: [^>]*)?>(?P<look><w:rPr>.*?</w:rPr>)?(?:<w:t(?: [^>]*)?>(?P<text>[^<]*)</w:t>)</w:r>", re.DOTALL)
CHANGE = re.compile(r"<w:(ins|del) [^>]*?w:author=\"([^\"]*)\"[^>]*>(.*?)</w:\1>", re.DOTALL)
SPACE = re.compile(r"\s*(<w:(proofErr|bookmarkStart|bookmarkEnd|lastRenderedPageBreak)[^>]*/>\s*)*")


def run(look, text, tag="t"):
    return '<w:r>%s<w:%s xml:space="preserve">%s</w:%s></w:r>' % (look, tag, escape(text), tag) if text else ""


class Changes:
    """Gives each change its number, with one author and date."""

    def __init__(self, author, date, first):
        self.head, self.number = "w:author=%s w:date=%s" % (quoteattr(author), quoteattr(date)), first

    def wrap(self, kind, inside):
        self.number += 1
        return '<w:%s w:id="%d" %s>%s</w:%s>' % (kind, self.number, self.head, inside, kind) if inside else ""


def chains(paragraph):
    """Lists of text runs between which nothing else stands; what is inside w:ins or w:del is left alone."""
    closed = [m.span() for m in CHANGE.finditer(paragraph)]
    found, end = [], None
    for hit in RUN.finditer(paragraph):
        if any(a <= hit.start() < b for a, b in closed):
            continue
        if end is None or not SPACE.fullmatch(paragraph, end, hit.start()):
            found.append([])
        found[-1].append(hit)
        end = hit.end()
    return found


def places(xml, wanted):
    """(paragraph, its run chain, offset in the chain's text) for each place where the text stands."""
    for paragraph in PARAGRAPH.finditer(xml):
        for chain in chains(paragraph.group(0)):
            text = "".join(unescape(r.group("text")) for r in chain)
            at = text.find(wanted)
            while at >= 0:
                yield paragraph, chain, at
                at = text.find(wanted, at + 1)


def edited(xml, edit, changes):
    found = list(places(xml, edit["find"]))
    if len(found) != 1:
        raise LookupError("%d times in the document: %r" % (len(found), edit["find"]))
    paragraph, chain, begin = found[0]
    end, offset, out, put = begin + len(edit["find"]), 0, "", False
    for hit in chain:
        look, text = hit.group("look") or "", unescape(hit.group("text"))
        a, b = max(begin - offset, 0), min(end - offset, len(text))
        offset += len(text)
        if a >= b:
            out += hit.group(0)
            continue
        out += run(look, text[:a]) + changes.wrap("del", run(look, text[a:b], "delText"))
        if offset >= end and not put:
            out, put = out + changes.wrap("ins", run(chain_look(chain, begin), edit["replace"])), True
        out += run(look, text[b:])
    old = paragraph.group(0)
    new = old[:chain[0].start()] + out + old[chain[-1].end():]
    return xml[:paragraph.start()] + new + xml[paragraph.end():]


def chain_look(chain, at):
    for hit in chain:
        at -= len(unescape(hit.group("text")))
        if at < 0:
            return hit.group("look") or ""
    return ""


def listed(xml):
    for kind, author, inside in CHANGE.findall(xml):
        text = "".join(re.findall(r"<w:(?:t|delText)(?: [^>]*)?>([^<]*)<", inside))
        print("%s\t%s\t%s" % ("insertion" if kind == "ins" else "deletion", unescape(author), unescape(text)))


def main(arguments):
    try:
        if len(arguments) == 2 and arguments[0] == "--list":
            with zipfile.ZipFile(arguments[1]) as archive:
                listed(archive.read(PART).decode("utf-8"))
            return 0
        if len(arguments) != 7 or arguments[3] != "--author" or arguments[5] != "--date":
            print(__doc__.split("\n\n")[1], file=sys.stderr)
            return 2
        source, edits, out, author, date = arguments[0], arguments[1], arguments[2], arguments[4], arguments[6]
        with open(edits, encoding="utf-8") as file:
            wanted = json.load(file)
        with zipfile.ZipFile(source) as archive:
            xml = archive.read(PART).decode("utf-8")
            changes = Changes(author, date, max([0] + [int(i) for i in re.findall(r'w:id="(\d+)"', xml)]))
            for edit in wanted:
                xml = edited(xml, {"find": edit["find"], "replace": edit.get("replace", "")}, changes)
            with zipfile.ZipFile(out + ".new", "w", zipfile.ZIP_DEFLATED) as target:
                for item in archive.infolist():
                    target.writestr(item, xml.encode("utf-8") if item.filename == PART else archive.read(item))
        os.replace(out + ".new", out)
    except LookupError as fault:
        print("track_changes: %s" % (fault if not isinstance(fault, KeyError) else "no %s" % fault), file=sys.stderr)
        return 2 if isinstance(fault, KeyError) else 1
    except (OSError, ValueError, TypeError, zipfile.BadZipFile) as fault:
        print("track_changes: %s" % fault, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
