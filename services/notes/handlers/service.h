/* The functions that SOLEUS__V1__NOTES__INIT(notes__) names, defined by RPC(), and those that
 * events of other services call. */
#ifndef SOLEUS_NOTES_HANDLERS_SERVICE_H
#define SOLEUS_NOTES_HANDLERS_SERVICE_H

#include "events/events.h"

#include "soleus/v1/notes.pb-c.h"

#define SERVED(Method, method)                                             \
	void notes__##method(Soleus__V1__Notes_Service *service,           \
			     const Soleus__V1__##Method##Request *request, \
			     Soleus__V1__##Method##Reply##_Closure answer, void *data)

SERVED(RecordScreening, record_screening);
SERVED(OpenEncounter, open_encounter);
SERVED(SignNote, sign_note);
SERVED(AmendNote, amend_note);
SERVED(AddAddendum, add_addendum);
SERVED(CosignNote, cosign_note);
SERVED(ListNotesToCosign, list_notes_to_cosign);
SERVED(ListSigningKeys, list_signing_keys);
SERVED(SearchNotes, search_notes);
SERVED(RecordAdverseEvent, record_adverse_event);
SERVED(ListAdverseEvents, list_adverse_events);
SERVED(GetNote, get_note);
SERVED(ListNotes, list_notes);
SERVED(GetRulePack, get_rule_pack);
SERVED(GetQuestionnaire, get_questionnaire);
SERVED(CreateScreeningLink, create_screening_link);
SERVED(ListVocabulary, list_vocabulary);
SERVED(AnswerScreening, answer_screening);
SERVED(BreakGlass, break_glass);
SERVED(ListRecord, list_record);
SERVED(PutPlanTemplate, put_plan_template);
SERVED(ListPlanTemplates, list_plan_templates);
SERVED(PutPhrase, put_phrase);
SERVED(ListPhrases, list_phrases);
SERVED(RemovePhrase, remove_phrase);
SERVED(PutNoteTemplate, put_note_template);
SERVED(ListNoteTemplates, list_note_templates);
SERVED(RemoveNoteTemplate, remove_note_template);
SERVED(SaveDraft, save_draft);
SERVED(GetDraft, get_draft);
SERVED(ListDraftVersions, list_draft_versions);
SERVED(DiscardDraft, discard_draft);

#undef SERVED

/* From directory. */
event_apply on_athlete_registered;
event_apply on_athlete_updated;
event_apply on_athlete_erased;
event_apply on_clinic_created;
event_apply on_practitioner_created;
event_apply on_practitioner_updated;
event_apply on_consent_recorded;

/* From scheduling. */
event_apply on_appointment_booked;
event_apply on_appointment_checked_in;
event_apply on_appointment_rescheduled;
event_apply on_appointment_cancelled;
event_apply on_appointment_no_show;

/* From analytics. */
event_apply on_upstream_review_raised;
event_apply on_upstream_review_answered;

#endif
