#include "scheduling/handlers/messages.h"

#include "events/check.h"

#include "scheduling/handlers/local_time.h"

#include <string.h>

/* Words parted by blanks as a list. */
static char **word_list(struct arena *arena, const char *words, size_t *ret_count)
{
	size_t count = 0;
	char **list = ARENA_ARRAY(arena, strlen(words) / 2 + 1, char *);
	for (; list && *words; words += strspn(words, " ")) {
		size_t length = strcspn(words, " ");
		list[count++] = arena_strndup(arena, words, length);
		words += length;
	}
	*ret_count = count;
	return list;
}

Soleus__V1__Appointment *appointment_message(struct arena *arena, const struct appointment_row *row)
{
	Soleus__V1__Appointment *appointment = ARENA_NEW(arena, Soleus__V1__Appointment);
	soleus__v1__appointment__init(appointment);
	appointment->appointment_id = (char *)row->appointment_id;
	appointment->athlete_id = (char *)row->athlete_id;
	appointment->practitioner_id = (char *)row->practitioner_id;
	appointment->clinic_id = (char *)row->clinic_id;
	appointment->room_id = (char *)row->room_id;
	appointment->service_id = (char *)row->service_id;
	appointment->starts_at = row->starts_at;
	appointment->ends_at = row->ends_at;
	appointment->state = (char *)appointment_state_name(row->state);
	appointment->grade = (char *)row->grade;
	appointment->timing_override_reason = (char *)row->timing_override_reason;
	appointment->screening_outcome = (char *)row->screening_outcome;
	appointment->local_start = local_time_text(arena, row->starts_at, row->offset_s);
	appointment->override_reason = (char *)row->override_reason;
	appointment->overridden = word_list(arena, row->overridden, &appointment->n_overridden);
	appointment->series_id = (char *)row->series_id;
	appointment->hold_expires_at = row->hold_expires_at;
	appointment->version = (int32_t)row->version;
	appointment->confirmed_at = row->confirmed_at;
	appointment->confirmed_by = (char *)(row->confirmed_by ? row->confirmed_by : "");
	return appointment;
}

Soleus__V1__Appointment **appointment_messages(struct arena *arena, const struct db_result *rows,
					       size_t *ret_count)
{
	size_t count = db_result_rows(rows);
	Soleus__V1__Appointment **list = ARENA_ARRAY(arena, count, Soleus__V1__Appointment *);
	if (!list)
		return NULL;
	for (size_t row = 0; row < count; row++) {
		const struct appointment_row visit = appointment_row(rows, row);
		list[row] = appointment_message(arena, &visit);
	}
	*ret_count = count;
	return list;
}

Soleus__V1__AppointmentVersion *version_message(struct arena *arena,
						const struct appointment_version *row)
{
	Soleus__V1__AppointmentVersion *version = ARENA_NEW(arena, Soleus__V1__AppointmentVersion);
	soleus__v1__appointment_version__init(version);
	version->version = (int32_t)row->version;
	version->practitioner_id = (char *)row->practitioner_id;
	version->clinic_id = (char *)row->clinic_id;
	version->room_id = (char *)row->room_id;
	version->starts_at = row->starts_at;
	version->ends_at = row->ends_at;
	version->state = (char *)appointment_state_name(row->state);
	version->state_at = row->word.at;
	version->reason = (char *)row->word.reason;
	version->by = (char *)row->word.by;
	version->grade = (char *)row->grade;
	version->timing_override_reason = (char *)row->timing_override_reason;
	version->override_reason = (char *)row->word.override_reason;
	version->overridden = word_list(arena, row->word.overridden, &version->n_overridden);
	return version;
}

Soleus__V1__TimingReason **reason_messages(struct arena *arena, const struct timing_result *timing,
					   size_t *ret_count)
{
	Soleus__V1__TimingReason **reasons =
		ARENA_ARRAY(arena, timing->reason_count, Soleus__V1__TimingReason *);
	for (size_t i = 0; i < timing->reason_count; i++) {
		char text[TIMING_TEXT_BYTES];
		timing_reason_text(&timing->reasons[i], text, sizeof(text));
		reasons[i] = ARENA_NEW(arena, Soleus__V1__TimingReason);
		soleus__v1__timing_reason__init(reasons[i]);
		reasons[i]->rule = (char *)timing->reasons[i].rule;
		reasons[i]->text = arena_strdup(arena, text);
	}
	*ret_count = timing->reason_count;
	return reasons;
}

Soleus__V1__OpenReview **review_messages(struct arena *arena, const struct around *around,
					 size_t *ret_count)
{
	Soleus__V1__OpenReview **reviews =
		ARENA_ARRAY(arena, around->review_count, Soleus__V1__OpenReview *);
	for (size_t i = 0; i < around->review_count; i++) {
		const struct review_row *row = &around->reviews[i];
		reviews[i] = ARENA_NEW(arena, Soleus__V1__OpenReview);
		soleus__v1__open_review__init(reviews[i]);
		reviews[i]->review_id = (char *)row->review_id;
		reviews[i]->area = (char *)row->area;
		reviews[i]->side = (char *)row->side;
		reviews[i]->advice = (char *)row->advice;
		reviews[i]->raised_at = row->raised_at;
	}
	*ret_count = around->review_count;
	return reviews;
}

Soleus__V1__TrainingSession *session_message(struct arena *arena, const struct session_row *row)
{
	Soleus__V1__TrainingSession *session = ARENA_NEW(arena, Soleus__V1__TrainingSession);
	soleus__v1__training_session__init(session);
	session->uid = (char *)row->uid;
	session->title = (char *)row->title;
	session->kind = (char *)session_kind_name(row->kind);
	session->starts_at = row->starts_at;
	session->ends_at = row->ends_at;
	session->all_day = row->all_day;
	session->uncertain = row->uncertain;
	session->source = (char *)row->source;
	session->corrected = row->corrected;
	session->rpe = row->rpe;
	session->minutes = row->minutes;
	return session;
}

Soleus__V1__TrainingFeed *feed_message(struct arena *arena, const struct feed_row *row)
{
	Soleus__V1__TrainingFeed *feed = ARENA_NEW(arena, Soleus__V1__TrainingFeed);
	soleus__v1__training_feed__init(feed);
	feed->feed_id = (char *)row->feed_id;
	feed->athlete_id = (char *)row->athlete_id;
	feed->url = (char *)row->url;
	feed->good_at = row->good_at;
	feed->tried_at = row->tried_at;
	feed->next_at = row->next_at;
	feed->fault = (char *)row->fault;
	feed->failures = row->failures;
	return feed;
}

char *own_word(const struct call *call)
{
	const char *practitioner_id = bounded_practitioner(call);
	return (char *)(practitioner_id ? practitioner_id : "");
}
