#include "daemon/daemon.h"
#include "directory/handlers/service.h"

#include "directory_access_text.h"
#include "directory_schema.h"
#include "directory_sql.h"

int main(int argc, char **argv)
{
	Soleus__V1__Directory_Service service = SOLEUS__V1__DIRECTORY__INIT(directory__);
	size_t newest = 0;
	while (directory_migrations[newest + 1])
		newest++;
	const struct daemon_spec spec = {
		.name = "directory",
		.service = &service.base,
		.statements = directory_statements,
		.newest_migration = directory_migrations[newest]->name,
	};
	return daemon_main(argc, argv, &spec);
}
