-- Practitioners by clinic, once for each clinic that they are in; the two keys.
SELECT at.clinic_id, practitioner_id, p.given_name, p.family_name
FROM practitioner_clinic at JOIN practitioner p USING (organisation_id, practitioner_id)
WHERE at.organisation_id = $1
ORDER BY p.family_name, p.given_name, practitioner_id
