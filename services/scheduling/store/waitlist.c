#include "scheduling/store/waitlist.h"

#include "scheduling_sql.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- Entries ---- */

static const char *weekdays_value(struct arena *arena, const struct waitlist_entry *entry)
{
	const char **days = ARENA_ARRAY(arena, entry->weekday_count, const char *);
	for (size_t i = 0; days && i < entry->weekday_count; i++)
		days[i] = db_from_int(arena, entry->weekdays[i]);
	return db_from_texts(arena, days, days ? entry->weekday_count : 0);
}

size_t waitlist_find_known(struct db_unit *unit, const char *organisation_id,
			   const struct waitlist_entry *entry)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_WAITLIST_KNOWN, organisation_id, entry->athlete_id,
		      entry->service_id,
		      db_from_texts(arena, entry->clinic_ids, entry->clinic_count),
		      db_from_texts(arena, entry->practitioner_ids, entry->practitioner_count));
}

struct waitlist_known waitlist_known(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return (struct waitlist_known){db_bool(result, 0, 0), db_bool(result, 0, 1),
				       db_bool(result, 0, 2), db_bool(result, 0, 3)};
}

void waitlist_join(struct db_unit *unit, const char *organisation_id,
		   const struct waitlist_entry *entry)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_WAITLIST_JOIN, organisation_id, entry->entry_id, entry->athlete_id,
	       entry->service_id, db_from_texts(arena, entry->clinic_ids, entry->clinic_count),
	       db_from_texts(arena, entry->practitioner_ids, entry->practitioner_count),
	       weekdays_value(arena, entry), entry->opens, entry->closes,
	       db_from_instant(arena, entry->from_at), db_from_instant(arena, entry->until_at),
	       entry->least_grade, db_from_int(arena, entry->notice_minutes),
	       db_from_int(arena, entry->urgency), db_from_instant(arena, entry->joined_at));
}

size_t waitlist_find(struct db_unit *unit, const char *organisation_id, const char *entry_id)
{
	return DB_ADD(unit, &SQL_WAITLIST_FIND, organisation_id, entry_id);
}

size_t waitlist_list(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		     const char *service_id, int64_t limit)
{
	const char *most = db_from_int(db_unit_arena(unit), limit);
	if (*athlete_id)
		return DB_ADD(unit, &SQL_WAITLIST_OF_ATHLETE, organisation_id, athlete_id,
			      db_id(service_id), most);
	return DB_ADD(unit, &SQL_WAITLIST_OF_ALL, organisation_id, db_id(service_id), most);
}

/* Words parted by blanks. */
static const char *const *read_ids(struct arena *arena, const char *text, size_t *ret_count)
{
	char *rest = *text ? arena_strdup(arena, text) : NULL;
	const char **ids = ARENA_ARRAY(arena, strlen(text) / 2 + 1, const char *);
	*ret_count = 0;
	while (rest && ids)
		ids[(*ret_count)++] = strsep(&rest, " ");
	return ids;
}

static const int32_t *read_weekdays(struct arena *arena, const char *text, size_t *ret_count)
{
	const char *const *words = read_ids(arena, text, ret_count);
	int32_t *days = ARENA_ARRAY(arena, *ret_count, int32_t);
	for (size_t i = 0; days && i < *ret_count; i++)
		days[i] = (int32_t)strtol(words[i], NULL, 10);
	return days;
}

/* The columns of waitlist_find.sql. */
struct waitlist_entry waitlist_entry(struct arena *arena, const struct db_result *result,
				     size_t row)
{
	struct waitlist_entry entry = {
		.entry_id = db_text(result, row, 0),
		.athlete_id = db_text(result, row, 1),
		.service_id = db_text(result, row, 2),
		.opens = db_text(result, row, 6),
		.closes = db_text(result, row, 7),
		.from_at = db_instant(result, row, 8),
		.until_at = db_instant(result, row, 9),
		.least_grade = db_text(result, row, 10),
		.notice_minutes = (int32_t)db_int(result, row, 11),
		.urgency = (int32_t)db_int(result, row, 12),
		.joined_at = db_instant(result, row, 14),
		.offers = (int32_t)db_int(result, row, 15),
	};
	bool known = waitlist_entry_state_find(db_text(result, row, 13), &entry.state);
	assert(known);
	(void)known;
	entry.clinic_ids = read_ids(arena, db_text(result, row, 3), &entry.clinic_count);
	entry.practitioner_ids =
		read_ids(arena, db_text(result, row, 4), &entry.practitioner_count);
	entry.weekdays = read_weekdays(arena, db_text(result, row, 5), &entry.weekday_count);
	return entry;
}

const char *waitlist_entry_offer(const struct db_result *found)
{
	return db_text(found, 0, db_result_column(found, "offer_id"));
}

void waitlist_leave(struct db_unit *unit, const char *organisation_id, const char *entry_id,
		    int64_t now_us)
{
	DB_ADD(unit, &SQL_WAITLIST_LEAVE, organisation_id, entry_id,
	       db_from_instant(db_unit_arena(unit), now_us));
}

void waitlist_lapse(struct db_unit *unit, const char *organisation_id, int64_t now_us)
{
	DB_ADD(unit, &SQL_WAITLIST_LAPSE, organisation_id,
	       db_from_instant(db_unit_arena(unit), now_us));
}

/* ---- Offers ---- */

size_t waitlist_find_offers(struct db_unit *unit, const char *organisation_id,
			    const char *const *offer_ids, size_t count)
{
	return DB_ADD(unit, &SQL_WAITLIST_OFFERS_FIND, organisation_id,
		      db_from_texts(db_unit_arena(unit), offer_ids, count));
}

size_t waitlist_offers_of_athlete(struct db_unit *unit, const char *organisation_id,
				  const char *athlete_id)
{
	return DB_ADD(unit, &SQL_WAITLIST_OFFERS_OF_ATHLETE, organisation_id, athlete_id);
}

size_t waitlist_offers_of_slot(struct db_unit *unit, const char *organisation_id,
			       const char *slot_id)
{
	return DB_ADD(unit, &SQL_WAITLIST_OFFERS_OF_SLOT, organisation_id, slot_id);
}

struct waitlist_offer waitlist_offer(const struct db_result *result, size_t row)
{
	struct waitlist_offer offer = {
		.offer_id = db_text(result, row, 0),
		.entry_id = db_text(result, row, 1),
		.athlete_id = db_text(result, row, 2),
		.appointment_id = db_text(result, row, 3),
		.starts_at = db_instant(result, row, 4),
		.ends_at = db_instant(result, row, 5),
		.practitioner_id = db_text(result, row, 6),
		.clinic_id = db_text(result, row, 7),
		.service_id = db_text(result, row, 8),
		.offered_at = db_instant(result, row, 9),
		.expires_at = db_instant(result, row, 10),
		.rank = (int32_t)db_int(result, row, 12),
		.why = db_text(result, row, 13),
		.offset_s = db_int(result, row, 14),
	};
	bool known = waitlist_offer_state_find(db_text(result, row, 11), &offer.state);
	assert(known);
	(void)known;
	return offer;
}

FIBER struct status waitlist_read_offer(struct db *db, struct arena *arena,
					const char *organisation_id, const char *offer_id,
					struct waitlist_offer *ret_offer)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t index = waitlist_find_offers(unit, organisation_id, &offer_id, 1);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	if (db_result_rows(db_unit_result(unit, index)) == 0)
		return status_error(STATUS_NOT_FOUND, "no such offer");
	*ret_offer = waitlist_offer(db_unit_result(unit, index), 0);
	return status;
}

void waitlist_end_offer(struct db_unit *unit, const char *organisation_id, const char *offer_id,
			enum waitlist_offer_state to, bool leaves, int64_t now_us)
{
	DB_ADD(unit, &SQL_WAITLIST_OFFER_END, organisation_id, offer_id,
	       waitlist_offer_state_name(to), db_from_instant(db_unit_arena(unit), now_us),
	       db_from_bool(leaves));
}
