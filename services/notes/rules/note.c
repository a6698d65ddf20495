#include "notes/rules/note.h"

#include "base/clock.h"
#include "base/text.h"
#include "notes/rules/anatomy.h"

#include <string.h>

/* Bounds that catch a slip of the pen, not clinical limits; ours. */
#define GAUGE_MIN_UM    100
#define GAUGE_MAX_UM    1000
#define LENGTH_MAX_MM   150
#define RETENTION_MAX_S 7200
/* Ours: more in one place of one visit is a slip of the keyboard. */
#define NEEDLES_MAX    50
#define INSERTIONS_MAX 500

const char *const note_approaches[] = {
	"superficial", "deep", "pistoning", "threading", "electrical", 0,
};

const char *const note_drivers[] = {
	"load", "sleep", "fuel", "technique", "strength", "mechanics", "recovery", "other", 0,
};

const char *const note_sides[] = {"left", "right", "both", 0};
const char *const note_moments[] = {"before", "after", 0};
const char *const note_modalities[] = {"bodywork", "stretching", "coaching", 0};

static bool is_one_of(const char *const *codes, const char *code)
{
	for (; code && *codes; codes++)
		if (strcmp(*codes, code) == 0)
			return true;
	return false;
}

bool note_is_driver(const char *code)
{
	return is_one_of(note_drivers, code);
}

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static const struct note_finding *find_finding(const struct note *note, const char *key)
{
	for (size_t i = 0; i < note->finding_count; i++)
		if (same(note->findings[i].key, key))
			return &note->findings[i];
	return 0;
}

static bool has_movement_finding(const struct note *note)
{
	for (size_t i = 0; i < note->finding_count; i++)
		if (!text_is_blank(note->findings[i].movement))
			return true;
	return false;
}

/* K1, K3 to K5: why nothing was done to an athlete who came. */
static bool is_held_back(const struct note *note)
{
	return note->screened && note->caution >= CAUTION_ASSESS_FIRST &&
	       note->caution != CAUTION_INCOMPLETE;
}

/* C2, C3. A note that says nothing is none: it could never be filled in later. */
static void check_questions(const struct note *note, struct faults *faults, struct arena *arena)
{
	if (note->site_count == 0 && note->modality_count == 0 && note->finding_count == 0 &&
	    note->measure_count == 0 && !is_held_back(note))
		faults_add(
			faults, arena, "sites",
			"a treatment, a finding, a measure, or a screening that says why there is "
			"none (C3)");
	if (note->site_count > 0 || note->modality_count > 0) {
		if (text_is_blank(note->tissue_to_calm))
			faults_add(faults, arena, "tissue_to_calm",
				   "which tissue needs to calm down (C3)");
		if (text_is_blank(note->why_overloaded))
			faults_add(faults, arena, "why_overloaded", "why it got overloaded (C3)");
	}
	for (size_t i = 0; i < note->driver_count; i++)
		if (!note_is_driver(note->drivers[i]))
			faults_addf(faults, arena, "a driver's code, such as load (C2)",
				    "drivers[%zu]", i);
}

/* C4: what sites refer to can be told apart. */
static void check_findings(const struct note *note, struct faults *faults, struct arena *arena)
{
	for (size_t i = 0; i < note->finding_count; i++) {
		const char *key = note->findings[i].key;
		if (text_is_blank(key))
			faults_addf(faults, arena, "a key that sites can name (C4)",
				    "findings[%zu].key", i);
		else if (find_finding(note, key) != &note->findings[i])
			faults_addf(faults, arena, "a key that no other finding has (C4)",
				    "findings[%zu].key", i);
	}
}

/* C4: each link holds, and one of them is more than a sore spot. */
static void check_links(const struct note *note, size_t at, struct faults *faults,
			struct arena *arena)
{
	const struct note_site *site = &note->sites[at];
	bool movement = false;
	bool all_known = true;
	for (size_t i = 0; i < site->finding_key_count; i++) {
		const struct note_finding *finding = find_finding(note, site->finding_keys[i]);
		if (!finding) {
			faults_addf(faults, arena, "the key of a finding in this note (C4)",
				    "sites[%zu].finding_keys[%zu]", at, i);
			all_known = false;
		} else if (!text_is_blank(finding->movement)) {
			movement = true;
		}
	}
	if (!movement && all_known)
		faults_addf(faults, arena,
			    site->finding_key_count == 0
				    ? "at least one finding of the movement assessment (C4)"
				    : "a movement finding: a sore spot alone does not decide (C4)",
			    "sites[%zu].finding_keys", at);
}

/* R1: where and how. */
static void check_place(const struct note_site *site, size_t at, struct faults *faults,
			struct arena *arena)
{
	if (!anatomy_find(site->muscle))
		faults_addf(faults, arena, "a muscle's code, such as gastrocnemius (R1)",
			    "sites[%zu].muscle", at);
	if (site->side != NOTE_SIDE_LEFT && site->side != NOTE_SIDE_RIGHT)
		faults_addf(faults, arena, "left or right (R1)", "sites[%zu].side", at);
	if (!is_one_of(note_approaches, site->approach))
		faults_addf(faults, arena,
			    "superficial, deep, pistoning, threading or electrical (R1)",
			    "sites[%zu].approach", at);
}

/* R1: the needle and what was done with it. */
static void check_needle(const struct note_site *site, size_t at, struct faults *faults,
			 struct arena *arena)
{
	if (site->gauge_um < GAUGE_MIN_UM || site->gauge_um > GAUGE_MAX_UM)
		faults_addf(faults, arena, "the needle's diameter, 100 to 1000 um (R1)",
			    "sites[%zu].gauge_um", at);
	bool length_fits = site->length_mm >= 1 && site->length_mm <= LENGTH_MAX_MM;
	if (!length_fits)
		faults_addf(faults, arena, "the needle's length, 1 to 150 mm (R1)",
			    "sites[%zu].length_mm", at);
	if (site->depth_mm < 1)
		faults_addf(faults, arena, "how deep, 1 mm or more (R1)", "sites[%zu].depth_mm",
			    at);
	else if (length_fits && site->depth_mm > site->length_mm)
		faults_addf(faults, arena, "no deeper than the needle is long (R1)",
			    "sites[%zu].depth_mm", at);
	if (site->retention_s < 0 || site->retention_s > RETENTION_MAX_S)
		faults_addf(faults, arena, "seconds left in place, 0 to 7200 (R1)",
			    "sites[%zu].retention_s", at);
	/* Written so that a NaN is a fault too. */
	if (!site->has_pain_during || !(site->pain_during >= 0 && site->pain_during <= 10))
		faults_addf(faults, arena, "pain during, 0 to 10 (R1)", "sites[%zu].pain_during",
			    at);
}

/* R1: needles in = needles out. */
static void check_count(const struct note_site *site, size_t at, struct faults *faults,
			struct arena *arena)
{
	if (site->needles_in < 1 || site->needles_in > NEEDLES_MAX)
		faults_addf(faults, arena, "how many needles went in, 1 to 50 (R1)",
			    "sites[%zu].needles_in", at);
	if (site->needles_out != site->needles_in)
		faults_addf(faults, arena, "as many needles out as went in (R1)",
			    "sites[%zu].needles_out", at);
	if (site->insertions < 1 || site->insertions < site->needles_in ||
	    site->insertions > INSERTIONS_MAX)
		faults_addf(faults, arena,
			    "one insertion or more for each needle, at most 500 (R1)",
			    "sites[%zu].insertions", at);
}

/* R4. */
static void check_thorax(const struct note *note, struct faults *faults, struct arena *arena)
{
	bool left = false;
	bool right = false;
	for (size_t i = 0; i < note->site_count; i++) {
		const struct anatomy_muscle *muscle = anatomy_find(note->sites[i].muscle);
		if (!muscle || !muscle->thorax)
			continue;
		left |= note->sites[i].side == NOTE_SIDE_LEFT;
		right |= note->sites[i].side == NOTE_SIDE_RIGHT;
	}
	if (left && right && text_is_blank(note->both_thorax_sides_reason))
		faults_add(faults, arena, "both_thorax_sides_reason",
			   "why both sides of the thorax were needled in one visit (R4)");
}

/* K1–K5, for a visit at which needles went in. */
static void check_caution(const struct note *note, struct faults *faults, struct arena *arena)
{
	if (note->site_count == 0)
		return;
	if (!note->screened) {
		faults_add(faults, arena, "screening", "a screening of this visit (K1-K5)");
		return;
	}
	static const char *const expected[] = {
		[CAUTION_PROCEED_WITH_CARE] = "why it was right to proceed with care (K2)",
		[CAUTION_ASSESS_FIRST] = "what the assessment showed: pain without diagnosis (K4)",
		[CAUTION_INCOMPLETE] = "answers to all questions of the screening (K1-K5)",
		[CAUTION_REFER] = "no needling under refer: it is not the first move (K3)",
		[CAUTION_DEFER] = "no needling under defer: rebook (K1)",
		[CAUTION_DO_NOT_TREAT] = "no needling under do_not_treat (K5)",
	};
	if (caution_forbids_needling(note->caution))
		faults_add(faults, arena, "screening", expected[note->caution]);
	else if (note->caution != CAUTION_CLEAR && text_is_blank(note->care_reason))
		faults_add(faults, arena, "care_reason", expected[note->caution]);
	if (note->caution == CAUTION_ASSESS_FIRST && !has_movement_finding(note))
		faults_add(faults, arena, "findings", "an assessment before needling (K4)");
}

void note_check(const struct note *note, struct faults *faults, struct arena *arena)
{
	check_questions(note, faults, arena);
	check_findings(note, faults, arena);
	for (size_t i = 0; i < note->site_count; i++) {
		check_place(&note->sites[i], i, faults, arena);
		check_needle(&note->sites[i], i, faults, arena);
		check_count(&note->sites[i], i, faults, arena);
		check_links(note, i, faults, arena);
	}
	check_thorax(note, faults, arena);
	check_caution(note, faults, arena);
}

size_t note_distinct_muscles(const struct note_site *sites, size_t count)
{
	size_t distinct = 0;
	for (size_t i = 0; i < count; i++) {
		size_t earlier = 0;
		while (earlier < i && !same(sites[earlier].muscle, sites[i].muscle))
			earlier++;
		distinct += earlier == i;
	}
	return distinct;
}

const char *note_cpt_code(size_t distinct_muscles)
{
	if (distinct_muscles == 0)
		return 0;
	return distinct_muscles <= 2 ? "20560" : "20561";
}

bool note_touches_thorax(const struct note_site *sites, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct anatomy_muscle *muscle = anatomy_find(sites[i].muscle);
		if (muscle && muscle->thorax)
			return true;
	}
	return false;
}

int64_t note_treated_at(int64_t signed_at, int64_t visit_ends_at)
{
	return visit_ends_at < signed_at ? visit_ends_at : signed_at;
}

bool note_is_ahead(int64_t now_us, int64_t visit_ends_at)
{
	return visit_ends_at - now_us > CLOCK_DAY_US;
}

size_t note_areas(const struct note_site *sites, size_t count, struct note_area *ret_areas,
		  size_t capacity)
{
	size_t areas = 0;
	for (size_t i = 0; i < count && areas < capacity; i++) {
		const struct anatomy_muscle *muscle = anatomy_find(sites[i].muscle);
		if (!muscle || !muscle->area)
			continue;
		size_t earlier = 0;
		while (earlier < areas && !(same(ret_areas[earlier].area, muscle->area) &&
					    ret_areas[earlier].side == sites[i].side))
			earlier++;
		if (earlier == areas)
			ret_areas[areas++] = (struct note_area){muscle->area, sites[i].side};
	}
	return areas;
}
