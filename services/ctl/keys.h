/* Keys of daemons and people: made, listed, revoked. CURVE keys as Z85 text.
 *
 * KEYS_DIR/NAME.secret (mode 0600) is the secret, KEYS_DIR/keyring says who a public key is (see
 * bus/principal.h), KEYS_DIR/servers holds the daemons' public keys for their clients (both 0644).
 * Files are replaced by rename, so that a daemon that reads meanwhile sees the old or the new; a
 * keyring that no daemon could read is refused. KEYS_DIR/.lock lets one soleusctl at a time change
 * them.
 */
#ifndef SOLEUS_CTL_KEYS_H
#define SOLEUS_CTL_KEYS_H

#include "base/arena.h"
#include "base/status.h"

struct key_request {
	const char *name;            /* letters, digits, . _ - */
	const char *kind;            /* service, edge, site, person */
	const char *roles;           /* comma-separated */
	const char *organisation_id; /* "*" for every one */
	const char *subject_id;      /* "-" for none */
};

/* Keys of all daemons and of `operator`; what is there stays. */
struct status keys_init(struct arena *arena, const char *keys_dir);

/* Makes a key pair and its line in the keyring. A name that is there: its line is replaced, its
 * key stays. */
struct status keys_issue(struct arena *arena, const char *keys_dir,
			 const struct key_request *request);

/* What the keyring says of `name` behind its public key ("person NAME ROLES ORGANISATION SUBJECT");
 * "" when it knows none. */
struct status keys_find(struct arena *arena, const char *keys_dir, const char *name,
			const char **ret_rights);

/* Takes the principal's line out of the keyring and deletes its secret; NOT_FOUND when there is
 * none. */
struct status keys_revoke(struct arena *arena, const char *keys_dir, const char *name);

#endif
