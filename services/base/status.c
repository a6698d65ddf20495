#include "base/status.h"

#include "base/arena.h"

#include <stdarg.h>

/* Ends a list that did not fit into its arena. Shared and never written. */
static struct fault faults_beyond_memory = {
	.field = "",
	.expected = "fewer faults: the list of them is longer than memory allows",
};

struct status status_error(enum status_code code, const char *message)
{
	return (struct status){code, message, 0};
}

struct status status_errorf(struct arena *arena, enum status_code code, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	const char *message = arena_vprintf(arena, format, arguments);
	va_end(arguments);
	return status_error(code, message ? message : "no memory left for the message");
}

void faults_add(struct faults *faults, struct arena *arena, const char *field, const char *expected)
{
	if (faults->last == &faults_beyond_memory)
		return;
	struct fault *fault = field && expected ? ARENA_NEW(arena, struct fault) : 0;
	if (fault)
		*fault = (struct fault){field, expected, 0};
	else
		fault = &faults_beyond_memory; /* a fault must not turn into an OK */
	if (faults->last)
		faults->last->next = fault;
	else
		faults->first = fault;
	faults->last = fault;
}

void faults_addf(struct faults *faults, struct arena *arena, const char *expected,
		 const char *field_format, ...)
{
	va_list arguments;
	va_start(arguments, field_format);
	const char *field = arena_vprintf(arena, field_format, arguments);
	va_end(arguments);
	faults_add(faults, arena, field, expected);
}

struct status faults_status(const struct faults *faults)
{
	if (!faults->first)
		return status_ok();
	return (struct status){STATUS_INVALID_ARGUMENT, "some fields are not as expected",
			       faults->first};
}

const char *status_code_name(enum status_code code)
{
	static const char *const names[] = {
		[STATUS_OK] = "OK",
		[STATUS_CANCELLED] = "CANCELLED",
		[STATUS_UNKNOWN] = "UNKNOWN",
		[STATUS_INVALID_ARGUMENT] = "INVALID_ARGUMENT",
		[STATUS_DEADLINE_EXCEEDED] = "DEADLINE_EXCEEDED",
		[STATUS_NOT_FOUND] = "NOT_FOUND",
		[STATUS_ALREADY_EXISTS] = "ALREADY_EXISTS",
		[STATUS_PERMISSION_DENIED] = "PERMISSION_DENIED",
		[STATUS_RESOURCE_EXHAUSTED] = "RESOURCE_EXHAUSTED",
		[STATUS_FAILED_PRECONDITION] = "FAILED_PRECONDITION",
		[STATUS_ABORTED] = "ABORTED",
		[STATUS_OUT_OF_RANGE] = "OUT_OF_RANGE",
		[STATUS_UNIMPLEMENTED] = "UNIMPLEMENTED",
		[STATUS_INTERNAL] = "INTERNAL",
		[STATUS_UNAVAILABLE] = "UNAVAILABLE",
		[STATUS_DATA_LOSS] = "DATA_LOSS",
		[STATUS_UNAUTHENTICATED] = "UNAUTHENTICATED",
	};
	/* The number may come off the wire, negative too. */
	unsigned number = (unsigned)code;
	return number < sizeof(names) / sizeof(names[0]) ? names[number] : "UNKNOWN";
}
