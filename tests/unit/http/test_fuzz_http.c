/* Every input of the fuzzer's corpus of requests, once. */
#include "../../fuzz/fuzz_http.c"

#include "../../fuzz/corpus.h"

static void corpus(void **state)
{
	(void)state;
	corpus_run(SOLEUS_SOURCE "/tests/fuzz/corpus/http", 14);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(corpus)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
