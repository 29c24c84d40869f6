CREATE TABLE members (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    email      TEXT,
    state      TEXT NOT NULL DEFAULT 'active',
    sponsor_id INTEGER REFERENCES members (id) ON DELETE SET NULL
);

CREATE INDEX members_by_name ON members (name);
