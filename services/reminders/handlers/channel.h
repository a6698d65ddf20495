/* The seam to what carries messages. A channel takes a batch and says of each message whether it
 * has it for good. It may be handed the same message again (after a crash between sending and
 * marking), so it must make one of two with the same id, where its provider can.
 *
 * Here are the channels; which of them serves sms and email is said by settings (providers.h):
 * file, the embedded default, writes one file for each message, <message_id>.txt in a folder:
 * written beside, synced, renamed, so that a file is whole or not there, and the same message again
 * replaces its file (disk work is done on a worker thread, the fiber waits); kannel and twilio,
 * SMS; smtp, mail; webhook, a signed POST to a house's own system.
 */
#ifndef SOLEUS_REMINDERS_HANDLERS_CHANNEL_H
#define SOLEUS_REMINDERS_HANDLERS_CHANNEL_H

#include "base/arena.h"
#include "base/status.h"
#include "loop/loop.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A visit that a mail is about: it goes along as an .ics file. */
struct outgoing_visit {
	const char *appointment_id;
	int32_t version;
	int64_t starts_at;
	int64_t ends_at;
	const char *clinic_name;
	const char *zone;
	bool cancelled;
};

struct outgoing {
	const char *organisation_id;
	const char *message_id; /* stable: the key by which the channel knows it */
	const char *channel;    /* that the consent is for: sms, email, file */
	const char *address;
	const char *purpose;
	int64_t due_at;
	const char *text;
	const char *clinic_name;            /* "": not known */
	const struct outgoing_visit *visit; /* NULL: none goes along */

	bool sent;              /* out: the channel has it */
	const char *fault;      /* out, static or in the arena: why it does not */
	int code;               /* out: of the provider; 0: it did not answer */
	bool unsure;            /* out: it was asked and no answer came; it may have the message */
	int64_t retry_after_us; /* out: how long it wants to be left alone; 0: it does not say */
	const char *provider_ref; /* out, in the arena: its own id, or NULL */
};

enum channel_found { CHANNEL_FOUND, CHANNEL_NOT_FOUND, CHANNEL_CANNOT_TELL };

struct channel {
	/* FIBER. What it says of a message lives in `arena`. */
	FIBER void (*send)(struct channel *channel, struct arena *arena, struct outgoing *messages,
			   size_t count);

	/* FIBER. An athlete was erased: what the channel keeps of these messages itself goes; false
	 * when it could not, and is to be asked again. NULL: it keeps nothing that could be taken
	 * back. */
	FIBER bool (*forget)(struct channel *channel, const char *const *message_ids, size_t count);

	/* FIBER. Whether the provider has a message that it may have been handed since `asked_at`;
	 * sets its `provider_ref`. NULL: it cannot be asked. */
	FIBER enum channel_found (*find)(struct channel *channel, struct arena *arena,
					 struct outgoing *message, int64_t asked_at);

	bool takes_key; /* the provider makes one of two with the same message_id */
	bool reports;   /* it tells later what became of a message */
};

/* Makes the folder when it is missing; FAILED_PRECONDITION when it cannot be written to. /dev/null:
 * a channel that takes everything at once and keeps nothing, for benches. The channel lives in
 * `arena`.
 */
struct status file_channel_open(struct loop *loop, const char *folder, struct arena *arena,
				struct channel **ret_channel);

struct transfer;

/* Addresses of this house that go out with messages; "": there is none. */
struct channel_links {
	/* What `provider` calls for messages of an organisation; a query with `ref` is added. */
	const char *(*report)(struct arena *arena, const char *provider,
			      const char *organisation_id);
	/* One-click unsubscription (RFC 8058) of who got this message. */
	const char *(*stop)(struct arena *arena, const struct outgoing *message);
};

struct channel_house {
	struct transfer *transfer;
	struct channel_links links;
	bool reports; /* links.report has addresses */
};

struct kannel_settings {
	const char *url; /* of smsbox: http://host:13013/cgi-bin/sendsms */
	const char *user;
	const char *password;
	const char *from;
};
struct channel *kannel_channel_new(struct arena *arena, const struct channel_house *house,
				   const struct kannel_settings *settings);

struct twilio_settings {
	const char *url; /* https://api.twilio.com */
	const char *account_sid;
	const char *auth_token;
	const char *from; /* a number, or a messaging service (MG…) */
};
struct channel *twilio_channel_new(struct arena *arena, const struct channel_house *house,
				   const struct twilio_settings *settings);

struct smtp_settings {
	const char *url; /* smtp://host:587, smtps://host */
	bool starttls;
	const char *ca_file;
	const char *user;
	const char *password;
	const char *from;
	const char *from_name;
	const char *unsubscribe; /* an address for List-Unsubscribe; "": none */
};
struct channel *smtp_channel_new(struct arena *arena, const struct channel_house *house,
				 const struct smtp_settings *settings);

struct webhook_settings {
	const char *url;
	const char *secret; /* of the signature */
};
struct channel *webhook_channel_new(struct arena *arena, const struct channel_house *house,
				    const struct webhook_settings *settings);

/* FIBER. Runs `one` for each message, CHANNEL_AT_ONCE at a time, and waits for all. */
#define CHANNEL_AT_ONCE 16
FIBER void channel_each(struct channel *channel, struct arena *arena, struct outgoing *messages,
			size_t count,
			FIBER void (*one)(struct channel *channel, struct arena *arena,
					  struct outgoing *message));

/* Notes a failed answer of HTTP: `code`, or none. */
void channel_note_fault(struct outgoing *message, struct status status);

/* Longest that a provider is waited for. */
#define CHANNEL_LIMIT_US INT64_C(10000000)

#endif
