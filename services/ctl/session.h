/* One run of soleusctl: configuration, loop, and connections to the daemons under one or several
 * keys (a story acts as many people).
 *
 * Keys live in RUN_DIR/keys: NAME.secret, `servers` (public keys of the daemons), `keyring`.
 */
#ifndef SOLEUS_CTL_SESSION_H
#define SOLEUS_CTL_SESSION_H

#include "bus/bus.h"
#include "ctl/methods.h"

#include <stdbool.h>

struct json_object;

struct session_options {
	const char *run_dir;         /* SOLEUS_RUN_DIR, ./var/run */
	const char *keys_dir;        /* SOLEUS_KEYS_DIR, RUN_DIR/keys */
	const char *as;              /* --as, operator: whose key */
	const char *organisation_id; /* --organisation */
	const char *clinic_id;       /* --clinic */
	const char *key;             /* --key: idempotency key; NULL makes one */
	int64_t timeout_us;          /* --timeout */
};

struct session {
	struct session_options options;
	struct arena *arena;
	struct loop *loop;
	struct identity *identities;
};

/* Runs `work(session, argument)` on a fiber of a loop of its own and returns its exit status. */
int session_run(const struct session_options *options, FIBER int (*work)(struct session *, void *),
		void *argument);

/* Where a daemon listens: SOLEUS_<DAEMON>_RPC (or _PUB), else ipc in the run directory. */
const char *session_endpoint(const struct session *session, const char *daemon, const char *kind);

/* The public key of a daemon, from `servers`. */
struct status session_server_key(struct session *session, const char *daemon, const char **ret_key);

/* The bus under the key of `who` (a file NAME.secret), opened at first use. */
struct status session_bus(struct session *session, const char *who, struct bus **ret_bus);

struct session_call {
	const char *who;             /* NULL: options.as */
	const char *organisation_id; /* NULL: options' */
	const char *clinic_id;
	const char *idempotency_key; /* NULL: options', else a new one */
	int64_t patience_us;         /* asks again for so long while the daemon is not there */
	struct arena *arena;         /* what the call makes lives here; NULL: the session's */
};

/* FIBER. One call, JSON in and out: the reply's object (may be NULL with an error) is the caller's
 * to end with json_object_put. */
FIBER struct status session_call_json(struct session *session, const struct method *method,
				      const struct session_call *call, const char *request_json,
				      struct json_object **ret_reply);

/* FIBER. The same with messages; `*ret_reply` lives in the call's arena. An ipc endpoint where
 * nobody listens is UNAVAILABLE at once. */
FIBER struct status session_call_message(struct session *session, const struct method *method,
					 const struct session_call *call,
					 const ProtobufCMessage *request,
					 ProtobufCMessage **ret_reply);

/* Says on standard error what went wrong, field by field, and what to do next. Returns 1. */
int session_complain(const char *what, struct status status);

#endif
