#include "ctl/lines.h"

#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char mark[] = "\xef\xbb\xbf";

struct status lines_open(struct arena *arena, const char *path, struct lines *ret_lines)
{
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	if (!file)
		return status_errorf(arena, STATUS_NOT_FOUND, "cannot read %s: %m", path);
	*ret_lines = (struct lines){.file = file, .path = path, .size = 4096};
	ret_lines->text = malloc(ret_lines->size);
	if (ret_lines->text)
		return status_ok();
	lines_close(ret_lines);
	return status_error(STATUS_RESOURCE_EXHAUSTED, "out of memory");
}

static bool has_room(struct lines *lines, size_t length)
{
	if (length + 1 < lines->size)
		return true;
	char *more = lines->size < LINE_BYTES_MAX ? realloc(lines->text, lines->size * 2) : NULL;
	if (!more)
		return false;
	lines->text = more;
	lines->size *= 2;
	return true;
}

bool lines_next(struct lines *lines)
{
	size_t length = 0;
	bool too_long = false, any = false;
	int c;
	errno = 0;
	while ((c = getc_unlocked(lines->file)) != EOF && c != '\n') {
		any = true;
		too_long = too_long || !has_room(lines, length);
		if (!too_long)
			lines->text[length++] = (char)c;
	}
	if (c == EOF && ferror(lines->file)) {
		lines->error = errno ? errno : EIO;
		return false;
	}
	if (c == EOF && !any)
		return false;
	lines->number++;
	length -= length > 0 && lines->text[length - 1] == '\r';
	lines->text[length] = '\0';
	lines->fault = NULL;
	if (too_long)
		lines->fault = "longer than 16 MiB";
	else if (!text_is_utf8(lines->text, length))
		lines->fault = "not UTF-8 text";
	if (lines->fault)
		lines->text[0] = '\0';
	else if (lines->number == 1 && strncmp(lines->text, mark, sizeof(mark) - 1) == 0)
		memmove(lines->text, lines->text + sizeof(mark) - 1, length - sizeof(mark) + 2);
	return true;
}

void lines_close(struct lines *lines)
{
	if (lines->file && lines->file != stdin)
		fclose(lines->file);
	free(lines->text);
	*lines = (struct lines){0};
}
