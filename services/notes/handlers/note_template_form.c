#include "notes/handlers/wording_form.h"

#include "base/text.h"
#include "bus/canonical.h"
#include "knowledge/instrument.h"
#include "knowledge/plan.h"
#include "notes/rules/anatomy.h"
#include "notes/rules/plan.h"

#include <string.h>

static const char not_of_a_template[] =
	"nothing: it is said of one athlete and visit, never in a template";

static void expect(struct check *check, bool holds, const char *list, size_t at, const char *field,
		   const char *expected)
{
	if (!holds)
		faults_addf(&check->faults, check->arena, expected, "note.%s[%zu].%s", list, at,
			    field);
}

static bool is_side(const char *side)
{
	return !*side || strcmp(side, "left") == 0 || strcmp(side, "right") == 0 ||
	       strcmp(side, "both") == 0;
}

static bool is_area_or_empty(const char *area)
{
	return !*area || (plan_area_is_known(area) && strcmp(area, PLAN_AREA_GENERAL) != 0);
}

static void check_unsaid(struct check *check, const Soleus__V1__Note *note)
{
	const struct {
		bool said;
		const char *field;
	} fields[] = {
		{*note->why_overloaded, "note.why_overloaded"},
		{note->n_drivers, "note.drivers"},
		{*note->both_thorax_sides_reason, "note.both_thorax_sides_reason"},
		{*note->care_reason, "note.care_reason"},
		{*note->tolerance, "note.tolerance"},
		{*note->history, "note.history"},
		{note->n_red_flags, "note.red_flags"},
		{*note->referral, "note.referral"},
		{*note->outcome, "note.outcome"},
	};
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		check_that(check, !fields[i].said, fields[i].field, not_of_a_template);
}

static void check_findings(struct check *check, const Soleus__V1__Note *note)
{
	for (size_t i = 0; i < note->n_findings; i++) {
		const Soleus__V1__Finding *finding = note->findings[i];
		expect(check, is_side(finding->side), "findings", i, "side",
		       "left, right, both or nothing");
		expect(check, !*finding->instrument || instrument_find(finding->instrument),
		       "findings", i, "instrument", "an instrument's code, or nothing");
		expect(check, !finding->value, "findings", i, "value", not_of_a_template);
		expect(check, !*finding->text, "findings", i, "text", not_of_a_template);
		expect(check, !*finding->rater, "findings", i, "rater", not_of_a_template);
	}
}

static bool has_finding(const Soleus__V1__Note *note, const char *key)
{
	for (size_t i = 0; i < note->n_findings; i++)
		if (strcmp(note->findings[i]->key, key) == 0)
			return true;
	return false;
}

static void check_site(struct check *check, const Soleus__V1__Note *note, size_t i)
{
	const Soleus__V1__NeedleSite *site = note->sites[i];
	const struct {
		bool said;
		const char *field;
	} done[] = {
		{site->depth_mm, "depth_mm"},
		{site->insertions, "insertions"},
		{site->retention_s, "retention_s"},
		{site->local_twitch_response, "local_twitch_response"},
		{site->referral, "referral"},
		{site->pain_during, "pain_during"},
		{site->needles_in, "needles_in"},
		{site->needles_out, "needles_out"},
	};
	expect(check, !*site->muscle || anatomy_find(site->muscle), "sites", i, "muscle",
	       "a muscle's code, such as soleus, or nothing");
	expect(check, is_side(site->side) && strcmp(site->side, "both") != 0, "sites", i, "side",
	       "left, right or nothing");
	expect(check, site->gauge_um >= 0, "sites", i, "gauge_um", "a needle's, or 0");
	expect(check, site->length_mm >= 0, "sites", i, "length_mm", "a needle's, or 0");
	for (size_t at = 0; at < sizeof(done) / sizeof(done[0]); at++)
		expect(check, !done[at].said, "sites", i, done[at].field, not_of_a_template);
	for (size_t at = 0; at < site->n_finding_keys; at++)
		expect(check, has_finding(note, site->finding_keys[at]), "sites", i, "finding_keys",
		       "keys of the template's findings (C4)");
}

static void check_measures(struct check *check, const Soleus__V1__Note *note)
{
	for (size_t i = 0; i < note->n_measures; i++) {
		const Soleus__V1__NoteMeasure *measure = note->measures[i];
		expect(check, instrument_find(measure->instrument), "measures", i, "instrument",
		       "an instrument's code, such as nprs");
		expect(check, is_area_or_empty(measure->area), "measures", i, "area",
		       "an area's code, or nothing");
		expect(check, is_side(measure->side), "measures", i, "side",
		       "left, right, both or nothing");
		expect(check,
		       !*measure->moment || strcmp(measure->moment, "before") == 0 ||
			       strcmp(measure->moment, "after") == 0,
		       "measures", i, "moment", "before, after or nothing");
		expect(check, !measure->value, "measures", i, "value", not_of_a_template);
		expect(check, !*measure->rater, "measures", i, "rater", not_of_a_template);
	}
}

static void check_the_rest(struct check *check, const Soleus__V1__Note *note)
{
	for (size_t i = 0; i < note->n_modalities; i++) {
		const Soleus__V1__Modality *modality = note->modalities[i];
		expect(check,
		       strcmp(modality->kind, "bodywork") == 0 ||
			       strcmp(modality->kind, "stretching") == 0 ||
			       strcmp(modality->kind, "coaching") == 0,
		       "modalities", i, "kind", "bodywork, stretching or coaching");
		expect(check, is_area_or_empty(modality->area), "modalities", i, "area",
		       "an area's code, or nothing");
		expect(check, is_side(modality->side), "modalities", i, "side",
		       "left, right, both or nothing");
		expect(check, modality->minutes >= 0, "modalities", i, "minutes", "minutes, or 0");
	}
	check_that(check, note->n_plan <= PLAN_STEPS_MOST, "note.plan", "at most 16 steps");
	for (size_t i = 0; i < note->n_plan; i++) {
		const Soleus__V1__PlanStep *step = note->plan[i];
		expect(check, plan_kind_find(step->kind) != PLAN_STEPS, "plan", i, "kind",
		       "light_mobility, positional_breathing, activation or return_to_loading "
		       "(P1)");
		expect(check, step->day >= 0 && step->day <= PLAN_DAY_MOST, "plan", i, "day",
		       "days after the visit, 0 to 365");
		expect(check,
		       !step->last_day ||
			       (step->last_day >= step->day && step->last_day <= PLAN_DAY_MOST),
		       "plan", i, "last_day", "the step's last day, not before its first, or 0");
		expect(check, !text_is_blank(step->text), "plan", i, "text", "what to do");
		expect(check, !*step->template_id, "plan", i, "template_id",
		       "nothing: this text is the template's own");
	}
}

void check_template_note(struct check *check, const Soleus__V1__Note *note)
{
	const char *unknown = message_unknown_field(&note->base, check->arena);
	if (unknown)
		faults_addf(&check->faults, check->arena, "a field that this version knows",
			    "note.%s", unknown);
	check_unsaid(check, note);
	check_findings(check, note);
	for (size_t i = 0; i < note->n_sites; i++)
		check_site(check, note, i);
	check_measures(check, note);
	check_the_rest(check, note);
}
