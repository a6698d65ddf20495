#include "daemon/daemon.h"
#include "directory/handlers/service.h"

#include "directory_access_text.h"
#include "directory_schema.h"
#include "directory_sql.h"

int main(int argc, char **argv)
{
	static Soleus__V1__Directory_Service service = SOLEUS__V1__DIRECTORY__INIT(directory__);
	const struct daemon_spec spec = {
		.name = "directory",
		.service = &service.base,
		.access = directory_access,
		.statements = directory_statements,
		.migrations = directory_migrations,
	};
	return daemon_main(argc, argv, &spec);
}
