#include "reminders/store/programme.h"

#include "reminders_sql.h"

#include <string.h>

static struct status out_of_memory(void)
{
	return status_error(STATUS_RESOURCE_EXHAUSTED, "too much memory for one programme");
}

size_t programme_ask(struct db_unit *unit, const char *organisation_id, int64_t at, int32_t version)
{
	struct arena *arena = db_unit_arena(unit);
	const char *instant = db_from_instant(arena, at), *wanted = db_from_int(arena, version);
	size_t asked = DB_ADD(unit, &SQL_PROGRAMME_FIND, organisation_id, instant, wanted);
	DB_ADD(unit, &SQL_PROGRAMME_STEPS, organisation_id, instant, wanted);
	DB_ADD(unit, &SQL_PROGRAMME_TEXTS, organisation_id, instant, wanted);
	return asked;
}

static void take_steps(const struct db_result *result, struct programme *programme)
{
	for (size_t i = 0; i < db_result_rows(result); i++) {
		enum message_purpose purpose;
		if (!message_purpose_find(db_text(result, i, 0), &purpose))
			continue; /* of a newer program */
		struct programme_step *step = &programme->steps[purpose];
		step->off = db_bool(result, i, 1);
		programme_moment_read(db_text(result, i, 2), &step->due);
		programme_moment_read(db_text(result, i, 3), &step->stale);
	}
}

static bool take_texts(const struct db_result *result, struct arena *arena,
		       struct programme *programme)
{
	size_t rows = db_result_rows(result);
	struct programme_text *texts = ARENA_ARRAY(arena, rows + 1, struct programme_text);
	for (size_t i = 0; texts && i < rows; i++) {
		struct programme_text *text = &texts[programme->text_count];
		if (!message_purpose_find(db_text(result, i, 0), &text->purpose))
			continue;
		text->language = arena_strdup(arena, db_text(result, i, 1));
		text->text = arena_strdup(arena, db_text(result, i, 2));
		programme->text_count++;
	}
	programme->texts = texts;
	return texts != NULL;
}

struct status programme_take(struct db_unit *unit, size_t asked, struct arena *arena,
			     const struct programme **ret_programme,
			     struct programme_made *ret_made)
{
	const struct db_result *found = db_unit_result(unit, asked);
	struct programme *programme = ARENA_NEW(arena, struct programme);
	struct programme_made made = {.made_by = "", .remark = ""};
	if (!programme)
		return out_of_memory();
	programme_begin(programme);
	if (db_result_rows(found) > 0) {
		made.version = programme->version = (int32_t)db_int(found, 0, 0);
		made.effective_at = db_instant(found, 0, 1);
		made.made_at = db_instant(found, 0, 2);
		made.made_by = arena_strdup(arena, db_text(found, 0, 3));
		made.remark = arena_strdup(arena, db_text(found, 0, 4));
		programme->window.opens_minute = (int32_t)db_int(found, 0, 5);
		programme->window.closes_minute = (int32_t)db_int(found, 0, 6);
		programme->bundle_minutes = (int32_t)db_int(found, 0, 7);
		programme->daily_cap = (int32_t)db_int(found, 0, 8);
		programme->language = arena_strdup(arena, db_text(found, 0, 9));
		programme->clinical = db_bool(found, 0, 10);
		take_steps(db_unit_result(unit, asked + 1), programme);
		if (!take_texts(db_unit_result(unit, asked + 2), arena, programme))
			return out_of_memory();
	}
	*ret_programme = programme;
	if (ret_made)
		*ret_made = made;
	return status_ok();
}

FIBER struct status programme_read(struct db *db, struct arena *arena, const char *organisation_id,
				   int64_t at, int32_t version,
				   const struct programme **ret_programme,
				   struct programme_made *ret_made)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t asked = programme_ask(unit, organisation_id, at, version);
	struct status status = db_run(db, unit);
	return status_is_ok(status) ? programme_take(unit, asked, arena, ret_programme, ret_made)
				    : status;
}

/* "" when it is as every organisation begins with. */
static const char *moment_text(struct arena *arena, const struct programme_moment *moment,
			       const struct programme_moment *ours)
{
	char text[PROGRAMME_MOMENT_BYTES];
	if (programme_moment_is(moment, ours))
		return "";
	programme_moment_write(moment, text);
	return arena_strdup(arena, text);
}

static void add_steps(struct db_unit *unit, const char *organisation_id, const char *version,
		      const struct programme *programme)
{
	struct arena *arena = db_unit_arena(unit);
	const char *codes[MESSAGE_PURPOSES], *off[MESSAGE_PURPOSES];
	const char *due[MESSAGE_PURPOSES], *stale[MESSAGE_PURPOSES];
	size_t count = 0;
	for (int i = 0; i < MESSAGE_PURPOSES; i++) {
		const struct programme_step *step = &programme->steps[i];
		due[count] = moment_text(arena, &step->due, &programme_steps[i].due);
		stale[count] = moment_text(arena, &step->stale, &programme_steps[i].stale);
		if (!step->off && !*due[count] && !*stale[count])
			continue;
		codes[count] = step->code;
		off[count++] = db_from_bool(step->off);
	}
	DB_ADD(unit, &SQL_PROGRAMME_STEPS_ADD, organisation_id, version,
	       db_from_texts(arena, codes, count), db_from_texts(arena, off, count),
	       db_from_texts(arena, due, count), db_from_texts(arena, stale, count));
}

static void add_texts(struct db_unit *unit, const char *organisation_id, const char *version,
		      const struct programme *programme)
{
	struct arena *arena = db_unit_arena(unit);
	size_t count = programme->text_count;
	const char **codes = ARENA_ARRAY(arena, count + 1, const char *);
	const char **languages = ARENA_ARRAY(arena, count + 1, const char *);
	const char **words = ARENA_ARRAY(arena, count + 1, const char *);
	for (size_t i = 0; codes && languages && words && i < count; i++) {
		codes[i] = message_purpose_name(programme->texts[i].purpose);
		languages[i] = programme->texts[i].language;
		words[i] = programme->texts[i].text;
	}
	DB_ADD(unit, &SQL_PROGRAMME_TEXTS_ADD, organisation_id, version,
	       db_from_texts(arena, codes, count), db_from_texts(arena, languages, count),
	       db_from_texts(arena, words, count));
}

void programme_add(struct db_unit *unit, const char *organisation_id,
		   const struct programme *programme, const struct programme_made *made)
{
	struct arena *arena = db_unit_arena(unit);
	const char *version = db_from_int(arena, made->version);
	DB_ADD(unit, &SQL_PROGRAMME_ADD, organisation_id, version,
	       db_from_instant(arena, made->effective_at), db_from_instant(arena, made->made_at),
	       made->made_by, made->remark, db_from_int(arena, programme->window.opens_minute),
	       db_from_int(arena, programme->window.closes_minute),
	       db_from_int(arena, programme->bundle_minutes),
	       db_from_int(arena, programme->daily_cap), programme->language,
	       db_from_bool(programme->clinical));
	add_steps(unit, organisation_id, version, programme);
	add_texts(unit, organisation_id, version, programme);
}

FIBER struct status programme_versions(struct db *db, struct arena *arena,
				       const char *organisation_id, int64_t now,
				       struct programme_made **ret_versions, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_PROGRAMME_VERSIONS, organisation_id, db_from_instant(arena, now));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	size_t count = db_result_rows(result);
	struct programme_made *versions = ARENA_ARRAY(arena, count + 1, struct programme_made);
	if (!versions)
		return out_of_memory();
	for (size_t i = 0; i < count; i++)
		versions[i] = (struct programme_made){
			.version = (int32_t)db_int(result, i, 0),
			.effective_at = db_instant(result, i, 1),
			.made_at = db_instant(result, i, 2),
			.made_by = db_text(result, i, 3),
			.remark = db_text(result, i, 4),
			.in_force = db_bool(result, i, 5),
		};
	*ret_versions = versions;
	*ret_count = count;
	return status_ok();
}
