CREATE TABLE loss_notes (
    id          INTEGER PRIMARY KEY,
    parcel_id   INTEGER NOT NULL REFERENCES parcels (id),
    text        TEXT NOT NULL,
    created     TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX idx_loss_parcel ON loss_notes (parcel_id);
