/* Languages of messages: tags as athletes' records have them (BCP 47: de, de-AT), the order in
 * which words are looked for, and a visit's moment as people of that language write it.
 *
 *     struct language_chain chain;
 *     language_chain("de-AT", "fr", &chain);   // de-at, de, fr, en
 */
#ifndef SOLEUS_REMINDERS_RULES_LANGUAGE_H
#define SOLEUS_REMINDERS_RULES_LANGUAGE_H

#include "knowledge/language.h"

#include <stddef.h>

#define LANGUAGE_CHAIN_MAX 9

struct language_chain {
	size_t count;
	char languages[LANGUAGE_CHAIN_MAX][LANGUAGE_BYTES];
};

/* Each once: the athlete's and what it is a part of, the organisation's likewise, English. What is
 * no tag is left out. */
void language_chain(const char *athletes, const char *organisations,
		    struct language_chain *ret_chain);

#define LANGUAGE_MOMENT_BYTES 64

/* "Tue 24 Nov 14:00" as that language has it: "Di 24. Nov 14:00"; what it does not know stays. */
void language_moment(const char *english, const char *language,
		     char ret_moment[LANGUAGE_MOMENT_BYTES]);

#endif
