#include "notes/handlers/draft_message.h"

#include "base/text.h"
#include "bus/bus.h"
#include "notes/handlers/access.h"

struct status draft_note(struct arena *arena, const struct draft_content *content,
			 Soleus__V1__Note **ret_note)
{
	ProtobufCMessage *message = NULL;
	if (content->bytes &&
	    !status_is_ok(message_decode(&soleus__v1__note__descriptor, arena, content->bytes,
					 content->length, &message)))
		return status_error(STATUS_DATA_LOSS, "the stored draft cannot be read");
	*ret_note = (Soleus__V1__Note *)message;
	return status_ok();
}

struct status draft_message(struct arena *arena, const struct draft_look *seen,
			    Soleus__V1__Draft **ret_draft)
{
	if (seen->version == 0)
		return status_ok();
	Soleus__V1__Draft *draft = ARENA_NEW(arena, Soleus__V1__Draft);
	if (!draft)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "a smaller draft was expected");
	soleus__v1__draft__init(draft);
	draft->version = seen->version;
	draft->saved_by = (char *)seen->saved_by;
	draft->saved_at = seen->saved_at;
	*ret_draft = draft;
	return draft_note(arena, &seen->content, &draft->note);
}

FIBER struct status draft_read(const struct call *call, const char *encounter_id,
			       struct draft_look *ret_seen)
{
	struct db_unit *unit = call_unit(call);
	guard_encounter(call, unit, encounter_id);
	size_t seen = draft_look(unit, call->organisation_id, encounter_id, 0);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return guarded(unit, status);
	*ret_seen = draft_looked(unit, seen);
	return status;
}

struct status draft_refuse_unread(struct arena *arena, const struct draft_look *seen,
				  int32_t version)
{
	char at[TEXT_INSTANT_BYTES];
	if (seen->version == version)
		return status_ok();
	text_from_instant(seen->saved_at, at);
	if (seen->version > 0)
		return status_errorf(arena, STATUS_FAILED_PRECONDITION,
				     "the draft was changed by %s at %s: read version %d first",
				     seen->saved_by, at, seen->version);
	if (!*seen->saved_by)
		return status_error(STATUS_FAILED_PRECONDITION, "there is no draft");
	return status_errorf(arena, STATUS_FAILED_PRECONDITION,
			     "the draft was discarded by %s at %s", seen->saved_by, at);
}
