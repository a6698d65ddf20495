/* P1: how long a plan may be that is signed, amended, put into a template, and reminded of. What
 * the treated areas have together is held to it too: nothing of a plan is left out silently. */
#ifndef SOLEUS_KNOWLEDGE_PLAN_H
#define SOLEUS_KNOWLEDGE_PLAN_H

#define PLAN_STEPS_MOST 16

#endif
