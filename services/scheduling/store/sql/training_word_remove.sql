-- training_word_key.
DELETE FROM training_word WHERE organisation_id = $1 AND phrase = ANY ($2::text[])
