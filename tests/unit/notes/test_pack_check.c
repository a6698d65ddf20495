/* What the rule pack in force demands of a note: one table for each pack, and one for the rules
 * that no shipped pack has. */
#include "notes/rules/pack_check.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#define BARE .needled = true, .referral = "", .tolerance = "", .outcome = "", .signer_treated = true
#define WHOLE                                                                             \
	.needled = true, .training_hours = 54, .consent_written = true,                   \
	.consent_copy_given = true, .referral = "Dr. Hale, 2 March", .tolerance = "well", \
	.outcome = "squats deeper", .signer_treated = true

struct row {
	const char *name;
	struct pack_facts facts;
	const char *faults; /* "field: expected\n" each */
};

static void check_rows(const struct pack *pack, const struct row *rows, size_t count)
{
	assert_non_null(pack);
	struct arena *arena = arena_new(1 << 16);
	for (size_t i = 0; i < count; i++) {
		struct faults faults = {0};
		char said[2048] = "";
		pack_check(pack, &rows[i].facts, &faults, arena);
		for (const struct fault *fault = faults.first; fault; fault = fault->next)
			snprintf(said + strlen(said), sizeof(said) - strlen(said), "%s: %s\n",
				 fault->field, fault->expected);
		if (strcmp(said, rows[i].faults) != 0)
			fail_msg("%s, came:\n%s", rows[i].name, said);
	}
	arena_free(arena);
}

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static const struct row neutral[] = {
	{"the neutral default asks nothing beyond", {BARE}, ""},
	{"nor of a signer who did not treat: SignNote refuses that by itself",
	 {.needled = true, .referral = "", .tolerance = "", .outcome = ""},
	 ""},
};

static void the_neutral_default(void **state)
{
	(void)state;
	check_rows(pack_find("default", 1), neutral, COUNT(neutral));
}

#define CO_HOURS(n)                                                                         \
	"practitioner.needling_training_hours: 46 hours of needling training (US-CO 1), " n \
	" recorded\n"

static const struct row colorado[] = {
	{"all is there", {WHOLE}, ""},
	{"46 hours are enough",
	 {.needled = true, .training_hours = 46, .consent_written = true},
	 ""},
	{"45 are not",
	 {.needled = true, .training_hours = 45, .consent_written = true},
	 CO_HOURS("45")},
	{"none recorded, no written consent: both at once",
	 {BARE},
	 CO_HOURS("0") "consent.text_version: written consent to treatment (US-CO 1)\n"},
	{"without needles it is not bound", {.referral = ""}, ""},
};

static void colorado_asks(void **state)
{
	(void)state;
	check_rows(pack_find("US-CO", 1), colorado, COUNT(colorado));
}

static const struct row virginia[] = {
	{"all is there", {WHOLE}, ""},
	{"everything is missing, all of it said at once",
	 {.needled = true, .training_hours = 40, .referral = " ", .tolerance = "", .outcome = ""},
	 "practitioner_id: the signature of who needled (US-VA 1)\n"
	 "practitioner.needling_training_hours: 54 hours of needling training (US-VA 1), 40 "
	 "recorded\n"
	 "consent.text_version: written consent to treatment (US-VA 1)\n"
	 "note.referral: who referred the athlete, and when (US-VA 1)\n"
	 "note.tolerance: how the treatment was tolerated (US-VA 1)\n"
	 "note.outcome: what came of it, or a measure right after (US-VA 1)\n"},
	{"a measure right after is an outcome",
	 {.needled = true,
	  .training_hours = 54,
	  .consent_written = true,
	  .referral = "Dr. Hale",
	  .tolerance = "well",
	  .outcome = "",
	  .measured_after = true,
	  .signer_treated = true},
	 ""},
	{"without needles it is not bound", {.referral = ""}, ""},
};

static void virginia_asks(void **state)
{
	(void)state;
	check_rows(pack_find("US-VA", 1), virginia, COUNT(virginia));
}

/* A pack that has what no shipped one demands. */
static const struct pack strict = {
	.code = "XX",
	.version = 3,
	.rules = {[PACK_NEEDLING_PROHIBITED] = {1, SURE_H},
		  [PACK_CONSENT_COPY] = {1, SURE_M},
		  [PACK_TRAINING_HOURS] = {500, SURE_L},
		  [PACK_REFERRAL] = {1, SURE_L}},
};

static const struct row stricter[] = {
	{"prohibited; a copy of the consent; what is unverified (L) decides nothing",
	 {BARE},
	 "note.sites: no needling, which is prohibited here (XX 3)\n"
	 "consent.copy_given: a copy of the consent, given to the athlete (XX 3)\n"},
	{"prohibited, whatever else is there",
	 {WHOLE},
	 "note.sites: no needling, which is prohibited here (XX 3)\n"},
	{"a visit without needles is no needling", {.referral = ""}, ""},
};

static void rules_of_no_shipped_pack(void **state)
{
	(void)state;
	check_rows(&strict, stricter, COUNT(stricter));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_neutral_default),
		cmocka_unit_test(colorado_asks),
		cmocka_unit_test(virginia_asks),
		cmocka_unit_test(rules_of_no_shipped_pack),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
