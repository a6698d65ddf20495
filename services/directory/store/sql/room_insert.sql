-- Fails by room_clinic when the clinic is not the organisation's, by room_name when it has one.
INSERT INTO room (organisation_id, clinic_id, room_id, name, made_at, kind, capacity, equipment)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
