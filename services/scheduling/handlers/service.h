/* The functions that SOLEUS__V1__SCHEDULING__INIT(scheduling__) names; RPC() defines them. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_SERVICE_H
#define SOLEUS_SCHEDULING_HANDLERS_SERVICE_H

#include "soleus/v1/scheduling.pb-c.h"

#define SERVED(Method, method)                                                  \
	void scheduling__##method(Soleus__V1__Scheduling_Service *service,      \
				  const Soleus__V1__##Method##Request *request, \
				  Soleus__V1__##Method##Reply##_Closure answer, void *data)

SERVED(PutService, put_service);
SERVED(ListServices, list_services);
SERVED(PutTravelTime, put_travel_time);
SERVED(PutVisitPlan, put_visit_plan);
SERVED(ListVisitPlans, list_visit_plans);
SERVED(SetWorkingHours, set_working_hours);
SERVED(PutWorkingRule, put_working_rule);
SERVED(RemoveWorkingRule, remove_working_rule);
SERVED(ListWorkingRules, list_working_rules);
SERVED(AddAbsence, add_absence);
SERVED(RemoveAbsence, remove_absence);
SERVED(ListAbsences, list_absences);
SERVED(ImportHolidays, import_holidays);
SERVED(PutTraining, put_training);
SERVED(ListTraining, list_training);
SERVED(ImportTraining, import_training);
SERVED(SubscribeTraining, subscribe_training);
SERVED(UnsubscribeTraining, unsubscribe_training);
SERVED(ListTrainingFeeds, list_training_feeds);
SERVED(CorrectTraining, correct_training);
SERVED(RecordLoad, record_load);
SERVED(GetLoad, get_load);
SERVED(PutTrainingWords, put_training_words);
SERVED(ListTrainingWords, list_training_words);
SERVED(PutTimingDefaults, put_timing_defaults);
SERVED(PutAthleteTiming, put_athlete_timing);
SERVED(GetTiming, get_timing);
SERVED(ListClashes, list_clashes);
SERVED(FindAvailability, find_availability);
SERVED(Book, book);
SERVED(BookSeries, book_series);
SERVED(Hold, hold);
SERVED(ConfirmHold, confirm_hold);
SERVED(ReleaseHold, release_hold);
SERVED(Reschedule, reschedule);
SERVED(CancelAppointment, cancel_appointment);
SERVED(CheckIn, check_in);
SERVED(MarkNoShow, mark_no_show);
SERVED(CompleteAppointment, complete_appointment);
SERVED(JoinWaitlist, join_waitlist);
SERVED(LeaveWaitlist, leave_waitlist);
SERVED(ListWaitlist, list_waitlist);
SERVED(AnswerOffer, answer_offer);
SERVED(ListOffers, list_offers);
SERVED(CreateFeed, create_feed);
SERVED(RevokeFeed, revoke_feed);
SERVED(ListFeeds, list_feeds);
SERVED(ReadFeed, read_feed);
SERVED(GetAppointment, get_appointment);
SERVED(ListAppointments, list_appointments);

#undef SERVED

#endif
