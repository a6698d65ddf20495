#include "transfer/smtp.h"

#include "base/clock.h"
#include "transfer/transfer_inside.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define LIMIT_US       (20 * CLOCK_SECOND_US)
#define WORD_BYTES     42 /* of an encoded word, before base64: 75 characters at most */
#define ADDRESS_MOST   254
#define SUBJECT_MOST   400
#define DATE_BYTES     40
#define ENCODED_FACTOR 3

struct smtp_transfer {
	struct transfer_job job;
	const struct smtp_server *server;
	const struct smtp_mail *mail;
	const char *from, *to; /* in < > */
	struct curl_slist *headers;
	struct curl_slist *recipients;
	curl_mime *mime;
	long reply;
	curl_off_t written;
};

bool smtp_address_is_good(const char *address)
{
	const char *at = strchr(address, '@');
	if (!at || at == address || !at[1] || strlen(address) > ADDRESS_MOST)
		return false;
	for (; *address; address++)
		if (*address <= 0x20 || *address >= 0x7f || strchr("<>,;\"\\()", *address))
			return false;
	return true;
}

/* ---- Headers ---- */

static bool is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

/* As encoded words (RFC 2047), none of which splits a character. */
static const char *encode(struct arena *arena, const char *text)
{
	if (is_ascii(text))
		return text;
	size_t bytes = strlen(text) * ENCODED_FACTOR + 64;
	char *encoded = arena_alloc(arena, bytes), *at = encoded;
	while (encoded && *text) {
		size_t length = strnlen(text, WORD_BYTES);
		while (length > 1 && ((unsigned char)text[length] & 0xc0) == 0x80)
			length--;
		at += sprintf(at, "%s=?UTF-8?B?", at > encoded ? " " : "");
		sodium_bin2base64(at, bytes - (size_t)(at - encoded), (const unsigned char *)text,
				  length, sodium_base64_VARIANT_ORIGINAL);
		at += strlen(at);
		at = stpcpy(at, "?=");
		text += length;
	}
	return encoded;
}

static void write_date(int64_t at_us, char ret_date[DATE_BYTES])
{
	static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	time_t seconds = (time_t)(at_us / CLOCK_SECOND_US);
	struct tm date;
	gmtime_r(&seconds, &date);
	snprintf(ret_date, DATE_BYTES, "%s, %d %s %d %02d:%02d:%02d +0000", days[date.tm_wday],
		 date.tm_mday, months[date.tm_mon], date.tm_year + 1900, date.tm_hour, date.tm_min,
		 date.tm_sec);
}

static bool make_headers(struct smtp_transfer *of, struct arena *arena)
{
	const struct smtp_mail *mail = of->mail;
	char date[DATE_BYTES];
	write_date(mail->date_at, date);
	const char *name = encode(arena, mail->from_name);
	const char *subject = encode(arena, mail->subject);
	const char *from = name && *name ? arena_printf(arena, "%s %s", name, of->from) : of->from;
	const char *id = arena_printf(arena, "<%s>", mail->message_id);
	bool made = subject && from && id && strlen(mail->subject) <= SUBJECT_MOST &&
		    strpbrk(mail->from_name, "<>@,;:\"\\()[]") == NULL &&
		    transfer_add_header(&of->headers, "Date", date) &&
		    transfer_add_header(&of->headers, "From", from) &&
		    transfer_add_header(&of->headers, "To", of->to) &&
		    transfer_add_header(&of->headers, "Subject", subject) &&
		    transfer_add_header(&of->headers, "Message-ID", id);
	for (const struct http_header *more = mail->headers; made && more && more->name; more++)
		made = transfer_add_header(&of->headers, more->name, more->value);
	return made;
}

/* ---- The body ---- */

static bool add_part(curl_mime *mime, const char *type, const char *name, const char *body)
{
	curl_mimepart *part = curl_mime_addpart(mime);
	return part && curl_mime_data(part, body, CURL_ZERO_TERMINATED) == CURLE_OK &&
	       curl_mime_type(part, type) == CURLE_OK &&
	       curl_mime_encoder(part, name ? "base64" : "quoted-printable") == CURLE_OK &&
	       (!name || curl_mime_filename(part, name) == CURLE_OK);
}

/* Text and its HTML are alternatives of one part; an attachment stands beside them. */
static bool add_body(struct smtp_transfer *of)
{
	const struct smtp_mail *mail = of->mail;
	curl_mime *alternatives = curl_mime_init(of->job.easy);
	if (!alternatives)
		return false;
	curl_mimepart *part = curl_mime_addpart(of->mime);
	if (!add_part(alternatives, "text/plain; charset=utf-8", NULL, mail->text) ||
	    (mail->html && !add_part(alternatives, "text/html; charset=utf-8", NULL, mail->html)) ||
	    !part || curl_mime_subparts(part, alternatives) != CURLE_OK) {
		curl_mime_free(alternatives);
		return false;
	}
	curl_mime_type(part, "multipart/alternative");
	return !mail->attachment || add_part(of->mime, mail->attachment->type,
					     mail->attachment->name, mail->attachment->body);
}

static bool prepare(struct transfer_job *job)
{
	struct smtp_transfer *of = (struct smtp_transfer *)job;
	const struct smtp_server *server = of->server;
	CURL *easy = job->easy;
	of->mime = curl_mime_init(easy);
	of->recipients = curl_slist_append(NULL, of->to);
	if (!of->mime || !of->recipients || !add_body(of))
		return false;
	curl_easy_setopt(easy, CURLOPT_URL, server->url);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(easy, CURLOPT_USE_SSL,
			 (long)(server->starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
	if (server->ca_file)
		curl_easy_setopt(easy, CURLOPT_CAINFO, server->ca_file);
	if (server->user) {
		curl_easy_setopt(easy, CURLOPT_USERNAME, server->user);
		curl_easy_setopt(easy, CURLOPT_PASSWORD, server->password);
	}
	curl_easy_setopt(easy, CURLOPT_MAIL_FROM, of->from);
	curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, of->recipients);
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, of->headers);
	curl_easy_setopt(easy, CURLOPT_MIMEPOST, of->mime);
	return true;
}

static void ended(struct transfer_job *job)
{
	struct smtp_transfer *of = (struct smtp_transfer *)job;
	if (job->easy) {
		curl_easy_getinfo(job->easy, CURLINFO_RESPONSE_CODE, &of->reply);
		curl_easy_getinfo(job->easy, CURLINFO_SIZE_UPLOAD_T, &of->written);
	}
	curl_mime_free(of->mime);
	curl_slist_free_all(of->headers);
	curl_slist_free_all(of->recipients);
}

FIBER struct status smtp_send(struct transfer *transfer, struct arena *arena,
			      const struct smtp_server *server, const struct smtp_mail *mail,
			      int *ret_code)
{
	struct smtp_transfer of = {.server = server, .mail = mail};
	of.job.prepare = prepare;
	of.job.ended = ended;
	of.job.limit_us = server->limit_us ? server->limit_us : LIMIT_US;
	*ret_code = 0;
	if (!smtp_address_is_good(mail->to) || !smtp_address_is_good(mail->from))
		return status_error(STATUS_INVALID_ARGUMENT, "expected a mail address");
	of.from = arena_printf(arena, "<%s>", mail->from);
	of.to = arena_printf(arena, "<%s>", mail->to);
	if (!make_headers(&of, arena)) {
		curl_slist_free_all(of.headers);
		return status_error(STATUS_INVALID_ARGUMENT,
				    "expected headers of one line each, and not too long");
	}
	struct status status = transfer_run(transfer, &of.job);
	if (!status_is_ok(status)) {
		curl_slist_free_all(of.headers);
		return status;
	}
	*ret_code = (int)of.reply;
	if (of.job.code == CURLE_OK)
		return status_ok();
	if (of.reply >= 400)
		return status_errorf(arena, STATUS_UNAVAILABLE, "the server answers with %ld",
				     of.reply);
	status = transfer_fault(arena, &of.job);
	if (of.written > 0)
		status.code = STATUS_UNKNOWN;
	return status;
}
