/* What SignNote and AmendNote share: a note that may be signed is sealed, kept with its parts, and
 * told of, in one transaction.
 *
 *     struct signing signing = {.call = call, .note = request->note, .reason = ""};
 *     status = signing_read(&signing, request->encounter_id, NULL, "no such encounter");
 *     …refuse…
 *     signing_check(&signing, &check);
 *     if (check_failed(&check))
 *             return check_status(&check);
 *     …fill the reply…
 *     return signing_keep(&signing, &reply->base);
 */
#ifndef SOLEUS_NOTES_HANDLERS_SIGNING_H
#define SOLEUS_NOTES_HANDLERS_SIGNING_H

#include "notes/handlers/note_form.h"
#include "notes/handlers/plan_message.h"

#include "soleus/v1/notes.pb-c.h"

struct signing {
	struct call *call;
	Soleus__V1__Note *note;  /* as it came; a plan is put in where it brought none */
	const char *reason;      /* of an amendment, else "" */
	const char *cosigner_id; /* as it was asked for; "": nobody, or who was asked before */
	bool cosigner_known;
	int32_t draft_version; /* that was read; 0: none */
	struct signing_look seen;
	struct plan_templates templates; /* of the clinic, where the note brought no plan */
	struct note_form form;

	/* What follows, once it is checked. */
	struct note_row row;
	struct note_area *areas;
	size_t area_count;
	int32_t distinct_muscles;                /* R2 */
	Soleus__V1__TreatedArea **area_messages; /* area_count */
	Soleus__V1__DueMeasure **due;            /* O2 */
	size_t due_count;
};

/* FIBER. Reads what decides: by encounter, or by one of its notes (the other NULL). NOT_FOUND with
 * `missing` when there is none; PERMISSION_DENIED when the caller is not its practitioner. */
FIBER struct status signing_read(struct signing *signing, const char *encounter_id,
				 const char *note_id, const char *missing);

/* FIBER. FAILED_PRECONDITION unless the draft is the one that was read: says who did what since. */
FIBER struct status signing_check_draft(const struct signing *signing);
/* Who is asked to sign too is somebody, and somebody else. */
void signing_check_cosigner(const struct signing *signing, const char *asked, struct check *check);

/* All rules at once, into `check`; then what follows from the note is filled in. */
void signing_check(struct signing *signing, struct check *check);

/* FIBER. Keeps, seals and tells, together with notes of others who sign now; `reply` was filled
 * from `signing` by the handler. FAILED_PRECONDITION when another version was signed, or the draft
 * saved, meanwhile. */
FIBER struct status signing_keep(struct signing *signing, const ProtobufCMessage *reply);

/* The content's hash as text, in the call's arena. */
char *signing_hash(const struct signing *signing);

#endif
