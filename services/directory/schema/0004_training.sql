-- What a practitioner has learned of dry needling, as rule packs ask for it: hours (0: not recorded),
-- where, and when it was completed.
ALTER TABLE practitioner
	ADD needling_training_hours int  NOT NULL DEFAULT 0
		CHECK (needling_training_hours BETWEEN 0 AND 10000),
	ADD needling_training_place text NOT NULL DEFAULT '',
	ADD needling_training_on    date;

GRANT UPDATE (needling_training_hours, needling_training_place, needling_training_on)
	ON practitioner TO {{service}};
