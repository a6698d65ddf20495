#include "directory/rules/contact.h"

#include "knowledge/address.h"

#include <string.h>

#define PHONE_DIGITS_MIN 5
#define PHONE_DIGITS_MAX 15 /* E.164 */
#define PHONE_BYTES_MAX  40
#define EMAIL_LOCAL_MAX  64 /* RFC 5321 */
#define EMAIL_BYTES_MAX  254
#define FILE_BYTES_MAX   100

enum contact_channel contact_channel_find(const char *name)
{
	if (strcmp(name, "sms") == 0)
		return CONTACT_SMS;
	if (strcmp(name, "email") == 0)
		return CONTACT_EMAIL;
	return strcmp(name, "file") == 0 ? CONTACT_FILE : CONTACT_NONE;
}

const char *contact_expected(enum contact_channel channel)
{
	switch (channel) {
	case CONTACT_SMS:
		return "a telephone number of 5 to 15 digits, such as +43 660 1234567";
	case CONTACT_EMAIL:
		return "an e-mail address, such as ana@example.org";
	case CONTACT_FILE:
		return "1 to 100 characters without control characters";
	case CONTACT_NONE:
		break;
	}
	return "a contact point of channel sms, email or file";
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_phone(const char *value)
{
	size_t digits = 0;
	for (const char *at = value; *at; at++) {
		if (is_digit(*at))
			digits++;
		else if (*at == '+' ? digits > 0 || strchr(at + 1, '+') : !strchr(" -./()", *at))
			return false;
	}
	return digits >= PHONE_DIGITS_MIN && digits <= PHONE_DIGITS_MAX &&
	       strlen(value) <= PHONE_BYTES_MAX;
}

static bool is_plain(const char *value)
{
	for (; *value; value++)
		if ((unsigned char)*value < 0x20 || *value == 0x7f)
			return false;
	return true;
}

static bool is_email(const char *value)
{
	const char *at = strchr(value, '@');
	if (!at || strchr(at + 1, '@') || strlen(value) > EMAIL_BYTES_MAX)
		return false;
	const char *domain = at + 1;
	const char *dot = strrchr(domain, '.');
	return at > value && at - value <= EMAIL_LOCAL_MAX && dot && dot > domain && dot[1] &&
	       domain[0] != '.' && !strstr(domain, "..") && !strpbrk(value, " ,;<>\"()[]\\") &&
	       is_plain(value);
}

bool contact_is_plausible(enum contact_channel channel, const char *value)
{
	switch (channel) {
	case CONTACT_SMS:
		return is_phone(value);
	case CONTACT_EMAIL:
		return is_email(value);
	case CONTACT_FILE:
		return *value && strlen(value) <= FILE_BYTES_MAX && is_plain(value);
	case CONTACT_NONE:
		break;
	}
	return false;
}

const char *contact_normal(struct arena *arena, enum contact_channel channel, const char *value)
{
	char address[ADDRESS_BYTES];
	if ((channel == CONTACT_SMS || channel == CONTACT_EMAIL) &&
	    address_normalise(value, address))
		return arena_strdup(arena, address);
	return arena_strdup(arena, value);
}
