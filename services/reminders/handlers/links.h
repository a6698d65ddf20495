/* The tokens that reminders makes and reads: an athlete's for one message, a provider's for one
 * organisation. daemon/signed_link.h says what a token is.
 *
 * Addresses on the gateway are SOLEUS_PUBLIC_URL and a path: /l/TOKEN is a message's page,
 * /u/TOKEN its one-click unsubscription, /hooks/PROVIDER/TOKEN/delivery what a provider calls back.
 */
#ifndef SOLEUS_REMINDERS_HANDLERS_LINKS_H
#define SOLEUS_REMINDERS_HANDLERS_LINKS_H

#include "base/text.h"
#include "bus/bus.h"
#include "daemon/daemon.h"

/* Before the first token. `public_url` is static, one that public_url_check has passed; "": not
 * known. */
void links_open(const struct daemon *daemon, const char *public_url);

struct message_link {
	char organisation_id[TEXT_UUID_BYTES];
	char message_id[TEXT_UUID_BYTES];
	int64_t ends_at;
};

#define MESSAGE_LINK_LIFE_US (60 * CLOCK_DAY_US) /* after the message was due */

/* NULL beyond the arena's budget. */
const char *message_link_write(struct arena *arena, const struct message_link *link);
bool message_link_read(const char *token, int64_t now_us, struct message_link *ret_link);

/* Reads the token of a call and makes the call its organisation's. The same NOT_FOUND for what was
 * never a link, was changed, has ended, or is of another organisation than the caller's. */
struct status message_link_open(struct call *call, const char *token,
				struct message_link *ret_link);
struct status message_link_unknown(void);

/* What stands in the text of a message that may be answered by its page; NULL: it has none, for the
 * public address is not known. It is as long as the sample is, and the same however often the
 * message is tried: it ends after its last time, which a later try does not move. */
const char *message_link_in_text(struct arena *arena, const char *organisation_id,
				 const char *message_id, int64_t stale_at);
const char *message_link_sample(void);

/* The page of a message, its one-click unsubscription; "" while the public address is not known. */
const char *message_link_url(struct arena *arena, const char *token);
const char *message_unsubscribe_url(struct arena *arena, const char *token);

/* ---- Providers ---- */

/* A provider that tells what became of messages, and brings texts. */
bool webhook_is_known(const char *provider); /* kannel, twilio, webhook */

const char *webhook_token(struct arena *arena, const char *provider, const char *organisation_id);
bool webhook_read(const char *provider, const char *token,
		  char ret_organisation_id[TEXT_UUID_BYTES]);
const char *webhook_url(struct arena *arena, const char *provider, const char *token);

/* With what a webhook's sender signs for this organisation: 64 hexadecimal digits. */
const char *webhook_secret(struct arena *arena, const char *organisation_id);

#endif
