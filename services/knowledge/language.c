#include "knowledge/language.h"

#include <stddef.h>
#include <string.h>

static bool is_letter(char byte)
{
	return byte >= 'a' && byte <= 'z';
}

bool language_normalise(const char *tag, char ret_tag[LANGUAGE_BYTES])
{
	char made[LANGUAGE_BYTES];
	size_t part = 0, parts = 0, length = 0;
	for (const char *at = tag;; at++) {
		char byte = *at >= 'A' && *at <= 'Z' ? (char)(*at + 32) : *at;
		if (byte == '_')
			byte = '-';
		if (byte == '-' || byte == '\0') {
			if (part < 2 || part > (parts ? 8 : 3))
				return false;
			parts++;
			part = 0;
		} else if (is_letter(byte) || (parts > 0 && byte >= '0' && byte <= '9')) {
			part++;
		} else {
			return false;
		}
		if (length == LANGUAGE_BYTES)
			return false;
		made[length++] = byte;
		if (byte == '\0')
			break;
	}
	memcpy(ret_tag, made, length);
	return true;
}
