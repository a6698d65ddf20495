#include "analytics/rules/judge.h"

#include <string.h>

#define RANGE(lower_, upper_) \
	.has_lower = true, .has_upper = true, .lower = (lower_), .upper = (upper_)
#define ONE(value_, sure_)                             \
	{                                              \
		(value_), (value_), JUDGE_SURE_##sure_ \
	}
#define BETWEEN(low_, high_, sure_)                 \
	{                                           \
		(low_), (high_), JUDGE_SURE_##sure_ \
	}
#define UNSET                          \
	{                              \
		0, 0, JUDGE_SURE_UNSET \
	}

/* As NPRS, from inference: shipped as an editable default, unverified. */
#define AS_NPRS(code_, name_)                                                                   \
	{                                                                                       \
		.code = (code_), .name = (name_), .unit = "points", .version = 1, RANGE(0, 10), \
		.better = JUDGE_BETTER_LOWER, .mdc = ONE(1.77, L), .mcid = ONE(2, L),           \
		.mcid_by_baseline = true, .source = "as NPRS; unverified",                      \
	}

/* All rows of the table "Instruments" of domain.md. KOOS carries the one code that the table has
 * for it; no code is made up for its subscales. */
const struct instrument instruments[] = {
	{
		.code = "nprs",
		.name = "Numeric pain rating scale",
		.loinc = "72514-3",
		.unit = "points",
		.version = 1,
		RANGE(0, 10),
		.better = JUDGE_BETTER_LOWER,
		.mdc = ONE(1.77, H),
		.mcid = ONE(2, H),
		.mcid_by_baseline = true,
		.source = "thieme a-1304-3677; JOSPT 2014.5248",
	},
	{
		.code = "psfs",
		.name = "Patient-specific functional scale",
		.unit = "points",
		.version = 1,
		RANGE(0, 10),
		.better = JUDGE_BETTER_HIGHER,
		.mdc = ONE(2, L),
		.mcid = BETWEEN(1.3, 2.7, H),
		.source = "JOSPT 2014.5248",
		.remark = "MCID 1.3 small, 2.3 medium, 2.7 large change; MDC unverified",
	},
	{
		.code = "lefs",
		.name = "Lower extremity functional scale",
		.unit = "points",
		.version = 1,
		RANGE(0, 80),
		.better = JUDGE_BETTER_HIGHER,
		.mdc = ONE(9, H),
		.mcid = ONE(9, H),
		.source = "Binkley; 10.1080/17453674.2017.1309886",
		.remark = "Ceiling in athletes: healthy median 77",
	},
	{
		.code = "dash",
		.name = "DASH",
		.unit = "points",
		.version = 1,
		RANGE(0, 100),
		.better = JUDGE_BETTER_LOWER,
		.mdc = ONE(10.81, H),
		.mcid = ONE(10.83, H),
		.source = "Franchignoni 2014",
	},
	{
		.code = "quickdash",
		.name = "QuickDASH",
		.unit = "points",
		.version = 1,
		RANGE(0, 100),
		.better = JUDGE_BETTER_LOWER,
		.mdc = ONE(12.85, H),
		.mcid = ONE(15.91, H),
		.source = "Franchignoni 2014",
	},
	{
		.code = "koos_sport",
		.name = "KOOS sport",
		.loinc = "72091-2",
		.unit = "points",
		.version = 1,
		RANGE(0, 100),
		.better = JUDGE_BETTER_HIGHER,
		.mdc = BETWEEN(10.9, 20.2, H),
		.mcid = ONE(12.1, H),
		.source = "PMC3695799",
		.remark = "MDC by subscale",
	},
	{
		.code = "koos_qol",
		.name = "KOOS quality of life",
		.loinc = "72091-2",
		.unit = "points",
		.version = 1,
		RANGE(0, 100),
		.better = JUDGE_BETTER_HIGHER,
		.mdc = BETWEEN(10.9, 20.2, H),
		.mcid = ONE(18.3, H),
		.source = "PMC3695799",
		.remark = "MDC by subscale",
	},
	{
		.code = "hoos_sport",
		.name = "HOOS sport",
		.unit = "points",
		.version = 1,
		RANGE(0, 100),
		.better = JUDGE_BETTER_HIGHER,
		.mdc = BETWEEN(12.0, 26.2, H),
		.mcid = ONE(13, H),
		.source = "HQLO 18:135; PMID 40123108",
		.remark = "MDC by subscale",
	},
	{
		.code = "hagos",
		.name = "HAGOS",
		.unit = "points",
		.version = 1,
		RANGE(0, 100),
		.better = JUDGE_BETTER_HIGHER,
		.mdc = BETWEEN(17.7, 33.8, H),
		.mcid = BETWEEN(10, 15, M),
		.source = "BJSM 45:478",
		.remark = "MIC below MDC",
	},
	{
		.code = "visa_a",
		.name = "VISA-A",
		.unit = "points",
		.version = 1,
		RANGE(0, 100),
		.better = JUDGE_BETTER_HIGHER,
		.mdc = UNSET,
		.mcid = BETWEEN(7, 14, M),
		.source = "JOSPT 2021",
		.remark = "MCID 14 at 12 weeks, 7 at 24 weeks",
	},
	{
		.code = "groc",
		.name = "Global rating of change",
		.unit = "points",
		.version = 1,
		RANGE(-7, 7),
		.better = JUDGE_BETTER_HIGHER,
		.mdc = UNSET,
		.mcid = ONE(3, H),
		.source = "PTJ 91:675",
		.remark = "A rating of change by itself: +3; not after 3 weeks",
	},
	{
		.code = "knee_to_wall",
		.name = "Knee to wall",
		.unit = "cm",
		.version = 1,
		.has_lower = true,
		.better = JUDGE_BETTER_HIGHER,
		.mdc = BETWEEN(1.6, 1.9, H),
		.mcid = UNSET,
		.source = "PMID 25704110",
		.remark = "MDC 1.6 between raters, 1.9 within",
	},
	{
		.code = "active_knee_extension",
		.name = "Active knee extension",
		.unit = "degrees",
		.version = 1,
		.better = JUDGE_BETTER_UNSET,
		.mdc = BETWEEN(8, 15, H),
		.mcid = UNSET,
		.source = "PMIDs 25364856, 23735425",
		.remark = "MDC 8 within rater, 15 between; direction depends on how it is measured",
	},
	{
		.code = "hip_rotation",
		.name = "Hip rotation",
		.unit = "degrees",
		.version = 1,
		.better = JUDGE_BETTER_HIGHER,
		.mdc = BETWEEN(10.9, 16.5, H),
		.mcid = UNSET,
		.source = "Sports 9:148",
	},
	{
		.code = "shoulder_flexion",
		.name = "Shoulder flexion",
		.unit = "degrees",
		.version = 1,
		.better = JUDGE_BETTER_HIGHER,
		.mdc = ONE(8, H),
		.mcid = UNSET,
		.source = "PMID 20690872",
		.remark = "MDC90; same device only",
	},
	{
		.code = "single_leg_hop",
		.name = "Single-leg hop",
		.unit = "LSI %",
		.version = 1,
		.has_lower = true,
		.better = JUDGE_BETTER_HIGHER,
		.mdc = BETWEEN(7.2, 11.3, H),
		.mcid = UNSET,
		.source = "PMID 31431339",
		.remark = "MDC in % of distance; pass at 90 % LSI or more",
	},
	{
		.code = "session_rpe",
		.name = "Session RPE",
		.loinc = "82289-0",
		.unit = "RPE 0-10 x minutes",
		.version = 1,
		.has_lower = true,
		.better = JUDGE_BETTER_UNSET,
		.mdc = UNSET,
		.mcid = UNSET,
		.source = "Foster 2001",
		.remark = "Load: shown, never judged",
	},
	AS_NPRS("soreness", "Soreness"),
	AS_NPRS("tightness_after_training", "Tightness after training"),
	AS_NPRS("sprint_pain", "Pain with sprinting"),
	{
		.code = "stride_symmetry",
		.name = "Stride symmetry",
		.unit = "%",
		.version = 1,
		.better = JUDGE_BETTER_UNSET,
		.mdc = UNSET,
		.mcid = UNSET,
		.source = "",
	},
	{
		.code = "squat_depth",
		.name = "Squat depth",
		.unit = "cm or degrees",
		.version = 1,
		.better = JUDGE_BETTER_UNSET,
		.mdc = UNSET,
		.mcid = UNSET,
		.source = "",
	},
};

const size_t instrument_count = sizeof(instruments) / sizeof(instruments[0]);

const struct instrument *instrument_find(const char *code)
{
	for (size_t i = 0; code && i < instrument_count; i++)
		if (strcmp(instruments[i].code, code) == 0)
			return &instruments[i];
	return 0;
}
