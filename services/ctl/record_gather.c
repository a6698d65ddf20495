#include "ctl/record_gather.h"

#include "base/clock.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_US (10 * CLOCK_SECOND_US)
#define PAGE        200
#define FIRST_US    INT64_C(946771200000000)  /* 2000-01-02: what services take as an instant */
#define LAST_US     INT64_C(4102358400000000) /* 2099-12-31 */

/* How a list is asked for page by page. `cursor_at` is the request's field that takes the instant
 * of the last item, from its field `at`; `cursor_id` the one that takes its id. Where there is
 * none, the page begins again at that instant, and what is known is left out. */
struct part {
	const char *method;
	const char *id;    /* the item's fields */
	const char *id_of; /* within which the id is one item's; NULL: anywhere */
	const char *at;
	const char *cursor_at; /* NULL: all comes at once */
	const char *cursor_id;
	size_t page; /* what the service gives at most, when it takes no limit */
	size_t into; /* a struct record_list of struct record */
};

#define INTO(member) offsetof(struct record, member)

static const struct part parts[] = {
	{"Scheduling.ListAppointments", "appointment_id", NULL, "starts_at", "from_at", NULL, PAGE,
	 INTO(appointments)},
	{"Scheduling.ListTraining", "uid", "source", "starts_at", "from_at", NULL, 2000,
	 INTO(training)},
	{"Notes.ListRecord", "part_id", NULL, "at", "after_at", "after_id", PAGE, INTO(parts)},
	{"Notes.ListAdverseEvents", "adverse_event_id", NULL, "recorded_at", "before_at",
	 "before_id", PAGE, INTO(adverse_events)},
	{"Analytics.ListMeasures", "measure_id", NULL, "taken_at", "after_at", "after_id", PAGE,
	 INTO(measures)},
	{"Analytics.ListUpstreamReviews", "review_id", NULL, "raised_at", NULL, NULL, PAGE,
	 INTO(reviews)},
	{"Reminders.ListMessages", "message_id", NULL, "due_at", "before_at", "before_id", PAGE,
	 INTO(messages)},
	{"Reminders.ListTexts", "text_id", NULL, "received_at", "after_at", "after_id", PAGE,
	 INTO(texts)},
};

struct gathering {
	struct session *session;
	struct arena *arena;
	struct record *record;
	const char *what; /* the method that is being asked */
};

/* ---- Fields by their names ---- */

static void *field_of(const void *message, const char *name)
{
	const ProtobufCMessage *base = message;
	const ProtobufCFieldDescriptor *field =
		protobuf_c_message_descriptor_get_field_by_name(base->descriptor, name);
	return field ? (char *)message + field->offset : NULL;
}

static void set_text(void *message, const char *name, const char *text)
{
	char **field = field_of(message, name);
	if (field)
		*field = (char *)text;
}

static void set_instant(void *message, const char *name, int64_t at)
{
	int64_t *field = field_of(message, name);
	if (field)
		*field = at;
}

static const char *text_in(const void *message, const char *name)
{
	return *(char *const *)field_of(message, name);
}

static int64_t instant_in(const void *message, const char *name)
{
	return *(const int64_t *)field_of(message, name);
}

/* ---- One call ---- */

static FIBER struct status ask(struct gathering *gathering, const struct method *method,
			       const void *request, void **ret_reply)
{
	ProtobufCMessage *reply = NULL;
	struct session_call call = {.patience_us = PATIENCE_US, .arena = gathering->arena};
	gathering->what = method->full_name;
	struct status status =
		session_call_message(gathering->session, method, &call, request, &reply);
	*ret_reply = reply;
	return status;
}

static struct status find(struct gathering *gathering, const char *name, struct method *ret_method,
			  void **ret_request)
{
	struct status status = method_find(gathering->arena, name, ret_method);
	gathering->what = name;
	if (!status_is_ok(status))
		return status;
	const ProtobufCMessageDescriptor *type = ret_method->descriptor->input;
	*ret_request = arena_alloc(gathering->arena, type->sizeof_message);
	if (!*ret_request)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "out of memory");
	protobuf_c_message_init(type, *ret_request);
	return status;
}

/* A method whose request has at most one field that matters, by name. */
static FIBER struct status ask_one(struct gathering *gathering, const char *name, const char *field,
				   const char *value, void **ret_reply)
{
	struct method method;
	void *request;
	struct status status = find(gathering, name, &method, &request);
	if (!status_is_ok(status))
		return status;
	if (field)
		set_text(request, field, value);
	if (strcmp(name, "Scheduling.GetAppointment") == 0)
		((Soleus__V1__GetAppointmentRequest *)request)->with_history = true;
	return ask(gathering, &method, request, ret_reply);
}

/* ---- Lists ---- */

static int compare_texts(const void *a, const void *b)
{
	return strcmp(a, b);
}

static bool grow(struct arena *arena, struct record_list *list, size_t more)
{
	void **items = arena_array(arena, list->count + more + 1, sizeof(*items));
	if (!items)
		return false;
	if (list->count)
		memcpy(items, list->items, list->count * sizeof(*items));
	list->items = items;
	return true;
}

/* The list of a reply is its first repeated field. */
static size_t items_of(const void *reply, void ***ret_items)
{
	const ProtobufCMessageDescriptor *type = ((const ProtobufCMessage *)reply)->descriptor;
	for (unsigned i = 0; i < type->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &type->fields[i];
		if (field->label != PROTOBUF_C_LABEL_REPEATED)
			continue;
		*ret_items = *(void ***)((char *)reply + field->offset);
		return *(const size_t *)((const char *)reply + field->quantifier_offset);
	}
	return 0;
}

static const char *key_of(struct arena *arena, const struct part *part, const void *item)
{
	const char *id = text_in(item, part->id);
	return part->id_of ? arena_printf(arena, "%s %s", text_in(item, part->id_of), id) : id;
}

/* What is new of a page; `known` is a tree of ids. */
static void take(struct gathering *gathering, const struct part *part, void **items, size_t count,
		 void **known)
{
	struct record_list *list = (struct record_list *)((char *)gathering->record + part->into);
	if (!grow(gathering->arena, list, count))
		return;
	for (size_t i = 0; i < count; i++) {
		const char *id = key_of(gathering->arena, part, items[i]);
		if (tfind(id, known, compare_texts))
			continue;
		tsearch(id, known, compare_texts);
		list->items[list->count++] = items[i];
	}
}

static FIBER struct status read_pages(struct gathering *gathering, const struct part *part,
				      const char *athlete_id, void **known)
{
	struct method method;
	void *request, *reply, **items;
	struct status status = find(gathering, part->method, &method, &request);
	if (!status_is_ok(status))
		return status;
	int32_t *limit = field_of(request, "limit");
	if (limit)
		*limit = PAGE;
	set_text(request, "athlete_id", athlete_id);
	set_instant(request, "from_at", FIRST_US);
	set_instant(request, "until_at", LAST_US);
	for (size_t count = part->page; count >= part->page;) {
		status = ask(gathering, &method, request, &reply);
		if (!status_is_ok(status))
			return status;
		count = items_of(reply, &items);
		if (count)
			take(gathering, part, items, count, known);
		if (!part->cursor_at || count == 0)
			break;
		const void *last = items[count - 1];
		int64_t next_at = instant_in(last, part->at);
		if (count >= part->page && !part->cursor_id &&
		    next_at == instant_in(request, part->cursor_at))
			return status_error(STATUS_OUT_OF_RANGE,
					    "there are more of one instant than a page holds");
		set_instant(request, part->cursor_at, next_at);
		if (part->cursor_id)
			set_text(request, part->cursor_id, text_in(last, part->id));
	}
	if (arena_has_refused(gathering->arena))
		return status_error(STATUS_RESOURCE_EXHAUSTED,
				    "the record takes more memory than there is");
	return status;
}

/* Items in the order of time, and of one instant by their ids: the same record reads the same. */
static int compare_items(const void *a, const void *b, void *argument)
{
	const struct part *part = argument;
	const void *one = *(void *const *)a, *other = *(void *const *)b;
	int64_t at_one = instant_in(one, part->at);
	int64_t at_other = instant_in(other, part->at);
	if (at_one != at_other)
		return at_one < at_other ? -1 : 1;
	return strcmp(text_in(one, part->id), text_in(other, part->id));
}

static void nothing(void *node)
{
	(void)node;
}

/* Under each id of the person: what a service does not know to be one is read all the same. */
static FIBER struct status read_part(struct gathering *gathering, const struct part *part)
{
	const Soleus__V1__GetAthleteReply *athlete = gathering->record->athlete;
	struct record_list *list = (struct record_list *)((char *)gathering->record + part->into);
	void *known = NULL;
	struct status status = read_pages(gathering, part, athlete->athlete->athlete_id, &known);
	for (size_t i = 0; status_is_ok(status) && i < athlete->n_merged; i++)
		status = read_pages(gathering, part, athlete->merged[i]->athlete->athlete_id,
				    &known);
	tdestroy(known, nothing);
	if (list->count)
		qsort_r(list->items, list->count, sizeof(*list->items), compare_items,
			(void *)part);
	fprintf(stderr, "export: %s: %zu\n", part->method, list->count);
	return status;
}

/* ---- What is read one by one ---- */

static void say_progress(const char *what, size_t done, size_t all)
{
	if (done % 100 == 0 && done > 0)
		fprintf(stderr, "export: %s: %zu of %zu\n", what, done, all);
}

static FIBER struct status read_histories(struct gathering *gathering)
{
	struct record_list *visits = &gathering->record->appointments;
	struct status status = status_ok();
	for (size_t i = 0; status_is_ok(status) && i < visits->count; i++) {
		say_progress("histories of visits", i, visits->count);
		status = ask_one(gathering, "Scheduling.GetAppointment", "appointment_id",
				 text_in(visits->items[i], "appointment_id"), &visits->items[i]);
	}
	return status;
}

static FIBER struct status read_notes(struct gathering *gathering)
{
	const struct record_list *from = &gathering->record->parts;
	struct record_list *notes = &gathering->record->notes;
	struct status status = status_ok();
	if (!grow(gathering->arena, notes, from->count))
		return status_error(STATUS_RESOURCE_EXHAUSTED, "out of memory");
	for (size_t i = 0; status_is_ok(status) && i < from->count; i++) {
		const Soleus__V1__RecordPart *part = from->items[i];
		if (strcmp(part->kind, "note") != 0)
			continue;
		say_progress("notes", notes->count, from->count);
		status = ask_one(gathering, "Notes.GetNote", "note_id", part->part_id,
				 &notes->items[notes->count]);
		notes->count += status_is_ok(status);
	}
	return status;
}

static FIBER struct status read_all(struct gathering *gathering, const char *athlete_id)
{
	struct record *record = gathering->record;
	struct status status = ask_one(gathering, "Directory.GetAthlete", "athlete_id", athlete_id,
				       (void **)&record->athlete);
	if (status_is_ok(status))
		status = ask_one(gathering, "Directory.ListClinics", NULL, NULL,
				 (void **)&record->places);
	if (status_is_ok(status))
		status = ask_one(gathering, "Scheduling.ListServices", NULL, NULL,
				 (void **)&record->services);
	if (status_is_ok(status))
		status = ask_one(gathering, "Notes.GetQuestionnaire", "language", "en",
				 (void **)&record->questions);
	for (size_t i = 0; status_is_ok(status) && i < sizeof(parts) / sizeof(parts[0]); i++)
		status = read_part(gathering, &parts[i]);
	if (status_is_ok(status))
		status = read_histories(gathering);
	if (status_is_ok(status))
		status = read_notes(gathering);
	return status;
}

FIBER struct status record_gather(struct session *session, struct arena *arena,
				  const char *athlete_id, struct record *ret_record,
				  const char **ret_what)
{
	struct record record = {0};
	struct gathering gathering = {.session = session, .arena = arena, .record = &record};
	struct status status = read_all(&gathering, athlete_id);
	*ret_what = gathering.what;
	if (status_is_ok(status))
		*ret_record = record;
	return status;
}
