-- What came from one athlete, for the export of a record.
CREATE INDEX inbound_text_athlete ON inbound_text (organisation_id, athlete_id, received_at, inbound_id)
	WHERE athlete_id IS NOT NULL;
