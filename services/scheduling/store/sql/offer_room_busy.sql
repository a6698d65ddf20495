-- When the rooms of clinics $2 (NULL for all) are busy within [$3, $4), in the order of
-- offer_rooms, by appointment_room_busy.
SELECT a.room_id, a.blocked_from, a.blocked_until
FROM room r JOIN appointment a ON a.organisation_id = r.organisation_id AND a.room_id = r.room_id
WHERE r.organisation_id = $1 AND a.organisation_id = $1
	AND ($2::uuid[] IS NULL OR r.clinic_id = ANY ($2))
	AND a.state IN ('booked', 'checked_in', 'completed')
	AND a.blocked_from < $4 AND a.blocked_from > $3::timestamptz - interval '12 hours'
	AND a.blocked_until > $3
ORDER BY r.clinic_id, r.room_id, a.blocked_from
