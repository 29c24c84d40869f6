CREATE TABLE IF NOT EXISTS orders (
    id        INTEGER PRIMARY KEY,
    state     TEXT NOT NULL,             -- draft, paid, shipped, cancelled
    currency  TEXT NOT NULL,
    discount  INTEGER NOT NULL DEFAULT 0,
    shipping  INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS order_lines (
    id         INTEGER PRIMARY KEY,
    order_id   INTEGER NOT NULL REFERENCES orders (id),
    sku        TEXT NOT NULL,
    qty        INTEGER NOT NULL,
    unit_price INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS refunds (
    id        INTEGER PRIMARY KEY,
    order_id  INTEGER NOT NULL REFERENCES orders (id),
    reason    TEXT NOT NULL,
    amount    INTEGER NOT NULL,
    fee       INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS refund_lines (
    refund_id INTEGER NOT NULL REFERENCES refunds (id),
    line_id   INTEGER NOT NULL REFERENCES order_lines (id),
    qty       INTEGER NOT NULL,
    amount    INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS once_used (
    once   TEXT PRIMARY KEY,
    path   TEXT NOT NULL,
    body   TEXT NOT NULL,
    answer TEXT NOT NULL
);
