/* Tags of languages (BCP 47), as athletes' records and programmes have them: de, de-AT. */
#ifndef SOLEUS_KNOWLEDGE_LANGUAGE_H
#define SOLEUS_KNOWLEDGE_LANGUAGE_H

#include <stdbool.h>

#define LANGUAGE_BYTES 16 /* of a tag, with NUL */

/* Small letters, '-' between the parts; false: not a tag (2 or 3 letters, then parts of 2 to 8
 * letters or digits), or longer than LANGUAGE_BYTES. */
bool language_normalise(const char *tag, char ret_tag[LANGUAGE_BYTES]);

#endif
