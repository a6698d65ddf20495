#include "edge.h"

#include "ctl/methods.h"

#include <arpa/inet.h>
#include <json-c/json.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define ANSWER_BYTES (1 << 20)

void edge_setup(void)
{
	setenv("STACK_PUBLIC_URL", EDGE_URL, 1);
	setenv("STACK_TWILIO_TOKEN", EDGE_TWILIO_TOKEN, 1);
}

/* Its log names the port that it found free: the last one, should it have been started again. */
static uint16_t edge_port(void)
{
	static const char says[] = "\"event\":\"serves HTTP\"";
	char path[128], line[4096];
	unsigned port = 0;
	snprintf(path, sizeof(path), "%s/log/gateway.log", house->folder);
	FILE *file = fopen(path, "re");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		const char *at = strstr(line, says) ? strstr(line, "\"port\":") : NULL;
		if (at)
			port = (unsigned)strtoul(at + 7, NULL, 10);
	}
	fclose(file);
	assert_in_range(port, 1, 65535);
	return (uint16_t)port;
}

char *edge_ask(const char *request)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(edge_port())};
	char *answer = calloc(1, ANSWER_BYTES);
	size_t length = 0;
	ssize_t got;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(send(fd, request, strlen(request), MSG_NOSIGNAL), strlen(request));
	while ((got = read(fd, answer + length, ANSWER_BYTES - 1 - length)) > 0)
		length += (size_t)got;
	close(fd);
	return answer;
}

char *edge_get(const char *path)
{
	char request[8192];
	snprintf(request, sizeof(request),
		 "GET %s HTTP/1.1\r\nHost: soleus.example\r\nConnection: close\r\n\r\n", path);
	return edge_ask(request);
}

char *edge_post(const char *path, const char *headers, const char *body)
{
	char request[8192];
	snprintf(request, sizeof(request),
		 "POST %s HTTP/1.1\r\nHost: soleus.example\r\nConnection: close\r\n%s"
		 "Content-Length: %zu\r\n\r\n%s",
		 path, headers, strlen(body), body);
	return edge_ask(request);
}

void edge_expect(char *answer, const char *line, const char *word)
{
	if (strncmp(answer, line, strlen(line)) != 0 || !strstr(answer, word))
		fail_msg("expected %s with \"%s\", came\n%s", line, word, answer);
	free(answer);
}

/* ---- Calls ---- */

struct wanted {
	const char *who;
	const char *method;
	const char *request;
	const char *field;
	char *found;
};

static FIBER int call(struct session *session, void *argument)
{
	struct wanted *wanted = argument;
	struct session_call with = {.who = wanted->who};
	struct json_object *reply = NULL;
	struct method method;
	struct status status = method_find(session->arena, wanted->method, &method);
	if (status_is_ok(status))
		status = session_call_json(session, &method, &with, wanted->request, &reply);
	if (status_is_ok(status))
		wanted->found = strdup(
			json_object_get_string(json_object_object_get(reply, wanted->field)) ?: "");
	json_object_put(reply);
	return status_is_ok(status) ? 0 : session_complain(wanted->method, status);
}

char *edge_reply(char number, const char *who, const char *method, const char *request,
		 const char *field)
{
	char name[64], text[1024];
	snprintf(name, sizeof(name), "%s%c", who, number);
	snprintf(text, sizeof(text), "%s", request);
	for (char *at = text; *at; at++)
		*at = *at == '\'' ? '"' : *at;
	struct wanted wanted = {name, method, text, field, NULL};
	house_runs(house, call, &wanted);
	return wanted.found;
}
