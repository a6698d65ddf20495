-- Visit $2 of organisation $1: athlete $3, clinic $4, from $5 to $6, booked at $7, state $8; the version
-- that set this time $9, and whether by a move $10 (0: it is the time that is known).
-- Index: visit_pkey. Locks: the row.
INSERT INTO visit (organisation_id, appointment_id, athlete_id, clinic_id, starts_at, ends_at, booked_at,
	state, version, moved)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (organisation_id, appointment_id) DO UPDATE
SET starts_at = excluded.starts_at, ends_at = excluded.ends_at, clinic_id = excluded.clinic_id,
	state = excluded.state,
	booked_at = CASE excluded.version WHEN 0 THEN visit.booked_at ELSE excluded.booked_at END,
	moved = CASE excluded.version WHEN 0 THEN visit.moved ELSE excluded.moved END,
	version = CASE excluded.version WHEN 0 THEN visit.version ELSE excluded.version END
