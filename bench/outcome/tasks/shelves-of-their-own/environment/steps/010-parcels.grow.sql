CREATE TABLE parcels (
    id          INTEGER PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE,
    shelf       TEXT,
    arrived_at  TEXT NOT NULL,          -- '2024-05-31 14:02:11', UTC
    is_fragile  INTEGER NOT NULL DEFAULT 0
);
