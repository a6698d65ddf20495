#include "notes/handlers/service.h"
#include "notes/handlers/wording_form.h"

RPC(Notes, notes, RemoveNoteTemplate, remove_note_template)
{
	struct check check = check_begin(call);
	check_wording_removal(&check, WORDING_NOTE, request->clinic_id, request->code,
			      request->shipped);
	if (check_failed(&check))
		return check_status(&check);
	return wording_take_out(call, WORDING_NOTE, request->clinic_id, request->code,
				request->shipped, &reply->base);
}
