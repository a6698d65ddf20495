#include "events/check.h"
#include "notes/handlers/service.h"
#include "notes/rules/questionnaire.h"

/* The same for all, so that it needs no organisation: who has a link alone is asked too. */
RPC(Notes, notes, GetQuestionnaire, get_questionnaire)
{
	struct check check = {.arena = call->arena};
	enum questionnaire_language language = QUESTIONNAIRE_EN;
	check_that(&check, questionnaire_language_find(request->language, &language), "language",
		   "en or de");
	if (check_failed(&check))
		return check_status(&check);

	reply->language = (char *)questionnaire_language_name(language);
	reply->questions = ARENA_ARRAY(call->arena, CAUTION_ITEMS, Soleus__V1__Question *);
	for (int item = 0; item < CAUTION_ITEMS; item++) {
		Soleus__V1__Question *question = ARENA_NEW(call->arena, Soleus__V1__Question);
		soleus__v1__question__init(question);
		question->item = (char *)caution_items[item].code;
		question->text = (char *)questionnaire[item][language];
		reply->questions[reply->n_questions++] = question;
	}
	return status_ok();
}
