/* Events: who hears what, and who may not listen. */
#include "fixture.h"

struct heard {
	unsigned count;
	unsigned last;
	char topic[64];
	struct bus_subscriber *closes; /* itself, at the first event */
};

static void on_event(void *argument, const char *topic, const uint8_t *bytes, size_t length)
{
	struct heard *heard = argument;
	assert_int_equal(length, sizeof(heard->last));
	heard->count++;
	memcpy(&heard->last, bytes, length);
	snprintf(heard->topic, sizeof(heard->topic), "%s", topic);
	if (heard->closes)
		bus_subscriber_close(heard->closes);
}

static void publish(struct bus_publisher *publisher, const char *topic, unsigned number)
{
	bus_publish(publisher, topic, (const uint8_t *)&number, sizeof(number));
}

/* Says "hello" until it is heard: a subscription takes its time. False after a quarter second. */
static FIBER bool reaches(struct bus_publisher *publisher, struct heard *heard, const char *topic)
{
	unsigned before = heard->count;
	for (int i = 0; i < 50 && heard->count == before; i++) {
		publish(publisher, topic, 0);
		fiber_sleep_us(5000);
	}
	return heard->count > before;
}

static void topics_body(struct loop *loop)
{
	struct bus *bus;
	struct bus_publisher *publisher;
	struct bus_subscriber *notes, *all;
	struct heard heard_notes = {0}, heard_all = {0};
	assert_ok(bus_open(loop, &(struct bus_options){.plain = &service}, &bus));
	assert_ok(bus_subscribe(bus, ipc_of("events"), NULL, "notes.", on_event, &heard_notes,
				&notes));
	assert_ok(bus_subscribe(bus, ipc_of("events"), NULL, "", on_event, &heard_all, &all));
	assert_ok(bus_publish_on(bus, ipc_of("events"), &publisher));
	assert_true(reaches(publisher, &heard_all, "scheduling.booked"));
	assert_string_equal(heard_all.topic, "scheduling.booked");
	assert_int_equal(heard_notes.count, 0);
	assert_true(reaches(publisher, &heard_notes, "notes.signed"));
	assert_string_equal(heard_notes.topic, "notes.signed");

	/* A burst, in order, more than one turn's budget. */
	fiber_sleep_us(20000);
	unsigned before = heard_all.count;
	for (unsigned i = 1; i <= 1000; i++)
		publish(publisher, "scheduling.booked", i);
	for (int i = 0; i < 200 && heard_all.last < 1000; i++)
		fiber_sleep_us(5000);
	assert_int_equal(heard_all.last, 1000);
	assert_int_equal(heard_all.count, before + 1000);

	/* A subscriber may end itself while it hears. */
	heard_all.closes = all;
	before = heard_all.count;
	publish(publisher, "x", 1);
	publish(publisher, "x", 2);
	for (int i = 0; i < 50 && heard_all.count == before; i++)
		fiber_sleep_us(5000);
	fiber_sleep_us(20000);
	assert_int_equal(heard_all.count, before + 1);
	bus_subscriber_close(notes);
	bus_publisher_close(publisher);
	bus_close(bus);
}

static void too_long_body(struct loop *loop)
{
	struct bus *bus;
	struct bus_publisher *publisher;
	struct bus_subscriber *subscriber;
	struct heard heard = {0};
	static const uint8_t bytes[5000];
	assert_ok(bus_open(
		loop, &(struct bus_options){.plain = &service, .message_limit_bytes = 4096}, &bus));
	assert_ok(bus_publish_on(bus, ipc_of("events"), &publisher));
	assert_ok(bus_subscribe(bus, ipc_of("events"), NULL, "", on_event, &heard, &subscriber));
	assert_true(reaches(publisher, &heard, "x"));

	/* It goes nowhere, and the connection stands: what comes after it is heard. */
	bus_publish(publisher, "x", bytes, sizeof(bytes));
	publish(publisher, "y", 7);
	for (int i = 0; i < 50 && heard.last != 7; i++)
		fiber_sleep_us(5000);
	assert_int_equal(heard.last, 7);
	assert_string_equal(heard.topic, "y");
	bus_subscriber_close(subscriber);
	bus_publisher_close(publisher);
	bus_close(bus);
}

static void keys_body(struct loop *loop)
{
	struct key_pair server = key_pair_new(), daemon = key_pair_new(), person = key_pair_new(),
			operates = key_pair_new(), everywhere = key_pair_new(),
			stranger = key_pair_new();
	char text[1024];
	snprintf(text, sizeof(text),
		 "%s service analytics service * -\n%s person ana front_desk " ORGANISATION " -\n"
		 "%s person otto operator " ORGANISATION " -\n%s person olga operator * -\n",
		 daemon.public_key, person.public_key, operates.public_key, everywhere.public_key);
	file_write(path_of("keyring"), text);
	struct keyring *keyring;
	assert_ok(keyring_open(path_of("keyring"), &keyring));
	struct bus *bus;
	assert_ok(bus_open(
		loop, &(struct bus_options){.secret_key = server.secret_key, .keyring = keyring},
		&bus));
	struct bus_publisher *publisher;
	assert_ok(bus_publish_on(bus, ipc_of("events"), &publisher));

	const struct {
		const char *secret_key;
		bool hears;
	} listeners[] = {
		{daemon.secret_key, true},    {everywhere.secret_key, true},
		{person.secret_key, false}, /* events are of every organisation */
		{operates.secret_key, false}, {stranger.secret_key, false},
	};
	for (size_t i = 0; i < sizeof(listeners) / sizeof(listeners[0]); i++) {
		struct bus *other;
		struct bus_subscriber *subscriber;
		struct heard heard = {0};
		assert_ok(bus_open(loop,
				   &(struct bus_options){.secret_key = listeners[i].secret_key},
				   &other));
		assert_ok(bus_subscribe(other, ipc_of("events"), server.public_key, "", on_event,
					&heard, &subscriber));
		assert_int_equal(reaches(publisher, &heard, "x"), listeners[i].hears);
		bus_subscriber_close(subscriber);
		bus_close(other);
	}
	bus_publisher_close(publisher);
	bus_close(bus);
	keyring_close(keyring);
}

static void remote_body(struct loop *loop)
{
	struct bus *bus;
	struct bus_publisher *publisher;
	struct bus_subscriber *subscriber;
	assert_ok(bus_open(loop, &(struct bus_options){.plain = &service}, &bus));
	assert_code(bus_publish_on(bus, "tcp://*:*", &publisher), STATUS_FAILED_PRECONDITION);
	assert_code(
		bus_subscribe(bus, "tcp://10.0.0.1:7000", NULL, "", on_event, NULL, &subscriber),
		STATUS_FAILED_PRECONDITION);
	bus_close(bus);
}

TEST(topics)
TEST(too_long)
TEST(keys)
TEST(remote)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(topics),
		cmocka_unit_test(too_long),
		cmocka_unit_test(keys),
		cmocka_unit_test(remote),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
