/* Arbitrary bytes as a note, or as the seal of a signature: the decoder, and the canonical
 * encoding.
 *
 * Whatever can be decoded has one canonical encoding: that one is taken, decodes to itself, and is
 * what canonical_decode lets through; no other bytes are.
 *
 * Input: one byte that says which message, then its bytes. Built with libFuzzer it fuzzes
 * (`fuzz_notes tests/fuzz/corpus/notes`); tests/unit/bus/test_fuzz_notes.c runs the corpus as an
 * ordinary test.
 */
#include "bus/bus.h"
#include "bus/canonical.h"

#include "soleus/v1/notes_record.pb-c.h"
#include "soleus/v1/notes_signature.pb-c.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)16 << 20)

/* Unlike assert, also in a release build. */
#define REQUIRE(condition)                                                       \
	do {                                                                     \
		if (!(condition)) {                                              \
			fprintf(stderr, "fuzz_notes: not so: %s\n", #condition); \
			abort();                                                 \
		}                                                                \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require_one_encoding(const ProtobufCMessageDescriptor *type, struct arena *arena,
				 const uint8_t *bytes, size_t length)
{
	ProtobufCMessage *message, *again;
	if (!status_is_ok(message_decode(type, arena, bytes, length, &message)))
		return;
	size_t first_length = 0, second_length = 0;
	bool known = !message_unknown_field(message, arena);
	const uint8_t *first = message_encode(message, arena, &first_length);
	if (!first)
		return; /* the arena's end */
	struct status taken = canonical_decode(type, arena, first, first_length, &again);
	if (taken.code == STATUS_RESOURCE_EXHAUSTED)
		return;
	REQUIRE(status_is_ok(taken) == known);
	if (known) {
		const uint8_t *second = message_encode(again, arena, &second_length);
		REQUIRE(!second || (second_length == first_length &&
				    memcmp(first, second, first_length) == 0));
	}
	bool is_canonical = known && first_length == length && memcmp(first, bytes, length) == 0;
	taken = canonical_decode(type, arena, bytes, length, &again);
	REQUIRE(taken.code == STATUS_RESOURCE_EXHAUSTED || status_is_ok(taken) == is_canonical);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	if (length < 1)
		return 0;
	struct arena *arena = arena_new(ARENA_BYTES);
	require_one_encoding(bytes[0] & 1 ? &soleus__v1__note_seal__descriptor
					  : &soleus__v1__note__descriptor,
			     arena, bytes + 1, length - 1);
	arena_free(arena);
	return 0;
}
