/* Every method of every service, found by name through the generated descriptors. */
#ifndef SOLEUS_CTL_METHODS_H
#define SOLEUS_CTL_METHODS_H

#include "base/arena.h"
#include "base/status.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stdio.h>

struct method {
	const char *full_name; /* soleus.v1.Scheduling.Book */
	const char *daemon;    /* scheduling */
	const ProtobufCMethodDescriptor *descriptor;
};

/* Takes "soleus.v1.Scheduling.Book", "Scheduling.Book" or, where only one service has it, "Book".
 * NOT_FOUND names what is near. Methods of Daemon are addressed as "scheduling.DaemonStatus". */
struct status method_find(struct arena *arena, const char *name, struct method *ret_method);

/* All methods, one a line, with the fields of their requests. */
void methods_print(FILE *out);

/* One method: every field of its request and reply with its type. */
void method_print(FILE *out, const struct method *method);

/* Numbers whose names end in `_at`: microseconds in messages, RFC 3339 for people. */
bool method_field_is_instant(const ProtobufCFieldDescriptor *field);

/* The names of the daemons, NULL-ended, in the order in which they are started. */
extern const char *const method_daemons[];

/* Whether it has events and a trail to be read. */
bool method_daemon_owns_data(const char *daemon);

/* The daemons' own services, NULL-ended. */
extern const ProtobufCServiceDescriptor *const method_services[];

/* Every message type of the contract, NULL-ended (scripts/embed-messages). */
extern const ProtobufCMessageDescriptor *const message_types[];

/* A message type of the contract by its full name, such as an event's; NULL for none. */
const ProtobufCMessageDescriptor *method_message_type(const char *full_name);

#endif
