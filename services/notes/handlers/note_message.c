#include "notes/handlers/note_message.h"

#include <string.h>

static Soleus__V1__TreatedArea *area_message(struct arena *arena, const char *area,
					     const char *side)
{
	Soleus__V1__TreatedArea *message = ARENA_NEW(arena, Soleus__V1__TreatedArea);
	soleus__v1__treated_area__init(message);
	message->area = (char *)area;
	message->side = (char *)side;
	return message;
}

Soleus__V1__TreatedArea **area_messages(struct arena *arena, const struct note_area *areas,
					size_t count)
{
	Soleus__V1__TreatedArea **messages = ARENA_ARRAY(arena, count, Soleus__V1__TreatedArea *);
	for (size_t i = 0; i < count; i++)
		messages[i] = area_message(arena, areas[i].area, note_side_name(areas[i].side));
	return messages;
}

static size_t words_in(const char *text)
{
	size_t words = 0;
	for (; *text; text += strcspn(text, " "), text += *text == ' ')
		words++;
	return words;
}

Soleus__V1__NoteSummary *note_summary_message(struct arena *arena,
					      const struct note_summary_row *row)
{
	Soleus__V1__NoteSummary *message = ARENA_NEW(arena, Soleus__V1__NoteSummary);
	soleus__v1__note_summary__init(message);
	message->note_id = (char *)row->note_id;
	message->encounter_id = (char *)row->encounter_id;
	message->signed_at = row->signed_at;
	message->complaint = (char *)row->complaint;
	message->version = row->version;
	message->awaits_cosignature = row->awaits_cosignature;
	message->areas = ARENA_ARRAY(arena, words_in(row->areas), Soleus__V1__TreatedArea *);
	char *rest = arena_strdup(arena, row->areas);
	for (char *side; (side = strsep(&rest, " "));) {
		char *area = strsep(&side, ":");
		if (side)
			message->areas[message->n_areas++] = area_message(arena, area, side);
	}
	return message;
}
