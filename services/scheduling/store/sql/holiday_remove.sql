-- Holidays that are taken back; one that is gone already is. absence_key.
DELETE FROM absence WHERE organisation_id = $1 AND absence_id IN (SELECT unnest($2::uuid[]))
