-- A visit's time is free again, at $9, while it lies ahead and somebody waits for its service:
-- appointment $2 in version $3, practitioner $4, clinic $5, service $6, from $7 to $8.
-- waitlist_entry_waiting, freed_slot_key. Locks nothing but the new row.
INSERT INTO freed_slot (organisation_id, slot_id, version, practitioner_id, clinic_id, service_id,
	starts_at, ends_at, freed_at, look_at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $9
WHERE $7::timestamptz > $9 AND (SELECT true FROM waitlist_entry WHERE organisation_id = $1
	AND service_id = $6 AND state IN ('waiting', 'offered') LIMIT 1)
ON CONFLICT ON CONSTRAINT freed_slot_key DO NOTHING
