/* The file: one page, nothing from elsewhere, to be read or printed. */
#include "record/html_inside.h"

#include "ical/zone.h"

#include <string.h>

static const char head[] =
	"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
	"<meta http-equiv=\"Content-Security-Policy\" "
	"content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
	"<title>Record of %</title>\n<style>\n"
	"body { font: 11pt/1.45 sans-serif; color: #111; max-width: 60em; margin: 2em auto; "
	"padding: 0 1em; }\n"
	"h1, h2, h3 { line-height: 1.2; } h2 { border-bottom: 2px solid #111; margin-top: 2em; }\n"
	"dl { display: grid; grid-template-columns: max-content 1fr; gap: .1em 1em; margin: .5em "
	"0; }\n"
	"dt { color: #444; } dd { margin: 0; overflow-wrap: anywhere; }\n"
	"table { border-collapse: collapse; width: 100%%; margin: .8em 0; font-size: 9.5pt; }\n"
	"caption { text-align: left; font-weight: bold; padding: .3em 0; }\n"
	"th, td { border: 1px solid #999; padding: .2em .4em; text-align: left; vertical-align: "
	"top; "
	"overflow-wrap: anywhere; }\nth { background: #eee; }\n"
	"article { border-left: 4px solid #333; padding-left: 1em; margin: 1.5em 0; }\n"
	".superseded { border-color: #bbb; } .warning { font-weight: bold; }\n"
	".signature { border: 1px solid #999; padding: .3em .8em; margin: .5em 0; font-size: 9pt; "
	"}\n"
	".hash { font-size: 9pt; overflow-wrap: anywhere; } .words { font-size: 11pt; }\n"
	"figure { margin: 1em 0; } figcaption { font-weight: bold; }\n"
	"svg { width: 100%%; height: auto; font: 12px sans-serif; }\n"
	".axis { fill: none; stroke: #111; } .treatment { stroke: #a33; stroke-dasharray: 5 4; }\n"
	"polyline { fill: none; stroke: #124; stroke-width: 2; }\n"
	".value { fill: #124; stroke: #124; } .after { fill: #fff; }\n"
	".y, .end { text-anchor: end; }\n"
	"@media print { body { margin: 0; max-width: none; } a { color: inherit; }\n"
	"  h2, h3, caption { break-after: avoid; } tr, figure, .signature { break-inside: avoid; "
	"}\n"
	"  thead { display: table-header-group; } @page { margin: 18mm 15mm; } }\n"
	"</style>\n</head>\n<body>\n";

static void put_person(struct html *html, const struct record *record)
{
	const Soleus__V1__GetAthleteReply *athlete = record->athlete;
	const struct zone *zone = html_zone_of(record, "");
	static const char *const without[] = {"given_name", "family_name", NULL};
	static const char *const of_merge[] = {"athlete", NULL};
	static const char *const of_consent[] = {"consent_id", NULL};
	html_put(html, "<h1>% %</h1>\n", athlete->athlete->given_name,
		 athlete->athlete->family_name);
	html_terms(html, zone, &athlete->athlete->base, without);
	if (athlete->erasure) {
		html_add(html, "<h3>Erased at the athlete's request</h3>\n");
		html_terms(html, zone, &athlete->erasure->base, NULL);
	}
	if (athlete->retention) {
		html_add(html, "<h3>How long signed notes are kept</h3>\n");
		html_terms(html, zone, &athlete->retention->base, NULL);
	}
	for (size_t i = 0; i < athlete->n_merged; i++) {
		const Soleus__V1__MergedAthlete *merged = athlete->merged[i];
		html_add(html,
			 "<h3>Another record of the same person, merged into this one</h3>\n");
		html_terms(html, zone, &merged->athlete->base, NULL);
		html_terms(html, zone, &merged->base, of_merge);
	}
	html_add(html, "<h2>Consents</h2>\n");
	html_table(html, zone, "Newest first", (ProtobufCMessage *const *)athlete->consents,
		   athlete->n_consents, of_consent);
}

static void put_visit(struct html *html, const struct record *record,
		      const Soleus__V1__GetAppointmentReply *visit)
{
	const Soleus__V1__Appointment *row = visit->appointment;
	const struct zone *zone = html_zone_of(record, row->clinic_id);
	static const char *const without[] = {"practitioner_id", "clinic_id", "room_id", NULL};
	html_put(html, "<h3>%: %</h3>\n<p>%, %, with %</p>\n",
		 html_time(html, zone, row->starts_at), row->state,
		 record_service_name(record, row->service_id),
		 record_clinic_name(record, row->clinic_id),
		 record_practitioner_name(html->arena, record, row->practitioner_id));
	html_table(html, zone, "How it came about", (ProtobufCMessage *const *)visit->history,
		   visit->n_history, without);
}

static void put_screenings(struct html *html, const struct record *record)
{
	for (size_t i = 0; i < record->parts.count; i++) {
		const Soleus__V1__RecordPart *part = record->parts.items[i];
		static const char *const without[] = {"reasons", NULL};
		if (!part->screening)
			continue;
		html_put(html, "<h3>%: %</h3>\n",
			 html_time(html, html_zone_of(record, ""), part->at),
			 part->screening->outcome);
		html_terms(html, NULL, &part->screening->base, without);
		html_table(html, NULL, "Reasons",
			   (ProtobufCMessage *const *)part->screening->reasons,
			   part->screening->n_reasons, NULL);
	}
}

static void put_visits(struct html *html, const struct record *record)
{
	for (size_t i = 0; i < record->appointments.count; i++)
		put_visit(html, record, record->appointments.items[i]);
}

static void put_measures(struct html *html, const struct record *record)
{
	static const char *const without[] = {"measure_id", "athlete_id", "note_id", NULL};
	html_charts(html, record);
	html_table(html, html_zone_of(record, ""), "All values",
		   (ProtobufCMessage *const *)record->measures.items, record->measures.count,
		   without);
}

static void put_adverse_events(struct html *html, const struct record *record)
{
	static const char *const without[] = {"adverse_event_id", "note_id",   "athlete_id",
					      "practitioner_id",  "clinic_id", NULL};
	html_table(html, html_zone_of(record, ""), "R3, by grade",
		   (ProtobufCMessage *const *)record->adverse_events.items,
		   record->adverse_events.count, without);
}

static void put_reviews(struct html *html, const struct record *record)
{
	static const char *const without[] = {"review_id", "athlete_id", "clinic_id", NULL};
	html_table(html, html_zone_of(record, ""), "O5: the same area again and again",
		   (ProtobufCMessage *const *)record->reviews.items, record->reviews.count,
		   without);
}

static void put_training(struct html *html, const struct record *record)
{
	static const char *const without[] = {"uid", NULL};
	html_table(html, html_zone_of(record, ""), "As the athlete's calendars have it",
		   (ProtobufCMessage *const *)record->training.items, record->training.count,
		   without);
}

static void put_messages(struct html *html, const struct record *record)
{
	static const char *const of_message[] = {"message_id", "athlete_id", "local_due", NULL};
	static const char *const of_text[] = {"text_id", "athlete_id", NULL};
	const struct zone *zone = html_zone_of(record, "");
	html_table(html, zone, "To the athlete", (ProtobufCMessage *const *)record->messages.items,
		   record->messages.count, of_message);
	html_table(html, zone, "From the athlete", (ProtobufCMessage *const *)record->texts.items,
		   record->texts.count, of_text);
}

/* The chapters, in reading order. */
static const struct {
	const char *title;
	void (*put)(struct html *html, const struct record *record);
} chapters[] = {
	{"Measures", put_measures},
	{"Treatment notes", html_notes},
	{"Adverse events", put_adverse_events},
	{"Upstream reviews", put_reviews},
	{"Visits", put_visits},
	{"Screenings", put_screenings},
	{"Training", put_training},
	{"Messages", put_messages},
};

const char *record_write_html(struct arena *arena, const struct record *record)
{
	const Soleus__V1__Athlete *athlete = record->athlete->athlete;
	struct html html = {.arena = arena};
	html_put(&html, head,
		 arena_printf(arena, "%s %s", athlete->given_name, athlete->family_name));
	put_person(&html, record);
	for (size_t i = 0; i < sizeof(chapters) / sizeof(chapters[0]); i++) {
		html_put(&html, "<h2>%</h2>\n", chapters[i].title);
		size_t before = html.length;
		chapters[i].put(&html, record);
		if (html.length == before)
			html_add(&html, "<p>None.</p>\n");
	}
	html_add(&html, "</body>\n</html>\n");
	return html_done(&html);
}
