/* Measures over time as lines, drawn as SVG inside the page; treatments are dashed lines across. */
#include "record/html_inside.h"

#include "knowledge/instrument.h"

#include <inttypes.h>
#include <string.h>

/* The picture, and the plot inside it. */
#define WIDTH  720
#define HEIGHT 230
#define LEFT   60
#define RIGHT  700
#define TOP    20
#define BOTTOM 190

struct scale {
	int64_t from_at, until_at;
	double low, high;
};

static bool same_series(const Soleus__V1__Measure *one, const Soleus__V1__Measure *other)
{
	return strcmp(one->instrument, other->instrument) == 0 &&
	       strcmp(one->area, other->area) == 0 && strcmp(one->side, other->side) == 0;
}

static const char *x_of(struct html *html, const struct scale *scale, int64_t at)
{
	double span = (double)(scale->until_at - scale->from_at);
	double part = span > 0 ? (double)(at - scale->from_at) / span : 0.5;
	return arena_printf(html->arena, "%.1f", LEFT + part * (RIGHT - LEFT));
}

static const char *y_of(struct html *html, const struct scale *scale, double value)
{
	double span = scale->high - scale->low;
	double part = span > 0 ? (value - scale->low) / span : 0.5;
	return arena_printf(html->arena, "%.1f", BOTTOM - part * (BOTTOM - TOP));
}

static void widen(struct scale *scale, int64_t at)
{
	if (scale->from_at == 0 || at < scale->from_at)
		scale->from_at = at;
	if (at > scale->until_at)
		scale->until_at = at;
}

static bool is_treatment(const Soleus__V1__GetNoteReply *note)
{
	return record_note_holds(note) && note->note->n_sites > 0;
}

/* One span of time for all pictures, so that they can be laid side by side. */
static struct scale whole_time(const struct record *record)
{
	struct scale scale = {0};
	for (size_t i = 0; i < record->measures.count; i++) {
		const Soleus__V1__Measure *measure = record->measures.items[i];
		widen(&scale, measure->taken_at);
	}
	for (size_t i = 0; i < record->notes.count; i++)
		if (is_treatment(record->notes.items[i]))
			widen(&scale, record_treated_at(record->notes.items[i]));
	return scale;
}

static void reach(struct scale *scale, const struct record *record,
		  const Soleus__V1__Measure *series, const struct instrument *instrument)
{
	scale->low = scale->high = series->value;
	for (size_t i = 0; i < record->measures.count; i++) {
		const Soleus__V1__Measure *measure = record->measures.items[i];
		if (!same_series(series, measure))
			continue;
		if (measure->value < scale->low)
			scale->low = measure->value;
		if (measure->value > scale->high)
			scale->high = measure->value;
	}
	if (instrument && instrument->has_lower && instrument->lower < scale->low)
		scale->low = instrument->lower;
	if (instrument && instrument->has_upper && instrument->upper > scale->high)
		scale->high = instrument->upper;
}

static void put_axes(struct html *html, const struct scale *scale, const struct zone *zone)
{
	html_put(html, "<path class=\"axis\" d=\"M%,% V% H%\"/>\n", html_number(html, LEFT),
		 html_number(html, TOP), html_number(html, BOTTOM), html_number(html, RIGHT));
	html_put(html, "<text x=\"52\" y=\"%\" class=\"y\">%</text>\n",
		 y_of(html, scale, scale->high), html_number(html, scale->high));
	if (scale->low < scale->high)
		html_put(html, "<text x=\"52\" y=\"%\" class=\"y\">%</text>\n",
			 y_of(html, scale, scale->low), html_number(html, scale->low));
	const char *from = html_time(html, zone, scale->from_at);
	const char *until = html_time(html, zone, scale->until_at);
	html_put(html, "<text x=\"60\" y=\"210\">%</text>\n", arena_strndup(html->arena, from, 10));
	html_put(html, "<text x=\"700\" y=\"210\" class=\"end\">%</text>\n",
		 arena_strndup(html->arena, until, 10));
}

static void put_treatments(struct html *html, const struct record *record,
			   const struct scale *scale)
{
	for (size_t i = 0; i < record->notes.count; i++) {
		const Soleus__V1__GetNoteReply *note = record->notes.items[i];
		if (!is_treatment(note))
			continue;
		int64_t at = record_treated_at(note);
		const struct zone *zone = html_zone_of(record, note->clinic_id);
		html_put(html, "<path class=\"treatment\" d=\"M%,% V%\"><title>Treatment %:",
			 x_of(html, scale, at), html_number(html, TOP), html_number(html, BOTTOM),
			 html_time(html, zone, at));
		for (size_t s = 0; s < note->note->n_sites; s++)
			html_put(html, " % %", note->note->sites[s]->side,
				 note->note->sites[s]->muscle);
		html_add(html, "</title></path>\n");
	}
}

/* O2: a value right after treatment misleads, so it is shown beside the line. */
static bool is_on_line(const Soleus__V1__Measure *measure)
{
	return strcmp(measure->moment, "after") != 0;
}

static void put_values(struct html *html, const struct record *record,
		       const Soleus__V1__Measure *series, const struct scale *scale,
		       const struct zone *zone)
{
	html_add(html, "<polyline points=\"");
	for (size_t i = 0; i < record->measures.count; i++) {
		const Soleus__V1__Measure *measure = record->measures.items[i];
		if (same_series(series, measure) && is_on_line(measure))
			html_put(html, "%,% ", x_of(html, scale, measure->taken_at),
				 y_of(html, scale, measure->value));
	}
	html_add(html, "\"/>\n");
	for (size_t i = 0; i < record->measures.count; i++) {
		const Soleus__V1__Measure *measure = record->measures.items[i];
		if (!same_series(series, measure))
			continue;
		html_put(html,
			 "<circle class=\"%\" cx=\"%\" cy=\"%\" r=\"4\"><title>%: % %</title>"
			 "</circle>\n",
			 is_on_line(measure) ? "value" : "value after",
			 x_of(html, scale, measure->taken_at), y_of(html, scale, measure->value),
			 html_time(html, zone, measure->taken_at),
			 html_number(html, measure->value), measure->moment);
	}
}

static const char *direction(const struct instrument *instrument)
{
	if (!instrument || instrument->better == INSTRUMENT_BETTER_UNSET)
		return "";
	return instrument->better == INSTRUMENT_BETTER_LOWER ? ", lower is better"
							     : ", higher is better";
}

static void put_chart(struct html *html, const struct record *record,
		      const Soleus__V1__Measure *series, const struct scale *time)
{
	const struct instrument *instrument = instrument_find(series->instrument);
	const struct zone *zone = html_zone_of(record, "");
	struct scale scale = *time;
	reach(&scale, record, series, instrument);
	html_put(html, "<figure><figcaption>% % %</figcaption>\n",
		 instrument ? instrument->name : series->instrument, series->area,
		 arena_printf(html->arena, "%s%s%s%s", series->side, instrument ? ", in " : "",
			      instrument ? instrument->unit : "", direction(instrument)));
	html_put(html,
		 "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 % %\" role=\"img\">\n",
		 html_number(html, WIDTH), html_number(html, HEIGHT));
	put_axes(html, &scale, zone);
	put_treatments(html, record, &scale);
	put_values(html, record, series, &scale, zone);
	html_add(html, "</svg></figure>\n");
}

void html_charts(struct html *html, const struct record *record)
{
	size_t count = record->measures.count;
	const struct scale time = whole_time(record);
	bool *drawn = arena_array(html->arena, count ? count : 1, sizeof(*drawn));
	if (!drawn)
		return;
	if (count > 0)
		html_add(html,
			 "<p>Dashed lines are treatments; hollow values were taken right after "
			 "one.</p>\n");
	for (size_t i = 0; i < count; i++) {
		if (drawn[i])
			continue;
		for (size_t j = i; j < count; j++)
			drawn[j] |=
				same_series(record->measures.items[i], record->measures.items[j]);
		put_chart(html, record, record->measures.items[i], &time);
	}
}
