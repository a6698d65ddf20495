/* An athlete's whole record, as the services gave it, and two ways to write it down: a FHIR R4
 * bundle for programs, and one HTML file for people and printers.
 *
 * Writers are pure: the same record gives the same bytes. Lists are in the order of time. Nothing
 * here may be on a fiber: local times come from libical.
 *
 *     struct record record = {.athlete = …, .places = …};
 *     const char *text = record_write_fhir(arena, &record);
 */
#ifndef SOLEUS_RECORD_RECORD_H
#define SOLEUS_RECORD_RECORD_H

#include "base/arena.h"

#include "soleus/v1/analytics.pb-c.h"
#include "soleus/v1/directory.pb-c.h"
#include "soleus/v1/notes.pb-c.h"
#include "soleus/v1/reminders.pb-c.h"
#include "soleus/v1/scheduling.pb-c.h"

/* Messages of one type. */
struct record_list {
	void **items;
	size_t count;
};

struct record {
	const Soleus__V1__GetAthleteReply *athlete;
	const Soleus__V1__ListClinicsReply *places;
	const Soleus__V1__ListServicesReply *services;
	const Soleus__V1__GetQuestionnaireReply *questions;
	struct record_list appointments; /* GetAppointmentReply, with histories */
	struct record_list parts;        /* RecordPart: screenings, encounters, versions of notes */
	struct record_list notes;        /* GetNoteReply, of every version */
	struct record_list adverse_events;
	struct record_list measures;
	struct record_list training; /* TrainingSession */
	struct record_list reviews;  /* UpstreamReview */
	struct record_list messages;
	struct record_list texts; /* that came in */
};

/* Both in the arena; NULL beyond its budget. */
const char *record_write_fhir(struct arena *arena, const struct record *record);
const char *record_write_html(struct arena *arena, const struct record *record);

/* ---- What both ask of a record ---- */

/* NULL when the organisation has none such (any more). */
const Soleus__V1__Clinic *record_clinic(const struct record *record, const char *clinic_id);
const Soleus__V1__Practitioner *record_practitioner(const struct record *record,
						    const char *practitioner_id);

/* Names for people; the id when the organisation has none such (any more). */
const char *record_clinic_name(const struct record *record, const char *clinic_id);
const char *record_practitioner_name(struct arena *arena, const struct record *record,
				     const char *practitioner_id);
const char *record_service_name(const struct record *record, const char *service_id);

/* The question of a screening item in words; the code itself when there is none. */
const char *record_question(const struct record *record, const char *item);

/* When the treatment of a note was, as its author sealed it. */
int64_t record_treated_at(const Soleus__V1__GetNoteReply *note);

/* Whether it is the newest version. */
bool record_note_holds(const Soleus__V1__GetNoteReply *note);

#endif
