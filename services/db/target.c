#include "db/target.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)256 * 1024)

struct target {
	struct arena *arena;
	const char **keywords; /* NULL-ended */
	const char **values;
	size_t count;
};

/* What every lane's session is set to; units rely on it. client_connection_check_interval ends a
 * statement whose client has gone. Statements are prepared once and run millions of times: their
 * plan is the generic one, which tests look at, made for tables that will grow even while they are
 * empty, and never worth compiling. */
static const char *const session = "-c TimeZone=UTC -c DateStyle=ISO,YMD -c IntervalStyle=postgres "
				   "-c bytea_output=hex -c extra_float_digits=3 "
				   "-c standard_conforming_strings=on "
				   "-c client_connection_check_interval=1s "
				   "-c plan_cache_mode=force_generic_plan "
				   "-c enable_seqscan=off -c jit=off";

#define IDLE_IN_TRANSACTION_MS 10000

static bool add(struct target *target, const char *keyword, const char *value)
{
	target->keywords[target->count] = arena_strdup(target->arena, keyword);
	target->values[target->count] = arena_strdup(target->arena, value);
	return target->keywords[target->count] && target->values[target->count++];
}

static bool is_one_of_ours(const char *keyword)
{
	return strcmp(keyword, "options") == 0 || strcmp(keyword, "application_name") == 0 ||
	       strcmp(keyword, "client_encoding") == 0;
}

/* The operator's own options come first, so that what units rely on wins. */
static bool fill(struct target *target, const PQconninfoOption *given, const char *application,
		 int64_t statement_timeout_us)
{
	const char *options = "";
	size_t most = 4;
	for (const PQconninfoOption *option = given; option->keyword; option++)
		most++;
	target->keywords = ARENA_ARRAY(target->arena, most, const char *);
	target->values = ARENA_ARRAY(target->arena, most, const char *);
	if (!target->keywords || !target->values)
		return false;
	for (const PQconninfoOption *option = given; option->keyword; option++) {
		if (!option->val)
			continue;
		if (strcmp(option->keyword, "options") == 0)
			options = option->val;
		if (!is_one_of_ours(option->keyword) && !add(target, option->keyword, option->val))
			return false;
	}
	const char *all = arena_printf(
		target->arena,
		"%s %s -c idle_in_transaction_session_timeout=%d -c statement_timeout=%lld",
		options, session, IDLE_IN_TRANSACTION_MS,
		(long long)(statement_timeout_us * 3 / 4 / 1000));
	return all && add(target, "options", all) &&
	       add(target, "application_name", application ? application : "soleus") &&
	       add(target, "client_encoding", "UTF8");
}

struct status target_new(const char *url, const char *application, int64_t statement_timeout_us,
			 struct target **ret_target)
{
	char *why = 0;
	PQconninfoOption *given = PQconninfoParse(url, &why);
	if (!given) {
		PQfreemem(why);
		return status_error(STATUS_INVALID_ARGUMENT,
				    "a PostgreSQL connection string was expected");
	}
	struct target *target = calloc(1, sizeof(*target));
	if (target)
		target->arena = arena_new(ARENA_BYTES);
	bool filled =
		target && target->arena && fill(target, given, application, statement_timeout_us);
	PQconninfoFree(given);
	if (!filled) {
		target_free(target);
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the database");
	}
	*ret_target = target;
	return status_ok();
}

void target_free(struct target *target)
{
	if (!target)
		return;
	arena_free(target->arena);
	free(target);
}

static bool is_a_list(const char *keyword)
{
	return strcmp(keyword, "host") == 0 || strcmp(keyword, "hostaddr") == 0 ||
	       strcmp(keyword, "port") == 0;
}

static size_t list_length(const char *list)
{
	size_t length = 1;
	for (; *list; list++)
		length += *list == ',';
	return length;
}

/* "a,b,c" turned by one is "b,c,a". A list of one, such as a single port for all, stays. */
static const char *turned(struct arena *arena, const char *list, unsigned turn)
{
	const char *second = list;
	for (size_t skip = turn % list_length(list); skip > 0; skip--)
		second = strchr(second, ',') + 1;
	if (second == list)
		return list;
	return arena_printf(arena, "%s,%.*s", second, (int)(second - list - 1), list);
}

PGconn *target_connect(const struct target *target, unsigned turn)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	if (!arena)
		return 0;
	PGconn *conn = 0;
	const char **values = ARENA_ARRAY(arena, target->count + 1, const char *);
	for (size_t i = 0; values && i < target->count; i++) {
		values[i] = is_a_list(target->keywords[i]) ? turned(arena, target->values[i], turn)
							   : target->values[i];
		if (!values[i])
			values = 0;
	}
	if (values)
		conn = PQconnectStartParams(target->keywords, values, 0);
	arena_free(arena);
	return conn;
}
