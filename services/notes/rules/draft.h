/* A draft of a note that several people write: the field-wise merge of what one typed with what
 * others saved since.
 *
 * A note is a flat list of fields, each with a path ("complaint", "findings[f1].movement") and its
 * value as text. A row ("findings[f1]", "drivers[load]") is a field of its own, before its parts;
 * its key is what says that it is the same row in two lists. A field that is not in a list is empty
 * there. Two rows of one key are twins, told apart by their order: "sites[soleus left]",
 * "sites[soleus left]#2".
 *
 *     struct draft_merge merge = draft_merge(arena, &base, &mine, &theirs);
 *     if (merge.conflicts.first)
 *             …nothing is taken: the draft stays, and what was typed is kept beside it…
 *
 * What merges: fields and rows that one of them alone changed; texts, by rules/draft_text.h; the
 * same change made by both. What is a conflict: one value set to two; a sentence changed by both; a
 * row taken out by one in which the other changed something; twins that both changed, be it that
 * one put in or took out another of them: order does not tell which one was meant. A conflict drops
 * nothing on either side. Costs fields², which a note keeps small.
 */
#ifndef SOLEUS_NOTES_RULES_DRAFT_H
#define SOLEUS_NOTES_RULES_DRAFT_H

#include "base/arena.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

enum draft_kind {
	DRAFT_VALUE, /* a code, a number: whole or not at all */
	DRAFT_TEXT,  /* words: merged within */
	DRAFT_ROW,   /* there or not; its value is "" */
};

struct draft_field {
	const char *path;
	const char *value;
	enum draft_kind kind;
};

/* Rows in the order of the note; the order of a row's parts says nothing. */
struct draft_fields {
	const struct draft_field *each;
	size_t count;
};

struct draft_merge {
	struct draft_fields merged; /* empty when there are conflicts, or the arena refused */
	struct faults conflicts;    /* paths: of twins, then in the order of `theirs`, of `mine` */
};

/* The field with this path, or NULL. */
const struct draft_field *draft_field_find(const struct draft_fields *fields, const char *path);

/* The length of a path up to its row's key, "sites[soleus left]"; 0: it is the note's own. */
size_t draft_key_length(const char *path);

/* `mine` was made of `base`; `theirs` is the draft now, made of it by others. Rows that I put in
 * stand after the one that they followed with me. What is returned shares the three lists' text. */
struct draft_merge draft_merge(struct arena *arena, const struct draft_fields *base,
			       const struct draft_fields *mine, const struct draft_fields *theirs);

#endif
