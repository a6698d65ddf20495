#include "daemon/public_url.h"

#include <string.h>

static size_t scheme_length(const char *url)
{
	static const char *const schemes[] = {"https://", "http://"};
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (strncmp(url, schemes[i], strlen(schemes[i])) == 0)
			return strlen(schemes[i]);
	return 0;
}

struct status public_url_check(const char *url)
{
	size_t length = strlen(url), scheme = scheme_length(url);
	if (length == 0)
		return status_ok();
	if (length > PUBLIC_URL_MOST)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "SOLEUS_PUBLIC_URL has more than 100 letters");
	if (scheme == 0 || length == scheme || url[length - 1] == '/' || strpbrk(url, " \t\"<>"))
		return status_error(
			STATUS_FAILED_PRECONDITION,
			"SOLEUS_PUBLIC_URL is not https://HOST (or http://), without a / "
			"at the end");
	return status_ok();
}
