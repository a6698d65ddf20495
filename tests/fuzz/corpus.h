/* A fuzzer's corpus as an ordinary test: every input once. The target aborts at what must not be;
 * the last name that was printed is the input. To be included behind the target. */
#ifndef SOLEUS_TESTS_FUZZ_CORPUS_H
#define SOLEUS_TESTS_FUZZ_CORPUS_H

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void corpus_run_file(const char *path)
{
	static uint8_t bytes[1 << 20];
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

/* Fails with fewer than `least` inputs. */
static void corpus_run(const char *folder_path, unsigned least)
{
	unsigned count = 0;
	DIR *folder = opendir(folder_path);
	assert_non_null(folder);
	for (struct dirent *entry; (entry = readdir(folder));) {
		char path[4096];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder_path, entry->d_name);
		corpus_run_file(path);
		count++;
	}
	closedir(folder);
	assert_true(count >= least);
}

#endif
