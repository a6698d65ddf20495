#include "scheduling/rules/feed.h"

#include <string.h>
#include <strings.h>

#define FIRST_PAUSE_US (INT64_C(300) * 1000000)
#define LAST_PAUSE_US  (INT64_C(86400) * 1000000)
#define WHOLE_EVERY_US (INT64_C(7) * 86400 * 1000000)

int64_t feed_pause_us(int32_t failures)
{
	int64_t pause_us = FIRST_PAUSE_US;
	if (failures <= 0)
		return FEED_EVERY_US;
	for (int32_t i = 1; i < failures && pause_us < LAST_PAUSE_US; i++)
		pause_us *= 2;
	return pause_us < LAST_PAUSE_US ? pause_us : LAST_PAUSE_US;
}

bool feed_asks_whole(int64_t good_at, int64_t now_us)
{
	return good_at / WHOLE_EVERY_US != now_us / WHOLE_EVERY_US;
}

bool feed_url(const char *url, char ret_url[FEED_URL_BYTES + 1])
{
	static const struct {
		const char *scheme;
		const char *asked;
	} schemes[] = {
		{"https://", "https://"},
		{"http://", "http://"},
		{"webcal://", "https://"},
		{"webcals://", "https://"},
	};
	ret_url[0] = '\0';
	for (const char *at = url; *at; at++)
		if ((unsigned char)*at <= ' ' || *at == 0x7f)
			return false;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		size_t length = strlen(schemes[i].scheme), asked = strlen(schemes[i].asked);
		const char *rest = url + length;
		if (strncasecmp(url, schemes[i].scheme, length) != 0)
			continue;
		if (!*rest || strchr("/?#", *rest) || asked + strlen(rest) > FEED_URL_BYTES)
			return false;
		strcpy(ret_url, schemes[i].asked);
		strcpy(ret_url + asked, rest);
		return true;
	}
	return false;
}
