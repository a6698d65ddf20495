/* The worker that reads subscribed calendars.
 *
 * Each is asked every hour, with the tag of the copy that we have; what it holds becomes the whole
 * of its source. When it cannot be had or read, the last good copy stays, ListTrainingFeeds and
 * TrainingFeedFailed (once for each fault) say why, and it is asked again after longer and longer
 * pauses. Several are read at once, so that a slow one keeps nobody waiting. An instance claims a
 * feed before it asks, and writes only while the claim is its own.
 */
#ifndef SOLEUS_SCHEDULING_HANDLERS_FEED_REFRESH_H
#define SOLEUS_SCHEDULING_HANDLERS_FEED_REFRESH_H

#include "daemon/daemon.h"

#define FEED_REFRESH "feed_refresh"

/* Settings of the daemon that are the worker's. */
extern const struct config_entry feed_refresh_config[];

/* A daemon's start. */
struct status feed_refresh_start(struct daemon *daemon);

/* FIBER. A daemon_worker's run. */
FIBER void feed_refresh_run(struct daemon *daemon, struct worker *worker);

/* A feed is new: the worker looks again before it says that it is settled. */
void feed_refresh_wake(void);

#endif
