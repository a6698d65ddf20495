#include "transfer/multi.h"

#include "base/clock.h"

#include <assert.h>
#include <stdlib.h>
#include <uv.h>

struct multi {
	CURLM *curl;
	struct loop *loop;
	struct loop_timer timer;
	unsigned handles; /* polls that are not closed */
	bool closing;
};

/* One of a transfer, behind CURLOPT_PRIVATE. */
struct transfer_end {
	void (*done)(void *argument, CURLcode code);
	void *argument;
};

struct socket_poll {
	uv_poll_t poll;
	struct multi *multi;
	curl_socket_t socket;
};

static void free_when_over(struct multi *multi)
{
	if (multi->closing && multi->handles == 0)
		free(multi);
}

static void tell_ended(struct multi *multi)
{
	CURLMsg *message;
	int left;
	while ((message = curl_multi_info_read(multi->curl, &left))) {
		if (message->msg != CURLMSG_DONE)
			continue;
		CURL *easy = message->easy_handle;
		CURLcode code = message->data.result;
		struct transfer_end *end = NULL;
		curl_easy_getinfo(easy, CURLINFO_PRIVATE, &end);
		curl_multi_remove_handle(multi->curl, easy);
		const struct transfer_end last = *end;
		free(end);
		last.done(last.argument, code);
	}
}

static void on_socket(uv_poll_t *poll, int status, int events)
{
	struct socket_poll *of = poll->data;
	struct multi *multi = of->multi;
	int running, what = 0;
	if (status < 0)
		what = CURL_CSELECT_ERR;
	if (events & UV_READABLE)
		what |= CURL_CSELECT_IN;
	if (events & UV_WRITABLE)
		what |= CURL_CSELECT_OUT;
	curl_multi_socket_action(multi->curl, of->socket, what, &running);
	tell_ended(multi);
}

static void on_timer(void *argument)
{
	struct multi *multi = argument;
	int running;
	curl_multi_socket_action(multi->curl, CURL_SOCKET_TIMEOUT, 0, &running);
	tell_ended(multi);
}

static int set_timer(CURLM *curl, long timeout_ms, void *argument)
{
	struct multi *multi = argument;
	(void)curl;
	if (timeout_ms < 0)
		loop_timer_stop(multi->loop, &multi->timer);
	else
		loop_timer_start(multi->loop, &multi->timer, (int64_t)timeout_ms * 1000, 0,
				 on_timer, multi);
	return 0;
}

static void on_poll_closed(uv_handle_t *handle)
{
	struct socket_poll *of = handle->data;
	struct multi *multi = of->multi;
	free(of);
	multi->handles--;
	free_when_over(multi);
}

static struct socket_poll *poll_of(struct multi *multi, curl_socket_t socket)
{
	struct socket_poll *of = calloc(1, sizeof(*of));
	if (!of || uv_poll_init_socket(loop_uv(multi->loop), &of->poll, socket) != 0) {
		free(of);
		return NULL;
	}
	of->multi = multi;
	of->socket = socket;
	of->poll.data = of;
	multi->handles++;
	curl_multi_assign(multi->curl, socket, of);
	return of;
}

/* The descriptor is still open when curl tells to forget it. */
static int set_socket(CURL *easy, curl_socket_t socket, int what, void *argument, void *of_socket)
{
	struct multi *multi = argument;
	struct socket_poll *of = of_socket;
	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		if (of) {
			curl_multi_assign(multi->curl, socket, NULL);
			uv_close((uv_handle_t *)&of->poll, on_poll_closed);
		}
		return 0;
	}
	if (!of && !(of = poll_of(multi, socket)))
		return -1;
	int events =
		(what & CURL_POLL_IN ? UV_READABLE : 0) | (what & CURL_POLL_OUT ? UV_WRITABLE : 0);
	return uv_poll_start(&of->poll, events, on_socket) == 0 ? 0 : -1;
}

struct multi *multi_open(struct loop *loop)
{
	struct multi *multi = calloc(1, sizeof(*multi));
	if (!multi || !(multi->curl = curl_multi_init())) {
		free(multi);
		return NULL;
	}
	multi->loop = loop;
	curl_multi_setopt(multi->curl, CURLMOPT_SOCKETFUNCTION, set_socket);
	curl_multi_setopt(multi->curl, CURLMOPT_SOCKETDATA, multi);
	curl_multi_setopt(multi->curl, CURLMOPT_TIMERFUNCTION, set_timer);
	curl_multi_setopt(multi->curl, CURLMOPT_TIMERDATA, multi);
	return multi;
}

bool multi_add(struct multi *multi, CURL *easy, void (*done)(void *argument, CURLcode code),
	       void *argument)
{
	struct transfer_end *end = malloc(sizeof(*end));
	if (!end)
		return false;
	*end = (struct transfer_end){done, argument};
	curl_easy_setopt(easy, CURLOPT_PRIVATE, end);
	if (curl_multi_add_handle(multi->curl, easy) == CURLM_OK)
		return true;
	free(end);
	return false;
}

void multi_remove(struct multi *multi, CURL *easy)
{
	struct transfer_end *end = NULL;
	curl_easy_getinfo(easy, CURLINFO_PRIVATE, &end);
	curl_multi_remove_handle(multi->curl, easy);
	free(end);
}

void multi_close(struct multi *multi)
{
	assert(!multi->closing);
	curl_multi_cleanup(multi->curl);
	loop_timer_stop(multi->loop, &multi->timer);
	multi->closing = true;
	free_when_over(multi);
}
