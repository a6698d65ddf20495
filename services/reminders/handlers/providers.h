/* Which provider serves which channel, by settings; each with its gate (rules/gate.h).
 *
 * Without settings all goes to the file channel. Secrets come from files (NAME_FILE).
 */
#ifndef SOLEUS_REMINDERS_HANDLERS_PROVIDERS_H
#define SOLEUS_REMINDERS_HANDLERS_PROVIDERS_H

#include "base/config.h"
#include "daemon/daemon.h"
#include "reminders/handlers/channel.h"
#include "reminders/rules/gate.h"
#include "reminders/store/queue.h"

struct provider {
	const char *name; /* file, kannel, twilio, smtp, webhook; stored: never rename */
	struct channel *channel;
	struct gate gate; /* of who is not the file channel */
};

extern const struct config_entry providers_config[];

/* FAILED_PRECONDITION names the setting that is missing. */
struct status providers_open(struct daemon *daemon);

/* Of sms, email, file; never NULL. */
struct provider *provider_of(const char *channel);
struct provider *provider_file(void);
bool provider_is_file(const struct provider *provider);

/* After how long without a report the next channel is tried; 0: never. */
int64_t providers_fallback_us(void);

/* How much is given to the providers at once, and how long they may have it. */
struct queue_limits providers_limits(void);

#endif
