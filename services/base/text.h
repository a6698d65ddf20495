/* Small things about text that libc lacks: UTF-8, UUIDs, instants as RFC 3339. */
#ifndef SOLEUS_BASE_TEXT_H
#define SOLEUS_BASE_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* True for well-formed UTF-8 without NUL inside `length` bytes. */
bool text_is_utf8(const char *text, size_t length);

/* Of such text, true without what nobody types and a reader cannot see: control characters other
 * than a tab and the ends of lines (\n, \r\n), and the overrides of direction (U+202D, U+202E), by
 * which a text reads otherwise than it is kept. */
bool text_is_plain(const char *text, size_t length);

/* Puts a blank for each such character, in place; ends of lines stay. */
void text_make_plain(char *text);

/* True when text is NULL or only ASCII white space. */
bool text_is_blank(const char *text);

#define TEXT_UUID_BYTES 37 /* with the terminating NUL */

/* Writes a UUIDv7 (RFC 9562): clock_now_us's millisecond, then a counter within it, then random
 * bits, so that ids made by one process sort in the order in which they were made. */
void text_uuid7(char ret_uuid[TEXT_UUID_BYTES]);

/* The same, in the arena; NULL beyond its budget. */
const char *text_uuid7_new(struct arena *arena);

/* A UUIDv8 made of the 128-bit FNV-1a hash of `space`, NUL, `name`, NUL: the same pair gives the
 * same id, so that doing a thing twice makes it once. Whoever chooses the names can make two pairs
 * collide: for names of our own only. NULL beyond the arena's budget. */
const char *text_uuid_for(struct arena *arena, const char *space, const char *name);

/* True for 8-4-4-4-12 hexadecimal digits. */
bool text_is_uuid(const char *text);

#define TEXT_UUID_OCTETS 16

/* A UUID as its 16 bytes, and back in small letters. False for what text_is_uuid refuses. */
bool text_uuid_to_octets(const char *uuid, uint8_t ret_octets[TEXT_UUID_OCTETS]);
void text_uuid_from_octets(const uint8_t octets[TEXT_UUID_OCTETS], char ret_uuid[TEXT_UUID_BYTES]);

#define TEXT_INSTANT_BYTES 32

/* "2026-11-23T04:05:33.000001Z" (fraction only when it is not zero). An instant outside the years
 * 0001 to 9999 is written as the nearest one inside. */
void text_from_instant(int64_t instant_us, char ret_text[TEXT_INSTANT_BYTES]);

/* Reads RFC 3339 and PostgreSQL's ISO output ("2026-11-23 04:05:33.5+00"); an offset is required.
 * Years 0001 to 9999, no leap seconds; what is finer than a microsecond is cut off. False when it
 * is neither; `ret_instant_us` is then untouched. */
bool text_to_instant(const char *text, int64_t *ret_instant_us);

/* Reads and writes "2026-11-23" as days since 1970-01-01; years as above. */
bool text_to_date(const char *text, int32_t *ret_days);
void text_from_date(int32_t days, char ret_text[TEXT_INSTANT_BYTES]);

#endif
