#include "notes/handlers/note_form.h"

#include "base/text.h"
#include "knowledge/instrument.h"
#include "knowledge/plan.h"
#include "notes/rules/anatomy.h"
#include "notes/rules/plan.h"

#include <math.h>
#include <string.h>

/* A slip of a program, not a long visit. */
#define LIST_MAX       100
#define TEXT_BYTES_MAX 10000
#define CODE_BYTES_MAX 64
#define NAME_BYTES_MAX 200
#define MINUTES_MAX    480

static bool is_one_of(const char *const *codes, const char *code)
{
	for (; *codes; codes++)
		if (strcmp(*codes, code) == 0)
			return true;
	return false;
}

static void fault_at(struct check *check, bool holds, const char *list, size_t at,
		     const char *field, const char *expected)
{
	if (!holds)
		faults_addf(&check->faults, check->arena, expected, "note.%s[%zu]%s", list, at,
			    field);
}

static void check_text(struct check *check, const char *text, const char *field)
{
	check_that(check, strlen(text) <= TEXT_BYTES_MAX, field, "at most 10,000 bytes");
}

static void check_texts(struct check *check, const Soleus__V1__Note *note)
{
	check_text(check, note->complaint, "note.complaint");
	check_text(check, note->tissue_to_calm, "note.tissue_to_calm");
	check_text(check, note->why_overloaded, "note.why_overloaded");
	check_text(check, note->both_thorax_sides_reason, "note.both_thorax_sides_reason");
	check_text(check, note->care_reason, "note.care_reason");
	check_text(check, note->tolerance, "note.tolerance");
	check_text(check, note->referral, "note.referral");
	check_text(check, note->outcome, "note.outcome");
	check_text(check, note->history, "note.history");
	for (size_t i = 0; i < note->n_red_flags; i++)
		fault_at(check,
			 !text_is_blank(note->red_flags[i]) &&
				 strlen(note->red_flags[i]) <= TEXT_BYTES_MAX,
			 "red_flags", i, "", "what was looked for and found, at most 10,000 bytes");
}

bool note_form_check_sizes(struct check *check, const Soleus__V1__Note *note)
{
	const struct {
		size_t count;
		const char *field;
	} lists[] = {
		{note->n_drivers, "note.drivers"},   {note->n_findings, "note.findings"},
		{note->n_sites, "note.sites"},       {note->n_modalities, "note.modalities"},
		{note->n_measures, "note.measures"}, {note->n_red_flags, "note.red_flags"},
	};
	const struct fault *before = check->faults.last; /* of what is beside the note */
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		check_that(check, lists[i].count <= LIST_MAX, lists[i].field, "at most 100");
	check_that(check, note->n_plan <= PLAN_STEPS_MOST, "note.plan", "at most 16 steps");
	for (size_t i = 0; i < note->n_sites && i < LIST_MAX; i++)
		fault_at(check, note->sites[i]->n_finding_keys <= LIST_MAX, "sites", i,
			 ".finding_keys", "at most 100");
	return check->faults.last == before;
}

static void check_instrument(struct check *check, const char *code, const char *list, size_t at)
{
	fault_at(check, !*code || instrument_find(code), list, at, ".instrument",
		 "an instrument's code, such as nprs");
}

/* O3: what cannot be a value would never be judged, and cannot be mended once it is signed. */
static void check_value(struct check *check, const char *code, double value, const char *list,
			size_t at)
{
	const struct instrument *instrument = instrument_find(code);
	if (!isfinite(value))
		fault_at(check, false, list, at, ".value",
			 "a number: a missing value is never zero (O3)");
	else if (instrument)
		fault_at(check, instrument_accepts(instrument, value), list, at, ".value",
			 instrument_expects(check->arena, instrument));
}

/* O3: raters and devices differ, so who measured and with what are kept. */
static void check_taking(struct check *check, const char *rater, const char *device,
			 const char *list, size_t at)
{
	fault_at(check, strlen(rater) <= NAME_BYTES_MAX, list, at, ".rater", "at most 200 bytes");
	fault_at(check, strlen(device) <= NAME_BYTES_MAX, list, at, ".device", "at most 200 bytes");
}

static void check_findings(struct check *check, const Soleus__V1__Note *note,
			   struct note_finding *ret_findings)
{
	for (size_t i = 0; i < note->n_findings; i++) {
		const Soleus__V1__Finding *finding = note->findings[i];
		fault_at(check, !*finding->side || is_one_of(note_sides, finding->side), "findings",
			 i, ".side", "left, right, both or nothing");
		check_instrument(check, finding->instrument, "findings", i);
		if (finding->value)
			check_value(check, finding->instrument, finding->value->value, "findings",
				    i);
		fault_at(check, strlen(finding->text) <= TEXT_BYTES_MAX, "findings", i, ".text",
			 "at most 10,000 bytes");
		fault_at(check, strlen(finding->movement) <= TEXT_BYTES_MAX, "findings", i,
			 ".movement", "at most 10,000 bytes");
		fault_at(check, strlen(finding->key) <= CODE_BYTES_MAX, "findings", i, ".key",
			 "at most 64 bytes");
		check_taking(check, finding->rater, finding->device, "findings", i);
		ret_findings[i] = (struct note_finding){finding->key, finding->movement};
	}
}

static enum note_side side_of(const char *side)
{
	return strcmp(side, "left") == 0    ? NOTE_SIDE_LEFT
	       : strcmp(side, "right") == 0 ? NOTE_SIDE_RIGHT
					    : NOTE_SIDE_UNSET;
}

static struct note_site site_of(const Soleus__V1__NeedleSite *site)
{
	return (struct note_site){
		.muscle = site->muscle,
		.side = side_of(site->side),
		.approach = site->approach,
		.gauge_um = site->gauge_um,
		.length_mm = site->length_mm,
		.depth_mm = site->depth_mm,
		.insertions = site->insertions,
		.retention_s = site->retention_s,
		.local_twitch_response = site->local_twitch_response,
		.referral = site->referral,
		.has_pain_during = site->pain_during,
		.pain_during = site->pain_during ? site->pain_during->value : 0,
		.needles_in = site->needles_in,
		.needles_out = site->needles_out,
		.finding_keys = (const char *const *)site->finding_keys,
		.finding_key_count = site->n_finding_keys,
	};
}

static bool is_repeated(const struct note_measure_row *measures, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (strcmp(measures[i].instrument, measures[at].instrument) == 0 &&
		    strcmp(measures[i].area, measures[at].area) == 0 &&
		    strcmp(measures[i].side, measures[at].side) == 0 &&
		    strcmp(measures[i].moment, measures[at].moment) == 0)
			return true;
	return false;
}

/* O2, O3: what is measured can be compared later: one value for each moment, none missing. */
static void check_measures(struct check *check, const Soleus__V1__Note *note,
			   struct note_measure_row *ret_measures)
{
	for (size_t i = 0; i < note->n_measures; i++) {
		const Soleus__V1__NoteMeasure *measure = note->measures[i];
		ret_measures[i] = (struct note_measure_row){
			.instrument = measure->instrument,
			.area = measure->area,
			.side = measure->side,
			.moment = measure->moment,
			.value = measure->value ? measure->value->value : NAN,
		};
		fault_at(check, *measure->instrument, "measures", i, ".instrument",
			 "an instrument's code, such as nprs");
		check_instrument(check, measure->instrument, "measures", i);
		check_value(check, measure->instrument, ret_measures[i].value, "measures", i);
		check_taking(check, measure->rater, measure->device, "measures", i);
		fault_at(check, !*measure->area || anatomy_is_area(measure->area), "measures", i,
			 ".area", "an area's code, such as calf, or nothing");
		fault_at(check,
			 *measure->area ? side_of(measure->side) != NOTE_SIDE_UNSET
					: !*measure->side,
			 "measures", i, ".side", "left or right with an area, else nothing");
		fault_at(check, is_one_of(note_moments, measure->moment), "measures", i, ".moment",
			 "before or after");
		fault_at(check, !is_repeated(ret_measures, i), "measures", i, "",
			 "one value for each instrument, area, side and moment");
	}
}

static void check_plan(struct check *check, const Soleus__V1__Note *note)
{
	for (size_t i = 0; i < note->n_plan; i++) {
		const Soleus__V1__PlanStep *step = note->plan[i];
		fault_at(check, plan_kind_find(step->kind) != PLAN_STEPS, "plan", i, ".kind",
			 "light_mobility, positional_breathing, activation or return_to_loading "
			 "(P1)");
		fault_at(check, step->day >= 0 && step->day <= PLAN_DAY_MOST, "plan", i, ".day",
			 "days after the visit, 0 to 365");
		fault_at(check,
			 step->last_day == 0 ||
				 (step->last_day >= step->day && step->last_day <= PLAN_DAY_MOST),
			 "plan", i, ".last_day", "the step's last day, not before its first, or 0");
		fault_at(check, strlen(step->dose) <= NAME_BYTES_MAX, "plan", i, ".dose",
			 "at most 200 bytes");
		fault_at(check, !*step->template_id || text_is_uuid(step->template_id), "plan", i,
			 ".template_id", "the id of a plan's version, or nothing");
		fault_at(check, !text_is_blank(step->text) && strlen(step->text) <= TEXT_BYTES_MAX,
			 "plan", i, ".text", "what to do, at most 10,000 bytes");
	}
	for (size_t i = 0; i < note->n_modalities; i++) {
		const Soleus__V1__Modality *modality = note->modalities[i];
		fault_at(check, is_one_of(note_modalities, modality->kind), "modalities", i,
			 ".kind", "bodywork, stretching or coaching");
		fault_at(check, modality->minutes >= 1 && modality->minutes <= MINUTES_MAX,
			 "modalities", i, ".minutes", "1 to 480");
		fault_at(check, strlen(modality->text) <= TEXT_BYTES_MAX, "modalities", i, ".text",
			 "at most 10,000 bytes");
		fault_at(check, strlen(modality->dose) <= NAME_BYTES_MAX, "modalities", i, ".dose",
			 "at most 200 bytes");
		fault_at(check, !*modality->area || anatomy_is_area(modality->area), "modalities",
			 i, ".area", "an area's code, such as calf, or nothing");
		fault_at(check, !*modality->side || is_one_of(note_sides, modality->side),
			 "modalities", i, ".side", "left, right, both or nothing");
	}
}

/* A finding of the rules names the field within the note; the screening is not one of its. */
static void add_rule_faults(struct check *check, const struct faults *found)
{
	for (const struct fault *fault = found->first; fault; fault = fault->next) {
		if (strcmp(fault->field, "screening") == 0)
			faults_add(&check->faults, check->arena, fault->field, fault->expected);
		else
			faults_addf(&check->faults, check->arena, fault->expected, "note.%s",
				    fault->field);
	}
}

void note_form_check(const Soleus__V1__Note *note, struct note_form *form, bool treatment_consent,
		     struct check *check)
{
	if (!note_form_check_sizes(check, note))
		return;
	struct arena *arena = check->arena;
	struct note_finding *findings = ARENA_ARRAY(arena, note->n_findings, struct note_finding);
	struct note_site *sites = ARENA_ARRAY(arena, note->n_sites, struct note_site);
	for (size_t i = 0; i < note->n_sites; i++)
		sites[i] = site_of(note->sites[i]);
	form->measures = ARENA_ARRAY(arena, note->n_measures, struct note_measure_row);
	form->measure_count = note->n_measures;
	form->note.tissue_to_calm = note->tissue_to_calm;
	form->note.why_overloaded = note->why_overloaded;
	form->note.drivers = (const char *const *)note->drivers;
	form->note.driver_count = note->n_drivers;
	form->note.findings = findings;
	form->note.finding_count = note->n_findings;
	form->note.sites = sites;
	form->note.site_count = note->n_sites;
	form->note.measure_count = note->n_measures;
	form->note.modality_count = note->n_modalities;
	form->note.both_thorax_sides_reason = note->both_thorax_sides_reason;
	form->note.care_reason = note->care_reason;

	check_texts(check, note);
	check_findings(check, note, findings);
	struct faults found = {0};
	note_check(&form->note, &found, arena);
	add_rule_faults(check, &found);
	check_measures(check, note, form->measures);
	check_plan(check, note);
	check_that(check, note->n_sites == 0 || treatment_consent, "consent",
		   "the athlete's consent to treatment, in force (R5)");
}
