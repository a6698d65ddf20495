/* A daemon, for the files of this room. */
#ifndef SOLEUS_DAEMON_DAEMON_INSIDE_H
#define SOLEUS_DAEMON_DAEMON_INSIDE_H

#include "daemon/daemon.h"
#include "daemon/health.h"
#include "daemon/settings.h"

enum daemon_state {
	DAEMON_WAITS,  /* for the database; answers /healthz alone */
	DAEMON_SERVES, /* takes requests and events, runs its workers */
	DAEMON_DRAINS, /* takes nothing any more */
};

#define DAEMON_PEERS 8

struct peer_line {
	const char *service;
	struct bus_client *rpc;
};

/* pulse.c: asks the database each second. */
struct pulse {
	struct db *db;
	struct arena *arena;
	bool beats; /* it has answered, within 2 s, when it was asked last */
	bool runs;  /* its fiber */
	bool stopping;
	struct fiber_queue wake;
};

struct status pulse_start(struct pulse *pulse, struct db *db);
void pulse_stop(struct pulse *pulse); /* it ends within 2 s: then `runs` is false */
void pulse_free(struct pulse *pulse);

struct daemon {
	const struct daemon_spec *spec;
	struct daemon_settings settings;
	enum daemon_state state;
	int exit_code;
	struct arena *arena;
	struct loop *loop;
	struct keyring *keyring; /* NULL with plain links */
	struct bus *bus;
	struct db *db;
	bool db_closed;
	struct bus_publisher *publisher; /* this and events: NULL without a database, as db is */
	struct events *events;
	struct bus_server *server;
	struct health *health; /* NULL without a port */
	struct peer_line peers[DAEMON_PEERS];
	unsigned peer_count;
	bool waiting;       /* its fiber runs */
	struct pulse pulse; /* once it serves */
	struct worker *workers;
	unsigned worker_count;
};

/* The one of this process; NULL before daemon_main. */
struct daemon *daemon_current(void);

/* True when requests are served and the database answers; `ret_why` (may be NULL) says why not, in
 * words that are static or the database's, until the next failure. */
bool daemon_is_ready(const struct daemon *daemon, const char **ret_why);

/* Logs why and ends the daemon with exit status 1. */
void daemon_fail(struct daemon *daemon, const char *event, struct status status);

/* open.c. On the loop. What was opened before a failure is closed by the drain. */
struct status daemon_open(struct daemon *daemon);

/* wait.c. FIBER. Waits for the database, for ever, and says every 5 s why; then checks that its
 * schema is the one that this program was built with. CANCELLED when the daemon drains. */
FIBER struct status daemon_wait_for_database(struct daemon *daemon);

/* serve.c. Binds the daemon's own service and Daemon. */
struct status daemon_serve(struct daemon *daemon);

/* workers.c. `common` are those beside the daemon's own, NULL-ended. */
struct status daemon_start_workers(struct daemon *daemon,
				   const struct daemon_worker *const *common);
void daemon_stop_workers(struct daemon *daemon);
bool daemon_workers_run(const struct daemon *daemon);
struct status daemon_workers_status(const struct daemon *daemon, struct arena *arena,
				    Soleus__V1__DaemonStatusReply *reply);

/* upkeep.c, sealer.c: what every daemon does beside its work. */
extern const struct daemon_worker daemon_upkeep;
extern const struct daemon_worker daemon_sealer;

/* status.c: the handlers of soleus.v1.Daemon. */
void daemon__daemon_status(Soleus__V1__Daemon_Service *self,
			   const Soleus__V1__DaemonStatusRequest *request,
			   Soleus__V1__DaemonStatusReply_Closure answer, void *data);
void daemon__list_audit(Soleus__V1__Daemon_Service *self,
			const Soleus__V1__ListAuditRequest *request,
			Soleus__V1__ListAuditReply_Closure answer, void *data);
void daemon__replay(Soleus__V1__Daemon_Service *self, const Soleus__V1__ReplayRequest *request,
		    Soleus__V1__ReplayReply_Closure answer, void *data);

#endif
