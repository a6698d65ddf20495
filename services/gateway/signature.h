/* Who may say what they say: signatures over what came, compared in constant time. */
#ifndef SOLEUS_GATEWAY_SIGNATURE_H
#define SOLEUS_GATEWAY_SIGNATURE_H

#include "http/form.h"

#include <stdint.h>

#define SIGNATURE_TWILIO_BYTES 29 /* with the NUL */

/* Twilio: base64 of HMAC-SHA1, by the account's token, of the whole address that it called and the
 * fields of the form, each name and value, in the order of their names. */
void signature_of_twilio(const char *token, const char *url, const struct http_fields *form,
			 char ret_signature[SIGNATURE_TWILIO_BYTES]);
bool signature_is_twilio(const char *given, const char *token, const char *url,
			 const struct http_fields *form);

#define SIGNATURE_BODY_BYTES 72 /* with the NUL */

/* The signed webhook: "sha256=" and in hexadecimal HMAC-SHA256, by the organisation's secret, of
 * the timestamp (seconds since 1970), a dot and the body. */
void signature_of_body(const char *secret, const char *timestamp, const char *body, size_t length,
		       char ret_signature[SIGNATURE_BODY_BYTES]);

#define SIGNATURE_WINDOW_S 300

/* Also false for a timestamp further than SIGNATURE_WINDOW_S from now: what was heard once cannot
 * be said again later. NULL is allowed for what was not given. */
bool signature_is_of_body(const char *given, const char *secret, const char *timestamp,
			  const char *body, size_t length, int64_t now_us);

#endif
