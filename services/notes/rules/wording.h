/* What a note is begun with before a clinic has words of its own: phrases and note templates as
 * data (phrases.conf, note-templates.conf), checked when the programs are built.
 *
 *     phrase_find("ktw")->text              // "Knee to wall is less than on the other side."
 *     note_template_find("calf")->muscles   // gastrocnemius, soleus
 */
#ifndef SOLEUS_NOTES_RULES_WORDING_H
#define SOLEUS_NOTES_RULES_WORDING_H

#include <stddef.h>

struct phrase {
	const char *code;
	const char *text;
};

extern const struct phrase phrases[];
extern const size_t phrase_count;

#define NOTE_TEMPLATE_FINDINGS 4
#define NOTE_TEMPLATE_CODES    6

struct note_template_finding {
	const char *movement;   /* NULL behind the last */
	const char *instrument; /* "": none */
};

struct note_template {
	const char *code;
	const char *name;
	const char *area; /* "": no single one */
	struct note_template_finding findings[NOTE_TEMPLATE_FINDINGS + 1];
	const char *muscles[NOTE_TEMPLATE_CODES + 1]; /* NULL behind the last */
	const char *measures[NOTE_TEMPLATE_CODES + 1];
};

extern const struct note_template note_templates[];
extern const size_t note_template_count;

/* NULL: none came with the programs. */
const struct phrase *phrase_find(const char *code);
const struct note_template *note_template_find(const char *code);

#endif
