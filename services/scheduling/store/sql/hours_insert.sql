-- Third: the new ones.
INSERT INTO working_hours (organisation_id, practitioner_id, clinic_id, weekday, opens, closes)
SELECT $1::uuid, $2::uuid, $3::uuid, weekday, opens, closes
FROM unnest($4::int[], $5::time[], $6::time[]) AS new (weekday, opens, closes)
