/* The seam to what carries messages. A channel takes a batch and says of each message whether it
 * has it for good. It may be handed the same message again (after a crash between sending and
 * marking), so it must make one of two with the same id.
 *
 * The embedded default writes one file for each message, <message_id>.txt in a folder: written
 * beside, synced, renamed, so that a file is whole or not there, and the same message again
 * replaces its file. Disk work is done on a worker thread; the fiber waits.
 */
#ifndef SOLEUS_REMINDERS_HANDLERS_CHANNEL_H
#define SOLEUS_REMINDERS_HANDLERS_CHANNEL_H

#include "base/arena.h"
#include "base/status.h"
#include "loop/loop.h"

#include <stddef.h>
#include <stdint.h>

struct outgoing {
	const char *message_id; /* stable: the key by which the channel knows it */
	const char *channel;    /* that the consent is for: sms, email, file */
	const char *address;
	const char *purpose;
	int64_t due_at;
	const char *text;
	bool sent;         /* out */
	const char *fault; /* out, static: why it was not */
};

struct channel {
	/* FIBER. */
	FIBER void (*send)(struct channel *channel, struct outgoing *messages, size_t count);

	/* FIBER. An athlete was erased: what the channel keeps of these messages itself goes; false
	 * when it could not, and is to be asked again. NULL: it keeps nothing that could be taken
	 * back. */
	FIBER bool (*forget)(struct channel *channel, const char *const *message_ids, size_t count);
};

/* Makes the folder when it is missing; FAILED_PRECONDITION when it cannot be written to. The
 * channel lives in `arena`. */
struct status file_channel_open(struct loop *loop, const char *folder, struct arena *arena,
				struct channel **ret_channel);

#endif
