#!/usr/bin/env python3
"""Reports what is wrong in an .xlsx without opening it in a spreadsheet program. Standard library only.

usage: check_workbook.py FILE.xlsx [--computed]
  --computed   formulas without a stored value are findings (use after recalculating)

Findings: error values, formulas whose text refers to #REF!, formulas without a stored value, numbers stored as text,
links to other workbooks. A number in a cell with the format Text (@) or typed with an apostrophe is text on purpose and
no finding. Also printed: sheets with rows, formulas and whether they are hidden.
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
        if re.search(r"(?<!\w)\[\d+\](?=[\w .-]*'?!)", formula.text or ""):
            yield "formula reads another workbook: =" + formula.text
        if computed and text == "":
            yield "formula without a stored value"
    elif cell.get("t") in ("s", "inlineStr") and cell.get("s") not in as_text and NUMBER.match(text.strip()):
        yield "number stored as text: %r" % text


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
