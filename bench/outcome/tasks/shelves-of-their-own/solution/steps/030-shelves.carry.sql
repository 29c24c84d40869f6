-- step 030 carry
-- touches: parcels, shelf
-- needs: 020

-- at most 100 shelves and 400 parcels in one run
INSERT INTO shelf (row_sign, bay_no, cooled_flag)
SELECT DISTINCT substr(upper(trim(shelf)), 1, 1), CAST(substr(trim(shelf), 3) AS INTEGER),
       CASE WHEN upper(trim(shelf)) GLOB 'K-*' THEN 'Y' ELSE 'N' END
  FROM parcels
 WHERE shelf_ref IS NULL
   AND upper(trim(shelf)) GLOB '[A-Z]-[0-9]*'
   AND substr(trim(shelf), 3) NOT GLOB '*[^0-9]*'
   AND NOT EXISTS (SELECT 1 FROM shelf s
                    WHERE s.row_sign = substr(upper(trim(parcels.shelf)), 1, 1)
                      AND s.bay_no = CAST(substr(trim(parcels.shelf), 3) AS INTEGER))
 LIMIT 100;

UPDATE parcels
   SET collect_on = CAST(strftime('%Y%m%d', arrived_at, '+10 days') AS INTEGER),
       shelf_ref = (SELECT s.id FROM shelf s
                     WHERE upper(trim(parcels.shelf)) GLOB '[A-Z]-[0-9]*'
                       AND substr(trim(parcels.shelf), 3) NOT GLOB '*[^0-9]*'
                       AND s.row_sign = substr(upper(trim(parcels.shelf)), 1, 1)
                       AND s.bay_no = CAST(substr(trim(parcels.shelf), 3) AS INTEGER))
 WHERE id IN (
    SELECT p.id FROM parcels p
     WHERE p.collect_on IS NULL
        OR (p.shelf_ref IS NULL AND EXISTS (
            SELECT 1 FROM shelf s
             WHERE upper(trim(p.shelf)) GLOB '[A-Z]-[0-9]*'
               AND substr(trim(p.shelf), 3) NOT GLOB '*[^0-9]*'
               AND s.row_sign = substr(upper(trim(p.shelf)), 1, 1)
               AND s.bay_no = CAST(substr(trim(p.shelf), 3) AS INTEGER)))
     LIMIT 400);
