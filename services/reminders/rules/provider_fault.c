#include "reminders/rules/provider_fault.h"

#include <stddef.h>
#include <string.h>

/* The first row that holds counts; provider NULL: any that speaks HTTP. */
static const struct {
	const char *provider;
	int first, last;
	enum provider_fault fault;
} table[] = {
	{"twilio", 14107, 14107, PROVIDER_FAULT_THROTTLED}, /* rate limit exceeded */
	{"twilio", 20003, 20008, PROVIDER_FAULT_ACCOUNT},   /* who we are */
	{"twilio", 20429, 20429, PROVIDER_FAULT_THROTTLED}, /* too many requests */
	{"twilio", 21211, 21219, PROVIDER_FAULT_PERMANENT}, /* not a number, unreachable */
	{"twilio", 21408, 21408, PROVIDER_FAULT_PERMANENT}, /* region not enabled */
	{"twilio", 21601, 21609, PROVIDER_FAULT_PERMANENT}, /* of this request */
	{"twilio", 21610, 21610, PROVIDER_FAULT_OPTED_OUT},
	{"twilio", 21611, 21611, PROVIDER_FAULT_THROTTLED}, /* the sender's queue is full */
	{"twilio", 21612, 21617, PROVIDER_FAULT_PERMANENT}, /* no route, no mobile, too long */
	{"twilio", 30001, 30001, PROVIDER_FAULT_THROTTLED}, /* queue overflow */
	{"twilio", 30002, 30002, PROVIDER_FAULT_ACCOUNT},   /* suspended */
	{"twilio", 30003, 30003, PROVIDER_FAULT_TEMPORARY}, /* the phone is off */
	{"twilio", 30004, 30007, PROVIDER_FAULT_PERMANENT}, /* blocked, unknown, landline, spam */
	{"twilio", 30022, 30023, PROVIDER_FAULT_THROTTLED}, /* the carrier's limits */
	{"twilio", 63038, 63038, PROVIDER_FAULT_THROTTLED}, /* the day's limit */
	{"smtp", 421, 421, PROVIDER_FAULT_THROTTLED}, /* closing: too many, or shutting down */
	{"smtp", 400, 499, PROVIDER_FAULT_TEMPORARY},
	{"smtp", 530, 538, PROVIDER_FAULT_ACCOUNT},   /* authentication */
	{"smtp", 552, 552, PROVIDER_FAULT_TEMPORARY}, /* mailbox full */
	{"smtp", 500, 599, PROVIDER_FAULT_PERMANENT},
	{"kannel", 503, 503, PROVIDER_FAULT_THROTTLED}, /* its queue is full */
	{NULL, 401, 403, PROVIDER_FAULT_ACCOUNT},
	{NULL, 404, 404, PROVIDER_FAULT_ACCOUNT}, /* a wrong address of ours */
	{NULL, 408, 408, PROVIDER_FAULT_TEMPORARY},
	{NULL, 429, 429, PROVIDER_FAULT_THROTTLED},
	{NULL, 400, 499, PROVIDER_FAULT_PERMANENT},
};

enum provider_fault provider_fault(const char *provider, int code)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (code < table[i].first || code > table[i].last)
			continue;
		if (!table[i].provider || strcmp(table[i].provider, provider) == 0)
			return table[i].fault;
	}
	return PROVIDER_FAULT_TEMPORARY;
}

const char *provider_fault_name(enum provider_fault fault)
{
	static const char *const names[] = {"temporary", "throttled", "account", "permanent",
					    "opted out"};
	return names[fault];
}
