-- Two records of one athlete (events' 0004_alias.sql) are one person, who is at one place at a time, has one
-- training and one count of what a plan allows. Rows keep the athlete_id under which they were written, so
-- that an unmerge parts them exactly; merged_into is the survivor's id while they are merged, and person_id
-- is what the person's rows are found by, but for visits that a merge found to be twice: lists ask for those too.

-- Whoever writes a row of an athlete's shares this lock until the end; a merge and an unmerge have it alone.
-- Else a visit in flight would be written as a stranger's behind the back of a merge. One for each
-- organisation: a batch holds few.
CREATE FUNCTION person_lock(organisation uuid) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN hashtextextended('merge:' || organisation::text, 0);

-- Before the write, whatever path it takes. VOLATILE: it sees a merge that it has waited for.
CREATE FUNCTION person_of_row() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM pg_advisory_xact_lock_shared(person_lock(NEW.organisation_id));
	NEW.merged_into := (SELECT survivor_id FROM athlete_alias
		WHERE organisation_id = NEW.organisation_id AND athlete_id = NEW.athlete_id);
	RETURN NEW;
END $$;

-- The person whose id this is. Inlined by the planner, in FROM; as a scalar subquery in a condition an index
-- takes it.
CREATE FUNCTION person_of(organisation uuid, athlete uuid) RETURNS TABLE (person_id uuid)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
AS $$
	SELECT coalesce((SELECT survivor_id FROM athlete_alias AS known
		WHERE known.organisation_id = organisation AND known.athlete_id = athlete), athlete)
$$;

DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['appointment', 'training_session', 'visit_plan', 'open_review',
		'waitlist_entry']
	LOOP
		EXECUTE format('ALTER TABLE %I ADD merged_into uuid', name);
		EXECUTE format('ALTER TABLE %I ADD person_id uuid NOT NULL
			GENERATED ALWAYS AS (coalesce(merged_into, athlete_id)) STORED', name);
		EXECUTE format('GRANT UPDATE (merged_into) ON %I TO {{service}}', name);
		EXECUTE format('CREATE TRIGGER %I BEFORE INSERT ON %I
			FOR EACH ROW EXECUTE FUNCTION person_of_row()', name || '_person', name);
	END LOOP;
END $$;

-- Visits at the same time under two records stay as they are when these are merged: the merged
-- record's remain apart until they are moved, for a check-in must not fail by what a merge has made.
CREATE TRIGGER appointment_person_moves BEFORE UPDATE OF starts_at, ends_at ON appointment
	FOR EACH ROW WHEN (OLD.starts_at <> NEW.starts_at) EXECUTE FUNCTION person_of_row();
DROP TRIGGER appointment_moves ON appointment;
CREATE TRIGGER appointment_moves BEFORE UPDATE ON appointment
	FOR EACH ROW WHEN (OLD.merged_into IS NOT DISTINCT FROM NEW.merged_into
		OR (OLD.state, OLD.starts_at) IS DISTINCT FROM (NEW.state, NEW.starts_at))
	EXECUTE FUNCTION appointment_move();

ALTER TABLE appointment
	DROP CONSTRAINT appointment_athlete,
	ADD CONSTRAINT appointment_athlete EXCLUDE USING gist (person_id WITH =,
		tstzrange(starts_at, ends_at) WITH &&, organisation_id WITH =)
		WHERE (state IN ('held', 'booked', 'checked_in', 'completed'));
DROP INDEX appointment_by_athlete, training_session_near, visit_plan_of_athlete, waitlist_entry_of_athlete;
CREATE INDEX appointment_by_athlete ON appointment (organisation_id, person_id, starts_at);
CREATE INDEX training_session_near ON training_session (organisation_id, person_id, starts_at);
CREATE INDEX visit_plan_of_athlete ON visit_plan (organisation_id, person_id);
CREATE INDEX waitlist_entry_of_athlete ON waitlist_entry (organisation_id, person_id, joined_at);
CREATE INDEX open_review_of_person ON open_review (organisation_id, person_id, raised_at);
-- What record `athlete` has with person `from_person` goes to person `to_person`, one of the two the record
-- itself, under the lock that the caller has taken. Of visits at the same time the record's stay where they are.
CREATE FUNCTION person_put(organisation uuid, athlete uuid, from_person uuid, to_person uuid) RETURNS void
LANGUAGE sql SET search_path FROM CURRENT
AS $$
	UPDATE training_session SET merged_into = nullif(to_person, athlete)
	WHERE organisation_id = organisation AND person_id = from_person AND athlete_id = athlete;
	UPDATE visit_plan SET merged_into = nullif(to_person, athlete)
	WHERE organisation_id = organisation AND person_id = from_person AND athlete_id = athlete;
	UPDATE open_review SET merged_into = nullif(to_person, athlete)
	WHERE organisation_id = organisation AND person_id = from_person AND athlete_id = athlete;
	UPDATE waitlist_entry SET merged_into = nullif(to_person, athlete)
	WHERE organisation_id = organisation AND person_id = from_person AND athlete_id = athlete;
	UPDATE appointment AS mine SET merged_into = nullif(to_person, athlete)
	WHERE organisation_id = organisation AND person_id = from_person AND athlete_id = athlete
		AND NOT (state IN ('held', 'booked', 'checked_in', 'completed') AND EXISTS (
			SELECT FROM appointment AS theirs
			WHERE theirs.organisation_id = organisation AND theirs.person_id = to_person
				AND theirs.state IN ('held', 'booked', 'checked_in', 'completed')
				AND theirs.starts_at > mine.starts_at - interval '12 hours'
				AND theirs.starts_at < mine.ends_at AND theirs.ends_at > mine.starts_at
		));
$$;

-- Who is merged already. The owner sees all rows while row-level security is not forced upon it.
DO $$
DECLARE name text;
DECLARE tables text[] = ARRAY['appointment', 'training_session', 'visit_plan', 'open_review',
	'waitlist_entry', 'athlete_alias'];
BEGIN
	FOREACH name IN ARRAY tables LOOP
		EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', name);
	END LOOP;
	PERFORM person_put(organisation_id, athlete_id, athlete_id, survivor_id) FROM athlete_alias;
	FOREACH name IN ARRAY tables LOOP
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
	END LOOP;
END $$;
