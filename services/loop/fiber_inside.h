/* What fiber.c gives to the rest of this room. */
#ifndef SOLEUS_LOOP_FIBER_INSIDE_H
#define SOLEUS_LOOP_FIBER_INSIDE_H

#include "loop/fiber.h"

/* Resumes a suspended fiber soon, from the loop, after those that were made ready before it. */
void fiber_make_ready(struct fiber *fiber);

/* For the end of the loop: those that are ready are never resumed. */
void fiber_forget_ready(void);

#endif
