#!/usr/bin/env python3
"""Reports what is wrong in a .pptx that no picture of its slides shows. Standard library only.

usage: check_deck.py FILE.pptx

Prints each slide's title, then the findings: placeholders without text, picture or chart; slides without a title or
with the title of another one; text below 12 pt; pictures without an alt text; shapes that reach beyond the slide.
Exit 0: no findings; 1: findings; 2: wrong call or no readable .pptx.
"""
import posixpath
import sys
import xml.etree.ElementTree as ET
import zipfile

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
FIXED = ("dt", "ftr", "sldNum", "hdr")  # filled by the program that shows the deck
SMALLEST = 1200  # hundredths of a point


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


def placeholder_of(shape):
    return shape.find("*/" + P + "nvPr/" + P + "ph")


def findings_of(shape, size, grouped):
    about = shape.find("*/" + P + "cNvPr")
    name = about.get("name", "shape") if about is not None else "shape"
    placeholder = placeholder_of(shape)
    if shape.tag == P + "sp" and placeholder is not None and placeholder.get("type") not in FIXED and not text_of(shape):
        yield "placeholder without content: " + name
    if shape.tag == P + "pic" and about is not None and not about.get("descr", "").strip():
        yield "picture without an alt text: " + name
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
