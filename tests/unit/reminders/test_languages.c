/* What texts mean in each language: keywords, numbers (A1), red flags and their denials (A2). */
#include "reminders/rules/keyword.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define STOP KEYWORD_STOP
#define FLAG KEYWORD_RED_FLAG
#define TEXT KEYWORD_FREE_TEXT /* to staff, without an alarm */

struct sample {
	const char *text;
	enum keyword_kind kind;
	bool denies;
};

static const struct sample english[] = {
	{"cant breath", FLAG},
	{"i cant breath proper", FLAG},
	{"CANT BREATHE!!", FLAG},
	{"can't brethe", FLAG},
	{"my brething is hard since lunch", FLAG},
	{"trouble brething", FLAG},
	{"brethless", FLAG},
	{"short of breth", FLAG},
	{"shortnes of breath", FLAG},
	{"chest pane", FLAG},
	{"cheast pain", FLAG},
	{"pain in my chest", FLAG},
	{"coughing up blood", FLAG},
	{"lips are blue", FLAG},
	{"i think it is a heart attack", FLAG},
	{"i fainted in the shower", FLAG},
	{"No. Cant breathe", FLAG},
	{"not ok short of breath", FLAG},
	{"no chest pain, but breathless", FLAG},
	{"NO CHEST PAIN", TEXT, true},
	{"dont have chest pain or trouble breathing", TEXT, true},
	{"not short of breath", TEXT, true},
	{"never had chest pain", TEXT, true},
	{"my chest day was great", TEXT},
	{"took a deep breath", TEXT},
	{"Opt-out please", STOP},
	{"yep", KEYWORD_YES},
	{"nope", KEYWORD_NO},
	{"reschedule", KEYWORD_MOVE},
	{"cancel appointment", KEYWORD_CANCEL_VISIT},
	{"skipped", KEYWORD_NOT_DONE},
	{"three and eight", KEYWORD_NUMBERS},
};

static const struct sample german[] = {
	{"Atemnot", FLAG},
	{"ich krieg keine Luft", FLAG},
	{"bekomme kaum Luft", FLAG},
	{"KANN NICHT ATMEN", FLAG},
	{"ich kann nicht richtig atmen", FLAG},
	{"kann kaum noch atmen", FLAG},
	{"Atmen f\xc3\xa4llt mir schwer", FLAG},
	{"Atmen faellt mir schwer", FLAG},
	{"bin au\xc3\x9f"
	 "er Atem auf der Stiege",
	 FLAG},
	{"kurzatmig seit heute frueh", FLAG},
	{"Brustschmerzen", FLAG},
	{"Schmerzen in der Brust beim Liegen", FLAG},
	{"mir tut die Brust weh", FLAG},
	{"Stechen beim Einatmen", FLAG},
	{"Engegef\xc3\xbchl", FLAG},
	{"athemnot", FLAG},
	{"Nein, Atemnot", FLAG},
	{"keine Besserung, Atemnot", FLAG},
	{"nicht gut habe Brustschmerzen", FLAG},
	{"keine Atemnot aber Brustschmerzen", FLAG},
	{"keine Atemnot", TEXT, true},
	{"Keine Atemnot oder Brustschmerzen", TEXT, true},
	{"habe keine Schmerzen in der Brust", TEXT, true},
	{"nicht kurzatmig", TEXT, true},
	{"ohne Atemnot", TEXT, true},
	{"nicht mehr kurzatmig", TEXT, true},
	{"Brusttraining war gut", TEXT},
	{"Abmelden", STOP},
	{"STOPP", STOP},
	{"Ja bitte", KEYWORD_YES},
	{"Nein danke", KEYWORD_NO},
	{"best\xc3\xa4tige", KEYWORD_CONFIRM},
	{"Termin verschieben bitte", KEYWORD_MOVE},
	{"Termin absagen", KEYWORD_CANCEL_VISIT},
	{"erledigt", KEYWORD_DONE},
	{"nicht geschafft", KEYWORD_NOT_DONE},
	{"Hilfe", KEYWORD_HELP},
	{"drei und acht", KEYWORD_NUMBERS},
	{"F\xc3\xbcnf von zehn", KEYWORD_NUMBERS},
	{"Muskelkater 3, bereit 8", KEYWORD_NUMBERS},
};

static const struct sample french[] = {
	{"je ne peux pas respirer", FLAG},
	{"jarrive pas \xc3\xa0 respirer", FLAG},
	{"Je n\xe2\x80\x99"
	 "arrive plus \xc3\x80 respirer",
	 FLAG},
	{"du mal a respirer", FLAG},
	{"difficult\xc3\xa9s \xc3\xa0 respirer", FLAG},
	{"je suis essouffl\xc3\xa9"
	 "e",
	 FLAG},
	{"essoufle", FLAG},
	{"je manque d'air", FLAG},
	{"J'\xc3\xa9touffe", FLAG},
	{"hors d'haleine", FLAG},
	{"douleur \xc3\xa0 la poitrine", FLAG},
	{"douleur thoracique", FLAG},
	{"mal a la poitrine quand je marche", FLAG},
	{"ma poitrine me fait mal", FLAG},
	{"point dans la poitrine", FLAG},
	{"oppression", FLAG},
	{"Non, douleur \xc3\xa0 la poitrine", FLAG},
	{"pas bien, essouffl\xc3\xa9", FLAG},
	{"non mal a respirer", FLAG},
	{"pas de douleur \xc3\xa0 la poitrine mais essouffl\xc3\xa9", FLAG},
	{"pas de douleur \xc3\xa0 la poitrine", TEXT, true},
	{"aucune douleur thoracique", TEXT, true},
	{"pas essouffl\xc3\xa9", TEXT, true},
	{"sans essoufflement", TEXT, true},
	{"pas de mal \xc3\xa0 respirer ni de douleur \xc3\xa0 la poitrine", TEXT, true},
	{"je respire bien", TEXT},
	{"ARRET", STOP},
	{"d\xc3\xa9sabonner", STOP},
	{"Oui merci", KEYWORD_YES},
	{"NON", KEYWORD_NO},
	{"je confirme", KEYWORD_CONFIRM},
	{"d\xc3\xa9placer", KEYWORD_MOVE},
	{"annuler le rdv", KEYWORD_CANCEL_VISIT},
	{"fait", KEYWORD_DONE},
	{"pas encore", KEYWORD_NOT_DONE},
	{"aide", KEYWORD_HELP},
	{"trois et huit", KEYWORD_NUMBERS},
};

static const struct sample spanish[] = {
	{"no puedo respirar", FLAG},
	{"No puedo respira bien", FLAG},
	{"casi no puedo respirar", FLAG},
	{"me cuesta respirar", FLAG},
	{"me falta el aire", FLAG},
	{"falta de aire", FLAG},
	{"me ahogo", FLAG},
	{"dificultad para respirar", FLAG},
	{"dolor en el pecho", FLAG},
	{"Dolor de pecho desde ayer", FLAG},
	{"me duele el pecho", FLAG},
	{"opresi\xc3\xb3n en el pecho", FLAG},
	{"presion en el pecho", FLAG},
	{"duele cuando respiro", FLAG},
	{"estoy sin aliento", FLAG},
	{"toso sangre", FLAG},
	{"me desmay\xc3\xa9", FLAG},
	{"No, dolor de pecho", FLAG},
	{"no estoy bien dolor de pecho", FLAG},
	{"no tengo dolor de pecho pero me falta el aire", FLAG},
	{"no tengo dolor de pecho", TEXT, true},
	{"ning\xc3\xban dolor en el pecho", TEXT, true},
	{"no hay dolor en el pecho o falta de aire", TEXT, true},
	{"nunca dolor de pecho", TEXT, true},
	{"respiro bien", TEXT},
	{"BAJA", STOP},
	{"darse de baja", STOP},
	{"S\xc3\xad", KEYWORD_YES},
	{"no gracias", KEYWORD_NO},
	{"confirmo", KEYWORD_CONFIRM},
	{"cambiar cita", KEYWORD_MOVE},
	{"anular cita por favor", KEYWORD_CANCEL_VISIT},
	{"hecho", KEYWORD_DONE},
	{"aun no", KEYWORD_NOT_DONE},
	{"ayuda", KEYWORD_HELP},
	{"tres y ocho", KEYWORD_NUMBERS},
};

static const struct sample italian[] = {
	{"non riesco a respirare", FLAG},
	{"non respiro bene", FLAG},
	{"NON POSSO RESPIRARE", FLAG},
	{"fatico a respirare", FLAG},
	{"mi manca il fiato", FLAG},
	{"mi manca il respiro", FLAG},
	{"mi manca l'aria", FLAG},
	{"ho il fiato corto", FLAG},
	{"affanno", FLAG},
	{"difficolt\xc3\xa0 a respirare", FLAG},
	{"dolore al petto", FLAG},
	{"dolori al petto da stamattina", FLAG},
	{"mi fa male il petto", FLAG},
	{"fitta al petto", FLAG},
	{"oppressione al petto", FLAG},
	{"soffoco", FLAG},
	{"senza fiato", FLAG},
	{"tossisco sangue", FLAG},
	{"No, dolore al petto", FLAG},
	{"non sto bene dolore al petto", FLAG},
	{"non ho dolore al petto ma mi manca il fiato", FLAG},
	{"non ho dolore al petto", TEXT, true},
	{"nessun dolore al petto", TEXT, true},
	{"non ho affanno n\xc3\xa9 dolore al petto", TEXT, true},
	{"senza dolore al petto", TEXT, true},
	{"respiro bene", TEXT},
	{"disiscrivimi", STOP},
	{"va bene grazie", KEYWORD_YES},
	{"certo", KEYWORD_YES},
	{"confermo", KEYWORD_CONFIRM},
	{"spostare appuntamento", KEYWORD_MOVE},
	{"annulla appuntamento", KEYWORD_CANCEL_VISIT},
	{"fatto", KEYWORD_DONE},
	{"non ancora", KEYWORD_NOT_DONE},
	{"aiuto", KEYWORD_HELP},
	{"tre e otto", KEYWORD_NUMBERS},
};

static void expect_all(const struct sample *samples, size_t count)
{
	const struct keyword_context context = {false, false};
	unsigned faults = 0;
	assert_true(count >= 30);
	for (size_t i = 0; i < count; i++) {
		struct keyword_result result = keyword_parse(samples[i].text, &context);
		if (result.kind == samples[i].kind && result.denies_red_flag == samples[i].denies)
			continue;
		print_error("\"%s\" is understood as %s%s\n", samples[i].text,
			    keyword_kind_name(result.kind),
			    result.denies_red_flag ? ", a denial" : "");
		faults++;
	}
	assert_int_equal(faults, 0);
}

#define UNDERSTANDS(NAME, LANGUAGE)                                             \
	static void NAME(void **state)                                          \
	{                                                                       \
		(void)state;                                                    \
		expect_all(LANGUAGE, sizeof(LANGUAGE) / sizeof((LANGUAGE)[0])); \
	}
UNDERSTANDS(understands_english, english)
UNDERSTANDS(understands_german, german)
UNDERSTANDS(understands_french, french)
UNDERSTANDS(understands_spanish, spanish)
UNDERSTANDS(understands_italian, italian)

static void a1_reads_number_words(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int32_t soreness, readiness; /* -1: not said */
	} pairs[] = {
		{"drei acht", 3, 8},
		{"F\xc3\xbcnf", 5, -1},
		{"fuenf von 10", 5, -1},
		{"bereit 9 Muskelkater 2", 2, 9},
		{"deux et neuf", 2, 9},
		{"dolor 4 listo 7", 4, 7},
		{"dieci", 10, -1},
		{"seis siete", 6, 7},
		{"z\xc3\xa9ro et dix", 0, 10},
	};
	const struct keyword_context context = {false, false};
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct keyword_result result = keyword_parse(pairs[i].text, &context);
		print_message("%s\n", pairs[i].text);
		assert_int_equal(result.kind, KEYWORD_NUMBERS);
		assert_int_equal(result.soreness.has ? result.soreness.value : -1,
				 pairs[i].soreness);
		assert_int_equal(result.readiness.has ? result.readiness.value : -1,
				 pairs[i].readiness);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(understands_english), cmocka_unit_test(understands_german),
		cmocka_unit_test(understands_french),  cmocka_unit_test(understands_spanish),
		cmocka_unit_test(understands_italian), cmocka_unit_test(a1_reads_number_words),
	};
	return cmocka_run_group_tests_name("languages", tests, NULL, NULL);
}
