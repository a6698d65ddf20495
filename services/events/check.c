#include "events/check.h"

#include "base/text.h"

#include <string.h>
#include <strings.h>

#define NAME_BYTES_MAX  200
#define WORDS_BYTES_MAX 500
#define FIRST_US        INT64_C(946684800000000)  /* 2000-01-01 */
#define LAST_US         INT64_C(4102444800000000) /* 2100-01-01 */

static const char id_expected[] = "an id (UUID)";

struct check check_begin(const struct call *call)
{
	struct check check = {.arena = call->arena};
	check_id(&check, "organisation_id", call->organisation_id);
	return check;
}

bool check_failed(const struct check *check)
{
	return check->faults.first != NULL;
}

struct status check_status(const struct check *check)
{
	return faults_status(&check->faults);
}

void check_that(struct check *check, bool holds, const char *field, const char *expected)
{
	if (!holds)
		faults_add(&check->faults, check->arena, field, expected);
}

void check_id(struct check *check, const char *field, const char *id)
{
	check_that(check, text_is_uuid(id), field, id_expected);
}

void check_id_or_empty(struct check *check, const char *field, const char *id)
{
	check_that(check, !*id || text_is_uuid(id), field, id_expected);
}

static bool is_plain(const char *text, size_t bytes_max)
{
	for (const char *at = text; *at; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			return false;
	return strlen(text) <= bytes_max;
}

void check_name(struct check *check, const char *field, const char *name)
{
	check_that(check, !text_is_blank(name) && is_plain(name, NAME_BYTES_MAX), field,
		   "1 to 200 bytes without control characters");
}

void check_words(struct check *check, const char *field, const char *words)
{
	check_that(check, is_plain(words, WORDS_BYTES_MAX), field,
		   "at most 500 bytes without control characters");
}

void check_instant(struct check *check, const char *field, int64_t at_us)
{
	check_that(check, at_us >= FIRST_US && at_us < LAST_US, field,
		   "an instant of this century, such as 2026-03-02T08:00:00Z");
}

void check_page(struct check *check, int64_t after_at, const char *after_id, int32_t limit,
		int32_t limit_most)
{
	check_that(check, after_at >= 0, "after_at", "an instant, or 0 for the first page");
	check_id_or_empty(check, "after_id", after_id);
	check_that(check, limit >= 0 && limit <= limit_most, "limit",
		   arena_printf(check->arena, "1 to %d, or 0 for the usual length", limit_most));
}

bool is_staff(const struct call *call)
{
	const unsigned athlete_alone = ROLE_ATHLETE;
	return (call->principal->roles & ~athlete_alone) != 0;
}

/* A key of one person that names nobody sees nobody's records, not everybody's. */
static const char *subject_of(const struct call *call)
{
	const char *subject_id = call->principal->subject_id;
	return text_is_uuid(subject_id) ? subject_id : DB_ID_LEAST;
}

const char *sees_athlete_alone(const struct call *call)
{
	return is_staff(call) ? NULL : subject_of(call);
}

bool may_see_athlete(const struct call *call, const char *athlete_id)
{
	const char *alone = sees_athlete_alone(call);
	return !alone || strcasecmp(alone, athlete_id) == 0;
}

const char *bounded_practitioner(const struct call *call)
{
	const unsigned unbounded = ROLE_CLINIC_LEAD | ROLE_OPERATOR | ROLE_SERVICE;
	unsigned roles = call->principal->roles;
	return roles & ROLE_PRACTITIONER && !(roles & unbounded) ? subject_of(call) : NULL;
}
