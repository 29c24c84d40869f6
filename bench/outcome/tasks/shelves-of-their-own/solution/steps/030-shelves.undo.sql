-- step 030 undo
-- touches: parcels, shelf
-- needs: 020

DROP TRIGGER mirror_parcels_upd;
DROP TRIGGER mirror_parcels_ins;
DROP INDEX ix_parcels__shelf_ref;
ALTER TABLE parcels DROP COLUMN collect_on;
ALTER TABLE parcels DROP COLUMN shelf_ref;
DROP TABLE shelf;
