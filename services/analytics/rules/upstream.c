#include "analytics/rules/upstream.h"

#include <stdio.h>
#include <string.h>

#define DAY_US INT64_C(86400000000)

/* The table "Areas" of domain.md. */
const struct upstream_area upstream_areas[] = {
	{"calf",
	 "Calf",
	 "running, field sports",
	 {"knee_to_wall", "single_leg_hop"},
	 "foot strike, hip extension, load spike, trunk"},
	{"hamstring",
	 "Hamstring",
	 "sprinting",
	 {"active_knee_extension"},
	 "pelvic position, glute max, trunk control, hip flexors"},
	{"hip_flexor",
	 "Hip flexor",
	 "sprinting, cutting",
	 {"hip_extension"},
	 "glutes, trunk, sprint volume"},
	{"lateral_hip",
	 "Lateral hip",
	 "running, cutting",
	 {"hip_rotation", "hip_adduction"},
	 "ankle dorsiflexion, lumbar, glute max"},
	{"glute",
	 "Glute",
	 "heavy lower body",
	 {"hip_rotation", "squat_depth"},
	 "lumbar and sacroiliac, adductors, ankle"},
	{"adductor",
	 "Adductor",
	 "football, hockey",
	 {"hip_rotation", "hagos"},
	 "glute medius, abdominals, cutting load"},
	{"upper_trapezius",
	 "Upper trapezius",
	 "overhead, lifting",
	 {"neck_rotation", "pressure_pain_threshold"},
	 "lower trapezius, serratus, thoracic extension, cuff"},
	{"lat",
	 "Lat",
	 "swimming, throwing, pressing",
	 {"shoulder_flexion"},
	 "thoracic mobility, trunk control, cuff"},
	{"pec",
	 "Pec",
	 "throwing, pressing",
	 {"shoulder_flexion", "shoulder_external_rotation"},
	 "thoracic extension, serratus, lower trapezius"},
	{"rotator_cuff",
	 "Rotator cuff",
	 "throwing, swimming",
	 {"shoulder_external_rotation", "shoulder_internal_rotation", "quickdash"},
	 "scapula, thoracic, trunk and hip"},
};

const size_t upstream_area_count = sizeof(upstream_areas) / sizeof(upstream_areas[0]);

const struct upstream_defaults upstream_defaults_ours = {.visits = 3, .days = 28};

const struct upstream_area *upstream_area_find(const char *code)
{
	for (size_t i = 0; code && i < upstream_area_count; i++)
		if (strcmp(upstream_areas[i].code, code) == 0)
			return &upstream_areas[i];
	return 0;
}

static bool is_lasting(const struct upstream_visit *visit)
{
	return visit->lasting == JUDGE_LASTING_YES && !visit->unverified;
}

struct upstream_result upstream_check(const struct upstream_visit *visits, size_t count,
				      const struct upstream_defaults *defaults)
{
	struct upstream_result result = {0};
	if (count == 0)
		return result;
	int64_t last = visits[0].treated_at;
	for (size_t i = 1; i < count; i++)
		if (visits[i].treated_at > last)
			last = visits[i].treated_at;
	int64_t from = last - defaults->days * DAY_US;
	for (size_t i = 0; i < count; i++) /* a lasting improvement begins the count anew */
		if (is_lasting(&visits[i]) && visits[i].treated_at >= from)
			from = visits[i].treated_at + 1;
	for (size_t i = 0; i < count; i++) {
		const struct upstream_visit *visit = &visits[i];
		if (visit->treated_at < from)
			continue;
		if (result.visits == 0 || visit->treated_at < result.first_at)
			result.first_at = visit->treated_at;
		result.visits++;
		result.last_at = last;
		result.unverified_improvement |= visit->lasting == JUDGE_LASTING_YES;
	}
	result.raise = result.visits >= defaults->visits;
	return result;
}

void upstream_text(const char *area, const struct upstream_result *result, char *ret_text,
		   size_t bytes)
{
	const struct upstream_area *row = upstream_area_find(area);
	long long days = (result->last_at - result->first_at + DAY_US - 1) / DAY_US;
	snprintf(ret_text, bytes,
		 "%s treated %d times in %lld days without lasting improvement (O5). Look at load "
		 "management, strength progression, running or lifting mechanics, recovery habits"
		 "%s%s%s.",
		 row ? row->name : "Area", result->visits, days,
		 row ? "; up the chain (inferred): " : "", row ? row->chain : "",
		 result->unverified_improvement ? ". An unverified measure did improve" : "");
}
