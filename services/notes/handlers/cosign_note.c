#include "events/check.h"
#include "notes/handlers/service.h"
#include "notes/handlers/undersigning.h"

#include "base/text.h"

#include <string.h>
#include <strings.h>

static struct status refuse(const struct call *call, const struct undersigning_look *seen,
			    const char *text)
{
	if (seen->has_signed)
		return status_error(STATUS_FAILED_PRECONDITION, "you have signed this note");
	if (strcasecmp(seen->cosigner_id, call->principal->subject_id) == 0)
		return status_ok();
	bool leads = call->principal->roles & ROLE_CLINIC_LEAD;
	if (*seen->cosigner_id && leads && !text_is_blank(text))
		return status_ok(); /* who was asked may have left, and the author too */
	if (*seen->cosigner_id)
		return status_error(
			STATUS_PERMISSION_DENIED,
			"another practitioner was asked to sign this note too; a clinic "
			"lead signs in their place with the reason as text");
	if (!leads)
		return status_error(STATUS_PERMISSION_DENIED,
				    "nobody was asked to sign this note too: who signed it "
				    "amends it with a cosigner_id");
	return status_ok();
}

RPC(Notes, notes, CosignNote, cosign_note)
{
	struct check check = check_begin(call);
	check_id(&check, "note_id", request->note_id);
	check_words(&check, "text", request->text);
	if (check_failed(&check))
		return check_status(&check);
	if (!*call->principal->subject_id)
		return status_error(STATUS_PERMISSION_DENIED,
				    "a practitioner signs: this key names no person");

	struct undersigning_look seen;
	struct status status = undersigning_read(call, request->note_id, &seen);
	if (!status_is_ok(status))
		return status;
	status = refuse(call, &seen, request->text);
	if (!status_is_ok(status))
		return status;
	Soleus__V1__NoteSeal seal = undersigning_seal(&seen, request->note_id);
	seal.meaning = "cosigner";
	seal.text = request->text;
	reply->number = seal.number;
	reply->signed_at = seal.signed_at;
	Soleus__V1__NoteCosigned event = SOLEUS__V1__NOTE_COSIGNED__INIT;
	event.note_id = request->note_id;
	event.signer_id = (char *)call->principal->subject_id;
	event.signed_at = seal.signed_at;
	return undersigning_keep(call, &seen, &seal, &event.base, &reply->base);
}
