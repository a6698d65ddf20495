-- The way from one clinic to another, and back ($5); travel_key, in its order so that two of them do
-- not deadlock.
INSERT INTO travel (organisation_id, from_clinic_id, to_clinic_id, minutes)
SELECT $1::uuid, way.from_clinic_id, way.to_clinic_id, $4::int
FROM (VALUES ($2::uuid, $3::uuid, true), ($3::uuid, $2::uuid, $5::boolean))
	AS way (from_clinic_id, to_clinic_id, wanted)
WHERE way.wanted
ORDER BY way.from_clinic_id
ON CONFLICT (organisation_id, from_clinic_id, to_clinic_id) DO UPDATE SET minutes = excluded.minutes
