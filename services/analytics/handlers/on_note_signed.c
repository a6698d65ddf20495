#include "analytics/handlers/measures.h"
#include "analytics/handlers/service.h"
#include "analytics/handlers/upstream.h"

#include "base/text.h"

#include "soleus/v1/notes.pb-c.h"

#include <string.h>

static void add_visit(struct event *event, const Soleus__V1__NoteSigned *told)
{
	const struct visit_row visit = {
		.note_id = told->note_id,
		.athlete_id = told->athlete_id,
		.clinic_id = told->clinic_id,
		.practitioner_id = told->practitioner_id,
		.treated_at = told->treated_at,
		/* A muscle that belongs to no area lies over the thorax. */
		.needled = told->n_areas > 0 || told->thorax,
		.drivers = (const char *const *)told->drivers,
		.driver_count = told->n_drivers,
	};
	visit_add(event->unit, event->envelope->organisation_id, &visit);
}

static size_t read_treatments(struct arena *arena, const Soleus__V1__NoteSigned *told,
			      struct treatment **ret_rows)
{
	struct treatment *rows = ARENA_ARRAY(arena, told->n_areas, struct treatment);
	size_t count = 0;
	for (size_t i = 0; i < told->n_areas; i++) {
		const char *side = told->areas[i]->side;
		if (strcmp(side, "left") != 0 && strcmp(side, "right") != 0)
			continue;
		rows[count++] = (struct treatment){
			.athlete_id = told->athlete_id,
			.area = told->areas[i]->area,
			.side = side,
			.treated_at = told->treated_at,
			.note_id = told->note_id,
			.clinic_id = told->clinic_id,
		};
	}
	*ret_rows = rows;
	return count;
}

static struct measures read_measures(struct arena *arena, const Soleus__V1__NoteSigned *told)
{
	struct measures measures = measures_new(arena, told->note_id, told->n_measures);
	for (size_t i = 0; i < told->n_measures; i++) {
		const Soleus__V1__NoteMeasure *measure = told->measures[i];
		if (measure->value && (strcmp(measure->moment, "before") == 0 ||
				       strcmp(measure->moment, "after") == 0))
			measures_add_value(&measures, measure->instrument, measure->area,
					   measure->side, measure->moment, measure->value->value);
	}
	return measures;
}

/* Keeps what was treated and measured; then O5, for these areas. */
FIBER struct status on_note_signed(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__NoteSigned *told = (const void *)message;
	const char *tenant = event->envelope->organisation_id;
	struct treatment *treatments;
	size_t treatment_count = read_treatments(event->arena, told, &treatments);
	struct measures measures = read_measures(event->arena, told);
	const struct measure_origin origin = {
		.athlete_id = told->athlete_id,
		.note_id = told->note_id,
		.source = "note",
		.taken_at = told->treated_at,
		.told_at = event->envelope->occurred_at,
	};
	for (size_t i = 0; i < measures.count; i++) {
		measures.rows[i].athlete_id = told->athlete_id;
		measures.rows[i].note_id = told->note_id;
		measures.rows[i].taken_at = told->treated_at;
	}
	if (text_is_uuid(told->amends_note_id))
		facts_withdraw(event->unit, tenant, told->amends_note_id, told->athlete_id);
	add_visit(event, told);
	treatments_add(event->unit, tenant, treatments, treatment_count);
	measures_add(event->unit, tenant, &origin, measures.rows, measures.count);
	const struct facts news = {treatments, treatment_count, measures.rows, measures.count};
	return treatment_count > 0 ? upstream_look(event, &news) : status_ok();
}
