/* Clinics, people and hours for tests that make many of them, by calls of a desk. Each call must be
 * done, else the test fails. */
#ifndef SOLEUS_TESTS_GROUNDS_H
#define SOLEUS_TESTS_GROUNDS_H

#include "desk.h"

#include "base/text.h"

typedef char identity[TEXT_UUID_BYTES];

/* FIBER. The reply of a call that must be done; `about` is said when it is not. */
FIBER void *grounds_ask(struct desk *desk, const char *rpc, const char *about, struct arena *arena,
			const ProtobufCMessage *request);

FIBER void grounds_clinic(struct desk *desk, const char *name, const char *zone,
			  identity ret_clinic);
FIBER void grounds_room(struct desk *desk, const identity clinic, const char *name,
			int32_t capacity, identity ret_room);
FIBER void grounds_practitioner(struct desk *desk, const identity clinic, const char *name,
				identity ret_practitioner);
FIBER void grounds_athlete(struct desk *desk, const identity clinic, const char *name,
			   const char *zone, identity ret_athlete);
FIBER void grounds_service(struct desk *desk, const char *name, int minutes, int before, int after,
			   identity ret_service);

/* The same hours on every day of the week. Scheduling knows clinic and practitioner by now. */
FIBER void grounds_hours(struct desk *desk, const identity clinic, const identity practitioner,
			 const char *opens, const char *closes);

#endif
