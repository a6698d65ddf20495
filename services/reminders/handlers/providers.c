#include "reminders/handlers/providers.h"

#include "base/clock.h"
#include "daemon/public_url.h"
#include "reminders/handlers/links.h"
#include "reminders/store/passing.h"
#include "transfer/http.h"

#include <stdio.h>
#include <string.h>

#define LEASE_US      (2 * CLOCK_MINUTE_US)
#define MOST_AT_ONCE  64
#define MINUTES_A_DAY 1440

static struct settings {
	const char *outbox_folder;
	const char *sms;
	const char *email;
	int64_t sms_per_minute;
	int64_t email_per_minute;
	int64_t organisation_per_minute;
	int64_t fallback_minutes;
	const char *public_url;
	struct kannel_settings kannel;
	struct twilio_settings twilio;
	struct smtp_settings smtp;
	struct webhook_settings webhook;
} settings;

/* clang-format off */
#define TEXT(NAME, FALLBACK, VALUE, HELP) {.name = NAME, .kind = CONFIG_TEXT, .fallback = FALLBACK, .help = HELP, .value = &settings.VALUE}
#define SECRET(NAME, VALUE, HELP) {.name = NAME, .kind = CONFIG_TEXT, .fallback = "", .help = HELP, .value = &settings.VALUE, .secret = true}
#define RATE(NAME, FALLBACK, VALUE, HELP) {.name = NAME, .kind = CONFIG_INT, .fallback = FALLBACK, .help = HELP, .value = &settings.VALUE, .minimum = 0, .maximum = 1000000}

const struct config_entry providers_config[] = {
	TEXT("SOLEUS_OUTBOX_DIR", "./var/messages", outbox_folder, "folder of the file channel: one file for each message (/dev/null: none)"),
	TEXT("SOLEUS_SMS", "file", sms, "what carries SMS: file, kannel, twilio, webhook"),
	TEXT("SOLEUS_EMAIL", "file", email, "what carries mail: file, smtp, webhook"),
	RATE("SOLEUS_SMS_PER_MINUTE", "600", sms_per_minute, "SMS a minute at most; 0: no limit"),
	RATE("SOLEUS_EMAIL_PER_MINUTE", "600", email_per_minute, "mails a minute at most; 0: no limit"),
	RATE("SOLEUS_ORGANISATION_PER_MINUTE", "0", organisation_per_minute, "messages of one organisation a minute over one channel at most; 0: no limit"),
	{.name = "SOLEUS_FALLBACK_MINUTES", .kind = CONFIG_INT, .fallback = "30", .help = "minutes without a delivery report after which the next channel is tried; 0: never", .value = &settings.fallback_minutes, .minimum = 0, .maximum = 3 * MINUTES_A_DAY},
	TEXT("SOLEUS_PUBLIC_URL", "", public_url, "how the world reaches the gateway: https://HOST, without a / at the end; empty: no provider reports, no message has links"),
	TEXT("SOLEUS_KANNEL_URL", "", kannel.url, "smsbox of Kannel, http://host:13013/cgi-bin/sendsms"),
	TEXT("SOLEUS_KANNEL_USER", "", kannel.user, "its sendsms-user"),
	SECRET("SOLEUS_KANNEL_PASSWORD", kannel.password, "password of its sendsms-user"),
	TEXT("SOLEUS_KANNEL_FROM", "", kannel.from, "number that SMS come from"),
	TEXT("SOLEUS_TWILIO_URL", "https://api.twilio.com", twilio.url, "the Messages API"),
	TEXT("SOLEUS_TWILIO_ACCOUNT", "", twilio.account_sid, "account SID"),
	SECRET("SOLEUS_TWILIO_TOKEN", twilio.auth_token, "auth token of the account"),
	TEXT("SOLEUS_TWILIO_FROM", "", twilio.from, "number that SMS come from, or messaging service (MG…)"),
	TEXT("SOLEUS_SMTP_URL", "", smtp.url, "mail server, smtp://host:587 or smtps://host"),
	{.name = "SOLEUS_SMTP_STARTTLS", .kind = CONFIG_BOOL, .fallback = "true", .help = "smtp: TLS before anything is said, or nothing is", .value = &settings.smtp.starttls},
	TEXT("SOLEUS_SMTP_CA_FILE", "", smtp.ca_file, "certificates that the mail server's is checked against; empty: the system's"),
	TEXT("SOLEUS_SMTP_USER", "", smtp.user, "empty: no authentication"),
	SECRET("SOLEUS_SMTP_PASSWORD", smtp.password, "password of that user"),
	TEXT("SOLEUS_SMTP_FROM", "", smtp.from, "address that mail comes from"),
	TEXT("SOLEUS_SMTP_FROM_NAME", "", smtp.from_name, "name beside that address"),
	TEXT("SOLEUS_SMTP_UNSUBSCRIBE", "", smtp.unsubscribe, "address of List-Unsubscribe, read by people; empty: none"),
	TEXT("SOLEUS_WEBHOOK_URL", "", webhook.url, "where messages are posted"),
	SECRET("SOLEUS_WEBHOOK_SECRET", webhook.secret, "with which they are signed"),
	{.name = NULL},
};
/* clang-format on */

static struct provider file = {.name = "file"};
static struct provider sms, email;

/* ---- Addresses of the gateway ---- */

static const char *report_link(struct arena *arena, const char *provider,
			       const char *organisation_id)
{
	const char *token = webhook_token(arena, provider, organisation_id);
	const char *url = token ? webhook_url(arena, provider, token) : NULL;
	return url && *url ? arena_printf(arena, "%s/delivery", url) : url;
}

static const char *stop_link(struct arena *arena, const struct outgoing *message)
{
	struct message_link link = {.ends_at = message->due_at + MESSAGE_LINK_LIFE_US};
	snprintf(link.organisation_id, sizeof(link.organisation_id), "%s",
		 message->organisation_id);
	snprintf(link.message_id, sizeof(link.message_id), "%s", message->message_id);
	const char *token = message_link_write(arena, &link);
	return token ? message_unsubscribe_url(arena, token) : NULL;
}

/* ---- Opening ---- */

enum carrier {
	CARRIER_FILE,
	CARRIER_KANNEL,
	CARRIER_TWILIO,
	CARRIER_SMTP,
	CARRIER_WEBHOOK,
	CARRIERS
};

/* What each carries, and needs to be told. */
static const struct {
	const char *name;
	bool sms, email;
	struct {
		const char *setting;
		const char *const *value;
	} needs[5];
} carriers[CARRIERS] = {
	[CARRIER_FILE] = {"file", true, true, {{NULL}}},
	[CARRIER_KANNEL] = {"kannel",
			    true,
			    false,
			    {{"SOLEUS_KANNEL_URL", &settings.kannel.url},
			     {"SOLEUS_KANNEL_USER", &settings.kannel.user},
			     {"SOLEUS_KANNEL_PASSWORD", &settings.kannel.password},
			     {"SOLEUS_KANNEL_FROM", &settings.kannel.from}}},
	[CARRIER_TWILIO] = {"twilio",
			    true,
			    false,
			    {{"SOLEUS_TWILIO_URL", &settings.twilio.url},
			     {"SOLEUS_TWILIO_ACCOUNT", &settings.twilio.account_sid},
			     {"SOLEUS_TWILIO_TOKEN", &settings.twilio.auth_token},
			     {"SOLEUS_TWILIO_FROM", &settings.twilio.from}}},
	[CARRIER_SMTP] = {"smtp",
			  false,
			  true,
			  {{"SOLEUS_SMTP_URL", &settings.smtp.url},
			   {"SOLEUS_SMTP_FROM", &settings.smtp.from}}},
	[CARRIER_WEBHOOK] = {"webhook",
			     true,
			     true,
			     {{"SOLEUS_WEBHOOK_URL", &settings.webhook.url},
			      {"SOLEUS_WEBHOOK_SECRET", &settings.webhook.secret}}},
};

static struct channel *channel_new(enum carrier carrier, struct arena *arena,
				   const struct channel_house *house)
{
	switch (carrier) {
	case CARRIER_KANNEL:
		return kannel_channel_new(arena, house, &settings.kannel);
	case CARRIER_TWILIO:
		return twilio_channel_new(arena, house, &settings.twilio);
	case CARRIER_SMTP:
		return smtp_channel_new(arena, house, &settings.smtp);
	case CARRIER_WEBHOOK:
		return webhook_channel_new(arena, house, &settings.webhook);
	default:
		return file.channel;
	}
}

static struct status open_one(struct provider *provider, const char *setting, const char *name,
			      bool for_sms, struct arena *arena, const struct channel_house *house)
{
	int carrier = 0;
	while (carrier < CARRIERS && (strcmp(carriers[carrier].name, name) != 0 ||
				      !(for_sms ? carriers[carrier].sms : carriers[carrier].email)))
		carrier++;
	if (carrier == CARRIERS)
		return status_errorf(
			arena, STATUS_FAILED_PRECONDITION, "%s: expected %s, not \"%s\"", setting,
			for_sms ? "file, kannel, twilio or webhook" : "file, smtp or webhook",
			name);
	for (size_t i = 0; carriers[carrier].needs[i].setting; i++)
		if (!**carriers[carrier].needs[i].value)
			return status_errorf(arena, STATUS_FAILED_PRECONDITION,
					     "%s is missing: %s is \"%s\"",
					     carriers[carrier].needs[i].setting, setting, name);
	provider->name = carriers[carrier].name;
	provider->channel = channel_new((enum carrier)carrier, arena, house);
	if (!provider->channel)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for a channel");
	provider->gate = gate_new(for_sms ? settings.sms_per_minute : settings.email_per_minute,
				  settings.organisation_per_minute);
	return status_ok();
}

struct status providers_open(struct daemon *daemon)
{
	struct arena *arena = daemon_arena(daemon);
	/* Addresses come from who runs this, and may be of the house's own network. */
	const struct transfer_options options = {
		.loop = daemon_loop(daemon),
		.most_at_once = MOST_AT_ONCE,
		.private_addresses = true,
	};
	struct channel_house house = {
		.links = {report_link, stop_link},
		.reports = *settings.public_url != '\0',
	};
	struct status status = public_url_check(settings.public_url);
	if (!status_is_ok(status))
		return status;
	links_open(daemon, settings.public_url);
	status = file_channel_open(daemon_loop(daemon), settings.outbox_folder, arena,
				   &file.channel);
	if (status_is_ok(status))
		status = transfer_open(&options, &house.transfer);
	if (status_is_ok(status))
		status = open_one(&sms, "SOLEUS_SMS", settings.sms, true, arena, &house);
	if (status_is_ok(status))
		status = open_one(&email, "SOLEUS_EMAIL", settings.email, false, arena, &house);
	return status;
}

/* ---- Face ---- */

struct provider *provider_of(const char *channel)
{
	if (strcmp(channel, "sms") == 0)
		return &sms;
	return strcmp(channel, "email") == 0 ? &email : &file;
}

struct provider *provider_file(void)
{
	return &file;
}

bool provider_is_file(const struct provider *provider)
{
	return provider->channel == file.channel;
}

int64_t providers_fallback_us(void)
{
	return settings.fallback_minutes * CLOCK_MINUTE_US;
}

struct queue_limits providers_limits(void)
{
	if (provider_is_file(&sms) && provider_is_file(&email))
		return (struct queue_limits){QUEUE_BATCH, QUEUE_LEASE_US};
	return (struct queue_limits){PASSING_BATCH, LEASE_US};
}
