CREATE TABLE bookings (
    id        INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    day       TEXT NOT NULL
);

CREATE TABLE booking_guests (
    booking_id INTEGER NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
    name       TEXT NOT NULL
);

CREATE TABLE lockers (
    number    INTEGER PRIMARY KEY,
    member_id INTEGER REFERENCES members (id) ON DELETE SET NULL
);
