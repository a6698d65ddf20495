/* The canonical encoding of a message: the one sequence of bytes that stands for what it says, so
 * that a hash or a signature of the bytes is one of the content.
 *
 * It is protobuf's wire format with what that leaves open decided: fields in the order of their
 * numbers, each once, none with its default value, repeated numbers packed, lengths and numbers in
 * their shortest form, and no field that this program does not know: nobody signs what nobody read.
 * protobuf-c packs so; what is checked here is that bytes were packed so.
 *
 *     encode(decode(bytes)) == bytes, for whatever canonical_decode takes.
 */
#ifndef SOLEUS_BUS_CANONICAL_H
#define SOLEUS_BUS_CANONICAL_H

#include "base/status.h"

#include <protobuf-c/protobuf-c.h>

/* The path of the first field that is not in the descriptors, such as "sites[2].31", in `arena`;
 * NULL when there is none. */
const char *message_unknown_field(const ProtobufCMessage *message, struct arena *arena);

/* Decodes what message_encode packed. INVALID_ARGUMENT for all else, with the path of what is wrong
 * where there is one: bytes that another program packed otherwise are not what was signed. */
struct status canonical_decode(const ProtobufCMessageDescriptor *type, struct arena *arena,
			       const uint8_t *bytes, size_t length, ProtobufCMessage **ret_message);

#endif
