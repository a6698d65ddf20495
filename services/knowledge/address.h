/* Contact points as they are compared: one spelling for each telephone number and e-mail address.
 */
#ifndef SOLEUS_KNOWLEDGE_ADDRESS_H
#define SOLEUS_KNOWLEDGE_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#define ADDRESS_BYTES 321

/* "+43 (660) 555-0101" and "0043 660 5550101" give "+436605550101"; "Ana@Example.org" gives
 * "ana@example.org". False when nothing is left or it is too long; the output is then "". */
bool address_normalise(const char *value, char ret_address[ADDRESS_BYTES]);

#endif
