/* What a daemon can be told by the environment: one table for all daemons, and the daemon's own.
 *
 * Endpoints follow from the run directory unless they are named: RPC on ipc://RUN_DIR/NAME.rpc,
 * events on ipc://RUN_DIR/NAME.pub. SOLEUS_<SERVICE>_RPC and _PUB say where each service is found,
 * by others and by itself; SOLEUS_BIND_RPC and _PUB where this one binds when that differs
 * (tcp://0.0.0.0:7401 in a container).
 */
#ifndef SOLEUS_DAEMON_SETTINGS_H
#define SOLEUS_DAEMON_SETTINGS_H

#include "base/log.h"
#include "daemon/daemon.h"

#include <stdio.h>

struct daemon_settings {
	const char *database_url;
	int64_t database_lanes;
	int64_t database_bulk_lanes;
	int64_t database_batch;
	int64_t statement_timeout_ms;
	int64_t idempotency_days;
	const char *run_dir;
	const char *bind_rpc;     /* resolved: never "" after settings_load */
	const char *bind_publish; /* resolved */
	const char *secret_key;   /* "" with plain links */
	const char *keyring;      /* path, resolved; "" with plain links */
	const char *server_keys;  /* path, resolved; "" with plain links */
	bool plain;
	const char *clock_file; /* "" for the machine's clock */
	int64_t health_port;    /* 0: none */
	const char *health_address;
	const char *log_level_name;
	enum log_level log_level;
	int64_t in_flight;
	int64_t in_flight_per_principal;
	int64_t message_limit_bytes;
	int64_t call_memory_bytes;
};

/* Fills `ret_settings` and the values of the daemon's own table; all faults are in the status. */
struct status settings_load(const struct daemon_spec *spec, char **environment, struct arena *arena,
			    struct daemon_settings *ret_settings);

/* Both tables for people. */
void settings_print(const struct daemon_spec *spec, FILE *out);

/* Where others find a service; NULL for one that is unknown. */
const char *settings_rpc_endpoint(const struct daemon_settings *settings, const char *service,
				  struct arena *arena);
const char *settings_publish_endpoint(const struct daemon_settings *settings, const char *service,
				      struct arena *arena);

/* The public key of a service, from the file of server keys; NULL with plain links.
 * FAILED_PRECONDITION when the file or the line is missing. */
struct status settings_server_key(const struct daemon_settings *settings, const char *service,
				  struct arena *arena, const char **ret_key);

#endif
