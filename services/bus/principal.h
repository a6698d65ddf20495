/* Who is on the other end of a connection: what its CURVE key says, never what a message says.
 *
 * The keyring is a text file, one principal a line, written by soleusctl and read again when it
 * changes, so that a revoked key is refused at its next message:
 *
 *     # key (Z85)                              kind    name       roles      organisation subject
 *     rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7 service scheduling service    *            -
 *     %q:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7 person  ana.front  front_desk 0190…        0190…
 *
 * A # where a key would stand begins a comment; no key begins with one. Roles are separated by
 * commas; "-" is no role, no subject. `organisation` "*" is every organisation: services, edges and
 * operators. A principal of kind `edge` (the gateway, the hub) authenticates people itself and may
 * say for whom it acts.
 */
#ifndef SOLEUS_BUS_PRINCIPAL_H
#define SOLEUS_BUS_PRINCIPAL_H

#include "base/arena.h"
#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

enum role {
	ROLE_ATHLETE = 1 << 0,
	ROLE_FRONT_DESK = 1 << 1,
	ROLE_PRACTITIONER = 1 << 2,
	ROLE_CLINIC_LEAD = 1 << 3,
	ROLE_OPERATOR = 1 << 4,
	ROLE_SERVICE = 1 << 5,
};

/* 0 for an unknown name. */
enum role role_from_name(const char *name);

/* The name of one role; NULL for what is not exactly one. Static. */
const char *role_name(enum role role);

/* Words separated by spaces or commas to a set; false (and the word) at an unknown one. */
bool roles_from_text(struct arena *arena, const char *text, unsigned *ret_roles,
		     const char **ret_unknown);

#define KEY_CHARS 40 /* a CURVE key as Z85 */

enum principal_kind { PRINCIPAL_SERVICE, PRINCIPAL_EDGE, PRINCIPAL_SITE, PRINCIPAL_PERSON };

struct principal {
	enum principal_kind kind;
	char key[KEY_CHARS + 1];
	char name[64];
	char through[64]; /* the edge that acts for this person; "" for a key of their own */
	unsigned roles;   /* set of enum role */
	char organisation_id[37]; /* "" for every organisation */
	char subject_id[37];      /* the person's athlete or practitioner id; "" for none */
};

struct keyring;

/* Reads `path`; INVALID_ARGUMENT with line numbers for every bad line. The texts of a failure live
 * until the next one. */
struct status keyring_open(const char *path, struct keyring **ret_keyring);
void keyring_close(struct keyring *keyring);

/* NULL for a stranger. Looks whether the file changed (one stat) each 100 ms, and out of turn
 * before it says NULL: that at most 16 times at once and 50 times a second, so that strangers
 * cannot keep the process at it. A file that became unreadable or wrong keeps the last good one,
 * and is tried again each second. Valid until the next call. */
const struct principal *keyring_find(struct keyring *keyring, const char *key_z85);

#endif
