#!/usr/bin/env python3
"""Writes edits and comments into a .docx as tracked changes. Standard library only.

usage: track_changes.py IN.docx EDITS.json OUT.docx --author NAME --date 2026-11-26T09:00:00Z
       track_changes.py --list IN.docx
       track_changes.py --accept|--refuse IN.docx OUT.docx [--author NAME] [--drop-comments]

EDITS.json is a list of
  {"find": "within 30 days", "replace": "within 14 days"}   only the words that differ are marked; "" deletes
  {"find": "14 days", "comment": "Agreed by phone?"}        a comment on these words; with "replace", on the change
  {"find": "Payment terms", "insert": "A new paragraph."}   a paragraph behind the one that holds the words, in its style
  {"find": "Fee of 20 EUR", "delete": "paragraph"}          the whole paragraph that holds the words
Each "find" must stand exactly once in the document (words that an edit before it struck out are not seen), inside one
paragraph, and may go across runs; formatting is kept. Line feeds in texts become line breaks. --list prints what a
document has: insertion, deletion (an empty text is a paragraph mark) or comment, author, text. --accept and --refuse
resolve what is there (resolve_changes.py says how).
Exit 0: done; 1: an edit whose text is missing, stands several times, or crosses a field, link or picture (nothing is
written); 2: wrong call or no readable .docx.
"""
import json
import os
import re
import sys
import zipfile
from xml.sax.saxutils import escape, quoteattr, unescape

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import resolve_changes  # noqa: E402

PART = "word/document.xml"
PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?(?<!/)>.*?</w:p>", re.DOTALL)
RUN = re.compile(r"<w:r(?: [^>]*)?(?<!/)>(?P<look><w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?>(?P<text>[^<]*)</w:t></w:r>", re.DOTALL)
CHANGE = re.compile(r"<w:(ins|del) [^>]*?w:author=\"([^\"]*)\"[^>]*?(?:/>|>(.*?)</w:\1>)", re.DOTALL)
COMMENT = re.compile(r"<w:comment [^>]*?w:author=\"([^\"]*)\"[^>]*>(.*?)</w:comment>", re.DOTALL)
SPACE = re.compile(r"\s*(<w:(proofErr|bookmarkStart|bookmarkEnd|lastRenderedPageBreak|commentRangeStart|commentRangeEnd)[^>]*/>\s*)*")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMMENTS, RELATIONS, TYPES = "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def run(look, text, tag="t"):
    lines = ["<w:%s xml:space=\"preserve\">%s</w:%s>" % (tag, escape(line), tag) if line else "" for line in text.split("\n")]
    return "<w:r>%s%s</w:r>" % (look, "<w:br/>".join(lines)) if text else ""


class Changes:
    """Gives each change its number, with one author and date, and collects the comments."""

    def __init__(self, author, date, first, first_comment):
        self.head, self.number = "w:author=%s w:date=%s" % (quoteattr(author), quoteattr(date)), first
        self.comment_number, self.comments = first_comment, []

    def mark(self, kind):
        self.number += 1
        return '<w:%s w:id="%d" %s/>' % (kind, self.number, self.head)

    def wrap(self, kind, inside):
        return self.mark(kind)[:-2] + ">%s</w:%s>" % (inside, kind) if inside else ""

    def comment(self, text, around):
        self.comment_number += 1
        self.comments.append('<w:comment w:id="%d" %s><w:p>%s</w:p></w:comment>' % (self.comment_number, self.head, run("", text)))
        return ('<w:commentRangeStart w:id="{0}"/>{1}<w:commentRangeEnd w:id="{0}"/>'
                '<w:r><w:commentReference w:id="{0}"/></w:r>').format(self.comment_number, around)


def chains(paragraph):
    """Lists of text runs between which nothing else stands; what is inside w:ins or w:del is left alone."""
    closed = [m.span() for m in CHANGE.finditer(paragraph)]
    found, end = [], None
    for hit in RUN.finditer(paragraph):
        if any(a <= hit.start() < b for a, b in closed):
            continue
        if end is None or not SPACE.fullmatch(paragraph, end, hit.start()):
            found.append([])
        found[-1].append(hit)
        end = hit.end()
    return found


def places(xml, wanted):
    """(paragraph, its run chain, offset in the chain's text) for each place where the text stands."""
    for paragraph in PARAGRAPH.finditer(xml):
        for chain in chains(paragraph.group(0)):
            text = "".join(unescape(r.group("text")) for r in chain)
            at = text.find(wanted)
            while at >= 0:
                yield paragraph, chain, at
                at = text.find(wanted, at + 1)


def differing(old, new):
    """(begin, end of what differs in old, the new words for it), cut at spaces, so that whole words are marked."""
    a, b = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    front = 0
    while front < min(len(a), len(b)) and a[front] == b[front]:
        front += 1
    back = 0
    while back < min(len(a), len(b)) - front and a[-1 - back] == b[-1 - back]:
        back += 1
    return len("".join(a[:front])), len("".join(a[:len(a) - back])), "".join(b[front:len(b) - back])


def marked(chain, begin, end, new, changes):
    """(before, within, behind): the chain's runs with the text from begin to end struck out and `new` put in; new None: kept."""
    before, within, behind, offset = "", "", "", 0
    for number, hit in enumerate(chain):
        look, text = hit.group("look") or "", unescape(hit.group("text"))
        gap = hit.string[chain[number - 1].end():hit.start()] if number else ""  # bookmarks and the like
        if offset <= begin and not within and not behind:
            before += gap
        elif offset < end:
            within += gap
        else:
            behind += gap
        a, b = min(max(begin - offset, 0), len(text)), min(max(end - offset, 0), len(text))
        offset += len(text)
        if a == b:  # an insertion alone may stand between two letters of a run
            if begin == end and a not in (0, len(text)) and not behind:
                before, behind = before + run(look, text[:a]), run(look, text[a:])
            elif offset <= begin:
                before += hit.group(0)
            else:
                behind += hit.group(0)
            continue
        before += run(look, text[:a])
        within += run(look, text[a:b]) if new is None else changes.wrap("del", run(look, text[a:b], "delText"))
        behind += run(look, text[b:])
    return before, within + (changes.wrap("ins", run(chain_look(chain, begin), new)) if new else ""), behind


def struck(paragraph, changes):
    """The paragraph with all its runs and its mark deleted."""
    if any(inside for _, _, inside in CHANGE.findall(paragraph)):
        raise LookupError("holds changes already: %r" % re.sub(r"<[^>]*>", "", paragraph)[:60])
    found = [hit for chain in chains(paragraph) for hit in chain]
    rest = RUN.sub("", paragraph)
    if re.search(r"<w:(r|hyperlink|fldSimple|sdt|drawing|pict)[ >]", rest):
        raise LookupError("holds more than text: %r" % re.sub(r"<[^>]*>", "", paragraph)[:60])
    for hit in reversed(found):
        gone = changes.wrap("del", run(hit.group("look") or "", unescape(hit.group("text")), "delText"))
        paragraph = paragraph[:hit.start()] + gone + paragraph[hit.end():]
    return with_mark(paragraph, changes.mark("del"))


def with_mark(paragraph, mark):
    """Puts a change of the paragraph mark where Word keeps it: first in the rPr of the pPr, which is created if need be."""
    head = re.match(r"<w:p(?: [^>]*)?>", paragraph).end()
    look = re.compile(r"<w:pPr(?:/>|>(.*?)</w:pPr>)", re.DOTALL).match(paragraph, head)
    inside = (look.group(1) or "").replace("<w:rPr/>", "") if look else ""
    if re.search(r"<w:(pPrChange|ins|del)[ >]", inside):
        raise LookupError("its paragraph mark or format has a change already: %r" % re.sub(r"<[^>]*>", "", paragraph)[:60])
    if "<w:rPr>" in inside:
        inside = inside.replace("<w:rPr>", "<w:rPr>" + mark, 1)
    else:
        at = re.search(r"<w:sectPr[ >]", inside)
        at = at.start() if at else len(inside)
        inside = inside[:at] + "<w:rPr>%s</w:rPr>" % mark + inside[at:]
    return paragraph[:head] + "<w:pPr>%s</w:pPr>" % inside + paragraph[look.end() if look else head:]


def follower(paragraph, text, look, changes):
    """(paragraph, a new one behind it). The mark of the first becomes the inserted one, so that refusing joins them again."""
    style = re.search(r"<w:pPr>(.*?)</w:pPr>", paragraph, re.DOTALL)
    style = re.sub(r"<w:rPr>.*?</w:rPr>|<w:rPr/>", "", style.group(1), flags=re.DOTALL) if style else ""
    if "<w:sectPr" in paragraph:
        raise LookupError("a section ends in this paragraph: name the one before")
    return with_mark(paragraph, changes.mark("ins")) + "<w:p><w:pPr>%s</w:pPr>%s</w:p>" % (style, changes.wrap("ins", run(look, text)))


def parted(edit):
    """A comment goes around the words before they are changed."""
    if "comment" in edit and len({"replace", "insert", "delete"} & set(edit)):
        yield {"find": edit["find"], "comment": edit["comment"]}
        edit = {key: value for key, value in edit.items() if key != "comment"}
    yield edit


TYPED = str.maketrans("\u00a0\u202f\u2009\u201c\u201d\u201e\u2018\u2019\u2013\u2014\u2011", "   \"\"\"''---")


def alike(xml, words):
    """The same words with the blanks, quotation marks and dashes that Word writes by itself."""
    for text in ("".join(unescape(r.group("text")) for r in chain) for paragraph in PARAGRAPH.finditer(xml) for chain in chains(paragraph.group(0))):
        at = text.translate(TYPED).find(words.translate(TYPED))
        if at >= 0:
            return "; Word wrote %s" % json.dumps(text[at:at + len(words)])
    return ""


def edited(xml, edit, changes):
    found = list(places(xml, edit["find"]))
    if len(found) != 1:
        raise LookupError("%d times in the document: %r%s" % (len(found), edit["find"], "" if found else alike(xml, edit["find"])))
    paragraph, chain, begin = found[0]
    old, end, new = paragraph.group(0), begin + len(edit["find"]), edit.get("replace")
    if edit.get("delete"):
        changed = struck(old, changes)
    elif "insert" in edit:
        changed = follower(old, edit["insert"], chain_look(chain, begin), changes)
    else:
        if new is not None:
            first, last, new = differing(edit["find"], new)
            begin, end = begin + first, begin + last
        before, within, behind = marked(chain, begin, end, new, changes)
        if "comment" in edit:
            within = changes.comment(edit["comment"], within)
        changed = old[:chain[0].start()] + before + within + behind + old[chain[-1].end():]
    return xml[:paragraph.start()] + changed + xml[paragraph.end():]


def chain_look(chain, at):
    for hit in chain:
        at -= len(unescape(hit.group("text")))
        if at < 0:
            return hit.group("look") or ""
    return ""


def listed(archive):
    for kind, author, inside in CHANGE.findall(archive.read(PART).decode("utf-8")):
        text = "".join(re.findall(r"<w:(?:t|delText)(?: [^>]*)?>([^<]*)<", inside))
        print("%s\t%s\t%s" % ("insertion" if kind == "ins" else "deletion", unescape(author), unescape(text)))
    if COMMENTS in archive.namelist():
        for author, inside in COMMENT.findall(archive.read(COMMENTS).decode("utf-8")):
            print("comment\t%s\t%s" % (unescape(author), unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)<", inside)))))


def with_comments(parts, comments):
    """Adds the comments to their part, and the part to the document's relations and types if it is new."""
    old = parts.get(COMMENTS, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="%s"></w:comments>' % W)
    old = re.sub(r"(<w:comments[^>]*?)\s*/>", r"\1></w:comments>", old)
    for name in (RELATIONS, TYPES):
        if name not in parts:
            raise ValueError("no " + name)
    if COMMENTS not in parts:
        number = 1 + max([0] + [int(n) for n in re.findall(r'Id="rId(\d+)"', parts[RELATIONS])])
        relation = '<Relationship Id="rId%d" Type="%s" Target="comments.xml"/></Relationships>' % (number, RELATION)
        parts[RELATIONS] = parts[RELATIONS].replace("</Relationships>", relation)
        parts[TYPES] = parts[TYPES].replace("</Types>", '<Override PartName="/%s" ContentType="%s"/></Types>' % (COMMENTS, OFFICE))
    parts[COMMENTS] = old.replace("</w:comments>", "".join(comments) + "</w:comments>")


def numbers_of(text):
    return [int(i) for i in re.findall(r'w:id="(\d+)"', text)]


def main(arguments):
    if arguments[:1] in (["--accept"], ["--refuse"]):
        return resolve_changes.main([arguments[0][2:]] + arguments[1:])
    try:
        if len(arguments) == 2 and arguments[0] == "--list":
            with zipfile.ZipFile(arguments[1]) as archive:
                listed(archive)
            return 0
        if len(arguments) != 7 or arguments[3] != "--author" or arguments[5] != "--date":
            print(__doc__.split("\n\n")[1], file=sys.stderr)
            return 2
        source, edits, out, author, date = arguments[0], arguments[1], arguments[2], arguments[4], arguments[6]
        with open(edits, encoding="utf-8") as file:
            wanted = json.load(file)
        with zipfile.ZipFile(source) as archive:
            parts = {name: archive.read(name).decode("utf-8") for name in (PART, COMMENTS, RELATIONS, TYPES) if name in archive.namelist()}
            if PART not in parts:
                raise ValueError("no " + PART)
            changes = Changes(author, date, max([0] + numbers_of(parts[PART])), max([-1] + numbers_of(parts.get(COMMENTS, ""))))
            for edit in wanted:
                if not {"replace", "comment", "insert", "delete"} & set(edit):
                    raise ValueError("says not what to do: %s" % json.dumps(edit))
                for one in parted(edit):
                    parts[PART] = edited(parts[PART], one, changes)
            if changes.comments:
                with_comments(parts, changes.comments)
            with zipfile.ZipFile(out + ".new", "w", zipfile.ZIP_DEFLATED) as target:
                for item in archive.infolist():
                    target.writestr(item, parts.pop(item.filename).encode("utf-8") if item.filename in parts else archive.read(item))
                for name, text in parts.items():
                    target.writestr(name, text)
        os.replace(out + ".new", out)
    except LookupError as fault:
        print("track_changes: %s" % (fault if not isinstance(fault, KeyError) else "no %s" % fault), file=sys.stderr)
        return 2 if isinstance(fault, KeyError) else 1
    except (OSError, ValueError, TypeError, zipfile.BadZipFile) as fault:
        print("track_changes: %s" % fault, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
