#!/usr/bin/env python3
"""Reads logs of several kinds and tells what each actor did, in UTC, with the line to look at.

usage: read_logs.py [--zone ZONE] [--year YYYY] [--actor WHO | --signs | --gaps MINUTES] FILE...
  (nothing)        one line an actor: first, last, lines, failed, let in, let in after failures, bytes sent
  --actor WHO      every line that names this address, account or session, with file and line
  --signs          lines with a sign of attack (signs.tsv beside this program)
  --gaps MINUTES   where a file is silent for longer, or its time goes back
  --zone, --year   what lines without them mean (default: UTC and the year of the file's own date; what would lie behind it is older);
                   ZONE: UTC, +HH:MM or a place with its summer time, as Europe/Berlin

Kinds: syslog (auth.log), ISO times (journal, application), Apache and nginx (access and error), lines of JSON (times as text or
numbers); .gz is unpacked. How many lines of a file have no time is told on standard error.
Exit 0: read, and with --signs or --gaps nothing found; 1: found something; 2: misuse or no line with a time.
"""
import argparse
import collections
import datetime
import gzip
import ipaddress
import json
import os
import re
import signal
import sys
import zoneinfo

UTC = datetime.timezone.utc
MONTHS = {name: i for i, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
ISO = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,]\d+)?\s?(Z|[+-]\d\d:?\d\d)?")
WEB = re.compile(r"^(?:\S+:\d+ (?=\S+ \S+ \S+ \[))?(\S+) \S+ (\S+) \[(\d\d)/(\w{3})/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})\] \"(.*?)\" (\d{3}) (\d+|-)")
SYSLOG = re.compile(r"^(\w{3}) +(\d+) (\d\d:\d\d:\d\d) ")
APACHE = re.compile(r"^\[\w{3} (\w{3}) (\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)? (\d{4})\]")
NGINX = re.compile(r"^(\d{4})/(\d\d)/(\d\d) (\d\d:\d\d:\d\d) ")
SUDO = re.compile(r"\bsudo(?:\[\d+\])?: +(\S+) : ")
TIMES = ("timestamp", "@timestamp", "time", "ts", "eventTime", "datetime", "date")
ACTORS = ("sourceIPAddress", "client_ip", "clientip", "ip", "remote_addr", "remoteAddress", "remote_ip", "user", "username", "name")
HOLDERS = ("client", "source", "req", "request", "http", "user", "userIdentity")
ADDRESS = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?:(?=:\d{1,5}(?![\w.:]))|(?![\w:]|\.\w))", re.I)
FAILED = re.compile(r"failed password|authentication failure|invalid user|login failed|failed login|\b4625\b", re.I)
LET_IN = re.compile(r"accepted (?:password|publickey|keyboard)|login succeeded|logged in|\b4624\b", re.I)
HARMLESS_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

Line = collections.namedtuple("Line", "time file number actor text failed let_in bytes")


def zone_of(text):
    if not text or text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    offset = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d\d?)(?::?(\d\d))?", text, re.I)
    if offset:
        sign, hours, minutes = offset.groups()
        ahead = datetime.timedelta(hours=int(hours), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    try:
        return datetime.timezone(ahead) if offset else zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise argparse.ArgumentTypeError(f"{text!r} is no zone: UTC, +02:00 or Europe/Berlin") from None


def moment(day, clock, zone):
    try:
        zone = zone_of(zone) if isinstance(zone, str) else zone
        return datetime.datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError, argparse.ArgumentTypeError):  # an hour 25, or an offset of four digits that is none
        return None


def address_in(text):
    for hit in ADDRESS.finditer(text):
        try:
            return str(ipaddress.ip_address(hit.group(0)))
        except ValueError:  # a clock, or a number with dots
            continue
    return None


def counted(number):
    """A moment told as seconds since 1970, or as thousandths and smaller parts of them."""
    while number > 1e11:
        number /= 1000
    try:
        return datetime.datetime.fromtimestamp(number, UTC) if number > 1e8 else None
    except (ValueError, OverflowError, OSError):
        return None


def read_json(text, zone):
    """Time and actor of a line of JSON; None for what it does not tell."""
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        return None, None
    row = row if isinstance(row, dict) else {}
    told = next((row[key] for key in TIMES if row.get(key)), None)
    if isinstance(told, (int, float)):
        time = counted(told)
    else:
        iso = ISO.search(str(told))
        time = iso and moment(iso.group(1), iso.group(2), iso.group(3) or zone)
    places = [row] + [row[key] for key in HOLDERS if isinstance(row.get(key), dict)]
    found = next((place[key] for key in ACTORS for place in places if isinstance(place.get(key), str) and place[key]
                  and (key != "name" or place is not row)), None)
    return time, found and (address_in(found) or found)


def read_line(text, year, zone):
    """Time, actor and what happened, or None if the line has no time (a continuation)."""
    web = WEB.match(text)
    if web:
        address, _, day, month, y, clock, offset, _, status, size = web.groups()
        time = moment(f"{y}-{MONTHS.get(month, 0):02}-{day}", clock, offset)
        return time and (time, address, status in ("401", "403"), False, 0 if size == "-" else int(size))
    iso, syslog, apache, nginx = ISO.search(text[:200]), SYSLOG.match(text), APACHE.match(text), NGINX.match(text)
    time, actor = read_json(text, zone) if text.startswith("{") else (None, None)
    if time:
        pass
    elif apache:
        month, day, clock, y = apache.groups()
        time = moment(f"{y}-{MONTHS.get(month, 0):02}-{day}", clock, zone)
    elif nginx:
        time = moment("-".join(nginx.groups()[:3]), nginx.group(4), zone)
    elif syslog:
        month, day, clock = syslog.groups()
        time = moment(f"{year}-{MONTHS.get(month, 0):02}-{int(day):02}", clock, zone)
    elif iso:
        time = moment(iso.group(1), iso.group(2), iso.group(3) or zone)
    else:
        return None
    sudo = SUDO.search(text)
    actor = actor or (sudo and sudo.group(1)) or address_in(text) or "-"
    return time and (time, actor, bool(FAILED.search(text)), bool(LET_IN.search(text)), 0)


def lines_of(path, asked):
    changed = datetime.datetime.fromtimestamp(os.path.getmtime(path), UTC)
    year = asked.year or changed.year
    opener = gzip.open if path.endswith(".gz") else open
    number = passed = first = 0
    with opener(path, "rt", encoding="utf-8", errors="replace", newline="\n") as file:
        for number, text in enumerate(file, 1):
            text = HARMLESS_CONTROL.sub("?", text.rstrip("\r\n"))
            known = read_line(text, year, asked.zone)
            if known and not asked.year and SYSLOG.match(text) and known[0] > changed + datetime.timedelta(days=1):
                known = read_line(text, year - 1, asked.zone)  # December in a file of January
            if known:
                time, actor, failed, let_in, size = known
                yield Line(time, path, number, actor, text, failed, let_in, size)
            elif text.strip():
                passed, first = passed + 1, first or number
    if passed:
        print(f"{path}: {passed} of {number} lines have no time and were not read, the first is line {first}", file=sys.stderr)


def stamp(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def show_actors(lines):
    actors = collections.OrderedDict()
    for line in sorted(lines, key=lambda line: line.time):
        seen = actors.setdefault(line.actor, {"first": line, "lines": 0, "failed": 0, "in": 0, "after": 0, "bytes": 0})
        seen["last"] = line
        seen["lines"] += 1
        seen["failed"] += line.failed
        seen["in"] += line.let_in
        seen["after"] += line.let_in and seen["failed"] >= 3
        seen["bytes"] += line.bytes
    print("first\tlast\tlines\tfailed\tin\tin after 3 failed\tbytes\tactor")
    for actor, a in sorted(actors.items(), key=lambda item: (-item[1]["after"], -item[1]["bytes"], -item[1]["lines"])):
        print(stamp(a["first"].time), stamp(a["last"].time), a["lines"], a["failed"], a["in"], a["after"], a["bytes"], actor,
              sep="\t")
    return 0


def show_gaps(lines, minutes):
    found, before = 0, {}
    for line in lines:
        last = before.get(line.file)
        before[line.file] = line
        if not last:
            continue
        step = (line.time - last.time).total_seconds()
        if step > minutes * 60 or step < -2:
            found += 1
            print(f"{line.file}:{line.number}\t{stamp(last.time)}\t{stamp(line.time)}\t"
                  + (f"silent for {step / 60:.0f} minutes" if step > 0 else "time goes back"))
    return 1 if found else 0


def show_signs(lines):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "signs.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    signs = [(row[0], re.compile(row[1], re.I)) for row in rows]
    found = 0
    for line in lines:
        names = [name for name, sign in signs if sign.search(line.text[:4000])]
        if names:
            found += 1
            print(stamp(line.time), f"{line.file}:{line.number}", line.actor, ", ".join(names), line.text[:200], sep="\t")
    return 1 if found else 0


def main():
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # read_logs.py FILE | head
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--zone", type=zone_of, default=UTC)
    parser.add_argument("--year", type=int)
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--actor")
    one.add_argument("--signs", action="store_true")
    one.add_argument("--gaps", type=float)
    parser.add_argument("files", nargs="+")
    words = sys.argv[1:]
    for i in range(len(words) - 1, 0, -1):  # `--zone -05:00` would be taken for two options
        if words[i - 1] == "--zone":
            words[i - 1:i + 1] = ["--zone=" + words[i]]
    asked = parser.parse_args(words)
    try:
        lines = [line for path in asked.files for line in lines_of(path, asked)]
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    if not lines:
        print("no line with a time", file=sys.stderr)
        return 2
    if asked.signs:
        return show_signs(lines)
    if asked.gaps is not None:
        return show_gaps(lines, asked.gaps)
    if asked.actor:
        who = re.compile(r"(?<![\w.:])" + re.escape(asked.actor) + (r"(?![\w:]|\.\d)" if ":" in asked.actor else r"(?!\w|\.\d)"))
        for line in sorted((line for line in lines if who.search(line.text)), key=lambda line: line.time):
            print(stamp(line.time), f"{line.file}:{line.number}", line.text[:500], sep="\t")
        return 0
    return show_actors(lines)


if __name__ == "__main__":
    sys.exit(main())
