/* What is measured, by what, and which change of it means something: the table "Instruments" of
 * domain.md. The rows are data (instruments.conf), checked when the programs are built; every
 * service that takes a value asks here whether it can be one.
 *
 *     const struct instrument *nprs = instrument_find("nprs");
 *     if (!instrument_holds(nprs, 99))
 *             faults_add(faults, arena, "value", instrument_expects(arena, nprs));
 *
 * An L-sure threshold is a default that an organisation may edit: copy the row, change it and its
 * sureness, judge by the copy.
 */
#ifndef SOLEUS_KNOWLEDGE_INSTRUMENT_H
#define SOLEUS_KNOWLEDGE_INSTRUMENT_H

#include "base/arena.h"
#include "knowledge/sure.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum instrument_better {
	INSTRUMENT_BETTER_UNSET,
	INSTRUMENT_BETTER_HIGHER,
	INSTRUMENT_BETTER_LOWER
};

/* sure == SURE_UNSET: there is none. low == high where the source gives one value. */
struct instrument_threshold {
	double low;
	double high;
	enum sure sure;
};

/* The MCID of baselines from `from` to `to`. */
struct instrument_band {
	double from;
	double to;
	double mcid;
};

struct instrument {
	const char *code; /* the project's own: "nprs" */
	const char *name;
	const char *loinc; /* NULL where no code is confirmed: none is invented */
	const char *unit;
	int32_t version; /* of the scoring; stored with each score (O3) */
	enum instrument_better better;
	bool has_lower;
	bool has_upper;
	double lower;
	double upper;
	bool has_plausible; /* what a body gives: least to most, within the range */
	double least;
	double most;
	struct instrument_threshold mdc;
	struct instrument_threshold mcid; /* outside the bands, where there are any */
	size_t band_count;
	struct instrument_band bands[3];
	const char *source; /* NULL where there is none */
	const char *remark; /* a caution for who reads the number; may be NULL */
};

extern const struct instrument instruments[];
extern const size_t instrument_count;

/* NULL when there is none; `code` may be NULL. */
const struct instrument *instrument_find(const char *code);

/* Whether it can be a value of the instrument: a number, within its range. */
bool instrument_holds(const struct instrument *instrument, double value);

/* Whether it is taken from who types it: plausible, too. What was taken before a bound was set is
 * judged as it was (O3). */
bool instrument_accepts(const struct instrument *instrument, double value);

/* "0 to 10 points": what instrument_accepts asks for, for people. */
const char *instrument_expects(struct arena *arena, const struct instrument *instrument);

#endif
