/* Real providers for a test, each with ports and a folder of its own: Kannel (bearerbox, smsbox and
 * its fake SMSC), and Exim, which puts mail into a folder.
 *
 * Kannel has two centres: the fake one, which has everything delivered, and, for numbers that begin
 * with +43199, the test's own over HTTP. Exim refuses who is called `gone` (550) and puts off who
 * is called `later` (451).
 */
#ifndef SOLEUS_TESTS_PROVIDERS_H
#define SOLEUS_TESTS_PROVIDERS_H

struct providers {
	char folder[64];
	int sendsms_port;
	int mail_port;
	int centre_port; /* of the fake SMSC */
	int kannel, smsbox, phone, exim;
};

/* `callbacks_url`: where texts (/text) go, and messages of the second centre (/centre). NULL when a
 * program is missing: scripts/packages providers. */
struct providers *providers_open(const char *callbacks_url);
void providers_close(struct providers *providers);

int providers_free_port(void);

/* A phone sends a text to Kannel's centre. */
void providers_text(struct providers *providers, const char *from, const char *text);

/* The newest mail to this address, as it lies in its folder; waits for it at most 10 s, then fails
 * the test. Ends with free(). */
char *providers_mail(const struct providers *providers, const char *to);

#endif
