import sqlite3

SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    id          INTEGER PRIMARY KEY,
    source      TEXT NOT NULL,
    number      INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    parcel      TEXT NOT NULL,
    happened_at TEXT NOT NULL,
    weight_g    INTEGER,
    note        TEXT
);
"""


def connect(path):
    con = sqlite3.connect(path)
    con.executescript(SCHEMA)
    return con


def add(con, source, number, kind, parcel, happened_at, weight_g=None, note=None):
    con.execute(
        "INSERT INTO events (source, number, kind, parcel, happened_at, weight_g, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (source, number, kind, parcel, happened_at, weight_g, note))
