#include "notes/handlers/wording_ours.h"

#include "notes/rules/wording.h"

#include <string.h>

struct wording_codes wording_codes_of_ours(struct arena *arena, const char *kind)
{
	bool phrase = strcmp(kind, WORDING_PHRASE) == 0;
	size_t count = phrase ? phrase_count : note_template_count;
	const char **codes = ARENA_ARRAY(arena, count, const char *);
	for (size_t i = 0; i < count; i++)
		codes[i] = phrase ? phrases[i].code : note_templates[i].code;
	return (struct wording_codes){codes, count};
}

bool wording_is_ours(const char *kind, const char *code)
{
	return strcmp(kind, WORDING_PHRASE) == 0 ? phrase_find(code) != NULL
						 : note_template_find(code) != NULL;
}

Soleus__V1__Phrase *phrase_of_ours(struct arena *arena, const struct wording_row *row)
{
	const struct phrase *ours = row->length ? NULL : phrase_find(row->code);
	if (!ours)
		return NULL;
	Soleus__V1__Phrase *phrase = ARENA_NEW(arena, Soleus__V1__Phrase);
	soleus__v1__phrase__init(phrase);
	phrase->text = (char *)ours->text;
	return phrase;
}

static void add_findings(struct arena *arena, const struct note_template *ours,
			 Soleus__V1__Note *note)
{
	note->findings = ARENA_ARRAY(arena, NOTE_TEMPLATE_FINDINGS, Soleus__V1__Finding *);
	for (const struct note_template_finding *of = ours->findings; of->movement; of++) {
		Soleus__V1__Finding *finding = ARENA_NEW(arena, Soleus__V1__Finding);
		soleus__v1__finding__init(finding);
		finding->key = (char *)arena_printf(arena, "f%zu", note->n_findings + 1);
		finding->movement = (char *)of->movement;
		finding->instrument = (char *)of->instrument;
		note->findings[note->n_findings++] = finding;
	}
}

/* C4: each site for all of the template's findings. */
static void add_sites(struct arena *arena, const struct note_template *ours, Soleus__V1__Note *note)
{
	char **keys = ARENA_ARRAY(arena, note->n_findings, char *);
	for (size_t i = 0; i < note->n_findings; i++)
		keys[i] = note->findings[i]->key;
	note->sites = ARENA_ARRAY(arena, NOTE_TEMPLATE_CODES, Soleus__V1__NeedleSite *);
	for (const char *const *muscle = ours->muscles; *muscle; muscle++) {
		Soleus__V1__NeedleSite *site = ARENA_NEW(arena, Soleus__V1__NeedleSite);
		soleus__v1__needle_site__init(site);
		site->muscle = (char *)*muscle;
		site->finding_keys = keys;
		site->n_finding_keys = note->n_findings;
		note->sites[note->n_sites++] = site;
	}
}

static void add_measures(struct arena *arena, const struct note_template *ours,
			 Soleus__V1__Note *note)
{
	note->measures = ARENA_ARRAY(arena, NOTE_TEMPLATE_CODES, Soleus__V1__NoteMeasure *);
	for (const char *const *instrument = ours->measures; *instrument; instrument++) {
		Soleus__V1__NoteMeasure *measure = ARENA_NEW(arena, Soleus__V1__NoteMeasure);
		soleus__v1__note_measure__init(measure);
		measure->instrument = (char *)*instrument;
		measure->area = (char *)ours->area;
		measure->moment = (char *)"before";
		note->measures[note->n_measures++] = measure;
	}
}

Soleus__V1__NoteTemplate *note_template_of_ours(struct arena *arena, const struct wording_row *row)
{
	const struct note_template *ours = row->length ? NULL : note_template_find(row->code);
	if (!ours)
		return NULL;
	Soleus__V1__NoteTemplate *template = ARENA_NEW(arena, Soleus__V1__NoteTemplate);
	soleus__v1__note_template__init(template);
	template->name = (char *)ours->name;
	template->area = (char *)ours->area;
	template->note = ARENA_NEW(arena, Soleus__V1__Note);
	soleus__v1__note__init(template->note);
	add_findings(arena, ours, template->note);
	add_sites(arena, ours, template->note);
	add_measures(arena, ours, template->note);
	return template;
}
