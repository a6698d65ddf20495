/* Steps of tests of the waitlist, in prater.h's clinic. */
#ifndef SOLEUS_TESTS_WAITS_H
#define SOLEUS_TESTS_WAITS_H

#include "prater.h"

/* clang-format off */
#define WAITS_FOR(AS, ATHLETE, SERVICE, MORE) "{'call': 'Scheduling.JoinWaitlist', 'as': '" AS "#', 'with': {'entry': {'athlete_id': '${" ATHLETE ".athlete_id}', 'service_id': '${" SERVICE ".service_id}'" MORE "}}, "
#define WINDOW(FROM, UNTIL) ", 'from_at': '" FROM "T00:00:00Z', 'until_at': '" UNTIL "T00:00:00Z'"
#define LEAVES(AS, NAME) "{'call': 'Scheduling.LeaveWaitlist', 'as': '" AS "#', 'with': {'entry_id': '${" NAME ".entry_id}'}, "
#define CANCEL(NAME) "{'call': 'Scheduling.CancelAppointment', 'as': 'lead#', 'with': {'appointment_id': '${" NAME ".appointment_id}'}}\n"
#define OFFERS_TO(ATHLETE) "{'call': 'Scheduling.ListOffers', 'as': 'lead#', 'with': {'athlete_id': '${" ATHLETE ".athlete_id}'}, "
#define OFFERS_OF(NAME) "{'call': 'Scheduling.ListOffers', 'as': 'lead#', 'with': {'slot_id': '${" NAME ".appointment_id}'}, "
#define ANSWER(AS, OFFERS, ACCEPT) "{'call': 'Scheduling.AnswerOffer', 'as': '" AS "#', 'with': {'offer_id': '${" OFFERS ".offers[0].offer_id}', 'accept': " ACCEPT "}, "
#define ENTRIES(ATHLETE) "{'call': 'Scheduling.ListWaitlist', 'as': 'lead#', 'with': {'athlete_id': '${" ATHLETE ".athlete_id}'}, "
#define SLOTS "SELECT string_agg(state, ' ' ORDER BY starts_at, version) FROM scheduling.freed_slot WHERE organisation_id = '" ORGANISATION "'"
#define OUTBOX "SELECT string_agg(replace(type, 'soleus.v1.', ''), ' ' ORDER BY id) FROM scheduling.outbox WHERE organisation_id = '" ORGANISATION "'"
#define DONE "'expect': {}}\n"
#define NOT_OFFERED(ATHLETE) OFFERS_TO(ATHLETE) "'keep': 'none', 'expect': {}}\n"
#define FREE(WHO, INSTANT) BOOK("visit", "cleo", WHO, INSTANT, "") "'keep': 'freed'}\n" CANCEL("freed")
/* clang-format on */

#endif
