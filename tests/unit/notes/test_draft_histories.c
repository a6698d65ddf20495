/* 10,000 random histories of a draft with three editors, each of whom goes on with an old version
 * for a while. After every save: a word that was accepted is in the draft, unless an editor who had
 * seen it took it out; then it does not come back. A refused save changes nothing. Replaying what
 * was typed, on what it was typed, gives the draft. The store is a list of notes: what is typed and
 * what is merged goes through a note and back, as in the daemon. There are always
 * several needles of one muscle and side, twins; each bears a word, and what is set of it later
 * says the same word.
 *
 * TEST_SEED plays the same dice again. */
#include "base/random.h"
#include "notes/handlers/draft_fields.h"
#include "notes/rules/draft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	HISTORIES = 10000,
	EDITORS = 3,
	STEPS = 24,
	MOST_FIELDS = 256,
	MOST_WORDS = 1000,
};

/* A word is "w" and three digits, and stands for one act of typing. */
struct words {
	bool has[MOST_WORDS];
};

/* base: of accepted versions, which one `typed` was made of. */
struct version {
	struct draft_fields draft;
	struct draft_fields typed;
	size_t base;
	bool refused;
};

struct editor {
	size_t base;
	struct draft_field each[MOST_FIELDS];
	size_t count;
	bool typed; /* since it read the base */
};

struct history {
	struct arena *arena;
	struct version versions[EDITORS * STEPS + 2];
	size_t count;
	size_t current; /* the newest that was not refused */
	struct editor editors[EDITORS];
	int next_word;
	struct words live; /* accepted and not taken out */
	struct words gone;
};

/* What all the histories came to, so that a test of nothing is seen. */
static struct {
	size_t saved, merged, refused, unchanged;
} seen;

static const char *const texts[] = {"complaint", "history", "why_overloaded"};

/* ---- Editing ---- */

static const char *new_word(struct history *history)
{
	assert_in_range(history->next_word, 0, MOST_WORDS - 1);
	return arena_printf(history->arena, "w%03d", history->next_word++);
}

static struct draft_field *field_of(struct editor *editor, const char *path, enum draft_kind kind)
{
	for (size_t i = 0; i < editor->count; i++)
		if (strcmp(editor->each[i].path, path) == 0)
			return &editor->each[i];
	assert_in_range(editor->count, 0, MOST_FIELDS - 1);
	editor->each[editor->count] = (struct draft_field){path, "", kind};
	return &editor->each[editor->count++];
}

/* The start of a random sentence of the text, or its end. */
static size_t some_place(const char *text)
{
	size_t starts[256] = {0};
	size_t count = 1;
	for (size_t i = 2; i < strlen(text) && count < 255; i++)
		if (text[i - 1] == ' ' && text[i - 2] == '.')
			starts[count++] = i;
	starts[count++] = strlen(text);
	return starts[random_below(count)];
}

static void put_in_sentence(struct history *history, struct editor *editor)
{
	struct draft_field *field = field_of(editor, texts[random_below(3)], DRAFT_TEXT);
	size_t at = some_place(field->value);
	field->value = arena_printf(history->arena, "%.*s%s %s. %s", (int)at, field->value,
				    new_word(history), new_word(history), field->value + at);
}

/* Takes a sentence out, or writes its last word anew. */
static void change_sentence(struct history *history, struct editor *editor, bool take_out)
{
	struct draft_field *field = field_of(editor, texts[random_below(3)], DRAFT_TEXT);
	size_t at = some_place(field->value);
	const char *rest = field->value + at;
	const char *end = strchr(rest, '.');
	if (!end)
		return;
	const char *kept = take_out ? ""
				    : arena_printf(history->arena, "%.*s%s. ",
						   (int)(end - rest - 4), rest, new_word(history));
	field->value =
		arena_printf(history->arena, "%.*s%s%s", (int)at, field->value, kept, end + 2);
}

/* As a note holds it: equal rows are numbered anew. */
static struct draft_fields through_note(struct arena *arena, const struct draft_fields *fields)
{
	return draft_fields_of(arena, draft_note_of(arena, fields));
}

static void put_in_finding(struct history *history, struct editor *editor)
{
	const char *key = new_word(history);
	const char *row = arena_printf(history->arena, "findings[%s]", key);
	field_of(editor, row, DRAFT_ROW);
	field_of(editor, arena_printf(history->arena, "%s.key", row), DRAFT_VALUE)->value = key;
	field_of(editor, arena_printf(history->arena, "%s.movement", row), DRAFT_VALUE)->value =
		new_word(history);
}

/* Its number among its twins it gets as it is saved. */
static void put_in_needle(struct history *history, struct editor *editor)
{
	const char *word = new_word(history);
	const char *row = arena_printf(history->arena, "sites[soleus left#%s]", word);
	field_of(editor, row, DRAFT_ROW);
	field_of(editor, arena_printf(history->arena, "%s.muscle", row), DRAFT_VALUE)->value =
		"soleus";
	field_of(editor, arena_printf(history->arena, "%s.side", row), DRAFT_VALUE)->value = "left";
	field_of(editor, arena_printf(history->arena, "%s.approach", row), DRAFT_VALUE)->value =
		word;
}

static bool ends_with(const char *path, const char *end)
{
	size_t length = strlen(path);
	return length >= strlen(end) && strcmp(path + length - strlen(end), end) == 0;
}

static struct draft_field *some_field(struct editor *editor, enum draft_kind kind, const char *end)
{
	for (int tries = 0; editor->count > 0 && tries < 8; tries++) {
		struct draft_field *field = &editor->each[random_below(editor->count)];
		if (field->kind == kind && ends_with(field->path, end))
			return field;
	}
	return NULL;
}

static void set_value(struct history *history, struct editor *editor)
{
	struct draft_field *field =
		random_below(3) ? some_field(editor, DRAFT_VALUE, ".movement") : NULL;
	if (!field)
		field = field_of(editor, "tolerance", DRAFT_TEXT);
	field->value = new_word(history);
}

static void set_of_needle(struct history *history, struct editor *editor)
{
	const struct draft_field *of = some_field(editor, DRAFT_VALUE, ".approach");
	if (!of)
		return;
	const char *word = of->value;
	size_t row = strlen(of->path) - strlen(".approach");
	field_of(editor, arena_printf(history->arena, "%.*s.finding_keys", (int)row, of->path),
		 DRAFT_VALUE)
		->value = word;
}

/* One that is alone is not told from one that took its place: its fields merge. */
static bool has_two_twins(const struct editor *editor, const struct draft_field *row)
{
	size_t kind = strcspn(row->path, " ]#"), count = 0;
	for (size_t i = 0; i < editor->count; i++)
		count += editor->each[i].kind == DRAFT_ROW &&
			 strncmp(editor->each[i].path, row->path, kind) == 0;
	return count > 2;
}

static void take_out_row(struct editor *editor)
{
	const struct draft_field *row = some_field(editor, DRAFT_ROW, "");
	bool is_needle = row && strncmp(row->path, "sites[", strlen("sites[")) == 0;
	if (!row || (is_needle && !has_two_twins(editor, row)))
		return;
	const char *path = row->path;
	size_t kept = 0;
	for (size_t i = 0; i < editor->count; i++)
		if (strncmp(editor->each[i].path, path, strlen(path)) != 0 ||
		    !strchr(".", editor->each[i].path[strlen(path)]))
			editor->each[kept++] = editor->each[i];
	editor->count = kept;
}

static void edit(struct history *history, struct editor *editor)
{
	switch (random_below(10)) {
	case 0:
	case 1:
	case 2:
		put_in_sentence(history, editor);
		break;
	case 3:
		change_sentence(history, editor, true);
		break;
	case 4:
		change_sentence(history, editor, false);
		break;
	case 5:
		put_in_finding(history, editor);
		break;
	case 6:
		set_value(history, editor);
		break;
	case 7:
		put_in_needle(history, editor);
		break;
	case 8:
		set_of_needle(history, editor);
		break;
	default:
		take_out_row(editor);
	}
	editor->typed = true;
}

/* ---- Saving ---- */

static void note_words_of(const char *text, struct words *words)
{
	for (const char *at = text; (at = strchr(at, 'w')); at++)
		if (strspn(at + 1, "0123456789") == 3)
			words->has[atoi(at + 1)] = true;
}

static struct words words_of(const struct draft_fields *fields)
{
	struct words words = {0};
	for (size_t i = 0; i < fields->count; i++) {
		note_words_of(fields->each[i].path, &words);
		note_words_of(fields->each[i].value, &words);
	}
	return words;
}

static bool is_same(const struct draft_fields *a, const struct draft_fields *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->each[i].path, b->each[i].path) != 0 ||
		    strcmp(a->each[i].value, b->each[i].value) != 0)
			return false;
	return true;
}

static void read_draft(const struct history *history, struct editor *editor)
{
	const struct draft_fields *draft = &history->versions[history->current].draft;
	editor->base = history->current;
	editor->typed = false;
	editor->count = draft->count;
	if (draft->count > 0)
		memcpy(editor->each, draft->each, draft->count * sizeof(*draft->each));
}

static void check_words(struct history *history, const struct version *version)
{
	const struct words before = words_of(&history->versions[version->base].draft);
	const struct words typed = words_of(&version->typed);
	const struct words now = words_of(&version->draft);
	for (int word = 0; word < history->next_word; word++) {
		if (typed.has[word] && !before.has[word])
			history->live.has[word] = true;
		if (before.has[word] && !typed.has[word])
			history->gone.has[word] = true;
		bool kept = history->live.has[word] && !history->gone.has[word];
		if (now.has[word] != kept)
			fail_msg("w%03d %s", word, kept ? "is lost" : "came back");
	}
}

/* What is set of a needle is of that one. */
static void check_needles(struct arena *arena, const struct draft_fields *draft)
{
	for (size_t i = 0; i < draft->count; i++) {
		const struct draft_field *set = &draft->each[i];
		if (!ends_with(set->path, ".finding_keys"))
			continue;
		size_t row = strlen(set->path) - strlen(".finding_keys");
		const struct draft_field *of = draft_field_find(
			draft, arena_printf(arena, "%.*s.approach", (int)row, set->path));
		if (!of || strcmp(set->value, of->value) != 0)
			fail_msg("%s has what was set of %s", of ? of->value : "none", set->value);
	}
}

static void save(struct history *history, struct editor *editor)
{
	if (!editor->typed) {
		read_draft(history, editor);
		seen.unchanged++;
		return;
	}
	struct version version = {.typed = {editor->each, editor->count}, .base = editor->base};
	version.typed = through_note(history->arena, &version.typed);
	const struct draft_fields *draft = &history->versions[history->current].draft;
	const struct draft_merge merge = draft_merge(
		history->arena, &history->versions[editor->base].draft, &version.typed, draft);
	version.refused = merge.conflicts.first != NULL;
	version.draft = version.refused ? *draft : through_note(history->arena, &merge.merged);
	if (!version.refused) {
		check_words(history, &version);
		check_needles(history->arena, &version.draft);
	}
	if (!version.refused && is_same(draft, &version.draft)) {
		seen.unchanged++;
	} else {
		seen.refused += version.refused;
		seen.saved += !version.refused;
		seen.merged += !version.refused && version.base != history->current;
		history->versions[history->count] = version;
		history->current = version.refused ? history->current : history->count;
		history->count++;
	}
	read_draft(history, editor);
}

static void begin(struct history *history)
{
	struct editor *first = &history->editors[0];
	put_in_needle(history, first);
	put_in_needle(history, first);
	first->typed = true;
	for (int e = 0; e < EDITORS; e++)
		save(history, &history->editors[e]);
}

static void replay(const struct history *history)
{
	struct draft_fields draft = {0};
	for (size_t i = 1; i < history->count; i++) {
		const struct version *version = &history->versions[i];
		const struct draft_merge merge =
			draft_merge(history->arena, &history->versions[version->base].draft,
				    &version->typed, &draft);
		assert_int_equal(version->refused, merge.conflicts.first != NULL);
		if (!version->refused)
			draft = through_note(history->arena, &merge.merged);
	}
	assert_true(is_same(&draft, &history->versions[history->current].draft));
}

static void keeps_every_accepted_word(void **state)
{
	(void)state;
	const char *given = getenv("TEST_SEED");
	uint64_t seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
	print_message("TEST_SEED=%llu\n", (unsigned long long)seed);
	random_seed(seed);
	struct history *history = malloc(sizeof(*history));
	struct arena *arena = arena_new(64 << 20);
	for (int i = 0; i < HISTORIES; i++) {
		*history = (struct history){.arena = arena, .count = 1};
		begin(history);
		for (int step = 0; step < STEPS; step++) {
			struct editor *editor = &history->editors[random_below(EDITORS)];
			if (random_below(5) < 3)
				edit(history, editor);
			else
				save(history, editor);
		}
		for (int e = 0; e < EDITORS; e++)
			save(history, &history->editors[e]);
		replay(history);
		assert_false(arena_has_refused(arena));
		arena_reset(arena);
	}
	arena_free(arena);
	free(history);
	print_message("%zu saves, %zu of them merged; %zu refused, %zu without a change\n",
		      seen.saved, seen.merged, seen.refused, seen.unchanged);
	assert_true(seen.merged > HISTORIES && seen.refused > HISTORIES / 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(keeps_every_accepted_word)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
