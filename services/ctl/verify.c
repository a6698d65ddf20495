#include "bus/canonical.h"
#include "ctl/command.h"

#include "soleus/v1/notes.pb-c.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* What a signature is of begins with this and its NUL: proto/soleus/v1/notes_signature.proto. */
static const unsigned char domain[] = "soleus note seal 1";

struct verification {
	struct session *session;
	const char *note_id;
	const Soleus__V1__GetNoteReply *note;
	const Soleus__V1__ListSigningKeysReply *keys;
	unsigned char hash[crypto_generichash_BYTES]; /* of the content as it came */
	unsigned faults;
};

static void complain(struct verification *verification, int number, const char *what)
{
	verification->faults++;
	if (number > 0)
		printf("  signature %d: NOT VALID: %s\n", number, what);
	else
		printf("  content: NOT VALID: %s\n", what);
}

static bool holds(const Soleus__V1__Signature *signature)
{
	crypto_sign_state state;
	if (signature->signature.len != crypto_sign_BYTES ||
	    signature->public_key.len != crypto_sign_PUBLICKEYBYTES)
		return false;
	crypto_sign_init(&state);
	crypto_sign_update(&state, domain, sizeof(domain));
	crypto_sign_update(&state, signature->seal_bytes.data, signature->seal_bytes.len);
	return crypto_sign_final_verify(&state, signature->signature.data,
					signature->public_key.data) == 0;
}

static bool is_listed(const Soleus__V1__ListSigningKeysReply *keys, const ProtobufCBinaryData *key)
{
	for (size_t i = 0; i < keys->n_keys; i++)
		if (keys->keys[i]->public_key.len == key->len &&
		    memcmp(keys->keys[i]->public_key.data, key->data, key->len) == 0)
			return true;
	return false;
}

struct sealed {
	const char *name, *sealed, *stored;
};

static const char *instant(struct arena *arena, int64_t instant_us)
{
	return arena_printf(arena, "%" PRId64, instant_us);
}

static const char *differing(struct arena *arena, const struct sealed *fields, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(fields[i].sealed, fields[i].stored) != 0)
			return arena_printf(arena, "it is of another %s", fields[i].name);
	return NULL;
}

/* What the note says of itself beside its content is what was sealed: by every signature, and by
 * the author's. Seals of form 0 were made before co-signers were in them. */
static const char *other_than_sealed(const struct verification *verification,
				     const Soleus__V1__NoteSeal *seal)
{
	struct arena *arena = verification->session->arena;
	const Soleus__V1__GetNoteReply *note = verification->note;
	const struct sealed every[] = {
		{"note", seal->note_id, verification->note_id},
		{"version", instant(arena, seal->version), instant(arena, note->version)},
		{"athlete", seal->athlete_id, note->athlete_id},
		{"practitioner", seal->practitioner_id, note->practitioner_id},
		{"clinic", seal->clinic_id, note->clinic_id},
		{"encounter", seal->encounter_id, note->encounter_id},
		{"appointment", seal->appointment_id, note->appointment_id},
		{"screening", seal->screening_id, note->screening_id},
		{"amended note", seal->amends_note_id, note->amends_note_id},
	};
	const char *fault = differing(arena, every, sizeof(every) / sizeof(every[0]));
	if (fault || seal->number != 1)
		return fault;
	const struct sealed of_author[] = {
		{"meaning", seal->meaning, "author"},
		{"signer", seal->signer, note->signed_by},
		{"instant", instant(arena, seal->signed_at), instant(arena, note->signed_at)},
		{"treatment", instant(arena, seal->treated_at), instant(arena, note->treated_at)},
		{"reason", seal->reason, note->reason},
		{"rule pack", seal->pack_code, note->pack->code},
		{"rule pack", instant(arena, seal->pack_version),
		 instant(arena, note->pack->version)},
		{"co-signer", seal->cosigner_id,
		 seal->form > 0 || *seal->cosigner_id ? note->cosigner_id : ""},
	};
	return differing(arena, of_author, sizeof(of_author) / sizeof(of_author[0]));
}

/* Why the signature does not stand for this note; NULL when it does. */
static const char *fault_of(const struct verification *verification,
			    const Soleus__V1__Signature *signature, int number)
{
	ProtobufCMessage *decoded;
	if (!holds(signature))
		return "the seal was changed, or another key signed it";
	struct status status =
		canonical_decode(&soleus__v1__note_seal__descriptor, verification->session->arena,
				 signature->seal_bytes.data, signature->seal_bytes.len, &decoded);
	if (!status_is_ok(status))
		return "the seal is not in its canonical encoding";
	const Soleus__V1__NoteSeal *seal = (const Soleus__V1__NoteSeal *)decoded;
	if (seal->content_hash.len != sizeof(verification->hash) ||
	    memcmp(seal->content_hash.data, verification->hash, sizeof(verification->hash)) != 0)
		return "it is of another content";
	const char *other = other_than_sealed(verification, seal);
	if (other)
		return other;
	if (seal->number != number)
		return "it is not in its place: one is missing";
	if (!is_listed(verification->keys, &signature->public_key))
		return "its key is not among ListSigningKeys";
	return NULL;
}

static void check_signature(struct verification *verification, size_t at)
{
	const Soleus__V1__Signature *signature = verification->note->signatures[at];
	const Soleus__V1__NoteSeal *seal = signature->seal;
	const char *fault = fault_of(verification, signature, (int)at + 1);
	char key[2 * crypto_sign_PUBLICKEYBYTES + 1] = "";
	if (fault) {
		complain(verification, (int)at + 1, fault);
		return;
	}
	sodium_bin2hex(key, sizeof(key), signature->public_key.data, signature->public_key.len);
	printf("  signature %zu: valid: %s by %s, key %.16s…\n", at + 1, seal->meaning,
	       seal->signer, key);
}

/* Of a version before: whose content its seal names is not here, so that it is whole is all that is
 * said of it. */
static void check_earlier(struct verification *verification, size_t at)
{
	const Soleus__V1__Signature *signature = verification->note->earlier_addenda[at];
	const Soleus__V1__NoteSeal *seal = signature->seal;
	if (!holds(signature) || !is_listed(verification->keys, &signature->public_key))
		complain(verification, seal->number,
			 "an addendum of an earlier version was changed");
	else
		printf("  addendum under version %" PRId32 ", %s: valid: by %s\n", seal->version,
		       seal->note_id, seal->signer);
}

static void check_content(struct verification *verification)
{
	const Soleus__V1__GetNoteReply *note = verification->note;
	char hash[2 * sizeof(verification->hash) + 1];
	ProtobufCMessage *decoded;
	crypto_generichash(verification->hash, sizeof(verification->hash), note->content.data,
			   note->content.len, NULL, 0);
	sodium_bin2hex(hash, sizeof(hash), verification->hash, sizeof(verification->hash));
	struct status status =
		canonical_decode(&soleus__v1__note__descriptor, verification->session->arena,
				 note->content.data, note->content.len, &decoded);
	if (!status_is_ok(status))
		complain(verification, 0, "it is not in its canonical encoding");
	else if (strcmp(hash, note->content_hash) != 0)
		complain(verification, 0, "its hash is another one");
	else
		printf("  content: %zu bytes, BLAKE2b-256 %.16s…\n", note->content.len, hash);
}

static FIBER struct status ask(struct session *session, const char *name,
			       const ProtobufCMessage *request, ProtobufCMessage **ret_reply)
{
	struct method method;
	struct session_call call = {0};
	struct status status = method_find(session->arena, name, &method);
	if (!status_is_ok(status))
		return status;
	return session_call_message(session, &method, &call, request, ret_reply);
}

static FIBER int verify(struct session *session, void *argument)
{
	struct verification verification = {.session = session, .note_id = argument};
	Soleus__V1__GetNoteRequest get = SOLEUS__V1__GET_NOTE_REQUEST__INIT;
	Soleus__V1__ListSigningKeysRequest list = SOLEUS__V1__LIST_SIGNING_KEYS_REQUEST__INIT;
	ProtobufCMessage *note = NULL, *keys = NULL;
	get.note_id = argument;
	struct status status = ask(session, "Notes.GetNote", &get.base, &note);
	if (status_is_ok(status))
		status = ask(session, "Notes.ListSigningKeys", &list.base, &keys);
	if (!status_is_ok(status))
		return session_complain("verify", status);

	verification.note = (const Soleus__V1__GetNoteReply *)note;
	verification.keys = (const Soleus__V1__ListSigningKeysReply *)keys;
	printf("note %s, version %" PRId32 "\n", verification.note_id, verification.note->version);
	check_content(&verification);
	if (verification.note->n_signatures == 0)
		complain(&verification, 1, "there is none");
	for (size_t i = 0; i < verification.note->n_signatures; i++)
		check_signature(&verification, i);
	for (size_t i = 0; i < verification.note->n_earlier_addenda; i++)
		check_earlier(&verification, i);
	if (*verification.note->amended_by_note_id)
		printf("  amended: %s holds now\n", verification.note->amended_by_note_id);
	return verification.faults > 0;
}

int command_verify(const struct command_line *line)
{
	return session_run(&line->options, verify, line->words[0]);
}
