#include "base/clock.h"

#include <assert.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int64_t *driven; /* the mapped clock file; NULL without one */

static struct status map_clock(int file, int64_t **ret_mapped)
{
	struct stat about;
	if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode))
		return status_error(STATUS_FAILED_PRECONDITION,
				    "the clock file must be a regular file");
	if (about.st_size < (off_t)sizeof(int64_t) && ftruncate(file, sizeof(int64_t)) != 0)
		return status_error(STATUS_UNAVAILABLE,
				    "the clock file cannot be made eight bytes long");
	void *mapped = mmap(0, sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (mapped == MAP_FAILED)
		return status_error(STATUS_UNAVAILABLE, "the clock file cannot be mapped");
	*ret_mapped = mapped;
	return status_ok();
}

struct status clock_follow_file(const char *path)
{
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (file < 0)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "the clock file cannot be opened for reading and writing");
	int64_t *mapped = 0;
	struct status status = map_clock(file, &mapped);
	close(file);
	if (!status_is_ok(status))
		return status;
	if (driven)
		munmap(driven, sizeof(*driven));
	driven = mapped;
	return status;
}

static int64_t read_us(clockid_t source)
{
	struct timespec now;
	int failed = clock_gettime(source, &now);
	assert(!failed);
	(void)failed;
	return now.tv_sec * CLOCK_SECOND_US + now.tv_nsec / 1000;
}

static int64_t driven_us(void)
{
	return driven ? __atomic_load_n(driven, __ATOMIC_RELAXED) : 0;
}

int64_t clock_now_us(void)
{
	int64_t now_us = driven_us();
	return now_us ? now_us : read_us(CLOCK_REALTIME);
}

bool clock_is_driven(void)
{
	return driven_us() != 0;
}

void clock_drive(int64_t now_us)
{
	assert(driven);
	__atomic_store_n(driven, now_us, __ATOMIC_RELAXED);
}

int64_t clock_monotonic_us(void)
{
	return read_us(CLOCK_MONOTONIC);
}
