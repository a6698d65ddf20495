/* How well a value of the tables is founded, as domain.md has it. An L value never decides anything
 * by itself: it is a default to be edited, shown as "unverified". */
#ifndef SOLEUS_KNOWLEDGE_SURE_H
#define SOLEUS_KNOWLEDGE_SURE_H

enum sure {
	SURE_UNSET, /* there is no value */
	SURE_L,     /* from memory, or inferred */
	SURE_M,     /* secondary source */
	SURE_H,     /* read in the source */
};

#endif
