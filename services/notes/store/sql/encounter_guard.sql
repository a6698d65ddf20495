-- Ends the unit, SL005, unless practitioner $3 may read the record of the athlete of encounter $2 at $4.
-- What is not known passes. By encounter_key and what access_of names. Locks: none.
SELECT require(NOT EXISTS (
	SELECT FROM encounter
	WHERE encounter.organisation_id = $1::uuid AND encounter.encounter_id = $2::uuid AND NOT EXISTS (
		SELECT FROM access_of($1::uuid, $3::uuid, encounter.athlete_id, $4::timestamptz)
	)
), 'SL005', 'the reader has no access to this record')
