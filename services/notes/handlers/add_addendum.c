#include "base/text.h"
#include "events/check.h"
#include "notes/handlers/service.h"
#include "notes/handlers/undersigning.h"

#include <string.h>

#define TEXT_BYTES_MAX 10000

RPC(Notes, notes, AddAddendum, add_addendum)
{
	struct check check = check_begin(call);
	check_id(&check, "note_id", request->note_id);
	check_that(&check, !text_is_blank(request->text) && strlen(request->text) <= TEXT_BYTES_MAX,
		   "text", "what is to be added, at most 10,000 bytes");
	check_words(&check, "reason", request->reason);
	check_that(&check, *request->reason, "reason", "why it is added");
	if (check_failed(&check))
		return check_status(&check);

	struct undersigning_look seen;
	struct status status = undersigning_read(call, request->note_id, &seen);
	if (!status_is_ok(status))
		return status;
	Soleus__V1__NoteSeal seal = undersigning_seal(&seen, request->note_id);
	seal.meaning = "addendum";
	seal.text = request->text;
	seal.reason = request->reason;
	reply->number = seal.number;
	reply->signed_at = seal.signed_at;
	Soleus__V1__AddendumAdded event = SOLEUS__V1__ADDENDUM_ADDED__INIT;
	event.note_id = request->note_id;
	event.number = seal.number;
	event.signed_at = seal.signed_at;
	return undersigning_keep(call, &seen, &seal, &event.base, &reply->base);
}
