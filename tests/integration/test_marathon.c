/* The 18-week marathon calendar of ../shared/data/training, imported, and what it means for a visit
 * on each day of its last three weeks: the grade and the reasons that domain.md asks for.
 *
 * A visit is from 10:00 to 10:45 in Boston, in the zone that the calendar names, and the sessions
 * are whole days. So a visit is 13 h before the next day, 37 h before the one after that, and 10 h
 * after the end of the day before. By the rules: T1  a hard session (race, race pace, hills, tempo,
 * intervals) on the same or the next day warns, the race warns two days ahead too (within 48 h); T2
 * good: within 48 h after a demanding block (the long run of 29 March); a day of nothing but easy
 * running or rest; ahead of the race by more than 48 h and at most ten days (9 to 16 April). What
 * warns is a warning whatever else is good; all reasons are told. */
#include "prater.h"

#include "ctl/session.h"

#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FILE_BYTES ((size_t)1 << 20)

/* clang-format off */
#define HARD_TODAY    "High-intensity session on the same day: some athletes are flat for 24 h after needling (T1)"
#define HARD_TOMORROW "High-intensity session in 13 h: some athletes are flat for 24 h after needling (T1)"
#define RACE_IN(WHEN) "Race " WHEN ": early enough to settle (T2)"
#define SORE(WHAT) WHAT ": soreness passes in a day or so, by 72 h at most (T4)"
#define EASY          "Lower-intensity day (T2)"
#define REST          "Rest day (T2)"

static const struct {
	const char *day;     /* of 2027 */
	const char *session; /* of the calendar */
	const char *grade;
	const char *reasons[4];
} days[] = {
	{"Tue 30 Mar", "Easy run 8 km",       "good", {"10 h after a demanding session: a good moment (T2)", EASY, SORE("High-intensity session in 61 h")}},
	{"Wed 31 Mar", "Easy run 13 km",      "good", {"34 h after a demanding session: a good moment (T2)", EASY, SORE("High-intensity session in 37 h")}},
	{"Thu 01 Apr", "Easy run 8 km",       "warn", {HARD_TOMORROW, EASY}},
	{"Fri 02 Apr", "Hill repeats",        "warn", {HARD_TODAY}},
	{"Sat 03 Apr", "Rest",                "warn", {HARD_TOMORROW, REST}},
	{"Sun 04 Apr", "Race-pace run 6 km",  "warn", {HARD_TODAY}},
	{"Mon 05 Apr", "Easy run 19 km",      "good", {EASY}},
	{"Tue 06 Apr", "Easy run 6 km",       "good", {EASY, SORE("High-intensity session in 61 h")}},
	{"Wed 07 Apr", "Easy run 10 km",      "good", {EASY, SORE("High-intensity session in 37 h")}},
	{"Thu 08 Apr", "Easy run 6 km",       "warn", {HARD_TOMORROW, EASY}},
	{"Fri 09 Apr", "Tempo run",           "warn", {HARD_TODAY, RACE_IN("in 9 days")}},
	{"Sat 10 Apr", "Rest",                "good", {REST, RACE_IN("in 8 days")}},
	{"Sun 11 Apr", "Easy run 6 km",       "good", {EASY, RACE_IN("in 7 days"), SORE("High-intensity session in 61 h")}},
	{"Mon 12 Apr", "Easy run 13 km",      "good", {EASY, RACE_IN("in 6 days"), SORE("High-intensity session in 37 h")}},
	{"Tue 13 Apr", "Easy run 5 km",       "warn", {HARD_TOMORROW, EASY, RACE_IN("in 5 days")}},
	{"Wed 14 Apr", "Intervals",           "warn", {HARD_TODAY, RACE_IN("in 4 days")}},
	{"Thu 15 Apr", "Easy run 3 km",       "good", {EASY, RACE_IN("in 3 days")}},
	{"Fri 16 Apr", "Rest",                "good", {REST, RACE_IN("in 61 h"), SORE("Race in 61 h")}},
	{"Sat 17 Apr", "Rest",                "warn", {"Race in 37 h: competition lies within 48 h (T1)", REST}},
	{"Sun 18 Apr", "Easy run 3 km",       "warn", {"Race in 13 h: some athletes are flat for 24 h after needling (T1)", EASY}},
	{"Mon 19 Apr", "RACE Boston Marathon", "warn", {"Race on the same day: some athletes are flat for 24 h after needling (T1)"}},
};
#define DAYS (sizeof(days) / sizeof(days[0]))

#define WORKS(DAY) "{'weekday': " DAY ", 'opens': '10:00', 'closes': '10:45'}"
static const char boston[] =
	"{'call': 'Directory.CreateClinic', 'as': 'lead#', 'with': {'name': 'Harbor', 'zone': 'America/New_York'}, 'keep': 'harbor'}\n"
	ROOM("dock 2", "harbor", "")
	"{'call': 'Directory.CreatePractitioner', 'as': 'lead#', 'with': {'given_name': 'Joe', 'family_name': 'N', 'clinic_ids': ['${harbor.clinic_id}']}, 'keep': 'joe'}\n"
	"{'call': 'Scheduling.SetWorkingHours', 'as': 'lead#', 'with': {'practitioner_id': '${joe.practitioner_id}', 'clinic_id': '${harbor.clinic_id}', 'hours': [" WORKS("1") ", " WORKS("2") ", " WORKS("3") ", " WORKS("4") ", " WORKS("5") ", " WORKS("6") ", " WORKS("7") "]}}\n"
	"{'call': 'Scheduling.PutService', 'as': 'lead#', 'with': {'name': 'Short visit', 'duration_minutes': 45}, 'keep': 'short'}\n";

#define IMPORT "{'call': 'Scheduling.ImportTraining', 'as': 'ana#', 'with': {'athlete_id': '${ana.athlete_id}', 'source': 'marathon', 'ics': '%s'}, 'expect': {'put': {'added': 126}}}\n"
/* clang-format on */

/* As a step has it. NULL when there is no such file. */
static char *read_calendar(void)
{
	FILE *file = fopen(SOLEUS_SOURCE "/../shared/data/training/marathon-18-weeks.ics", "re");
	char *text = file ? calloc(1, 2 * FILE_BYTES) : NULL;
	size_t length = 0;
	if (!file)
		return NULL;
	for (int c; (c = fgetc(file)) != EOF && length < FILE_BYTES;) {
		if (c == '\n' || c == '\r')
			text[length++] = '\\';
		text[length++] = (char)(c == '\n' ? 'n' : c == '\r' ? 'r' : c);
	}
	fclose(file);
	return text;
}

/* ---- What is asked, and what comes ---- */

struct asked {
	char *athlete_id;
	char *service_id;
	char *practitioner_id;
};

static const char *field(struct json_object *of, const char *name)
{
	return json_object_get_string(json_object_object_get(of, name));
}

/* "T1 words | T2 words". */
static const char *reasons_of(struct arena *arena, struct json_object *slot)
{
	struct json_object *reasons = json_object_object_get(slot, "reasons");
	const char *text = "";
	for (size_t i = 0; i < json_object_array_length(reasons); i++) {
		struct json_object *reason = json_object_array_get_idx(reasons, i);
		text = arena_printf(arena, "%s%s%s %s", text, i > 0 ? " | " : "",
				    field(reason, "rule"), field(reason, "text"));
	}
	return text;
}

static const char *reasons_expected(struct arena *arena, size_t day)
{
	const char *text = "";
	for (size_t i = 0; days[day].reasons[i]; i++) {
		const char *reason = days[day].reasons[i];
		text = arena_printf(arena, "%s%s%s %s", text, i > 0 ? " | " : "",
				    strstr(reason, "(T1)")   ? "T1"
				    : strstr(reason, "(T4)") ? "T4"
							     : "T2",
				    reason);
	}
	return text;
}

/* Returns how many days are not as the table says; each is told. */
static unsigned compare(struct arena *arena, struct json_object *slots)
{
	unsigned others = 0;
	for (size_t i = 0; i < DAYS; i++) {
		struct json_object *slot = json_object_array_get_idx(slots, i);
		const char *expected = arena_printf(arena, "%s 2027 10:00 %s: %s", days[i].day,
						    days[i].grade, reasons_expected(arena, i));
		const char *came = arena_printf(arena, "%s %s: %s", field(slot, "local_start"),
						field(slot, "grade"), reasons_of(arena, slot));
		if (strcmp(came, expected) == 0)
			continue;
		print_error("expected %s\n     got %s\n", expected, came);
		others++;
	}
	return others;
}

static FIBER int find_slots(struct session *session, void *argument)
{
	const struct asked *asked = argument;
	struct method method;
	struct json_object *reply = NULL;
	struct session_call call = {.who = "lead1"};
	const char *request = arena_printf(
		session->arena,
		"{\"athlete_id\": \"%s\", \"service_id\": \"%s\", \"practitioner_ids\": "
		"[\"%s\"], \"from_at\": \"2027-03-30T04:00:00Z\", \"until_at\": "
		"\"2027-04-20T04:00:00Z\", \"first_free\": true, \"limit\": 50}",
		asked->athlete_id, asked->service_id, asked->practitioner_id);
	struct status status = method_find(session->arena, "Scheduling.FindAvailability", &method);
	if (status_is_ok(status))
		status = session_call_json(session, &method, &call, request, &reply);
	if (!status_is_ok(status)) {
		print_error("%s\n", status.message);
		return 1;
	}
	struct json_object *slots = json_object_object_get(reply, "slots");
	bool each_day = json_object_array_length(slots) == DAYS;
	unsigned others = each_day ? compare(session->arena, slots) : 1;
	json_object_put(reply);
	return others > 0;
}

/* The table tells the calendar as it is. */
static void check_titles(void)
{
	for (size_t i = 0; i < DAYS; i++) {
		char sql[512];
		snprintf(sql, sizeof(sql),
			 "SELECT title FROM scheduling.training_session WHERE organisation_id = "
			 "'" ORGANISATION "' AND to_char(starts_at AT TIME ZONE "
			 "'America/New_York', 'Dy DD Mon YYYY HH24:MI') = '%s 2027 00:00'",
			 days[i].day);
		expect('1', sql, days[i].session);
	}
}

static void test_the_last_three_weeks_before_a_marathon(void **state)
{
	char *text = read_calendar();
	(void)state;
	if (!text)
		skip();
	size_t bytes = sizeof(boston) + sizeof(IMPORT) + strlen(text);
	char *story = calloc(1, bytes);
	snprintf(story, bytes, "%s" IMPORT, boston, text);
	tells('1', AT("2027-03-29T12:00:00Z"), story);
	free(story);
	free(text);
	check_titles();
	struct asked asked = {
		id_of('1', "DISTINCT athlete_id", "training_session", "true"),
		id_of('1', "service_id", "service", "name = 'Short visit'"),
		id_of('1', "practitioner_id", "workplace",
		      "clinic_id IN (SELECT clinic_id FROM scheduling.clinic WHERE name = "
		      "'Harbor')"),
	};
	house_runs(house, find_slots, &asked);
	free(asked.athlete_id);
	free(asked.service_id);
	free(asked.practitioner_id);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_last_three_weeks_before_a_marathon),
	};
	return cmocka_run_group_tests(tests, open_house, close_house);
}
