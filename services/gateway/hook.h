/* What providers tell, as calls of reminders: whose it is comes from the token in the address
 * alone. A provider hears 2xx once it is committed, so that it tells again what was lost.
 */
#ifndef SOLEUS_GATEWAY_HOOK_H
#define SOLEUS_GATEWAY_HOOK_H

#include "http/server.h"

struct hook {
	const char *provider; /* as in GetWebhook */
	const char *organisation_id;
	const char *secret; /* with which the sender signs; "": it does not sign */
};

/* FIBER. By the token of the path; false when it was refused. */
FIBER bool hook_open(struct http_exchange *exchange, const char *provider, struct hook *ret_hook);

struct hook_text {
	const char *id; /* the provider's: the same twice is one text */
	const char *from;
	const char *channel;
	const char *text;
	int64_t received_at; /* 0: now */
};

/* FIBER. False when it was refused. A NULL is a missing field. */
FIBER bool hook_bring_text(struct http_exchange *exchange, const struct hook *hook,
			   const struct hook_text *text);

struct hook_delivery {
	const char *message_id; /* ours */
	const char *provider_ref;
	const char *outcome; /* as RecordDelivery has it; "": says nothing yet */
	const char *error_code;
	int64_t at; /* 0: now */
};
FIBER bool hook_tell_delivery(struct http_exchange *exchange, const struct hook *hook,
			      const struct hook_delivery *delivery);

/* Seconds since 1970, as an instant; 0 for NULL and for what is no such number. */
int64_t hook_instant(const char *seconds);

#endif
