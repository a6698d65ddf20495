/* What a request says in text: its target, and the fields of a query or a form. Read strictly, so
 * that nobody before or behind us can read it in another way.
 *
 * A path is of letters, digits and -._~ in parts of its own, without escapes. Fields are
 * name=value, joined by &: escapes are whole (%41), what they make is UTF-8 without control
 * characters but line ends and tabs, no name is empty or comes twice, and nothing stands bare that
 * should be escaped.
 */
#ifndef SOLEUS_HTTP_FORM_H
#define SOLEUS_HTTP_FORM_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define HTTP_PATH_BYTES_MAX 256
#define HTTP_FIELDS_MAX     128

struct http_field {
	const char *name;
	const char *value;
};

/* In the order in which they came. */
struct http_fields {
	const struct http_field *fields;
	size_t count;
};

/* False, and why (static), for what is not read strictly. Of nothing no fields. */
bool http_fields_read(struct arena *arena, const char *text, size_t length,
		      struct http_fields *ret_fields, const char **ret_why);

/* NULL when it is not there. */
const char *http_field(const struct http_fields *fields, const char *name);

struct http_target {
	const char *path;
	const char *query; /* behind the ?; "" without one */
};

bool http_target_read(struct arena *arena, const char *text, struct http_target *ret_target,
		      const char **ret_why);

/* True when `path` is as `pattern`, in which one part may be {named}: that part of the path is the
 * parameter, "" without one. */
bool http_path_fits(const char *pattern, const char *path, struct arena *arena,
		    const char **ret_parameter);

#endif
