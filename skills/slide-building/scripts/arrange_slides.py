#!/usr/bin/env python3
"""Orders, repeats and drops slides of a .pptx with their charts and notes. Standard library only.

usage: arrange_slides.py IN.pptx "1 4 4 2 7-9" OUT.pptx
       arrange_slides.py --list IN.pptx

The numbers are slides of IN in the order wanted; one that comes again is copied with charts, embedded data and notes of
its own, one that is not named is dropped with all that only it used. Sections and comments are not kept. --list prints
number, layout and title, which shows what a template's sample slides offer.
Exit 0: written; 1: a slide that stays links to one that is dropped (nothing is written); 2: wrong call, a number that is
not there, or no readable .pptx.
"""
import os
import posixpath
import re
import sys
import zipfile
from xml.sax.saxutils import unescape

DECK, TYPES = "ppt/presentation.xml", "[Content_Types].xml"
RELATION = re.compile(r"<Relationship\s[^>]*?/>")
SHARED = ("image", "media", "audio", "video", "slideLayout", "slideMaster", "notesMaster", "theme", "themeOverride", "hyperlink", "slide", "font")
DROPPED = ("comments", "tags")


def attribute(text, name):
    found = re.search(r'(?<![\w:])%s="([^"]*)"' % name, text)
    return unescape(found.group(1), {"&quot;": '"'}) if found else ""


def rels_of(part):
    return posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")


def target_of(part, relation):
    target = attribute(relation, "Target")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


class Deck:
    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.order = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.order}
        if DECK not in self.parts:
            raise ValueError("no " + DECK)
        by_id = {attribute(r, "Id"): target_of(DECK, r) for r in self.relations(DECK)}
        self.slides = [by_id[attribute(s, "r:id")] for s in re.findall(r"<p:sldId\s[^>]*?/>", self.text(DECK))]

    def text(self, part):
        return self.parts[part].decode("utf-8")

    def relations(self, part):
        return RELATION.findall(self.text(rels_of(part))) if rels_of(part) in self.parts else []

    def kept(self, part):
        """(relation, its kind, its part) of what lies in the file."""
        for relation in self.relations(part):
            if attribute(relation, "TargetMode") != "External":
                yield relation, attribute(relation, "Type").rsplit("/", 1)[-1], target_of(part, relation)

    def free(self, part):
        """A name like `part` that is not taken."""
        stem, end = re.match(r"(.*?)\d*(\.\w+)$", part).groups()
        number = 1
        while "%s%d%s" % (stem, number, end) in self.parts:
            number += 1
        return "%s%d%s" % (stem, number, end)

    def copy(self, part, made):
        """Copies a part and what belongs to it alone. `made`: {old part: copy}, so that notes find their new slide."""
        if part in made:
            return made[part]
        new = made[part] = self.free(part)
        self.parts[new] = self.parts[part]
        self.order.append(new)
        found = re.search(r'<Override\s[^>]*PartName="/%s"[^>]*/>' % re.escape(part), self.text(TYPES))
        if found:
            fresh = found.group(0).replace('"/%s"' % part, '"/%s"' % new)
            self.parts[TYPES] = self.text(TYPES).replace("</Types>", fresh + "</Types>").encode("utf-8")
        if rels_of(part) in self.parts:
            lines = self.text(rels_of(part))
            self.parts[rels_of(new)] = b""
            self.order.append(rels_of(new))
            for relation, kind, target in list(self.kept(part)):
                if kind in DROPPED:
                    lines = lines.replace(relation, "")
                elif kind not in SHARED or target in made:
                    path = posixpath.relpath(self.copy(target, made), posixpath.dirname(new))
                    lines = lines.replace(relation, re.sub(r'Target="[^"]*"', lambda _: 'Target="%s"' % path, relation))
            self.parts[rels_of(new)] = lines.encode("utf-8")
        return new

    def reachable(self):
        seen, left = {TYPES}, [""]
        while left:
            part = left.pop()
            rels = rels_of(part) if part else "_rels/.rels"
            if rels not in self.parts:
                continue
            seen.add(rels)
            for relation in RELATION.findall(self.text(rels)):
                target = target_of(part, relation)
                if attribute(relation, "TargetMode") != "External" and target in self.parts and target not in seen:
                    seen.add(target)
                    left.append(target)
        return seen

    def arrange(self, numbers):
        used, paths = set(), []
        for number in numbers:
            part = self.slides[number - 1]
            paths.append(self.copy(part, {}) if part in used else part)
            used.add(part)
        for part in paths:
            for _, kind, target in self.kept(part):
                if kind == "slide" and target not in paths:
                    raise LookupError("slide %d links to slide %d, which is dropped" % (paths.index(part) + 1, self.slides.index(target) + 1))
        rels, deck = self.text(rels_of(DECK)), self.text(DECK)
        known = {target_of(DECK, r): r for r in RELATION.findall(rels)}
        sample = known[self.slides[0]]
        highest = max(int(n) for n in re.findall(r'Id="rId(\d+)"', rels) + ["0"])
        number = max([255] + [int(attribute(s, "id")) for s in re.findall(r"<p:sldId\s[^>]*?/>", deck)])
        ids = {attribute(s, "r:id"): attribute(s, "id") for s in re.findall(r"<p:sldId\s[^>]*?/>", deck)}
        lines = []
        for part in paths:
            if part in known:
                name = attribute(known[part], "Id")
            else:
                highest, number, name = highest + 1, number + 1, "rId%d" % (highest + 1)
                ids[name] = str(number)
                fresh = re.sub(r'Id="[^"]*"', 'Id="%s"' % name, re.sub(r'Target="[^"]*"', 'Target="%s"' % posixpath.relpath(part, "ppt"), sample))
                rels = rels.replace("</Relationships>", fresh + "</Relationships>")
            lines.append('<p:sldId id="%s" r:id="%s"/>' % (ids[name], name))
        for part in self.slides:
            if part not in paths:
                rels = rels.replace(known[part], "")
        deck = re.sub(r"<p:sldIdLst>.*?</p:sldIdLst>", lambda _: "<p:sldIdLst>%s</p:sldIdLst>" % "".join(lines), deck, flags=re.DOTALL)
        deck = re.sub(r"<p:ext [^>]*>\s*<p14:sectionLst.*?</p:ext>", "", deck, flags=re.DOTALL)
        deck = re.sub(r"<p:custShowLst>.*?</p:custShowLst>|<p:extLst>\s*</p:extLst>", "", deck, flags=re.DOTALL)
        self.parts[DECK], self.parts[rels_of(DECK)] = deck.encode("utf-8"), rels.encode("utf-8")

    def write(self, path):
        there = self.reachable()
        gone = [p for p in self.parts if p not in there]
        types = self.text(TYPES)
        for part in gone:
            types = re.sub(r'<Override\s[^>]*PartName="/%s"[^>]*/>' % re.escape(part), "", types)
        self.parts[TYPES] = types.encode("utf-8")
        with zipfile.ZipFile(path + ".new", "w", zipfile.ZIP_DEFLATED) as target:
            for part in self.order:
                if part in there:
                    target.writestr(part, self.parts[part])
        os.replace(path + ".new", path)


def title_of(xml):
    for shape in re.findall(r"<p:sp>.*?</p:sp>", xml, re.DOTALL):
        if re.search(r'<p:ph\s[^>]*type="(ctrTitle|title)"', shape):
            return unescape(" ".join(re.findall(r"<a:t>([^<]*)</a:t>", shape)))
    return ""


def numbers_of(text, count):
    found = []
    for word in text.replace(",", " ").split():
        begin, _, end = word.partition("-")
        found += range(int(begin), int(end or begin) + 1)
    if not found or not all(1 <= n <= count for n in found):
        raise ValueError("slides are 1 to %d: %s" % (count, text))
    return found


def main(arguments):
    try:
        if len(arguments) == 2 and arguments[0] == "--list":
            deck = Deck(arguments[1])
            for number, part in enumerate(deck.slides, 1):
                layout = next((t for _, kind, t in deck.kept(part) if kind == "slideLayout"), "")
                name = re.search(r'<p:cSld name="([^"]*)"', deck.text(layout)) if layout in deck.parts else None
                print("%d\t%s\t%s" % (number, unescape(name.group(1)) if name else "", title_of(deck.text(part))))
            return 0
        if len(arguments) != 3:
            print(__doc__.split("\n\n")[1], file=sys.stderr)
            return 2
        deck = Deck(arguments[0])
        deck.arrange(numbers_of(arguments[1], len(deck.slides)))
        deck.write(arguments[2])
    except LookupError as fault:
        print("arrange_slides: %s" % fault, file=sys.stderr)
        return 2 if isinstance(fault, KeyError) else 1
    except (OSError, ValueError, AttributeError, zipfile.BadZipFile) as fault:
        print("arrange_slides: %s: %s" % (arguments[0] if arguments else "", fault), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
