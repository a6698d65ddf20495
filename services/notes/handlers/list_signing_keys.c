#include "events/check.h"
#include "notes/handlers/service.h"
#include "notes/store/signature.h"

RPC(Notes, notes, ListSigningKeys, list_signing_keys)
{
	(void)request;
	struct check check = check_begin(call);
	if (check_failed(&check))
		return check_status(&check);
	struct db_unit *unit = call_unit(call);
	size_t keys = signing_keys(unit, call->organisation_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;

	const struct db_result *rows = db_unit_result(unit, keys);
	reply->keys = ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__SigningKey *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct signing_key_row key = signing_key_row(rows, row, call->arena);
		Soleus__V1__SigningKey *message = ARENA_NEW(call->arena, Soleus__V1__SigningKey);
		soleus__v1__signing_key__init(message);
		message->public_key =
			(ProtobufCBinaryData){key.public_key_length, (uint8_t *)key.public_key};
		message->holder = (char *)key.holder;
		message->first_used_at = key.first_used_at;
		reply->keys[reply->n_keys++] = message;
	}
	return status_ok();
}
