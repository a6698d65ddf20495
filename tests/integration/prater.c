#include "prater.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct house *house;

int open_house(void **state)
{
	(void)state;
	return house_open(&house);
}

int close_house(void **state)
{
	(void)state;
	return house_close(&house);
}

/* clang-format off */
static const char opening[] =
	"{'call': 'Directory.CreateOrganisation', 'with': {'organisation_id': '" ORGANISATION "', 'name': 'Prater'}}\n"
	"{'key': 'lead#', 'roles': 'clinic_lead,front_desk', 'organisation': '" ORGANISATION "'}\n"
	CLINIC("prater") CLINIC("donau")
	ROOM("gym", "prater", ", 'kind': 'gym', 'capacity': 2, 'equipment': ['bar', 'table']")
	ROOM("cabin", "prater", ", 'kind': 'treatment', 'equipment': ['table']")
	ROOM("dock", "donau", "")
	SERVICE("visit", "")
	SERVICE("class", ", 'room_kind': 'gym', 'equipment': ['bar'], 'modalities': ['coaching']")
	SERVICE("needling", ", 'skill': 'needling', 'room_kind': 'treatment', 'equipment': ['table'], 'hold_minutes': 5")
	PRACTITIONER("mira", ", 'skills': ['needling', 'taping']") PRACTITIONER("sam", "") PRACTITIONER("lee", "")
	ATHLETE("ana") ATHLETE("ben") ATHLETE("cleo")
	"{'key': 'ana#', 'roles': 'athlete', 'organisation': '" ORGANISATION "', 'subject': '${ana.athlete_id}'}\n";
/* clang-format on */

static char *written(const char *text, char number)
{
	char *copy = strdup(text);
	for (char *at = copy; *at; at++)
		*at = *at == '#' ? number : *at == '\'' ? '"' : *at;
	return copy;
}

void steps(char number, const char *text)
{
	char *story = written(text, number);
	house_tells(house, story);
	free(story);
}

void tells(char number, const char *begins, const char *then)
{
	size_t bytes = strlen(begins) + sizeof(opening) + strlen(then);
	char *all = malloc(bytes);
	snprintf(all, bytes, "%s%s%s", begins, opening, then);
	steps(number, all);
	free(all);
}

char *value_of(char number, const char *sql)
{
	char *query = strdup(sql);
	for (char *at = query; *at; at++)
		if (*at == '#')
			*at = number;
	char *value = house_query(house, query);
	free(query);
	return value;
}

void expect(char number, const char *sql, const char *expected)
{
	char *value = value_of(number, sql);
	if (strcmp(value, expected) != 0)
		print_error("%s\n", sql);
	assert_string_equal(value, expected);
	free(value);
}

char *id_of(char number, const char *what, const char *from, const char *where)
{
	char sql[256];
	snprintf(sql, sizeof(sql),
		 "SELECT %s FROM scheduling.%s WHERE organisation_id = '" ORGANISATION "' AND %s",
		 what, from, where);
	return value_of(number, sql);
}
