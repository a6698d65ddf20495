/* What PutPhrase, PutNoteTemplate and their lists and removals share. */
#ifndef SOLEUS_NOTES_HANDLERS_WORDING_FORM_H
#define SOLEUS_NOTES_HANDLERS_WORDING_FORM_H

#include "events/check.h"
#include "notes/store/wording.h"

#include "soleus/v1/notes.pb-c.h"

#define WORDING_PAGE 100

/* Of whom, and the code: 1 to 32 small letters, digits, _ and -. */
void check_wording(struct check *check, const char *clinic_id, const char *code);

/* A page of a list: whose, and behind which code. */
void check_wordings(struct check *check, const char *clinic_id, int32_t limit);

/* What a note template may say: never what is one athlete's. */
void check_template_note(struct check *check, const Soleus__V1__Note *note);

/* What is taken out; `with_ours`: also what comes with the programs, which must have the code. */
void check_wording_removal(struct check *check, const char *kind, const char *clinic_id,
			   const char *code, bool with_ours);

/* FIBER. Keeps `content`, or takes the code out. NOT_FOUND for a clinic that there is not. */
FIBER struct status wording_keep(struct call *call, const char *kind, const char *clinic_id,
				 const char *code, const ProtobufCMessage *content,
				 ProtobufCMessage *reply);
FIBER struct status wording_take_out(struct call *call, const char *kind, const char *clinic_id,
				     const char *code, bool with_ours, ProtobufCMessage *reply);

/* FIBER. The rows of a page. */
FIBER struct status wordings_read(struct call *call, const char *kind, const char *clinic_id,
				  const char *after_code, int32_t limit,
				  const struct db_result **ret_rows);

/* A row's content; DATA_LOSS for one that cannot be read. */
struct status wording_decode(struct arena *arena, const ProtobufCMessageDescriptor *type,
			     const struct wording_row *row, ProtobufCMessage **ret_message);

#endif
