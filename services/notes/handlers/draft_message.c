#include "notes/handlers/draft_message.h"

#include "bus/bus.h"

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
