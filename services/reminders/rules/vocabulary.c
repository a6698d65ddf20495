#include "reminders/rules/vocabulary.h"

#include <string.h>

const struct vocabulary_entry *vocabulary_find(enum vocabulary_use from, enum vocabulary_use until,
					       const char *phrase, size_t length)
{
	for (size_t i = 0; i < vocabulary_count; i++) {
		const struct vocabulary_entry *entry = &vocabulary[i];
		if (entry->use >= from && entry->use <= until &&
		    strncmp(entry->phrase, phrase, length) == 0 && !entry->phrase[length])
			return entry;
	}
	return NULL;
}

bool vocabulary_has(enum vocabulary_use use, const char *phrase, size_t length)
{
	return vocabulary_find(use, use, phrase, length) != NULL;
}
