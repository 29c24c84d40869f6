#!/usr/bin/env python3
"""Finds what an error answer tells of the inside: stack, SQL, path, host, database or runtime messages.

usage: find_leaks.py FILE_OR_FOLDER... [--keep KEY]
  --keep KEY   texts under this JSON key are public and not looked at (default: instance, type, pointer, href,
               documentation_url)

Prints file, kind and the words found. Standard library only.
Exit 0: nothing found; 1: something found; 2: wrong call, no file to read, or every file is empty (a server that is down).
"""
import json
import pathlib
import re
import sys

PUBLIC = ("instance", "type", "pointer", "href", "documentation_url")

# Each kind names what no public text says. A word alone ("select", "error") is never enough.
KINDS = [
    ("SQL", r"\b(SELECT\s.{1,200}\sFROM|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|MERGE\s+INTO|(CREATE|ALTER|DROP)\s+(TABLE|INDEX))\s"),
    ("database", r"\b(relation|column|table|schema|constraint|database|role|function)\s+[\"'`][^\"'`]+[\"'`]\s+(does not exist|already exists|of relation)"
                 r"|violates\s+(unique|foreign key|check|not-null|exclusion)\s+constraint|duplicate key value|duplicate entry .+ for key"
                 r"|\b(ORA|PLS|TNS|SP2)-\d{4,5}\b|\bSQLSTATE\b|\bSQLITE_[A-Z]+|\bE\d{5} duplicate key|syntax error (at or near|in SQL)"
                 r"|unknown column|invalid input (syntax for|value for enum)|invalid (column|object) name|\bODBC\b|no such (table|column)|deadlock (found|detected)|You have an error in your SQL"),
    ("stack", r"\bTraceback \(most recent call last\)|^\s*at\s+\S+.*[(:]\S*:\d+|\bat [\w.$<>]+\([\w.]+:\d+\)|\bat [\w$.<>]+ \([^) ]*:\d+|goroutine \d+ \[|\bpanic:"
              r"|thread '[^']+' panicked|\bFile \"[^\"]+\", line \d+|\bin `?[\w:#]+'?:\d+|Caused by:|stack trace"),
    ("source", r"\b[\w./\\-]+\.(go|rb|py|js|mjs|cjs|ts|tsx|jsx|java|kt|cs|php|rs|ex|exs|scala|cpp|c|swift|vue|pl)\b:(line )?\d+"
               r"|\bon line \d+|\b[\w./\\-]+\.(php|aspx?|jsp)\b on line"),
    ("path", r"(?<![\w:/.])/(usr|home|root|srv|opt|var|etc|tmp|mnt|proc|Users|private|app|workspace|code|builds?|data)/[\w.-]+/[\w./-]*\w"
             r"|(?<![\w:/.])/(home|root|Users|etc|usr|opt|srv|var)/[\w.-]+|\b[A-Za-z]:\\\\?[\w. -]+\\|\bnode_modules/|site-packages/"),
    ("host", r"\b(10\.\d{1,3}|127\.\d{1,3}|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)(\.\d{1,3}){2}\b"
             r"|\b[\w-]+(\.[\w-]+)*\.(internal|local|lan|svc|cluster\.local|corp|intra)\b|\blocalhost:\d+|\b(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH)\b"
             r"|\b(dial tcp|getaddrinfo|no such host|connection refused)\b"),
    ("runtime", r"\b[\w.]*(Exception|Error)(: |\b\()|\b(java|javax|org|com|net|io)\.[a-z]\w*\.[\w.]*[A-Z]\w+|nil pointer dereference|segmentation fault"
                r"|NullReference|undefined method|undefined is not|[Cc]annot read propert|[A-Z]\w+::[A-Z]\w+|is not a function\b|\bobject has no attribute\b|\bobject is not (iterable|subscriptable|callable)|is not JSON serializable|\bENOENT\b|\bEACCES\b"),
    ("secret", r"\b(password|passwd|secret|api_?key|token|connection ?string)\s*(=\s*\S|:\s*(?![a-z]+([\s.,;]|$))\S)|\b\w+://[^/\s:@]+:[^/\s@]+@"),
]
RULES = [(name, re.compile(pattern, re.IGNORECASE | re.MULTILINE if name in ("database", "secret", "host") else re.MULTILINE))
         for name, pattern in KINDS]


def texts(value, keep):
    """Every text of a JSON value, keys included; the values of the keys in `keep` are left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts(one, keep)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            if key not in keep or not isinstance(one, str):
                yield from texts(one, keep)


def leaks(body, keep=PUBLIC):
    """[(kind, words)] of an answer's body."""
    try:
        parts = list(texts(json.loads(body), keep))
    except ValueError:
        parts = [body]
    found = []
    for part in parts:
        for name, rule in RULES:
            hit = rule.search(part)
            if hit:
                found.append((name, hit.group(0).strip()[:80]))
    return found


def main(arguments):
    keep, places = list(PUBLIC), []
    while arguments:
        one = arguments.pop(0)
        if one == "--keep" and arguments:
            keep.append(arguments.pop(0))
        else:
            places.append(pathlib.Path(one))
    files = [f for p in places for f in (sorted(p.rglob("*")) if p.is_dir() else [p]) if f.is_file()]
    if not files:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    bodies = [file.read_text("utf-8", "replace") for file in files]
    if not any(body.strip() for body in bodies):
        print("every answer is empty", file=sys.stderr)
        return 2
    count = 0
    for file, body in zip(files, bodies):
        for name, words in leaks(body, keep):
            print("%s: %s: %s" % (file, name, words))
            count += 1
    print("%d answers, %d leaks" % (len(files), count))
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
