/* The commands of soleusctl: one row of a table, one function, one file. */
#ifndef SOLEUS_CTL_COMMAND_H
#define SOLEUS_CTL_COMMAND_H

#include "ctl/session.h"

struct command_line {
	struct session_options options;
	const char *pick;   /* --pick: a JSON pointer into the reply; NULL: all of it */
	const char *format; /* --format, of an export; NULL: the usual one */
	const char *output; /* --output: a file; NULL: standard output */
	int count;          /* words after the command's name */
	char **words;
};

struct command_entry {
	const char *name;
	const char *usage; /* words after the name */
	const char *help;  /* one line */
	const char *more;  /* what --help of the command adds, whole lines */
	int (*run)(const struct command_line *line);
	int least_words, most_words;
};

int command_audit(const struct command_line *line);
int command_call(const struct command_line *line);
int command_clock(const struct command_line *line);
int command_export(const struct command_line *line);
int command_import(const struct command_line *line);
int command_keys(const struct command_line *line);
int command_methods(const struct command_line *line);
int command_migrate(const struct command_line *line);
int command_play(const struct command_line *line);
int command_retention(const struct command_line *line);
int command_status(const struct command_line *line);
int command_verify(const struct command_line *line);
int command_vocabulary(const struct command_line *line);
int command_watch(const struct command_line *line);

/* The whole of `path`, or of standard input for "-", in `arena`. */
struct status command_read_file(struct arena *arena, const char *path, const char **ret_text);

#endif
