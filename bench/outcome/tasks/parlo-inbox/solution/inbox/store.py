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
CREATE TABLE IF NOT EXISTS counts_taken (
    source      TEXT NOT NULL,
    number      INTEGER NOT NULL,
    PRIMARY KEY (source, number)
) WITHOUT ROWID;
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


def take(con, source, number):
    """False if this count was taken before"""
    return con.execute("INSERT OR IGNORE INTO counts_taken VALUES (?, ?)",
                       (source, number)).rowcount == 1


def missing(con, source):
    """[(first, last)] of the counts that have never come, below the highest one"""
    gaps, expected = [], 1
    for (number,) in con.execute(
            "SELECT number FROM counts_taken WHERE source = ? ORDER BY number", (source,)):
        if number > expected:
            gaps.append((expected, number - 1))
        expected = number + 1
    return gaps
