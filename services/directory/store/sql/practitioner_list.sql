-- Practitioners by clinic, once for each clinic that they are in; the two keys. Skills as one text,
-- parted by U+001F.
SELECT at.clinic_id, practitioner_id, p.given_name, p.family_name,
	array_to_string(p.skills, chr(31)) AS skills,
	p.needling_training_hours, p.needling_training_place, p.needling_training_on
FROM practitioner_clinic at JOIN practitioner p USING (organisation_id, practitioner_id)
WHERE at.organisation_id = $1
ORDER BY p.family_name, p.given_name, practitioner_id
