#!/usr/bin/env python3
"""Merge two contact lists, see README.md."""
import csv
import sys


def read(path):
    """Columns, rows as (line, dict)."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as f:
            reader = csv.reader(f)
            columns = next(reader, [])
            if "email" not in columns:
                raise ValueError("no email column")
            rows, begin = [], reader.line_num + 1
            for row in reader:
                if row:
                    rows.append((begin, dict(zip(columns, row))))
                begin = reader.line_num + 1
            return columns, rows
    except (OSError, ValueError, csv.Error) as e:
        print(f"{path}: {e}", file=sys.stderr)
        raise SystemExit(2)


def main():
    if len(sys.argv) != 3:
        print("usage: merge.py OLD.csv NEW.csv", file=sys.stderr)
        raise SystemExit(2)
    files = [(p, *read(p)) for p in sys.argv[1:]]
    columns = list(dict.fromkeys(files[0][1] + files[1][1]))
    contacts, code = {}, 0
    for path, _columns, rows in files:
        for line, row in rows:
            email = row["email"] = (row.get("email") or "").strip().lower()
            if not email:
                print(f"{path}:{line}: no email", file=sys.stderr)
                code = 3
                continue
            contact = contacts.setdefault(email, {})
            for column, value in row.items():
                if value.strip() or column not in contact:
                    contact[column] = value
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(columns)
    for email in sorted(contacts):
        out.writerow([contacts[email].get(c, "") for c in columns])
    raise SystemExit(code)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    main()
