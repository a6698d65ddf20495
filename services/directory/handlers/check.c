#include "directory/handlers/check.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define ZONE_BYTES_MAX 64
#define ZONE_FOLDER    "/usr/share/zoneinfo/"

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

/* Zones whose names PostgreSQL reads as winter time alone, so that summers would be told an hour
 * off. Cities have the same clocks. */
static bool is_abbreviation(const char *zone)
{
	static const char *const names[] = {"CET", "EET", "MET", "WET"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(zone, names[i]) == 0)
			return true;
	return false;
}

static bool is_zone(const char *zone)
{
	char path[sizeof(ZONE_FOLDER) + ZONE_BYTES_MAX] = ZONE_FOLDER;
	char magic[4] = "";
	if (!is_zone_name(zone) || is_abbreviation(zone))
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
