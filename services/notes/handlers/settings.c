#include "notes/handlers/settings.h"

struct settings settings;

const struct config_entry settings_config[] = {
	{.name = "SOLEUS_DRAFT_DAYS",
	 .kind = CONFIG_INT,
	 .fallback = "30",
	 .help = "how long the draft of a signed note, and a discarded one, is kept",
	 .value = &settings.draft_days,
	 .minimum = 1,
	 .maximum = 3650},
	{.name = "SOLEUS_PUBLIC_URL",
	 .kind = CONFIG_TEXT,
	 .fallback = "",
	 .help = "how the world reaches the gateway: https://HOST, without a / at the end; "
		 "empty: links of screenings have a token alone",
	 .value = &settings.public_url},
	{.name = NULL},
};
