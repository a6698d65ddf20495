/* Every input of the fuzzer's corpus, once. It aborts at what must not be; the last name that was
 * printed is the input. */
#include "../../fuzz/fuzz_frames.c"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define CORPUS SOLEUS_SOURCE "/tests/fuzz/corpus/frames"

static void run_file(const char *name)
{
	static uint8_t bytes[1 << 20];
	char path[4096];
	snprintf(path, sizeof(path), CORPUS "/%s", name);
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	size_t length = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	/* A copy of exactly its length, so that AddressSanitizer sees an overrun. */
	uint8_t *copy = malloc(length ? length : 1);
	memcpy(copy, bytes, length);
	print_message("%s\n", path);
	LLVMFuzzerTestOneInput(copy, length);
	free(copy);
}

static void corpus(void **state)
{
	(void)state;
	unsigned count = 0;
	DIR *folder = opendir(CORPUS);
	assert_non_null(folder);
	for (struct dirent *entry; (entry = readdir(folder));)
		if (entry->d_name[0] != '.') {
			run_file(entry->d_name);
			count++;
		}
	closedir(folder);
	assert_true(count >= 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(corpus)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
