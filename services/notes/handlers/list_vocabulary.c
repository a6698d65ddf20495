#include "events/check.h"
#include "knowledge/instrument.h"
#include "notes/handlers/service.h"
#include "notes/rules/adverse.h"
#include "notes/rules/anatomy.h"
#include "notes/rules/caution.h"
#include "notes/rules/note.h"
#include "notes/rules/plan.h"

#include <assert.h>
#include <string.h>

/* Of all tables together; they come with the program. */
#define TERMS_MOST 400

/* What is asked for, and where it goes. */
struct listing {
	struct arena *arena;
	const char *kind;
	Soleus__V1__ListVocabularyReply *reply;
};

static Soleus__V1__Term *add(struct listing *listing, const char *code, const char *text)
{
	assert(listing->reply->n_terms < TERMS_MOST);
	Soleus__V1__Term *term = ARENA_NEW(listing->arena, Soleus__V1__Term);
	soleus__v1__term__init(term);
	term->kind = (char *)listing->kind;
	term->code = (char *)code;
	term->text = (char *)text;
	listing->reply->terms[listing->reply->n_terms++] = term;
	return term;
}

static void add_codes(struct listing *listing, const char *const *codes)
{
	for (; *codes; codes++)
		add(listing, *codes, "");
}

static void add_muscles(struct listing *listing)
{
	for (size_t i = 0; i < anatomy_muscle_count; i++) {
		const struct anatomy_muscle *muscle = &anatomy_muscles[i];
		const char *text = muscle->thorax
					   ? arena_printf(listing->arena, "%s, over the lung (R4)",
							  muscle->name)
					   : muscle->name;
		Soleus__V1__Term *term = add(listing, muscle->code, text);
		term->area = (char *)(muscle->area ? muscle->area : "");
	}
}

/* In the order of their first muscle. */
static void add_areas(struct listing *listing)
{
	const char *last = "";
	for (size_t i = 0; i < anatomy_muscle_count; i++) {
		const char *area = anatomy_muscles[i].area;
		if (area && strcmp(area, last) != 0)
			add(listing, area, "");
		last = area ? area : last;
	}
}

static void add_approaches(struct listing *listing)
{
	add_codes(listing, note_approaches);
}

static void add_drivers(struct listing *listing)
{
	add_codes(listing, note_drivers);
}

static void add_sides(struct listing *listing)
{
	for (const char *const *side = note_sides; *side; side++)
		add(listing, *side,
		    strcmp(*side, "both") == 0 ? "of findings and modalities alone" : "");
}

static void add_instruments(struct listing *listing)
{
	for (size_t i = 0; i < instrument_count; i++) {
		Soleus__V1__Term *term = add(listing, instruments[i].code, instruments[i].name);
		term->values = (char *)instrument_expects(listing->arena, &instruments[i]);
	}
}

static void add_moments(struct listing *listing)
{
	add_codes(listing, note_moments);
}

static void add_modalities(struct listing *listing)
{
	add_codes(listing, note_modalities);
}

static void add_plan_steps(struct listing *listing)
{
	for (int kind = 0; kind < PLAN_STEPS; kind++)
		add(listing, plan_kind_code((enum plan_step_kind)kind), "");
}

static void add_adverse_events(struct listing *listing)
{
	for (const struct adverse_kind *kind = adverse_kinds; kind->code; kind++) {
		bool graded = kind->least > ADVERSE_MINOR;
		add(listing, kind->code,
		    graded ? arena_printf(listing->arena, "at least %s",
					  adverse_grade_name(kind->least))
			   : "");
	}
}

static void add_screening_items(struct listing *listing)
{
	for (int item = 0; item < CAUTION_ITEMS; item++)
		add(listing, caution_items[item].code, caution_items[item].reason);
}

static const struct kind {
	const char *name;
	void (*add)(struct listing *listing);
} kinds[] = {
	{"muscle", add_muscles},
	{"area", add_areas},
	{"approach", add_approaches},
	{"driver", add_drivers},
	{"side", add_sides},
	{"instrument", add_instruments},
	{"moment", add_moments},
	{"modality", add_modalities},
	{"plan_step", add_plan_steps},
	{"adverse_event", add_adverse_events},
	{"screening_item", add_screening_items},
};

RPC(Notes, notes, ListVocabulary, list_vocabulary)
{
	struct check check = check_begin(call);
	struct listing listing = {.arena = call->arena, .reply = reply};
	reply->terms = ARENA_ARRAY(call->arena, TERMS_MOST, Soleus__V1__Term *);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (*request->kind && strcmp(request->kind, kinds[i].name) != 0)
			continue;
		listing.kind = kinds[i].name;
		kinds[i].add(&listing);
	}
	check_that(&check, reply->n_terms > 0, "kind",
		   "muscle, area, approach, driver, side, instrument, moment, modality, plan_step, "
		   "adverse_event, screening_item, or nothing for all");
	return check_failed(&check) ? check_status(&check) : status_ok();
}
