-- A record opened by break-glass. Locks: the new row.
INSERT INTO glass (organisation_id, glass_id, practitioner_id, athlete_id, reason, broken_at, until_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
