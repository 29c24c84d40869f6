#!/usr/bin/env python3
"""Check that every gate file can be read as INI."""
import configparser
import pathlib
import sys

bad = 0
for path in sorted(pathlib.Path(__file__).resolve().parent.parent.glob("gates/*.ini")):
    ini = configparser.ConfigParser(interpolation=None)
    ini.optionxform = str
    try:
        ini.read_string(path.read_text(encoding="utf-8"))
    except configparser.Error as err:
        bad += 1
        print(f"{path.name}: {err}")
sys.exit(1 if bad else 0)
