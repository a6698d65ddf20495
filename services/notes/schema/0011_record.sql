-- All of one athlete's screenings, for the export of a record.
CREATE INDEX screening_by_athlete ON screening (organisation_id, athlete_id, recorded_at, screening_id);
