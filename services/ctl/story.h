/* A story: steps as data, one JSON object a line, played against running daemons.
 *
 *     {"at": "2026-03-02T08:00:00Z"}                     the driven clock moves there, by the hour
 *     {"say": "Ana books ${visit.local_start}"}          a line for people
 *     {"key": "ana.desk", "roles": "front_desk", "organisation": "${org}"}
 *     {"call": "Scheduling.Book", "as": "ana.desk", "with": {…}, "keep": "visit",
 *      "expect": {"grade": "good"}, "fails": "ALREADY_EXISTS"}
 *
 * "${name.path[0].field}" is replaced by what a step kept; a text that is nothing but one of these
 * takes the value with its type. "expect" must be contained in the reply, "fails" is the status
 * that must come, with "faults", a list of fields, when there is one. Before every step the daemons
 * come to rest (ctl/settle.h). The idempotency key of a step is the story's name and the line, so
 * that a step that was cut off does everything once when it is played again. With a progress file,
 * a story that was cut off goes on where it was: the file holds the last line that was played and
 * what was kept.
 */
#ifndef SOLEUS_CTL_STORY_H
#define SOLEUS_CTL_STORY_H

#include "ctl/session.h"

struct json_object;

struct story {
	struct session *session;
	const char *name;
	struct json_object *kept; /* name → reply */
	const char *progress;     /* file; NULL: none is kept */
	unsigned played;          /* lines that the progress file says were played */
	unsigned line;
	unsigned steps;
	int64_t patience_us; /* for daemons that are away */
};

/* FIBER. Plays the text of a story file; the status names line and fault. */
FIBER struct status story_play(struct story *story, const char *text);

/* `value` with all ${…} replaced; NOT_FOUND names what nobody kept. The caller ends it. */
struct status story_fill(struct arena *arena, struct json_object *kept, struct json_object *value,
			 struct json_object **ret_filled);

/* OK when `expected` is contained in `actual`: of objects the named fields, of lists as many items
 * as are named, in order; else what differs, with its path. */
struct status story_contains(struct arena *arena, struct json_object *actual,
			     struct json_object *expected, const char *path);

#endif
