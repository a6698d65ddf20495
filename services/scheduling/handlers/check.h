/* The checks that every daemon shares. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_CHECK_H
#define SOLEUS_SCHEDULING_HANDLERS_CHECK_H

#include "events/check.h"

#endif
