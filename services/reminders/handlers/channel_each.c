#include "reminders/handlers/channel.h"

struct round {
	struct channel *channel;
	struct arena *arena;
	struct outgoing *next;
	FIBER void (*one)(struct channel *channel, struct arena *arena, struct outgoing *message);
	unsigned left; /* places */
	struct fiber_queue place;
};

static void send_one(void *argument)
{
	struct round *round = argument;
	round->one(round->channel, round->arena, round->next);
	round->left++;
	fiber_wake_all(&round->place);
}

static FIBER void wait_for_places(struct round *round, unsigned places)
{
	while (round->left < places)
		fiber_wait(&round->place, -1);
}

FIBER void channel_each(struct channel *channel, struct arena *arena, struct outgoing *messages,
			size_t count,
			FIBER void (*one)(struct channel *channel, struct arena *arena,
					  struct outgoing *message))
{
	struct round round = {
		.channel = channel,
		.arena = arena,
		.one = one,
		.left = CHANNEL_AT_ONCE,
	};
	for (size_t i = 0; i < count; i++) {
		wait_for_places(&round, 1);
		round.next = &messages[i];
		round.left--;
		if (status_is_ok(fiber_start(send_one, &round)))
			continue;
		round.left++;
		messages[i].fault = "no fiber takes it";
	}
	wait_for_places(&round, CHANNEL_AT_ONCE);
}

void channel_note_fault(struct outgoing *message, struct status status)
{
	message->fault = status.message;
	message->unsure = status.code == STATUS_UNKNOWN;
}
