/* A group with two clinics in Vienna, 40 minutes apart, for tests of scheduling; each test is an
 * organisation of its own. In its steps '#' is the test's number, ' stands for ".
 *
 *     tells('1', AT("2026-03-02T06:00:00Z"),
 *           BOOK("visit", "ana", "mira", "2026-03-02T08:00:00Z", "") BOOKED);
 */
#ifndef SOLEUS_TESTS_PRATER_H
#define SOLEUS_TESTS_PRATER_H

#include "house.h"

/* Of the tests of one program, which have a house of their own. */
extern struct house *house;

#define ORGANISATION "0195531a-0000-7000-8000-00000000006#"

/* cmocka's group setup and teardown. */
int open_house(void **state);
int close_house(void **state);

/* Plays steps. */
void steps(char number, const char *text);

/* Plays `begins`, the opening and `then`. */
void tells(char number, const char *begins, const char *then);

/* One value; '#' as in the steps. Ends with free(). */
char *value_of(char number, const char *sql);
void expect(char number, const char *sql, const char *expected);

/* The one of the organisation's rows in a table of scheduling. Ends with free(). */
char *id_of(char number, const char *what, const char *from, const char *where);

/* clang-format off */
#define AT(INSTANT) "{'at': '" INSTANT "'}\n"
#define CLINIC(NAME) "{'call': 'Directory.CreateClinic', 'as': 'lead#', 'with': {'name': '" NAME "', 'zone': 'Europe/Vienna'}, 'keep': '" NAME "'}\n"
#define ROOM(NAME, CLINIC, MORE) "{'call': 'Directory.CreateRoom', 'as': 'lead#', 'with': {'clinic_id': '${" CLINIC ".clinic_id}', 'name': '" NAME "'" MORE "}, 'keep': '" NAME "'}\n"
#define HOURS(WHO, CLINIC) "{'call': 'Scheduling.SetWorkingHours', 'as': 'lead#', 'with': {'practitioner_id': '${" WHO ".practitioner_id}', 'clinic_id': '${" CLINIC ".clinic_id}', 'hours': [{'weekday': 1, 'opens': '08:00', 'closes': '18:00'}, {'weekday': 2, 'opens': '08:00', 'closes': '18:00'}]}}\n"
#define PRACTITIONER(WHO, MORE) "{'call': 'Directory.CreatePractitioner', 'as': 'lead#', 'with': {'given_name': '" WHO "', 'family_name': 'N', 'clinic_ids': ['${prater.clinic_id}', '${donau.clinic_id}']" MORE "}, 'keep': '" WHO "'}\n" HOURS(WHO, "prater")
#define ATHLETE(WHO) "{'call': 'Directory.RegisterAthlete', 'as': 'lead#', 'with': {'athlete': {'given_name': '" WHO "', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': 'Europe/Vienna', 'home_clinic_id': '${prater.clinic_id}'}}, 'keep': '" WHO "'}\n"
#define SERVICE(NAME, MORE) "{'call': 'Scheduling.PutService', 'as': 'lead#', 'with': {'name': '" NAME "', 'duration_minutes': 45, 'buffer_after_minutes': 15" MORE "}, 'keep': '" NAME "'}\n"

#define WISH(SERVICE, ATHLETE, WHO, CLINIC, INSTANT, MORE) "{'athlete_id': '${" ATHLETE ".athlete_id}', 'service_id': '${" SERVICE ".service_id}', 'clinic_id': '${" CLINIC ".clinic_id}', 'practitioner_id': '${" WHO ".practitioner_id}', 'starts_at': '" INSTANT "'" MORE "}"
#define BOOK_AS(AS, SERVICE, ATHLETE, WHO, CLINIC, INSTANT, MORE) "{'call': 'Scheduling.Book', 'as': '" AS "#', 'with': " WISH(SERVICE, ATHLETE, WHO, CLINIC, INSTANT, MORE) ", "
#define BOOK(SERVICE, ATHLETE, WHO, INSTANT, MORE) BOOK_AS("lead", SERVICE, ATHLETE, WHO, "prater", INSTANT, MORE)
#define HOLD(AS, SERVICE, ATHLETE, WHO, INSTANT, MINUTES) "{'call': 'Scheduling.Hold', 'as': '" AS "#', 'with': {'booking': " WISH(SERVICE, ATHLETE, WHO, "prater", INSTANT, "") ", 'minutes': " MINUTES "}, "
#define WITH_HOLD(RPC, AS, NAME) "{'call': 'Scheduling." RPC "', 'as': '" AS "#', 'with': {'appointment_id': '${" NAME ".booking.appointment_id}'}, "
/* The same ids in a story that is told on. */
#define AGAIN "{'call': 'Directory.ListClinics', 'as': 'lead#', 'with': {}, 'keep': 'c'}\n" "{'call': 'Scheduling.ListServices', 'as': 'lead#', 'with': {}, 'keep': 's'}\n" "{'call': 'Directory.ListAthletes', 'as': 'lead#', 'with': {}, 'keep': 'a'}\n"
#define ON_NEEDLING "s.services[1]"
#define ON_VISIT "s.services[2]"
#define ON_ANA "a.athletes[0]"
#define ON_BEN "a.athletes[1]"
#define ON_PRATER "c.clinics[1]"
#define ON_MIRA ON_PRATER ".practitioners[1]"
#define BOOK_ON(SERVICE, ATHLETE, WHO, INSTANT, MORE) BOOK_AS("lead", SERVICE, ATHLETE, WHO, ON_PRATER, INSTANT, MORE)
#define STATE(ID, STATE) "{'call': 'Scheduling.GetAppointment', 'as': 'lead#', 'with': {'appointment_id': '${" ID ".appointment_id}'}, 'expect': {'appointment': {'state': '" STATE "'}}}\n"
#define SAYS(CODE) "'fails': '" CODE "'}\n"
#define REFUSED(NAMES) "'fails': 'FAILED_PRECONDITION', 'expect': {'refusals': [" NAMES "]}}\n"
#define BOOKED "'expect': {'grade': 'fair'}}\n"
/* clang-format on */

#endif
