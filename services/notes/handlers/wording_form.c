#include "notes/handlers/wording_form.h"

#include "notes/handlers/trail.h"
#include "notes/handlers/wording_ours.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

#define CODE_BYTES_MOST 32

void check_wording(struct check *check, const char *clinic_id, const char *code)
{
	size_t length = strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789_-");
	check_id_or_empty(check, "clinic_id", clinic_id);
	check_that(check, length > 0 && length <= CODE_BYTES_MOST && !code[length], "code",
		   "1 to 32 small letters, digits, _ and -");
}

void check_wording_removal(struct check *check, const char *kind, const char *clinic_id,
			   const char *code, bool with_ours)
{
	check_wording(check, clinic_id, code);
	check_that(check, !with_ours || wording_is_ours(kind, code), "shipped",
		   "nothing: none of this code comes with the programs");
}

void check_wordings(struct check *check, const char *clinic_id, int32_t limit)
{
	check_id_or_empty(check, "clinic_id", clinic_id);
	check_that(check, limit >= 0 && limit <= WORDING_PAGE, "limit", "1 to 100, or 0 for 100");
}

static FIBER struct status commit(const struct call *call, struct command *command,
				  const struct wording_row *row, ProtobufCMessage *reply)
{
	leave_trail_of_words(call, command->unit, row->clinic_id, row->code);
	struct status status = command_commit(command, reply);
	if (status.code == STATUS_NOT_FOUND ||
	    (!status_is_ok(status) &&
	     strcmp(db_unit_constraint(command->unit), WORDING_CLINIC) == 0))
		return status_error(STATUS_NOT_FOUND, "no such clinic");
	return status;
}

FIBER struct status wording_keep(struct call *call, const char *kind, const char *clinic_id,
				 const char *code, const ProtobufCMessage *content,
				 ProtobufCMessage *reply)
{
	struct wording_row row = {
		.clinic_id = clinic_id,
		.code = code,
		.put_at = clock_now_us(),
		.put_by = call->principal->name,
	};
	row.content = message_encode(content, call->arena, &row.length);
	struct command *command = command_begin(call);
	wording_put(command->unit, call->organisation_id, kind, text_uuid7_new(call->arena), &row);
	return commit(call, command, &row, reply);
}

FIBER struct status wording_take_out(struct call *call, const char *kind, const char *clinic_id,
				     const char *code, bool with_ours, ProtobufCMessage *reply)
{
	const struct wording_row row = {
		.clinic_id = clinic_id,
		.code = code,
		.put_at = clock_now_us(),
		.put_by = call->principal->name,
	};
	struct command *command = command_begin(call);
	wording_remove(command->unit, call->organisation_id, kind, text_uuid7_new(call->arena),
		       &row, with_ours);
	return commit(call, command, &row, reply);
}

FIBER struct status wordings_read(struct call *call, const char *kind, const char *clinic_id,
				  const char *after_code, int32_t limit,
				  const struct db_result **ret_rows)
{
	struct db_unit *unit = call_unit(call);
	size_t rows =
		wordings_of(unit, call->organisation_id, kind, clinic_id, after_code,
			    limit ? limit : WORDING_PAGE, wording_codes_of_ours(call->arena, kind));
	struct status status = db_run(call_db(call), unit);
	if (status_is_ok(status))
		*ret_rows = db_unit_result(unit, rows);
	return status;
}

struct status wording_decode(struct arena *arena, const ProtobufCMessageDescriptor *type,
			     const struct wording_row *row, ProtobufCMessage **ret_message)
{
	struct status status = message_decode(type, arena, row->content, row->length, ret_message);
	if (!status_is_ok(status))
		return status_error(STATUS_DATA_LOSS, "the stored wording cannot be read");
	return status;
}
