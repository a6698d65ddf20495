-- Opens the record of a visit. A second one of the same visit fails by encounter_appointment.
-- Locks: the new row; waits for an unfinished one of the same visit.
INSERT INTO encounter (organisation_id, encounter_id, appointment_id, athlete_id, practitioner_id,
	clinic_id, opened_at, opened_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
