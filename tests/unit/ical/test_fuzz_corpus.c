/* Every input of the fuzzer's corpus, once. */
#include "../../fuzz/fuzz_ical.c"

#include "../../fuzz/corpus.h"

static void corpus(void **state)
{
	(void)state;
	corpus_run(SOLEUS_SOURCE "/tests/fuzz/corpus/ical", 15);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(corpus)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
