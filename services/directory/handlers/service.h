/* The functions that SOLEUS__V1__DIRECTORY__INIT(directory__) names, defined by RPC(), and those
 * that events of other services call. */
#ifndef SOLEUS_DIRECTORY_HANDLERS_SERVICE_H
#define SOLEUS_DIRECTORY_HANDLERS_SERVICE_H

#include "events/events.h"

#include "soleus/v1/directory.pb-c.h"

#define SERVED(Method, method)                                                 \
	void directory__##method(Soleus__V1__Directory_Service *service,       \
				 const Soleus__V1__##Method##Request *request, \
				 Soleus__V1__##Method##Reply##_Closure answer, void *data)

SERVED(CreateOrganisation, create_organisation);
SERVED(CreateClinic, create_clinic);
SERVED(CreateRoom, create_room);
SERVED(CreatePractitioner, create_practitioner);
SERVED(UpdateRoom, update_room);
SERVED(UpdatePractitioner, update_practitioner);
SERVED(RegisterAthlete, register_athlete);
SERVED(UpdateAthlete, update_athlete);
SERVED(RecordConsent, record_consent);
SERVED(GetAthlete, get_athlete);
SERVED(ListAthletes, list_athletes);
SERVED(ListClinics, list_clinics);
SERVED(MergeAthletes, merge_athletes);
SERVED(UnmergeAthletes, unmerge_athletes);
SERVED(ListRetention, list_retention);
SERVED(EraseAthlete, erase_athlete);

#undef SERVED

/* From notes. */
event_apply on_note_signed;

#endif
