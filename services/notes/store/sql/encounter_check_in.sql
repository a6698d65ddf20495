-- Opens the record of appointment $2 at the check-in, as encounter $6, once. By encounter_appointment.
-- Locks: the new row.
INSERT INTO encounter (organisation_id, encounter_id, appointment_id, athlete_id, practitioner_id,
	clinic_id, opened_at, opened_by)
VALUES ($1, $6, $2, $3, $4, $5, $7, $8)
ON CONFLICT DO NOTHING
