#!/usr/bin/env python3
"""Lists and fills the fields of a PDF form. Needs qpdf 11.

usage: fill_fields.py --list FORM.pdf
       fill_fields.py FORM.pdf VALUES.json OUT.pdf [--flatten]

--list prints name, kind, page, what may be put in (states of a check box or radio group, choices, longest text) and the
value, separated by tabs. VALUES: {"name": "Ada", "agree": "Yes"}; "Off" clears a box. Appearances are drawn anew, so that
every viewer shows the values; --flatten makes them part of the page. Where a text has letters that cannot be drawn with
the form's font (told on standard error) drawing is left to the viewer, and --flatten is refused.
Exit 0: written, and read back; 1: a name is not there, a state or choice is none of the form's, a text is too long, or
the form is XFA (each is printed, nothing is written); 2: wrong call, unreadable file, no fields, or no qpdf.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

RADIO, PUSH, COMBO, EDIT = 1 << 15, 1 << 16, 1 << 17, 1 << 18


def qpdf(*call):
    done = subprocess.run(("qpdf", "--warning-exit-0") + call, capture_output=True, check=False)
    if done.returncode:
        raise ValueError("qpdf: %s" % done.stderr.decode("utf-8", "replace").strip()[-200:])
    return done.stdout


def text_of(value):
    if isinstance(value, str):
        return value[2:] if value.startswith("u:") else bytes.fromhex(value[2:]).decode("latin-1") if value.startswith("b:") else value.lstrip("/")
    return "" if value is None else str(value)


class Form:
    def __init__(self, path):
        whole = json.loads(qpdf("--json=2", "--json-key=qpdf", path))["qpdf"]
        self.head, self.objects = whole[0], whole[1]
        root = self.value(self.objects["trailer"]["value"]["/Root"])
        self.acroform = self.value(root.get("/AcroForm")) or {}
        self.pages, self.fields, self.count = {}, {}, 0
        self.number(root["/Pages"])
        for reference in self.value(self.acroform.get("/Fields")) or []:
            self.walk(reference, "", {})

    def value(self, thing):
        while isinstance(thing, str) and "obj:" + thing in self.objects:
            thing = self.objects["obj:" + thing]
            thing = thing["value"] if "value" in thing else thing["stream"]["dict"]
        return thing

    def number(self, reference):
        node = self.value(reference)
        for kid in self.value(node.get("/Kids")) or []:
            self.number(kid)
        if "/Kids" not in node:
            self.count += 1
            for annotation in self.value(node.get("/Annots")) or []:
                self.pages[annotation] = self.count

    def walk(self, reference, name, inherited):
        node = self.value(reference)
        inherited = dict(inherited, **{k: node[k] for k in ("/FT", "/Ff", "/V", "/MaxLen", "/Opt", "/DA") if k in node})
        own = text_of(node.get("/T")) if "/T" in node else ""
        name = name + "." + own if name and own else name or own
        kids = self.value(node.get("/Kids")) or []
        if any("/T" in self.value(kid) for kid in kids):
            for kid in kids:
                self.walk(kid, name, inherited)
        elif name:
            self.fields[name] = {"object": reference, "widgets": kids or [reference], "has": inherited}

    def kind(self, field):
        flags = int(field["has"].get("/Ff", 0))
        return {"/Tx": "text", "/Ch": "choice", "/Sig": "signature"}.get(
            field["has"].get("/FT"), "button" if flags & PUSH else "radio" if flags & RADIO else "check")

    def states(self, widget):
        normal = self.value((self.value(self.value(widget).get("/AP")) or {}).get("/N")) or {}
        return [key[1:] for key in normal if key != "/Off"]

    def allowed(self, field):
        kind = self.kind(field)
        if kind in ("check", "radio"):
            return sorted({state for widget in field["widgets"] for state in self.states(widget)}) + ["Off"]
        if kind == "choice":
            options = [self.value(o) for o in self.value(field["has"].get("/Opt")) or []]
            return [text_of(self.value(o[0]) if isinstance(o, list) else o) for o in options]
        return []

    def draws(self, field, value):
        """Whether qpdf can draw the value: ASCII, or Latin letters in a font of a known encoding."""
        if self.kind(field) not in ("text", "choice") or value.isascii():
            return True
        look = text_of(self.value(field["has"].get("/DA", self.acroform.get("/DA"))))
        fonts = self.value((self.value(self.acroform.get("/DR")) or {}).get("/Font")) or {}
        font = self.value(fonts.get((re.findall(r"(/\S+)\s+\S+\s+Tf", look) or [""])[-1])) or {}
        if font.get("/Encoding") not in ("/WinAnsiEncoding", "/MacRomanEncoding"):
            return False
        try:
            return bool(value.encode("cp1252" if font["/Encoding"] == "/WinAnsiEncoding" else "mac_roman"))
        except UnicodeEncodeError:
            return False

    def shown(self, field):
        return text_of(self.value(field["has"].get("/V")))

    def lines(self):
        for name, field in self.fields.items():
            what = " | ".join(self.allowed(field)) or ("at most %s" % field["has"]["/MaxLen"] if "/MaxLen" in field["has"] else "")
            yield "%s\t%s\t%s\t%s\t%s" % (name, self.kind(field), self.pages.get(field["widgets"][0], "?"), what, self.shown(field))


def faults(form, values):
    if "/XFA" in form.acroform:
        yield "the form is XFA: its fields are filled by Adobe's programs, or through its XML"
    for name, value in values.items():
        field = form.fields.get(name)
        if field is None:
            yield "no field %s" % name
            continue
        kind, allowed = form.kind(field), form.allowed(field)
        free = kind == "choice" and int(field["has"].get("/Ff", 0)) & COMBO and int(field["has"].get("/Ff", 0)) & EDIT
        if kind in ("signature", "button"):
            yield "%s is a %s" % (name, kind)
        elif allowed and value not in allowed and not free:
            yield "%s: %r is none of %s" % (name, value, ", ".join(allowed))
        elif kind == "text" and len(value) > int(field["has"].get("/MaxLen", len(value))):
            yield "%s: %d letters, at most %s" % (name, len(value), field["has"]["/MaxLen"])


def patch(form, values):
    """The objects as they are to be, and a document that asks viewers for nothing."""
    changed = {}

    def edit(reference, **entries):
        whole = changed.setdefault("obj:" + reference, {"value": dict(form.objects["obj:" + reference]["value"])})
        whole["value"].update({"/" + k: v for k, v in entries.items()})
    for name, value in values.items():
        field = form.fields[name]
        if form.kind(field) in ("check", "radio"):
            edit(field["object"], V="/" + value)
            for widget in field["widgets"]:
                edit(widget, AS="/" + (value if value in form.states(widget) else "Off"))
        else:
            edit(field["object"], V="u:" + value)
            changed["obj:" + field["object"]]["value"].pop("/I", None)  # places of the chosen options, which win over their names
    root = form.objects["trailer"]["value"]["/Root"]  # qpdf draws where a form asks for it, and takes the wish out
    if isinstance(form.value(root)["/AcroForm"], str):
        edit(form.value(root)["/AcroForm"], NeedAppearances=True)
    else:
        edit(root, AcroForm=dict(form.acroform, **{"/NeedAppearances": True}))
    return {"qpdf": [form.head, changed]}


def main(arguments):
    flatten = arguments[-1:] == ["--flatten"]
    arguments = arguments[:-1] if flatten else arguments
    try:
        if len(arguments) == 2 and arguments[0] == "--list":
            form = Form(arguments[1])
            print("".join(line + "\n" for line in form.lines()), end="")
            return 0 if form.fields else 2
        if len(arguments) != 3 or arguments[0].startswith("--"):
            print(__doc__.split("\n\n")[1], file=sys.stderr)
            return 2
        form = Form(arguments[0])
        if not form.fields:
            raise ValueError("no fields: measure boxes and take fill_boxes.py")
        with open(arguments[1], encoding="utf-8") as file:
            values = {name: str(value) for name, value in json.load(file).items()}
        found = list(faults(form, values))
        left = [] if found else [name for name, value in values.items() if not form.draws(form.fields[name], value)]
        found += ["%s: cannot be drawn with the form's font, so not flattened" % name for name in left if flatten]
        if found:
            print("\n".join(found))
            return 1
        with tempfile.TemporaryDirectory() as folder:
            update, filled = os.path.join(folder, "update.json"), os.path.join(folder, "filled.pdf")
            with open(update, "w", encoding="utf-8") as file:
                json.dump(patch(form, values), file)
            qpdf(arguments[0], "--update-from-json=" + update, filled)
            made = os.path.join(folder, "made.pdf")
            qpdf(*([filled] if left else ["--generate-appearances", filled]), made)
            again = Form(made)
            lost = [name for name, value in values.items() if again.shown(again.fields[name]) != value]
            if lost:
                raise ValueError("not read back: " + ", ".join(lost))
            qpdf(*(["--flatten-annotations=all", made] if flatten else [made]), arguments[2])
    except FileNotFoundError as fault:
        print("fill_fields: %s is not here" % fault.filename, file=sys.stderr)
        return 2
    except (OSError, KeyError, TypeError, AttributeError, ValueError) as fault:
        print("fill_fields: %s" % fault, file=sys.stderr)
        return 2
    for name in left:
        print("%s: drawn by the viewer, since the form's font lacks a letter" % name, file=sys.stderr)
    print("%d of %d fields filled" % (len(values), len(form.fields)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
