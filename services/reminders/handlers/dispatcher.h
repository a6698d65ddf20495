/* The worker that sends what is due, a batch of each organisation in turn, so that one with much
 * does not hold up one with little; what is for safety stands behind none of them.
 *
 *     look: who has something due → lease lanes, claim a batch → judge each (rules/whether.h)
 *           → channel → write decisions and MessagesSent in one unit → look again
 *
 * Killed anywhere, it loses nothing and doubles nothing: before the last step the lease runs out
 * and the batch is claimed anew, and the channel makes one of two with the same id.
 *
 * It says that it is settled only when nothing is due and everything that may have planned a
 * message is committed: who is about to plan one says so first.
 */
#ifndef SOLEUS_REMINDERS_HANDLERS_DISPATCHER_H
#define SOLEUS_REMINDERS_HANDLERS_DISPATCHER_H

#include "daemon/daemon.h"

#include "soleus/v1/bus.pb-c.h"

#define DISPATCHER "dispatcher"

/* FIBER. See struct channel: what the file channel keeps. */
FIBER bool dispatcher_forget(const char *const *message_ids, size_t count);

/* FIBER. A daemon_worker's run. */
FIBER void dispatcher_run(struct daemon *daemon, struct worker *worker);

/* The unit of this event may plan messages: not settled before the event is applied. */
void dispatcher_expect_event(const Soleus__V1__EventEnvelope *envelope);

/* A command may plan messages: not settled between the two. */
void dispatcher_expect_command(void);
void dispatcher_command_done(void);

#endif
