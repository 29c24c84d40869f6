#!/usr/bin/env python3
"""Checks a calendar file (.ics) before it is imported, by what calendars refuse or put at a wrong hour.

usage: check_calendar.py FILE.ics
Exit 0: can be imported; 1: faults, one a line; 2: no calendar file.
"""
import re
import sys


def properties(block):
    """Name, parameters and value of each line of an event."""
    for line in block:
        found = re.match(r"([A-Z-]+)((?:;[A-Z-]+=(?:\"[^\"]*\"|[^;:\"]*))*):(.*)", line, re.I | re.S)
        yield (found.group(1).upper(), found.group(2).upper(), found.group(3)) if found else (line, None, "")


def moment_fault(parameters, value):
    if "VALUE=DATE" in parameters and "VALUE=DATE-TIME" not in parameters:
        return "" if re.fullmatch(r"\d{8}", value) else f"{value} is no day (20261103)"
    if not re.fullmatch(r"\d{8}T\d{6}Z?", value):
        return f"{value} is no time (20261103T090000)"
    if "TZID=" not in parameters and not value.endswith("Z"):
        return f"{value} has no zone: TZID=Europe/Berlin, or Z for UTC"
    return ""


def event_faults(block, seen):
    values, where = {}, ""
    for name, parameters, value in properties(block):
        if parameters is None:
            yield f"not a line of a calendar: {name[:60]}"
            continue
        values.setdefault(name, (parameters, value))
        if name == "SUMMARY":
            where = value
        if name in ("SUMMARY", "DESCRIPTION", "LOCATION") and re.search(r"(?<!\\)[,;]", value):
            yield f"{name} of {value[:40]}: comma and semicolon need a backslash"
    for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"):
        if name not in values or not values[name][1]:
            yield f"event {where or '?'} has no {name}"
    for name in ("DTSTART", "DTEND"):
        fault = moment_fault(*values[name]) if name in values else ""
        if fault:
            yield f"{name} of {where}: {fault}"
    (zone, start), (other, end) = values.get("DTSTART", ("", "")), values.get("DTEND", ("", ""))
    if end and end <= start and zone == other and start.endswith("Z") == end.endswith("Z"):
        yield f"{where} ends at {end}, before it begins or with it"
    if "RRULE" in values and "COUNT=" in values["RRULE"][1] and "UNTIL=" in values["RRULE"][1]:
        yield f"{where}: COUNT and UNTIL exclude each other"
    for kind, key in (("UID", values.get("UID", ("", ""))[1]), ("same time and title", (start, where))):
        if key and "RECURRENCE-ID" not in values and (kind, key) in seen:
            yield f"{where}: stands twice ({kind})"
        seen.add((kind, key))


def main(arguments):
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__.strip())
        return 0 if arguments == ["--help"] else 2
    try:
        with open(arguments[0], "rb") as file:
            raw = file.read()
        text = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    if not text.startswith("BEGIN:VCALENDAR"):
        print("no calendar: begins with another line than BEGIN:VCALENDAR", file=sys.stderr)
        return 2
    faults = []
    if re.search(r"(?<!\r)\n", text):
        faults.append("lines end without a carriage return")
    if any(len(line.encode()) > 75 for line in re.split(r"\r?\n", text)):
        faults.append("a line of more than 75 bytes: fold it (line break and one blank)")
    lines = re.sub(r"\r?\n[ \t]", "", text).splitlines()
    if lines[-1:] != ["END:VCALENDAR"] or not {"VERSION:2.0"} <= set(lines) or not any(l.startswith("PRODID:") for l in lines):
        faults.append("VERSION:2.0, PRODID or END:VCALENDAR is missing")
    seen, block, events = set(), None, 0
    for line in lines:
        if line == "BEGIN:VEVENT":
            block = []
        elif line == "END:VEVENT" and block is not None:
            events += 1
            faults += event_faults(block, seen)
            block = None
        elif block is not None:
            block.append(line)
    if not events:
        faults.append("no event")
    print("\n".join(faults) if faults else f"{events} events")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
