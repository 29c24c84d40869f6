"""Messages of the Parlo network, version 3."""
import hashlib
import hmac
import re
from datetime import datetime, timedelta

KINDS = {"A": "loaded", "S": "held", "Z": "delivered", "B": "returned", "V": "lost"}
START = datetime(2000, 1, 1)


class Garbled(Exception):
    pass


def sealed(header, body, keys):
    """(key id, count), or None if the seal is not good"""
    m = re.fullmatch(r"([^/]+)/([1-9][0-9]{0,17})/([0-9A-F]{32})", header or "", re.A)
    if not m or m.group(1) not in keys:
        return None
    key, count = keys[m.group(1)], int(m.group(2))
    if key.get("until") is not None and count > key["until"]:
        return None
    lines = body.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    message = b"|".join([m.group(2).encode()] + sorted(lines[1:]))
    secret = key["text"].lower().replace("-", "").encode("ascii")
    seal = hmac.new(secret, message, hashlib.sha256).hexdigest()[-32:].upper()
    return (m.group(1), count) if hmac.compare_digest(seal, m.group(3)) else None


def parcel_number(value):
    digits = value.replace(" ", "").replace("-", "")
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise ValueError(value)
    total = sum(int(d) * (3, 7, 1)[i % 3] for i, d in enumerate(digits[:9]))
    if total % 10 != int(digits[9]):
        raise ValueError(value)
    return digits


def number(value):
    if not re.fullmatch(r"[0-9]+", value):
        raise ValueError(value)
    return int(value)


def moment(value):
    return (START + timedelta(minutes=number(value))).strftime("%Y-%m-%dT%H:%M:%SZ")


def unescape(value):
    def one(m):
        if m.group(1) == "n":
            return "\n"
        if m.group(1) == "\\":
            return "\\"
        raise ValueError(value)
    return re.sub(r"\\(.?)", one, value, flags=re.S)


def read(body):
    lines = body.split(b"\n")
    if lines[-1] != b"":
        unfinished = len(lines)
    else:
        unfinished = 0
        lines.pop()
    event, notes = {}, []
    for n, raw in enumerate(lines, 1):
        try:
            line = raw.decode("utf-8")
            m = re.fullmatch(r"(\S+) (.*)", line)
            if n == unfinished or "\r" in line or not m:
                raise ValueError(line)
            word, value = m.group(1), unescape(m.group(2))
            if n == 1:
                if line != "parlo 3":
                    raise ValueError(line)
            elif word == "note":
                notes.append(value)
            elif word in ("kind", "parcel", "at", "w"):
                if word in event:
                    raise ValueError(line)
                event[word] = {"kind": KINDS.__getitem__, "parcel": parcel_number,
                               "at": moment, "w": number}[word](value)
        except (ValueError, KeyError, OverflowError):
            raise Garbled(n)
    if not {"kind", "parcel", "at"} <= set(event):
        raise Garbled(len(lines) + 1)
    return {"kind": event["kind"], "parcel": event["parcel"], "happened_at": event["at"],
            "weight_g": event["w"] * 20 if "w" in event else None,
            "note": "\n".join(notes) if notes else None}
