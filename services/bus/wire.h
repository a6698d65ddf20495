/* Looks at the bytes of a message before protobuf-c does. protobuf-c takes text that is not UTF-8,
 * cuts text at a NUL without a word, and recurses as deep as the sender likes; once it has decoded,
 * none of that can be seen any more.
 *
 * Cost: one pass over the bytes, no allocation unless something is wrong.
 */
#ifndef SOLEUS_BUS_WIRE_H
#define SOLEUS_BUS_WIRE_H

#include "base/arena.h"
#include "base/status.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WIRE_DEPTH_MAX  16
#define WIRE_FAULTS_MAX 16

/* What text may hold besides. */
enum wire_text {
	WIRE_TEXT_ANY,
	WIRE_TEXT_PLAIN, /* what people type: text_is_plain */
};

/* True when the bytes have the shape of a `type` down to WIRE_DEPTH_MAX levels and all text is
 * UTF-8 without NUL, and as `text` says; else adds at most WIRE_FAULTS_MAX faults with paths such
 * as "sites[2].muscle". */
bool wire_check(const ProtobufCMessageDescriptor *type, enum wire_text text, struct arena *arena,
		const uint8_t *bytes, size_t length, struct faults *faults);

/* The last field `number` of bytes, text or message kind at the top level, as a decoder would see
 * it; false when none can be read, and both outputs are then untouched. For what must be known even
 * of a message that is not well-formed otherwise. */
bool wire_find(const uint8_t *bytes, size_t length, uint32_t number, const uint8_t **ret_content,
	       size_t *ret_length);

#endif
