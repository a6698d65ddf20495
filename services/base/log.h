/* JSON lines on standard error: one object a line, {"ts":…,"level":…,"service":…,"event":…,…}.
 *
 * `event` is a constant phrase in the code, what varies stands in fields. No personal data: log
 * ids, counts, codes, durations; never a name, number, text of a message or a note. Library rooms
 * (base, loop, bus, db) do not log what they return as a status; who handles it logs, once.
 *
 *     log_warn("connection lost", LOG_STR("lane", name), LOG_INT("attempt", attempt));
 */
#ifndef SOLEUS_BASE_LOG_H
#define SOLEUS_BASE_LOG_H

#include <stdint.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

enum log_kind { LOG_END, LOG_KIND_STR, LOG_KIND_INT };

struct log_field {
	enum log_kind kind;
	const char *key;
	const char *text;
	int64_t number;
};

#define LOG_STR(key_, text_)   ((struct log_field){LOG_KIND_STR, (key_), (text_), 0})
#define LOG_INT(key_, number_) ((struct log_field){LOG_KIND_INT, (key_), 0, (int64_t)(number_)})

/* Names the daemon in every line and sets the lowest level that is written. `service` is static. */
void log_setup(const char *service, enum log_level lowest);

/* The trace that lines belong to from now on ("" for none); the bus sets it when a fiber runs. Each
 * thread has its own. `trace_id` must stay valid until it is replaced. */
void log_trace(const char *trace_id);

/* Writes one line with one write(2); longer than 8 KiB is cut at a field's end and says "cut":true.
 * Fields end at LOG_END; use the macros. Keeps errno. */
void log_write(enum log_level level, const char *event, const struct log_field *fields);

#define LOG_AT(level, event, ...)   \
	log_write((level), (event), \
		  (const struct log_field[]){__VA_ARGS__ __VA_OPT__(, ){LOG_END, 0, 0, 0}})
#define log_debug(event, ...) LOG_AT(LOG_DEBUG, event __VA_OPT__(, ) __VA_ARGS__)
#define log_info(event, ...)  LOG_AT(LOG_INFO, event __VA_OPT__(, ) __VA_ARGS__)
#define log_warn(event, ...)  LOG_AT(LOG_WARN, event __VA_OPT__(, ) __VA_ARGS__)
#define log_error(event, ...) LOG_AT(LOG_ERROR, event __VA_OPT__(, ) __VA_ARGS__)

#endif
