-- Second of a change, before the clinics of now are inserted. practitioner_clinic_key.
DELETE FROM practitioner_clinic WHERE organisation_id = $1 AND practitioner_id = $2
