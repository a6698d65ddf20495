/* Notes signed per second through the bus, at 16 in flight, each with 12 needle rows and 6
 * measures, against pgbench writing the same rows as one transaction for each note: a statement
 * for each table, prepared, 16 clients, on the same server, in turn, in one run. pgbench neither
 * checks nor looks, nor hashes or signs. A second reference sends the whole transaction in one
 * pipeline.
 *
 * Then the search of 200,000 notes, four at once, by a lead, who may read them all, by a
 * practitioner whose clinic knows one athlete in ten, and by one who may read none. One call is a
 * search; to the end are as many calls as fill a page. The daemons that read notes' events are
 * stopped while all are measured, for pgbench's notes have no readers. */
#include "figures.h"
#include "load.h"
#include "pgbench.h"

#include "base/clock.h"

#include "soleus/v1/notes.pb-c.h"

#include <signal.h>
#include <string.h>

#define IN_FLIGHT       16
#define SECONDS         5
#define ROUNDS_MOST     8
#define ENCOUNTERS      120000 /* half for each side */
#define SITES           12
#define MEASURES        6
#define NOTES           200000
#define SEARCHES        2000
#define SEARCHERS       4
#define SEARCH_SECONDS  30
#define SEARCH_UNTIL_US INT64_C(1767225600000000) /* 2026, behind the notes that are made here */
#define PAGE            20 /* notes of a page, when nothing else is asked for */
#define ID(kind)        "00000000-0000-7000-8" kind "-%012u"
#define ENCOUNTER       ID("006")

static const char *const copies[] = {
	"INSERT INTO notes.clinic (organisation_id, clinic_id) VALUES ('" GROUP_ORGANISATION
	"', '00000000-0000-7000-8004-000000000000')",
	"INSERT INTO notes.practitioner (organisation_id, practitioner_id) VALUES "
	"('" GROUP_ORGANISATION "', '00000000-0000-7000-8001-000000000000')",
	"INSERT INTO notes.athlete (organisation_id, athlete_id) SELECT '" GROUP_ORGANISATION
	"', ('00000000-0000-7000-8003-' || lpad(i::text, 12, '0'))::uuid FROM "
	"generate_series(0, 4999) i",
	"INSERT INTO notes.treatment_consent (organisation_id, athlete_id, consent_id, granted, "
	"text_version, recorded_at, copy_given) SELECT organisation_id, athlete_id, "
	"gen_random_uuid(), true, 'v1', '2020-01-01Z', true FROM notes.athlete",
	/* Whose clinic has seen one athlete in ten. */
	"INSERT INTO notes.practitioner (organisation_id, practitioner_id, clinic_ids) VALUES "
	"('" GROUP_ORGANISATION "', '00000000-0000-7000-8001-000000000001', "
	"'{00000000-0000-7000-8004-000000000001}')",
	"INSERT INTO notes.appointment (organisation_id, appointment_id, athlete_id, "
	"practitioner_id, clinic_id, state, ends_at) SELECT '" GROUP_ORGANISATION
	"', gen_random_uuid(), ('00000000-0000-7000-8003-' || lpad((i % 5000)::text, 12, "
	"'0'))::uuid, '00000000-0000-7000-8001-000000000000', ('00000000-0000-7000-8004-' || "
	"lpad((i % 10)::text, 12, '0'))::uuid, 'completed', '2024-01-01Z'::timestamptz + i * "
	"interval '5 minutes' FROM generate_series(0, 199999) i",
	"INSERT INTO notes.encounter (organisation_id, encounter_id, athlete_id, practitioner_id, "
	"clinic_id, opened_at, opened_by) SELECT '" GROUP_ORGANISATION
	"', ('00000000-0000-7000-8006-' || lpad(i::text, 12, '0'))::uuid, "
	"('00000000-0000-7000-8003-' || lpad((i % 5000)::text, 12, '0'))::uuid, "
	"'00000000-0000-7000-8001-000000000000', '00000000-0000-7000-8004-000000000000', "
	"'2026-03-02Z', 'bench' FROM generate_series(0, 119999) i",
	"INSERT INTO notes.screening (organisation_id, screening_id, visit_id, athlete_id, items, "
	"outcome, recorded_at, recorded_by, by_staff, open_items, language) SELECT "
	"organisation_id, gen_random_uuid(), encounter_id, athlete_id, '{}', 'clear', opened_at, "
	"'bench', true, '{}', '' FROM notes.encounter",
	"ANALYZE",
};

static void make_copies(const struct house *house)
{
	for (size_t i = 0; i < sizeof(copies) / sizeof(copies[0]); i++)
		free(house_query(house, copies[i]));
}

/* ---- Through the bus ---- */

static char *const muscles[] = {"gastrocnemius", "soleus", "biceps_femoris", "semitendinosus"};

struct note_of_bench {
	Soleus__V1__Note note;
	Soleus__V1__Finding finding, *findings[1];
	Soleus__V1__NeedleSite sites[SITES], *site_list[SITES];
	Soleus__V1__NoteMeasure measures[MEASURES], *measure_list[MEASURES];
	Soleus__V1__Reading pain, values[MEASURES];
	char *keys[1], *drivers[1];
};

static void make_note(struct note_of_bench *all)
{
	static char *const instruments[MEASURES] = {"nprs",     "nprs",     "knee_to_wall",
						    "soreness", "soreness", "sprint_pain"};
	soleus__v1__note__init(&all->note);
	soleus__v1__finding__init(&all->finding);
	soleus__v1__reading__init(&all->pain);
	all->pain.value = 3;
	all->keys[0] = all->finding.key = "f1";
	all->drivers[0] = "load";
	all->finding.movement = "knee-to-wall";
	all->finding.side = "left";
	all->findings[0] = &all->finding;
	for (size_t i = 0; i < SITES; i++) {
		Soleus__V1__NeedleSite *site = all->site_list[i] = &all->sites[i];
		soleus__v1__needle_site__init(site);
		site->muscle = muscles[i % 4];
		site->side = i % 2 ? "left" : "right";
		site->approach = "deep";
		site->gauge_um = 300;
		site->length_mm = 40;
		site->depth_mm = 20;
		site->insertions = 4;
		site->pain_during = &all->pain;
		site->needles_in = site->needles_out = 1;
		site->finding_keys = all->keys;
		site->n_finding_keys = 1;
	}
	for (size_t i = 0; i < MEASURES; i++) {
		Soleus__V1__NoteMeasure *measure = all->measure_list[i] = &all->measures[i];
		soleus__v1__note_measure__init(measure);
		soleus__v1__reading__init(&all->values[i]);
		all->values[i].value = 4;
		measure->instrument = instruments[i];
		measure->area = "calf";
		measure->side = i % 2 ? "left" : "right";
		measure->moment = "before";
		measure->value = &all->values[i];
	}
	all->note.complaint = "Both calves tight after long runs, the left one more";
	all->note.tissue_to_calm = "Gastrocnemius and soleus, guarded and shortened";
	all->note.why_overloaded = "Long runs grew by a third within two weeks";
	all->note.drivers = all->drivers;
	all->note.n_drivers = 1;
	all->note.findings = all->findings;
	all->note.n_findings = 1;
	all->note.sites = all->site_list;
	all->note.n_sites = SITES;
	all->note.measures = all->measure_list;
	all->note.n_measures = MEASURES;
}

static bool sign(struct load *load, unsigned number)
{
	char encounter_id[37];
	struct note_of_bench note;
	Soleus__V1__SignNoteRequest request = SOLEUS__V1__SIGN_NOTE_REQUEST__INIT;
	make_note(&note);
	snprintf(encounter_id, sizeof(encounter_id), ENCOUNTER, number);
	request.encounter_id = encounter_id;
	request.note = &note.note;
	return load_call(load, &request.base) != NULL;
}

/* ---- pgbench ---- */

#define TENANT       "'" GROUP_ORGANISATION "'::uuid"
#define NUMBERED(k)  "('00000000-0000-7000-8" k "-' || lpad((:number)::text, 12, '0'))::uuid"
#define NOTE_ID      NUMBERED("007")
#define ATHLETE      "('00000000-0000-7000-8003-' || lpad((:number % 5000)::text, 12, '0'))::uuid"
#define PRACTITIONER "'00000000-0000-7000-8001-000000000000'::uuid"
#define CLINIC       "'00000000-0000-7000-8004-000000000000'::uuid"
#define NOW          "'2026-03-02 08:00:00+00'::timestamptz"
#define TWELVE(text) "array_fill(" text ", ARRAY[12])"
#define SIX(text)    "array_fill(" text ", ARRAY[6])"
#define WORDS                                                                                      \
	"'Both calves tight after long runs, the left one more Gastrocnemius and soleus, guarded " \
	"and shortened Long runs grew by a third within two weeks knee-to-wall light_mobility "    \
	"positional_breathing activation return_to_loading left right deep before nprs'"

static const char *const note_values[] = {
	TENANT,
	NOTE_ID,
	NUMBERED("006"),
	"NULL::uuid",
	ATHLETE,
	PRACTITIONER,
	CLINIC,
	"NULL::uuid",
	"1",
	"NULL::uuid",
	"''",
	"NULL::uuid",
	NOW,
	NOW,
	"'bench'",
	"'Both calves tight after long runs, the left one more'",
	"'Gastrocnemius and soleus, guarded and shortened'",
	"'Long runs grew by a third within two weeks'",
	"'{load}'",
	"'20561'",
	"false",
	"decode(repeat('a5', 1400), 'hex')",
	"decode(repeat('a5', 32), 'hex')",
	"'default'",
	"1",
	"''",
	"NULL::int",
};
static const char *const site_values[] = {
	TENANT,
	NOTE_ID,
	TWELVE("'soleus'::text"),
	TWELVE("'left'::text"),
	TWELVE("'deep'::text"),
	TWELVE("300"),
	TWELVE("40"),
	TWELVE("20"),
	TWELVE("4"),
	TWELVE("0"),
	TWELVE("false"),
	TWELVE("false"),
	TWELVE("3::double precision"),
	TWELVE("1"),
	TWELVE("1"),
	TWELVE("'{f1}'::text"),
};
static const char *const area_values[] = {TENANT, NOTE_ID, "'{calf,calf,hamstring,hamstring}'",
					  "'{left,right,left,right}'"};
static const char *const measure_values[] = {
	TENANT,
	NOTE_ID,
	SIX("'nprs'::text"),
	SIX("'calf'::text"),
	SIX("'left'::text"),
	SIX("'before'::text"),
	SIX("4::double precision"),
};
/* With a dash in the terms: pgbench reads a colon as a variable. */
static const char *const term_values[] = {
	TENANT,
	NOTE_ID,
	NOW,
	WORDS,
	"ARRAY['m-gastrocnemius', 'm-soleus', 'm-biceps_femoris', 'm-semitendinosus', 'a-calf', "
	"'a-hamstring', 'd-load', 'p-x', 'h-y', 'c-z', '*-note']",
};
static const char *const signature_values[] = {
	TENANT,
	NOTE_ID,
	"1",
	"'author'",
	PRACTITIONER,
	NOW,
	"decode(repeat('a5', 420), 'hex')",
	"decode(repeat('a5', 64), 'hex')",
	"decode(repeat('a5', 32), 'hex')",
	"'notes'",
};
static const char *const audit_values[] = {
	TENANT,       NOW,  "'bench'", PRACTITIONER, "''", "'soleus.v1.Notes.SignNote'",
	"NULL::uuid", "''", ATHLETE,   NOTE_ID,      "''",
};
static const char *const event_values[] = {
	TENANT,
	CLINIC,
	NOTE_ID,
	"'soleus.v1.NoteSigned'",
	NOW,
	"''",
	"decode(repeat('a5', 1500), 'hex')",
};
static const char *const claim_values[] = {
	TENANT,
	"gen_random_uuid()::text",
	"'0123456789abcdef0123456789abcdef'",
	"decode(repeat('a5', 900), 'hex')",
	NOW,
};

static double pgbench_sign(const struct group *group, unsigned *first, bool pipelined)
{
	FILE *script = pgbench_script(group);
	fputs("\\set n :n + 1\n\\set number :hour + :n * :clients + :client_id\n", script);
	fputs(pipelined ? "\\startpipeline\nBEGIN;\n" : "BEGIN;\n", script);
	pgbench_statement(script, "tests/bench/sql/note_add", note_values);
	pgbench_statement(script, "tests/bench/sql/note_sites_add", site_values);
	pgbench_statement(script, "tests/bench/sql/note_areas_add", area_values);
	pgbench_statement(script, "tests/bench/sql/note_measures_add", measure_values);
	pgbench_statement(script, "tests/bench/sql/note_terms_add", term_values);
	pgbench_statement(script, "services/notes/store/sql/signature_add", signature_values);
	pgbench_statement(script, "services/events/sql/audit_add", audit_values);
	pgbench_statement(script, "services/events/sql/outbox_add", event_values);
	pgbench_statement(script, "services/events/sql/idempotency_claim", claim_values);
	fputs(pipelined ? "COMMIT;\n\\endpipeline\n" : "COMMIT;\n", script);
	fclose(script);
	double rate = pgbench_run(group, "notes", IN_FLIGHT, SECONDS, *first).rate;
	*first += (unsigned)(rate * SECONDS * 1.5) + 10 * IN_FLIGHT;
	return rate;
}

/* ---- The search ---- */

/* 200,000 notes with some forty terms each; words as rare as one in ten and one in ten thousand. */
static void fill_search(const struct house *house)
{
	fprintf(stderr, "making %d notes to be found\n", NOTES);
	free(house_query(
		house,
		"BEGIN; SET LOCAL session_replication_role = replica; SELECT setseed(0.5); "
		"INSERT INTO notes.note (organisation_id, note_id, encounter_id, athlete_id, "
		"practitioner_id, clinic_id, version, reason, treated_at, signed_at, signed_by, "
		"complaint, tissue_to_calm, why_overloaded, drivers, procedure_code, thorax, "
		"content, "
		"content_hash, pack_code, pack_version, jurisdiction) SELECT '" GROUP_ORGANISATION
		"', ('00000000-0000-7000-8008-' || lpad(i::text, 12, '0'))::uuid, "
		"('00000000-0000-7000-8009-' || lpad(i::text, 12, '0'))::uuid, "
		"('00000000-0000-7000-8003-' || lpad((i % 5000)::text, 12, '0'))::uuid, "
		"'00000000-0000-7000-8001-000000000000', '00000000-0000-7000-8004-000000000000', "
		"1, "
		"'', at, at, 'bench', 'Calf tight', 'x', 'y', '{}', '20560', false, '\\x00', "
		"decode(repeat('a5', 32), 'hex'), 'default', 1, '' FROM (SELECT i, "
		"'2024-01-01Z'::timestamptz + i * interval '5 minutes' AS at FROM "
		"generate_series(0, "
		"199999) i) AS n; "
		"INSERT INTO notes.note_term (organisation_id, term, signed_at, note_id) SELECT "
		"'" GROUP_ORGANISATION "', term, '2024-01-01Z'::timestamptz + i * interval '5 "
		"minutes', ('00000000-0000-7000-8008-' || lpad(i::text, 12, '0'))::uuid FROM "
		"generate_series(0, 199999) i CROSS JOIN LATERAL (SELECT DISTINCT 'w:word' || "
		"floor(power(random() + i * 0, 4) * 10000)::int AS term FROM generate_series(1, "
		"30) "
		"UNION SELECT unnest(ARRAY['w:calf', 'w:tight', '*:note', 'd:' || CASE WHEN i % 3 "
		"= 0 "
		"THEN 'load' ELSE 'sleep' END, 'm:' || (ARRAY['gastrocnemius', 'soleus', "
		"'biceps_femoris', 'semitendinosus'])[1 + i % 4], 'w:' || (ARRAY['gastrocnemius', "
		"'soleus', 'runs', 'knee'])[1 + i % 4]])) AS t; COMMIT"));
	free(house_query(house, "VACUUM ANALYZE notes.note_term"));
	free(house_query(house, "VACUUM ANALYZE notes.note"));
}

static void fill_question(Soleus__V1__SearchNotesRequest *request, unsigned number)
{
	static char *const words[] = {"gastrocnemius", "calf tight", "runs",    "word17 word34",
				      "word1",         "knee",       "word777", "word3 word5"};
	request->text = words[number % 8];
	if (number % 3 == 0)
		request->muscle = muscles[number % 4];
	if (number % 5 == 0)
		request->driver = "load";
	if (number / 8 % 2) /* no note of then has knee and soleus */
		request->until_at = SEARCH_UNTIL_US;
}

/* One call, which may end where it stopped looking. */
static bool search(struct load *load, unsigned number)
{
	Soleus__V1__SearchNotesRequest request = SOLEUS__V1__SEARCH_NOTES_REQUEST__INIT;
	fill_question(&request, number);
	const Soleus__V1__SearchNotesReply *page =
		(const Soleus__V1__SearchNotesReply *)load_call(load, &request.base);
	if (!page)
		return false;
	load->counted += page->next && page->n_notes < PAGE;
	return true;
}

/* As many calls as fill a page, or find that there is no more. */
static bool search_on(struct load *load, unsigned number)
{
	Soleus__V1__SearchNotesRequest request = SOLEUS__V1__SEARCH_NOTES_REQUEST__INIT;
	size_t found = 0;
	fill_question(&request, number);
	do {
		const Soleus__V1__SearchNotesReply *page =
			(const Soleus__V1__SearchNotesReply *)load_call(load, &request.base);
		if (!page)
			return false;
		found += page->n_notes;
		request.after = page->next;
	} while (request.after && found < PAGE);
	return true;
}

static void measure_search(const struct house *house, const char *who,
			   bool (*ask)(struct load *, unsigned), const char *name)
{
	char metric[64];
	struct load load = {.who = who,
			    .method = "Notes.SearchNotes",
			    .ask = ask,
			    .in_flight = SEARCHERS,
			    .most = SEARCHES,
			    .seconds = SEARCH_SECONDS};
	house_runs((struct house *)house, load_run, &load);
	snprintf(metric, sizeof(metric), "%s_per_s", name);
	figure("notes", metric, load.rate, "1/s");
	snprintf(metric, sizeof(metric), "%s_p50_ms", name);
	figure("notes", metric, load.p50_us / 1000, "ms");
	snprintf(metric, sizeof(metric), "%s_p99_ms", name);
	figure("notes", metric, load.p99_us / 1000, "ms");
	if (ask == search_on)
		return;
	snprintf(metric, sizeof(metric), "%s_cut_short", name);
	figure("notes", metric, (double)load.counted / load.done, "of 1");
}

static void measure_searches(const struct house *house)
{
	measure_search(house, "bench.lead", search, "search");
	measure_search(house, "bench.lead", search_on, "search_to_the_end");
	measure_search(house, "bench.kim", search, "search_bounded");
	measure_search(house, "bench.kim", search_on, "search_bounded_to_the_end");
	measure_search(house, "bench.nora", search, "search_of_nobody");
}

int main(int argc, char **argv)
{
	unsigned rounds = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 3;
	double ours[ROUNDS_MOST], theirs[2][ROUNDS_MOST], ratios[2][ROUNDS_MOST], p99[ROUNDS_MOST];
	struct group group = {.clinics = 1, .practitioners = 1};
	struct load signing = {.who = "bench.mira",
			       .method = "Notes.SignNote",
			       .ask = sign,
			       .in_flight = IN_FLIGHT,
			       .most = ENCOUNTERS / 2,
			       .seconds = SECONDS};
	unsigned first = ENCOUNTERS / 2;
	if (rounds == 0 || rounds > ROUNDS_MOST || house_open(&group.house) != 0)
		return 1;
	house_tells(group.house,
		    "{\"key\": \"bench.mira\", \"roles\": \"practitioner\", \"organisation\": "
		    "\"" GROUP_ORGANISATION
		    "\", \"subject\": \"00000000-0000-7000-8001-000000000000\"}\n"
		    "{\"key\": \"bench.kim\", \"roles\": \"practitioner\", \"organisation\": "
		    "\"" GROUP_ORGANISATION
		    "\", \"subject\": \"00000000-0000-7000-8001-000000000001\"}\n"
		    "{\"key\": \"bench.nora\", \"roles\": \"practitioner\", "
		    "\"organisation\": \"" GROUP_ORGANISATION "\"}\n"
		    "{\"key\": \"bench.lead\", \"roles\": \"clinic_lead\", \"organisation\": "
		    "\"" GROUP_ORGANISATION "\"}\n");
	make_copies(group.house);
	fill_search(group.house);
	group_signal_readers(&group, SIGSTOP);
	kill(house_pid(group.house, "notes"), SIGCONT);
	kill(house_pid(group.house, "scheduling"), SIGSTOP);
	for (unsigned i = 0; i < rounds; i++) {
		house_runs(group.house, load_run, &signing);
		ours[i] = signing.rate;
		p99[i] = signing.p99_us;
		fprintf(stderr, "round %u: %.0f notes/s through the bus", i + 1, ours[i]);
		for (unsigned k = 0; k < 2; k++) {
			theirs[k][i] = pgbench_sign(&group, &first, k == 1);
			ratios[k][i] = theirs[k][i] > 0 ? ours[i] / theirs[k][i] : 0;
			fprintf(stderr, "; pgbench, %s: %.0f/s, ratio %.2f",
				k == 0 ? "one transaction" : "in one pipeline", theirs[k][i],
				ratios[k][i]);
		}
		fputc('\n', stderr);
	}
	figure("notes", "signed_per_s", figure_quantile(ours, rounds, 0.5), "1/s");
	figure("notes", "sign_p99_ms", figure_quantile(p99, rounds, 0.5) / 1000, "ms");
	figure("notes", "pgbench_transactions_per_s", figure_quantile(theirs[0], rounds, 0.5),
	       "1/s");
	figure("notes", "sign_vs_one_pipeline", figure_quantile(ratios[1], rounds, 0.5), "ratio");
	figure("notes", "sign_vs_one_transaction", figure_quantile(ratios[0], rounds, 0.5),
	       "ratio");
	measure_searches(group.house);
	group_signal_readers(&group, SIGCONT);
	kill(house_pid(group.house, "scheduling"), SIGCONT);
	return house_close(&group.house);
}
