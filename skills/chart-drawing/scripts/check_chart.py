#!/usr/bin/env python3
"""Looks in an SVG chart for what makes it unreadable: texts over each other, outside, too small or missing, colours that look alike.

usage: check_chart.py CHART.svg [--points N]
  --points N   the smallest type allowed, in points at the size of the file (default 9)

Texts must be texts (matplotlib: svg.fonttype none); their width is estimated from the number of characters. Colours are those of
filled and stroked shapes with a hue (also from <style> by element, class and id), compared as readers with deuteranopia and with
protanopia see them, unless all have one hue: those are steps of a scale, which its legend must tell. What is no colour that this script
knows is a finding. It does not look at contrast with the ground. Exit 0: nothing found; 1: findings; 2: not readable.
"""
import argparse
import colorsys
import itertools
import math
import re
import sys
import xml.etree.ElementTree as tree

UNIT = (1, 0, 0, 1, 0, 0)
# Linear light of somebody without green cones, and of somebody without red ones (Viénot, Brettel, Mollon 1999).
DEUTAN = ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1))
PROTAN = ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1))
NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"


GREY = re.compile(r"(?:(?:dark|dim|light|slate|darkslate|lightslate)?gr[ae]y|black|white|silver|gainsboro|whitesmoke|snow|ivory|none|transparent|inherit|"
                  r"currentcolor|context-(?:fill|stroke)|url\(.*)?", re.I)
# The colours with a hue that people write by name, and d3's first examples.
NAMED = {"red": "ff0000", "green": "008000", "blue": "0000ff", "orange": "ffa500", "purple": "800080", "steelblue": "4682b4", "tomato": "ff6347",
         "crimson": "dc143c", "teal": "008080", "gold": "ffd700", "yellow": "ffff00", "darkorange": "ff8c00", "seagreen": "2e8b57", "olive": "808000",
         "firebrick": "b22222", "forestgreen": "228b22", "royalblue": "4169e1", "brown": "a52a2a", "limegreen": "32cd32", "lime": "00ff00",
         "darkred": "8b0000", "darkgreen": "006400", "darkblue": "00008b", "skyblue": "87ceeb", "lightblue": "add8e6", "lightgreen": "90ee90",
         "pink": "ffc0cb", "violet": "ee82ee", "indigo": "4b0082", "turquoise": "40e0d0", "chocolate": "d2691e", "goldenrod": "daa520",
         "khaki": "f0e68c", "orchid": "da70d6", "plum": "dda0dd", "hotpink": "ff69b4", "orangered": "ff4500", "dodgerblue": "1e90ff",
         "darkcyan": "008b8b", "aqua": "00ffff", "fuchsia": "ff00ff", "rebeccapurple": "663399", "navy": "000080", "maroon": "800000", "coral": "ff7f50", "salmon": "fa8072", "indianred": "cd5c5c", "magenta": "ff00ff", "cyan": "00ffff"}
SIZES = {"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24}


def number(text, otherwise=0.0, em=16.0):
    found = re.match(r"\s*(" + NUMBER + r")\s*(pt|px|in|mm|cm|em|rem|%)?", text or "")
    scale = {"pt": 4 / 3, "in": 96, "mm": 96 / 25.4, "cm": 96 / 2.54, "em": em, "rem": 16, "%": em / 100}
    return float(found[1]) * scale.get(found[2], 1) if found else otherwise


def times(m, n):
    a, b, c, d, e, f = m
    return (a * n[0] + c * n[1], b * n[0] + d * n[1], a * n[2] + c * n[3], b * n[2] + d * n[3], a * n[4] + c * n[5] + e,
            b * n[4] + d * n[5] + f)


def matrix(text):
    m = UNIT
    for name, values in re.findall(r"(\w+)\s*\(([^)]*)\)", text or ""):
        v = [float(x) for x in re.findall(NUMBER, values)]
        if name == "translate":
            m = times(m, (1, 0, 0, 1, v[0], v[1] if len(v) > 1 else 0))
        elif name == "scale":
            m = times(m, (v[0], 0, 0, v[-1], 0, 0))
        elif name == "matrix":
            m = times(m, v)
        elif name == "rotate":
            turn, x, y = math.radians(v[0]), *(v[1:3] if len(v) > 2 else (0, 0))
            turned = (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0, 0)
            m = times(times(times(m, (1, 0, 0, 1, x, y)), turned), (1, 0, 0, 1, -x, -y))
    return m


def rules_of(root):
    """{tag, .class or #id: declarations} of the <style> elements; selectors of one part only."""
    rules = {}
    for node in root.iter():
        if isinstance(node.tag, str) and node.tag.rpartition("}")[2] == "style":
            for names, text in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", node.text or "", flags=re.S)):
                for name in names.split(","):
                    rules[name.strip()] = rules.get(name.strip(), "") + ";" + text
    return rules


def style_of(node, inherited, rules):
    style, above = dict(inherited), number(inherited.get("font-size"), 16)
    style.update({key: value for key, value in node.attrib.items() if key in ("fill", "stroke", "font-size", "text-anchor")})
    classes = ["." + name for name in node.get("class", "").split()]
    places = [node.tag.rpartition("}")[2]] + classes + ["#" + node.get("id", "")]
    for part in ";".join([rules.get(place, "") for place in places] + [node.get("style", "")]).split(";"):
        key, _, value = part.partition(":")
        style[key.strip()] = value.strip()
        if key.strip() == "font":
            style["font-size"] = next(iter(re.findall(r"[\d.]+(?:px|pt|r?em)", value)), style.get("font-size", ""))
    size = style.get("font-size", "")
    if size and size != inherited.get("font-size"):  # what is below counts from here
        style["font-size"] = "%gpx" % SIZES.get(size, number(size, above, above))
    return style


def lines_of(node):
    """(words, x, y, dy) of a text, and of each tspan that stands in a line of its own."""
    part = [node.text or "", node.get("x"), node.get("y"), [node.get("dy")]]
    found, moved = [part], [node.get("dy")]
    for child in node:
        own = child.get("x") is not None or child.get("y") is not None
        moved = [] if child.get("y") is not None else moved
        moved = moved + [child.get("dy")]
        if own:
            part = ["", child.get("x") or node.get("x"), child.get("y") or node.get("y"), list(moved)]
            found.append(part)
        part[0] += "".join(child.itertext()) + (child.tail or "")
    return found


def rgb_of(text):
    """Red, green, blue of 0 to 255; nothing for grey and for no colour; None for what is not known."""
    text = "#" + NAMED[text.lower()] if text.lower() in NAMED else text
    if found := re.fullmatch(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", text, re.I):
        digits = found[1] if len(found[1]) > 4 else "".join(c * 2 for c in found[1])
        return [int(digits[i:i + 2], 16) for i in (0, 2, 4)]
    if found := re.match(r"(rgb|hsl)a?\(", text, re.I):
        values = re.findall(r"([-+]?[\d.]+)(%|deg)?", text[found.end():])
        if len(values) < 3:
            return None
        if found[1].lower() == "rgb":
            return [min(255, int(float(value) * (2.55 if unit == "%" else 1))) for value, unit in values[:3]]
        hue, saturation, light = (float(value) for value, _ in values[:3])
        return [round(255 * part) for part in colorsys.hls_to_rgb(hue / 360 % 1, light / 100, saturation / 100)]
    return [] if GREY.fullmatch(text) else None


class Chart:
    def __init__(self, root):
        box = [float(x) for x in re.findall(NUMBER, root.get("viewBox", ""))] or [0, 0, number(root.get("width")), number(root.get("height"))]
        self.box = (box[0], box[1], box[0] + box[2], box[1] + box[3])
        self.scale = number(root.get("width"), box[2]) / box[2] if box[2] and "%" not in root.get("width", "") else 1
        self.texts, self.colours, self.unknown, self.rules = [], {}, set(), rules_of(root)
        self.walk(root, UNIT, {})

    def walk(self, node, m, inherited):
        kind = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if kind in ("", "defs", "clipPath", "style", "metadata", "title", "desc", "script"):
            return
        style, m = style_of(node, inherited, self.rules), times(m, matrix(node.get("transform")))
        if style.get("display") == "none":
            return
        if kind == "text":
            self.text(node, m, style)
            return
        if kind in ("path", "rect", "circle", "ellipse", "polygon", "polyline", "line", "use"):
            for key in ("fill", "stroke"):
                self.colour(style.get(key, ""))
        for child in node:
            self.walk(child, m, style)

    def text(self, node, m, style):
        size = number(style.get("font-size"), 16)
        for text, x, y, moved in lines_of(node):
            words = re.sub(r"\s+", " ", text).strip()
            if not words or "%" in (x or "") + (y or ""):  # of the picture's size, which a group may not tell
                continue
            width = size * sum(0.3 if c in "iljtfI.,:;'|! " else 0.85 if c in "mwMW@%" else 0.55 for c in words)
            left = number(x) - width * {"middle": 0.5, "end": 1}.get(style.get("text-anchor"), 0)
            top = number(y) + sum(number(dy, 0, size) for dy in moved) - 0.72 * size
            corners = [(left, top), (left + width, top), (left + width, top + 0.75 * size), (left, top + 0.75 * size)]
            self.texts.append((words, size * math.hypot(m[0], m[1]) * self.scale * 0.75,
                               [(m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]) for x, y in corners]))

    def colour(self, text):
        rgb = rgb_of(text.strip())
        if rgb is None:
            self.unknown.add(text)
        elif rgb and max(rgb) - min(rgb) > 40:
            self.colours["#%02x%02x%02x" % tuple(rgb)] = rgb


def one_hue(colours):
    """Whether all are steps of one scale: three or more, with hues within 40 degrees and clearly growing lightness."""
    if len(colours) < 3:
        return False
    hues = [360 * colorsys.rgb_to_hls(*(part / 255 for part in rgb))[0] for rgb in colours]
    if any(min(abs(a - b), 360 - abs(a - b)) > 40 for a, b in itertools.combinations(hues, 2)):
        return False
    lights = sorted(lab(rgb, DEUTAN)[0] for rgb in colours)
    return all(high - low > 4 for low, high in zip(lights, lights[1:]))


def lab(rgb, eye):
    light = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (x / 255 for x in rgb)]
    r, g, b = (sum(w * x for w, x in zip(row, light)) for row in eye)
    x, y, z = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505, 0.2126 * r + 0.7152 * g + 0.0722 * b, (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one, two):
    """Whether some side of one of two quadrilaterals separates them."""
    for shape in (one, two):
        for (x1, y1), (x2, y2) in zip(shape, shape[1:] + shape[:1]):
            nx, ny = y2 - y1, x1 - x2
            a, b = ([nx * x + ny * y for x, y in s] for s in (one, two))
            if max(a) <= min(b) or max(b) <= min(a):
                return True
    return False


def findings(chart, points):
    if not chart.texts:
        yield "no text at all: no title, no labels (or texts as outlines, which cannot be checked)"
    left, top, right, bottom = chart.box
    for words, size, corners in chart.texts:
        if size < points:
            yield f"{size:.1f} points are too small: {words!r}"
        if any(x < left - 1 or x > right + 1 or y < top - 1 or y > bottom + 1 for x, y in corners):
            yield f"leaves the picture: {words!r}"
    for (one, _, a), (two, _, b) in itertools.combinations(chart.texts, 2):
        if not apart(a, b):
            yield f"overlap: {one!r} and {two!r}"
    for text in sorted(chart.unknown):
        yield f"no colour that this script knows: {text!r}"
    if one_hue(list(chart.colours.values())):
        return
    for (one, a), (two, b) in itertools.combinations(sorted(chart.colours.items()), 2):
        if min(math.dist(lab(a, eye), lab(b, eye)) for eye in (DEUTAN, PROTAN)) < 14:
            yield f"colours look alike to a colour-blind reader: {one} and {two}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("chart")
    parser.add_argument("--points", type=float, default=9)
    options = parser.parse_args()
    try:
        chart = Chart(tree.parse(options.chart).getroot())
    except (OSError, tree.ParseError, ValueError, IndexError) as error:
        print(f"{options.chart}: {error}")
        return 2
    found = list(findings(chart, options.points))
    print("\n".join(found) or f"{len(chart.texts)} texts, {len(chart.colours)} colours: nothing found")
    return int(bool(found))


sys.exit(main())
