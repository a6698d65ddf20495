#include "directory/handlers/retention_message.h"

#include "base/text.h"
#include "directory/store/retention.h"

Soleus__V1__Retention *retention_message(struct arena *arena, const struct retention *retention,
					 int64_t last_treated_at)
{
	char date[TEXT_INSTANT_BYTES];
	const struct pack *pack = retention->pack;
	if (!pack)
		return NULL;
	Soleus__V1__Retention *message = ARENA_NEW(arena, Soleus__V1__Retention);
	soleus__v1__retention__init(message);
	text_from_date(retention->until_day, date);
	message->kept_until = arena_strdup(arena, date);
	message->last_treated_at = last_treated_at;
	message->pack_code = (char *)pack->code;
	message->pack_version = pack->version;
	message->unverified = retention->unverified;
	message->source = (char *)(pack->retention_source ? pack->retention_source : pack->source);
	return message;
}

Soleus__V1__Retention *retention_message_of(struct arena *arena, const struct db_result *rows)
{
	struct retention retention = retention_of_nobody;
	int64_t last = 0;
	for (size_t i = 0; i < db_result_rows(rows); i++) {
		const struct treatment_row row = treatment_row(rows, i);
		if (!row.treated)
			continue;
		retention_add(&retention, &row.last);
		if (row.treated_at > last)
			last = row.treated_at;
	}
	return retention_message(arena, &retention, last);
}

/* What an erasure leaves: tests/integration/test_erasure.c looks everywhere for what is not said
 * here. */
static const char *const stays[] = {
	"signed notes with their versions, signatures, addenda and adverse events, until the term "
	"is over",
	"screenings, consents, measures and the times of visits, with the words that staff wrote "
	"about them",
	"the audit trail: who read or wrote this record, and this erasure with its reason",
	"zone and home clinic of the record, by which access to it is judged",
};

Soleus__V1__Erasure *erasure_message(struct arena *arena, const struct erasure_row *erasure)
{
	Soleus__V1__Erasure *message = ARENA_NEW(arena, Soleus__V1__Erasure);
	soleus__v1__erasure__init(message);
	message->erased_at = erasure->erased_at;
	message->erased_by = (char *)erasure->erased_by;
	message->reason = (char *)erasure->reason;
	message->request_reference = (char *)erasure->request_reference;
	message->stays = (char **)stays;
	message->n_stays = sizeof(stays) / sizeof(stays[0]);
	return message;
}

Soleus__V1__Erasure *erasure_message_of(struct arena *arena, const struct db_result *rows)
{
	if (db_result_rows(rows) == 0)
		return NULL;
	const struct erasure_row row = erasure_row(rows, 0);
	return erasure_message(arena, &row);
}
