/* Exports of records for a test: made by soleusctl into files of the house's folder, and looked
 * into.
 *
 *     struct exports exports = {house, arena};
 *     assert_int_equal(exports_record(&exports, "lead", athlete_id, "fhir", "a.json"), 0);
 *     struct json_object *entries = exports_entries(&exports, "a.json");
 *     assert_true(exports_says(exports_resource(entries, "Procedure", id), "20560"));
 */
#ifndef SOLEUS_TESTS_EXPORTS_H
#define SOLEUS_TESTS_EXPORTS_H

#include "house.h"

#include <stdbool.h>

struct json_object;

/* What is read lives in the arena. */
struct exports {
	const struct house *house;
	struct arena *arena;
};

/* Exit status of an export by `who` into `name`; what it says goes into the file "said". */
int exports_record(const struct exports *exports, const char *who, const char *athlete_id,
		   const char *format, const char *name);

const char *exports_path(const struct exports *exports, const char *name);
const char *exports_text(const struct exports *exports, const char *name);
bool exports_has(const struct exports *exports, const char *name);

/* ---- Bundles ---- */

struct json_object *exports_entries(const struct exports *exports, const char *name);

/* "" for a field that is not there. */
const char *exports_word(struct json_object *object, const char *name);

/* The resource of a type and id; NULL for none. */
struct json_object *exports_resource(struct json_object *entries, const char *type, const char *id);

/* Whether the resource is there, with these words in its JSON (one line, slashes as they are). */
bool exports_says(struct json_object *resource, const char *words);

/* The bytes of a part of an extension, by its name; the length, or 0. */
size_t exports_bytes(struct json_object *extension, const char *name, unsigned char *ret_bytes,
		     size_t size);

#endif
