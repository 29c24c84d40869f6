#!/usr/bin/env python3
"""Print a dump as hex, sixteen bytes a line."""
import sys


def main():
    data = open(sys.argv[1], "rb").read()
    for i in range(0, len(data), 16):
        chunk = data[i:i + 16]
        print(f"{i:06x}  {chunk.hex(' '):<47}  "
              + "".join(chr(b) if 32 <= b < 127 else "." for b in chunk))


if __name__ == "__main__":
    main()
