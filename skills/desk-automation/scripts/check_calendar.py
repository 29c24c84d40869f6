#!/usr/bin/env python3
"""Checks a calendar file (.ics) before it is imported, by what calendars refuse or put at a wrong hour.

usage: check_calendar.py FILE.ics
Exit 0: can be imported; 1: faults, one a line; 2: no calendar file.
"""
import datetime
import re
import sys
import zoneinfo


def properties(block):
    """Name, parameters and value of each line of an event."""
    for line in block:
        found = re.match(r"([A-Z-]+)((?:;[A-Z-]+=(?:\"[^\"]*\"|[^;:\"]*))*):(.*)", line, re.I | re.S)
        yield (found.group(1).upper(), found.group(2).upper(), found.group(3)) if found else (line, None, "")


def is_real(value):
    try:
        return bool(datetime.datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S" if "T" in value else "%Y%m%d"))
    except ValueError:
        return False


def is_day(parameters):
    return "VALUE=DATE" in parameters and "VALUE=DATE-TIME" not in parameters


def moment_fault(parameters, value, zones):
    if is_day(parameters):
        return "" if re.fullmatch(r"\d{8}", value) and is_real(value) else f"{value} is no day (20261103)"
    if not re.fullmatch(r"\d{8}T\d{6}Z?", value) or not is_real(value):
        return f"{value} is no time (20261103T090000)"
    zone = re.search(r"TZID=\"?([^\";:]+)", parameters)
    if zone and zone.group(1) not in zones:
        return f"the zone {zone.group(1)} is neither a place (Europe/Berlin) nor described by a VTIMEZONE of the file"
    if "TZID=" not in parameters and not value.endswith("Z"):
        return f"{value} has no zone: TZID=Europe/Berlin, or Z for UTC"
    return ""


def event_faults(block, seen, zones):
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
        fault = moment_fault(*values[name], zones) if name in values else ""
        if fault:
            yield f"{name} of {where}: {fault}"
    (zone, start), (other, end) = values.get("DTSTART", ("", "")), values.get("DTEND", ("", ""))
    if end and end <= start and zone == other and start.endswith("Z") == end.endswith("Z"):
        yield f"{where} ends at {end}, before it begins or with it"
    until = re.search(r"UNTIL=(\w+)", values.get("RRULE", ("", ""))[1])
    if until and ("T" in until.group(1)) == is_day(zone):
        yield f"{where}: UNTIL={until.group(1)} and DTSTART must both be days, or both be times"
    elif until and "T" in start and (start.endswith("Z") or "TZID=" in zone) and not until.group(1).endswith("Z"):
        yield f"{where}: UNTIL={until.group(1)} must be in UTC (with Z)"
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
        faults = ["begins with a byte order mark"] if raw.startswith(b"\xef\xbb\xbf") else []
        long = any(len(line) > 75 for line in re.split(rb"\r?\n", raw))
        bare = re.search(rb"(?<!\r)\n", raw)
        text = re.sub(rb"\r?\n[ \t]", b"", raw).decode("utf-8-sig")  # a line may be folded inside a letter
    except (OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    if not text.startswith("BEGIN:VCALENDAR"):
        print("no calendar: begins with another line than BEGIN:VCALENDAR", file=sys.stderr)
        return 2
    if bare:
        faults.append("lines end without a carriage return")
    if long:
        faults.append("a line of more than 75 bytes: fold it (line break and one blank)")
    lines = re.split(r"\r?\n", text.rstrip("\r\n"))
    zones = {line[5:].strip('"').upper() for line in lines if line.upper().startswith("TZID:")} | {zone.upper() for zone in zoneinfo.available_timezones()}
    if lines[-1:] != ["END:VCALENDAR"] or not {"VERSION:2.0"} <= set(lines) or not any(l.startswith("PRODID:") for l in lines):
        faults.append("VERSION:2.0, PRODID or END:VCALENDAR is missing")
    seen, block, events = set(), None, 0
    for line in lines:
        if line == "BEGIN:VEVENT":
            block = []
        elif line == "END:VEVENT" and block is not None:
            events += 1
            faults += event_faults(block, seen, zones)
            block = None
        elif block is not None:
            block.append(line)
    if not events:
        faults.append("no event")
    print("\n".join(faults) if faults else f"{events} events")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
