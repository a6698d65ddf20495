-- An organisation's words, longer phrases first: the narrower one decides. training_word_key.
SELECT phrase, kind FROM training_word WHERE organisation_id = $1
ORDER BY length(phrase) DESC, phrase LIMIT 1000
