#include "directory/handlers/check.h"

#include "base/text.h"

#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define NAME_BYTES_MAX 200
#define ZONE_BYTES_MAX 64
#define ZONE_FOLDER    "/usr/share/zoneinfo/"

static const char id_expected[] = "an id (UUID)";

struct check check_begin(const struct call *call)
{
	struct check check = {.arena = call->arena};
	check_id(&check, "organisation_id", call->organisation_id);
	return check;
}

bool check_failed(const struct check *check)
{
	return check->faults.first != NULL;
}

struct status check_status(const struct check *check)
{
	return faults_status(&check->faults);
}

void check_that(struct check *check, bool holds, const char *field, const char *expected)
{
	if (!holds)
		faults_add(&check->faults, check->arena, field, expected);
}

void check_id(struct check *check, const char *field, const char *id)
{
	check_that(check, text_is_uuid(id), field, id_expected);
}

void check_id_or_empty(struct check *check, const char *field, const char *id)
{
	check_that(check, !*id || text_is_uuid(id), field, id_expected);
}

static bool is_plain(const char *text)
{
	for (const char *at = text; *at; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			return false;
	return strlen(text) <= NAME_BYTES_MAX;
}

void check_name(struct check *check, const char *field, const char *name)
{
	check_that(check, !text_is_blank(name) && is_plain(name), field,
		   "1 to 200 bytes without control characters");
}

void check_words(struct check *check, const char *field, const char *words)
{
	check_that(check, is_plain(words), field, "at most 200 bytes without control characters");
}

/* Names that cannot leave the folder: parts of letters, digits, _ + -, none beginning with a dot.
 * posix/ and right/ are other clocks under the same names. */
static bool is_zone_name(const char *zone)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789_+-/";
	size_t length = strlen(zone);
	return length > 0 && length <= ZONE_BYTES_MAX && strspn(zone, allowed) == length &&
	       zone[0] != '/' && strncmp(zone, "posix", 5) != 0 && strncmp(zone, "right", 5) != 0;
}

static bool is_zone(const char *zone)
{
	char path[sizeof(ZONE_FOLDER) + ZONE_BYTES_MAX] = ZONE_FOLDER;
	char magic[4] = "";
	if (!is_zone_name(zone))
		return false;
	strcat(path, zone);
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (file < 0)
		return false;
	ssize_t length = read(file, magic, sizeof(magic));
	close(file);
	return length == (ssize_t)sizeof(magic) && memcmp(magic, "TZif", sizeof(magic)) == 0;
}

void check_zone(struct check *check, const char *field, const char *zone)
{
	check_that(check, is_zone(zone), field, "a zone of tzdata, such as Europe/Vienna");
}

bool may_see_athlete(const struct call *call, const char *athlete_id)
{
	const unsigned athlete_alone = ROLE_ATHLETE;
	return (call->principal->roles & ~athlete_alone) ||
	       strcasecmp(call->principal->subject_id, athlete_id) == 0;
}

FIBER struct status commit_or_refuse(struct command *command, ProtobufCMessage *reply,
				     const struct refusal *refusals)
{
	struct status status = command_commit(command, reply);
	if (status_is_ok(status))
		return status;
	protobuf_c_message_init(reply->descriptor, reply);
	const char *constraint = db_unit_constraint(command->unit);
	for (; refusals->constraint; refusals++)
		if (strcmp(refusals->constraint, constraint) == 0)
			return status_error(refusals->code, refusals->message);
	return status;
}
