-- The table is built anew; migrate.py has foreign keys off meanwhile.

CREATE TABLE new_members (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    email      TEXT NOT NULL COLLATE NOCASE UNIQUE,
    state      TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'left')),
    sponsor_id INTEGER REFERENCES members (id) ON DELETE SET NULL
);

INSERT INTO new_members (id, name, email, state, sponsor_id)
SELECT id, name,
       CASE
           WHEN email IS NULL THEN 'unknown-' || id || '@invalid'
           WHEN EXISTS (SELECT 1 FROM members o
                         WHERE o.id < m.id AND o.email = m.email COLLATE NOCASE)
               THEN 'dup-' || id || '-' || email
           ELSE email
       END,
       state, sponsor_id
  FROM members m;

-- ids of members who left for good are not given out again
DELETE FROM sqlite_sequence WHERE name = 'new_members';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'new_members', seq FROM sqlite_sequence WHERE name = 'members';

DROP VIEW active_members;
DROP TABLE members;
ALTER TABLE new_members RENAME TO members;

CREATE INDEX members_by_name ON members (name);

CREATE TRIGGER members_log_name AFTER UPDATE OF name ON members
WHEN OLD.name <> NEW.name
BEGIN
    INSERT INTO name_log VALUES (OLD.id, OLD.name, NEW.name);
END;

CREATE VIEW active_members AS
SELECT id, name, email FROM members WHERE state = 'active';
