/* What the exports share. */
#ifndef SOLEUS_CTL_EXPORT_H
#define SOLEUS_CTL_EXPORT_H

#include "ctl/command.h"

/* Under another name first, so that a program that reads the file never finds half of it; without a
 * path to standard output. */
struct status export_write(struct arena *arena, const char *path, const char *text);

int export_record(const struct command_line *line);

#endif
