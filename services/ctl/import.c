#include "ctl/import.h"
#include "ctl/command.h"

#include <stdio.h>
#include <string.h>

int command_import(const struct command_line *line)
{
	if (strcmp(line->words[0], "fhir") == 0 && line->count == 2)
		return import_fhir(&line->options, line->words[1]);
	if (strcmp(line->words[0], "ics") == 0 && line->count == 3)
		return import_ics(&line->options, line->words[1], line->words[2]);
	if (strcmp(line->words[0], "holidays") == 0)
		return import_holidays(&line->options, line->words[1], line->words + 2,
				       (size_t)line->count - 2);
	fprintf(stderr, "usage: soleusctl --organisation UUID import fhir FILE.ndjson\n"
			"       soleusctl --organisation UUID import ics FILE.ics ATHLETE_ID\n"
			"       soleusctl --organisation UUID import holidays FILE.ics "
			"[CLINIC_ID…]\n");
	return 2;
}
