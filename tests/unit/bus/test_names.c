/* Peers by name, while the name server is silent: it stands for one that a whole network has lost,
 * as when every container is stopped at once. */
#include "fixture.h"

#include "bus/endpoint.h"

#include <netdb.h>
#include <pthread.h>

#define SILENT "tcp://localhost:7"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool silent;
static unsigned asking;

/* In the place of libc's: ZeroMQ calls this one. Says nothing while it is silent, and then that
 * there is no such name. */
int getaddrinfo(const char *name, const char *port, const struct addrinfo *hints,
		struct addrinfo **ret_found)
{
	(void)name;
	(void)port;
	(void)hints;
	(void)ret_found;
	pthread_mutex_lock(&lock);
	asking++;
	pthread_cond_broadcast(&changed);
	while (silent)
		pthread_cond_wait(&changed, &lock);
	asking--;
	pthread_mutex_unlock(&lock);
	return EAI_NONAME;
}

static void set_silent(bool now)
{
	pthread_mutex_lock(&lock);
	silent = now;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

static void wait_until_asked(void)
{
	pthread_mutex_lock(&lock);
	while (asking == 0)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
}

static void lost_name_body(struct loop *loop)
{
	struct link link = link_of(loop, &service);
	struct bus_client *lost;
	set_silent(true);
	assert_ok(bus_connect(link.bus, SILENT, NULL, &lost));
	wait_until_asked();

	/* Others are served as ever. */
	for (int i = 0; i < 10; i++) {
		struct bus_call_options shortly = {.timeout_us = CLOCK_SECOND_US};
		assert_ok(echo(link.client, "Echo", "hello", &shortly).status);
	}

	/* And the end comes in time. */
	bus_client_close(lost);
	bus_client_close(link.client);
	bus_server_close(link.server);
	int64_t begun_us = clock_monotonic_us();
	assert_false(bus_try_close(link.bus));
	while (!bus_try_close(link.bus))
		fiber_sleep_us(5000);
	assert_in_range(clock_monotonic_us() - begun_us, 0,
			BUS_CLOSE_LIMIT_US + CLOCK_SECOND_US / 2);
	answers_drop();
	set_silent(false);
}

static void endpoints_with_names(void **state)
{
	static const struct {
		const char *endpoint;
		bool looked_up;
	} cases[] = {
		{"tcp://notes:7403", true},      {"tcp://localhost:7403", true},
		{"tcp://127.0.0.1:7403", false}, {"tcp://[::1]:7403", false},
		{"tcp://10.0.0.1:7403", false},  {"ipc:///run/soleus/notes.rpc", false},
		{"tcp://256.0.0.1:7403", true},  {"tcp://notes", false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (endpoint_is_looked_up(cases[i].endpoint) != cases[i].looked_up)
			fail_msg("%s", cases[i].endpoint);
}

TEST(lost_name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lost_name),
		cmocka_unit_test(endpoints_with_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
