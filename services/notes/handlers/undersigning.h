/* What CosignNote and AddAddendum share: one more signature under a note that is signed. */
#ifndef SOLEUS_NOTES_HANDLERS_UNDERSIGNING_H
#define SOLEUS_NOTES_HANDLERS_UNDERSIGNING_H

#include "events/command.h"
#include "notes/store/signature.h"

#include "soleus/v1/notes_signature.pb-c.h"

/* FIBER. What is known of the note. NOT_FOUND when there is none; FAILED_PRECONDITION when it was
 * amended, with the version that holds. */
FIBER struct status undersigning_read(struct call *call, const char *note_id,
				      struct undersigning_look *ret_seen);

/* The seal of the next signature under the note, now; meaning, text and reason are the handler's.
 */
Soleus__V1__NoteSeal undersigning_seal(const struct undersigning_look *seen, const char *note_id);

/* FIBER. Adds signature, trail and `event`, and commits. ABORTED when somebody else signed at the
 * same moment: the client asks again with the same key. */
FIBER struct status undersigning_keep(struct call *call, const struct undersigning_look *seen,
				      Soleus__V1__NoteSeal *seal, const ProtobufCMessage *event,
				      ProtobufCMessage *reply);

#endif
