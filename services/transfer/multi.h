/* libcurl's multi interface on the loop: sockets become poll handles, its timer one of the loop's.
 * For the files of this room.
 */
#ifndef SOLEUS_TRANSFER_MULTI_H
#define SOLEUS_TRANSFER_MULTI_H

#include "loop/loop.h"

#include <curl/curl.h>

struct multi;

/* NULL when out of memory. On the loop; so are all the others. */
struct multi *multi_open(struct loop *loop);

/* Begins; `done(argument, code)` comes later, from the loop, when it is over: the handle is the
 * caller's again then. False when it cannot begin. */
bool multi_add(struct multi *multi, CURL *easy, void (*done)(void *argument, CURLcode code),
	       void *argument);

/* Ends one that has not come to its end: `done` is never called. */
void multi_remove(struct multi *multi, CURL *easy);

/* None is running. Memory is freed once libuv has closed the handles. */
void multi_close(struct multi *multi);

#endif
