-- Treatment of encounter $2 of organisation $1: appointment $3, athlete $4, clinic $5, at $6, thorax
-- $7, areas $8, first days of the plan's steps $9.
-- Index: treatment_pkey. Locks: the row.
INSERT INTO treatment (organisation_id, encounter_id, appointment_id, athlete_id, clinic_id, treated_at,
	thorax, areas, plan_days)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (organisation_id, encounter_id) DO UPDATE
SET thorax = excluded.thorax, areas = excluded.areas, plan_days = excluded.plan_days
