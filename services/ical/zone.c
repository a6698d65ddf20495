#include "ical/zone.h"

#include <stdio.h>
#include <string.h>

/* The first line of tzdata's one file of sources: "# version 2026a". */
const char *zone_version(void)
{
	static _Thread_local char version[32];
	FILE *file = fopen("/usr/share/zoneinfo/tzdata.zi", "re");
	version[0] = '\0';
	if (!file)
		return version;
	if (fscanf(file, "# version %31s", version) != 1)
		version[0] = '\0';
	fclose(file);
	return version;
}
