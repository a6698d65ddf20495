-- A screening that the athlete answered from home: which questions are open, and the language of those
-- that were asked ('' where staff asked). Nobody is cleared while there are open ones.
ALTER TABLE screening
	ADD open_items text[] NOT NULL,
	ADD language   text   NOT NULL,
	DROP CONSTRAINT screening_outcome_check,
	ADD CONSTRAINT screening_outcome CHECK (outcome IN ('clear', 'proceed_with_care', 'assess_first',
		'incomplete', 'refer', 'defer', 'do_not_treat')),
	ADD CONSTRAINT screening_open CHECK (cardinality(open_items) = 0
		OR outcome IN ('incomplete', 'refer', 'defer', 'do_not_treat'));

-- What rule packs ask of: a clinic's jurisdiction (its zone says which day it is there), the hours that
-- a practitioner has learned, the copy of a consent. A note keeps the pack that was in force when its
-- treatment was; jurisdiction beside it shows when the neutral default stood in for another.
ALTER TABLE clinic
	ADD jurisdiction text NOT NULL DEFAULT '',
	ADD zone         text NOT NULL DEFAULT 'UTC';
ALTER TABLE practitioner ADD needling_training_hours int NOT NULL DEFAULT 0;
ALTER TABLE treatment_consent ADD copy_given boolean NOT NULL DEFAULT false;
ALTER TABLE note
	ADD pack_code    text NOT NULL,
	ADD pack_version int  NOT NULL,
	ADD jurisdiction text NOT NULL;

GRANT UPDATE (needling_training_hours) ON practitioner TO {{service}};
