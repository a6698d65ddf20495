/* Errors as values.
 *
 * A function that can fail returns `struct status`. The codes are the canonical gRPC codes, so that
 * they travel over the bus unchanged. A status is small: pass it by value.
 * Text belongs to the arena of the request or is static; it is never freed by hand.
 *
 *     struct faults faults = {0};
 *     if (request->athlete_id[0] == '\0')
 *             faults_add(&faults, arena, "athlete_id", "an athlete's id (UUID)");
 *     if (faults.first)
 *             return faults_status(&faults);
 */
#ifndef SOLEUS_BASE_STATUS_H
#define SOLEUS_BASE_STATUS_H

#include <stdbool.h>

struct arena;

/* https://grpc.github.io/grpc/core/md_doc_statuscodes.html; the numbers are on the wire. */
enum status_code {
	STATUS_OK = 0,
	STATUS_CANCELLED = 1,
	STATUS_UNKNOWN = 2,
	STATUS_INVALID_ARGUMENT = 3,
	STATUS_DEADLINE_EXCEEDED = 4,
	STATUS_NOT_FOUND = 5,
	STATUS_ALREADY_EXISTS = 6,
	STATUS_PERMISSION_DENIED = 7,
	STATUS_RESOURCE_EXHAUSTED = 8,
	STATUS_FAILED_PRECONDITION = 9,
	STATUS_ABORTED = 10,
	STATUS_OUT_OF_RANGE = 11,
	STATUS_UNIMPLEMENTED = 12,
	STATUS_INTERNAL = 13,
	STATUS_UNAVAILABLE = 14,
	STATUS_DATA_LOSS = 15,
	STATUS_UNAUTHENTICATED = 16,
};

/* One thing wrong with one field: where (a path such as "sites[2].needles_out") and what was
 * expected there. */
struct fault {
	const char *field;
	const char *expected;
	const struct fault *next;
};

struct status {
	enum status_code code;
	const char *message;        /* for people; never NULL unless code is STATUS_OK */
	const struct fault *faults; /* in the order in which they were found; may be NULL */
};

/* All the faults of one form, collected before any is reported. Zero is empty. */
struct faults {
	struct fault *first;
	struct fault *last;
};

static inline struct status status_ok(void)
{
	return (struct status){STATUS_OK, 0, 0};
}

static inline bool status_is_ok(struct status status)
{
	return status.code == STATUS_OK;
}

/* `message` must be static or outlive the status. */
struct status status_error(enum status_code code, const char *message);

/* A formatted message, kept in `arena`; a static one says so when there is no room for it. */
struct status status_errorf(struct arena *arena, enum status_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds a fault. `field` and `expected` are not copied: static or in the arena. What the arena has
 * no room for is not listed, but the status is still not OK. */
void faults_add(struct faults *faults, struct arena *arena, const char *field,
		const char *expected);

/* As faults_add; `field_format` makes the path, for one with an index. */
void faults_addf(struct faults *faults, struct arena *arena, const char *expected,
		 const char *field_format, ...) __attribute__((format(printf, 4, 5)));

/* OK when there are no faults, else INVALID_ARGUMENT with all of them. */
struct status faults_status(const struct faults *faults);

/* "INVALID_ARGUMENT"; "UNKNOWN" for a number that is no code. Static. */
const char *status_code_name(enum status_code code);

#endif
