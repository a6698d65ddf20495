#include "group.h"

#include "base/clock.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void copy(const struct group *group, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void copy(const struct group *group, const char *format, ...)
{
	char sql[2048];
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(sql, sizeof(sql), format, arguments);
	va_end(arguments);
	assert_true(length > 0 && (size_t)length < sizeof(sql));
	free(house_query(group->house, sql));
}

#define NUMBERED(kind) "('00000000-0000-7000-8" kind "-' || lpad(i::text, 12, '0'))::uuid"

static void copy_directory(const struct group *group)
{
	unsigned each = group->practitioners / group->clinics;
	copy(group,
	     "INSERT INTO scheduling.clinic (organisation_id, clinic_id, name, zone) SELECT "
	     "'" GROUP_ORGANISATION "', " NUMBERED("004") ", 'Clinic ' || i, 'UTC' FROM "
							  "generate_series(0, %u) i",
	     group->clinics - 1);
	copy(group,
	     "INSERT INTO scheduling.room (organisation_id, clinic_id, room_id) SELECT "
	     "'" GROUP_ORGANISATION "', ('00000000-0000-7000-8004-' || lpad((i / %u)::text, 12, "
	     "'0'))::uuid, " NUMBERED("002") " FROM generate_series(0, %u) i",
	     each, group->practitioners - 1);
	copy(group,
	     "INSERT INTO scheduling.practitioner (organisation_id, practitioner_id) SELECT "
	     "'" GROUP_ORGANISATION "', " NUMBERED("001") " FROM generate_series(0, %u) i",
	     group->practitioners - 1);
	copy(group,
	     "INSERT INTO scheduling.athlete (organisation_id, athlete_id, zone) SELECT "
	     "'" GROUP_ORGANISATION "', " NUMBERED("003") ", 'UTC' FROM generate_series(0, %u) i",
	     group->practitioners);
	copy(group, "INSERT INTO scheduling.service (organisation_id, service_id, name, "
		    "duration_minutes, buffer_before_minutes, buffer_after_minutes) SELECT "
		    "'" GROUP_ORGANISATION "', " NUMBERED("005") ", 'Visit', 45, 0, 15 FROM "
								 "generate_series(0, 0) i");
}

void group_make(struct group *group)
{
	char steps[2048];
	group->first_us = (clock_now_us() / CLOCK_DAY_US + 30) * CLOCK_DAY_US;
	copy_directory(group);
	house_tells(group->house, "{\"key\": \"bench\", \"roles\": \"front_desk,clinic_lead\", "
				  "\"organisation\": \"" GROUP_ORGANISATION "\"}\n");
	for (unsigned i = 0; i < group->practitioners; i++) {
		int length =
			snprintf(steps, sizeof(steps),
				 "{\"call\": \"Scheduling.SetWorkingHours\", \"as\": \"bench\", "
				 "\"organisation\": \"" GROUP_ORGANISATION
				 "\", \"with\": {\"practitioner_id\": \"" GROUP_ID
				 "\", \"clinic_id\": \"" GROUP_ID "\", \"hours\": [",
				 GROUP_PRACTITIONER, (int)i, GROUP_CLINIC,
				 (int)(i / (group->practitioners / group->clinics)));
		for (int day = 1; day <= 7; day++)
			length += snprintf(steps + length, sizeof(steps) - (size_t)length,
					   "%s{\"weekday\": %d, \"opens\": \"00:00\", "
					   "\"closes\": \"24:00\"}",
					   day > 1 ? ", " : "", day);
		snprintf(steps + length, sizeof(steps) - (size_t)length, "]}}\n");
		house_tells(group->house, steps);
	}
}

unsigned group_take_hours(struct group *group, double bookings)
{
	unsigned first = group->next_hour;
	group->next_hour += (unsigned)(bookings / group->practitioners) + 2;
	if (group->next_hour > GROUP_HOURS) {
		fprintf(stderr, "no hours left to book: run fewer rounds\n");
		exit(1);
	}
	return first;
}

void group_signal_readers(const struct group *group, int signal)
{
	static const char *const readers[] = {"notes", "reminders", "analytics"};
	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		kill(house_pid(group->house, readers[i]), signal);
}
