#!/usr/bin/env python3
"""Turn one station dump into the sheet for hydrology."""
import sys


def main(argv):
    raise SystemExit("tlg2csv.py: not written yet")


if __name__ == "__main__":
    main(sys.argv[1:])
