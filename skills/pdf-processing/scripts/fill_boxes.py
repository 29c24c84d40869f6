#!/usr/bin/env python3
"""Writes texts into measured boxes of a PDF, for forms that have no fields. Needs pdftotext, pdfinfo and qpdf.

usage: fill_boxes.py --words IN.pdf [PAGE]          words with their boxes, in points from the top left corner
       fill_boxes.py IN.pdf BOXES.json OUT.pdf

BOXES.json: [{"page": 1, "box": [x0, y0, x1, y1], "text": "Ada", "size": 10}]; "size" (points) is 10 if left out, "text"
may hold line feeds. A box is measured from the words around it and from a picture (`pdftoppm -r 72`: 1 pixel is 1 point).
Nothing is written if a text is wider or higher than its box, or a box leaves its page, overlaps another or covers words
that are printed there.
Exit 0: written; 1: a box is wrong (each is printed); 2: wrong call, unreadable input, or a program is missing.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

WIDTHS = dict(zip(map(chr, range(32, 127)), [int(w) for w in (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 "
    "584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 "
    "278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 "
    "500 334 260 334 584").split()]))  # Helvetica, in thousandths of the size
WIDEST = 1015  # taken for every other letter


def said_by(*call):
    done = subprocess.run(call, capture_output=True, check=False)
    if done.returncode:
        raise ValueError("%s: %s" % (call[0], done.stderr.decode("utf-8", "replace").strip()[-200:]))
    return done.stdout.decode("utf-8", "replace")


def words_of(path):
    """{page: (width, height, [(box, word)])}"""
    pages = {}
    for number, page in enumerate(re.findall(r"<page .*?</page>", said_by("pdftotext", "-bbox", path, "-"), re.DOTALL), 1):
        width, height = (float(n) for n in re.match(r'<page width="([\d.]+)" height="([\d.]+)"', page).groups())
        words = [(tuple(float(n) for n in hit[:4]), hit[4]) for hit in re.findall(
            r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', page)]
        pages[number] = (width, height, words)
    return pages


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def faults_of(boxes, pages):
    for i, one in enumerate(boxes):
        box, size, lines = one["box"], one["size"], one["text"].split("\n")
        name = "box %d (%s)" % (i + 1, one["text"][:30])
        if one["page"] not in pages:
            yield "%s: there is no page %d" % (name, one["page"])
            continue
        width, height, words = pages[one["page"]]
        if not (0 <= box[0] < box[2] <= width and 0 <= box[1] < box[3] <= height):
            yield "%s: reaches beyond the page of %.0f x %.0f" % (name, width, height)
        needed = max(sum(WIDTHS.get(c, WIDEST) for c in line) * size / 1000 for line in lines)
        if needed > box[2] - box[0]:
            yield "%s: text is %.0f wide, the box %.0f" % (name, needed, box[2] - box[0])
        if len(lines) * size * 1.2 > box[3] - box[1] + 0.5:
            yield "%s: text is %.0f high, the box %.0f" % (name, len(lines) * size * 1.2, box[3] - box[1])
        for area, word in words:
            if overlap(box, area) and word.strip("_.… "):
                yield "%s: covers the printed word %s" % (name, word)
        for j in range(i):
            if boxes[j]["page"] == one["page"] and overlap(box, boxes[j]["box"]):
                yield "%s: overlaps box %d" % (name, j + 1)


def literal(text):
    data = text.encode("cp1252")  # ValueError: a letter that the standard fonts do not have
    return b"(" + re.sub(rb"([\\()])", rb"\\\1", data) + b")"


def stamp(boxes, pages):
    """A PDF with the texts alone, as many pages as the form."""
    objects = [b"", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    kids = []
    for number in sorted(pages):
        width, height, _ = pages[number]
        drawn = b""
        for one in boxes:
            if one["page"] == number:
                for k, line in enumerate(one["text"].split("\n")):
                    drawn += b"BT /F1 %g Tf %.2f %.2f Td " % (one["size"], one["box"][0], height - one["box"][1] - one["size"] * (1 + 1.2 * k))
                    drawn += literal(line) + b" Tj ET\n"
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>" %
                       (width, height, len(objects)))
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, len(out))


def main(arguments):
    try:
        if arguments[:1] == ["--words"] and len(arguments) in (2, 3):
            for number, (_, _, words) in words_of(arguments[1]).items():
                for box, word in words if len(arguments) == 2 or int(arguments[2]) == number else ():
                    print("%d\t%.1f %.1f %.1f %.1f\t%s" % ((number,) + box + (word,)))
            return 0
        if len(arguments) != 3 or arguments[0].startswith("--"):
            print(__doc__.split("\n\n")[1], file=sys.stderr)
            return 2
        with open(arguments[1], encoding="utf-8") as file:
            boxes = [{"page": int(b["page"]), "box": [float(n) for n in b["box"]], "text": str(b["text"]), "size": float(b.get("size", 10))}
                     for b in json.load(file)]
        pages = words_of(arguments[0])
        faults = list(faults_of(boxes, pages))
        if faults:
            print("\n".join(faults))
            return 1
        with tempfile.TemporaryDirectory() as folder:
            over = os.path.join(folder, "over.pdf")
            with open(over, "wb") as file:
                file.write(stamp(boxes, pages))
            said_by("qpdf", arguments[0], "--overlay", over, "--", arguments[2])
    except (OSError, KeyError, TypeError, ValueError) as fault:
        print("fill_boxes: %s" % fault, file=sys.stderr)
        return 2
    print("%d boxes filled" % len(boxes))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
