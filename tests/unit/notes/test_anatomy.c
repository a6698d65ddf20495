/* The muscles of the table "Areas", and R4's thorax list. */
#include "notes/rules/anatomy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static const struct {
	const char *area;
	const char *muscles[5];
} areas[] = {
	{"calf", {"gastrocnemius", "soleus"}},
	{"hamstring", {"biceps_femoris", "semitendinosus", "semimembranosus"}},
	{"hip_flexor", {"iliopsoas", "rectus_femoris"}},
	{"lateral_hip", {"tensor_fasciae_latae", "gluteus_medius", "gluteus_minimus"}},
	{"glute", {"gluteus_maximus"}},
	{"adductor", {"adductor_longus", "adductor_magnus", "gracilis"}},
	{"upper_trapezius", {"upper_trapezius", "levator_scapulae"}},
	{"lat", {"latissimus_dorsi", "teres_major"}},
	{"pec", {"pectoralis_major", "pectoralis_minor"}},
	{"rotator_cuff", {"supraspinatus", "infraspinatus", "teres_minor", "subscapularis"}},
};

static const char *const thorax[] = {
	"upper_trapezius",  "middle_trapezius", "lower_trapezius",   "rhomboids",
	"pectoralis_major", "pectoralis_minor", "serratus_anterior", "serratus_posterior",
	"latissimus_dorsi", "supraspinatus",    "infraspinatus",     "scalenes",
	"iliocostalis",
};

static void knows_the_areas(void **state)
{
	(void)state;
	size_t with_area = 0;
	for (size_t i = 0; i < anatomy_muscle_count; i++)
		with_area += anatomy_muscles[i].area != 0;
	for (size_t i = 0; i < sizeof(areas) / sizeof(areas[0]); i++)
		for (size_t m = 0; m < 5 && areas[i].muscles[m]; m++, with_area--) {
			const struct anatomy_muscle *muscle = anatomy_find(areas[i].muscles[m]);
			if (!muscle || !muscle->area || strcmp(muscle->area, areas[i].area) != 0)
				fail_msg("%s is not in %s", areas[i].muscles[m], areas[i].area);
		}
	assert_int_equal(with_area, 0);
	assert_null(anatomy_find("heart"));
	assert_null(anatomy_find(0));
}

static void r4_flags_the_thorax(void **state)
{
	(void)state;
	size_t flagged = 0;
	for (size_t i = 0; i < anatomy_muscle_count; i++)
		flagged += anatomy_muscles[i].thorax;
	assert_int_equal(flagged, sizeof(thorax) / sizeof(thorax[0]));
	for (size_t i = 0; i < sizeof(thorax) / sizeof(thorax[0]); i++)
		if (!anatomy_find(thorax[i]) || !anatomy_find(thorax[i])->thorax)
			fail_msg("R4 %s is not flagged", thorax[i]);
}

/* Reminders and analytics know a treatment by its areas or by the thorax flag: A2 must follow the
 * rhomboids too. */
static void every_muscle_is_told_of(void **state)
{
	(void)state;
	for (size_t i = 0; i < anatomy_muscle_count; i++)
		if (!anatomy_muscles[i].area && !anatomy_muscles[i].thorax)
			fail_msg("A2, O5 %s has neither area nor flag", anatomy_muscles[i].code);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_the_areas),
		cmocka_unit_test(r4_flags_the_thorax),
		cmocka_unit_test(every_muscle_is_told_of),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
