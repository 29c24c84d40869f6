"""What the app does with parcels."""


def arrive(con, code, shelf, arrived_at, fragile=False):
    cur = con.execute(
        "INSERT INTO parcels (code, shelf, arrived_at, is_fragile) VALUES (?, ?, ?, ?)",
        (code, shelf, arrived_at, int(fragile)))
    return cur.lastrowid


def move(con, code, shelf):
    con.execute("UPDATE parcels SET shelf = ? WHERE code = ?", (shelf, code))


def where_is(con, code):
    row = con.execute("SELECT shelf FROM parcels WHERE code = ?", (code,)).fetchone()
    return row[0] if row else None


def collected(con, code):
    con.execute("DELETE FROM loss_notes WHERE parcel_id ="
                " (SELECT id FROM parcels WHERE code = ?)", (code,))
    con.execute("DELETE FROM parcels WHERE code = ?", (code,))
