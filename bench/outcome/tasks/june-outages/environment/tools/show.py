"""show.py SERVICE: its incidents"""
import csv
import os
import sys

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: show.py SERVICE")
    with open(os.path.join(DATA, "incidents.csv"), newline="", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            if row["service"] == sys.argv[1]:
                print(row["id"], row["kind"], row["first_alert"] or "-",
                      row["first_ticket"] or "-", row["recovered"])
