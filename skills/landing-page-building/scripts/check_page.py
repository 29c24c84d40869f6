#!/usr/bin/env python3
"""Reports what a finished page must not have or lack.

usage: check_page.py PAGE.html [STYLE.css...]        CSS in the page is read, too

Findings: language, title, description or viewport missing; not exactly one h1; pictures without alt, width or height;
links and buttons without a name or a target; filler text; fonts from a foreign server; contrast under 4.5 between the
custom properties --ink, --quiet, --accent on --paper, and --on-accent on --accent; movement without prefers-reduced-motion;
an outline taken away without :focus-visible. Lines that begin with "look:" are no findings: they name what generators
choose whatever the subject is. Standard library only.
Exit 0: no findings; 1: findings; 2: wrong call or unreadable file.
"""
import colorsys
import html.parser
import re
import sys

FILLER = re.compile(r"lorem ipsum|dolor sit amet|your (company|text|logo|headline) here|john doe|acme (inc|corp)|example\.com|(?-i:\bTODO\b|\bTBD\b)|placeholder text", re.IGNORECASE)
VOID = {"img", "meta", "link", "br", "hr", "input", "source", "area", "base", "col", "embed", "track", "wbr"}


def is_place(has):
    """An anchor that links lead to: <a id="prices"></a>."""
    return "href" not in has and bool(has.get("name") or has.get("id")) and "onclick" not in has


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.found, self.text, self.css = [], [], [], []
        self.seen = {"html": {}, "title": "", "description": "", "viewport": "", "h1": 0}

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "html":
            self.seen["html"] = has
        if tag == "h1":
            self.seen["h1"] += 1
        if tag == "meta" and has.get("name") in ("description", "viewport"):
            self.seen[has["name"]] = has.get("content") or ""
        if tag == "img":
            if "alt" not in has:
                self.found.append("picture without alt: %s" % has.get("src"))
                has["alt"] = ""
            if not ("width" in has and "height" in has):
                self.found.append("picture without width and height: %s" % has.get("src"))
            for one in self.open:
                one[2] += has["alt"] or ""
        if tag == "link" and re.match(r"https?://fonts\.|https?://use\.typekit", has.get("href") or ""):
            self.found.append("font from a foreign server: " + has["href"])
        if tag == "a" and not is_place(has) and (has.get("href") or "#") in ("#", "javascript:void(0)"):
            self.found.append("link without a target, line %d" % self.getpos()[0])
        if tag not in VOID:
            self.open.append([tag, has, ""])

    def handle_endtag(self, tag):
        if tag not in [one[0] for one in self.open]:
            return
        while self.open:
            name, has, text = self.open.pop()
            if name in ("a", "button") and not (name == "a" and is_place(has)) and not (text.strip() or has.get("aria-label") or has.get("aria-labelledby") or has.get("title")):
                self.found.append("%s without a name, line %d" % ("link" if name == "a" else name, self.getpos()[0]))
            if name == tag:
                break

    def handle_data(self, data):
        inside = [one[0] for one in self.open]
        if "style" in inside:
            self.css.append(data)
        elif "title" in inside and "svg" not in inside:
            self.seen["title"] += data
        elif "script" not in inside:
            self.text.append(data)
        for one in self.open:
            one[2] += data


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrasts(css):
    named = {}
    for name, colour in re.findall(r"--([\w-]+)\s*:\s*(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})\b", css):
        named.setdefault(name, colour)
    for front, back in (("ink", "paper"), ("quiet", "paper"), ("accent", "paper"), ("on-accent", "accent")):
        if front in named and back in named:
            a, b = sorted((luminance(named[front]), luminance(named[back])), reverse=True)
            if (a + 0.05) / (b + 0.05) < 4.5:
                yield "contrast of --%s on --%s is %.2f" % (front, back, (a + 0.05) / (b + 0.05))


def named_colours(css):
    named = {}
    for name, colour in re.findall(r"--([\w-]+)\s*:\s*(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})\b", css):
        digits = colour.lstrip("#")
        digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
        hue, light, strength = colorsys.rgb_to_hls(*(int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)))
        named.setdefault(name, (hue * 360, light, strength))
    return named


def rules(css):
    if re.search(r"(?<![\w-])(animation|transition)\s*:(?!\s*none)", css) and "prefers-reduced-motion" not in css:
        yield "movement without prefers-reduced-motion"
    if re.search(r"outline\s*:\s*(none|0)\b", css) and ":focus-visible" not in css:
        yield "outline taken away without :focus-visible"


def looks(css, text):
    """What is chosen everywhere; a reason may stand behind it."""
    named = named_colours(css)
    paper, accent = named.get("paper"), named.get("accent")
    if paper and accent:
        if 25 <= paper[0] <= 65 and 0.85 <= paper[1] < 0.99 and paper[2] > 0.15 and (accent[0] <= 30 or accent[0] >= 350):
            yield "cream paper with a rust accent"
        if paper[1] < 0.12 and accent[2] > 0.7 and 0.4 <= accent[1] <= 0.75:
            yield "near-black paper with one loud accent"
    if re.search(r"gradient\([^;}]*(#6366f1|#8b5cf6|#7c3aed|#4f46e5|#a855f7|#667eea|#764ba2|purple|indigo|violet)", css, re.IGNORECASE):
        yield "gradient of indigo and purple"
    if re.search(r"font(?:-family)?\s*:[^;}]*?(?<![\w-])(Inter|Roboto|Poppins|Space Grotesk)\b", css):
        yield "a typeface that fits every subject"
    if len(re.findall("[\U0001F300-\U0001FAFF\u2600-\u27BF]", text)) > 2:
        yield "emoji as icons"
    if len(re.findall(r"(?<!\d)0[1-9](?!\d)", text)) > 2:
        yield "numbered sections: is it a sequence?"


def main(arguments):
    if not arguments or arguments[0].startswith("-"):
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    try:
        texts = [open(path, encoding="utf-8").read() for path in arguments]
    except (OSError, ValueError) as fault:
        print("check_page: %s" % fault, file=sys.stderr)
        return 2
    page = Page()
    page.feed(texts[0])
    page.close()
    found = page.found
    for what, there in (("language", page.seen["html"].get("lang")), ("title", page.seen["title"].strip()),
                        ("description", page.seen["description"].strip()), ("viewport", page.seen["viewport"])):
        if not there:
            found.append("no " + what)
    if page.seen["h1"] != 1:
        found.append("%d h1 instead of one" % page.seen["h1"])
    found += ["filler text: " + hit for hit in sorted(set(m.group(0) for m in FILLER.finditer(" ".join(page.text))))]
    css = "\n".join(page.css + texts[1:])
    found += list(contrasts(css)) + list(rules(css))
    print("\n".join(found + ["look: " + look for look in looks(css, " ".join(page.text))] + ["%d findings" % len(found)]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
