import os
import sqlite3

SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "schema.sql")


def connect(path):
    con = sqlite3.connect(path)
    con.row_factory = sqlite3.Row
    con.execute("PRAGMA foreign_keys = ON")
    return con


def init(path):
    con = connect(path)
    with open(SCHEMA, encoding="utf-8") as f:
        con.executescript(f.read())
    con.close()
