#include "notes/handlers/signing_key.h"

#include <sodium.h>

static_assert(SIGNING_KEY_BYTES == crypto_sign_PUBLICKEYBYTES, "as libsodium has it");
static_assert(SIGNATURE_BYTES == crypto_sign_BYTES, "as libsodium has it");
static_assert(DAEMON_SECRET_BYTES == crypto_sign_SEEDBYTES, "as libsodium has it");

/* Keeps a signature under a note from being one under anything else. */
static const unsigned char domain[] = "soleus note seal 1";

static unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
static unsigned char secret_key[crypto_sign_SECRETKEYBYTES];

void signing_key_open(const struct daemon *daemon)
{
	uint8_t seed[DAEMON_SECRET_BYTES];
	daemon_secret(daemon, "signing notes", seed);
	crypto_sign_seed_keypair(public_key, secret_key, seed);
	sodium_memzero(seed, sizeof(seed));
}

const uint8_t *signing_key_public(void)
{
	return public_key;
}

/* Ed25519ph: the seal is hashed as it is fed, so domain and seal need no common buffer. */
void signing_key_sign(const uint8_t *seal, size_t length, uint8_t ret_signature[SIGNATURE_BYTES])
{
	crypto_sign_state state;
	crypto_sign_init(&state);
	crypto_sign_update(&state, domain, sizeof(domain));
	crypto_sign_update(&state, seal, length);
	crypto_sign_final_create(&state, ret_signature, NULL, secret_key);
}
