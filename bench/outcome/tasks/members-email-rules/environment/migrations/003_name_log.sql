CREATE TABLE name_log (
    member_id INTEGER NOT NULL,
    old_name  TEXT NOT NULL,
    new_name  TEXT NOT NULL
);

CREATE TRIGGER members_log_name AFTER UPDATE OF name ON members
WHEN OLD.name <> NEW.name
BEGIN
    INSERT INTO name_log VALUES (OLD.id, OLD.name, NEW.name);
END;

CREATE VIEW active_members AS
SELECT id, name, email FROM members WHERE state = 'active';
