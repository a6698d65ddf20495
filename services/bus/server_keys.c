#include "bus/server_keys.h"

#include "bus/principal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define LINE_BYTES 256

static const char *find(FILE *file, const char *service, struct arena *arena)
{
	char line[LINE_BYTES], name[LINE_BYTES], key[LINE_BYTES];
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%s %s", name, key) == 2 && strcmp(name, service) == 0 &&
		    strlen(key) == KEY_CHARS)
			return arena_strdup(arena, key);
	return 0;
}

struct status server_key_read(const char *path, const char *service, struct arena *arena,
			      const char **ret_key)
{
	FILE *file = fopen(path, "re");
	if (!file)
		return status_errorf(arena, STATUS_FAILED_PRECONDITION,
				     "%s cannot be read (%s): `soleusctl keys init` makes it", path,
				     strerrordesc_np(errno));
	const char *key = find(file, service, arena);
	fclose(file);
	if (!key)
		return status_errorf(arena, STATUS_FAILED_PRECONDITION,
				     "%s has no line with the key of %s: `soleusctl keys init` "
				     "adds it",
				     path, service);
	*ret_key = key;
	return status_ok();
}
