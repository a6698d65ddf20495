#include "scheduling/store/freed.h"

#include "scheduling/store/around.h"

#include "scheduling_sql.h"

#include <string.h>

void freed_add(struct db_unit *unit, const char *organisation_id, const struct appointment_row *row,
	       int64_t now_us)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_FREED_ADD, organisation_id, row->appointment_id,
	       db_from_int(arena, row->version), row->practitioner_id, row->clinic_id,
	       row->service_id, db_from_instant(arena, row->starts_at),
	       db_from_instant(arena, row->ends_at), db_from_instant(arena, now_us));
}

void freed_add_by_absence(struct db_unit *unit, const char *organisation_id, const char *absence_id,
			  int64_t now_us)
{
	DB_ADD(unit, &SQL_FREED_BY_ABSENCE, organisation_id, absence_id,
	       db_from_instant(db_unit_arena(unit), now_us));
}

FIBER struct status freed_outlook(struct db *db, struct arena *arena,
				  struct freed_owner **ret_owners, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index = DB_ADD0(unit, &SQL_FREED_OUTLOOK);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, index);
	size_t count = db_result_rows(result);
	struct freed_owner *owners = ARENA_ARRAY(arena, count, struct freed_owner);
	for (size_t i = 0; owners && i < count; i++)
		owners[i] = (struct freed_owner){db_text(result, i, 0), db_instant(result, i, 1)};
	*ret_owners = owners;
	*ret_count = owners ? count : 0;
	return status;
}

FIBER struct status freed_claim(struct db *db, struct arena *arena, const char *organisation_id,
				int64_t now_us, const char *lease_id, int64_t limit,
				struct freed_slot **ret_slots, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t index =
		DB_ADD(unit, &SQL_FREED_CLAIM, organisation_id, db_from_instant(arena, now_us),
		       db_from_int(arena, limit), lease_id, db_from_int(arena, FREED_LEASE_US));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, index);
	size_t count = db_result_rows(result);
	struct freed_slot *slots = ARENA_ARRAY(arena, count, struct freed_slot);
	for (size_t i = 0; slots && i < count; i++)
		slots[i] = (struct freed_slot){
			.lease_id = lease_id,
			.slot_id = db_text(result, i, 0),
			.version = db_int(result, i, 1),
			.practitioner_id = db_text(result, i, 2),
			.clinic_id = db_text(result, i, 3),
			.service_id = db_text(result, i, 4),
			.starts_at = db_instant(result, i, 5),
			.ends_at = db_instant(result, i, 6),
		};
	*ret_slots = slots;
	*ret_count = slots ? count : 0;
	return status;
}

void freed_decide(struct db_unit *unit, const char *organisation_id, const struct freed_slot *slot,
		  const char *state, int64_t look_at)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_FREED_DECIDE, organisation_id, slot->slot_id,
	       db_from_int(arena, slot->version), slot->lease_id, state,
	       db_from_instant(arena, look_at));
}

/* ---- Matching ---- */

/* The columns of freed_match.sql. */
enum match_column {
	MATCH_ENTRY,
	MATCH_ATHLETE,
	MATCH_URGENCY,
	MATCH_JOINED_AT,
	MATCH_OFFERS,
	MATCH_LEAST_GRADE,
	MATCH_NOTICE,
	MATCH_DAY_STARTS,
	MATCH_DAY_ENDS,
	MATCH_REACHED_AT,
	MATCH_BUSY_UNTIL,
	MATCH_SESSIONS,
	MATCH_TIMING_WINDOWS,
};

static enum timing_grade grade(struct arena *arena, const struct db_result *result, size_t row,
			       const struct freed_slot *slot)
{
	const struct around around = around_read(arena, db_text(result, row, MATCH_SESSIONS), "",
						 db_text(result, row, MATCH_TIMING_WINDOWS));
	const struct timing_visit visit = {
		.starts_at = slot->starts_at,
		.ends_at = slot->ends_at,
		.day_starts_at = db_instant(result, row, MATCH_DAY_STARTS),
		.day_ends_at = db_instant(result, row, MATCH_DAY_ENDS),
	};
	struct timing_result timing;
	timing_grade(&visit, around.sessions, around.session_count, &around.windows, &timing);
	return timing.grade;
}

static struct waitlist_candidate candidate(struct arena *arena, const struct db_result *result,
					   size_t row, const struct freed_slot *slot,
					   int64_t now_us)
{
	struct waitlist_candidate candidate = {
		.entry_id = db_text(result, row, MATCH_ENTRY),
		.athlete_id = db_text(result, row, MATCH_ATHLETE),
		.urgency = (int32_t)db_int(result, row, MATCH_URGENCY),
		.joined_at = db_instant(result, row, MATCH_JOINED_AT),
		.offers = (int32_t)db_int(result, row, MATCH_OFFERS),
		.grade = grade(arena, result, row, slot),
		.least = TIMING_FAIR,
		.notice_minutes = (int32_t)db_int(result, row, MATCH_NOTICE),
		.reached_at = db_is_null(result, row, MATCH_REACHED_AT)
				      ? now_us
				      : db_instant(result, row, MATCH_REACHED_AT),
	};
	timing_grade_find(db_text(result, row, MATCH_LEAST_GRADE), &candidate.least);
	return candidate;
}

/* Before all. */
#define FIRST_PRECEDENCE "-3"
#define FIRST_ID         "00000000-0000-0000-0000-000000000000"

static size_t add_match(struct db_unit *unit, const char *organisation_id,
			const struct freed_slot *slot, const struct waitlist_candidate *after,
			int64_t most, int64_t now_us)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_FREED_MATCH, organisation_id, slot->service_id, slot->clinic_id,
		      slot->practitioner_id, db_from_instant(arena, slot->starts_at),
		      db_from_instant(arena, slot->ends_at), db_from_instant(arena, now_us),
		      slot->slot_id, db_from_int(arena, slot->version), WAITLIST_REACH_OPENS,
		      WAITLIST_REACH_CLOSES, db_from_int(arena, most),
		      after ? db_from_int(arena, -(int64_t)after->urgency) : FIRST_PRECEDENCE,
		      after ? db_from_instant(arena, after->joined_at) : "-infinity",
		      after ? after->entry_id : FIRST_ID);
}

FIBER struct status freed_match(struct db *db, struct arena *arena, const char *organisation_id,
				const struct freed_slot *slot,
				const struct waitlist_candidate *after, int64_t now_us,
				struct freed_candidates *ret_candidates)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t most = after ? FREED_PAGE_BEHIND : WAITLIST_RANKED;
	size_t index = add_match(unit, organisation_id, slot, after, (int64_t)most, now_us);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, index);
	size_t rows = db_result_rows(result);
	struct freed_candidates found = {
		.waiting = ARENA_ARRAY(arena, rows, struct waitlist_candidate),
		.offered = ARENA_ARRAY(arena, rows, struct waitlist_candidate),
		.offered_until = INT64_MAX,
		.count = rows,
		.more = rows == most,
	};
	if (!found.waiting || !found.offered)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for candidates");
	for (size_t i = 0; i < rows; i++) {
		int64_t until = db_instant(result, i, MATCH_BUSY_UNTIL);
		found.last = candidate(arena, result, i, slot, now_us);
		if (db_is_null(result, i, MATCH_BUSY_UNTIL))
			found.waiting[found.waiting_count++] = found.last;
		else
			found.offered[found.offered_count++] = found.last;
		if (!db_is_null(result, i, MATCH_BUSY_UNTIL) && until < found.offered_until)
			found.offered_until = until;
	}
	*ret_candidates = found;
	return status;
}

/* ---- Offering ---- */

void freed_add_offer(struct db_unit *unit, const char *organisation_id,
		     const struct freed_slot *slot, const struct freed_offer *offer)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_WAITLIST_OFFER_ADD, organisation_id, offer->offer_id, slot->slot_id,
	       db_from_int(arena, slot->version), slot->lease_id, offer->candidate->entry_id,
	       offer->candidate->athlete_id, offer->appointment_id,
	       db_from_instant(arena, offer->offered_at), db_from_instant(arena, offer->expires_at),
	       db_from_int(arena, offer->rank), offer->why);
}

bool freed_is_lost(const struct db_unit *unit)
{
	return strcmp(db_unit_sqlstate(unit), "SL001") == 0;
}

bool freed_athlete_is_lost(const struct db_unit *unit)
{
	return strcmp(db_unit_sqlstate(unit), "SL008") == 0;
}
