#include "gateway/signature.h"

#include "base/clock.h"

#include <nettle/hmac.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const void *one, const void *other)
{
	const struct http_field *const *a = one, *const *b = other;
	return strcmp((*a)->name, (*b)->name);
}

static void add_sha1(struct hmac_sha1_ctx *mac, const char *text)
{
	hmac_sha1_update(mac, strlen(text), (const uint8_t *)text);
}

void signature_of_twilio(const char *token, const char *url, const struct http_fields *form,
			 char ret_signature[SIGNATURE_TWILIO_BYTES])
{
	struct hmac_sha1_ctx mac;
	uint8_t digest[SHA1_DIGEST_SIZE];
	const struct http_field *sorted[HTTP_FIELDS_MAX];
	for (size_t i = 0; i < form->count; i++)
		sorted[i] = &form->fields[i];
	qsort(sorted, form->count, sizeof(sorted[0]), by_name);
	hmac_sha1_set_key(&mac, strlen(token), (const uint8_t *)token);
	add_sha1(&mac, url);
	for (size_t i = 0; i < form->count; i++) {
		add_sha1(&mac, sorted[i]->name);
		add_sha1(&mac, sorted[i]->value);
	}
	hmac_sha1_digest(&mac, sizeof(digest), digest);
	sodium_bin2base64(ret_signature, SIGNATURE_TWILIO_BYTES, digest, sizeof(digest),
			  sodium_base64_VARIANT_ORIGINAL);
}

static bool is_same(const char *given, const char *expected)
{
	size_t length = strlen(expected);
	return given && strlen(given) == length && sodium_memcmp(given, expected, length) == 0;
}

bool signature_is_twilio(const char *given, const char *token, const char *url,
			 const struct http_fields *form)
{
	char expected[SIGNATURE_TWILIO_BYTES];
	signature_of_twilio(token, url, form, expected);
	return is_same(given, expected);
}

void signature_of_body(const char *secret, const char *timestamp, const char *body, size_t length,
		       char ret_signature[SIGNATURE_BODY_BYTES])
{
	static const char begins[] = "sha256=";
	struct hmac_sha256_ctx mac;
	uint8_t digest[SHA256_DIGEST_SIZE];
	size_t begun = sizeof(begins) - 1;
	hmac_sha256_set_key(&mac, strlen(secret), (const uint8_t *)secret);
	hmac_sha256_update(&mac, strlen(timestamp), (const uint8_t *)timestamp);
	hmac_sha256_update(&mac, 1, (const uint8_t *)".");
	hmac_sha256_update(&mac, length, (const uint8_t *)body);
	hmac_sha256_digest(&mac, sizeof(digest), digest);
	memcpy(ret_signature, begins, begun);
	sodium_bin2hex(ret_signature + begun, SIGNATURE_BODY_BYTES - begun, digest, sizeof(digest));
}

static bool is_recent(const char *timestamp, int64_t now_us)
{
	size_t length = strlen(timestamp);
	if (length == 0 || length > 12 || strspn(timestamp, "0123456789") != length)
		return false;
	int64_t away_s = now_us / CLOCK_SECOND_US - strtoll(timestamp, NULL, 10);
	return away_s <= SIGNATURE_WINDOW_S && away_s >= -SIGNATURE_WINDOW_S;
}

bool signature_is_of_body(const char *given, const char *secret, const char *timestamp,
			  const char *body, size_t length, int64_t now_us)
{
	char expected[SIGNATURE_BODY_BYTES];
	if (!timestamp || !is_recent(timestamp, now_us))
		return false;
	signature_of_body(secret, timestamp, body, length, expected);
	return is_same(given, expected);
}
