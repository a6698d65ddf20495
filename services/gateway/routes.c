/* Every path that is served. What a person opens never changes anything: programs that look into
 * mail open links too. */
#include "gateway/gateway.h"
#include "gateway/handlers/pages.h"
#include "gateway/handlers/webhooks.h"

#define QUERY ((size_t)512)
#define FORM  ((size_t)2048)
#define SMS   ((size_t)16384) /* 1,600 characters, each escaped */

const struct http_route gateway_routes[] = {
	{"GET", "/healthz", HTTP_NO_BODY, 0, health_show},
	{"GET", "/page.css", HTTP_NO_BODY, 0, style_show},
	/* By the token of a message (Reminders.GetLink). */
	{"GET", "/l/{token}", HTTP_NO_BODY, QUERY, link_show},
	{"POST", "/l/{token}", HTTP_FORM, FORM, link_act},
	{"GET", "/u/{token}", HTTP_NO_BODY, QUERY, unsubscribe_show},
	{"POST", "/u/{token}", HTTP_FORM_OR_PARTS, FORM, unsubscribe_act},
	/* By the token of a visit (Notes.CreateScreeningLink). */
	{"GET", "/q/{token}", HTTP_NO_BODY, QUERY, screening_show},
	{"POST", "/q/{token}", HTTP_FORM, FORM, screening_act},
	/* By the token of an organisation (Reminders.GetWebhook). */
	{"GET", "/hooks/kannel/{account}/delivery", HTTP_NO_BODY, FORM, kannel_delivery},
	{"GET", "/hooks/kannel/{account}/text", HTTP_NO_BODY, SMS, kannel_text},
	{"POST", "/hooks/twilio/{account}/delivery", HTTP_FORM, SMS, twilio_delivery},
	{"POST", "/hooks/twilio/{account}/text", HTTP_FORM, SMS, twilio_text},
	{"POST", "/hooks/webhook/{account}/delivery", HTTP_JSON, FORM, signed_delivery},
	{"POST", "/hooks/webhook/{account}/text", HTTP_JSON, SMS, signed_text},
	{NULL},
};
