#include "scheduling/store/catalogue.h"

#include "scheduling_sql.h"

#include <string.h>

size_t catalogue_find_named(struct db_unit *unit, const char *organisation_id, const char *name)
{
	return DB_ADD(unit, &SQL_SERVICE_NAMED, organisation_id, name);
}

const char *catalogue_named(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return db_result_rows(result) ? db_text(result, 0, 0) : NULL;
}

void catalogue_put_service(struct db_unit *unit, const char *organisation_id,
			   const struct service_row *service)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_SERVICE_PUT, organisation_id, service->service_id, service->name,
	       db_from_int(arena, service->duration_minutes),
	       db_from_int(arena, service->buffer_before_minutes),
	       db_from_int(arena, service->buffer_after_minutes), service->skill,
	       service->room_kind,
	       db_from_texts(arena, service->equipment, service->equipment_count),
	       db_from_texts(arena, service->modalities, service->modality_count),
	       db_from_int(arena, service->cancel_cutoff_minutes),
	       db_from_int(arena, service->hold_minutes));
}

size_t catalogue_list(struct db_unit *unit, const char *organisation_id)
{
	return DB_ADD(unit, &SQL_SERVICE_LIST, organisation_id);
}

/* Words parted by U+001F. */
static const char *const *read_words(struct arena *arena, const char *text, size_t *ret_count)
{
	size_t count = *text ? 1 : 0, at = 0;
	char *rest = arena_strdup(arena, text);
	for (const char *c = text; *c; c++)
		count += *c == '\x1f';
	const char **words = ARENA_ARRAY(arena, count, const char *);
	while (rest && words && at < count)
		words[at++] = strsep(&rest, "\x1f");
	*ret_count = at;
	return words;
}

struct service_row catalogue_service(struct arena *arena, const struct db_result *result,
				     size_t row)
{
	struct service_row service = {
		.service_id = db_text(result, row, 0),
		.name = db_text(result, row, 1),
		.duration_minutes = db_int(result, row, 2),
		.buffer_before_minutes = db_int(result, row, 3),
		.buffer_after_minutes = db_int(result, row, 4),
		.skill = db_text(result, row, 5),
		.room_kind = db_text(result, row, 6),
		.cancel_cutoff_minutes = db_int(result, row, 9),
		.hold_minutes = db_int(result, row, 10),
	};
	service.equipment = read_words(arena, db_text(result, row, 7), &service.equipment_count);
	service.modalities = read_words(arena, db_text(result, row, 8), &service.modality_count);
	return service;
}
