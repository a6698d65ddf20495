#include "bus/principal.h"

#include <string.h>

static const struct {
	const char *name;
	enum role role;
} roles[] = {
	{"athlete", ROLE_ATHLETE},           {"front_desk", ROLE_FRONT_DESK},
	{"practitioner", ROLE_PRACTITIONER}, {"clinic_lead", ROLE_CLINIC_LEAD},
	{"operator", ROLE_OPERATOR},         {"service", ROLE_SERVICE},
};

static enum role find(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (strlen(roles[i].name) == length && memcmp(roles[i].name, name, length) == 0)
			return roles[i].role;
	return 0;
}

enum role role_from_name(const char *name)
{
	return find(name, strlen(name));
}

const char *role_name(enum role role)
{
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (roles[i].role == role)
			return roles[i].name;
	return 0;
}

bool roles_from_text(struct arena *arena, const char *text, unsigned *ret_roles,
		     const char **ret_unknown)
{
	static const char separators[] = " \t,";
	unsigned found = 0;
	for (const char *word = text + strspn(text, separators); *word;
	     word += strspn(word, separators)) {
		size_t length = strcspn(word, separators);
		enum role role = find(word, length);
		if (!role) {
			const char *unknown = arena_strndup(arena, word, length);
			*ret_unknown = unknown ? unknown : "";
			return false;
		}
		found |= role;
		word += length;
	}
	*ret_roles = found;
	return true;
}
