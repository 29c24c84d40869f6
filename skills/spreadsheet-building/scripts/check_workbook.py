#!/usr/bin/env python3
"""Reports what is wrong in an .xlsx without opening it in a spreadsheet program. Standard library only.

usage: check_workbook.py FILE.xlsx [--computed]
  --computed   formulas without a stored value are findings (use after recalculating)

Findings: error values, formulas whose text refers to #REF!, formulas without a stored value, numbers stored as text,
links to other workbooks, and numbers typed over a formula: the cells on both sides of it in its column or row hold one
and the same formula, or the three next to it do and that formula could be computed there. A number in a cell with the
format Text (@) or typed with an apostrophe is text on purpose and no finding. Also printed: sheets with rows, formulas and whether they are hidden.
Exit 0: no findings; 1: findings; 2: wrong call or no readable .xlsx.
"""
import posixpath
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Numbers written as people type them; a leading zero or a plus marks codes and telephone numbers, which are text.
NUMBER = re.compile(r"-?(0|[1-9]\d{0,2}(,\d{3})+|[1-9]\d*)(\.\d+)?%?$")


def shared_texts(archive):
    try:
        root = ET.fromstring(archive.read("xl/sharedStrings.xml"))
    except KeyError:
        return []
    return ["".join(t.text or "" for t in item.iter(S + "t")) for item in root.findall(S + "si")]


def sheets(archive):
    """(name, state, path) of every sheet."""
    book = ET.fromstring(archive.read("xl/workbook.xml"))
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {r.get("Id"): r.get("Target") for r in relations}
    for sheet in book.iter(S + "sheet"):
        target = targets[sheet.get(R + "id")]
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)
        yield sheet.get("name"), sheet.get("state", "visible"), path


def text_styles(archive):
    """Numbers of the cell styles that say "text": the format @, or an apostrophe before what was typed."""
    try:
        root = ET.fromstring(archive.read("xl/styles.xml"))
    except KeyError:
        return set()
    formats = {f.get("numFmtId") for f in root.iter(S + "numFmt") if f.get("formatCode") == "@"} | {"49"}
    styles = root.find(S + "cellXfs")
    return {str(i) for i, xf in enumerate([] if styles is None else styles.findall(S + "xf"))
            if xf.get("numFmtId") in formats or xf.get("quotePrefix") in ("1", "true")}


def cell_text(cell, shared):
    value = cell.find(S + "v")
    if cell.get("t") == "s":
        return shared[int(value.text)]
    if cell.get("t") == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(S + "t"))
    return value.text if value is not None and value.text is not None else ""


def findings_of(cell, shared, as_text, computed):
    formula, text = cell.find(S + "f"), cell_text(cell, shared)
    if cell.get("t") == "e":
        yield "error value " + text
    if formula is not None:
        if "#REF!" in (formula.text or ""):
            yield "formula refers to a deleted cell: =" + formula.text
        if re.search(r"(?<!\w)\[(?:\d+|[^\[\]]+\.xls\w?)\](?=[\w .-]*'?!)", formula.text or ""):
            yield "formula reads another workbook: =" + formula.text
        if computed and text == "":
            yield "formula without a stored value"
    elif cell.get("t") in ("s", "inlineStr") and cell.get("s") not in as_text and NUMBER.match(text.strip()):
        yield "number stored as text: %r" % text


def place_of(name):
    """(row, column) of a reference such as C7."""
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row), column


REFERENCE = re.compile(r"(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(.!])(:)?")


def shape_of(text, place):
    """The formula with its relative references as distances, equal where it was filled down; those distances; its areas."""
    near, areas, open_area = [], [], False

    def distance(hit):
        nonlocal open_area
        row, column = place_of(hit.group(2) + hit.group(4))
        elsewhere = hit.string[:hit.start()].endswith("!")  # in another sheet
        if not elsewhere:
            areas[-1:] = [areas[-1] + (row, column)] if open_area else areas[-1:] + [(row, column)]
        open_area = bool(hit.group(5)) and not elsewhere
        parts = ["=" + str(n) if fixed else str(n - here) for n, here, fixed in
                 ((row, place[0], hit.group(3)), (column, place[1], hit.group(1)))]
        if not (hit.group(1) or hit.group(3) or elsewhere):
            near.append((row - place[0], column - place[1]))
        return "<%s,%s>%s" % (*parts, hit.group(5) or "")

    return REFERENCE.sub(distance, re.sub(r""""[^"]*"|'[^']*'""", lambda hit: hit.group(0).lower(), text)), near, areas


def typed_over(cells):
    """Names of the cells whose number stands where its neighbours have a formula."""
    shapes, numbers, filled, shared = {}, {}, set(), {}
    for cell in cells:
        place, formula = place_of(cell.get("r")), cell.find(S + "f")
        value = cell.find(S + "v")
        if formula is not None:
            if formula.get("t") == "shared" and formula.text:
                shared[formula.get("si")] = shape_of(formula.text, place)[:2] + ([],)  # its areas move with each cell
            known = shared.get(formula.get("si")) if formula.get("t") == "shared" else shape_of(formula.text or "", place)
            shapes[place] = known or (None, [], [])
            if formula.get("ref") and formula.get("t") in ("array", "dataTable"):  # their results have no formula of their own
                first, _, last = formula.get("ref").partition(":")
                (top, left), (bottom, right) = place_of(first), place_of(last or first)
                filled.update((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
        elif value is not None and cell.get("t") in (None, "n"):
            numbers[place] = cell.get("r")

    def alike(*places):
        found = {shapes.get(place, (None,))[0] for place in places}
        return len(found) == 1 and found != {None}

    def reads(place, target):
        _, near, areas = shapes[place]
        return (target[0] - place[0], target[1] - place[1]) in near or any(
            min(a[0], a[-2]) <= target[0] <= max(a[0], a[-2]) and min(a[1], a[-1]) <= target[1] <= max(a[1], a[-1]) for a in areas)

    for (row, column), name in numbers.items():
        if (row, column) in filled:
            continue
        for down, right in ((1, 0), (0, 1)):
            at = lambda n: (row + n * down, column + n * right)
            before, after = -1, 1
            while at(before) in numbers and at(before) not in filled:
                before -= 1
            while at(after) in numbers and at(after) not in filled:
                after += 1
            # Where formulas take turns with inputs (a sum after each quarter), the next one reads this cell.
            if after - before <= 4 and alike(at(before), at(after)) and (
                    not reads(at(before), (row, column)) and not reads(at(after), (row, column))
                    or alike(at(before), at(before - 1)) or alike(at(after), at(after + 1))):
                yield name
                break
            near = [n for n in (-1, 1) if alike(*(at(n * i) for i in (1, 2, 3))) and not reads(at(n), (row, column))]
            inputs = shapes[at(near[0])][1] if near else ()
            if inputs and all((row + r, column + c) in numbers or (row + r, column + c) in shapes for r, c in inputs):
                yield name
                break


def main(arguments):
    computed = "--computed" in arguments
    files = [a for a in arguments if not a.startswith("--")]
    if len(files) != 1 or len(arguments) != len(files) + computed:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    count = 0
    try:
        with zipfile.ZipFile(files[0]) as archive:
            shared, as_text = shared_texts(archive), text_styles(archive)
            for name, state, path in sheets(archive):
                if not path.startswith("xl/worksheets"):
                    continue
                root = ET.fromstring(archive.read(path))
                cells = list(root.iter(S + "c"))
                formulas = sum(cell.find(S + "f") is not None for cell in cells)
                print("%s: %d rows, %d cells, %d formulas%s" % (name, len(list(root.iter(S + "row"))), len(cells), formulas,
                                                               "" if state == "visible" else ", " + state))
                over = {cell: "number typed over a formula" for cell in typed_over([c for c in cells if re.fullmatch(r"[A-Z]+\d+", c.get("r") or "")])}
                for cell, finding in over.items():
                    print("%s!%s: %s" % (name, cell, finding))
                count += len(over)
                for cell in cells:
                    for finding in findings_of(cell, shared, as_text, computed):
                        print("%s!%s: %s" % (name, cell.get("r"), finding))
                        count += 1
    except (OSError, KeyError, IndexError, ValueError, zipfile.BadZipFile, ET.ParseError) as fault:
        print("check_workbook: %s: %s" % (files[0], fault), file=sys.stderr)
        return 2
    print("%d findings" % count)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
