#include "daemon/daemon.h"
#include "directory/handlers/service.h"

#include "directory_access_text.h"
#include "directory_schema.h"
#include "directory_sql.h"
#include "soleus/v1/notes.pb-c.h"

/* The directory knows when somebody was last treated, for how long the law asks to keep that. */
static const struct event_handler from_notes[] = {
	{&soleus__v1__note_signed__descriptor, on_note_signed},
	{NULL, NULL},
};

static const struct daemon_consumer consumers[] = {
	{"notes", from_notes},
	{NULL, NULL},
};

int main(int argc, char **argv)
{
	static Soleus__V1__Directory_Service service = SOLEUS__V1__DIRECTORY__INIT(directory__);
	const struct daemon_spec spec = {
		.name = "directory",
		.service = &service.base,
		.access = directory_access,
		.statements = directory_statements,
		.migrations = directory_migrations,
		.consumers = consumers,
	};
	return daemon_main(argc, argv, &spec);
}
