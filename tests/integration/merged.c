#include "merged.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define STEPS_BYTES 65536

#define ATHLETE_OF(NAME) "SELECT athlete_id FROM directory.athlete WHERE given_name = '" NAME "'"
#define PRACTITIONER_OF(NAME) \
	"SELECT practitioner_id FROM directory.practitioner WHERE given_name = '" NAME "'"
#define NOTE_OF(NUMBER) \
	"SELECT note_id FROM notes.note ORDER BY signed_at LIMIT 1 OFFSET " NUMBER " - 1"

/* What the setting has made, as the steps have it. */
static const struct {
	const char *name;
	const char *sql;
} made[MERGED_MADE] = {
	[ANA] = {"${ana.athlete_id}", ATHLETE_OF("Ana")},
	[ANNA] = {"${anna.athlete_id}", ATHLETE_OF("Anna")},
	[BEN] = {"${ben.athlete_id}", ATHLETE_OF("Ben")},
	[MIRA] = {"${mira.practitioner_id}", PRACTITIONER_OF("Mira")},
	[TOM] = {"${tom.practitioner_id}", PRACTITIONER_OF("Tom")},
	[CLINIC] = {"${clinic.clinic_id}", "SELECT clinic_id FROM directory.clinic"},
	[SERVICE] = {"${service.service_id}", "SELECT service_id FROM scheduling.service"},
	[NOTE_1] = {"${n_1.note_id}", NOTE_OF("1")},
	[NOTE_2] = {"${n_2.note_id}", NOTE_OF("2")},
};

int merged_open(struct merged *merged)
{
	if (house_open(&merged->house))
		return 1;
	house_plays(merged->house, "merged-athletes.story");
	for (size_t i = 0; i < MERGED_MADE; i++)
		merged->ids[i] = house_query(merged->house, made[i].sql);
	return 0;
}

int merged_close(struct merged *merged)
{
	for (size_t i = 0; i < MERGED_MADE; i++)
		free(merged->ids[i]);
	return house_close(&merged->house);
}

void merged_tells(const struct merged *merged, const char *steps)
{
	char *text = calloc(1, STEPS_BYTES);
	for (char *to = text; *steps; to += strlen(to)) {
		size_t i = 0;
		while (i < MERGED_MADE && strncmp(steps, made[i].name, strlen(made[i].name)) != 0)
			i++;
		assert_true(to - text < STEPS_BYTES - 64);
		if (i < MERGED_MADE) {
			strcpy(to, merged->ids[i]);
			steps += strlen(made[i].name);
		} else {
			*to = *steps == '\'' ? '"' : *steps;
			steps++;
		}
	}
	house_tells(merged->house, text);
	free(text);
}

void merged_part(const struct merged *merged)
{
	char steps[256];
	char *merge_id = house_query(merged->house, "SELECT merge_id FROM directory.athlete_alias");
	snprintf(steps, sizeof(steps),
		 CALL("Directory.UnmergeAthletes", "g.lead",
		      "'merge_id': '%s', 'reason': 'two persons'", ""),
		 merge_id);
	merged_tells(merged, steps);
	free(merge_id);
}
