#include "base/clock.h"
#include "transfer/address.h"
#include "transfer/multi.h"
#include "transfer/transfer_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AT_ONCE          32
#define CONNECT_LIMIT_MS 10000L
#define HEADER_BYTES_MAX 2000

struct transfer {
	struct loop *loop;
	struct multi *multi;
	unsigned most_at_once;
	unsigned running;
	unsigned callers; /* in transfer_run */
	bool private_addresses;
	bool closing; /* takes nothing any more */
	struct transfer_job *first;
	struct fiber_queue turn; /* who waits for a place */
};

/* Asked with the address that the name has led to, of redirects too. */
static curl_socket_t on_open(void *argument, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct transfer_job *job = argument;
	(void)purpose;
	if (!job->transfer->private_addresses && !address_is_public(&address->addr)) {
		job->not_public = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ---- A transfer's life: begin on the loop, done or cut ---- */

static void finish(struct transfer_job *job, CURLcode code)
{
	struct transfer *transfer = job->transfer;
	for (struct transfer_job **at = &transfer->first; *at; at = &(*at)->next)
		if (*at == job) {
			*at = job->next;
			break;
		}
	job->ended(job);
	curl_easy_cleanup(job->easy);
	job->code = code;
	fiber_resume(job->fiber);
}

static void on_done(void *argument, CURLcode code)
{
	finish(argument, code);
}

/* What holds for every transfer. */
static void set_options(struct transfer_job *job)
{
	CURL *easy = job->easy;
	curl_easy_setopt(easy, CURLOPT_PROXY, ""); /* would hide the address */
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)(job->limit_us / 1000));
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_LIMIT_MS);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, job);
	/* A connection that stays open was opened for another's request, and would not be asked. */
	curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
}

static void begin(void *argument)
{
	struct transfer_job *job = argument;
	if (job->cut)
		return finish(job, CURLE_ABORTED_BY_CALLBACK);
	job->easy = curl_easy_init();
	if (!job->easy)
		return finish(job, CURLE_OUT_OF_MEMORY);
	set_options(job);
	if (!job->prepare(job) || !multi_add(job->transfer->multi, job->easy, on_done, job))
		finish(job, CURLE_OUT_OF_MEMORY);
}

static void cut_all(void *argument)
{
	struct transfer *transfer = argument;
	transfer->closing = true;
	while (transfer->first) {
		struct transfer_job *job = transfer->first;
		job->cut = true;
		if (!job->easy) { /* begin finds it cut */
			transfer->first = job->next;
			continue;
		}
		multi_remove(transfer->multi, job->easy);
		finish(job, CURLE_ABORTED_BY_CALLBACK);
	}
	fiber_wake_all(&transfer->turn);
}

static bool close_when_left(void *argument)
{
	struct transfer *transfer = argument;
	if (transfer->callers > 0)
		return false;
	multi_close(transfer->multi);
	free(transfer);
	return true;
}

struct status transfer_open(const struct transfer_options *options, struct transfer **ret_transfer)
{
	struct transfer *transfer = calloc(1, sizeof(*transfer));
	if (!transfer || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	    !(transfer->multi = multi_open(options->loop))) {
		free(transfer);
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for transfers");
	}
	transfer->loop = options->loop;
	transfer->most_at_once = options->most_at_once ? options->most_at_once : AT_ONCE;
	transfer->private_addresses = options->private_addresses;
	loop_on_drain(options->loop, DRAIN_ACCEPT, "transfers", cut_all, NULL, transfer);
	loop_on_drain(options->loop, DRAIN_CLOSE, "transfers", NULL, close_when_left, transfer);
	*ret_transfer = transfer;
	return status_ok();
}

static FIBER struct status run(struct transfer *transfer, struct transfer_job *job)
{
	while (!transfer->closing && transfer->running >= transfer->most_at_once)
		fiber_wait(&transfer->turn, -1);
	if (transfer->closing)
		return status_error(STATUS_UNAVAILABLE, "the transfer was cut short");
	transfer->running++;
	job->transfer = transfer;
	job->fiber = fiber_current();
	job->next = transfer->first;
	transfer->first = job;
	loop_defer(transfer->loop, begin, job);
	fiber_suspend();
	transfer->running--;
	fiber_wake_one(&transfer->turn);
	return status_ok();
}

FIBER struct status transfer_run(struct transfer *transfer, struct transfer_job *job)
{
	transfer->callers++;
	struct status status = run(transfer, job);
	transfer->callers--;
	return status;
}

struct status transfer_fault(struct arena *arena, const struct transfer_job *job)
{
	if (job->cut)
		return status_error(STATUS_UNAVAILABLE, "the transfer was cut short");
	if (job->not_public)
		return status_error(STATUS_UNAVAILABLE,
				    "its address is of a private network, which is not asked");
	switch (job->code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return status_error(STATUS_UNAVAILABLE, "no host of that name is known");
	case CURLE_COULDNT_CONNECT:
		return status_error(STATUS_UNAVAILABLE, "the host does not take the connection");
	case CURLE_OPERATION_TIMEDOUT:
		return status_errorf(arena, STATUS_UNAVAILABLE, "no whole answer within %lld s",
				     (long long)(job->limit_us / CLOCK_SECOND_US));
	case CURLE_TOO_MANY_REDIRECTS:
		return status_error(STATUS_UNAVAILABLE, "it leads from one address to the next");
	case CURLE_UNSUPPORTED_PROTOCOL:
		return status_error(STATUS_UNAVAILABLE, "it is neither http nor https");
	case CURLE_PEER_FAILED_VERIFICATION:
		return status_error(STATUS_UNAVAILABLE, "the host's certificate is not trusted");
	default:
		return status_errorf(arena, STATUS_UNAVAILABLE, "%s",
				     curl_easy_strerror(job->code));
	}
}

bool transfer_add_header(struct curl_slist **list, const char *name, const char *value)
{
	char line[HEADER_BYTES_MAX + 100];
	if (strlen(value) > HEADER_BYTES_MAX || strlen(name) > 90)
		return false;
	for (const char *at = value; *at; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			return false;
	snprintf(line, sizeof(line), "%s: %s", name, value);
	struct curl_slist *more = curl_slist_append(*list, line);
	if (!more)
		return false;
	*list = more;
	return true;
}
