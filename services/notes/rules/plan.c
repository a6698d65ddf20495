#include "notes/rules/plan.h"

#include <string.h>

/* Days by step: today, tomorrow, then activation, then load by the fourth day, when the soreness of
 * T4 has gone. */
#define STEPS(mobility_, breathing_, activation_, loading_, region_rule_)                            \
	{                                                                                            \
		{PLAN_LIGHT_MOBILITY, "light_mobility", "P1", 0, 2, mobility_},                      \
			{PLAN_POSITIONAL_BREATHING, "positional_breathing", "P1", 1, 3, breathing_}, \
			{PLAN_ACTIVATION, "activation", region_rule_, 2, 5, activation_},            \
			{PLAN_RETURN_TO_LOADING, "return_to_loading", region_rule_, 4, 7, loading_}, \
	}

static const struct plan plans[] = {
	[PLAN_REGION_GENERAL] =
		{
			PLAN_REGION_GENERAL,
			STEPS("Light mobility: move the area through its easy range, 5 minutes.",
			      "Positional breathing: 5 slow breaths in a supported position, "
			      "3 rounds.",
			      "Activation drills: 2 sets of 10, slow, in the range gained.",
			      "Gradual return to loading: half the usual load, then build up.",
			      "P1"),
		},
	[PLAN_REGION_HIP] =
		{
			PLAN_REGION_HIP,
			STEPS("Light mobility: hip circles and rocking in the easy range, "
			      "5 minutes.",
			      "Positional breathing: on the back, hips and knees at 90 degrees, "
			      "5 slow breaths, 3 rounds.",
			      "Activation drills: bridges and side steps through the new hip "
			      "range, "
			      "2 sets of 10.",
			      "Gradual return to loading: squat or stride using the new range, "
			      "half "
			      "the usual load, then build up.",
			      "P1, P2"),
		},
	[PLAN_REGION_CALF] =
		{
			PLAN_REGION_CALF,
			STEPS("Light mobility: ankle rocks, knee over toes, 5 minutes.",
			      "Positional breathing: half kneeling, 5 slow breaths, 3 rounds.",
			      "Activation drills: walking drills with full push-off, slow calf "
			      "raises, 2 sets of 10.",
			      "Gradual return to loading: gait drills, then lower-leg loading; "
			      "easy "
			      "running before hops and hills.",
			      "P1, P2"),
		},
	[PLAN_REGION_SHOULDER] =
		{
			PLAN_REGION_SHOULDER,
			STEPS("Light mobility: arm slides and neck turns in the easy range, "
			      "5 minutes.",
			      "Positional breathing: on the back, arms overhead and supported, "
			      "5 slow breaths, 3 rounds.",
			      "Activation drills: wall slides and light band pulls in the range "
			      "gained, 2 sets of 10.",
			      "Gradual return to loading: press, throw or swim at half the usual "
			      "load, then build up.",
			      "P1"),
		},
};

static const struct {
	const char *area;
	enum plan_region region;
} regions[] = {
	{"calf", PLAN_REGION_CALF},       {"hip_flexor", PLAN_REGION_HIP},
	{"lateral_hip", PLAN_REGION_HIP}, {"glute", PLAN_REGION_HIP},
	{"adductor", PLAN_REGION_HIP},    {"hamstring", PLAN_REGION_GENERAL},
	{"lat", PLAN_REGION_SHOULDER},    {"upper_trapezius", PLAN_REGION_SHOULDER},
	{"pec", PLAN_REGION_SHOULDER},    {"rotator_cuff", PLAN_REGION_SHOULDER},
};

const struct plan *plan_for_area(const char *area)
{
	for (size_t i = 0; area && i < sizeof(regions) / sizeof(regions[0]); i++)
		if (strcmp(regions[i].area, area) == 0)
			return &plans[regions[i].region];
	return &plans[PLAN_REGION_GENERAL];
}
