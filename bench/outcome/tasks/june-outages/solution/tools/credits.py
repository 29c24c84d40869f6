"""credits.py [--minutes] MONTH: outage minutes and what we pay back"""
import csv
import os
import re
import sys
from collections import defaultdict
from datetime import datetime, timedelta

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
DATA = os.path.join(ROOT, "data")
OUT = os.path.join(ROOT, "out")
EPOCH = datetime(2000, 1, 1)
ALLOWED = {"silver": 216, "gold": 43}
AT_MOST = {"silver": 40, "gold": 60}


def rows(name):
    with open(os.path.join(DATA, name), newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def minute(text):
    return int((datetime.strptime(text, "%Y-%m-%d %H:%M") - EPOCH) / timedelta(minutes=1))


def free_minutes(service, maintenance):
    free, used = set(), defaultdict(int)
    for row in sorted((r for r in maintenance if r["service"] == service),
                      key=lambda r: r["start"]):
        start, end = minute(row["start"]), minute(row["end"])
        if start - minute(row["announced"]) < 72 * 60:
            continue
        for m in range(start, end):
            if used[row["start"][:7]] < 120 and m not in free:
                used[row["start"][:7]] += 1
                free.add(m)
    return free


def counted(service, month, incidents, maintenance):
    found, blinks = [], defaultdict(list)
    for row in incidents:
        if row["service"] != service or row["kind"] not in ("down", "slow"):
            continue
        begin_text = min(t for t in (row["first_alert"], row["first_ticket"]) if t)
        begin, recovered = minute(begin_text), minute(row["recovered"])
        item = (begin, recovered + 4, row["kind"], row["recovered"][:7])
        if recovered - begin < 3:
            blinks[begin_text[:10]].append(item)
        else:
            found.append(item)
    for items in blinks.values():
        if len(items) >= 3:
            found += items
    found = sorted(x for x in found if x[3] == month)
    dark = {"down": set(), "slow": set()}
    last = None
    for begin, end, kind, _ in found:
        if last and last[0] < begin < last[0] + 10:
            dark[last[1]].update(range(last[0], begin))
        dark[kind].update(range(begin, end))
        if last is None or end > last[0]:
            last = (end, kind)
    free = free_minutes(service, maintenance)
    down = dark["down"] - free
    slow = dark["slow"] - free - down
    return -(-(3 * len(down) + len(slow)) // 3)


def percent(tier, flags, minutes):
    if tier not in ALLOWED:
        return 0
    allowed = ALLOWED[tier] // 2 if "partner" in flags else ALLOWED[tier]
    steps = max(0, -(-(minutes - allowed) // 30))
    if not steps:
        return 0
    return min(4 * steps + (6 if tier == "gold" else 0), AT_MOST[tier])


def money(cents):
    return "%d,%02d" % divmod(cents, 100)


def main(args):
    only_minutes = args[:1] == ["--minutes"]
    args = args[1:] if only_minutes else args
    if len(args) != 1 or not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", args[0]):
        print("usage: credits.py [--minutes] YYYY-MM", file=sys.stderr)
        return 2
    month = args[0]
    customers, incidents = rows("customers.csv"), rows("incidents.csv")
    maintenance = rows("maintenance.csv")
    minutes = {s: counted(s, month, incidents, maintenance)
               for s in sorted({c["service"] for c in customers})}
    if only_minutes:
        for service in minutes:
            print(service, minutes[service])
        return 0

    lines, paid = [], 0
    for c in customers:
        flags = c["flags"].split()
        p = percent(c["tier"], flags, minutes[c["service"]])
        if not p:
            continue
        amount = (int(c["fee_cents"]) - int(c["addons_cents"])) * p // 1000 * 10
        state = "held" if "overdue" in flags else "small" if amount < 500 else "pay"
        if state == "pay":
            paid += amount
        lines.append((-amount, c["customer"], "%s|%d|%d|%s|%s\n" % (
            c["customer"], minutes[c["service"]], p, money(amount), state)))
    lines.sort()
    os.makedirs(OUT, exist_ok=True)
    path = os.path.join(OUT, "payback-%s.txt" % month)
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as f:
            f.write("".join(x[2] for x in lines) + "=%d|%s\n" % (len(lines), money(paid)))
    except FileExistsError:
        print("%s is there already" % path, file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
