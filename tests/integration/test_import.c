/* Real input: importing takes all that can be used, says the rest line by line, and changes nothing
 * the second time. The shared data is skipped where it is not. */
#include "house.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000ab"
#define DATA         SOLEUS_SOURCE "/../shared/data"

static int open_house(void **state)
{
	if (house_open((struct house **)state) != 0)
		return 1;
	house_tells(*state,
		    "{\"call\": \"Directory.CreateOrganisation\", \"with\": {\"organisation_id\": "
		    "\"" ORGANISATION "\", \"name\": \"Import\"}}\n"
		    "{\"call\": \"Directory.CreateClinic\", \"organisation\": \"" ORGANISATION
		    "\", \"with\": {\"name\": \"Home\", \"zone\": \"America/New_York\"}}\n");
	return 0;
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

/* Standard output of soleusctl; ends with free(). */
static char *ctl(const struct house *house, const char *words)
{
	char command[1024];
	char *text = calloc(1, 1 << 16);
	snprintf(command, sizeof(command),
		 "SOLEUS_RUN_DIR=%s " SOLEUS_BUILD "/soleusctl --organisation " ORGANISATION " %s",
		 house->run_dir, words);
	FILE *output = popen(command, "re");
	assert_non_null(output);
	assert_true(fread(text, 1, (1 << 16) - 1, output) > 0);
	assert_int_equal(pclose(output), 0);
	return text;
}

static void expect_said(const struct house *house, const char *words, const char *said)
{
	char *text = ctl(house, words);
	if (!strstr(text, said))
		fail_msg("%s said:\n%sexpected: %s", words, text, said);
	free(text);
}

static void test_what_cannot_be_used_is_said(void **state)
{
	static const char lines[] =
		"{\"resourceType\":\"Patient\",\"id\":\"a\",\"name\":[{\"family\":\"A1\",\"given\":"
		"[\"B2\"]}],"
		"\"birthDate\":\"1990-01-01\",\"telecom\":[{\"system\":\"phone\",\"value\":\"555-"
		"0100\"}]}\n"
		"{\"resourceType\":\"Patient\",\"id\":\"b\",\"name\":[{\"family\":\"C\",\"given\":["
		"\"D\"]}],"
		"\"birthDate\":\"1950-01-01\",\"deceasedDateTime\":\"2020-01-01T00:00:00Z\"}\n"
		"{\"resourceType\":\"Patient\",\"id\":\"c\",\"name\":[{\"family\":\"E\",\"given\":["
		"\"F\"]}],"
		"\"birthDate\":\"1990-01-01\",\"telecom\":[{\"system\":\"phone\",\"value\":\"555-"
		"0100\"}]}\n"
		"{\"resourceType\":\"Patient\",\"id\":\"d\",\"name\":[{\"family\":\"G\",\"given\":["
		"\"H\"]}],"
		"\"birthDate\":\"1990-01-01\"}\n"
		"{\"resourceType\":\"Practitioner\",\"id\":\"p\"}\n"
		"{not json\n";
	const struct house *house = *state;
	char path[128], words[160];
	snprintf(path, sizeof(path), "%s/patients.ndjson", house->folder);
	snprintf(words, sizeof(words), "import fhir %s", path);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	fputs(lines, file);
	fclose(file);
	char *first = ctl(house, words);
	static const char *const said[] = {
		":2: not taken: has died",  ":3: taken, but: phone twice",
		":4: taken, but: no phone", ":5: not taken: resourceType",
		":6: not taken: not JSON",  "3 registered"};
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		if (!strstr(first, said[i]))
			fail_msg("expected \"%s\" in:\n%s", said[i], first);
	free(first);
	expect_said(house, words, "0 registered, 3 already known, 3 not taken");
}

#define PATIENT(ID, FAMILY, MORE)                                                         \
	"{\"resourceType\":\"Patient\",\"id\":\"" ID "\",\"name\":[{\"family\":\"" FAMILY \
	"\",\"given\":[\"Ana\"]}],\"birthDate\":\"1990-01-01\"" MORE "}"
#define PHONE(VALUE) "{\"system\":\"phone\",\"value\":\"" VALUE "\"}"

/* What other systems write: a byte order mark, CRLF, no last line end, the same phone in two ways,
 * numbers where text belongs, a line of megabytes. */
/* clang-format off */
static const char others[] =
	"\xef\xbb\xbf" PATIENT("o1", "One", ",\"telecom\":[" PHONE("(555) 0200") "]") "\r\n"
	PATIENT("o2", "Two", ",\"telecom\":[" PHONE("555-02-00") "]") "\r\n"
	PATIENT("o3", "Three", ",\"telecom\":[" PHONE("555 0300") "," PHONE("555-0300") "]") "\r\n"
	PATIENT("o4", "Four", ",\"deceasedBoolean\":\"false\"") "\r\n"
	PATIENT("o5", "Five", ",\"deceasedBoolean\":false,\"telecom\":7") "\r\n"
	PATIENT("o6", "Six", ",\"active\":false") "\r\n"
	"{\"resourceType\":\"Patient\",\"id\":\"o7\",\"name\":[{\"family\":\"S\",\"given\":[{\"x\":1}]}],"
	"\"birthDate\":\"1990\"}\r\n"
	"[]\r\n"
	"null\r\n"
	"\xff\r\n"
	PATIENT("o1", "Other", "") "\r\n"
	PATIENT("o8", "Eight", ",\"telecom\":[" PHONE("555 0800") "]");
/* clang-format on */

static void test_files_of_other_systems(void **state)
{
	static const char *const said[] = {
		":2: taken, but: phone twice: it stays with o1",
		":4: not taken: deceasedBoolean",
		":5: taken, but: no phone",
		":6: not taken: the record is not in use",
		":7: not taken: athlete.given_name: expected",
		"athlete.birth_date: expected",
		":8: not taken: resourceType",
		":9: not taken: null",
		":10: not taken: not UTF-8",
		":11: not taken: athlete ",
		":13: not taken: resourceType",
		"13 lines: 5 registered, 0 already known, 8 not taken",
	};
	const struct house *house = *state;
	char path[128], words[160];
	snprintf(path, sizeof(path), "%s/others.ndjson", house->folder);
	snprintf(words, sizeof(words), "import fhir %s", path);
	FILE *file = fopen(path, "we");
	fwrite(others, 1, sizeof(others) - 1, file);
	fputs("\n{\"note\":\"", file);
	for (int i = 0; i < 1 << 20; i++)
		fputs("ten bytes.", file);
	fputs("\"}", file);
	fclose(file);
	char *first = ctl(house, words);
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		if (!strstr(first, said[i]))
			fail_msg("expected \"%s\" in:\n%s", said[i], first);
	assert_null(strstr(first, ":3:"));
	free(first);
	expect_said(house, words, "0 registered, 5 already known, 8 not taken");
	char *points =
		house_query(house, "SELECT count(*) FROM directory.contact_point WHERE value LIKE "
				   "'555_0300'");
	assert_string_equal(points, "1");
	free(points);
}

static void test_shared_patients_and_calendar(void **state)
{
	const struct house *house = *state;
	char words[256];
	if (access(DATA "/fhir/Patient.ndjson", R_OK) != 0)
		skip();
	expect_said(house, "import fhir " DATA "/fhir/Patient.ndjson", "48 lines: 48 registered");
	char *before = house_query(house, "SELECT count(*) FROM directory.outbox");
	expect_said(house, "import fhir " DATA "/fhir/Patient.ndjson", "48 already known");
	char *after = house_query(house, "SELECT count(*) FROM directory.outbox");
	assert_string_equal(before, after);
	free(before);
	free(after);
	/* A step of a story comes only when all daemons have read all events. */
	house_tells(*state,
		    "{\"call\": \"Directory.ListClinics\", \"organisation\": \"" ORGANISATION
		    "\"}\n");
	char *athlete = house_query(house, "SELECT athlete_id FROM scheduling.athlete LIMIT 1");
	snprintf(words, sizeof(words), "import ics " DATA "/training/marathon-18-weeks.ics %s",
		 athlete);
	expect_said(house, words, "126 sessions: 126 added");
	expect_said(house, words, "126 sessions: 0 added, 0 changed, 126 unchanged");
	char *races = house_query(house, "SELECT string_agg(title, ', ') FROM "
					 "scheduling.training_session WHERE kind = 'race'");
	assert_non_null(strstr(races, "RACE Boston Marathon"));
	free(races);
	free(athlete);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_cannot_be_used_is_said),
		cmocka_unit_test(test_files_of_other_systems),
		cmocka_unit_test(test_shared_patients_and_calendar),
	};
	return cmocka_run_group_tests_name("import", tests, open_house, close_house);
}
