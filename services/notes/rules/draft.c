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

size_t draft_key_length(const char *path)
{
	const char *end = strrchr(path, ']');
	return end ? (size_t)(end - path) + 1 : 0;
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
	size_t length = field->kind == DRAFT_ROW ? 0 : draft_key_length(field->path);
	return length > 0 ? length + strcspn(field->path + length, ".") : 0;
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

/* ---- Twins ---- */

/* What comes behind the first of its key. */
static bool is_twin(const struct draft_field *field)
{
	return field->kind == DRAFT_ROW && field->path[draft_key_length(field->path)] == '#';
}

/* A row of this key, or a part of one. */
static bool is_of_key(const struct draft_field *field, const char *key, size_t length)
{
	return draft_key_length(field->path) == length && strncmp(field->path, key, length) == 0;
}

/* True when each of the key's fields in `side` stands in `other` as it is. */
static bool stands_in(const struct draft_fields *side, const struct draft_fields *other,
		      const char *key, size_t length)
{
	for (size_t i = 0; i < side->count; i++) {
		if (!is_of_key(&side->each[i], key, length))
			continue;
		const struct draft_field *found = draft_field_find(other, side->each[i].path);
		if (!found || strcmp(found->value, side->each[i].value) != 0)
			return false;
	}
	return true;
}

static bool is_same_of_key(const struct draft_fields *a, const struct draft_fields *b,
			   const char *key, size_t length)
{
	return stands_in(a, b, key, length) && stands_in(b, a, key, length);
}

/* Of twins only one side's changes are taken: which of them the other meant nobody can tell. */
static void refuse_mixed_twins(struct merging *merging)
{
	const struct draft_fields *lists[] = {merging->base, merging->mine, merging->theirs};
	for (size_t list = 0; list < 3; list++)
		for (size_t i = 0; i < lists[list]->count; i++) {
			const struct draft_field *row = &lists[list]->each[i];
			size_t length = draft_key_length(row->path);
			if (!is_twin(row) || strcmp(row->path + length, "#2") != 0 ||
			    (list > 0 && has(lists[0], row->path)) ||
			    (list > 1 && has(lists[1], row->path)) ||
			    is_same_of_key(merging->base, merging->mine, row->path, length) ||
			    is_same_of_key(merging->base, merging->theirs, row->path, length) ||
			    is_same_of_key(merging->mine, merging->theirs, row->path, length))
				continue;
			conflict(merging, arena_strndup(merging->arena, row->path, length),
				 "rows of one kind that nobody else changed since you began");
		}
}

/* True when its key's rows are in conflict as a whole. */
static bool is_refused(const struct merging *merging, const struct draft_field *field)
{
	size_t length = draft_key_length(field->path);
	for (const struct fault *fault = merging->conflicts.first; length > 0 && fault;
	     fault = fault->next)
		if (strlen(fault->field) == length && is_of_key(field, fault->field, length))
			return true;
	return false;
}

/* ---- Rows and values ---- */

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
	if (is_refused(merging, field))
		return;
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
	refuse_mixed_twins(&merging);
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
