/* The Ed25519 key with which this daemon signs, for whoever the connection's key says. It follows
 * from the daemon's own secret key, so instances that share that one sign alike, and a new one
 * begins a new signing key: what was signed before is checked with the public key that is kept
 * beside it. */
#ifndef SOLEUS_NOTES_HANDLERS_SIGNING_KEY_H
#define SOLEUS_NOTES_HANDLERS_SIGNING_KEY_H

#include "daemon/daemon.h"
#include "notes/store/signature.h"

/* Before the first signature. */
void signing_key_open(const struct daemon *daemon);

const uint8_t *signing_key_public(void); /* SIGNING_KEY_BYTES, static */

/* Signs "soleus note seal 1", a NUL and `seal`. */
void signing_key_sign(const uint8_t *seal, size_t length, uint8_t ret_signature[SIGNATURE_BYTES]);

#endif
