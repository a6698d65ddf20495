#include "knowledge/address.h"

#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Only digits and what people put between them; at least three digits. */
static bool is_telephone(const char *value)
{
	size_t digits = 0;
	for (const char *at = value; *at; at++) {
		if (is_digit(*at))
			digits++;
		else if (!strchr("+ -().\t/", *at))
			return false;
	}
	return digits >= 3;
}

bool address_normalise(const char *value, char ret_address[ADDRESS_BYTES])
{
	bool telephone = is_telephone(value);
	size_t length = 0;
	for (const char *at = value; *at; at++) {
		char c = *at;
		if (telephone && !is_digit(c) && !(c == '+' && length == 0))
			continue;
		if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
			continue;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (length + 2 > ADDRESS_BYTES) {
			ret_address[0] = '\0';
			return false;
		}
		ret_address[length++] = c;
	}
	ret_address[length] = '\0';
	if (telephone && strncmp(ret_address, "00", 2) == 0) {
		memmove(ret_address + 1, ret_address + 2, length - 1);
		ret_address[0] = '+';
	}
	return length > 0;
}
