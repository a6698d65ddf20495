#include "db/sqlstate.h"

#include <stddef.h>
#include <string.h>

struct rule {
	const char *begins; /* a code, or its first characters */
	enum status_code code;
	const char *message;
};

/* The first that fits: codes stand before their class. */
static const struct rule rules[] = {
	{"SL001", STATUS_ABORTED, "it was changed meanwhile: read again and repeat"},
	{"SL002", STATUS_FAILED_PRECONDITION, "its present state does not allow this"},
	{"SL003", STATUS_NOT_FOUND, "an existing record was expected"},
	{"SL004", STATUS_INVALID_ARGUMENT, "values that fit together were expected"},
	{"SL005", STATUS_PERMISSION_DENIED, "a principal who may do this was expected"},
	{"SL006", STATUS_ALREADY_EXISTS, "it is there already"},
	{"SL007", STATUS_RESOURCE_EXHAUSTED, "a limit of the service is reached"},
	{"SL", STATUS_FAILED_PRECONDITION, "a condition does not hold"},

	{"23505", STATUS_ALREADY_EXISTS, "it is there already"},
	{"23P01", STATUS_ALREADY_EXISTS, "something else is there already"},
	{"23503", STATUS_FAILED_PRECONDITION, "a record that this refers to is not there"},
	{"23", STATUS_INVALID_ARGUMENT, "a value that the record's rules allow was expected"},
	{"22", STATUS_INVALID_ARGUMENT, "a value of the right form and range was expected"},
	{"54", STATUS_INVALID_ARGUMENT, "a smaller value was expected"},
	{"40", STATUS_ABORTED, "it met another change at the same time: repeat"},
	{"55P03", STATUS_ABORTED, "another change holds the record: repeat"},
	{"55", STATUS_FAILED_PRECONDITION, "the record's present state does not allow this"},
	{"P0", STATUS_FAILED_PRECONDITION, "a condition does not hold"},
	{"42501", STATUS_PERMISSION_DENIED,
	 "the database does not allow this to this role or "
	 "organisation"},
	{"42", STATUS_INTERNAL, "statement and schema do not fit together"},
	{"0A", STATUS_INTERNAL, "statement and schema do not fit together"},
	{"28", STATUS_PERMISSION_DENIED, "the database refuses the role"},
	{"3D", STATUS_FAILED_PRECONDITION, "the database does not exist"},
	{"3F", STATUS_FAILED_PRECONDITION, "the schema does not exist"},
	{"25006", STATUS_UNAVAILABLE, "the database is read-only at present"},
	{"25P03", STATUS_UNAVAILABLE, "the database ended an idle transaction"},
	{"26", STATUS_UNAVAILABLE, "the database has forgotten the prepared statements"},
	{"57014", STATUS_DEADLINE_EXCEEDED, "the database did not finish in time"},
	{"57", STATUS_UNAVAILABLE, "the database is stopping or starting"},
	{"53", STATUS_RESOURCE_EXHAUSTED, "the database has no room for this at present"},
	{"08", STATUS_UNAVAILABLE, "the connection to the database was lost"},
	{"58", STATUS_UNAVAILABLE, "the database's machine has a fault"},
	{"XX001", STATUS_DATA_LOSS, "the database found damaged data"},
	{"XX002", STATUS_DATA_LOSS, "the database found a damaged index"},
};

struct status sqlstate_status(const char *sqlstate)
{
	if (!sqlstate || !*sqlstate)
		return status_error(STATUS_UNAVAILABLE, "the connection to the database was lost");
	if (strcmp(sqlstate, "00000") == 0)
		return status_ok();
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strncmp(sqlstate, rules[i].begins, strlen(rules[i].begins)) == 0)
			return status_error(rules[i].code, rules[i].message);
	return status_error(STATUS_INTERNAL, "the database met a fault of ours");
}

static bool is_one_of(const char *sqlstate, const char *const *list)
{
	for (; *list; list++)
		if (strncmp(sqlstate, *list, strlen(*list)) == 0)
			return true;
	return false;
}

bool sqlstate_heals(const char *sqlstate)
{
	return is_one_of(sqlstate, (const char *const[]){"40001", "40P01", 0});
}

bool sqlstate_spoils_lane(const char *sqlstate)
{
	return is_one_of(sqlstate, (const char *const[]){"25006", "26000", "57P", 0});
}

bool sqlstate_is_lasting(const char *sqlstate)
{
	return is_one_of(sqlstate, (const char *const[]){"42", "3F", "0A", "22", 0});
}

bool sqlstate_is_shortage(const char *sqlstate)
{
	return is_one_of(sqlstate, (const char *const[]){"53", 0});
}
