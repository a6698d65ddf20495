/* Who is a minor: a guardian consents, and gets the messages ("Consent is per channel and per
 * purpose; guardian for minors"). */
#ifndef SOLEUS_KNOWLEDGE_MINOR_H
#define SOLEUS_KNOWLEDGE_MINOR_H

#include <stdbool.h>
#include <stdint.h>

#define MINOR_UNDER 18 /* full years of the calendar; ours, until rule packs say it */

/* Days since 1970. Who was born on 29 February grows older on 1 March. */
bool minor_on(int32_t born, int32_t today);

/* The same of a birth date as text and an instant, by the day in UTC; one that is no date is
 * nobody's. */
bool minor_at(const char *birth_date, int64_t now_us);

#endif
