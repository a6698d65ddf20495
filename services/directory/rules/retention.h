/* How long signed notes are kept: by the rule pack of each clinic that treated, so many years after
 * the last treatment there, and of who was a minor then at least until an age. The longest term
 * counts.
 *
 *     struct retention kept = retention_of_nobody;
 *     for (…)
 *             retention_add(&kept, &treatment);
 *     if (retention_is_over(&kept, today))
 *             …
 *
 * A default that nobody has looked up counts as well (keeping too long is mended, erasing too early
 * is not), and says that it is unverified.
 */
#ifndef SOLEUS_DIRECTORY_RULES_RETENTION_H
#define SOLEUS_DIRECTORY_RULES_RETENTION_H

#include "knowledge/pack.h"

#include <stdbool.h>
#include <stdint.h>

/* The last one at a clinic. Days since 1970, where the clinic is. */
struct retention_treatment {
	const char *jurisdiction; /* "": the neutral default's */
	int32_t day;
	bool has_born;
	int32_t born;
	bool has_minor_until; /* of who is erased: what followed from the birth date, which is gone
			       */
	int32_t minor_until;
};

struct retention {
	const struct pack *pack; /* whose term is the longest; NULL: nobody has treated */
	int32_t until_day;       /* the last day on which notes are kept */
	int32_t last_day;        /* of treatment */
	bool unverified;
};

extern const struct retention retention_of_nobody;

void retention_add(struct retention *retention, const struct retention_treatment *treatment);

/* The last day that follows from the age of who was a minor at the treatment; false when nothing
 * does. */
bool retention_of_minor(const struct retention_treatment *treatment, int32_t *ret_until);

/* False for who was never treated: there is nothing to be kept. */
bool retention_is_over(const struct retention *retention, int32_t today);

/* The same day so many years later; of 29 February 1 March, where the year has none. */
int32_t day_years_later(int32_t day, int32_t years);

#endif
