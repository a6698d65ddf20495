-- Ends the unit, SL005, unless practitioner $3 may read the record of the athlete of encounter $2 at $4, or at $5
-- where the encounter is another's: 'infinity' asks there for a right that lasts, of no broken glass and no visit
-- that was only opened. What is not known passes. By encounter_key and what access_of names. Locks: none.
SELECT require(NOT EXISTS (
	SELECT FROM encounter
	WHERE encounter.organisation_id = $1::uuid AND encounter.encounter_id = $2::uuid AND NOT EXISTS (
		SELECT FROM access_of($1::uuid, $3::uuid, encounter.athlete_id,
			CASE WHEN encounter.practitioner_id = $3::uuid THEN $4 ELSE $5 END::timestamptz)
	)
), 'SL005', 'the reader has no access to this record')
