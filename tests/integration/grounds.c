#include "grounds.h"

#include "soleus/v1/directory.pb-c.h"
#include "soleus/v1/scheduling.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

FIBER void *grounds_ask(struct desk *desk, const char *rpc, const char *about, struct arena *arena,
			const ProtobufCMessage *request)
{
	void *reply;
	struct status status = desk_ask(desk, rpc, arena, request, &reply);
	if (!status_is_ok(status))
		fail_msg("%s of %s: %s", rpc, about, status.message);
	return reply;
}

static FIBER void *ask(struct desk *desk, const char *rpc, const char *about,
		       const ProtobufCMessage *request)
{
	return grounds_ask(desk, rpc, about, desk->session->arena, request);
}

FIBER void grounds_clinic(struct desk *desk, const char *name, const char *zone,
			  identity ret_clinic)
{
	Soleus__V1__CreateClinicRequest request = SOLEUS__V1__CREATE_CLINIC_REQUEST__INIT;
	request.name = (char *)name;
	request.zone = (char *)zone;
	const Soleus__V1__CreateClinicReply *made =
		ask(desk, "Directory.CreateClinic", name, &request.base);
	strcpy(ret_clinic, made->clinic_id);
}

FIBER void grounds_room(struct desk *desk, const identity clinic, const char *name,
			int32_t capacity, identity ret_room)
{
	Soleus__V1__CreateRoomRequest request = SOLEUS__V1__CREATE_ROOM_REQUEST__INIT;
	request.clinic_id = (char *)clinic;
	request.name = (char *)name;
	request.capacity = capacity;
	const Soleus__V1__CreateRoomReply *made =
		ask(desk, "Directory.CreateRoom", name, &request.base);
	strcpy(ret_room, made->room_id);
}

FIBER void grounds_practitioner(struct desk *desk, const identity clinic, const char *name,
				identity ret_practitioner)
{
	Soleus__V1__CreatePractitionerRequest request =
		SOLEUS__V1__CREATE_PRACTITIONER_REQUEST__INIT;
	char *clinics[] = {(char *)clinic};
	request.given_name = (char *)name;
	request.family_name = "practitioner";
	request.clinic_ids = clinics;
	request.n_clinic_ids = 1;
	const Soleus__V1__CreatePractitionerReply *made =
		ask(desk, "Directory.CreatePractitioner", name, &request.base);
	strcpy(ret_practitioner, made->practitioner_id);
}

/* The clinic's id in the name makes athletes of several clinics several athletes. */
FIBER void grounds_athlete(struct desk *desk, const identity clinic, const char *name,
			   const char *zone, identity ret_athlete)
{
	Soleus__V1__Athlete athlete = SOLEUS__V1__ATHLETE__INIT;
	Soleus__V1__RegisterAthleteRequest request = SOLEUS__V1__REGISTER_ATHLETE_REQUEST__INIT;
	athlete.given_name = (char *)name;
	athlete.family_name = athlete.home_clinic_id = (char *)clinic;
	athlete.birth_date = "1994-05-11";
	athlete.zone = (char *)zone;
	request.athlete = &athlete;
	const Soleus__V1__RegisterAthleteReply *made =
		ask(desk, "Directory.RegisterAthlete", name, &request.base);
	strcpy(ret_athlete, made->athlete_id);
}

FIBER void grounds_service(struct desk *desk, const char *name, int minutes, int before, int after,
			   identity ret_service)
{
	Soleus__V1__PutServiceRequest request = SOLEUS__V1__PUT_SERVICE_REQUEST__INIT;
	request.name = (char *)name;
	request.duration_minutes = minutes;
	request.buffer_before_minutes = before;
	request.buffer_after_minutes = after;
	const Soleus__V1__PutServiceReply *made =
		ask(desk, "Scheduling.PutService", name, &request.base);
	strcpy(ret_service, made->service_id);
}

FIBER void grounds_hours(struct desk *desk, const identity clinic, const identity practitioner,
			 const char *opens, const char *closes)
{
	Soleus__V1__WeeklyHours days[7], *list[7];
	Soleus__V1__SetWorkingHoursRequest request = SOLEUS__V1__SET_WORKING_HOURS_REQUEST__INIT;
	for (int i = 0; i < 7; i++) {
		soleus__v1__weekly_hours__init(list[i] = &days[i]);
		days[i].weekday = i + 1;
		days[i].opens = (char *)opens;
		days[i].closes = (char *)closes;
	}
	request.practitioner_id = (char *)practitioner;
	request.clinic_id = (char *)clinic;
	request.hours = list;
	request.n_hours = 7;
	ask(desk, "Scheduling.SetWorkingHours", practitioner, &request.base);
}
