/* A private PostgreSQL cluster for a test program: a folder under /tmp, a unix socket, no TCP.
 *
 *     struct cluster *cluster = cluster_open(false);
 *     const char *database = cluster_database(cluster);
 *     … cluster_url(cluster, "postgres", database) …
 *     cluster_close(cluster);
 *
 * A server costs about a second to make, so SOLEUS_TEST_CLUSTER may name the socket's folder of one
 * that runs: it is then shared, with a database of its own for each program. It writes without
 * fsync: a kill -9 of its processes loses nothing, the machine's end would. It dies with the test.
 * Failures print what happened and end the program.
 */
#ifndef SOLEUS_TESTS_CLUSTER_H
#define SOLEUS_TESTS_CLUSTER_H

#include <stdbool.h>
#include <sys/types.h>

struct cluster;

/* `own`: never the shared one, because the test stops or kills it. */
struct cluster *cluster_open(bool own);

/* Stops the server, removes its folder; of a shared one it drops the databases that were made. */
void cluster_close(struct cluster *cluster);

/* A new database, empty. Lives as long as `cluster`; so does the text below. */
const char *cluster_database(struct cluster *cluster);
const char *cluster_url(struct cluster *cluster, const char *role, const char *database);

/* One value as superuser, "" for none or NULL, valid until the next query. */
const char *cluster_query(struct cluster *cluster, const char *database, const char *sql);

/* Of a cluster of one's own only. */
void cluster_start(struct cluster *cluster);  /* waits until it answers */
void cluster_stop(struct cluster *cluster);   /* fast shutdown */
void cluster_kill(struct cluster *cluster);   /* SIGKILL to every process of it */
void cluster_freeze(struct cluster *cluster); /* SIGSTOP to every process of it */
void cluster_thaw(struct cluster *cluster);

/* Sends a signal to a postmaster and all its children. */
void postmaster_signal(pid_t postmaster, int number);

#endif
