-- What scheduling asks of rooms and practitioners beside time; both can change.
ALTER TABLE room
	ADD kind      text   NOT NULL DEFAULT '',
	ADD capacity  int    NOT NULL DEFAULT 1 CHECK (capacity BETWEEN 1 AND 50),
	ADD equipment text[] NOT NULL DEFAULT '{}';
ALTER TABLE practitioner ADD skills text[] NOT NULL DEFAULT '{}';

GRANT UPDATE (name, kind, capacity, equipment) ON room TO {{service}};
GRANT UPDATE (given_name, family_name, skills) ON practitioner TO {{service}};
GRANT DELETE ON practitioner_clinic TO {{service}};
