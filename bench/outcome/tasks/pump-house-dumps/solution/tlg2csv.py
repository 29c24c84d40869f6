#!/usr/bin/env python3
"""Turn one station dump into the sheet for hydrology."""
import os
import struct
import sys
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

GAUGE = {1: ("LV", "0.001"), 2: ("FL", "0.01"), 3: ("TP", "0.1")}


class Damaged(Exception):
    pass


def fail(name, text, code):
    sys.stderr.write(f"river: {name}: {text} [{code}]\n")
    raise SystemExit(code)


def decode(data):
    if len(data) < 18 or data[:2] != b"TL":
        raise Damaged("not a recording")
    if data[2] != 3:
        raise Damaged("unknown layout")
    c = 7439
    for b in data[:-2]:
        c = (c * 31 + b) % 65521
    if c != struct.unpack("<H", data[-2:])[0]:
        raise Damaged("seal does not agree")
    masked = data[3] & 1
    start, = struct.unpack(">I", data[4:8])
    station, count = struct.unpack("<HH", data[8:12])
    pos, end, now, fresh, rows = 16, len(data) - 2, start, 0, []
    while pos < end:
        channel = data[pos]
        pos += 1
        gap = 0
        for _ in range(4):
            if pos >= end:
                raise Damaged("cut off")
            b = data[pos]
            pos += 1
            gap = gap << 7 | b & 0x7F
            if not b & 0x80:
                break
        else:
            raise Damaged("gap too long")
        if pos + 2 > end:
            raise Damaged("cut off")
        raw = data[pos:pos + 2]
        pos += 2
        if masked:
            raw = bytes(b ^ 0x5A for b in raw)
        value, = struct.unpack("<h", raw)
        now += gap * 10
        if channel == 0xF0:
            for row in rows[fresh:]:
                row[1] += value
            now += value
            fresh = len(rows)
        elif channel in GAUGE:
            rows.append([channel, now, value])
        else:
            raise Damaged("unknown channel")
    if len(rows) != count:
        raise Damaged("wrong number of readings")
    return station, rows


def text(channel, value):
    if value == -32768:
        return "", "OFF"
    if value == -32767:
        return "", "MAX"
    v = Decimal(value)
    v = {1: v / 1000, 2: v * 5 / 100, 3: (v - 400) / 16}[channel]
    v = v.quantize(Decimal(GAUGE[channel][1]), ROUND_HALF_UP)
    if not v:
        v = abs(v)
    return str(v).replace(".", ","), ""


def main(argv):
    if len(argv) != 2:
        fail("-", "usage: tlg2csv.py IN.tlg OUT.csv", 20)
    name = os.path.basename(argv[0])
    try:
        with open(argv[0], "rb") as f:
            data = f.read()
    except OSError as e:
        fail(name, e.strerror or "cannot be read", 21)
    try:
        station, rows = decode(data)
    except Damaged as e:
        fail(name, e, 23)
    rows.sort(key=lambda r: (r[0], r[1]))
    out = [f"#RD2;S{station:04d}", "when;gauge;reading;note"]
    for channel, when, value in rows:
        t = datetime(2000, 1, 1) + timedelta(seconds=when, hours=1)
        reading, note = text(channel, value)
        out.append(f"{t:%Y-%j/%H:%M:%S};{GAUGE[channel][0]};{reading};{note}")
    out.append(f"#END;{len(rows)}")
    tmp = argv[1] + ".part"
    with open(tmp, "w", encoding="utf-8", newline="\n") as f:
        f.write("\n".join(out) + "\n")
    os.replace(tmp, argv[1])


if __name__ == "__main__":
    main(sys.argv[1:])
