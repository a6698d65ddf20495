#include "notes/handlers/seal.h"

#include "base/text.h"
#include "notes/handlers/signing_key.h"

struct signature_row seal_sign(const struct call *call, Soleus__V1__NoteSeal *seal)
{
	const char *subject_id = call->principal->subject_id;
	uint8_t *signature = ARENA_ARRAY(call->arena, SIGNATURE_BYTES, uint8_t);
	seal->organisation_id = (char *)call->organisation_id;
	seal->signer = (char *)call->principal->name;
	seal->signer_id = text_is_uuid(subject_id) ? (char *)subject_id : "";

	struct signature_row row = {
		.note_id = seal->note_id,
		.number = seal->number,
		.meaning = seal->meaning,
		.signer_id = seal->signer_id,
		.signed_at = seal->signed_at,
		.signature = signature,
		.public_key = signing_key_public(),
		.key_holder = "notes",
	};
	row.seal = message_encode(&seal->base, call->arena, &row.seal_length);
	if (row.seal && signature)
		signing_key_sign(row.seal, row.seal_length, signature);
	return row;
}

void seal_add(const struct call *call, struct db_unit *unit, Soleus__V1__NoteSeal *seal)
{
	struct signature_row row = seal_sign(call, seal);
	signature_add(unit, call->organisation_id, &row);
}

static struct status signature_message(struct arena *arena, const struct signature_found *found,
				       Soleus__V1__Signature **ret_message)
{
	ProtobufCMessage *seal;
	struct status status = message_decode(&soleus__v1__note_seal__descriptor, arena,
					      found->seal, found->seal_length, &seal);
	if (!status_is_ok(status))
		return status_error(STATUS_DATA_LOSS, "the stored signature cannot be read");
	Soleus__V1__Signature *message = ARENA_NEW(arena, Soleus__V1__Signature);
	soleus__v1__signature__init(message);
	message->seal = (Soleus__V1__NoteSeal *)seal;
	message->seal_bytes = (ProtobufCBinaryData){found->seal_length, (uint8_t *)found->seal};
	message->signature =
		(ProtobufCBinaryData){found->signature_length, (uint8_t *)found->signature};
	message->public_key =
		(ProtobufCBinaryData){found->public_key_length, (uint8_t *)found->public_key};
	*ret_message = message;
	return status_ok();
}

struct status signature_messages(struct arena *arena, const struct db_result *rows,
				 Soleus__V1__Signature ***ret_messages, size_t *ret_count)
{
	size_t count = db_result_rows(rows);
	Soleus__V1__Signature **messages = ARENA_ARRAY(arena, count, Soleus__V1__Signature *);
	for (size_t row = 0; row < count; row++) {
		const struct signature_found found = signature_found(rows, row, arena);
		struct status status = signature_message(arena, &found, &messages[row]);
		if (!status_is_ok(status))
			return status;
	}
	*ret_messages = messages;
	*ret_count = count;
	return status_ok();
}
