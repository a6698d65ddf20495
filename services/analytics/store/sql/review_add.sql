-- O5: raises a review. A second open one of the same athlete, area and side fails by
-- review_one_open, the same one again by review_key. Locks: the new row.
INSERT INTO review (organisation_id, review_id, athlete_id, clinic_id, area, side, visits, raised_at,
	advice)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
