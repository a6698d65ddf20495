/* The questions before a visit, by the link that notes has made for it. */
#include "gateway/ask.h"
#include "gateway/handlers/pages.h"
#include "gateway/page.h"

#include "soleus/v1/notes.pb-c.h"

#include <string.h>

static struct ask to_notes(const char *method)
{
	return (struct ask){"notes", &soleus__v1__notes__descriptor, method, ""};
}

static void add_question(struct page *page, const Soleus__V1__Question *question)
{
	const char *item = page_safe(page, question->item);
	page_add(page, "<fieldset>\n<legend>%s</legend>\n", page_safe(page, question->text));
	page_add(page,
		 "<label><input type=\"radio\" name=\"%s\" value=\"yes\"> %s</label>\n"
		 "<label><input type=\"radio\" name=\"%s\" value=\"no\"> %s</label>\n</fieldset>\n",
		 item, page_words(page, "yes"), item, page_words(page, "no"));
}

/* The same for every link: whether this one is valid, its answers tell. */
FIBER void screening_show(struct http_exchange *exchange)
{
	const struct ask what = to_notes("GetQuestionnaire");
	Soleus__V1__GetQuestionnaireRequest request = SOLEUS__V1__GET_QUESTIONNAIRE_REQUEST__INIT;
	ProtobufCMessage *reply = NULL;
	struct page page = page_begin(exchange, NULL);
	request.language = (char *)language_code(page.language);
	struct status status = ask(exchange, &what, &request.base, &reply);
	if (!status_is_ok(status)) {
		page_fail(exchange, status);
		return;
	}
	const Soleus__V1__GetQuestionnaireReply *asked =
		(const Soleus__V1__GetQuestionnaireReply *)reply;
	page_paragraph(&page, page_words(&page, "screen.ask"));
	page_add(&page,
		 "<form method=\"post\">\n<input type=\"hidden\" name=\"language\" "
		 "value=\"%s\">\n",
		 language_code(page.language));
	for (size_t i = 0; i < asked->n_questions; i++)
		add_question(&page, asked->questions[i]);
	page_add(&page, "<button>%s</button>\n</form>\n", page_words(&page, "do.answer"));
	page_end(&page, 200);
}

/* Every field but the language is an answer to its question. */
static bool read_answers(struct http_exchange *exchange,
			 Soleus__V1__AnswerScreeningRequest *request)
{
	const struct http_fields *form = &exchange->form;
	request->answers =
		ARENA_ARRAY(exchange->arena, form->count + 1, Soleus__V1__ScreeningAnswer *);
	for (size_t i = 0; request->answers && i < form->count; i++) {
		if (strcmp(form->fields[i].name, "language") == 0)
			continue;
		Soleus__V1__ScreeningAnswer *answer =
			ARENA_NEW(exchange->arena, Soleus__V1__ScreeningAnswer);
		if (!answer)
			return false;
		soleus__v1__screening_answer__init(answer);
		answer->item = (char *)form->fields[i].name;
		answer->answer = (char *)form->fields[i].value;
		request->answers[request->n_answers++] = answer;
	}
	return request->answers != NULL;
}

static void show_outcome(struct http_exchange *exchange,
			 const Soleus__V1__AnswerScreeningReply *reply)
{
	struct page page = page_begin(exchange, NULL);
	page_paragraph(&page, page_words(&page, "screen.thanks"));
	if (reply->n_open_items > 0)
		page_add(&page, "<p><a href=\"\">%s</a></p>\n", page_words(&page, "screen.open"));
	else if (strcmp(reply->outcome, "clear") != 0)
		page_paragraph(&page, page_words(&page, "screen.talk"));
	page_end(&page, 200);
}

FIBER void screening_act(struct http_exchange *exchange)
{
	const struct ask what = to_notes("AnswerScreening");
	Soleus__V1__AnswerScreeningRequest request = SOLEUS__V1__ANSWER_SCREENING_REQUEST__INIT;
	const char *language = http_field(&exchange->form, "language");
	ProtobufCMessage *reply = NULL;
	request.token = (char *)exchange->parameter;
	request.language = (char *)(language ? language : "en");
	struct status status = status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the answers");
	if (read_answers(exchange, &request))
		status = ask(exchange, &what, &request.base, &reply);
	if (status_is_ok(status))
		show_outcome(exchange, (const Soleus__V1__AnswerScreeningReply *)reply);
	else
		page_fail(exchange, status);
}
