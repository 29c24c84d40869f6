"""Histories like those of three public repositories: every figure that a claim of ../shared/fixtures/claims is about has
the same value. Written by `git fast-import`, since thousands of commits one by one would take minutes."""

import datetime
import os
import subprocess


def day(text):
    return (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days


def year(number):
    return day(f"{number}-01-01"), day(f"{number}-12-31")


class Plan:
    """How many commits each day has, and what is special about some of them."""

    def __init__(self, first, last):
        self.first, self.last, self.counts = first, last, {}
        self.authors, self.reverts, self.merges, self.lines = {}, {}, 0, {}

    def spread(self, count, first, last):
        """So many commits evenly over these days, both included."""
        days = last - first + 1
        for i in range(count):
            at = first + i * days // count
            self.counts[at] = self.counts.get(at, 0) + 1

    def commits(self):
        return [at for at in sorted(self.counts) for _ in range(self.counts[at])]


def express():
    plan = Plan(day("2009-06-26"), day("2009-06-26") + 6238)
    plan.counts[day("2009-12-01")] = 84
    plan.spread(144, day("2009-12-02"), day("2009-12-07"))
    plan.spread(205, day("2009-12-08"), day("2009-12-18"))
    plan.spread(70, plan.first, day("2009-11-20"))
    for number, count in ((2010, 1679), (2014, 730), (2024, 144), (2025, 102)):
        plan.spread(count, *year(number))
    plan.spread(1500, day("2011-01-01"), day("2013-12-31"))
    plan.spread(1450, day("2015-01-01"), day("2023-12-31"))
    plan.spread(50, day("2026-01-01"), plan.last)
    plan.reverts = {2010: 8, 2012: 11}
    plan.author_count, plan.tag_count, plan.file_count, plan.bots = 389, 304, 200, {2025: 25}
    return plan


def node_exporter():
    plan = Plan(day("2013-03-01"), day("2013-03-01") + 4859)
    plan.spread(39, plan.last - 29, plan.last)
    plan.spread(31, plan.last - 89, plan.last - 30)
    plan.spread(211, day("2016-03-01"), day("2016-05-29"))
    plan.spread(600, plan.first, day("2016-02-28"))
    plan.spread(1651, day("2016-05-30"), plan.last - 90)
    plan.reverts = {2015: 3, 2024: 2}
    plan.author_count, plan.tag_count, plan.file_count, plan.bots = 498, 60, 405, {}
    plan.merges, plan.lines = 513, {"2016": 174719, "last30": 1701}
    plan.last90_authors = 24
    return plan


def superpowers():
    plan = Plan(day("2025-10-09"), day("2025-10-09") + 292)
    days = sorted({plan.first, plan.last, *(plan.first + i * 292 // 74 for i in range(75))})
    in_2025, in_2026 = ([at for at in days if (at <= day("2025-12-31")) == wanted] for wanted in (True, False))
    for count, of in ((231, in_2025), (449, in_2026)):
        for i in range(count):
            plan.counts[of[i * len(of) // count]] = plan.counts.get(of[i * len(of) // count], 0) + 1
    plan.reverts = {2025: 15}
    plan.author_count, plan.tag_count, plan.file_count, plan.bots = 44, 20, 5, {}
    plan.lines = {"week": 92196, "may": 2642}
    return plan


PLANS = {"expressjs/express": express, "prometheus/node_exporter": node_exporter, "obra/superpowers": superpowers}


def periods_of(plan, commits):
    """The first commit of each period with a wanted number of lines writes what the others of it leave."""
    bounds = {"2016": year(2016), "last30": (plan.last - 29, plan.last), "week": (plan.first, plan.first + 6),
              "may": (day("2026-05-05"), day("2026-05-25"))}
    extra = {}
    for name, wanted in plan.lines.items():
        first, last = bounds[name]
        inside = [i for i, at in enumerate(commits) if first <= at <= last]
        extra[inside[0]] = wanted - (len(inside) - 1)
    return extra


def author_of(plan, at, index, bots):
    number = datetime.date.fromordinal(at + 719163).year
    if bots.get(number, 0) > 0:
        bots[number] -= 1
        return "dependabot[bot]", "dependabot[bot]@users.noreply.github.com"
    others = plan.author_count - (1 if plan.bots else 0)
    who = index % others
    if hasattr(plan, "last90_authors") and at > plan.last - 90:
        who = index % plan.last90_authors
    return f"Author {who}", f"author{who}@example.org"


def subject_of(plan, at, reverts):
    number = datetime.date.fromordinal(at + 719163).year
    if reverts.get(number, 0) > 0:
        reverts[number] -= 1
        return 'Revert "Something"'
    return "Change something"


def build(name, folder):
    plan = PLANS[name]()
    commits = plan.commits()
    extra, bots, reverts, merges = periods_of(plan, commits), dict(plan.bots), dict(plan.reverts), plan.merges
    out = []
    for index, at in enumerate(commits):
        who, mail = author_of(plan, at, index, bots)
        message = subject_of(plan, at, reverts)
        stamp = f"{who} <{mail}> {at * 86400 + 43200} +0000"
        is_merge = merges > 0 and index > 10 and index % 4 == 0 and at < plan.last - 90 and index not in extra
        out.append(f"commit refs/heads/main\nmark :{index + 1}\nauthor {stamp}\ncommitter {stamp}\n"
                   f"data {len(message)}\n{message}\n")
        if index > 0:
            out.append(f"from :{index}\n")
        if is_merge:
            merges -= 1
            out.append(f"merge :{index - 5}\n\n")
            continue
        count = extra.get(index, 1)
        text = "".join(f"line {i} of {index} says something of its own\n" for i in range(count))
        out.append(f"M 100644 inline f{index % plan.file_count}.txt\ndata {len(text)}\n{text}\n\n")
    for i in range(plan.tag_count):
        out.append(f"reset refs/tags/v{i}\nfrom :{1 + i * (len(commits) - 1) // plan.tag_count}\n\n")
    os.makedirs(folder)
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    subprocess.run(["git", "-C", folder, "fast-import", "--quiet"], input="".join(out).encode(), check=True)
    return folder
