#include "ctl/command.h"

#include "base/clock.h"
#include "ctl/near.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct command_entry commands[] = {
	{"call", "METHOD [JSON|@FILE|-]", "call any method; JSON in, JSON out",
	 "  METHOD is Service.Method, or Method alone where one service has it; `soleusctl "
	 "methods`\n"
	 "  lists all. The request is a JSON object: {} when it is left out, @FILE from a file, -\n"
	 "  from standard input. Instants are written as 2026-03-02T08:00:00+01:00.\n\n"
	 "  soleusctl --as nora.lead call Directory.ListClinics\n"
	 "  soleusctl --as nora.lead call Scheduling.Book @visit.json\n"
	 "  soleusctl --as nora.lead --pick /clinics/0/clinic_id call Directory.ListClinics\n\n"
	 "  exit status: 0 done, 1 refused (the reply, if any, is printed all the same), 2 not\n"
	 "  understood\n",
	 command_call, 1, 2},
	{"methods", "[METHOD]", "all methods with their fields, or all about one",
	 "  soleusctl methods Scheduling.Book\n", command_methods, 0, 1},
	{"status", "", "how every daemon is: ready, lag, work in flight",
	 "  exit status: 0 when all are ready, 1 when one is not\n", command_status, 0, 0},
	{"watch", "[DAEMON…]", "print events as they are committed, until Ctrl-C",
	 "  One line for each event, of the daemons that are named or of all: its time, the "
	 "daemon,\n"
	 "  the type and the event as JSON. Events hold names and contact data.\n\n"
	 "  soleusctl watch scheduling reminders\n",
	 command_watch, 0, 8},
	{"import", "fhir FILE | ics FILE ATHLETE_ID | holidays FILE [CLINIC_ID…]",
	 "take FHIR patients (NDJSON), an athlete's training calendar or public holidays",
	 "  What cannot be used is told line by line with its reason; the same file again changes\n"
	 "  nothing. Athletes go to --clinic, else to the organisation's first.\n\n"
	 "  soleusctl --as nora.lead import fhir Patient.ndjson\n"
	 "  soleusctl --as nora.lead import ics training.ics ATHLETE_ID\n"
	 "    the id is in the reply of `call Directory.ListAthletes`\n"
	 "  soleusctl --as nora.lead import holidays feiertage.ics CLINIC_ID CLINIC_ID\n"
	 "    all-day events close those clinics (none named: all), yearly rules for three years;\n"
	 "    the file again takes back what it no longer holds, and lists who has booked there\n\n"
	 "  exit status: 0 when the file was read to its end\n",
	 command_import, 2, 202},
	{"export", "record ATHLETE_ID [--format fhir|html] | ics TOKEN [FILE]",
	 "write one athlete's whole record, or the calendar that a feed's token opens",
	 "  record: all that is kept of the athlete, also under records that are merged: contact\n"
	 "  data, consents, visits with their histories, screenings, every version of every note\n"
	 "  with its signatures, measures, adverse events, messages. --format fhir (the usual "
	 "one)\n"
	 "  is a FHIR R4 bundle as JSON, html one file to read or print. Every reading is in the\n"
	 "  audit trail. --output FILE is replaced as a whole, or not at all.\n\n"
	 "  soleusctl --as nora.lead export record ATHLETE_ID --output ana.json\n"
	 "  soleusctl --as nora.lead export record ATHLETE_ID --format html --output ana.html\n\n"
	 "  ics: the visits of a practitioner, a room or an athlete, 30 days back and 400 ahead, "
	 "as an\n"
	 "  iCalendar file: service, clinic and room, no names of people. CreateFeed makes a "
	 "token and\n"
	 "  tells it once; RevokeFeed ends it. TOKEN - reads it from standard input, so that no "
	 "list of\n"
	 "  processes shows it. FILE is replaced as a whole; without it the text is printed.\n\n"
	 "  soleusctl --as nora.lead --pick /token call Scheduling.CreateFeed \\\n"
	 "    '{\"practitioner_id\": \"…\"}' > token\n"
	 "  soleusctl export ics - visits.ics < token\n\n"
	 "  exit status: 0 written, 1 refused or not found, or not written\n",
	 command_export, 2, 3},
	{"audit", "verify [DAEMON[@NUMBER:HASH]…]",
	 "reckon the chain of hashes over the audit trail again, here",
	 "  Of the daemons that are named or of all: finds a row that was changed, taken out, put "
	 "in\n"
	 "  or put elsewhere, and names it. What it prints at the end is to be remembered outside\n"
	 "  the database: given again, it shows that the newest rows of then are still there.\n\n"
	 "  soleusctl --as nora.lead audit verify\n"
	 "  soleusctl --as nora.lead audit verify notes@1042:5f1c…\n\n"
	 "  exit status: 0 unbroken, 1 broken or not readable\n",
	 command_audit, 1, 8},
	{"verify", "NOTE_ID",
	 "check the signatures under a note, here and not by the service's word",
	 "  The content is hashed and every signature checked with its public key, which has to "
	 "be\n"
	 "  one of Notes.ListSigningKeys.\n\n"
	 "  soleusctl --as mira verify NOTE_ID\n"
	 "    the id is in the reply of `call Notes.ListNotes`\n\n"
	 "  exit status: 0 all valid, 1 one is not, or the note cannot be read\n",
	 command_verify, 1, 1},
	{"retention", "list", "athletes whose signed notes the law no longer asks to keep",
	 "  By the rule packs of the clinics that treated them: years after the last treatment, "
	 "of\n"
	 "  minors longer (`call Notes.GetRulePack`). A term that is unverified is a default that\n"
	 "  somebody has to look up before anything is erased by it. Nothing is erased here.\n\n"
	 "  soleusctl --as nora.lead retention list\n",
	 command_retention, 1, 1},
	{"vocabulary", "[KIND]", "the codes that a note can be written with, all or of one kind",
	 "  KIND is muscle, area, approach, driver, side, instrument, moment, modality, "
	 "plan_step,\n"
	 "  adverse_event or screening_item. As JSON: `call Notes.ListVocabulary`. Movements and\n"
	 "  all else in a note are free words.\n\n"
	 "  soleusctl --as mira vocabulary muscle\n",
	 command_vocabulary, 0, 1},
	{"play", "STORY [PROGRESS]",
	 "play a story on the driven clock; cut off, it goes on from the file PROGRESS",
	 "  services/ctl/demo/three-clinics.story is the one of scripts/run.\n", command_play, 1,
	 2},
	{"migrate", "", "bring the database to this version's schema",
	 "  Needs SOLEUS_ADMIN_DATABASE_URL, a role that may make roles and schemas. Sets the\n"
	 "  passwords of the daemons' roles from SOLEUS_<DAEMON>_PASSWORD or _PASSWORD_FILE. "
	 "Again\n"
	 "  at any time, and after a dump was restored: what is done stays.\n",
	 command_migrate, 0, 0},
	{"keys", "init | issue NAME ROLES ORGANISATION|* [SUBJECT] | revoke NAME | list",
	 "keys of daemons and people",
	 "  init    one for each daemon, and the operator's\n"
	 "  issue   makes RUN_DIR/keys/NAME.secret, to be handed to NAME; ROLES are words of "
	 "athlete,\n"
	 "          front_desk, practitioner, clinic_lead, operator parted by commas; SUBJECT is "
	 "the\n"
	 "          athlete's or practitioner's id. * is every organisation, for operators alone\n"
	 "  revoke  daemons refuse the key from then on\n\n"
	 "  soleusctl keys issue nora.lead clinic_lead,practitioner $ORG\n",
	 command_keys, 1, 5},
	{"clock", "[INSTANT|real]", "show or drive the clock of SOLEUS_CLOCK_FILE",
	 "  For trials: daemons that follow the same file live at that instant until the next.\n\n"
	 "  soleusctl clock 2026-03-02T08:00:00Z\n",
	 command_clock, 0, 1},
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void print_help(void)
{
	printf("soleusctl: the command line of Soleus, for staff and operators\n\n"
	       "usage: soleusctl [OPTION…] COMMAND [WORD…]\n\n");
	for (size_t i = 0; i < COMMANDS; i++)
		printf("  %s %s\n      %s\n", commands[i].name, commands[i].usage,
		       commands[i].help);
	printf("\noptions\n"
	       "  --as NAME            whose key (RUN_DIR/keys/NAME.secret); default operator\n"
	       "  --organisation UUID  the organisation, for keys that are not bound to one\n"
	       "  --clinic UUID        the clinic that the command concerns\n"
	       "  --key TEXT           idempotency key: the same key does a command once, however\n"
	       "                       often it is sent; default a new one\n"
	       "  --pick POINTER       of a call's reply this alone, such as "
	       "/athletes/0/athlete_id\n"
	       "  --format NAME        of an export\n"
	       "  --output FILE        of an export; default standard output\n"
	       "  --timeout SECONDS    how long to wait for an answer; default 5\n"
	       "  --version, --help    with a command: how that is used\n\n"
	       "environment\n"
	       "  SOLEUS_RUN_DIR       sockets and keys; default ./var/run\n"
	       "  SOLEUS_KEYS_DIR      keys; default RUN_DIR/keys\n"
	       "  SOLEUS_<DAEMON>_RPC, SOLEUS_<DAEMON>_PUB  a daemon's endpoint; default ipc in "
	       "RUN_DIR\n"
	       "  SOLEUS_ADMIN_DATABASE_URL  for migrate\n"
	       "  SOLEUS_MESSAGE_LIMIT_BYTES the longest request, as the daemons are told; default "
	       "1048576\n"
	       "  SOLEUS_CLOCK_FILE    a driven clock\n\n"
	       "an example\n"
	       "  soleusctl --organisation $ORG call Scheduling.FindAvailability \\\n"
	       "    "
	       "'{\"service_id\":\"…\",\"from_at\":\"2026-03-02T00:00:00Z\",\"until_at\":\"2026-03-"
	       "06T00:00:00Z\"}'\n");
}

/* A name that nobody reads, but that is near to one that soleusctl reads. Others may be for the
 * daemons, which share an environment with it. */
static void warn_of_misspelt_settings(void)
{
	static const char *const names[] = {"SOLEUS_RUN_DIR",
					    "SOLEUS_KEYS_DIR",
					    "SOLEUS_CLOCK_FILE",
					    "SOLEUS_ADMIN_DATABASE_URL",
					    "SOLEUS_ADMIN_DATABASE_URL_FILE",
					    "SOLEUS_MESSAGE_LIMIT_BYTES",
					    "SOLEUS_DIRECTORY_RPC",
					    "SOLEUS_SCHEDULING_RPC",
					    "SOLEUS_NOTES_RPC",
					    "SOLEUS_REMINDERS_RPC",
					    "SOLEUS_ANALYTICS_RPC",
					    NULL};
	for (char **entry = environ; *entry; entry++) {
		char name[NEAR_BYTES_MAX + 1];
		snprintf(name, sizeof(name), "%.*s", (int)strcspn(*entry, "="), *entry);
		for (size_t i = 0; strncmp(name, "SOLEUS", 6) == 0 && names[i]; i++) {
			size_t letters = near_distance(name, names[i]);
			if (letters > 0 && letters <= 2)
				fprintf(stderr, "soleusctl: %s means nothing; did you mean %s?\n",
					name, names[i]);
		}
	}
}

static struct session_options default_options(void)
{
	static char keys_dir[4096];
	const char *run_dir = getenv("SOLEUS_RUN_DIR");
	const char *keys = getenv("SOLEUS_KEYS_DIR");
	if (!run_dir)
		run_dir = "./var/run";
	snprintf(keys_dir, sizeof(keys_dir), "%s/keys", run_dir);
	return (struct session_options){
		.run_dir = run_dir,
		.keys_dir = keys ? keys : keys_dir,
		.as = "operator",
		.timeout_us = 5 * CLOCK_SECOND_US,
	};
}

static int usage_fault(const char *what, const char *word)
{
	fprintf(stderr, "soleusctl: %s %s\n  next: soleusctl --help\n", what, word);
	return 2;
}

static int no_command(const char *word)
{
	const char *names[COMMANDS + 1] = {0};
	struct arena *arena = arena_new((size_t)1 << 16);
	for (size_t i = 0; i < COMMANDS; i++)
		names[i] = commands[i].name;
	const char *near = near_names(arena, word, names);
	fprintf(stderr, "soleusctl: no command %s%s%s\n  next: soleusctl --help\n", word,
		*near ? "; near to it: " : "", near);
	arena_free(arena);
	return 2;
}

/* What was said is said only when it has arrived: a full disk is not success. */
static int flushed(int code)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	fprintf(stderr, "soleusctl: cannot write the output: %m\n");
	return code ? code : 1;
}

static int run_command(struct command_line *line, int count, char **words, bool help)
{
	if (count == 0)
		return usage_fault("which command?", "");
	for (size_t i = 0; i < COMMANDS; i++) {
		const struct command_entry *command = &commands[i];
		if (strcmp(command->name, words[0]) != 0)
			continue;
		line->count = count - 1;
		line->words = words + 1;
		bool fits =
			line->count >= command->least_words && line->count <= command->most_words;
		if (fits && !help)
			return flushed(command->run(line));
		fprintf(help ? stdout : stderr, "usage: soleusctl [OPTION…] %s %s\n  %s\n%s%s",
			command->name, command->usage, command->help, help ? "\n" : "",
			help ? command->more : "");
		return help ? flushed(0) : 2;
	}
	return no_command(words[0]);
}

/* Seconds to microseconds; 0 for what is none, or longer than a day. */
static int64_t timeout_us(const char *text)
{
	char *end;
	double seconds = strtod(text, &end);
	return end != text && !*end && seconds > 0 && seconds <= 86400 ? (int64_t)(seconds * 1e6)
								       : 0;
}

int main(int argc, char **argv)
{
	enum { AS = 256, ORGANISATION, CLINIC, KEY, PICK, FORMAT, OUTPUT, TIMEOUT, VERSION, HELP };
	static const struct option options[] = {
		{"as", required_argument, NULL, AS},
		{"organisation", required_argument, NULL, ORGANISATION},
		{"clinic", required_argument, NULL, CLINIC},
		{"key", required_argument, NULL, KEY},
		{"pick", required_argument, NULL, PICK},
		{"format", required_argument, NULL, FORMAT},
		{"output", required_argument, NULL, OUTPUT},
		{"timeout", required_argument, NULL, TIMEOUT},
		{"version", no_argument, NULL, VERSION},
		{"help", no_argument, NULL, HELP},
		{0},
	};
	warn_of_misspelt_settings();
	struct command_line line = {.options = default_options()};
	const char *clock_file = getenv("SOLEUS_CLOCK_FILE");
	struct status status = clock_file ? clock_follow_file(clock_file) : status_ok();
	if (!status_is_ok(status))
		return session_complain(clock_file, status);
	int option;
	bool help = false;
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (option) {
		case AS:
			line.options.as = optarg;
			break;
		case ORGANISATION:
			line.options.organisation_id = optarg;
			break;
		case CLINIC:
			line.options.clinic_id = optarg;
			break;
		case KEY:
			line.options.key = optarg;
			break;
		case PICK:
			line.pick = optarg;
			break;
		case FORMAT:
			line.format = optarg;
			break;
		case OUTPUT:
			line.output = optarg;
			break;
		case TIMEOUT:
			line.options.timeout_us = timeout_us(optarg);
			if (line.options.timeout_us <= 0)
				return usage_fault("--timeout takes seconds, not", optarg);
			break;
		case VERSION:
			printf("soleusctl %s\n", SOLEUS_VERSION);
			return 0;
		case HELP:
		case 'h':
			help = true;
			break;
		default:
			fprintf(stderr, "  next: soleusctl --help\n");
			return 2;
		}
	}
	if (help && optind == argc) {
		print_help();
		return flushed(0);
	}
	return run_command(&line, argc - optind, argv + optind, help);
}
