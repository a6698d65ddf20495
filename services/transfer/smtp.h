/* One mail to one recipient, by SMTP: text, attachments, headers. On the loop and with the limits
 * of http.h.
 *
 * Nothing that comes from outside can become a header or a command: an address with anything but
 * visible ASCII, or with < > or a blank, is refused, and so is a header value with a control
 * character; what is not ASCII in a subject is written as RFC 2047 has it.
 *
 *     status = smtp_send(transfer, arena, &server, &mail, &code);
 */
#ifndef SOLEUS_TRANSFER_SMTP_H
#define SOLEUS_TRANSFER_SMTP_H

#include "transfer/http.h"

struct smtp_server {
	const char *url;      /* smtp://host:587, smtps://host */
	bool starttls;        /* smtp: TLS before anything is said, or nothing is */
	const char *ca_file;  /* NULL: the system's */
	const char *user;     /* NULL: none */
	const char *password; /* of the user */
	int64_t limit_us;     /* 0: 20 s */
};

struct smtp_attachment {
	const char *name;
	const char *type; /* "text/calendar; charset=utf-8; method=REQUEST" */
	const char *body;
};

struct smtp_mail {
	const char *from; /* address alone */
	const char *from_name;
	const char *to;
	const char *subject;
	const char *message_id; /* with its @, without < > */
	int64_t date_at;
	const struct http_header *headers; /* more, ended by a NULL name */
	const char *text;
	const char *html;                         /* the same for who prefers it; NULL: none */
	const struct smtp_attachment *attachment; /* NULL: none */
};

/* INVALID_ARGUMENT, without asking anybody: an address or a header that cannot be. UNAVAILABLE:
 * not sent; `ret_code` is the server's reply code, 0 when it gave none. UNKNOWN: all was said and
 * no reply came, so it may have been sent. */
FIBER struct status smtp_send(struct transfer *transfer, struct arena *arena,
			      const struct smtp_server *server, const struct smtp_mail *mail,
			      int *ret_code);

bool smtp_address_is_good(const char *address);

#endif
