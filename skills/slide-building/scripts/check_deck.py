#!/usr/bin/env python3
"""Reports what is wrong in a .pptx that no picture of its slides shows. Standard library only.

usage: check_deck.py FILE.pptx

Prints each slide's title, then the findings: placeholders without text, picture or chart; sample text of a template;
slides without a title or with the title of another one; text below 12 pt; text that needs more room than its shape has
(estimated, from a quarter too much on); shapes whose texts lie on each other; pictures and charts without an alt text;
shapes that reach beyond the slide.
Exit 0: no findings; 1: findings; 2: wrong call or no readable .pptx.
"""
import posixpath
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
FIXED = ("dt", "ftr", "sldNum", "hdr")  # filled by the program that shows the deck
SMALLEST = 1200  # hundredths of a point
POINT = 12700  # English metric units
SAMPLE = re.compile(r"lorem ipsum|dolor sit amet|click to (add|edit)|your (text|title|name|company|logo) (goes )?here|insert (text|title|picture|logo)|"
                    r"(placeholder|sample) text|\bx{3,}\b|"
                    r"\bTBD\b|\[(insert|open|name|date)[^]]*\]", re.IGNORECASE)
NARROW, WIDE = set("iljtfrI.,:;|!'()[] "), set("mwMW%@")


def slides(archive):
    """Paths of the slides in the order of the talk, and the slide's width and height."""
    deck = ET.fromstring(archive.read("ppt/presentation.xml"))
    relations = ET.fromstring(archive.read("ppt/_rels/presentation.xml.rels"))
    targets = {r.get("Id"): r.get("Target") for r in relations}
    paths = []
    for slide in deck.iter(P + "sldId"):
        target = targets[slide.get(R + "id")]
        paths.append(target.lstrip("/") if target.startswith("/") else posixpath.normpath("ppt/" + target))
    size = deck.find(P + "sldSz")
    return paths, (int(size.get("cx")), int(size.get("cy"))) if size is not None else (9144000, 6858000)


def text_of(shape):
    return " ".join("".join(t.text or "" for t in p.iter(A + "t")) for p in shape.iter(A + "p")).strip()


def related(archive, part, kind):
    """The part that `part` is made by: its layout, or that one's master; None where there is none."""
    try:
        relations = ET.fromstring(archive.read(posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")))
    except KeyError:
        return None
    for relation in relations:
        if relation.get("Type", "").endswith("/" + kind):
            target = relation.get("Target")
            return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
    return None


def models(archive, slide):
    """Trees of the slide's layout and master, as far as they are there."""
    part, found = slide, []
    for kind in ("slideLayout", "slideMaster"):
        part = related(archive, part, kind) if part else None
        if part and part in archive.namelist():
            found.append(ET.fromstring(archive.read(part)))
    return found


def ancestors(shape, trees):
    """The shape and the placeholders that it inherits from, nearest first."""
    placeholder, chain = placeholder_of(shape), [shape]
    if placeholder is not None:
        kind, index = placeholder.get("type", "body"), placeholder.get("idx")
        for level, tree in enumerate(trees):
            for other in tree.iter(P + "sp"):
                its = placeholder_of(other)
                if its is None:
                    continue
                same = its.get("type", "body").replace("ctrTitle", "title") == kind.replace("ctrTitle", "title")
                if (its.get("idx") == index and index is not None) if level == 0 and index is not None else same:
                    chain.append(other)
                    break
    return chain


def box_of(chain):
    """(left, top, right, bottom) in points, of the nearest that says it; None where nobody does."""
    for one in chain:
        place, extent = one.find("*/" + A + "xfrm/" + A + "off"), one.find("*/" + A + "xfrm/" + A + "ext")
        frame = one.find(P + "xfrm")
        if frame is not None:
            place, extent = frame.find(A + "off"), frame.find(A + "ext")
        if place is not None and extent is not None:
            x, y, w, h = (int(n) / POINT for n in (place.get("x"), place.get("y"), extent.get("cx"), extent.get("cy")))
            return x, y, x + w, y + h
    return None


def size_of(run, level, chain, trees):
    """Points of a run: its own, or those of the shape's, layout's or master's list style."""
    look = run.find(A + "rPr")
    if look is not None and look.get("sz"):
        return int(look.get("sz")) / 100
    styles = [one.find("*/" + A + "lstStyle") for one in chain]
    placeholder = placeholder_of(chain[0])
    if placeholder is not None and len(trees) > 1:
        kind = "titleStyle" if placeholder.get("type") in ("title", "ctrTitle") else "bodyStyle"
        styles.append(trees[1].find(P + "txStyles/" + P + kind))
    for style in styles:
        found = style.find(A + "lvl%dpPr/" % (level + 1) + A + "defRPr") if style is not None else None
        if found is not None and found.get("sz"):
            return int(found.get("sz")) / 100
    return 18


def needed(shape, chain, trees, width):
    """Estimated (height, width) of a shape's text in points, in lines of this width."""
    height, widest = 0, 0
    for paragraph in shape.iter(A + "p"):
        level = paragraph.find(A + "pPr")
        indent = int(level.get("marL", "0")) / POINT if level is not None else 0
        level = int(level.get("lvl", "0")) if level is not None else 0
        used, lines, size = 0, 1, 0
        for child in paragraph:
            if child.tag == A + "br":
                used, lines = 0, lines + 1
            if child.tag not in (A + "r", A + "fld"):
                continue
            points = size_of(child, level, chain, trees)
            size = max(size, points)
            for word in re.findall(r"\S+|\s+", "".join(t.text or "" for t in child.iter(A + "t"))):
                long = points * sum(0.3 if c in NARROW else 0.85 if c in WIDE else 1.0 if ord(c) > 0x2e80 else 0.52 for c in word)
                if used + long > max(width - indent, 1) and used and not word.isspace():
                    used, lines = 0, lines + 1
                used += 0 if word.isspace() and not used else long
                widest = max(widest, 0 if word.isspace() else used + indent)
        height += lines * (size or 12) * 1.2
    return height, min(widest, width)


def text_box(shape, chain, trees):
    """(room, needed height, area that the text covers) of a shape with text, or None."""
    box = box_of(chain)
    if box is None or not text_of(shape):
        return None
    body = next((b for b in (one.find("*/" + A + "bodyPr") for one in chain) if b is not None and b.attrib), None)
    inset = [int(body.get(k, d)) / POINT if body is not None else int(d) / POINT
             for k, d in (("lIns", "91440"), ("tIns", "45720"), ("rIns", "91440"), ("bIns", "45720"))]
    room = box[3] - box[1] - inset[1] - inset[3]
    height, width = needed(shape, chain, trees, box[2] - box[0] - inset[0] - inset[2])
    anchor = next((b.get("anchor") for b in (one.find("*/" + A + "bodyPr") for one in chain) if b is not None and b.get("anchor")), "t")
    free = max(room - height, 0)
    top = box[1] + inset[1] + {"t": 0, "ctr": free / 2, "b": free}.get(anchor, 0)
    look = next((p for p in shape.iter(A + "pPr") if p.get("algn")), None)
    aside = box[2] - box[0] - inset[0] - inset[2] - width
    left = box[0] + inset[0] + {"ctr": aside / 2, "r": aside}.get(look.get("algn") if look is not None else "l", 0)
    return room, height, (left, top, left + width, top + min(height, room))


def fits_by_itself(shape):
    body = shape.find("*/" + A + "bodyPr")
    return body is not None and (body.get("wrap") == "none" or body.get("vert", "horz") != "horz" or
                                 any(body.find(A + k) is not None for k in ("normAutofit", "spAutoFit")))


def crowded(shapes, trees):
    """Texts that need more room than they have, and texts that lie on each other."""
    areas = []
    for shape in shapes:
        chain = ancestors(shape, trees)
        found = text_box(shape, chain, trees) if shape.tag == P + "sp" else None
        if found is None:
            continue
        name, (room, height, area) = text_of(shape)[:40], found
        if height > room * 1.25 and not fits_by_itself(shape):
            yield "text needs about %.0f pt of height, its shape has %.0f: %s" % (height, room, name)
        for other, box in areas:
            wide, high = min(area[2], box[2]) - max(area[0], box[0]), min(area[3], box[3]) - max(area[1], box[1])
            if wide > 9 and high > 0.4 * min(area[3] - area[1], box[3] - box[1]):  # lines set tightly share a third
                yield "lies on the text %r: %s" % (other, name)
        areas.append((name, area))


def placeholder_of(shape):
    return shape.find("*/" + P + "nvPr/" + P + "ph")


def findings_of(shape, size, grouped):
    about = shape.find("*/" + P + "cNvPr")
    name = about.get("name", "shape") if about is not None else "shape"
    placeholder = placeholder_of(shape)
    if shape.tag == P + "sp" and placeholder is not None and placeholder.get("type") not in FIXED and not text_of(shape):
        yield "placeholder without content: " + name
    sample = SAMPLE.search(text_of(shape)) if shape.tag == P + "sp" else None
    if sample:
        yield "sample text: %s: %s" % (name, sample.group(0))
    chart = shape.tag == P + "graphicFrame" and any(node.tag.endswith("/chart}chart") for node in shape.iter())
    if (shape.tag == P + "pic" or chart) and about is not None and not about.get("descr", "").strip():
        yield "%s without an alt text: %s" % ("chart" if chart else "picture", name)
    for run in shape.iter(A + "r"):
        look = run.find(A + "rPr")
        if look is not None and 0 < int(look.get("sz", "0")) < SMALLEST:
            yield "text of %.0f pt: %s" % (int(look.get("sz")) / 100, "".join(t.text or "" for t in run.iter(A + "t"))[:40])
            break
    place, extent = shape.find("*/" + A + "xfrm/" + A + "off"), shape.find("*/" + A + "xfrm/" + A + "ext")
    if place is not None and extent is not None and not grouped:  # inside a group places are the group's own
        for begin, length, whole in ((int(place.get("x")), int(extent.get("cx")), size[0]),
                                     (int(place.get("y")), int(extent.get("cy")), size[1])):
            if begin < 0 or begin + length > whole:
                yield "reaches beyond the slide: " + name
                break


def main(arguments):
    if len(arguments) != 1:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    count, titles = 0, {}
    try:
        with zipfile.ZipFile(arguments[0]) as archive:
            paths, size = slides(archive)
            for number, path in enumerate(paths, 1):
                tree = ET.fromstring(archive.read(path)).find(P + "cSld/" + P + "spTree")
                shapes = [s for s in tree.iter() if s.tag in (P + "sp", P + "pic", P + "graphicFrame")]
                title = next((text_of(s) for s in shapes if placeholder_of(s) is not None and
                              placeholder_of(s).get("type") in ("title", "ctrTitle")), "")
                print("%d: %s" % (number, title))
                grouped = {id(s) for group in tree.iter(P + "grpSp") for s in group.iter()}
                found = [f for shape in shapes for f in findings_of(shape, size, id(shape) in grouped)]
                found += crowded([s for s in shapes if id(s) not in grouped], models(archive, path))
                if not title:
                    found.append("no title")
                elif title in titles:
                    found.append("the title of slide %d" % titles[title])
                titles.setdefault(title, number)
                for finding in found:
                    print("  slide %d: %s" % (number, finding))
                count += len(found)
    except (OSError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, ET.ParseError) as fault:
        print("check_deck: %s: %s" % (arguments[0], fault), file=sys.stderr)
        return 2
    print("%d slides, %d findings" % (len(paths), count))
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
