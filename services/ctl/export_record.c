/* soleusctl export record: gathered on a fiber, written when the fiber is over. */
#include "ctl/export.h"
#include "ctl/record_gather.h"

#include <stdio.h>
#include <string.h>

#define RECORD_BYTES ((size_t)2 << 30)

static const struct {
	const char *name;
	const char *(*write)(struct arena *arena, const struct record *record);
} formats[] = {
	{"fhir", record_write_fhir},
	{"html", record_write_html},
};
#define FORMATS (sizeof(formats) / sizeof(formats[0]))

struct export
{
	struct arena *arena; /* outlives the session */
	const char *athlete_id;
	struct record record;
};

static FIBER int gather(struct session *session, void *argument)
{
	struct export *export = argument;
	const char *what = "export";
	struct status status =
		record_gather(session, export->arena, export->athlete_id, &export->record, &what);
	if (status_is_ok(status))
		return 0;
	session_complain(what, status);
	fprintf(stderr, "export: nothing was written\n");
	if (status.code == STATUS_PERMISSION_DENIED)
		fprintf(stderr, "  next: a clinic lead may read all of a record; a practitioner "
				"breaks the glass first (Notes.BreakGlass)\n");
	else
		fprintf(stderr, "  next: once that is mended, the same command again\n");
	return 1;
}

static int write_as(struct export *export, size_t format, const char *path)
{
	const char *text = formats[format].write(export->arena, &export->record);
	struct status status =
		text ? export_write(export->arena, path, text)
		     : status_error(STATUS_RESOURCE_EXHAUSTED, "the record takes more memory than "
							       "there is");
	if (!status_is_ok(status)) {
		session_complain("export", status);
		fprintf(stderr, "  next: --output FILE with another folder\n");
		return 1;
	}
	if (text && path)
		fprintf(stderr, "export: %s written, %zu bytes\n", path, strlen(text));
	return 0;
}

int export_record(const struct command_line *line)
{
	size_t format = 0;
	const char *name = line->format ? line->format : formats[0].name;
	while (format < FORMATS && strcmp(formats[format].name, name) != 0)
		format++;
	if (format == FORMATS) {
		fprintf(stderr, "export: no format %s; there are: fhir, html\n", name);
		return 2;
	}
	struct export export = {.arena = arena_new(RECORD_BYTES), .athlete_id = line->words[1]};
	if (!export.arena) {
		fprintf(stderr, "export: out of memory\n");
		return 1;
	}
	int code = session_run(&line->options, gather, &export);
	if (code == 0)
		code = write_as(&export, format, line->output);
	arena_free(export.arena);
	return code;
}
