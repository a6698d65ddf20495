/* What somebody may have meant who wrote a name that is not there. */
#ifndef SOLEUS_CTL_NEAR_H
#define SOLEUS_CTL_NEAR_H

#include "base/arena.h"

#include <stddef.h>

#define NEAR_BYTES_MAX 64 /* what is longer is near to nothing */

/* Letters to add, leave out or change between two names; case does not count. */
size_t near_distance(const char *a, const char *b);

/* Up to three of `names` (NULL-ended) that are near to `given`, nearest first, parted by ", "; a
 * dotted name is compared by its last part too. "" for none. In `arena`. */
const char *near_names(struct arena *arena, const char *given, const char *const *names);

#endif
