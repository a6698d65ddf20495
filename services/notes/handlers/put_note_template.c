#include "notes/handlers/service.h"
#include "notes/handlers/wording_form.h"
#include "notes/rules/plan.h"

#define BYTES_MOST 8000

RPC(Notes, notes, PutNoteTemplate, put_note_template)
{
	struct check check = check_begin(call);
	check_wording(&check, request->clinic_id, request->code);
	check_name(&check, "name", request->name);
	check_that(&check, !*request->area || plan_area_is_known(request->area), "area",
		   "an area's code, such as calf, or nothing");
	check_id_or_empty(&check, "service_id", request->service_id);
	check_that(&check, call->request_length <= BYTES_MOST, "note", "at most 8,000 bytes");
	check_that(&check, request->note, "note", "a note, partly filled");
	if (request->note)
		check_template_note(&check, request->note);
	if (check_failed(&check))
		return check_status(&check);

	Soleus__V1__NoteTemplate kept = SOLEUS__V1__NOTE_TEMPLATE__INIT;
	kept.name = request->name;
	kept.area = request->area;
	kept.service_id = request->service_id;
	kept.note = request->note;
	return wording_keep(call, WORDING_NOTE, request->clinic_id, request->code, &kept.base,
			    &reply->base);
}
