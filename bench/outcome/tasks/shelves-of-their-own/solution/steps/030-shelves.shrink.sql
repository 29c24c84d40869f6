-- step 030 shrink
-- touches: parcels, shelf
-- needs: 020

DROP TRIGGER mirror_parcels_upd;
DROP TRIGGER mirror_parcels_ins;
ALTER TABLE parcels DROP COLUMN shelf;
