#include "notes/handlers/service.h"
#include "notes/handlers/wording_form.h"

#include "base/text.h"

#include <string.h>

#define TEXT_BYTES_MOST 2000

RPC(Notes, notes, PutPhrase, put_phrase)
{
	struct check check = check_begin(call);
	check_wording(&check, request->clinic_id, request->code);
	check_that(&check,
		   !text_is_blank(request->text) && strlen(request->text) <= TEXT_BYTES_MOST,
		   "text", "what it stands for, at most 2,000 bytes");
	if (check_failed(&check))
		return check_status(&check);

	Soleus__V1__Phrase phrase = SOLEUS__V1__PHRASE__INIT;
	phrase.text = request->text;
	return wording_keep(call, WORDING_PHRASE, request->clinic_id, request->code, &phrase.base,
			    &reply->base);
}
