/* Treatment notes: every version, whole, with its signatures. */
#include "record/html_inside.h"

#include <inttypes.h>
#include <string.h>

static ProtobufCMessage *const *messages_of(void *list)
{
	return list;
}

void html_note(struct html *html, const Soleus__V1__Note *note)
{
	/* The lists of a note, in reading order; its texts come before them. */
	const struct {
		const char *caption;
		void *items;
		size_t count;
	} lists[] = {
		{"Findings", note->findings, note->n_findings},
		{"Needles", note->sites, note->n_sites},
		{"Other treatment", note->modalities, note->n_modalities},
		{"Measures", note->measures, note->n_measures},
		{"Plan", note->plan, note->n_plan},
	};
	static const char *const tables[] = {"findings", "sites", "modalities",
					     "measures", "plan",  NULL};
	html_terms(html, NULL, &note->base, tables);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		html_table(html, NULL, lists[i].caption, messages_of(lists[i].items),
			   lists[i].count, NULL);
}

static void put_signature(struct html *html, const struct record *record, const struct zone *zone,
			  const Soleus__V1__Signature *signature)
{
	const Soleus__V1__NoteSeal *seal = signature->seal;
	static const char *const without[] = {
		"organisation_id", "note_id",   "version",   "encounter_id",    "appointment_id",
		"athlete_id",      "clinic_id", "signer_id", "meaning",         "signer",
		"signed_at",       "number",    "text",      "practitioner_id", NULL};
	html_put(html, "<div class=\"signature\"><p><strong>%</strong> % (%), %</p>\n",
		 seal->meaning,
		 *seal->signer_id ? record_practitioner_name(html->arena, record, seal->signer_id)
				  : seal->signer,
		 seal->signer, html_time(html, zone, seal->signed_at));
	if (*seal->text)
		html_put(html, "<p class=\"words\">%</p>\n", seal->text);
	html_terms(html, zone, &seal->base, without);
	static const char *const bytes[] = {"seal", "seal_bytes", NULL};
	html_terms(html, zone, &signature->base, bytes);
	html_add(html, "</div>\n");
}

static void put_note(struct html *html, const struct record *record,
		     const Soleus__V1__GetNoteReply *note)
{
	const struct zone *zone = html_zone_of(record, note->clinic_id);
	html_put(html, "<article class=\"%\" id=\"note-%\"><h3>%, version %</h3>\n",
		 record_note_holds(note) ? "note" : "note superseded", note->note_id,
		 html_time(html, zone, record_treated_at(note)),
		 arena_printf(html->arena, "%" PRId32, note->version));
	html_put(html, "<p>% · %", record_clinic_name(record, note->clinic_id),
		 record_practitioner_name(html->arena, record, note->practitioner_id));
	if (*note->procedure_code)
		html_put(html, " · CPT %", note->procedure_code);
	if (note->pack)
		html_put(html, " · rule pack % version %", note->pack->code,
			 arena_printf(html->arena, "%" PRId32, note->pack->version));
	html_add(html, "</p>\n");
	if (!record_note_holds(note))
		html_put(html,
			 "<p class=\"warning\">Amended: <a href=\"#note-%\">a later version</a> "
			 "holds.</p>\n",
			 note->amended_by_note_id);
	if (*note->reason)
		html_put(html,
			 "<p>Amends <a href=\"#note-%\">the version before</a>, because: %</p>\n",
			 note->amends_note_id, note->reason);
	html_note(html, note->note);
	html_put(html, "<p class=\"hash\">Content: BLAKE2b-256 %</p>\n", note->content_hash);
	for (size_t i = 0; i < note->n_signatures; i++)
		if (note->signatures[i]->seal)
			put_signature(html, record, zone, note->signatures[i]);
	html_add(html, "</article>\n");
}

void html_notes(struct html *html, const struct record *record)
{
	for (size_t i = 0; i < record->notes.count; i++)
		put_note(html, record, record->notes.items[i]);
}
