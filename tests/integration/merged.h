/* The setting of merged-athletes.story for tests: Ana, who came as Anna too, and Ben, in a house,
 * with steps that name what the setting has made.
 *
 *     merged_tells(&merged, MERGE("ana", "anna", KEEP("m")) UNMERGE("m", ""));
 */
#ifndef SOLEUS_TESTS_MERGED_H
#define SOLEUS_TESTS_MERGED_H

#include "house.h"

#define ORGANISATION "0195531a-0000-7000-8000-0000000000f1"

/* clang-format off */
#define CALL(RPC, WHO, WITH, MORE) "{'call': '" RPC "', 'as': '" WHO "', 'with': {" WITH "}" MORE "}\n"
#define OF(NAME) "'athlete_id': '${" NAME ".athlete_id}'"
#define MERGE(SURVIVOR, MERGED, MORE) CALL("Directory.MergeAthletes", "g.lead", "'survivor_id': '${" SURVIVOR ".athlete_id}', 'merged_id': '${" MERGED ".athlete_id}', 'reason': 'the same person'", MORE)
#define UNMERGE(NAME, MORE) CALL("Directory.UnmergeAthletes", "g.lead", "'merge_id': '${" NAME ".merge_id}', 'reason': 'two persons after all'", MORE)
#define KEEP(NAME) ", 'keep': '" NAME "'"
#define EXPECT(WHAT) ", 'expect': {" WHAT "}"
#define FAILS(CODE) ", 'fails': '" CODE "'"
/* clang-format on */

enum merged_made { ANA, ANNA, BEN, MIRA, TOM, CLINIC, SERVICE, NOTE_1, NOTE_2, MERGED_MADE };

struct merged {
	struct house *house;
	char *ids[MERGED_MADE];
};

/* 0 when the house is open and the setting played. */
int merged_open(struct merged *merged);
int merged_close(struct merged *merged);

/* Steps with ' for ", and with the names of the setting. */
void merged_tells(const struct merged *merged, const char *steps);

/* Ends the one merge that is in force. */
void merged_part(const struct merged *merged);

#endif
