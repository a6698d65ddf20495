/* The page behind the link of a message, and what is done there. */
#include "gateway/ask.h"
#include "gateway/handlers/pages.h"
#include "gateway/page.h"

#include "soleus/v1/reminders.pb-c.h"

#include <stdio.h>
#include <string.h>

/* ---- Show ---- */

static void add_scale(struct page *page, const char *name, const char *label)
{
	page_add(page,
		 "<p><label>%s<br>\n<select name=\"%s\" required>\n<option value=\"\"></option>\n",
		 page_words(page, label), name);
	for (int value = 0; value <= 10; value++)
		page_add(page, "<option>%d</option>\n", value);
	page_add(page, "</select></label></p>\n");
}

static void add_action(struct page *page, const char *asks, const char *action)
{
	char key[32];
	const bool stops = strcmp(action, "stop") == 0;
	snprintf(key, sizeof(key), "do.%s", action);
	page_add(page,
		 "<form method=\"post\"%s>\n<input type=\"hidden\" name=\"action\" value=\"%s\">\n",
		 stops ? " class=\"last\"" : "", action);
	if (strcmp(action, "answer") == 0 && strcmp(asks, "check_in") == 0) {
		add_scale(page, "soreness", "scale.soreness");
		add_scale(page, "readiness", "scale.readiness");
	} else if (strcmp(action, "answer") == 0) {
		add_scale(page, "number", "scale.bother");
	}
	page_add(page, "<button>%s</button>\n</form>\n", page_words(page, key));
}

static void add_time(struct page *page, const char *label, const char *local)
{
	const char *when = words_when(page->exchange->arena, local, page->language);
	if (*when)
		page_add(page, "<p>%s: <strong>%s</strong></p>\n", page_words(page, label), when);
}

/* What the page asks: what the message does, unless that is answered or over. */
static const char *asked_of(const Soleus__V1__DescribeLinkReply *link)
{
	bool offers = link->n_actions > 1; /* not stop alone */
	bool tells = strcmp(link->asks, "nothing") == 0;
	return offers || tells ? link->asks : link->state;
}

static void show(struct http_exchange *exchange, const Soleus__V1__DescribeLinkReply *link,
		 bool stop_alone)
{
	const char *asked = stop_alone ? "stop" : asked_of(link);
	struct page page = page_begin(exchange, *link->clinic_name ? link->clinic_name : NULL);
	char key[32];
	snprintf(key, sizeof(key), "ask.%s", asked);
	if (!stop_alone && strcmp(link->state, "ended") != 0)
		add_time(&page, "visit", link->visit_local);
	page_paragraph(&page, page_words(&page, key));
	if (strcmp(asked, "offer") == 0)
		add_time(&page, "until", link->until_local);
	if (strcmp(link->asks, "red_flag") == 0)
		page_paragraph(&page, page_words(&page, "urgent"));
	for (size_t i = 0; i < link->n_actions; i++)
		if (!stop_alone || strcmp(link->actions[i], "stop") == 0)
			add_action(&page, link->asks, link->actions[i]);
	page_end(&page, 200);
}

static FIBER void describe(struct http_exchange *exchange, bool stop_alone)
{
	const struct ask what = {"reminders", &soleus__v1__reminders__descriptor, "DescribeLink",
				 ""};
	Soleus__V1__DescribeLinkRequest request = SOLEUS__V1__DESCRIBE_LINK_REQUEST__INIT;
	ProtobufCMessage *reply = NULL;
	request.token = (char *)exchange->parameter;
	struct status status = ask(exchange, &what, &request.base, &reply);
	if (status_is_ok(status))
		show(exchange, (const Soleus__V1__DescribeLinkReply *)reply, stop_alone);
	else
		page_fail(exchange, status);
}

FIBER void link_show(struct http_exchange *exchange)
{
	describe(exchange, false);
}

FIBER void unsubscribe_show(struct http_exchange *exchange)
{
	describe(exchange, true);
}

/* ---- Act ---- */

static const char *value_of(struct http_exchange *exchange)
{
	const struct http_fields *form = &exchange->form;
	const char *soreness = http_field(form, "soreness"), *number = http_field(form, "number");
	const char *readiness = http_field(form, "readiness");
	if (soreness && readiness)
		return arena_printf(exchange->arena, "%s %s", soreness, readiness);
	return number ? number : "";
}

/* The words for how it was understood, and what the athlete is told beside them. */
static void show_result(struct http_exchange *exchange, const Soleus__V1__ActOnLinkReply *reply)
{
	struct page page = page_begin(exchange, NULL);
	char key[32];
	snprintf(key, sizeof(key), "was.%s", reply->understood_as);
	const char *said = words(key, page.language);
	page_paragraph(&page, said ? said : page_words(&page, "was.other"));
	page_end(&page, 200);
}

static FIBER void act(struct http_exchange *exchange, const char *action, const char *value)
{
	const struct ask what = {"reminders", &soleus__v1__reminders__descriptor, "ActOnLink", ""};
	Soleus__V1__ActOnLinkRequest request = SOLEUS__V1__ACT_ON_LINK_REQUEST__INIT;
	ProtobufCMessage *reply = NULL;
	request.token = (char *)exchange->parameter;
	request.action = (char *)action;
	request.value = (char *)value;
	struct status status = ask(exchange, &what, &request.base, &reply);
	if (status_is_ok(status))
		show_result(exchange, (const Soleus__V1__ActOnLinkReply *)reply);
	else
		page_fail(exchange, status);
}

FIBER void link_act(struct http_exchange *exchange)
{
	const char *action = http_field(&exchange->form, "action");
	const char *value = value_of(exchange);
	if (action && value)
		act(exchange, action, value);
	else
		page_say(exchange, 400, "no.value");
}

/* RFC 8058: the programme that reads the mail asks, in either coding of a form; what it says tells
 * it from whoever only follows links. */
FIBER void unsubscribe_act(struct http_exchange *exchange)
{
	const char *action = http_field(&exchange->form, "action");
	if ((action && strcmp(action, "stop") == 0) || strstr(exchange->body, "One-Click"))
		act(exchange, "stop", "");
	else
		page_say(exchange, 400, "no.value");
}
