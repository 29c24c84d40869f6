"""Accepts or refuses the tracked changes of a .docx, for track_changes.py. Standard library only.

usage: track_changes.py --accept|--refuse IN.docx OUT.docx [--author NAME] [--drop-comments]
  --author          only the changes of this author
  --drop-comments   takes all comments out as well

Body, headers, footers and notes are gone through: text, moves, paragraph marks, formats, rows of tables.
Exit 0: done, the number of changes is printed; 1: a kind of change that it does not know (nothing is written); 2: wrong
call or no readable .docx.
"""
import os
import re
import sys
import xml.dom.minidom
import xml.parsers.expat
import zipfile

PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
COMMENTS = "word/comments.xml"
ADDED, GONE = ("w:ins", "w:moveTo"), ("w:del", "w:moveFrom")
FORMAT = ("w:rPrChange", "w:pPrChange", "w:sectPrChange", "w:tblPrChange", "w:tcPrChange", "w:trPrChange", "w:tblGridChange", "w:numberingChange")
UNKNOWN = ("w:cellIns", "w:cellDel", "w:cellMerge", "w:tblPrExChange")
MOVE_ENDS = ("w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd")
COMMENT_MARKS = ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:annotationRef")


def children(node, *names):
    return [c for c in node.childNodes if c.nodeType == c.ELEMENT_NODE and (not names or c.nodeName in names)]


def remove(node):
    node.parentNode.removeChild(node)


def unwrap(node):
    for child in list(node.childNodes):
        node.parentNode.insertBefore(child, node)
    remove(node)


def restore(change):
    """Puts the properties that a change of format remembers in the place of today's; marks and sections stay."""
    now = change.parentNode
    then = children(change, now.nodeName)
    kept = ("w:rPr", "w:sectPr", "w:headerReference", "w:footerReference") if now.nodeName in ("w:pPr", "w:sectPr") else ("w:ins", "w:del")
    for old in children(now):
        if old is not change and old.nodeName not in kept:
            now.removeChild(old)
    for old in reversed([c for one in then for c in children(one)]):
        now.insertBefore(old, now.firstChild)
    remove(change)


def join(paragraph):
    """The paragraph without its mark: its content begins the next one, whose properties win."""
    after = paragraph.nextSibling
    while after is not None and after.nodeName not in ("w:p", "w:tbl", "w:sdt"):
        after = after.nextSibling
    content = [c for c in paragraph.childNodes if c.nodeName != "w:pPr"]
    has_text = any(c.nodeName not in ("w:bookmarkStart", "w:bookmarkEnd", "w:proofErr") for c in content if c.nodeType == c.ELEMENT_NODE)
    if after is None or after.nodeName != "w:p":
        if not has_text and (paragraph.previousSibling is not None or after is not None) and paragraph.parentNode.nodeName != "w:tc":
            remove(paragraph)
        return
    first = next((c for c in after.childNodes if c.nodeName != "w:pPr"), None)
    for child in content:
        after.insertBefore(child, first)
    remove(paragraph)


def resolve(tree, accept, author):
    """Number of changes that were resolved."""
    mine = lambda node: author is None or node.getAttribute("w:author") == author  # noqa: E731
    count, marks = 0, []
    keep, drop = (ADDED, GONE) if accept else (GONE, ADDED)
    for name in FORMAT:
        for node in [n for n in tree.getElementsByTagName(name) if mine(n)]:
            count += 1
            if accept or not children(node):
                remove(node)
            else:
                restore(node)
    for name in keep + drop:
        for node in [n for n in tree.getElementsByTagName(name) if mine(n)]:
            count += 1
            holder = node.parentNode
            if holder.nodeName == "w:rPr" and holder.parentNode.nodeName == "w:pPr":
                if name in drop:
                    marks.append(holder.parentNode.parentNode)
                remove(node)
            elif holder.nodeName == "w:trPr":
                row = holder.parentNode
                remove(row) if name in drop else remove(node)
            elif name in keep:
                unwrap(node)
            else:
                remove(node)
    for name, kept in (("w:delText", "w:t"), ("w:delInstrText", "w:instrText")):
        for node in list(tree.getElementsByTagName(name)):
            if not inside(node, ("w:del",)):
                node.tagName = node.nodeName = kept
    for paragraph in reversed(marks):
        if paragraph.parentNode is not None:
            join(paragraph)
    if count and author is None:
        for name in MOVE_ENDS:
            for node in list(tree.getElementsByTagName(name)):
                remove(node)
    return count


def inside(node, names):
    while node is not None and node.nodeName not in names:
        node = node.parentNode
    return node is not None


def without_comments(tree):
    for name in COMMENT_MARKS:
        for node in list(tree.getElementsByTagName(name)):
            run = node.parentNode
            remove(node)
            if run.nodeName == "w:r" and not children(run, "w:t", "w:tab", "w:br", "w:drawing"):
                remove(run)


def main(arguments):
    comments = "--drop-comments" in arguments
    arguments = [a for a in arguments if a != "--drop-comments"]
    author = arguments.pop() if len(arguments) == 5 and arguments[3] == "--author" else None
    if len(arguments) != (3 if author is None else 4) or arguments[0] not in ("accept", "refuse"):
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    out, count = arguments[2], 0
    try:
        with zipfile.ZipFile(arguments[1]) as archive:
            if "word/document.xml" not in archive.namelist():
                raise ValueError("no word/document.xml")
            parts = {}
            for name in filter(PART.match, archive.namelist()):
                tree = xml.dom.minidom.parseString(archive.read(name))
                unknown = [n for n in UNKNOWN if tree.getElementsByTagName(n)]
                if unknown:
                    print("track_changes: %s has %s: resolve it in Word" % (name, ", ".join(unknown)), file=sys.stderr)
                    return 1
                count += resolve(tree, arguments[0] == "accept", author)
                if comments:
                    without_comments(tree)
                parts[name] = tree.toxml(encoding="UTF-8", standalone=True)
            if comments and COMMENTS in archive.namelist():
                tree = xml.dom.minidom.parseString(archive.read(COMMENTS))
                for node in children(tree.documentElement):
                    remove(node)
                parts[COMMENTS] = tree.toxml(encoding="UTF-8", standalone=True)
            with zipfile.ZipFile(out + ".new", "w", zipfile.ZIP_DEFLATED) as target:
                for item in archive.infolist():
                    target.writestr(item, parts.get(item.filename) or archive.read(item))
        os.replace(out + ".new", out)
    except (OSError, ValueError, zipfile.BadZipFile, xml.parsers.expat.ExpatError) as fault:
        print("track_changes: %s: %s" % (arguments[1], fault), file=sys.stderr)
        return 2
    print("%d changes %s" % (count, "accepted" if arguments[0] == "accept" else "refused"))
    return 0
