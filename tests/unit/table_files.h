/* What scripts/embed-table says of the files of a table. A header alone: tests of rules link
 * nothing else. */
#ifndef SOLEUS_TESTS_TABLE_FILES_H
#define SOLEUS_TESTS_TABLE_FILES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct table_file {
	const char *name;
	const char *text;
	const char *fault; /* LINE:COLUMN: expected …; "" none */
};

/* Each text, as a file of that name, is taken or refused with its fault. */
static inline void check_table_files(const char *table, const char *file_name,
				     const struct table_file *files, size_t count)
{
	char folder[] = "/tmp/soleus-table-XXXXXX";
	assert_non_null(mkdtemp(folder));
	char path[128], command[512], said[4096];
	snprintf(path, sizeof(path), "%s/%s", folder, file_name);
	snprintf(command, sizeof(command), "%s/scripts/embed-table %s %s %s 2>&1", SOLEUS_SOURCE,
		 table, folder, path);
	for (size_t i = 0; i < count; i++) {
		FILE *file = fopen(path, "w");
		fputs(files[i].text, file);
		fclose(file);
		FILE *reader = popen(command, "r");
		said[fread(said, 1, sizeof(said) - 1, reader)] = '\0';
		int code = pclose(reader);
		if ((code == 0) != (*files[i].fault == '\0') || !strstr(said, files[i].fault))
			fail_msg("%s: exit %d, \"%s\"", files[i].name, code, said);
	}
	unlink(path);
	snprintf(path, sizeof(path), "%s/%s.c", folder, table);
	unlink(path);
	rmdir(folder);
}

#endif
