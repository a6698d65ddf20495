#include "crowd.h"

#include "crowd_note.h"
#include "house.h"

#include "base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One version of a visit, as the database kept it. */
struct kept {
	identity id;
	int version;
	unsigned athlete, practitioner, service;
	int64_t starts_at;
	char state[16];
	bool last;
	/* It stood at most from when the command that made it was sent until the one that ended it
	 * was answered. */
	int64_t since_us, until_us;
};

struct court {
	struct crowd *crowd;
	struct kept *kept;
	size_t count;
};

static void complain(struct court *court, const char *what, const char *id, int version)
{
	fprintf(stderr, "crowd: %s: %s version %d\n", what, id, version);
	court->crowd->play->faults++;
}

static unsigned index_of(const identity *ids, unsigned count, const char *id)
{
	unsigned i = 0;
	while (i < count && strcmp(ids[i], id) != 0)
		i++;
	return i;
}

/* ---- What the database kept ---- */

static void read_line(struct court *court, const char *line)
{
	const struct crowd *crowd = court->crowd;
	struct kept kept = {.until_us = INT64_MAX};
	identity athlete, practitioner, service;
	if (sscanf(line, "%36s %d %36s %36s %36s %" SCNd64 " %15s", kept.id, &kept.version, athlete,
		   practitioner, service, &kept.starts_at, kept.state) != 7)
		return;
	kept.athlete = index_of(crowd->athletes, CROWD_ATHLETES, athlete);
	kept.practitioner = index_of(crowd->practitioners, CROWD_PRACTITIONERS, practitioner);
	kept.service = index_of(crowd->play->services, MODEL_SERVICES, service);
	court->kept[court->count++] = kept;
}

static void read_kept(struct court *court, const struct house *house)
{
	char sql[1024];
	snprintf(sql, sizeof(sql),
		 "SELECT string_agg(concat_ws(' ', v.appointment_id, v.version, a.athlete_id, "
		 "v.practitioner_id, a.service_id, (extract(epoch FROM v.starts_at) * "
		 "1000000)::bigint, "
		 "v.state), chr(10) ORDER BY v.appointment_id, v.version) FROM (SELECT "
		 "appointment_id, "
		 "version, practitioner_id, starts_at, state FROM scheduling.appointment UNION ALL "
		 "SELECT appointment_id, version, practitioner_id, starts_at, state "
		 "FROM scheduling.appointment_history) v JOIN scheduling.appointment a "
		 "USING (appointment_id) WHERE a.clinic_id = '%s'",
		 court->crowd->clinic);
	char *text = house_query(house, sql), *rest = text, *line;
	size_t lines = 1;
	for (const char *at = text; *at; at++)
		lines += *at == '\n';
	court->kept = calloc(lines, sizeof(*court->kept));
	while ((line = strsep(&rest, "\n")))
		read_line(court, line);
	for (size_t i = 0; i < court->count; i++)
		court->kept[i].last = i + 1 == court->count ||
				      strcmp(court->kept[i].id, court->kept[i + 1].id) != 0;
	free(text);
}

static int compare(const void *one, const void *other)
{
	const struct kept *a = one, *b = other;
	int order = strcmp(a->id, b->id);
	return order ? order : a->version - b->version;
}

/* NULL: there is none. */
static struct kept *find(const struct court *court, const char *id, int version)
{
	struct kept wanted = {.version = version};
	strcpy(wanted.id, id);
	return bsearch(&wanted, court->kept, court->count, sizeof(wanted), compare);
}

static bool is_over(const struct kept *kept)
{
	return strcmp(kept->state, "cancelled") == 0 || strcmp(kept->state, "expired") == 0;
}

/* ---- Acknowledged, so it is there ---- */

static void begins(struct court *court, struct kept *kept, const struct crowd_note *note)
{
	bool first = kept == court->kept || strcmp(kept[-1].id, kept->id) != 0;
	if (!kept->since_us || note->sent_us < kept->since_us)
		kept->since_us = note->sent_us;
	if (!first && (kept[-1].until_us == INT64_MAX || note->answered_us > kept[-1].until_us))
		kept[-1].until_us = note->answered_us;
}

/* The version that a confirmation or an end made. */
static struct kept *version_of(const struct court *court, const struct crowd_note *note)
{
	struct kept *kept = find(court, note->id, 1);
	for (; kept && note->kind == NOTE_ENDED && !kept->last;)
		kept++;
	while (kept && note->kind == NOTE_CONFIRMED && strcmp(kept->state, "held") == 0 &&
	       !kept->last)
		kept++;
	return kept;
}

static void check_acknowledged(struct court *court, const struct crowd_note *note)
{
	struct kept *kept = note->kind == NOTE_MADE    ? find(court, note->id, 1)
			    : note->kind == NOTE_MOVED ? find(court, note->id, note->version)
						       : version_of(court, note);
	bool same = kept && kept->practitioner == note->practitioner &&
		    kept->starts_at == note->starts_at;
	if (!kept)
		complain(court, "a command is lost", note->id, note->version);
	else if (note->kind == NOTE_MADE &&
		 (!same || kept->athlete != note->athlete || kept->service != note->service))
		complain(court, "another visit than was booked", note->id, 1);
	else if (note->kind == NOTE_MOVED && !same)
		complain(court, "another time than it was moved to", note->id, note->version);
	else if (note->kind == NOTE_ENDED && !is_over(kept))
		complain(court, "cancelled, and stands", note->id, kept->version);
	else if (note->kind == NOTE_CONFIRMED && strcmp(kept->state, "booked") != 0)
		complain(court, "confirmed, and not booked", note->id, kept->version);
	else
		begins(court, kept, note);
}

/* Nobody asked for what has no beginning. */
static void check_unasked(struct court *court)
{
	for (size_t i = 0; i < court->count; i++)
		if (!court->kept[i].since_us && strcmp(court->kept[i].state, "expired") != 0)
			complain(court, "nobody was told of", court->kept[i].id,
				 court->kept[i].version);
}

/* ---- Refused, for a reason ---- */

static bool stands_in_the_way(const struct kept *kept, const struct crowd_note *note)
{
	int64_t from, until, other_from, other_until;
	if (is_over(kept) || strcmp(kept->id, note->id) == 0 ||
	    kept->since_us >= note->answered_us || kept->until_us <= note->sent_us)
		return false;
	model_blocks(note->service, note->starts_at, &from, &until);
	model_blocks(kept->service, kept->starts_at, &other_from, &other_until);
	if (note->busy == BUSY_PRACTITIONER)
		return kept->practitioner == note->practitioner && other_from < until &&
		       from < other_until;
	from = note->starts_at;
	until = from + model_services[note->service].minutes * CLOCK_MINUTE_US;
	other_from = kept->starts_at;
	other_until = other_from + model_services[kept->service].minutes * CLOCK_MINUTE_US;
	return kept->athlete == note->athlete && other_from < until && from < other_until;
}

static void check_reason(struct court *court, const struct crowd_note *given)
{
	struct crowd_note note = *given;
	const struct kept *own = *note.id ? find(court, note.id, 1) : NULL;
	if (own) { /* a move names neither */
		note.athlete = own->athlete;
		note.service = own->service;
	}
	for (size_t i = 0; i < court->count; i++)
		if (stands_in_the_way(&court->kept[i], &note))
			return;
	complain(court, "refused for nothing", note.id, 0);
}

/* ---- Absences ---- */

static void check_absences(struct court *court, const struct house *house)
{
	const struct crowd *crowd = court->crowd;
	char *text = house_query(house, "SELECT string_agg(absence_id::text, ' ') "
					"FROM scheduling.absence");
	for (unsigned i = 0; i < crowd->count; i++) {
		const struct crowd_note *note = &crowd->notes[i];
		bool called_off = false;
		if (note->kind != NOTE_CLOSED || note->code != STATUS_OK)
			continue;
		for (unsigned j = 0; j < crowd->count && !called_off; j++)
			called_off = crowd->notes[j].kind == NOTE_OPENED &&
				     crowd->notes[j].code == STATUS_OK &&
				     strcmp(crowd->notes[j].id, note->id) == 0;
		if (!strstr(text, note->id) != called_off)
			complain(court, "an absence that is there and called off, or neither",
				 note->id, 0);
	}
	free(text);
}

void crowd_check(struct crowd *crowd, const struct house *house)
{
	struct court court = {.crowd = crowd};
	read_kept(&court, house);
	for (unsigned i = 0; i < crowd->count; i++)
		if (crowd->notes[i].code == STATUS_OK && crowd->notes[i].kind < NOTE_CLOSED)
			check_acknowledged(&court, &crowd->notes[i]);
	check_unasked(&court);
	for (unsigned i = 0; i < crowd->count; i++)
		if (crowd->notes[i].busy == BUSY_PRACTITIONER ||
		    crowd->notes[i].busy == BUSY_ATHLETE)
			check_reason(&court, &crowd->notes[i]);
	check_absences(&court, house);
	free(court.kept);
}
