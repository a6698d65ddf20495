/* The writers of a record: what people wrote stays words, times are those of the clinic's clock,
 * and a record of nothing is one too. */
#include "ical/zone.h"
#include "record/html_inside.h"

#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ID "0195531a-0000-7000-8000-000000000001"

static int open_arena(void **state)
{
	*state = arena_new((size_t)8 << 20);
	return *state ? 0 : 1;
}

static int close_arena(void **state)
{
	arena_free(*state);
	return 0;
}

static void test_words_are_escaped(void **state)
{
	static const struct {
		const char *words;
		const char *markup;
	} cases[] = {
		{"", "<i></i>"},
		{"plain", "<i>plain</i>"},
		{"<script>", "<i>&lt;script&gt;</i>"},
		{"a & b", "<i>a &amp; b</i>"},
		{"\"it's\"", "<i>&quot;it&#39;s&quot;</i>"},
		{"50 % of %", "<i>50 % of %</i>"},
		{"two\nlines\tand", "<i>two<br/>lines\tand</i>"},
		{"bell\a", "<i>bell\xef\xbf\xbd</i>"},
		{"Jürgen ←", "<i>Jürgen ←</i>"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct html html = {.arena = *state};
		html_put(&html, "<i>%</i>", cases[i].words);
		assert_string_equal(html_done(&html), cases[i].markup);
	}
	struct html html = {.arena = *state};
	html_put(&html, "width: 100%%; %-%", "a", "b");
	assert_string_equal(html_done(&html), "width: 100%; a-b");
}

static void test_much_is_whole(void **state)
{
	struct html html = {.arena = *state};
	for (int i = 0; i < 20000; i++)
		html_put(&html, "<b>%</b>", "&");
	assert_int_equal(strlen(html_done(&html)), 20000 * strlen("<b>&amp;</b>"));
	struct arena *small = arena_new(4096);
	struct html cut = {.arena = small};
	for (int i = 0; i < 20000; i++)
		html_add(&cut, "more than there is room for");
	assert_null(html_done(&cut));
	arena_free(small);
}

static void test_times_are_of_the_clinics_clock(void **state)
{
	static const struct {
		const char *zone;
		int64_t at_s;
		const char *words;
	} cases[] = {
		{"Europe/Vienna", 1772447400, "2026-03-02 11:30 +01:00"},
		/* The hour that is there twice is told apart by its offset. */
		{"Europe/Vienna", 1792888200, "2026-10-25 02:30 +02:00"},
		{"Europe/Vienna", 1792891800, "2026-10-25 02:30 +01:00"},
		{"America/Denver", 1772447400, "2026-03-02 03:30 -07:00"},
		{"Asia/Kathmandu", 1772447400, "2026-03-02 16:15 +05:45"},
		{"Pacific/Kiritimati", 1772447400, "2026-03-03 00:30 +14:00"},
		{NULL, 1772447400, "2026-03-02 10:30 +00:00"},
		{"Europe/Vienna", 0, ""},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct html html = {.arena = *state};
		const struct zone *zone = cases[i].zone ? zone_find(cases[i].zone) : NULL;
		assert_string_equal(html_time(&html, zone, cases[i].at_s * 1000000),
				    cases[i].words);
	}
}

/* ---- Whole records ---- */

struct setting {
	Soleus__V1__Athlete athlete;
	Soleus__V1__GetAthleteReply who;
	Soleus__V1__ListClinicsReply places;
	Soleus__V1__ListServicesReply services;
	Soleus__V1__GetQuestionnaireReply questions;
	struct record record;
};

static void set(struct setting *setting)
{
	soleus__v1__athlete__init(&setting->athlete);
	soleus__v1__get_athlete_reply__init(&setting->who);
	soleus__v1__list_clinics_reply__init(&setting->places);
	soleus__v1__list_services_reply__init(&setting->services);
	soleus__v1__get_questionnaire_reply__init(&setting->questions);
	setting->athlete.athlete_id = ID;
	setting->athlete.given_name = "</title><script>";
	setting->athlete.zone = "Europe/Vienna";
	setting->who.athlete = &setting->athlete;
	setting->record = (struct record){.athlete = &setting->who,
					  .places = &setting->places,
					  .services = &setting->services,
					  .questions = &setting->questions};
}

static void test_a_record_of_nothing(void **state)
{
	struct setting setting;
	set(&setting);
	const char *text = record_write_fhir(*state, &setting.record);
	struct json_object *bundle = json_tokener_parse(text), *entries;
	assert_true(json_object_object_get_ex(bundle, "entry", &entries));
	assert_int_equal(json_object_array_length(entries), 1);
	json_object_put(bundle);
	const char *page = record_write_html(*state, &setting.record);
	assert_non_null(strstr(page, "<title>Record of &lt;/title&gt;&lt;script&gt; </title>"));
	assert_null(strstr(page, "<script"));
}

/* A service that is gone, a clinic that is not listed any more, a visit that nobody knows: ids
 * stand for them, and no reference leads nowhere. */
static void test_what_is_gone_is_named_by_its_id(void **state)
{
	struct setting setting;
	set(&setting);
	Soleus__V1__Appointment row = SOLEUS__V1__APPOINTMENT__INIT;
	row.appointment_id = "0195531a-0000-7000-8000-000000000002";
	row.clinic_id = "0195531a-0000-7000-8000-000000000003";
	row.practitioner_id = "0195531a-0000-7000-8000-000000000004";
	row.service_id = "0195531a-0000-7000-8000-000000000005";
	row.state = "booked";
	row.starts_at = 1772447400000000;
	Soleus__V1__GetAppointmentReply visit = SOLEUS__V1__GET_APPOINTMENT_REPLY__INIT;
	visit.appointment = &row;
	Soleus__V1__RecordPart part = SOLEUS__V1__RECORD_PART__INIT;
	part.kind = "encounter";
	part.part_id = "0195531a-0000-7000-8000-000000000006";
	part.visit_id = "0195531a-0000-7000-8000-00000000dead";
	part.clinic_id = row.clinic_id;
	part.practitioner_id = row.practitioner_id;
	void *visits[] = {&visit}, *parts[] = {&part};
	setting.record.appointments = (struct record_list){visits, 1};
	setting.record.parts = (struct record_list){parts, 1};
	const char *text = record_write_fhir(*state, &setting.record);
	/* Patient, Practitioner, Location, Appointment, Encounter: each once. */
	size_t urls = 0;
	for (const char *at = text; (at = strstr(at, "\"fullUrl\"")); at++)
		urls++;
	assert_int_equal(urls, 5);
	assert_non_null(strstr(text, "\"value\": \"0195531a-0000-7000-8000-00000000dead\""));
	assert_string_equal(text, record_write_fhir(*state, &setting.record));
	assert_non_null(strstr(record_write_html(*state, &setting.record), row.service_id));
}

static void test_one_value_is_a_picture(void **state)
{
	struct setting setting;
	set(&setting);
	Soleus__V1__Measure measure = SOLEUS__V1__MEASURE__INIT;
	measure.measure_id = "0195531a-0000-7000-8000-000000000007";
	measure.instrument = "<unknown>";
	measure.value = 7.2;
	measure.taken_at = 1772447400000000;
	void *measures[] = {&measure};
	setting.record.measures = (struct record_list){measures, 1};
	const char *page = record_write_html(*state, &setting.record);
	assert_non_null(strstr(page, "<circle"));
	assert_null(strstr(page, "nan"));
	assert_null(strstr(page, "<unknown>"));
	assert_non_null(strstr(record_write_fhir(*state, &setting.record), "\"value\": 7.2"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_are_escaped),
		cmocka_unit_test(test_much_is_whole),
		cmocka_unit_test(test_times_are_of_the_clinics_clock),
		cmocka_unit_test(test_a_record_of_nothing),
		cmocka_unit_test(test_what_is_gone_is_named_by_its_id),
		cmocka_unit_test(test_one_value_is_a_picture),
	};
	return cmocka_run_group_tests_name("record", tests, open_arena, close_arena);
}
