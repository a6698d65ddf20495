#include "loop/heap.h"

#include <assert.h>
#include <stddef.h>

static bool comes_before(const struct loop_node *one, const struct loop_node *other)
{
	if (one->at_us != other->at_us)
		return one->at_us < other->at_us;
	return one->order < other->order;
}

/* The earlier of two roots becomes the parent of the other. */
static struct loop_node *join(struct loop_node *one, struct loop_node *other)
{
	if (one == NULL)
		return other;
	if (other == NULL)
		return one;
	if (comes_before(other, one)) {
		struct loop_node *swap = one;
		one = other;
		other = swap;
	}
	other->next = one->child;
	if (other->next)
		other->next->previous = other;
	other->previous = one;
	one->child = other;
	return one;
}

/* Makes one heap of siblings: pairs from left to right, then all of them from right to left. Not
 * recursive, for it may run on a fiber. */
static struct loop_node *join_siblings(struct loop_node *sibling)
{
	struct loop_node *pairs = NULL;
	while (sibling) {
		struct loop_node *one = sibling;
		struct loop_node *other = one->next;
		sibling = other ? other->next : NULL;
		one->next = one->previous = NULL;
		if (other)
			other->next = other->previous = NULL;
		one = join(one, other);
		one->next = pairs;
		pairs = one;
	}
	struct loop_node *root = NULL;
	while (pairs) {
		struct loop_node *pair = pairs;
		pairs = pair->next;
		pair->next = NULL;
		root = join(root, pair);
	}
	return root;
}

void loop_heap_insert(struct loop_heap *heap, struct loop_node *node, int64_t at_us)
{
	assert(!node->set);
	*node = (struct loop_node){.at_us = at_us, .order = heap->order++, .set = true};
	heap->first = join(heap->first, node);
}

void loop_heap_remove(struct loop_heap *heap, struct loop_node *node)
{
	if (!node->set)
		return;
	struct loop_node *below = join_siblings(node->child);
	if (node == heap->first) {
		heap->first = below;
	} else {
		if (node->previous->child == node)
			node->previous->child = node->next;
		else
			node->previous->next = node->next;
		if (node->next)
			node->next->previous = node->previous;
		heap->first = join(heap->first, below);
	}
	*node = (struct loop_node){0};
}
