-- Whether practitioner $2 is known: one row. By practitioner_key. Locks: none.
SELECT EXISTS (
	SELECT FROM practitioner WHERE organisation_id = $1 AND practitioner_id = $2::uuid
)
