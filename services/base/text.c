#include "base/text.h"

#include "base/clock.h"
#include "base/random.h"

#include <stddef.h>
#include <string.h>

#define FIRST_DAY     INT64_C(-719162) /* 0001-01-01 */
#define LAST_DAY      INT64_C(2932896) /* 9999-12-31 */
#define FIRST_INSTANT (FIRST_DAY * CLOCK_DAY_US)
#define LAST_INSTANT  ((LAST_DAY + 1) * CLOCK_DAY_US - 1)

static bool is_continuation(unsigned char byte)
{
	return (byte & 0xc0) == 0x80;
}

/* The length of the well-formed sequence at `at` (RFC 3629), 0 when there is none. */
static size_t utf8_sequence(const unsigned char *at, size_t left)
{
	unsigned char lead = at[0];
	if (lead < 0x80)
		return lead != 0;
	if (lead < 0xc2 || lead > 0xf4)
		return 0;
	size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
	if (left < length)
		return 0;
	for (size_t i = 1; i < length; i++)
		if (!is_continuation(at[i]))
			return 0;
	bool overlong = (lead == 0xe0 && at[1] < 0xa0) || (lead == 0xf0 && at[1] < 0x90);
	bool surrogate = lead == 0xed && at[1] > 0x9f;
	bool beyond_unicode = lead == 0xf4 && at[1] > 0x8f;
	return overlong || surrogate || beyond_unicode ? 0 : length;
}

bool text_is_utf8(const char *text, size_t length)
{
	const unsigned char *at = (const unsigned char *)text;
	while (length > 0) {
		size_t step = utf8_sequence(at, length);
		if (step == 0)
			return false;
		at += step;
		length -= step;
	}
	return true;
}

/* How long what may not be in plain text at `at` is; 0: it may. C1 and the overrides have 2 and 3
 * bytes. */
static size_t unplain_sequence(const unsigned char *at, size_t left)
{
	if (at[0] == '\r')
		return left < 2 || at[1] != '\n';
	if (at[0] < 0x20 || at[0] == 0x7f)
		return at[0] != '\t' && at[0] != '\n';
	if (at[0] == 0xc2 && left >= 2 && at[1] < 0xa0)
		return 2;
	bool overrides =
		at[0] == 0xe2 && left >= 3 && at[1] == 0x80 && (at[2] == 0xad || at[2] == 0xae);
	return overrides ? 3 : 0;
}

bool text_is_plain(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (unplain_sequence((const unsigned char *)text + i, length - i) > 0)
			return false;
	return true;
}

void text_make_plain(char *text)
{
	size_t left = strlen(text);
	while (left > 0) {
		size_t unplain = unplain_sequence((const unsigned char *)text, left);
		size_t step = unplain ? unplain : 1;
		if (unplain)
			memset(text, ' ', unplain);
		text += step;
		left -= step;
	}
}

bool text_is_blank(const char *text)
{
	return !text || text[strspn(text, " \t\n\v\f\r")] == '\0';
}

static void write_uuid(uint64_t high, uint64_t low, char ret_uuid[TEXT_UUID_BYTES])
{
	char *at = ret_uuid;
	for (int digit = 0; digit < 32; digit++) {
		if (digit == 8 || digit == 12 || digit == 16 || digit == 20)
			*at++ = '-';
		uint64_t half = digit < 16 ? high : low;
		*at++ = "0123456789abcdef"[(half >> (60 - 4 * (digit % 16))) & 0xf];
	}
	*at = '\0';
}

static uint64_t with_variant(uint64_t low)
{
	return (low & UINT64_C(0x3fffffffffffffff)) | UINT64_C(0x8000000000000000);
}

/* Millisecond and 12-bit counter as one number that only grows: more than 4096 ids in a millisecond
 * borrow from the next one, and a clock that is set back does not disturb the order. */
static uint64_t next_tick(void)
{
	static uint64_t last;
	int64_t now_us = clock_now_us();
	uint64_t now = now_us > 0 ? (uint64_t)now_us / 1000 << 12 : 0;
	uint64_t before = __atomic_load_n(&last, __ATOMIC_RELAXED);
	uint64_t tick;
	do
		tick = now > before ? now : before + 1;
	while (!__atomic_compare_exchange_n(&last, &before, tick, true, __ATOMIC_RELAXED,
					    __ATOMIC_RELAXED));
	return tick;
}

void text_uuid7(char ret_uuid[TEXT_UUID_BYTES])
{
	uint64_t tick = next_tick();
	uint64_t high = (tick >> 12 << 16) | 0x7000 | (tick & 0xfff);
	write_uuid(high, with_variant(random_u64()), ret_uuid);
}

const char *text_uuid7_new(struct arena *arena)
{
	char *uuid = arena_alloc(arena, TEXT_UUID_BYTES);
	if (uuid)
		text_uuid7(uuid);
	return uuid;
}

/* With the terminating NUL, so that ("a", "bc") and ("ab", "c") differ. */
static unsigned __int128 fnv1a_128(unsigned __int128 hash, const char *text)
{
	const unsigned __int128 prime = ((unsigned __int128)1 << 88) + 0x13b;
	const unsigned char *at = (const unsigned char *)text;
	do
		hash = (hash ^ *at) * prime;
	while (*at++);
	return hash;
}

const char *text_uuid_for(struct arena *arena, const char *space, const char *name)
{
	const unsigned __int128 basis = (unsigned __int128)UINT64_C(0x6c62272e07bb0142) << 64 |
					UINT64_C(0x62b821756295c58d);
	char *uuid = arena_alloc(arena, TEXT_UUID_BYTES);
	if (!uuid)
		return 0;
	unsigned __int128 hash = fnv1a_128(fnv1a_128(basis, space), name);
	uint64_t high = ((uint64_t)(hash >> 64) & ~UINT64_C(0xf000)) | 0x8000;
	write_uuid(high, with_variant((uint64_t)hash), uuid);
	return uuid;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool text_is_uuid(const char *text)
{
	if (!text)
		return false;
	for (int i = 0; i < TEXT_UUID_BYTES - 1; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		if (dash ? text[i] != '-' : !is_hex(text[i]))
			return false;
	}
	return text[TEXT_UUID_BYTES - 1] == '\0';
}

static unsigned hex_value(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

bool text_uuid_to_octets(const char *uuid, uint8_t ret_octets[TEXT_UUID_OCTETS])
{
	if (!text_is_uuid(uuid))
		return false;
	for (int octet = 0; octet < TEXT_UUID_OCTETS; octet++) {
		uuid += *uuid == '-';
		ret_octets[octet] = (uint8_t)(hex_value(uuid[0]) << 4 | hex_value(uuid[1]));
		uuid += 2;
	}
	return true;
}

void text_uuid_from_octets(const uint8_t octets[TEXT_UUID_OCTETS], char ret_uuid[TEXT_UUID_BYTES])
{
	uint64_t halves[2] = {0};
	for (int octet = 0; octet < TEXT_UUID_OCTETS; octet++)
		halves[octet / 8] = halves[octet / 8] << 8 | octets[octet];
	write_uuid(halves[0], halves[1], ret_uuid);
}

/* Days and civil dates: eras of 400 years that begin on the first of March, so that the leap day
 * is the last of its year (H. Hinnant, "chrono-compatible low-level date algorithms"). */
#define ERA_DAYS         146097
#define MARCH_0000_TO_70 719468

static int64_t days_from_civil(int64_t year, int64_t month, int64_t day)
{
	if (month <= 2)
		year--;
	int64_t era = year / 400;
	int64_t year_of_era = year - era * 400;
	int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * ERA_DAYS + day_of_era - MARCH_0000_TO_70;
}

static char *write_digits(char *at, int64_t value, int width)
{
	for (int i = width - 1; i >= 0; i--, value /= 10)
		at[i] = (char)('0' + value % 10);
	return at + width;
}

static char *write_date(char *at, int64_t days)
{
	int64_t since = days + MARCH_0000_TO_70;
	int64_t era = since / ERA_DAYS;
	int64_t day_of_era = since - era * ERA_DAYS;
	int64_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t march_month = (5 * day_of_year + 2) / 153;
	int64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
	at = write_digits(at, era * 400 + year_of_era + (month <= 2), 4);
	*at++ = '-';
	at = write_digits(at, month, 2);
	*at++ = '-';
	return write_digits(at, day_of_year - (153 * march_month + 2) / 5 + 1, 2);
}

static int64_t clamp(int64_t value, int64_t lowest, int64_t highest)
{
	return value < lowest ? lowest : value > highest ? highest : value;
}

void text_from_instant(int64_t instant_us, char ret_text[TEXT_INSTANT_BYTES])
{
	/* Counted from the first instant, so that division never rounds towards 1970. */
	int64_t since = clamp(instant_us, FIRST_INSTANT, LAST_INSTANT) - FIRST_INSTANT;
	int64_t of_day = since % CLOCK_DAY_US;
	char *at = write_date(ret_text, since / CLOCK_DAY_US + FIRST_DAY);
	*at++ = 'T';
	at = write_digits(at, of_day / CLOCK_HOUR_US, 2);
	*at++ = ':';
	at = write_digits(at, of_day / CLOCK_MINUTE_US % 60, 2);
	*at++ = ':';
	at = write_digits(at, of_day / CLOCK_SECOND_US % 60, 2);
	if (of_day % CLOCK_SECOND_US) {
		*at++ = '.';
		at = write_digits(at, of_day % CLOCK_SECOND_US, 6);
	}
	*at++ = 'Z';
	*at = '\0';
}

void text_from_date(int32_t days, char ret_text[TEXT_INSTANT_BYTES])
{
	*write_date(ret_text, clamp(days, FIRST_DAY, LAST_DAY)) = '\0';
}

/* The readers move `*at` past what they read; after false it is of no use. */

static bool read_digits(const char **at, int width, int64_t *ret_value)
{
	int64_t value = 0;
	for (int i = 0; i < width; i++) {
		char c = **at;
		if (c < '0' || c > '9')
			return false;
		value = value * 10 + (c - '0');
		(*at)++;
	}
	*ret_value = value;
	return true;
}

static bool read_char(const char **at, char expected)
{
	if (**at != expected)
		return false;
	(*at)++;
	return true;
}

static int64_t month_days(int64_t year, int64_t month)
{
	static const char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && leap);
}

static bool read_date(const char **at, int64_t *ret_days)
{
	int64_t year, month, day;
	if (!read_digits(at, 4, &year) || !read_char(at, '-') || !read_digits(at, 2, &month) ||
	    !read_char(at, '-') || !read_digits(at, 2, &day))
		return false;
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > month_days(year, month))
		return false;
	*ret_days = days_from_civil(year, month, day);
	return true;
}

static bool read_fraction(const char **at, int64_t *ret_us)
{
	*ret_us = 0;
	if (!read_char(at, '.'))
		return true;
	int64_t scale = CLOCK_SECOND_US / 10;
	const char *first = *at;
	for (; **at >= '0' && **at <= '9'; (*at)++, scale /= 10)
		*ret_us += (**at - '0') * scale;
	return *at > first;
}

static bool read_time_of_day(const char **at, int64_t *ret_us)
{
	int64_t hour, minute, second, fraction_us;
	if (!read_digits(at, 2, &hour) || !read_char(at, ':') || !read_digits(at, 2, &minute) ||
	    !read_char(at, ':') || !read_digits(at, 2, &second) || !read_fraction(at, &fraction_us))
		return false;
	if (hour > 23 || minute > 59 || second > 59)
		return false;
	*ret_us = hour * CLOCK_HOUR_US + minute * CLOCK_MINUTE_US + second * CLOCK_SECOND_US +
		  fraction_us;
	return true;
}

/* Z, +hh, +hhmm or +hh:mm. */
static bool read_offset(const char **at, int64_t *ret_us)
{
	*ret_us = 0;
	char sign = *(*at)++;
	if (sign == 'Z' || sign == 'z')
		return true;
	int64_t hour, minute = 0;
	if ((sign != '+' && sign != '-') || !read_digits(at, 2, &hour))
		return false;
	if (**at != '\0') {
		read_char(at, ':');
		if (!read_digits(at, 2, &minute))
			return false;
	}
	if (hour > 23 || minute > 59)
		return false;
	*ret_us = (hour * CLOCK_HOUR_US + minute * CLOCK_MINUTE_US) * (sign == '-' ? -1 : 1);
	return true;
}

bool text_to_instant(const char *text, int64_t *ret_instant_us)
{
	const char *at = text;
	int64_t days, of_day_us, offset_us;
	if (!at || !read_date(&at, &days))
		return false;
	if (*at != 'T' && *at != 't' && *at != ' ')
		return false;
	at++;
	if (!read_time_of_day(&at, &of_day_us) || !read_offset(&at, &offset_us) || *at != '\0')
		return false;
	int64_t instant_us = days * CLOCK_DAY_US + of_day_us - offset_us;
	if (instant_us < FIRST_INSTANT || instant_us > LAST_INSTANT)
		return false;
	*ret_instant_us = instant_us;
	return true;
}

bool text_to_date(const char *text, int32_t *ret_days)
{
	const char *at = text;
	int64_t days;
	if (!at || !read_date(&at, &days) || *at != '\0')
		return false;
	*ret_days = (int32_t)days;
	return true;
}
