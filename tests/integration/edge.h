/* The gateway of a house, asked over HTTP as the world does: a request goes out as it is written,
 * the whole answer comes back as text, which ends with free().
 *
 *     edge_setup();   // before house_open: a public address, Twilio's token
 *     char *answer = edge_get("/l/abc");
 *     edge_expect(answer, "HTTP/1.1 404 ", "not valid");
 */
#ifndef SOLEUS_TESTS_EDGE_H
#define SOLEUS_TESTS_EDGE_H

#include "prater.h"

#define EDGE_URL          "https://soleus.example"
#define EDGE_TWILIO_TOKEN "12345"
#define EDGE_FORM         "Content-Type: application/x-www-form-urlencoded\r\n"
#define EDGE_JSON         "Content-Type: application/json\r\n"

void edge_setup(void);

char *edge_ask(const char *request);
char *edge_get(const char *path);
/* `headers` are whole lines, with the type of the body. */
char *edge_post(const char *path, const char *headers, const char *body);

/* Fails the test when the answer does not begin with `line` or lacks `word`; frees it. */
void edge_expect(char *answer, const char *line, const char *word);

/* One text field of a reply ("token"), for `who` of the organisation with `number`; in `request` '
 * stands for ". Ends with free(). */
char *edge_reply(char number, const char *who, const char *method, const char *request,
		 const char *field);

#endif
