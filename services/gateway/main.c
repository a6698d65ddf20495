/* Wiring only. */
#include "gateway/gateway.h"

#include "base/log.h"
#include "daemon/public_url.h"

#include <string.h>

static struct gateway gateway;
static struct http_server_options options = {.routes = gateway_routes, .context = &gateway};
static int64_t port, connections, connections_per_address, in_flight, in_flight_per_client,
	patience_ms;

#define INT(name_, fallback_, value_, minimum_, maximum_, help_)                               \
	{                                                                                      \
		.name = (name_), .kind = CONFIG_INT, .fallback = (fallback_), .help = (help_), \
		.value = &(value_), .minimum = (minimum_), .maximum = (maximum_)               \
	}
#define TEXT(name_, fallback_, value_, help_)                                                   \
	{                                                                                       \
		.name = (name_), .kind = CONFIG_TEXT, .fallback = (fallback_), .help = (help_), \
		.value = &(value_)                                                              \
	}

static const struct config_entry config[] = {
	TEXT("SOLEUS_HTTP_ADDRESS", "127.0.0.1", options.address,
	     "address to serve on, IPv4 or IPv6: behind a proxy that speaks TLS"),
	INT("SOLEUS_HTTP_PORT", "8480", port, 0, 65535, "port to serve on; 0: one that is free"),
	TEXT("SOLEUS_PUBLIC_URL", "", gateway.public_url,
	     "how the world reaches it: https://HOST, without a / at the end"),
	TEXT("SOLEUS_HTTP_CLIENT_HEADER", "", options.client_header,
	     "header in which the proxy says who asks, such as X-Forwarded-For; empty: no proxy"),
	INT("SOLEUS_HTTP_CONNECTIONS", "1024", connections, 1, 65536, "open connections at most"),
	INT("SOLEUS_HTTP_CONNECTIONS_PER_ADDRESS", "64", connections_per_address, 1, 65536,
	    "the same of one address, without a proxy"),
	INT("SOLEUS_HTTP_IN_FLIGHT", "256", in_flight, 1, 65536, "requests at work at once"),
	INT("SOLEUS_HTTP_IN_FLIGHT_PER_CLIENT", "64", in_flight_per_client, 1, 65536,
	    "the same for one client"),
	INT("SOLEUS_HTTP_PATIENCE_MS", "10000", patience_ms, 100, 600000,
	    "how long a client may take to send a request, or to read its answer, in ms"),
	{.name = "SOLEUS_TWILIO_TOKEN",
	 .kind = CONFIG_TEXT,
	 .fallback = "",
	 .secret = true,
	 .help = "with which Twilio signs what it sends; empty: nothing is taken from there",
	 .value = &gateway.twilio_token},
	{.name = NULL},
};

static const char *const calls[] = {"reminders", "notes", NULL};

static void refuse_work(void *argument)
{
	(void)argument;
	if (gateway.server)
		http_server_stop_accepting(gateway.server);
}

static bool work_is_done(void *argument)
{
	(void)argument;
	return !gateway.server || http_server_in_flight(gateway.server) == 0;
}

static void close_server(void *argument)
{
	(void)argument;
	http_server_close(gateway.server);
}

static struct status start(struct daemon *daemon)
{
	struct status status = public_url_check(gateway.public_url);
	if (!status_is_ok(status))
		return status;
	gateway.daemon = daemon;
	options.port = (uint16_t)port;
	options.connections = (unsigned)connections;
	options.connections_per_address = (unsigned)connections_per_address;
	options.in_flight = (unsigned)in_flight;
	options.in_flight_per_client = (unsigned)in_flight_per_client;
	options.patience_us = patience_ms * 1000;
	options.strict_transport = strncmp(gateway.public_url, "https://", 8) == 0;
	loop_on_drain(daemon_loop(daemon), DRAIN_ACCEPT, "refusing HTTP", refuse_work, NULL, NULL);
	loop_on_drain(daemon_loop(daemon), DRAIN_WORK, "HTTP requests", NULL, work_is_done, NULL);
	loop_on_drain(daemon_loop(daemon), DRAIN_CLOSE, "HTTP", close_server, NULL, NULL);
	status = http_serve(daemon_loop(daemon), &options, &gateway.server);
	if (status_is_ok(status))
		log_info("serves HTTP", LOG_STR("address", options.address),
			 LOG_INT("port", http_server_port(gateway.server)));
	return status;
}

int main(int argc, char **argv)
{
	static const struct daemon_spec spec = {
		.name = "gateway",
		.serves = "HTTP: pages of signed links, webhooks of providers",
		.calls = calls,
		.config = config,
		.without_database = true,
		.start = start,
	};
	return daemon_main(argc, argv, &spec);
}
