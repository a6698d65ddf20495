/* soleusctl retention list: whose signed notes the law no longer asks to keep. */
#include "ctl/command.h"

#include "soleus/v1/directory.pb-c.h"

#include <stdio.h>
#include <string.h>

static void print_athlete(const Soleus__V1__RetainedAthlete *athlete)
{
	const Soleus__V1__Retention *retention = athlete->retention;
	printf("%s  kept until %s by %s %d%s  %s %s\n", athlete->athlete_id, retention->kept_until,
	       retention->pack_code, retention->pack_version,
	       retention->unverified ? " (unverified: look it up)" : "", athlete->given_name,
	       athlete->family_name);
}

static FIBER int list(struct session *session, void *argument)
{
	struct method method;
	struct session_call call = {0};
	size_t count = 0;
	Soleus__V1__ListRetentionRequest request = SOLEUS__V1__LIST_RETENTION_REQUEST__INIT;
	struct status status = method_find(session->arena, "Directory.ListRetention", &method);
	(void)argument;
	for (bool more = true; more && status_is_ok(status);) {
		ProtobufCMessage *message = NULL;
		status = session_call_message(session, &method, &call, &request.base, &message);
		const Soleus__V1__ListRetentionReply *reply =
			(const Soleus__V1__ListRetentionReply *)message;
		if (!status_is_ok(status))
			break;
		for (size_t i = 0; i < reply->n_athletes; i++)
			print_athlete(reply->athletes[i]);
		count += reply->n_athletes;
		request.after_athlete_id = reply->next_after_id;
		more = *reply->next_after_id != '\0';
	}
	if (!status_is_ok(status))
		return session_complain("retention", status);
	printf("%zu athletes whose term is over\n", count);
	return 0;
}

int command_retention(const struct command_line *line)
{
	if (strcmp(line->words[0], "list") == 0)
		return session_run(&line->options, list, NULL);
	fprintf(stderr, "usage: soleusctl retention list\n");
	return 2;
}
