/* soleusctl vocabulary [KIND]: the codes that a note can be written with. */
#include "ctl/command.h"

#include "soleus/v1/notes.pb-c.h"

#include <stdio.h>

static void print_term(const Soleus__V1__Term *term)
{
	const char *last = *term->values ? term->values : term->area;
	printf("%-15s %-26s %s%s%s%s\n", term->kind, term->code, term->text, *last ? " (" : "",
	       last, *last ? ")" : "");
}

static FIBER int list(struct session *session, void *argument)
{
	struct method method;
	struct session_call call = {0};
	ProtobufCMessage *message = NULL;
	Soleus__V1__ListVocabularyRequest request = SOLEUS__V1__LIST_VOCABULARY_REQUEST__INIT;
	request.kind = argument;
	struct status status = method_find(session->arena, "Notes.ListVocabulary", &method);
	if (status_is_ok(status))
		status = session_call_message(session, &method, &call, &request.base, &message);
	if (!status_is_ok(status))
		return session_complain("vocabulary", status);
	const Soleus__V1__ListVocabularyReply *reply =
		(const Soleus__V1__ListVocabularyReply *)message;
	for (size_t i = 0; i < reply->n_terms; i++)
		print_term(reply->terms[i]);
	return 0;
}

int command_vocabulary(const struct command_line *line)
{
	static char all[] = "";
	return session_run(&line->options, list, line->count > 0 ? line->words[0] : all);
}
