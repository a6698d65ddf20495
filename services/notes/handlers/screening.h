/* What RecordScreening and AnswerScreening have in common: a screening of a visit, judged and kept.
 *
 *     struct screening_given given = {.athlete_id = …, .answers = …};
 *     struct screening_taken taken;
 *     struct status status = screening_take(call, &given, &taken);
 *     if (status_is_ok(status))
 *             status = screening_commit(call, &taken, &reply->base);   // reply filled before
 */
#ifndef SOLEUS_NOTES_HANDLERS_SCREENING_H
#define SOLEUS_NOTES_HANDLERS_SCREENING_H

#include "events/command.h"
#include "notes/rules/caution.h"
#include "notes/store/visit.h"

struct screening_given {
	const char *athlete_id;
	const char *appointment_id; /* or else: */
	const char *encounter_id;   /* of a walk-in; "" with an appointment */
	struct caution_answers answers;
	bool by_staff;
	/* Who treats can find that what was found before is no longer so. Of others it is joined to
	 * theirs: to an athlete's what staff found, to the desk's whatever anybody did. */
	bool lifts;
	const char *language; /* of the questions; "" where staff asked */
	const char *recorded_by;
};

struct screening_taken {
	struct screening_row row;
	struct caution_result result;
	const char *appointment_id; /* "": a walk-in */
};

/* FIBER. Judges; NOT_FOUND when there is no such athlete, or no such visit of the athlete. */
FIBER struct status screening_take(struct call *call, const struct screening_given *given,
				   struct screening_taken *ret_taken);

/* FIBER. Keeps it, with its event and its line in the audit trail. */
FIBER struct status screening_commit(struct call *call, const struct screening_taken *taken,
				     ProtobufCMessage *reply);

#endif
