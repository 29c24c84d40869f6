"""migrate.py DATABASE: applies the migrations that are missing"""
import os
import sqlite3
import sys

from club.db import connect

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "migrations")


def statements(text):
    part = ""
    for line in text.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part
            part = ""
    if part.strip():
        yield part


def migrate(path, folder=FOLDER):
    con = connect(path)
    con.execute("CREATE TABLE IF NOT EXISTS migrations_done (name TEXT PRIMARY KEY)")
    done = {row[0] for row in con.execute("SELECT name FROM migrations_done")}
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".sql") or name in done:
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            text = f.read()
        con.execute("BEGIN IMMEDIATE")
        try:
            for statement in statements(text):
                con.execute(statement)
            con.execute("INSERT INTO migrations_done VALUES (?)", (name,))
        except BaseException:
            con.execute("ROLLBACK")
            raise
        con.execute("COMMIT")
        print("applied", name)
    con.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: migrate.py DATABASE")
    migrate(sys.argv[1])
