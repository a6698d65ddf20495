/* What who runs soleus-notes says of it. */
#ifndef SOLEUS_NOTES_HANDLERS_SETTINGS_H
#define SOLEUS_NOTES_HANDLERS_SETTINGS_H

#include "base/config.h"

#include <stdint.h>

struct settings {
	int64_t draft_days;
	const char *public_url; /* "": not known */
};

/* Set before the first call, by settings_config. */
extern struct settings settings;
extern const struct config_entry settings_config[];

#endif
