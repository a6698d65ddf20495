/* Every method of the services that a server offers, by full name: built from the descriptors that
 * protoc-c generated and the rules of access.conf. Cost of a look-up: one hash of the name.
 */
#ifndef SOLEUS_BUS_METHOD_TABLE_H
#define SOLEUS_BUS_METHOD_TABLE_H

#include "base/status.h"
#include "bus/bus.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>

#define METHOD_NAME_MAX 255

struct method {
	const char *name; /* "soleus.v1.Scheduling.Book" */
	size_t name_length;
	ProtobufCService *service;
	unsigned index; /* within the service */
	const ProtobufCMessageDescriptor *input;
	bool command;
	unsigned roles;
	unsigned number; /* within the table */
};

struct method_table;

/* `rules` ends with a rule without method. FAILED_PRECONDITION for a method without a rule, two
 * methods of one name, and names beyond METHOD_NAME_MAX. */
struct status method_table_new(ProtobufCService *const *services, const struct access_rule *rules,
			       struct method_table **ret_table);
void method_table_free(struct method_table *table);

/* NULL when there is none. */
const struct method *method_table_find(const struct method_table *table, const char *name,
				       size_t length);

size_t method_table_count(const struct method_table *table);
const struct method *method_table_at(const struct method_table *table, size_t number);

#endif
