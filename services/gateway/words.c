#include "gateway/words.h"

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *const codes[LANGUAGES] = {[LANGUAGE_EN] = "en", [LANGUAGE_DE] = "de"};

static const struct {
	const char *key;
	const char *in[LANGUAGES];
} table[] = {
	{"clinic", {"Your clinic", "Ihre Praxis"}},
	{"visit", {"Your visit", "Ihr Termin"}},
	{"until", {"Your answer counts until", "Ihre Antwort zählt bis"}},
	/* By what a message asks. */
	{"ask.visit", {"Will you come?", "Kommen Sie?"}},
	{"ask.offer",
	 {"A time that you wait for is free. Do you take it?",
	  "Ein Termin, auf den Sie warten, ist frei. Nehmen Sie ihn?"}},
	{"ask.check_in", {"How are you today?", "Wie geht es Ihnen heute?"}},
	{"ask.measure",
	 {"How much does it bother you in training?", "Wie sehr stört es Sie beim Training?"}},
	{"ask.red_flag", {"Is all well?", "Ist alles in Ordnung?"}},
	{"ask.plan_step",
	 {"Have you done today's step of your plan?",
	  "Haben Sie den heutigen Schritt Ihres Plans gemacht?"}},
	{"ask.nothing", {"There is nothing to answer.", "Hier ist nichts zu beantworten."}},
	{"ask.ended",
	 {"This is over: there is nothing to answer any more.",
	  "Das ist vorbei: Hier ist nichts mehr zu beantworten."}},
	{"ask.answered",
	 {"You have answered this. Thank you.", "Sie haben das schon beantwortet. Danke."}},
	{"ask.stop",
	 {"Do you want no more messages from us?", "Möchten Sie keine Nachrichten mehr von uns?"}},
	/* By action. */
	{"do.confirm", {"Yes, I will come", "Ja, ich komme"}},
	{"do.move", {"Please move it", "Bitte verschieben"}},
	{"do.cancel", {"Please cancel it", "Bitte absagen"}},
	{"do.yes", {"Yes, I take it", "Ja, ich nehme ihn"}},
	{"do.no", {"No, thank you", "Nein, danke"}},
	{"do.answer", {"Send", "Senden"}},
	{"do.well", {"All is well", "Alles in Ordnung"}},
	{"do.unwell", {"Not well: I need help", "Nicht gut: Ich brauche Hilfe"}},
	{"do.done", {"Yes, done", "Ja, gemacht"}},
	{"do.not_done", {"No, not done", "Nein, nicht gemacht"}},
	{"do.stop", {"No more messages", "Keine Nachrichten mehr"}},
	{"scale.soreness",
	 {"Soreness, 0 (none) to 10 (the most)", "Muskelkater, 0 (keiner) bis 10 (am meisten)"}},
	{"scale.readiness",
	 {"Ready to train, 0 (not at all) to 10 (fully)",
	  "Bereit fürs Training, 0 (gar nicht) bis 10 (ganz)"}},
	{"scale.bother", {"0 (not at all) to 10 (the most)", "0 (gar nicht) bis 10 (am meisten)"}},
	{"urgent",
	 {"If you are breathless or have chest pain, call emergency services now (112 or 911).",
	  "Bei Atemnot oder Schmerzen in der Brust rufen Sie sofort den Notruf (112 oder 911)."}},
	/* By how it was understood. */
	{"was.confirm", {"Thank you. We expect you.", "Danke. Wir erwarten Sie."}},
	{"was.move",
	 {"Thank you. We will call you to find another time.",
	  "Danke. Wir melden uns für einen anderen Termin."}},
	{"was.cancel", {"Thank you for telling us.", "Danke, dass Sie Bescheid geben."}},
	{"was.answer", {"Thank you. We have your answer.", "Danke. Wir haben Ihre Antwort."}},
	{"was.opt_out",
	 {"You get no more messages from us.", "Sie bekommen keine Nachrichten mehr von uns."}},
	{"was.red_flag",
	 {"Get emergency care NOW: call your emergency number (112 or 911) or go to the nearest "
	  "emergency department. Do not wait for our call. We have alerted our staff.",
	  "Holen Sie JETZT Hilfe: Rufen Sie den Notruf (112 oder 911) oder gehen Sie in die "
	  "nächste "
	  "Notaufnahme. Warten Sie nicht auf unseren Anruf. Wir haben unser Team verständigt."}},
	{"was.other", {"Thank you. Our staff will read it.", "Danke. Unser Team liest es."}},
	/* What did not work. */
	{"no.link",
	 {"This link is not valid, or has ended. Please ask your clinic.",
	  "Dieser Link gilt nicht oder nicht mehr. Bitte fragen Sie Ihre Praxis."}},
	{"no.late",
	 {"This was answered before, or it is too late for it. Please call your clinic.",
	  "Das wurde schon beantwortet, oder es ist zu spät. Bitte rufen Sie Ihre Praxis "
	  "an."}},
	{"no.value", {"Please choose an answer.", "Bitte wählen Sie eine Antwort."}},
	{"no.now",
	 {"It did not work just now. Please try again in a minute.",
	  "Es hat gerade nicht geklappt. Bitte versuchen Sie es in einer Minute noch "
	  "einmal."}},
	/* Screening. */
	{"screen.title", {"Before your visit", "Vor Ihrem Termin"}},
	{"screen.ask",
	 {"Please answer each question with yes or no.",
	  "Bitte beantworten Sie jede Frage mit Ja oder Nein."}},
	{"screen.thanks",
	 {"Thank you. Your answers are with your clinic.",
	  "Danke. Ihre Antworten liegen Ihrer Praxis vor."}},
	{"screen.open",
	 {"Some questions are still open: you can answer them now.",
	  "Einige Fragen sind noch offen: Sie können sie jetzt beantworten."}},
	{"screen.talk",
	 {"Please talk to your clinic before you come.",
	  "Bitte sprechen Sie vor Ihrem Termin mit Ihrer Praxis."}},
	{"yes", {"Yes", "Ja"}},
	{"no", {"No", "Nein"}},
};

enum language language_choose(const char *accept)
{
	while (accept && *accept) {
		accept += strspn(accept, " \t,");
		size_t length = strcspn(accept, " \t,;-");
		for (int i = 0; length == 2 && i < LANGUAGES; i++)
			if (strncasecmp(accept, codes[i], 2) == 0)
				return (enum language)i;
		accept += strcspn(accept, ",");
	}
	return LANGUAGE_EN;
}

const char *language_code(enum language language)
{
	return codes[language];
}

const char *words(const char *key, enum language language)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].key, key) == 0)
			return table[i].in[language];
	return NULL;
}

/* ---- Times ---- */

static const char *const weekdays[LANGUAGES][7] = {
	{"Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"},
	{"Donnerstag", "Freitag", "Samstag", "Sonntag", "Montag", "Dienstag", "Mittwoch"},
};
static const char *const months[LANGUAGES][12] = {
	{"January", "February", "March", "April", "May", "June", "July", "August", "September",
	 "October", "November", "December"},
	{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
	 "Oktober", "November", "Dezember"},
};

const char *words_when(struct arena *arena, const char *local, enum language language)
{
	static const char *const forms[LANGUAGES] = {"%s, %d %s %d, %s", "%s, %d. %s %d, %s Uhr"};
	int32_t days;
	int year, month, day;
	char date[11], time[6];
	if (sscanf(local, "%10s %5s", date, time) != 2 || !text_to_date(date, &days) || days < 0 ||
	    sscanf(date, "%d-%d-%d", &year, &month, &day) != 3)
		return "";
	const char *text = arena_printf(arena, forms[language], weekdays[language][days % 7], day,
					months[language][month - 1], year, time);
	return text ? text : "";
}
