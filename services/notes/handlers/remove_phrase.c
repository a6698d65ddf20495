#include "notes/handlers/service.h"
#include "notes/handlers/wording_form.h"

RPC(Notes, notes, RemovePhrase, remove_phrase)
{
	struct check check = check_begin(call);
	check_wording_removal(&check, WORDING_PHRASE, request->clinic_id, request->code,
			      request->shipped);
	if (check_failed(&check))
		return check_status(&check);
	return wording_take_out(call, WORDING_PHRASE, request->clinic_id, request->code,
				request->shipped, &reply->base);
}
