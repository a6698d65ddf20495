#include "daemon/settings.h"

#include "bus/endpoint.h"
#include "bus/principal.h"
#include "bus/server_keys.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Every service that has an endpoint. A process has one configuration, so this is static. */
static struct peer {
	const char *service;
	const char *rpc;
	const char *publish;
} peers[] = {
	{"directory", "", ""}, {"scheduling", "", ""}, {"notes", "", ""},
	{"reminders", "", ""}, {"analytics", "", ""},  {"gateway", "", ""},
};

static struct daemon_settings values;

#define TEXT(name_, fallback_, value_, help_)                                                   \
	{                                                                                       \
		.name = (name_), .kind = CONFIG_TEXT, .fallback = (fallback_), .help = (help_), \
		.value = &(value_)                                                              \
	}
#define INT(name_, fallback_, value_, minimum_, maximum_, help_)                               \
	{                                                                                      \
		.name = (name_), .kind = CONFIG_INT, .fallback = (fallback_), .help = (help_), \
		.value = &(value_), .minimum = (minimum_), .maximum = (maximum_)               \
	}
#define PEER(NAME_, index_)                                                  \
	TEXT("SOLEUS_" NAME_ "_RPC", "", peers[index_].rpc,                  \
	     "where that service answers; empty: ipc in the run directory"), \
		TEXT("SOLEUS_" NAME_ "_PUB", "", peers[index_].publish,      \
		     "where that service publishes its events")

static const struct config_entry of_database[] = {
	{.name = "SOLEUS_DATABASE_URL",
	 .kind = CONFIG_TEXT,
	 .secret = true,
	 .help = "libpq connection string of this service's role",
	 .value = &values.database_url},
	INT("SOLEUS_DATABASE_LANES", "4", values.database_lanes, 1, 64, "pipelined connections"),
	INT("SOLEUS_DATABASE_BULK_LANES", "1", values.database_bulk_lanes, 0, 16,
	    "connections for slow readers; 0: they share"),
	INT("SOLEUS_DATABASE_BATCH", "64", values.database_batch, 1, 1024,
	    "calls that one coalesced statement serves at most"),
	INT("SOLEUS_STATEMENT_TIMEOUT_MS", "5000", values.statement_timeout_ms, 100, 600000,
	    "how long a unit of statements may take, in ms"),
	INT("SOLEUS_IDEMPOTENCY_DAYS", "90", values.idempotency_days, 1, 3650,
	    "how long a command's key and reply are kept: a client may repeat it so long"),
	{.name = NULL},
};

static const struct config_entry common[] = {
	TEXT("SOLEUS_RUN_DIR", "./var/run", values.run_dir, "folder of sockets and keys"),
	PEER("DIRECTORY", 0),
	PEER("SCHEDULING", 1),
	PEER("NOTES", 2),
	PEER("REMINDERS", 3),
	PEER("ANALYTICS", 4),
	TEXT("SOLEUS_GATEWAY_RPC", "", peers[5].rpc, "where that daemon tells how it is"),
	TEXT("SOLEUS_BIND_RPC", "", values.bind_rpc,
	     "where this daemon binds, when not where others find it"),
	TEXT("SOLEUS_BIND_PUB", "", values.bind_publish, "the same for its events"),
	{.name = "SOLEUS_SECRET_KEY",
	 .kind = CONFIG_TEXT,
	 .fallback = "",
	 .secret = true,
	 .help = "this daemon's CURVE key (Z85)",
	 .value = &values.secret_key},
	TEXT("SOLEUS_KEYRING", "", values.keyring,
	     "file of those who may connect; empty: keys/keyring in the run directory"),
	TEXT("SOLEUS_SERVER_KEYS", "", values.server_keys,
	     "file of the services' public keys; empty: keys/servers in the run directory"),
	{.name = "SOLEUS_PLAIN",
	 .kind = CONFIG_BOOL,
	 .fallback = "false",
	 .value = &values.plain,
	 .help = "links without keys, on ipc and loopback, every peer a service: for tests"},
	TEXT("SOLEUS_CLOCK_FILE", "", values.clock_file, "file that drives the time; for demos"),
	INT("SOLEUS_HEALTH_PORT", "0", values.health_port, 0, 65535,
	    "HTTP port of /healthz, /readyz, /metrics; 0: none"),
	TEXT("SOLEUS_HEALTH_ADDRESS", "127.0.0.1", values.health_address,
	     "address of that port: IPv4 or IPv6"),
	TEXT("SOLEUS_LOG_LEVEL", "info", values.log_level_name, "debug, info, warn or error"),
	INT("SOLEUS_IN_FLIGHT", "4096", values.in_flight, 1, 1000000, "requests at work at once"),
	INT("SOLEUS_IN_FLIGHT_PER_PRINCIPAL", "256", values.in_flight_per_principal, 1, 1000000,
	    "the same for each principal"),
	INT("SOLEUS_MESSAGE_LIMIT_BYTES", "1048576", values.message_limit_bytes, 1048576, 67108864,
	    "the longest message"),
	INT("SOLEUS_CALL_MEMORY_BYTES", "16777216", values.call_memory_bytes, 1048576, 1073741824,
	    "memory of one request"),
	{.name = NULL},
};

/* ---- The tables ---- */

static size_t count_entries(const struct config_entry *table)
{
	size_t count = 0;
	while (table && table[count].name)
		count++;
	return count;
}

static const struct config_entry *join(const struct daemon_spec *spec, struct arena *arena)
{
	const struct config_entry *const tables[] = {spec->without_database ? NULL : of_database,
						     common, spec->config};
	struct config_entry *all = ARENA_ARRAY(arena,
					       count_entries(of_database) + count_entries(common) +
						       count_entries(spec->config) + 1,
					       struct config_entry);
	size_t count = 0;
	for (size_t t = 0; all && t < sizeof(tables) / sizeof(tables[0]); t++)
		for (const struct config_entry *entry = tables[t]; entry && entry->name; entry++)
			all[count++] = *entry;
	return all;
}

void settings_print(const struct daemon_spec *spec, FILE *out)
{
	if (count_entries(spec->config) > 0) {
		fprintf(out, "Environment of %s:\n", spec->name);
		config_print(spec->config, out);
	}
	fprintf(out, "Environment of every daemon (NAME_FILE: a file that holds the value):\n");
	if (!spec->without_database)
		config_print(of_database, out);
	config_print(common, out);
}

/* ---- What the table alone cannot check ---- */

/* The checks look only at values that the table has found: a text with a fault is NULL. */
struct check {
	struct arena *arena;
	struct faults faults;
};

static void fault(struct check *check, const char *name, const char *expected)
{
	faults_add(&check->faults, check->arena, name, expected);
}

static bool has_fault(const struct check *check, const char *name)
{
	for (const struct fault *one = check->faults.first; one; one = one->next)
		if (strcmp(one->field, name) == 0)
			return true;
	return false;
}

static void check_log_level(struct check *check)
{
	static const char *const names[] = {"debug", "info", "warn", "error"};
	if (!values.log_level_name)
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(values.log_level_name, names[i]) == 0) {
			values.log_level = (enum log_level)(LOG_DEBUG + i);
			return;
		}
	}
	fault(check, "SOLEUS_LOG_LEVEL", "debug, info, warn or error");
}

static void check_health_address(struct check *check)
{
	struct in6_addr address; /* has room for either */
	const char *text = values.health_address;
	if (text && inet_pton(AF_INET, text, &address) != 1 &&
	    inet_pton(AF_INET6, text, &address) != 1)
		fault(check, "SOLEUS_HEALTH_ADDRESS", "an IPv4 or IPv6 address");
}

static bool is_endpoint(const struct config_entry *entry)
{
	size_t length = strlen(entry->name);
	const char *end = entry->name + (length > 4 ? length - 4 : 0);
	return strcmp(end, "_RPC") == 0 || strcmp(end, "_PUB") == 0;
}

static void check_endpoints(struct check *check)
{
	for (const struct config_entry *entry = common; entry->name; entry++) {
		const char *text = is_endpoint(entry) ? *(const char *const *)entry->value : NULL;
		if (!text || !text[0])
			continue;
		enum endpoint_reach reach = endpoint_reach(text);
		if (reach == ENDPOINT_UNKNOWN)
			fault(check, entry->name, "ipc://PATH or tcp://HOST:PORT");
		else if (reach == ENDPOINT_REMOTE && values.plain)
			fault(check, entry->name,
			      "an endpoint of this host: with SOLEUS_PLAIN=true none leaves it");
	}
}

#define WHERE_KEYS_COME_FROM                                                 \
	"`soleusctl keys init` makes them in SOLEUS_RUN_DIR/keys; those of " \
	"scripts/run are found after `. var/env`"

/* The file of `*path`, or else `name` among the keys. */
static void check_key_file(struct check *check, const char *variable, const char *name, bool needed,
			   const char **path)
{
	if (!*path || !values.run_dir)
		return;
	if (!**path)
		*path = arena_printf(check->arena, "%s/keys/%s", values.run_dir, name);
	if (!needed || !*path || access(*path, R_OK) == 0)
		return;
	const char *expected = arena_printf(
		check->arena, "a file that can be read, not %s (%s): " WHERE_KEYS_COME_FROM, *path,
		strerrordesc_np(errno));
	fault(check, variable, expected ? expected : WHERE_KEYS_COME_FROM);
}

static void check_keys(struct check *check, const struct daemon_spec *spec)
{
	if (has_fault(check, "SOLEUS_PLAIN"))
		return; /* whether there are to be keys is not known */
	if (values.plain) {
		if (values.secret_key && values.secret_key[0])
			fault(check, "SOLEUS_SECRET_KEY", "no key together with SOLEUS_PLAIN=true");
		values.keyring = values.server_keys = "";
		return;
	}
	if (!values.secret_key || strlen(values.secret_key) != KEY_CHARS)
		fault(check, "SOLEUS_SECRET_KEY",
		      "a key of 40 characters, or its file NAME.secret in "
		      "SOLEUS_SECRET_KEY_FILE: " WHERE_KEYS_COME_FROM);
	check_key_file(check, "SOLEUS_KEYRING", "keyring", true, &values.keyring);
	check_key_file(check, "SOLEUS_SERVER_KEYS", "servers", spec->consumers || spec->calls,
		       &values.server_keys);
}

/* All that is wrong, what the table says first. */
static struct status check_all(const struct daemon_spec *spec, struct status loaded,
			       struct arena *arena)
{
	struct check check = {.arena = arena};
	for (const struct fault *one = loaded.faults; one; one = one->next)
		fault(&check, one->field, one->expected);
	check_log_level(&check);
	check_health_address(&check);
	check_endpoints(&check);
	check_keys(&check, spec);
	struct status status = faults_status(&check.faults);
	if (!status_is_ok(status))
		status.message = "the configuration is not as expected";
	return status;
}

struct status settings_load(const struct daemon_spec *spec, char **environment, struct arena *arena,
			    struct daemon_settings *ret_settings)
{
	const struct config_entry *table = join(spec, arena);
	if (!table)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the configuration");
	values = (struct daemon_settings){0};
	struct status status = check_all(spec, config_load(table, environment, arena), arena);
	if (!status_is_ok(status))
		return status;
	if (!values.bind_rpc[0])
		values.bind_rpc = settings_rpc_endpoint(&values, spec->name, arena);
	if (!values.bind_publish[0])
		values.bind_publish = settings_publish_endpoint(&values, spec->name, arena);
	if (!values.bind_rpc || !values.bind_publish || !values.keyring || !values.server_keys)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the configuration");
	*ret_settings = values;
	return status;
}

/* ---- Peers ---- */

static const struct peer *find_peer(const char *service)
{
	for (size_t i = 0; i < sizeof(peers) / sizeof(peers[0]); i++)
		if (strcmp(peers[i].service, service) == 0)
			return &peers[i];
	return NULL;
}

const char *settings_rpc_endpoint(const struct daemon_settings *settings, const char *service,
				  struct arena *arena)
{
	const struct peer *peer = find_peer(service);
	if (peer && peer->rpc[0])
		return peer->rpc;
	return arena_printf(arena, "ipc://%s/%s.rpc", settings->run_dir, service);
}

const char *settings_publish_endpoint(const struct daemon_settings *settings, const char *service,
				      struct arena *arena)
{
	const struct peer *peer = find_peer(service);
	if (peer && peer->publish[0])
		return peer->publish;
	return arena_printf(arena, "ipc://%s/%s.pub", settings->run_dir, service);
}

struct status settings_server_key(const struct daemon_settings *settings, const char *service,
				  struct arena *arena, const char **ret_key)
{
	*ret_key = NULL;
	if (settings->plain)
		return status_ok();
	return server_key_read(settings->server_keys, service, arena, ret_key);
}
