#include "happen.h"

#include "bus/bus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

const char *const happen_sources[HAPPEN_SOURCES] = {"directory", "scheduling", "notes"};

static const char *hex_of(struct arena *arena, const ProtobufCMessage *message)
{
	size_t length;
	const uint8_t *bytes = message_encode(message, arena, &length);
	char *hex = arena_alloc(arena, length * 2 + 1);
	for (size_t i = 0; i < length; i++)
		snprintf(hex + i * 2, 3, "%02x", bytes[i]);
	return hex;
}

void happen_emit(struct happenings *happenings, enum happen_source source, const char *subject,
		 const char *clinic, int64_t at, const ProtobufCMessage *message)
{
	size_t count = happenings->count[source]++;
	if (count == happenings->room[source]) {
		happenings->room[source] = count ? count * 2 : 256;
		happenings->rows[source] =
			realloc(happenings->rows[source],
				happenings->room[source] * sizeof(struct happen_row));
	}
	happenings->rows[source][count] = (struct happen_row){
		.subject = arena_strdup(happenings->arena, subject),
		.clinic = clinic,
		.type = message->descriptor->name,
		.payload = hex_of(happenings->arena, message),
		.at = at,
	};
	happenings->events++;
}

static void write_source(struct happenings *happenings, enum happen_source source)
{
	char *columns[5];
	size_t length, count = happenings->count[source];
	FILE *of[5];
	if (count == 0)
		return;
	for (int i = 0; i < 5; i++) {
		of[i] = open_memstream(&columns[i], &length);
		fputc('{', of[i]);
	}
	for (size_t i = 0; i < count; i++) {
		const struct happen_row *row = &happenings->rows[source][i];
		const char *comma = i ? "," : "";
		fprintf(of[0], "%s%s", comma, *row->clinic ? row->clinic : "NULL");
		fprintf(of[1], "%s%s", comma, row->subject);
		fprintf(of[2], "%s%s", comma, row->type);
		fprintf(of[3], "%s%lld", comma, (long long)row->at);
		fprintf(of[4], "%s%s", comma, row->payload);
	}
	for (int i = 0; i < 5; i++) {
		fputc('}', of[i]);
		fclose(of[i]);
	}
	char sql[600];
	snprintf(sql, sizeof(sql),
		 "WITH written AS (INSERT INTO %s.outbox (organisation_id, clinic_id, subject_id, "
		 "type, occurred_at, payload) SELECT '" HAPPEN_ORGANISATION
		 "', e.clinic, e.subject, "
		 "e.type, timestamptz 'epoch' + e.at * interval '1 microsecond', "
		 "decode(e.payload, 'hex') FROM unnest($1::uuid[], $2::uuid[], $3::text[], "
		 "$4::bigint[], $5::text[]) WITH ORDINALITY AS e (clinic, subject, type, at, "
		 "payload, "
		 "place) ORDER BY place RETURNING xid, id) SELECT max(xid::text), max(id) FROM "
		 "written",
		 happen_sources[source]);
	PGresult *result = PQexecParams(happenings->database, sql, 5, NULL,
					(const char *const *)columns, NULL, NULL, 0);
	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		fail_msg("%s", PQerrorMessage(happenings->database));
	happenings->written[source] = (struct happen_position){
		strtoull(PQgetvalue(result, 0, 0), NULL, 10),
		strtoll(PQgetvalue(result, 0, 1), NULL, 10),
	};
	PQclear(result);
	for (int i = 0; i < 5; i++)
		free(columns[i]);
	happenings->count[source] = 0;
}

void happen_write(struct happenings *happenings)
{
	for (int i = 0; i < HAPPEN_SOURCES; i++)
		write_source(happenings, (enum happen_source)i);
	arena_reset(happenings->arena);
}
