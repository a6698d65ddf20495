#include "notes/rules/draft_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* A sentence with the blanks that follow it; it is known by its words alone. */
struct sentence {
	const char *text;
	size_t words; /* bytes before the blanks */
	size_t whole;
};

struct sentences {
	struct sentence *each;
	size_t count;
};

/* One side's change: sentences [base, base_end) of the base became [side, side_end) of the side. */
struct change {
	size_t base, base_end;
	size_t side, side_end;
};

struct changes {
	struct change *each;
	size_t count;
};

#define BLANKS " \t\r\n"

static bool ends_sentence(const char *at)
{
	if (*at == '\n' || *at == '\0')
		return true;
	return strchr(".!?", *at) && at[1] && strchr(BLANKS, at[1]);
}

static struct sentence sentence_at(const char *text)
{
	const char *at = text + strspn(text, BLANKS);
	while (!ends_sentence(at))
		at++;
	if (*at && *at != '\n')
		at++;
	size_t words = (size_t)(at - text);
	size_t whole = words + strspn(at, BLANKS);
	while (words > 0 && strchr(BLANKS, text[words - 1]))
		words--;
	return (struct sentence){text, words, whole};
}

static struct sentences sentences_of(struct arena *arena, const char *text)
{
	struct sentences all = {0};
	for (const char *at = text; *at; at += sentence_at(at).whole)
		all.count++;
	all.each = ARENA_ARRAY(arena, all.count + 1, struct sentence);
	for (size_t i = 0; all.each && i < all.count; i++) {
		all.each[i] = sentence_at(text);
		text += all.each[i].whole;
	}
	return all;
}

static bool is_same(const struct sentence *a, const struct sentence *b)
{
	return a->words == b->words && memcmp(a->text, b->text, a->words) == 0;
}

/* ---- What one side changed ---- */

static void change_add(struct changes *changes, size_t base, size_t base_end, size_t side,
		       size_t side_end)
{
	if (base < base_end || side < side_end)
		changes->each[changes->count++] = (struct change){base, base_end, side, side_end};
}

/* The changes between [first, base_end) and [first, side_end), by the longest common row:
 * longest[b][s] is its length from there on. */
static void changes_between(struct arena *arena, const struct sentences *base,
			    const struct sentences *side, size_t first, size_t base_end,
			    size_t side_end, struct changes *changes)
{
	size_t rows = base_end - first + 1;
	size_t columns = side_end - first + 1;
	uint16_t *longest = NULL;
	if (rows < UINT16_MAX && columns < UINT16_MAX && rows * columns <= DRAFT_TEXT_CELLS)
		longest = ARENA_ARRAY(arena, rows * columns, uint16_t);
	if (!longest) {
		change_add(changes, first, base_end, first, side_end);
		return;
	}
	for (size_t b = rows - 1; b-- > 0;)
		for (size_t s = columns - 1; s-- > 0;) {
			uint16_t down = longest[(b + 1) * columns + s];
			uint16_t right = longest[b * columns + s + 1];
			uint16_t best = down > right ? down : right;
			if (is_same(&base->each[first + b], &side->each[first + s]))
				best = (uint16_t)(longest[(b + 1) * columns + s + 1] + 1);
			longest[b * columns + s] = best;
		}
	size_t from_base = 0, from_side = 0, b = 0, s = 0;
	while (b + 1 < rows && s + 1 < columns) {
		if (is_same(&base->each[first + b], &side->each[first + s])) {
			change_add(changes, first + from_base, first + b, first + from_side,
				   first + s);
			from_base = ++b;
			from_side = ++s;
		} else if (longest[(b + 1) * columns + s] >= longest[b * columns + s + 1]) {
			b++;
		} else {
			s++;
		}
	}
	change_add(changes, first + from_base, base_end, first + from_side, side_end);
}

static struct changes changes_of(struct arena *arena, const struct sentences *base,
				 const struct sentences *side)
{
	size_t first = 0;
	size_t base_end = base->count;
	size_t side_end = side->count;
	while (first < base_end && first < side_end &&
	       is_same(&base->each[first], &side->each[first]))
		first++;
	while (base_end > first && side_end > first &&
	       is_same(&base->each[base_end - 1], &side->each[side_end - 1])) {
		base_end--;
		side_end--;
	}
	struct changes changes = {ARENA_ARRAY(arena, base->count + side->count + 2, struct change),
				  0};
	if (changes.each)
		changes_between(arena, base, side, first, base_end, side_end, &changes);
	return changes;
}

/* ---- Both together ---- */

struct merge {
	struct sentences base, mine, theirs;
	struct changes by_me, by_them;
	char *text;
	size_t length;
};

static void put(struct merge *merge, const struct sentences *from, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++) {
		const struct sentence *sentence = &from->each[i];
		if (merge->length > 0 && !strchr(BLANKS, merge->text[merge->length - 1]))
			merge->text[merge->length++] = ' ';
		memcpy(merge->text + merge->length, sentence->text, sentence->whole);
		merge->length += sentence->whole;
	}
}

static bool overlap(const struct change *a, const struct change *b)
{
	if (a->base == a->base_end && b->base == b->base_end)
		return false; /* both put something in */
	return a->base < b->base_end && b->base < a->base_end;
}

static bool is_same_change(const struct merge *merge, const struct change *mine,
			   const struct change *theirs)
{
	size_t count = mine->side_end - mine->side;
	if (mine->base != theirs->base || mine->base_end != theirs->base_end ||
	    count != theirs->side_end - theirs->side)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!is_same(&merge->mine.each[mine->side + i],
			     &merge->theirs.each[theirs->side + i]))
			return false;
	return true;
}

static size_t text_of(const struct sentences *from, size_t first, size_t end, const char **ret_text)
{
	const struct sentence *last = &from->each[end - 1];
	*ret_text = from->each[first].text;
	return (size_t)(last->text + last->words - *ret_text);
}

/* The longer change where both put in words at one place, and it goes on where the other ends: an
 * editor whose answer was lost typed on, and saves what was saved already with it. Else NULL. */
static const struct change *going_on(const struct merge *merge, const struct change *mine,
				     const struct change *theirs)
{
	const char *my_text, *their_text;
	if (mine->base != theirs->base || mine->base_end != mine->base ||
	    theirs->base_end != theirs->base)
		return NULL;
	size_t my_length = text_of(&merge->mine, mine->side, mine->side_end, &my_text);
	size_t their_length = text_of(&merge->theirs, theirs->side, theirs->side_end, &their_text);
	bool is_mine = my_length > their_length;
	size_t shorter = is_mine ? their_length : my_length;
	const char *longer = is_mine ? my_text : their_text;
	if (memcmp(my_text, their_text, shorter) != 0 ||
	    (my_length != their_length && !strchr(BLANKS, longer[shorter])))
		return NULL;
	return is_mine ? mine : theirs;
}

/* Sentences that nobody changed, up to `end`, with the blanks of who changed those. */
static void put_kept(struct merge *merge, size_t *base, size_t *mine, size_t *theirs, size_t end)
{
	for (; *base < end; ++*base, ++*mine, ++*theirs) {
		const struct sentence *was = &merge->base.each[*base];
		const struct sentence *is = &merge->mine.each[*mine];
		if (was->whole == is->whole && memcmp(was->text, is->text, is->whole) == 0)
			put(merge, &merge->theirs, *theirs, *theirs + 1);
		else
			put(merge, &merge->mine, *mine, *mine + 1);
	}
}

/* Applies the changes of both in the order of the base; what is put in at a place comes before what
 * replaces the sentence there. False: two of them overlap. */
static bool apply(struct merge *merge)
{
	size_t base = 0, mine = 0, theirs = 0, m = 0, t = 0;
	while (m < merge->by_me.count || t < merge->by_them.count) {
		const struct change *me = m < merge->by_me.count ? &merge->by_me.each[m] : NULL;
		const struct change *them =
			t < merge->by_them.count ? &merge->by_them.each[t] : NULL;
		bool same = me && them && is_same_change(merge, me, them);
		if (me && them && !same && overlap(me, them))
			return false;
		const struct change *longer = me && them ? going_on(merge, me, them) : NULL;
		if (longer) {
			put_kept(merge, &base, &mine, &theirs, longer->base);
			put(merge, longer == me ? &merge->mine : &merge->theirs, longer->side,
			    longer->side_end);
			mine = me->side_end;
			theirs = them->side_end;
			m++;
			t++;
			continue;
		}
		bool take_mine = me && (!them || me->base < them->base ||
					(me->base == them->base && me->base_end < them->base_end));
		const struct change *next = take_mine ? me : them;
		put_kept(merge, &base, &mine, &theirs, next->base);
		size_t gone = next->base_end - next->base;
		base = next->base_end;
		if (take_mine) {
			put(merge, &merge->mine, me->side, me->side_end);
			mine = me->side_end;
			theirs += gone;
			m++;
			continue;
		}
		put(merge, &merge->theirs, them->side, them->side_end);
		theirs = them->side_end;
		mine = same ? me->side_end : mine + gone;
		m += same;
		t++;
	}
	put_kept(merge, &base, &mine, &theirs, merge->base.count);
	return true;
}

const char *draft_text_merge(struct arena *arena, const char *base, const char *mine,
			     const char *theirs)
{
	if (strcmp(base, mine) == 0 || strcmp(mine, theirs) == 0)
		return theirs;
	if (strcmp(base, theirs) == 0)
		return mine;
	struct merge merge = {
		.base = sentences_of(arena, base),
		.mine = sentences_of(arena, mine),
		.theirs = sentences_of(arena, theirs),
	};
	if (arena_has_refused(arena))
		return NULL;
	merge.by_me = changes_of(arena, &merge.base, &merge.mine);
	merge.by_them = changes_of(arena, &merge.base, &merge.theirs);
	/* Every sentence comes from one of the two, with a blank before it at most. */
	size_t room = strlen(mine) + strlen(theirs) + merge.mine.count + merge.theirs.count + 1;
	merge.text = arena_alloc(arena, room);
	if (arena_has_refused(arena) || !apply(&merge))
		return NULL;
	return merge.text;
}
