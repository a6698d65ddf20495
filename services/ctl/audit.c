/* The audit trail, reckoned again: each daemon's chain of hashes from its first row on, by what the
 * rows say and not by the daemon's word. */
#include "ctl/command.h"
#include "events/audit_chain.h"

#include "base/clock.h"
#include "base/text.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAGE_ROWS    1000
#define SEAL_TRIES   3  /* a sealer wakes each second */
#define FAULTS_SHOWN 50 /* of one chain: where all is broken, the first tell what was done */
#define ARENA_BYTES  ((size_t)8 << 20)
#define HASH_CHARS   ((size_t)2 * AUDIT_HASH_BYTES)

/* What was remembered of a chain: the daemon, the number of a row and its hash. */
struct remembered {
	char daemon[32];
	int64_t number; /* 0: nothing */
	char hash[HASH_CHARS + 1];
};

struct chain {
	struct session *session;
	struct arena *arena; /* of one page */
	const struct remembered *remembered;
	int64_t number; /* of the last row that was checked */
	uint8_t hash[AUDIT_HASH_BYTES];
	bool remembered_seen;
	unsigned faults;
};

static void complain(struct chain *chain, int64_t number, const char *what,
		     const Soleus__V1__AuditRow *row)
{
	char at[TEXT_INSTANT_BYTES] = "";
	if (chain->faults++ == FAULTS_SHOWN)
		printf("%s: and more\n", chain->remembered->daemon);
	if (chain->faults > FAULTS_SHOWN)
		return;
	printf("%s: row %" PRId64 ": %s\n", chain->remembered->daemon, number, what);
	if (!row)
		return;
	text_from_instant(row->at, at);
	printf("  it says now: %s %s called %s for athlete %s\n", at, row->actor, row->method,
	       *row->athlete_id ? row->athlete_id : "-");
}

static void complain_of_hash(struct chain *chain, const Soleus__V1__SealedAuditRow *sealed,
			     const uint8_t *hash)
{
	char expected[HASH_CHARS + 1], found[HASH_CHARS + 1];
	size_t length = sealed->hash.len < AUDIT_HASH_BYTES ? sealed->hash.len : AUDIT_HASH_BYTES;
	complain(chain, sealed->number,
		 "it was changed, or another stands in its place: the hash does not fit",
		 sealed->row);
	if (chain->faults > FAULTS_SHOWN)
		return;
	sodium_bin2hex(found, sizeof(found), hash, AUDIT_HASH_BYTES);
	sodium_bin2hex(expected, sizeof(expected), sealed->hash.data, length);
	printf("  its seal expects %.16s…, it gives %.16s…\n", expected, found);
}

/* Goes on behind a fault by what the seal says, so that each is named. */
static void check_row(struct chain *chain, const Soleus__V1__SealedAuditRow *sealed)
{
	uint8_t hash[AUDIT_HASH_BYTES] = {0};
	const uint8_t *before = chain->number ? chain->hash : NULL;
	if (sealed->number != chain->number + 1)
		complain(chain, chain->number + 1,
			 sealed->number > chain->number + 2
				 ? "its seal was taken out, and those of the next ones"
				 : "its seal was taken out",
			 NULL);
	else if (!sealed->row)
		complain(chain, sealed->number, "it was taken out: its seal is there alone", NULL);
	else if (!audit_chain(before, sealed->row, chain->arena, hash) ||
		 sealed->hash.len != AUDIT_HASH_BYTES ||
		 memcmp(sealed->hash.data, hash, AUDIT_HASH_BYTES) != 0)
		complain_of_hash(chain, sealed, hash);
	chain->number = sealed->number;
	memset(chain->hash, 0, AUDIT_HASH_BYTES);
	if (sealed->hash.len == AUDIT_HASH_BYTES)
		memcpy(chain->hash, sealed->hash.data, AUDIT_HASH_BYTES);
}

static void check_remembered(struct chain *chain)
{
	char hash[HASH_CHARS + 1];
	if (chain->number != chain->remembered->number)
		return;
	sodium_bin2hex(hash, sizeof(hash), chain->hash, AUDIT_HASH_BYTES);
	chain->remembered_seen = true;
	if (strcmp(hash, chain->remembered->hash) != 0)
		complain(chain, chain->number, "it is not the one that was remembered", NULL);
}

static FIBER struct status ask(struct chain *chain, const Soleus__V1__ListAuditRequest *request,
			       Soleus__V1__ListAuditReply **ret_reply)
{
	struct method method;
	struct session_call call = {.arena = chain->arena};
	ProtobufCMessage *reply = NULL;
	arena_reset(chain->arena);
	struct status status = method_find(
		chain->arena, arena_printf(chain->arena, "%s.ListAudit", chain->remembered->daemon),
		&method);
	if (status_is_ok(status))
		status = session_call_message(chain->session, &method, &call, &request->base,
					      &reply);
	*ret_reply = (Soleus__V1__ListAuditReply *)reply;
	return status;
}

static void show_progress(const struct chain *chain)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r%s: %" PRId64 " rows", chain->remembered->daemon, chain->number);
}

static void print_head(const struct chain *chain)
{
	char hash[HASH_CHARS + 1];
	sodium_bin2hex(hash, sizeof(hash), chain->hash, AUDIT_HASH_BYTES);
	if (chain->number == 0)
		printf("%s: no rows\n", chain->remembered->daemon);
	else
		printf("%s: %" PRId64 " rows, unbroken; to remember: %s@%" PRId64 ":%s\n",
		       chain->remembered->daemon, chain->number, chain->remembered->daemon,
		       chain->number, hash);
}

/* The next rows that have no seal, behind what `request` says. A row of this moment may look old,
 * where the daemons' clock was driven on: it is given time. */
static FIBER struct status look_left_out(struct chain *chain,
					 const Soleus__V1__ListAuditRequest *request,
					 Soleus__V1__ListAuditReply **ret_reply)
{
	struct status status = ask(chain, request, ret_reply);
	for (int i = 0; i < SEAL_TRIES && status_is_ok(status) && (*ret_reply)->left_out; i++) {
		fiber_sleep_us(CLOCK_SECOND_US);
		status = ask(chain, request, ret_reply);
	}
	return status;
}

/* Rows without a seal were put in behind the sealer's back, or the sealer stands still. */
static FIBER struct status check_left_out(struct chain *chain)
{
	Soleus__V1__ListAuditRequest request = SOLEUS__V1__LIST_AUDIT_REQUEST__INIT;
	request.after_number = chain->number;
	request.limit = 1;
	request.left_out = true;
	for (;;) {
		Soleus__V1__ListAuditReply *reply;
		struct status status = look_left_out(chain, &request, &reply);
		if (!status_is_ok(status))
			return status;
		if (reply->left_out)
			complain(chain, chain->number + 1,
				 "a row of over a minute ago is not in the chain: it was put in by "
				 "another way, or the daemon's sealer stands still (see its log)",
				 reply->left_out);
		if (reply->left_out || !reply->left_out_until_at)
			return status;
		request.left_out_after_at = reply->left_out_until_at;
		request.left_out_after_id = reply->left_out_until_id;
	}
}

static FIBER struct status check_chain(struct chain *chain)
{
	for (bool at_end = false; !at_end;) {
		Soleus__V1__ListAuditRequest request = SOLEUS__V1__LIST_AUDIT_REQUEST__INIT;
		Soleus__V1__ListAuditReply *reply;
		request.after_number = chain->number;
		request.limit = PAGE_ROWS;
		struct status status = ask(chain, &request, &reply);
		if (!status_is_ok(status))
			return status;
		at_end = reply->n_rows == 0;
		for (size_t i = 0; i < reply->n_rows; i++) {
			check_row(chain, reply->rows[i]);
			check_remembered(chain);
		}
		show_progress(chain);
	}
	if (isatty(STDERR_FILENO))
		fputs("\r\033[K", stderr);
	if (chain->remembered->number > 0 && !chain->remembered_seen)
		complain(chain, chain->remembered->number,
			 "it was remembered, and is not there: the newest rows were taken out",
			 NULL);
	struct status status = check_left_out(chain);
	if (status_is_ok(status) && chain->faults == 0)
		print_head(chain);
	return status;
}

struct verification {
	struct remembered chains[8];
	size_t count;
};

static FIBER int verify(struct session *session, void *argument)
{
	const struct verification *verification = argument;
	struct arena *arena = arena_new(ARENA_BYTES);
	int code = 0;
	unsigned faults = 0;
	for (size_t i = 0; i < verification->count; i++) {
		struct chain chain = {
			.session = session,
			.arena = arena,
			.remembered = &verification->chains[i],
		};
		struct status status = check_chain(&chain);
		if (!status_is_ok(status))
			code = session_complain(chain.remembered->daemon, status);
		if (chain.faults > 0)
			code = 1;
		faults += chain.faults;
	}
	if (faults > 0)
		fputs("  next: keep the database as it is, compare it with a backup from before, "
		      "and ask who had its superuser\n",
		      stderr);
	arena_free(arena);
	return code;
}

/* "notes", or "notes@1042:ab12…". */
static bool read_word(const char *word, struct remembered *ret_remembered)
{
	size_t length = strcspn(word, "@");
	*ret_remembered = (struct remembered){0};
	if (length == 0 || length >= sizeof(ret_remembered->daemon))
		return false;
	memcpy(ret_remembered->daemon, word, length);
	if (!word[length])
		return true;
	char *end;
	ret_remembered->number = strtoll(word + length + 1, &end, 10);
	if (ret_remembered->number < 1 || *end != ':' || strlen(end + 1) != HASH_CHARS)
		return false;
	memcpy(ret_remembered->hash, end + 1, HASH_CHARS);
	return strspn(ret_remembered->hash, "0123456789abcdef") == HASH_CHARS;
}

int command_audit(const struct command_line *line)
{
	struct verification verification = {0};
	if (strcmp(line->words[0], "verify") != 0) {
		fprintf(stderr, "usage: soleusctl audit verify [DAEMON[@NUMBER:HASH]…]\n");
		return 2;
	}
	for (int i = 1; i < line->count; i++)
		if (!read_word(line->words[i], &verification.chains[verification.count++])) {
			fprintf(stderr,
				"soleusctl: %s is not DAEMON or DAEMON@NUMBER:HASH, as an earlier "
				"`audit verify` printed it\n",
				line->words[i]);
			return 2;
		}
	for (size_t i = 0; line->count == 1 && method_daemons[i]; i++)
		if (method_daemon_owns_data(method_daemons[i]))
			read_word(method_daemons[i], &verification.chains[verification.count++]);
	return session_run(&line->options, verify, &verification);
}
