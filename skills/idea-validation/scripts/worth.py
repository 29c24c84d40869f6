#!/usr/bin/env python3
"""Says whether what a test of demand showed can carry a goal, and how many visitors a test needs.

usage: worth.py --goal 5000 --price 29 --margin 0.8 --churn 0.06 --reach 3000 --cost 40 --seen 12/400
       worth.py plan --rate 0.03 --against 0.01
  --goal    profit wanted a month; --price a month, --margin the share left after payment fees, servers and support
  --churn   share of customers that leaves each month; --reach people who see the offer a month through the channels tried
  --cost    for one hundred visitors; --seen buyers or deposits of visitors in the test (sign-ups are not buyers)
  plan      visitors until a rate can be told from the one at which the idea dies (80 % of tests, 5 % by chance)
Rates are taken with their 95 % interval (Wilson). Exit 0: carries even at the lower end; 1: does not even at the upper end;
3: undecided, and how many visitors more would decide; 2: wrong call.
"""
import argparse
import math
import sys


def interval(hits, trials, z=1.96):
    share, spread = hits / trials, z * z / trials
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def needed(rate, against):
    """Visitors for a one-sided test of one share against a fixed one."""
    top = 1.645 * math.sqrt(against * (1 - against)) + 0.842 * math.sqrt(rate * (1 - rate))
    return math.ceil((top / (rate - against)) ** 2)


def figure(text):
    """0.06 or 6%."""
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def main(arguments):
    planning = arguments[:1] == ["plan"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = ("rate", "against") if planning else ("goal", "price", "margin", "churn", "reach", "cost")
    for name in names:
        parser.add_argument("--" + name, type=figure, required=True)
    if not planning:
        parser.add_argument("--seen", required=True)
    a = parser.parse_args(arguments[1:] if planning else arguments)
    if planning:
        if not 0 < a.against < a.rate < 1:
            parser.error("0 < --against < --rate < 1")
        print("%d visitors" % needed(a.rate, a.against))
        return 0
    try:
        hits, trials = (int(part) for part in a.seen.split("/"))
    except ValueError:
        parser.error("--seen BUYERS/VISITORS")
    if not (0 <= hits <= trials and trials > 0 and 0 < a.churn < 1 and 0 < a.margin <= 1 and min(a.price, a.reach, a.goal) > 0 and a.cost >= 0):
        parser.error("0 <= buyers <= visitors; 0 < churn < 1; 0 < margin <= 1; price, reach and goal above 0 (shares as 0.06 or 6%; "
                     "without any customer who leaves yet, take the churn of similar products)")
    month, customer = a.price * a.margin, a.price * a.margin / a.churn  # from one customer a month, and until they leave
    spent = a.reach * a.cost / 100
    stay = (a.goal + spent) / month  # customers at which it carries the goal
    rate = stay * a.churn / a.reach  # buyers of visitors that keep this number: as many come as leave
    low, high = interval(hits, trials)
    print("needed: %d customers, that is %.2f %% of visitors buying; a customer brings %.0f and costs %.0f to win at that rate" %
          (math.ceil(stay), 100 * rate, customer, a.cost / 100 / rate))
    print("seen: %d of %d, %.2f to %.2f %%: %d to %d customers when as many leave as come" %
          (hits, trials, 100 * low, 100 * high, low * a.reach / a.churn, high * a.reach / a.churn))
    if low >= rate:
        print("carries")
        return 0
    if high < rate or rate >= 1:
        print("does not carry: another price, channel or buyer, or stop")
        return 1
    share = max(hits, 1) / trials
    more = needed(max(share, rate), min(share, rate)) if abs(share - rate) > 1e-9 else 10 ** 6
    print("undecided: %s" % ("about %d visitors more" % max(more - trials, trials) if more < 10 ** 6 else "no test will decide; the figures are equal"))
    return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
