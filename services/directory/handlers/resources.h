/* What rooms and practitioners have in common: lists of words that services ask for. */
#ifndef SOLEUS_DIRECTORY_HANDLERS_RESOURCES_H
#define SOLEUS_DIRECTORY_HANDLERS_RESOURCES_H

#include "directory/handlers/check.h"
#include "directory/store/place.h"

#define CLINICS_MAX 100

/* At most 20 names. */
void check_word_list(struct check *check, const char *field, char **words, size_t count);
void check_clinic_ids(struct check *check, char **clinic_ids, size_t count);
/* 1 to 50, or 0 for 1. */
void check_capacity(struct check *check, int32_t capacity);

/* The training that a request or an event tells of, field by field. */
struct training check_training(struct check *check, int32_t hours, const char *place,
			       const char *on);

/* A list that was read, as a message has it. */
char **word_list(struct arena *arena, const char *read, size_t *ret_count);

#endif
