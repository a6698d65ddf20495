/* O2, O4, O5 over time: which value speaks of which treatment, what lasts, when to look upstream.
 */
#include "analytics/rules/episode.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#define HOUR    INT64_C(3600000000)
#define DAY     (24 * HOUR)
#define TREATED (INT64_C(1795000000) * 1000000)

#define MOST 8

/* Days after the first treatment; a treatment's note is named by its day. -1 ends. */
struct course {
	const char *name;
	int treated[MOST];
	struct {
		const char *note; /* "": outside a note */
		const char *moment;
		int day;
		double pain; /* NPRS */
	} values[MOST];
	const char
		*expected; /* "10d 0 improved" for each value: window, treatment's day, verdict */
	bool lasting;      /* O4 */
	int upstream;      /* O5: visits of the review; 0: none */
};

static const struct course courses[] = {
	{"O3 without a baseline nothing is judged", {0, -1}, {{"", "", 2, 1}}, "", false, 0},
	{"O2 after is immediate and speaks of its own note",
	 {0, -1},
	 {{"0", "before", 0, 6}, {"0", "after", 0, 3}},
	 "immediate 0 improved",
	 false,
	 0},
	{"O2 a value between the windows is kept and not judged",
	 {0, -1},
	 {{"0", "before", 0, 6}, {"", "", 1, 0}, {"", "", 5, 0}},
	 "",
	 false,
	 0},
	{"O4 improved at ten days and without another treatment: lasting",
	 {0, -1},
	 {{"0", "before", 0, 6}, {"", "", 10, 2}},
	 "10d 0 improved",
	 true,
	 0},
	{"O4 what was lost by the fourth week did not last",
	 {0, -1},
	 {{"0", "before", 0, 6}, {"", "", 10, 2}, {"", "", 28, 6}},
	 "10d 0 improved, 4w 0 not_improved",
	 false,
	 0},
	{"O4 a value after the next treatment says nothing of the one before",
	 {0, 7, -1},
	 {{"0", "before", 0, 6}, {"", "", 10, 2}},
	 "",
	 false,
	 0},
	{"O4 before the next treatment still speaks of the one before",
	 {0, 10, -1},
	 {{"0", "before", 0, 6}, {"10", "before", 10, 2}},
	 "10d 0 improved",
	 true,
	 0},
	{"O5 three visits in 28 days, nothing lasting",
	 {0, 13, 26, -1},
	 {{"0", "before", 0, 6}, {"13", "before", 13, 6}, {"26", "before", 26, 6}},
	 "10d 0 not_improved, 10d 13 not_improved",
	 false,
	 3},
	{"O5 a lasting improvement begins the count anew",
	 {0, 10, 20, -1},
	 {{"0", "before", 0, 6}, {"10", "before", 10, 2}, {"20", "before", 20, 2}},
	 "10d 0 improved, 10d 10 not_improved",
	 false,
	 0},
};

static void add_facts(const struct course *course, struct treatment *treatments,
		      struct measure *measures, struct facts *ret_facts)
{
	static char names[MOST][16];
	*ret_facts = (struct facts){treatments, 0, measures, 0};
	for (size_t i = 0; i < MOST && course->treated[i] >= 0; i++) {
		snprintf(names[i], sizeof(names[i]), "%d", course->treated[i]);
		treatments[ret_facts->treatment_count++] = (struct treatment){
			"ana", "calf", "left", TREATED + course->treated[i] * DAY, names[i], "c"};
	}
	for (size_t i = 0; i < MOST && course->values[i].note; i++)
		measures[ret_facts->measure_count++] = (struct measure){
			.athlete_id = "ana",
			.area = "calf",
			.side = "left",
			.taken_at = TREATED + course->values[i].day * DAY,
			.note_id = course->values[i].note,
			.instrument = "nprs",
			.moment = course->values[i].moment,
			.value = course->values[i].pain,
		};
}

static void reverse(void *items, size_t count, size_t bytes)
{
	char *at = items, swap[256];
	for (size_t i = 0; i < count / 2; i++) {
		memcpy(swap, at + i * bytes, bytes);
		memcpy(at + i * bytes, at + (count - 1 - i) * bytes, bytes);
		memcpy(at + (count - 1 - i) * bytes, swap, bytes);
	}
}

static void expect_course(const struct course *course, struct facts *facts)
{
	struct arena *arena = arena_new(1 << 20);
	struct judged judged[MOST];
	struct episode episode = {0};
	char said[512] = "";
	facts_sort(facts);
	assert_true(episode_next(facts, &episode));
	size_t count = episode_judge(&episode, judged);
	for (size_t i = 0; i < count; i++) {
		const struct treatment *of = &episode.treatments[judged[i].treatment];
		sprintf(said + strlen(said), "%s%s %s %s", i ? ", " : "",
			outcome_windows[judged[i].window].name, of->note_id,
			judgement_name(judged[i].result.judgement));
	}
	bool lasting = episode_is_lasting(arena, &episode, judged, count);
	struct upstream_result upstream = episode_upstream(arena, &episode, INT64_MIN);
	int visits = upstream.raise ? upstream.visits : 0;
	if (strcmp(said, course->expected) != 0 || lasting != course->lasting ||
	    visits != course->upstream)
		fail_msg("%s: got \"%s\", %s, %d", course->name, said,
			 lasting ? "lasting" : "not lasting", visits);
	assert_false(episode_next(facts, &episode));
	arena_free(arena);
}

/* Events come in any order: so may facts. */
static void judges_a_course(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(courses) / sizeof(courses[0]); i++) {
		struct treatment treatments[MOST];
		struct measure measures[MOST];
		struct facts facts;
		add_facts(&courses[i], treatments, measures, &facts);
		expect_course(&courses[i], &facts);
		add_facts(&courses[i], treatments, measures, &facts);
		reverse(treatments, facts.treatment_count, sizeof(treatments[0]));
		reverse(measures, facts.measure_count, sizeof(measures[0]));
		expect_course(&courses[i], &facts);
	}
}

static void parts_athletes_areas_and_sides(void **state)
{
	(void)state;
	struct treatment treatments[] = {
		{"bo", "calf", "left", TREATED, "1", "c"},
		{"ana", "calf", "right", TREATED, "2", "c"},
		{"ana", "calf", "left", TREATED, "2", "c"},
		{"ana", "calf", "left", TREATED, "2", "c"}, /* told twice */
		{"ana", "glute", "left", TREATED, "2", "c"},
	};
	struct measure measures[] = {
		{.athlete_id = "ana",
		 .area = "lat",
		 .side = "left",
		 .note_id = "",
		 .instrument = "nprs",
		 .moment = ""},
		{.athlete_id = "bo",
		 .area = "calf",
		 .side = "left",
		 .note_id = "",
		 .instrument = "nprs",
		 .moment = ""},
	};
	struct facts facts = {treatments, 5, measures, 2};
	char said[128] = "";
	facts_sort(&facts);
	for (struct episode episode = {0}; episode_next(&facts, &episode);)
		sprintf(said + strlen(said), "%s %s %s %zu %zu; ", episode.treatments->athlete_id,
			episode.treatments->area, episode.treatments->side, episode.treatment_count,
			episode.measure_count);
	assert_string_equal(said, "ana calf left 1 0; ana calf right 1 0; ana glute left 1 0; "
				  "bo calf left 1 1; ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges_a_course),
		cmocka_unit_test(parts_athletes_areas_and_sides),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
