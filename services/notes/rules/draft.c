#include "notes/rules/draft.h"

#include "notes/rules/draft_text.h"

#include <string.h>

/* The three lists, and what becomes of them. */
struct merging {
	struct arena *arena;
	const struct draft_fields *base;
	const struct draft_fields *mine;
	const struct draft_fields *theirs;
	struct draft_field *merged;
	size_t count;
	struct faults conflicts;
};

const struct draft_field *draft_field_find(const struct draft_fields *fields, const char *path)
{
	for (size_t i = 0; i < fields->count; i++)
		if (strcmp(fields->each[i].path, path) == 0)
			return &fields->each[i];
	return NULL;
}

static bool has(const struct draft_fields *fields, const char *path)
{
	return draft_field_find(fields, path) != NULL;
}

static const char *value_in(const struct draft_fields *fields, const char *path)
{
	const struct draft_field *field = draft_field_find(fields, path);
	return field ? field->value : "";
}

/* The length of the path of the row that a part belongs to; 0: it belongs to the note. */
static size_t row_length(const struct draft_field *field)
{
	const char *end = field->kind == DRAFT_ROW ? NULL : strrchr(field->path, ']');
	return end ? (size_t)(end - field->path) + 1 : 0;
}

static bool is_part_of(const struct draft_field *field, const char *row)
{
	size_t length = row_length(field);
	return length > 0 && strlen(row) == length && strncmp(field->path, row, length) == 0;
}

/* True when a part of the row is not what it was in the base, or is no more. */
static bool changed_in(const struct merging *merging, const struct draft_fields *side,
		       const char *row)
{
	const struct draft_fields *lists[] = {side, merging->base};
	for (size_t list = 0; list < 2; list++)
		for (size_t i = 0; i < lists[list]->count; i++) {
			const struct draft_field *field = &lists[list]->each[i];
			if (is_part_of(field, row) &&
			    strcmp(value_in(side, field->path),
				   value_in(merging->base, field->path)) != 0)
				return true;
		}
	return false;
}

static void conflict(struct merging *merging, const char *path, const char *why)
{
	faults_add(&merging->conflicts, merging->arena, path, why);
}

/* True when the row goes on. */
static bool merge_row(struct merging *merging, const char *path)
{
	bool by_me = has(merging->mine, path);
	bool by_them = has(merging->theirs, path);
	if (by_me && by_them)
		return true;
	if (!has(merging->base, path))
		return true; /* one of them put it in */
	if (by_me && changed_in(merging, merging->mine, path))
		conflict(merging, path, "a row that nobody took out while you changed it");
	if (by_them && changed_in(merging, merging->theirs, path))
		conflict(merging, path, "a row that nobody changed while you took it out");
	return false;
}

/* NULL: a conflict, or no memory. */
static const char *merge_value(struct merging *merging, const struct draft_field *field)
{
	const char *base = value_in(merging->base, field->path);
	const char *mine = value_in(merging->mine, field->path);
	const char *theirs = value_in(merging->theirs, field->path);
	if (field->kind == DRAFT_TEXT) {
		const char *text = draft_text_merge(merging->arena, base, mine, theirs);
		if (!text && !arena_has_refused(merging->arena))
			conflict(merging, field->path,
				 "sentences that nobody else changed since you began");
		return text;
	}
	if (strcmp(mine, base) == 0 || strcmp(mine, theirs) == 0)
		return theirs;
	if (strcmp(theirs, base) == 0)
		return mine;
	conflict(merging, field->path, "a value that nobody else set since you began");
	return NULL;
}

/* ---- Twins ---- */

/* The length of what a row, or the row of a part, has in common with its twins: "sites[soleus
 * left#2].depth_mm" has "sites[soleus left"; 0: it belongs to no row. */
static size_t kin_length(const struct draft_field *field)
{
	const char *end = strrchr(field->path, ']');
	if (!end)
		return 0;
	const char *digits = end;
	while (digits > field->path && digits[-1] >= '0' && digits[-1] <= '9')
		digits--;
	bool numbered = digits < end && digits > field->path && digits[-1] == '#';
	return (size_t)((numbered ? digits - 1 : end) - field->path);
}

static bool is_kin(const struct draft_field *field, const char *kin, size_t length)
{
	return kin_length(field) == length && strncmp(field->path, kin, length) == 0;
}

/* True when what `a` has of these rows is not in `b` just so. */
static bool kin_differs(const struct draft_fields *a, const struct draft_fields *b, const char *kin,
			size_t length)
{
	for (size_t i = 0; i < a->count; i++) {
		const struct draft_field *field = &a->each[i];
		if (is_kin(field, kin, length) &&
		    (!has(b, field->path) || strcmp(field->value, value_in(b, field->path)) != 0))
			return true;
	}
	return false;
}

static bool kin_changed(const struct draft_fields *a, const struct draft_fields *b, const char *kin,
			size_t length)
{
	return kin_differs(a, b, kin, length) || kin_differs(b, a, kin, length);
}

/* Twins are told apart by their order alone: who took one out has moved the others, so that what
 * somebody else changed meanwhile would go to the wrong one. */
static void refuse_twins(struct merging *merging, const struct draft_fields *fields)
{
	for (size_t i = 0; i < fields->count; i++) {
		const struct draft_field *field = &fields->each[i];
		size_t length = field->kind == DRAFT_ROW ? kin_length(field) : 0;
		if (length == 0 || strcmp(field->path + length, "#2]") != 0)
			continue;
		const char *path = arena_printf(merging->arena, "%.*s]", (int)length, field->path);
		if (path && kin_changed(merging->mine, merging->base, path, length) &&
		    kin_changed(merging->theirs, merging->base, path, length) &&
		    kin_changed(merging->mine, merging->theirs, path, length))
			conflict(merging, path,
				 "several rows of this kind that nobody else changed since you "
				 "began: they cannot be told apart");
	}
}

/* True when the row of a part stands in what is merged. */
static bool row_stands(const struct merging *merging, const struct draft_field *field)
{
	size_t length = row_length(field);
	if (length == 0)
		return true;
	for (size_t i = 0; i < merging->count; i++)
		if (merging->merged[i].kind == DRAFT_ROW &&
		    strlen(merging->merged[i].path) == length &&
		    strncmp(merging->merged[i].path, field->path, length) == 0)
			return true;
	return false;
}

/* Where a row that I put in belongs: behind the row that it followed with me, with the parts of
 * that. */
static size_t place_of(const struct merging *merging, size_t mine)
{
	for (size_t before = mine; before-- > 0;)
		for (size_t i = 0; i < merging->count; i++)
			if (strcmp(merging->merged[i].path, merging->mine->each[before].path) ==
			    0) {
				for (i++; i < merging->count && row_length(&merging->merged[i]);)
					i++;
				return i;
			}
	return 0;
}

static void put_at(struct merging *merging, size_t at, const struct draft_field *field,
		   const char *value)
{
	memmove(&merging->merged[at + 1], &merging->merged[at],
		(merging->count - at) * sizeof(*merging->merged));
	merging->merged[at] = (struct draft_field){field->path, value, field->kind};
	merging->count++;
}

static void merge_field(struct merging *merging, const struct draft_field *field, size_t at)
{
	if (field->kind == DRAFT_ROW) {
		if (merge_row(merging, field->path))
			put_at(merging, at, field, "");
		return;
	}
	if (!row_stands(merging, field))
		return; /* it went with its row, unchanged; or merge_row has told */
	const char *value = merge_value(merging, field);
	if (value && *value)
		put_at(merging, at, field, value);
}

struct draft_merge draft_merge(struct arena *arena, const struct draft_fields *base,
			       const struct draft_fields *mine, const struct draft_fields *theirs)
{
	struct merging merging = {arena, base, mine, theirs, .count = 0};
	merging.merged = ARENA_ARRAY(arena, mine->count + theirs->count + 1, struct draft_field);
	const struct draft_fields *const lists[] = {base, mine, theirs};
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]) && !merging.conflicts.first; i++)
		refuse_twins(&merging, lists[i]);
	if (merging.conflicts.first)
		return (struct draft_merge){.conflicts = merging.conflicts};
	for (size_t i = 0; merging.merged && i < theirs->count; i++)
		merge_field(&merging, &theirs->each[i], merging.count);
	for (size_t i = 0; merging.merged && i < mine->count; i++)
		if (!has(theirs, mine->each[i].path))
			merge_field(&merging, &mine->each[i], place_of(&merging, i));
	struct draft_merge merge = {.conflicts = merging.conflicts};
	if (!merge.conflicts.first && !arena_has_refused(arena))
		merge.merged = (struct draft_fields){merging.merged, merging.count};
	return merge;
}
