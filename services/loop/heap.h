/* Instants in order: an intrusive pairing heap.
 *
 * A node lives in its owner (also on a stack), so nothing is allocated and nothing can fail; once
 * removed, its memory is free for use. Equal instants come out in the order they went in.
 * Cost: insertion O(1), removal O(log n) amortised; 48 bytes for each node.
 */
#ifndef SOLEUS_LOOP_HEAP_H
#define SOLEUS_LOOP_HEAP_H

#include <stdbool.h>
#include <stdint.h>

struct loop_node {
	int64_t at_us;
	uint64_t order;
	struct loop_node *child;    /* the first of those that come later than this */
	struct loop_node *next;     /* sibling */
	struct loop_node *previous; /* sibling, or the parent of a first child */
	bool set;                   /* in a heap */
};

/* Zero is empty. */
struct loop_heap {
	struct loop_node *first; /* the earliest; NULL when empty */
	uint64_t order;
};

/* `node` must not be set. */
void loop_heap_insert(struct loop_heap *heap, struct loop_node *node, int64_t at_us);

/* Nothing happens when `node` is not set. */
void loop_heap_remove(struct loop_heap *heap, struct loop_node *node);

#endif
