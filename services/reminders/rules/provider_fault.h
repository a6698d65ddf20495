/* What a provider's error code means for the message: a table, by ranges of codes.
 *
 *     provider_fault("twilio", 21610) == PROVIDER_FAULT_OPTED_OUT
 *
 * Codes are those of the provider's own interface: of Twilio its error codes, or HTTP's where it
 * gives none; of Kannel and webhooks HTTP's; of SMTP the reply code (RFC 5321, 4.2).
 */
#ifndef SOLEUS_REMINDERS_RULES_PROVIDER_FAULT_H
#define SOLEUS_REMINDERS_RULES_PROVIDER_FAULT_H

enum provider_fault {
	PROVIDER_FAULT_TEMPORARY, /* try again; also what the table does not know */
	PROVIDER_FAULT_THROTTLED, /* too many at once: try again, and more slowly */
	PROVIDER_FAULT_ACCOUNT,   /* ours, such as a wrong password: no message gets through */
	PROVIDER_FAULT_PERMANENT, /* this number never takes it */
	PROVIDER_FAULT_OPTED_OUT, /* permanent, and its holder told the provider to stop */
};

/* Code 0: no answer came. */
enum provider_fault provider_fault(const char *provider, int code);

const char *provider_fault_name(enum provider_fault fault); /* "throttled" */

#endif
