-- What source $2 has brought to clinics $3 and is not over at $4; absence_imported.
SELECT x.absence_id, x.clinic_id, x.uid, x.title, x.starts_at, x.ends_at
FROM unnest($3::uuid[]) AS of (clinic_id)
CROSS JOIN LATERAL (
	SELECT absence_id, clinic_id, uid, title, starts_at, ends_at FROM absence
	WHERE organisation_id = $1 AND clinic_id = of.clinic_id AND source = $2 AND source <> ''
) AS x
WHERE x.ends_at > $4
ORDER BY x.clinic_id, x.uid
