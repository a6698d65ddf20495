/* From the acknowledged commit of an event in one daemon to its effect, visible in the database, in
 * another: a room is made at directory, and looked for in scheduling's copy. */
#include "figures.h"
#include "house.h"

#include "base/clock.h"
#include "soleus/v1/directory.pb-c.h"

#include <libpq-fe.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define EVENTS       400
#define ORGANISATION "0195531a-0000-7000-8000-0000000000dd"

struct effect {
	PGconn *connection;
	const char *clinic_id;
	double ms[EVENTS];
};

/* The blocking look is meant: nothing else is to be done, and the daemons are other processes. */
static void wait_for_room(PGconn *connection, const char *room_id)
{
	for (;;) {
		PGresult *result = PQexecPrepared(connection, "look", 1, &room_id, NULL, NULL, 0);
		int found = PQntuples(result);
		PQclear(result);
		if (found)
			return;
	}
}

static FIBER int make_rooms(struct session *session, void *argument)
{
	struct effect *effect = argument;
	struct method method;
	struct session_call call = {.organisation_id = ORGANISATION};
	if (!status_is_ok(method_find(session->arena, "Directory.CreateRoom", &method)))
		return 1;
	for (unsigned i = 0; i < EVENTS; i++) {
		Soleus__V1__CreateRoomRequest request = SOLEUS__V1__CREATE_ROOM_REQUEST__INIT;
		ProtobufCMessage *message;
		request.clinic_id = (char *)effect->clinic_id;
		request.name = arena_printf(session->arena, "room %u", i);
		struct status status =
			session_call_message(session, &method, &call, &request.base, &message);
		if (!status_is_ok(status))
			return session_complain("bench", status);
		int64_t committed_us = clock_monotonic_us();
		wait_for_room(effect->connection,
			      ((Soleus__V1__CreateRoomReply *)message)->room_id);
		effect->ms[i] = (double)(clock_monotonic_us() - committed_us) / 1000;
	}
	return 0;
}

int main(void)
{
	struct house *house;
	static struct effect effect;
	char url[192];
	if (house_open(&house) != 0)
		return 1;
	house_tells(house,
		    "{\"call\": \"Directory.CreateOrganisation\", \"with\": {\"organisation_id\": "
		    "\"" ORGANISATION "\", \"name\": \"Bench\"}}\n"
		    "{\"call\": \"Directory.CreateClinic\", \"organisation\": \"" ORGANISATION
		    "\", \"with\": {\"name\": \"One\", \"zone\": \"UTC\"}}\n");
	effect.clinic_id = house_query(house, "SELECT clinic_id FROM directory.clinic");
	snprintf(url, sizeof(url), "host=%s user=postgres dbname=soleus", house->socket);
	effect.connection = PQconnectdb(url);
	PQclear(PQprepare(effect.connection, "look",
			  "SELECT FROM scheduling.room WHERE room_id = $1::uuid", 1, NULL));
	house_runs(house, make_rooms, &effect);
	fprintf(stderr, "commit of an event to its effect in another daemon, %d events\n", EVENTS);
	figure("bus", "event_effect_p50_ms", figure_quantile(effect.ms, EVENTS, 0.5), "ms");
	figure("bus", "event_effect_p99_ms", figure_quantile(effect.ms, EVENTS, 0.99), "ms");
	PQfinish(effect.connection);
	free((char *)effect.clinic_id);
	return house_close(&house);
}
