-- Words of an organisation, new or of another kind; in their order. training_word_key.
INSERT INTO training_word AS old (organisation_id, phrase, kind)
SELECT $1::uuid, phrase, kind FROM unnest($2::text[], $3::text[]) AS new (phrase, kind) ORDER BY phrase
ON CONFLICT (organisation_id, phrase) DO UPDATE SET kind = excluded.kind
WHERE old.kind <> excluded.kind
