/* A text file of other people, line by line: of any size, in memory for one line.
 *
 * A byte order mark, CRLF and a last line without an end are understood. A line that is too long,
 * or that no text can be, is told as a fault and never costs the rest of the file.
 */
#ifndef SOLEUS_CTL_LINES_H
#define SOLEUS_CTL_LINES_H

#include "base/arena.h"
#include "base/status.h"

#include <stdbool.h>
#include <stdio.h>

#define LINE_BYTES_MAX ((size_t)16 << 20)

struct lines {
	FILE *file;
	const char *path;
	unsigned number;   /* of the line that was read last, from 1 */
	char *text;        /* of this line, without its end; "" when there is a fault */
	const char *fault; /* why the line cannot be used; NULL when it can */
	size_t size;
	int error; /* errno when reading failed, which ends the file too */
};

/* "-" is standard input. */
struct status lines_open(struct arena *arena, const char *path, struct lines *ret_lines);

/* The next line; false at the end, or when reading failed (`error`). */
bool lines_next(struct lines *lines);

void lines_close(struct lines *lines);

#endif
