-- Fails by practitioner_clinic_clinic when one of the clinics is not the organisation's.
INSERT INTO practitioner_clinic (organisation_id, practitioner_id, clinic_id)
SELECT DISTINCT $1::uuid, $2::uuid, clinic_id FROM unnest($3::uuid[]) AS clinic_id
