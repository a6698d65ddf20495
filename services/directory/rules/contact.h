/* Contact points: is it plausible, and how is it compared.
 *
 * Plausible, not valid: only a delivered message proves a number. "555-969-2143" is as good as
 * "+43 660 1234567"; a word is not.
 */
#ifndef SOLEUS_DIRECTORY_RULES_CONTACT_H
#define SOLEUS_DIRECTORY_RULES_CONTACT_H

#include "base/arena.h"

#include <stdbool.h>

enum contact_channel { CONTACT_NONE, CONTACT_SMS, CONTACT_EMAIL, CONTACT_FILE };

/* "sms", "email", "file"; CONTACT_NONE for any other word. */
enum contact_channel contact_channel_find(const char *name);

/* What a plausible value of the channel is, for people. */
const char *contact_expected(enum contact_channel channel);

bool contact_is_plausible(enum contact_channel channel, const char *value);

/* The form in which two values are the same contact point: digits (with + when it was given, or 00)
 * of a number, lower case of an address. For plausible values; NULL beyond the arena's budget. */
const char *contact_normal(struct arena *arena, enum contact_channel channel, const char *value);

#endif
