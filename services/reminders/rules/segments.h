/* What a text costs as SMS, known before it is sent: GSM-7 (3GPP TS 23.038) while every character
 * is in its alphabet, else UCS-2 for all of it.
 *
 *     one segment holds 160 septets or 70 UCS-2 units; of several each holds 153 or 67
 *
 * A character of the extension table (€ ^ { } [ ] ~ \ |) is two septets, one beyond U+FFFF two
 * units; neither is split across segments, so what is left of one may be lost.
 */
#ifndef SOLEUS_REMINDERS_RULES_SEGMENTS_H
#define SOLEUS_REMINDERS_RULES_SEGMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum segments_encoding { SEGMENTS_GSM7, SEGMENTS_UCS2 };

struct segments {
	enum segments_encoding encoding;
	size_t characters;
	size_t units;     /* septets, or 16 bits each */
	size_t segments;  /* 0 for an empty text */
	uint32_t outside; /* the first character that is not in GSM-7; 0: none */
};

/* `text` is UTF-8. */
struct segments segments_count(const char *text);

const char *segments_encoding_name(enum segments_encoding encoding); /* "GSM-7" */

/* Writes `text` with what GSM-7 lacks replaced by what is read the same: á by a, “ by ", … by
 * three points. False: something has no such spelling, or `bytes` are too few; `ret_text` is "". */
bool segments_respell(const char *text, char *ret_text, size_t bytes);

#endif
