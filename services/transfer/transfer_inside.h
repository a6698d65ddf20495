/* One transfer's life, the same for HTTP and SMTP: wait for a place, begin on the loop, done or cut
 * by the drain. For the files of this room.
 */
#ifndef SOLEUS_TRANSFER_INSIDE_H
#define SOLEUS_TRANSFER_INSIDE_H

#include "transfer/http.h"

#include <curl/curl.h>

/* On its fiber's stack; the first member of what knows more. */
struct transfer_job {
	/* On the loop: sets the options of `easy`. False when there is no memory. */
	bool (*prepare)(struct transfer_job *job);
	/* On the loop, at the end, before `easy` goes; may find it NULL. */
	void (*ended)(struct transfer_job *job);
	int64_t limit_us;
	struct transfer *transfer;
	struct fiber *fiber;
	struct transfer_job *next; /* of those that run */
	CURL *easy;                /* NULL until the loop has begun it */
	CURLcode code;
	bool not_public; /* the address was refused */
	bool cut;        /* by the drain */
};

/* FIBER. UNAVAILABLE when it never ran, else OK, whatever `code` says. */
FIBER struct status transfer_run(struct transfer *transfer, struct transfer_job *job);

/* What `code` means, in words for people. */
struct status transfer_fault(struct arena *arena, const struct transfer_job *job);

/* Adds "name: value" to a list; false when there is no memory, or the value would end the line. */
bool transfer_add_header(struct curl_slist **list, const char *name, const char *value);

#endif
