/* Messages as JSON and back, by their protobuf-c descriptors: any message, no code of its own.
 *
 * Names are those of the .proto. A field that ends in `_at` is an instant: RFC 3339 text in JSON
 * (a number of microseconds is understood too). 64-bit numbers may be text, bytes are hexadecimal.
 * On the way out, fields at their default are left out, but for numbers with a fraction: a score
 * of zero is a score.
 */
#ifndef SOLEUS_CTL_JSON_H
#define SOLEUS_CTL_JSON_H

#include "base/arena.h"
#include "base/status.h"

#include <protobuf-c/protobuf-c.h>

struct json_object;

/* A message in `arena` from JSON text; INVALID_ARGUMENT with every fault and its path. */
struct status json_to_message(struct arena *arena, const ProtobufCMessageDescriptor *type,
			      const char *text, ProtobufCMessage **ret_message);

/* A json-c object; the caller ends it with json_object_put. */
struct json_object *json_from_message(const ProtobufCMessage *message);

/* Parses text whole; faults name line and column. The caller ends it with json_object_put. */
struct status json_parse(struct arena *arena, const char *text, struct json_object **ret_object);

/* For people: two spaces a level, slashes as they are. In `arena`. */
const char *json_print(struct arena *arena, struct json_object *object);

/* For programs: one line. In `arena`. */
const char *json_line(struct arena *arena, struct json_object *object);

#endif
