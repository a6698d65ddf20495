/* What two editors of one note become: the table of the merge. A field is "path=value"; text has
 * "~" for
 * "=", a row nothing. */
#include "notes/rules/draft.h"
#include "notes/rules/draft_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#define MOST 8

static const struct {
	const char *what;
	const char *base, *mine, *theirs;
	const char *merged; /* NULL: both changed the same sentence */
} texts[] = {
	{"one writes, one waits", "Tight calf.", "Tight calf. Worse uphill.", "Tight calf.",
	 "Tight calf. Worse uphill."},
	{"both go on at the end", "Tight calf.", "Tight calf. Worse uphill.",
	 "Tight calf. Since May.", "Tight calf. Since May. Worse uphill."},
	{"both begin", "", "Mine.", "Theirs.", "Theirs. Mine."},
	{"the same twice is once", "A.", "A. B.", "A. B.", "A. B."},
	{"an answer lost, and typed on", "A.", "A. B. C.", "A. B.", "A. B. C."},
	{"typed on by the other", "A.", "A. B.", "A. B. C.", "A. B. C."},
	{"typed on, and others' behind", "A. Z.", "A. B. C. Z.", "A. B. Z. Y.", "A. B. C. Z. Y."},
	{"a sentence changed, and typed on", "A. Z.", "A1. B. Z.", "A1. Z.", "A1. B. Z."},
	{"taken out is not gone on from", "A. Z.", "A1. Z.", "Z.", NULL},
	{"neighbours", "A. B. C.", "A1. B. C.", "A. B2. C.", "A1. B2. C."},
	{"one takes out, one goes on", "A. B.", "B.", "A. B. C.", "B. C."},
	{"put in before what is replaced", "A. B.", "A. New. B.", "A. B2.", "A. New. B2."},
	{"paragraphs stay apart", "A\n\nB\n", "A\n\nB\nC\n", "D\n\nA\n\nB\n", "D\n\nA\n\nB\nC\n"},
	{"blanks alone follow who changed them", "A. B.", "A.\nB.", "A. B. C.", "A.\nB. C."},
	{"a number is no sentence's end", "From 3.5 to 4.", "From 3.5 to 5.", "From 3.5 to 4.",
	 "From 3.5 to 5."},
	{"never half a sentence from each", "no pain at rest", "no pain at night",
	 "mild pain at rest", NULL},
	{"out and changed", "A. B. C.", "A. C.", "A. B2. C.", NULL},
	{"put into what went", "A. B. C.", "A. B. New. C.", "A.", NULL},
};

static void texts_merge_by_sentence(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct arena *arena = arena_new(1 << 20);
		const char *merged =
			draft_text_merge(arena, texts[i].base, texts[i].mine, texts[i].theirs);
		if ((merged == NULL) != (texts[i].merged == NULL) ||
		    (merged && strcmp(merged, texts[i].merged) != 0))
			fail_msg("%s: \"%s\"", texts[i].what, merged ? merged : "(conflict)");
		arena_free(arena);
	}
}

/* Too long to be compared pair by pair: merged where the ends alone tell, else refused, never cut.
 */
static void long_texts_lose_nothing(void **state)
{
	(void)state;
	struct arena *arena = arena_new(64 << 20);
	enum { SENTENCES = 1500, BYTES = 7 };
	char *base = arena_alloc(arena, SENTENCES * BYTES + 1);
	char *other = arena_alloc(arena, SENTENCES * BYTES + 1);
	for (int i = 0; i < SENTENCES; i++) {
		memcpy(base + i * BYTES, arena_printf(arena, "a%04d. ", i), BYTES);
		memcpy(other + i * BYTES, arena_printf(arena, "b%04d. ", i), BYTES);
	}
	const char *longer = arena_printf(arena, "%sThe end.", base);
	assert_null(draft_text_merge(arena, base, other, arena_printf(arena, "First. %s", other)));
	assert_string_equal(
		draft_text_merge(arena, base, longer, arena_printf(arena, "First. %s", base)),
		arena_printf(arena, "First. %s", longer));
	assert_false(arena_has_refused(arena));
	arena_free(arena);
}

static const struct {
	const char *what;
	const char *base[MOST], *mine[MOST], *theirs[MOST];
	const char *merged[MOST]; /* or, for what is in conflict: */
	const char *conflicts[MOST];
} notes[] = {
	{"different fields",
	 {"tolerance=good"},
	 {"tolerance=good", "complaint~Calf."},
	 {"tolerance=poor"},
	 {"tolerance=poor", "complaint~Calf."},
	 {0}},
	{"one value, set to two", {"a=1"}, {"a=2"}, {"a=3"}, {0}, {"a"}},
	{"one value, set alike", {"a=1"}, {"a=2"}, {"a=2"}, {"a=2"}, {0}},
	{"emptied by one", {"a=1", "b=1"}, {"b=1"}, {"a=1", "b=2"}, {"b=2"}, {0}},
	{"emptied and set", {"a=1"}, {0}, {"a=2"}, {0}, {"a"}},
	{"a text inside its field",
	 {"complaint~A."},
	 {"complaint~A. B."},
	 {"complaint~A. C."},
	 {"complaint~A. C. B."},
	 {0}},
	{"a sentence in conflict",
	 {"complaint~A."},
	 {"complaint~A1."},
	 {"complaint~A2."},
	 {0},
	 {"complaint"}},
	{"rows by both",
	 {"drivers[load]"},
	 {"drivers[load]", "drivers[sleep]"},
	 {"drivers[fuel]", "drivers[load]"},
	 {"drivers[fuel]", "drivers[load]", "drivers[sleep]"},
	 {0}},
	{"a row out, nobody touched it",
	 {"f[1]", "f[1].m=x"},
	 {0},
	 {"f[1]", "f[1].m=x", "a=1"},
	 {"a=1"},
	 {0}},
	{"a row out, changed by the other",
	 {"f[1]", "f[1].m=x"},
	 {0},
	 {"f[1]", "f[1].m=y"},
	 {0},
	 {"f[1]"}},
	{"a row changed, out by the other",
	 {"f[1]", "f[1].m=x"},
	 {"f[1]", "f[1].m=y"},
	 {0},
	 {0},
	 {"f[1]"}},
	{"a row emptied, out by the other", {"f[1]", "f[1].m=x"}, {"f[1]"}, {0}, {0}, {"f[1]"}},
	{"parts of one row",
	 {"f[1]", "f[1].m=x"},
	 {"f[1]", "f[1].m=x", "f[1].n=1"},
	 {"f[1]", "f[1].m=y"},
	 {"f[1]", "f[1].m=y", "f[1].n=1"},
	 {0}},
	{"one key put in by both",
	 {0},
	 {"f[1]", "f[1].m=x"},
	 {"f[1]", "f[1].m=y"},
	 {0},
	 {"f[1].m"}},
	{"a row behind its neighbour",
	 {"f[1]", "f[2]"},
	 {"f[1]", "f[3]", "f[3].m=x", "f[2]"},
	 {"f[1]", "f[1].m=1", "f[2]"},
	 {"f[1]", "f[1].m=1", "f[3]", "f[3].m=x", "f[2]"},
	 {0}},
	{"one of two twins out, the other's first changed",
	 {"f[1]", "f[1].d=20", "f[1]#2", "f[1]#2.d=35"},
	 {"f[1]", "f[1].d=20", "f[1].n=1", "f[1]#2", "f[1]#2.d=35"},
	 {"f[1]", "f[1].d=35"},
	 {0},
	 {"f[1]"}},
	{"a twin put in, its first changed",
	 {"f[1]", "f[1].d=20"},
	 {"f[1]", "f[1].d=20", "f[1].n=1"},
	 {"f[1]", "f[1].d=5", "f[1]#2", "f[1]#2.d=20"},
	 {0},
	 {"f[1]"}},
	{"twins of one side alone",
	 {"f[1]", "f[1].d=20", "f[1]#2", "f[1]#2.d=35", "g[1]#2]"},
	 {"f[1]", "f[1].d=35", "g[1]#2]", "g[1]"},
	 {"f[1]", "f[1].d=20", "f[1]#2", "f[1]#2.d=35", "g[1]#2]", "a=1"},
	 {"f[1]", "f[1].d=35", "g[1]#2]", "g[1]", "a=1"},
	 {0}},
	{"twins changed alike",
	 {"f[1]", "f[1].d=20", "f[1]#2", "f[1]#2.d=35"},
	 {"f[1]", "f[1].d=35", "a=1"},
	 {"f[1]", "f[1].d=35"},
	 {"f[1]", "f[1].d=35", "a=1"},
	 {0}},
	{"all conflicts at once",
	 {"a=1", "b=1", "c=1"},
	 {"a=2", "b=2", "c=2"},
	 {"a=3", "b=1", "c=3"},
	 {0},
	 {"a", "c"}},
};

static struct draft_fields fields_of(struct arena *arena, const char *const lines[MOST])
{
	struct draft_field *each = ARENA_ARRAY(arena, MOST, struct draft_field);
	size_t count = 0;
	for (; count < MOST && lines[count]; count++) {
		size_t path = strcspn(lines[count], "=~");
		char mark = lines[count][path];
		each[count] = (struct draft_field){
			.path = arena_strndup(arena, lines[count], path),
			.value = mark ? lines[count] + path + 1 : "",
			.kind = mark == '=' ? DRAFT_VALUE
				: mark      ? DRAFT_TEXT
					    : DRAFT_ROW,
		};
	}
	return (struct draft_fields){each, count};
}

static void notes_merge_by_field(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++) {
		struct arena *arena = arena_new(1 << 20);
		const struct draft_fields base = fields_of(arena, notes[i].base);
		const struct draft_fields mine = fields_of(arena, notes[i].mine);
		const struct draft_fields theirs = fields_of(arena, notes[i].theirs);
		const struct draft_fields expected = fields_of(arena, notes[i].merged);
		print_message("%s\n", notes[i].what);
		struct draft_merge merge = draft_merge(arena, &base, &mine, &theirs);
		assert_int_equal(merge.merged.count, expected.count);
		for (size_t f = 0; f < expected.count; f++) {
			assert_string_equal(merge.merged.each[f].path, expected.each[f].path);
			assert_string_equal(merge.merged.each[f].value, expected.each[f].value);
		}
		const struct fault *fault = merge.conflicts.first;
		for (size_t c = 0; c < MOST && notes[i].conflicts[c]; c++, fault = fault->next) {
			assert_non_null(fault);
			assert_string_equal(fault->field, notes[i].conflicts[c]);
		}
		assert_null(fault);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_merge_by_sentence),
		cmocka_unit_test(long_texts_lose_nothing),
		cmocka_unit_test(notes_merge_by_field),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
