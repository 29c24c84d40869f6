#!/usr/bin/env python3
"""Computes the formulas of an .xlsx and stores the results in the file itself; lists errors by cell.

usage: recalculate.py FILE.xlsx [--out OUT.xlsx] [--from COMPUTED.xlsx]
  --out    write there and leave FILE as it is
  --from   take the results from this copy, which another program has computed, instead of asking LibreOffice

LibreOffice (soffice on the PATH) computes a copy in a folder of its own. Only the values of formula cells are taken from
it, so charts, formats, names, macros and comments, of which a conversion loses some, stay as they were.
Exit 0: computed, no error value; 1: computed, with error values (printed as SHEET!CELL: error: =formula); 2: wrong
call, no readable .xlsx, no LibreOffice, or a formula for which there is no result.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from xml.sax.saxutils import escape

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from check_workbook import S, cell_text, shared_texts, sheets  # noqa: E402

CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
FORMULA = re.compile(r"<f\b[^>]*?(?:/>|>.*?</f>)", re.DOTALL)


def computed_by_libreoffice(file, folder):
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        raise ValueError("soffice is not on the PATH: install LibreOffice Calc, or give a computed copy with --from")
    # A profile of its own, since a running LibreOffice makes the call end with 0 and without a file.
    call = [program, "--headless", "-env:UserInstallation=file://%s/profile" % folder, "--convert-to",
            "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(file)]
    done = subprocess.run(call, capture_output=True, text=True, timeout=300, check=False)
    copy = folder / "out" / (pathlib.Path(file).stem + ".xlsx")
    if not copy.exists():
        raise ValueError("LibreOffice made no copy: " + (done.stderr or done.stdout).strip()[-200:])
    return copy


def results_of(path):
    """{sheet: {cell: (type, text)}} of a computed workbook."""
    with zipfile.ZipFile(path) as archive:
        shared = shared_texts(archive)
        return {name: {c.get("r"): (c.get("t", "n"), cell_text(c, shared)) for c in ET.fromstring(archive.read(part)).iter(S + "c")}
                for name, _, part in sheets(archive) if part.startswith("xl/worksheets")}


def with_results(xml, results, sheet, errors):
    """The sheet's XML with the results of its formulas. Only text between <c> and </c> changes."""
    def fill(match):
        attributes, inside = match.group(1), match.group(2) or ""
        formula = FORMULA.search(inside)
        if not formula:
            return match.group(0)
        cell = re.search(r'\br="([A-Z]+\d+)"', attributes).group(1)
        if cell not in results:
            raise ValueError("%s!%s: no result" % (sheet, cell))
        kind, text = results[cell]
        kind = "str" if kind in ("s", "inlineStr", "str") else kind
        if kind == "e":
            errors.append("%s!%s: %s: =%s" % (sheet, cell, text, re.sub(r"<[^>]*>", "", formula.group(0))))
        attributes = re.sub(r'\s+t="[^"]*"', "", attributes.rstrip())
        attributes += "" if kind == "n" else ' t="%s"' % kind
        return "<c%s>%s<v>%s</v></c>" % (attributes, formula.group(0), escape(text))
    return CELL.sub(fill, xml)


def store(file, computed, out):
    """Writes `out`: `file` with the results of `computed`. Returns (formulas, errors)."""
    results, errors, formulas = results_of(computed), [], 0
    fresh = out.with_name(out.name + ".new")
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as target:
        parts = {part: name for name, _, part in sheets(archive) if part.startswith("xl/worksheets")}
        for item in archive.infolist():
            data = archive.read(item)
            if item.filename in parts:
                xml = data.decode("utf-8")
                formulas += len(FORMULA.findall(xml))
                data = with_results(xml, results.get(parts[item.filename], {}), parts[item.filename], errors).encode("utf-8")
            target.writestr(item, data)
    os.replace(fresh, out)
    return formulas, errors


def main(arguments):
    options = {}
    while len(arguments) > 2 and arguments[-2] in ("--out", "--from"):
        options[arguments[-2]] = pathlib.Path(arguments[-1])
        arguments = arguments[:-2]
    if len(arguments) != 1 or arguments[0].startswith("--"):
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    file = pathlib.Path(arguments[0])
    out = options.get("--out", file)
    try:
        with tempfile.TemporaryDirectory() as folder:
            computed = options.get("--from") or computed_by_libreoffice(file, pathlib.Path(folder))
            formulas, errors = store(file, computed, out)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, ET.ParseError, subprocess.TimeoutExpired) as fault:
        out.with_name(out.name + ".new").unlink(missing_ok=True)
        print("recalculate: %s: %s" % (file, fault), file=sys.stderr)
        return 2
    for error in errors:
        print(error)
    print("%d formulas computed, %d error values" % (formulas, len(errors)))
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
