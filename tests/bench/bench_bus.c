/* Echo calls per second with 64 in flight: bus_call on fibers against bare ZeroMQ DEALER/ROUTER
 * that moves the same frames and bytes and does nothing else. Each measurement has a server process
 * and a client process of its own over ipc; rounds alternate between the paths, and the ratio is
 * the median of the rounds' ratios, so that a slow minute of the machine hits both.
 *
 *     bench_bus [ROUNDS [SECONDS]]
 *     bench_bus 1 SECONDS bus|zeromq|bus-curve|zeromq-curve   one path alone, for a profiler
 */
#include "base/clock.h"
#include "bus/bus.h"
#include "bus/request.h"
#include "echo.pb-c.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zmq.h>

#define IN_FLIGHT  64
#define TEXT_BYTES 200
#define WARM_US    200000
#define ROUNDS_MAX 99

static const char method[] = "soleus.test.Echo.Echo";
static const struct bus_call_options options = {
	.organisation_id = "01900000-0000-7000-8000-000000000001",
	.idempotency_key = "01900000-0000-7000-8000-000000000004",
	.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
};

static int64_t run_us = 1000000;
static char folder[64] = "/tmp/soleus-bench-XXXXXX";
static char endpoint[96];
static char keyring_path[96];
static char text[TEXT_BYTES + 1];

struct pair {
	char public_key[41];
	char secret_key[41];
};

static struct pair server_pair, client_pair;

static void check(struct status status)
{
	if (status_is_ok(status))
		return;
	fprintf(stderr, "bench_bus: %s: %s\n", status_code_name(status.code), status.message);
	exit(1);
}

/* Counts from the end of the warm-up on; the answers to what it is told end the run. */
struct meter {
	int64_t begin_us;
	int64_t end_us;
	int64_t last_us;
	unsigned long count;
};

static void meter_start(struct meter *meter)
{
	int64_t now_us = clock_monotonic_us();
	*meter = (struct meter){.begin_us = now_us + WARM_US, .end_us = now_us + WARM_US + run_us};
}

/* False when the run is over. */
static bool meter_tick(struct meter *meter)
{
	int64_t now_us = clock_monotonic_us();
	if (now_us >= meter->end_us)
		return false;
	meter->last_us = now_us;
	if (now_us >= meter->begin_us)
		meter->count++;
	return true;
}

static double meter_rate(const struct meter *meter)
{
	return (double)meter->count * 1e6 / (double)(meter->last_us - meter->begin_us);
}

/* ---- Ours ---- */

static void echo__echo(Soleus__Test__Echo_Service *service,
		       const Soleus__Test__EchoRequest *request,
		       Soleus__Test__EchoReply_Closure answer, void *data)
{
	Soleus__Test__EchoReply reply = SOLEUS__TEST__ECHO_REPLY__INIT;
	(void)service;
	reply.text = request->text;
	answer(&reply, data);
}

static void echo__store(Soleus__Test__Echo_Service *service,
			const Soleus__Test__EchoRequest *request,
			Soleus__Test__EchoReply_Closure answer, void *data)
{
	echo__echo(service, request, answer, data);
}

static Soleus__Test__Echo_Service echo = SOLEUS__TEST__ECHO__INIT(echo__);

static void our_server(bool curve)
{
	static const struct principal plain = {
		.kind = PRINCIPAL_SERVICE, .name = "bench", .roles = ROLE_SERVICE};
	static const struct access_rule rules[] = {
		{"soleus.test.Echo.Echo", false, ROLE_SERVICE},
		{"soleus.test.Echo.Store", true, ROLE_SERVICE},
		{0},
	};
	ProtobufCService *const services[] = {(ProtobufCService *)&echo, NULL};
	struct loop *loop = loop_new();
	struct bus *bus;
	struct bus_server *server;
	struct bus_options bus_options = {.plain = &plain};
	if (curve) {
		bus_options = (struct bus_options){.secret_key = server_pair.secret_key};
		check(keyring_open(keyring_path, &bus_options.keyring));
	}
	check(bus_open(loop, &bus_options, &bus));
	check(bus_serve(bus, endpoint, services, rules, NULL, &server));
	check(loop_run(loop));
}

struct load {
	struct bus_client *client;
	struct meter meter;
	unsigned running;
};

static void our_caller(void *argument)
{
	struct load *load = argument;
	struct arena *arena = arena_new(1 << 20);
	Soleus__Test__EchoRequest request = SOLEUS__TEST__ECHO_REQUEST__INIT;
	ProtobufCMessage *reply;
	request.text = text;
	do {
		arena_reset(arena);
		check(bus_call(load->client, &soleus__test__echo__descriptor, "Echo", &options,
			       &request.base, arena, &reply));
	} while (meter_tick(&load->meter));
	arena_free(arena);
	if (--load->running == 0)
		loop_stop_begin(loop_current());
}

static double our_client(bool curve)
{
	struct loop *loop = loop_new();
	struct bus *bus;
	struct load load = {.running = IN_FLIGHT};
	struct bus_options bus_options = {.secret_key = curve ? client_pair.secret_key : NULL};
	check(bus_open(loop, &bus_options, &bus));
	check(bus_connect(bus, endpoint, curve ? server_pair.public_key : NULL, &load.client));
	meter_start(&load.meter);
	for (int i = 0; i < IN_FLIGHT; i++)
		check(fiber_start(our_caller, &load));
	check(loop_run(loop));
	return meter_rate(&load.meter);
}

/* ---- Bare ---- */

static void *bare_socket(int type)
{
	int none = 0;
	void *socket = zmq_socket(zmq_ctx_new(), type);
	zmq_setsockopt(socket, ZMQ_LINGER, &none, sizeof(none));
	return socket;
}

static void bare_server(bool curve)
{
	static const char reply_header[18];
	void *socket = bare_socket(ZMQ_ROUTER);
	int one = 1;
	if (curve) {
		zmq_setsockopt(socket, ZMQ_CURVE_SERVER, &one, sizeof(one));
		zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, server_pair.secret_key, 41);
	}
	if (zmq_bind(socket, endpoint) != 0)
		exit(1);
	for (;;) {
		zmq_msg_t frames[4];
		for (int i = 0; i < 4; i++) {
			zmq_msg_init(&frames[i]);
			zmq_msg_recv(&frames[i], socket, 0);
		}
		zmq_msg_close(&frames[1]);
		zmq_msg_close(&frames[2]);
		zmq_msg_send(&frames[0], socket, ZMQ_SNDMORE);
		zmq_send(socket, reply_header, sizeof(reply_header), ZMQ_SNDMORE);
		zmq_msg_send(&frames[3], socket, 0);
	}
}

static void bare_send(void *socket, const void *header, size_t header_length, const void *payload,
		      size_t payload_length)
{
	zmq_send(socket, method, sizeof(method) - 1, ZMQ_SNDMORE);
	zmq_send(socket, header, header_length, ZMQ_SNDMORE);
	zmq_send(socket, payload, payload_length, 0);
}

static double bare_client(bool curve)
{
	void *socket = bare_socket(ZMQ_DEALER);
	if (curve) {
		zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, client_pair.public_key, 41);
		zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, client_pair.secret_key, 41);
		zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server_pair.public_key, 41);
	}
	if (zmq_connect(socket, endpoint) != 0)
		exit(1);

	/* The very bytes that bus_call would send. */
	struct message_ids ids = {0};
	uint8_t message_id[MESSAGE_ID_BYTES];
	zmq_msg_t header;
	struct arena *arena = arena_new(1 << 20);
	Soleus__Test__EchoRequest request = SOLEUS__TEST__ECHO_REQUEST__INIT;
	size_t length;
	request.text = text;
	message_id_next(&ids, message_id);
	request_header_frame(message_id, &options, 5000000, &header);
	const uint8_t *payload = message_encode(&request.base, arena, &length);

	struct meter meter;
	meter_start(&meter);
	for (int i = 0; i < IN_FLIGHT; i++)
		bare_send(socket, zmq_msg_data(&header), zmq_msg_size(&header), payload, length);
	do {
		for (int i = 0; i < 2; i++) {
			zmq_msg_t frame;
			zmq_msg_init(&frame);
			zmq_msg_recv(&frame, socket, 0);
			zmq_msg_close(&frame);
		}
		bare_send(socket, zmq_msg_data(&header), zmq_msg_size(&header), payload, length);
	} while (meter_tick(&meter));
	return meter_rate(&meter);
}

/* ---- Rounds ---- */

static double measure(bool ours, bool curve)
{
	int pipe_ends[2];
	if (pipe(pipe_ends) != 0)
		exit(1);
	unlink(endpoint + strlen("ipc://"));
	pid_t server = fork();
	if (server == 0) {
		(ours ? our_server : bare_server)(curve);
		_exit(0);
	}
	pid_t client = fork();
	if (client == 0) {
		double rate = (ours ? our_client : bare_client)(curve);
		if (write(pipe_ends[1], &rate, sizeof(rate)) != sizeof(rate))
			_exit(1);
		_exit(0);
	}
	close(pipe_ends[1]);
	double rate = 0;
	if (read(pipe_ends[0], &rate, sizeof(rate)) != sizeof(rate)) {
		fprintf(stderr, "bench_bus: a client failed\n");
		kill(server, SIGKILL);
		exit(1);
	}
	close(pipe_ends[0]);
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	waitpid(client, NULL, 0);
	return rate;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof(*values), by_size);
	return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static void print(const char *metric, double value, const char *unit)
{
	printf("{\"bench\":\"bus\",\"metric\":\"%s\",\"value\":%.*f,\"unit\":\"%s\"}\n", metric,
	       unit[0] == 'r' ? 3 : 0, value, unit);
}

static void compare(bool curve, int rounds, const char *our_name, const char *bare_name,
		    const char *ratio_name)
{
	double ours[ROUNDS_MAX], bare[ROUNDS_MAX], ratios[ROUNDS_MAX];
	for (int i = 0; i < rounds; i++) {
		bool first = i % 2 == 0;
		double one = measure(first, curve);
		double other = measure(!first, curve);
		ours[i] = first ? one : other;
		bare[i] = first ? other : one;
		ratios[i] = ours[i] / bare[i];
		fprintf(stderr, "%-6s %5d %12.0f %12.0f %8.3f\n", curve ? "curve" : "plain", i + 1,
			ours[i], bare[i], ratios[i]);
	}
	print(our_name, median(ours, rounds), "1/s");
	print(bare_name, median(bare, rounds), "1/s");
	print(ratio_name, median(ratios, rounds), "ratio");
	fflush(stdout);
}

static void folder_drop(void)
{
	unlink(keyring_path);
	unlink(endpoint + strlen("ipc://"));
	rmdir(folder);
}

int main(int count, char **arguments)
{
	int rounds = count > 1 ? atoi(arguments[1]) : 5;
	if (count > 2)
		run_us = (int64_t)(atof(arguments[2]) * 1e6);
	if (rounds < 1 || rounds > ROUNDS_MAX || run_us < 1000 || !mkdtemp(folder)) {
		fprintf(stderr, "usage: bench_bus [ROUNDS [SECONDS]]\n");
		return 2;
	}
	memset(text, 'x', TEXT_BYTES);
	zmq_curve_keypair(server_pair.public_key, server_pair.secret_key);
	zmq_curve_keypair(client_pair.public_key, client_pair.secret_key);
	snprintf(endpoint, sizeof(endpoint), "ipc://%s/echo", folder);
	snprintf(keyring_path, sizeof(keyring_path), "%s/keyring", folder);
	FILE *keyring = fopen(keyring_path, "w");
	if (!keyring)
		return 1;
	fprintf(keyring, "%s service bench service * -\n", client_pair.public_key);
	fclose(keyring);

	if (count > 3) {
		bool curve = strstr(arguments[3], "-curve");
		fprintf(stderr, "%.0f/s\n", measure(strncmp(arguments[3], "bus", 3) == 0, curve));
		folder_drop();
		return 0;
	}
	fprintf(stderr, "%-6s %5s %12s %12s %8s\n", "link", "round", "bus 1/s", "zeromq 1/s",
		"ratio");
	compare(false, rounds, "rpc_per_s", "zeromq_per_s", "rpc_vs_zeromq");
	compare(true, rounds, "rpc_curve_per_s", "zeromq_curve_per_s", "rpc_curve_vs_zeromq_curve");

	folder_drop();
	return 0;
}
