#include "base/random.h"

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static bool seeded;
static uint64_t state;

void random_seed(uint64_t seed)
{
	seeded = true;
	state = seed;
}

static uint64_t splitmix64(void)
{
	uint64_t mixed = state += UINT64_C(0x9e3779b97f4a7c15);
	mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
	return mixed ^ (mixed >> 31);
}

static void fill_from_kernel(unsigned char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t got = getrandom(bytes, length, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			abort();
		bytes += got;
		length -= (size_t)got;
	}
}

void random_bytes(void *ret_bytes, size_t length)
{
	unsigned char *bytes = ret_bytes;
	if (!seeded) {
		fill_from_kernel(bytes, length);
		return;
	}
	while (length > 0) {
		uint64_t word = splitmix64();
		size_t piece = length < sizeof(word) ? length : sizeof(word);
		memcpy(bytes, &word, piece);
		bytes += piece;
		length -= piece;
	}
}

uint64_t random_u64(void)
{
	uint64_t number;
	random_bytes(&number, sizeof(number));
	return number;
}

uint64_t random_below(uint64_t bound)
{
	assert(bound > 0);
	/* The lowest 2^64 mod bound numbers would make some remainders likelier than others. */
	uint64_t uneven = -bound % bound;
	uint64_t number;
	do
		number = random_u64();
	while (number < uneven);
	return number % bound;
}
