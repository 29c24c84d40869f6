-- step 030 grow
-- touches: parcels, shelf
-- needs: 020

CREATE TABLE shelf (
    id          INTEGER PRIMARY KEY,
    row_sign    TEXT NOT NULL CHECK (row_sign = upper(row_sign)),
    bay_no      INTEGER NOT NULL,
    limit_g     INTEGER NOT NULL DEFAULT 30000,
    cooled_flag TEXT NOT NULL DEFAULT 'N' CHECK (cooled_flag IN ('Y', 'N')),
    version_no  INTEGER NOT NULL DEFAULT 1,
    born_at     INTEGER NOT NULL
                DEFAULT (CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER))
) STRICT;

CREATE UNIQUE INDEX ux_shelf__row_sign__bay_no ON shelf (row_sign, bay_no);

CREATE TRIGGER bump_shelf AFTER UPDATE ON shelf
WHEN NEW.version_no = OLD.version_no
BEGIN
    UPDATE shelf SET version_no = OLD.version_no + 1 WHERE id = NEW.id;
END;

ALTER TABLE parcels ADD COLUMN shelf_ref INTEGER REFERENCES shelf (id) ON DELETE RESTRICT;
ALTER TABLE parcels ADD COLUMN collect_on INTEGER;

CREATE INDEX ix_parcels__shelf_ref ON parcels (shelf_ref);

CREATE TRIGGER mirror_parcels_ins AFTER INSERT ON parcels
BEGIN
    INSERT INTO shelf (row_sign, bay_no, cooled_flag)
    SELECT substr(upper(trim(NEW.shelf)), 1, 1), CAST(substr(trim(NEW.shelf), 3) AS INTEGER),
           CASE WHEN upper(trim(NEW.shelf)) GLOB 'K-*' THEN 'Y' ELSE 'N' END
    WHERE upper(trim(NEW.shelf)) GLOB '[A-Z]-[0-9]*'
      AND substr(trim(NEW.shelf), 3) NOT GLOB '*[^0-9]*'
    ON CONFLICT DO NOTHING;
    UPDATE parcels
       SET shelf_ref = (SELECT id FROM shelf
                         WHERE upper(trim(NEW.shelf)) GLOB '[A-Z]-[0-9]*'
                           AND substr(trim(NEW.shelf), 3) NOT GLOB '*[^0-9]*'
                           AND row_sign = substr(upper(trim(NEW.shelf)), 1, 1)
                           AND bay_no = CAST(substr(trim(NEW.shelf), 3) AS INTEGER)),
           collect_on = CAST(strftime('%Y%m%d', NEW.arrived_at, '+10 days') AS INTEGER)
     WHERE id = NEW.id;
END;

CREATE TRIGGER mirror_parcels_upd AFTER UPDATE OF shelf, arrived_at ON parcels
BEGIN
    INSERT INTO shelf (row_sign, bay_no, cooled_flag)
    SELECT substr(upper(trim(NEW.shelf)), 1, 1), CAST(substr(trim(NEW.shelf), 3) AS INTEGER),
           CASE WHEN upper(trim(NEW.shelf)) GLOB 'K-*' THEN 'Y' ELSE 'N' END
    WHERE upper(trim(NEW.shelf)) GLOB '[A-Z]-[0-9]*'
      AND substr(trim(NEW.shelf), 3) NOT GLOB '*[^0-9]*'
    ON CONFLICT DO NOTHING;
    UPDATE parcels
       SET shelf_ref = (SELECT id FROM shelf
                         WHERE upper(trim(NEW.shelf)) GLOB '[A-Z]-[0-9]*'
                           AND substr(trim(NEW.shelf), 3) NOT GLOB '*[^0-9]*'
                           AND row_sign = substr(upper(trim(NEW.shelf)), 1, 1)
                           AND bay_no = CAST(substr(trim(NEW.shelf), 3) AS INTEGER)),
           collect_on = CAST(strftime('%Y%m%d', NEW.arrived_at, '+10 days') AS INTEGER)
     WHERE id = NEW.id;
END;
