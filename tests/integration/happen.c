#include "happen.h"

#include "base/clock.h"

#include "soleus/v1/directory.pb-c.h"
#include "soleus/v1/notes.pb-c.h"
#include "soleus/v1/scheduling.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COMING_MOST 3
#define LATE_US     (2 * CLOCK_HOUR_US) /* an event at most, behind what it tells of */
#define EARLY_US    (30 * CLOCK_MINUTE_US)

static const char *const zones[] = {
	"Europe/Vienna",  "America/New_York", "Australia/Lord_Howe",
	"America/Havana", "Asia/Kathmandu",   "Atlantic/Azores",
};
#define ZONES   (sizeof(zones) / sizeof(*zones))
#define CLINICS 4

uint64_t happen_dice(struct happenings *happenings, uint64_t bound)
{
	uint64_t z = happenings->dice += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (z ^ (z >> 31)) % bound;
}

static bool one_in(struct happenings *happenings, unsigned bound)
{
	return happen_dice(happenings, bound) == 0;
}

/* ---- Directory ---- */

static void tell_athlete(struct happenings *happenings, const struct owed_athlete *who)
{
	struct owed_world *world = happenings->world;
	Soleus__V1__Athlete athlete = SOLEUS__V1__ATHLETE__INIT;
	Soleus__V1__AthleteRegistered registered = SOLEUS__V1__ATHLETE_REGISTERED__INIT;
	Soleus__V1__ContactPoint points[SINK_CHANNELS], *of[SINK_CHANNELS];
	athlete.athlete_id = (char *)who->id;
	athlete.given_name = "a";
	athlete.family_name = "B";
	athlete.birth_date = "1994-05-11";
	athlete.zone = world->walls[who->wall].zone;
	athlete.home_clinic_id = world->clinics[who->clinic];
	athlete.language = "en";
	athlete.contact_points = of;
	for (int i = 0; i < SINK_CHANNELS; i++) {
		if (who->number[i] < 0)
			continue;
		soleus__v1__contact_point__init(&points[i]);
		points[i].channel = (char *)sink_channel_names[i];
		points[i].value = world->numbers[who->number[i]].address;
		of[athlete.n_contact_points++] = &points[i];
	}
	registered.athlete = &athlete;
	happen_emit(happenings, FROM_DIRECTORY, who->id, world->clinics[who->clinic], world->now,
		    &registered.base);
}

static void tell_consent(struct happenings *happenings, const struct owed_athlete *who,
			 bool check_in, enum sink_channel channel)
{
	Soleus__V1__Consent consent = SOLEUS__V1__CONSENT__INIT;
	Soleus__V1__ConsentRecorded recorded = SOLEUS__V1__CONSENT_RECORDED__INIT;
	consent.purpose = check_in ? "check_ins" : "reminders";
	consent.channel = (char *)sink_channel_names[channel];
	consent.granted = who->may[check_in][channel];
	consent.recorded_at = happenings->world->now;
	recorded.athlete_id = (char *)who->id;
	recorded.consent = &consent;
	happen_emit(happenings, FROM_DIRECTORY, who->id, "", happenings->world->now,
		    &recorded.base);
	happenings->consents++;
}

static int new_number(struct owed_world *world, enum sink_channel channel)
{
	struct owed_number *number = &world->numbers[world->number_count];
	*number = (struct owed_number){.channel = channel};
	snprintf(number->address, sizeof(number->address),
		 channel == SINK_SMS ? "+43660%07u" : "a%u@example.org",
		 1000000 + world->number_count);
	return (int)world->number_count++;
}

/* Every tenth shares the number of the one before: a sibling, of the same clinic. */
static void found_athlete(struct happenings *happenings, unsigned number)
{
	struct owed_world *world = happenings->world;
	struct owed_athlete *who = &world->athletes[number];
	bool shares = number % 10 == 9;
	*who = (struct owed_athlete){
		.clinic = (number - shares) % world->clinic_count,
		.wall = (unsigned)happen_dice(happenings, ZONES),
		.number = {-1, -1},
		.last_visit = -1,
		.last_note = -1,
		.last_owed = -1,
	};
	snprintf(who->id, sizeof(who->id), "0195531a-0000-7000-8000-3%011x", number);
	if (shares)
		who->number[SINK_SMS] = who[-1].number[SINK_SMS];
	else if (!one_in(happenings, 12))
		who->number[SINK_SMS] = new_number(world, SINK_SMS);
	if (one_in(happenings, 3))
		who->number[SINK_EMAIL] = new_number(world, SINK_EMAIL);
	tell_athlete(happenings, who);
	for (int check_in = 0; check_in < 2; check_in++)
		for (int i = 0; i < SINK_CHANNELS; i++) {
			who->may[check_in][i] = !one_in(happenings, 5);
			if (who->may[check_in][i])
				tell_consent(happenings, who, check_in, (enum sink_channel)i);
		}
}

void happen_found(struct happenings *happenings, unsigned athletes)
{
	struct owed_world *world = happenings->world;
	world->clinic_count = CLINICS;
	world->clinics = calloc(CLINICS, sizeof(*world->clinics));
	world->clinic_walls = calloc(CLINICS, sizeof(*world->clinic_walls));
	world->walls = calloc(ZONES, sizeof(*world->walls));
	for (size_t i = 0; i < ZONES; i++)
		world->walls[i] = wall_of(zones[i], (int32_t)(world->now / CLOCK_DAY_US),
					  (int32_t)(world->now / CLOCK_DAY_US) + 400);
	for (unsigned i = 0; i < CLINICS; i++) {
		Soleus__V1__ClinicCreated clinic = SOLEUS__V1__CLINIC_CREATED__INIT;
		snprintf(world->clinics[i], sizeof(world->clinics[i]),
			 "0195531a-0000-7000-8000-4%011x", i);
		world->clinic_walls[i] = i;
		clinic.clinic_id = world->clinics[i];
		clinic.name = "Prater";
		clinic.zone = (char *)zones[i];
		happen_emit(happenings, FROM_DIRECTORY, clinic.clinic_id, clinic.clinic_id,
			    world->now, &clinic.base);
	}
	world->athlete_count = athletes;
	world->athletes = calloc(athletes, sizeof(*world->athletes));
	world->numbers = calloc((size_t)athletes * SINK_CHANNELS, sizeof(*world->numbers));
	for (unsigned i = 0; i < athletes; i++)
		found_athlete(happenings, i);
}

static void change_consent(struct happenings *happenings, struct owed_athlete *who)
{
	bool check_in = one_in(happenings, 2);
	enum sink_channel channel = (enum sink_channel)happen_dice(happenings, SINK_CHANNELS);
	bool may = !who->might[check_in][channel];
	/* Most give it: who has none at all is asked first. */
	if (!may && !one_in(happenings, 3))
		return;
	if (who->may[check_in][channel] == may)
		return;
	who->may[check_in][channel] = may;
	tell_consent(happenings, who, check_in, channel);
}

/* ---- Scheduling ---- */

static Soleus__V1__Appointment appointment(struct happenings *happenings,
					   const struct owed_visit *visit, int64_t starts_at)
{
	static const char *const states[] = {"booked", "cancelled", "checked_in", "completed",
					     "no_show"};
	struct owed_world *world = happenings->world;
	const struct owed_athlete *who = &world->athletes[visit->athlete];
	Soleus__V1__Appointment appointment = SOLEUS__V1__APPOINTMENT__INIT;
	appointment.appointment_id = (char *)visit->id;
	appointment.athlete_id = (char *)who->id;
	appointment.clinic_id = world->clinics[who->clinic];
	appointment.practitioner_id = "0195531a-0000-7000-8000-500000000000";
	appointment.room_id = "0195531a-0000-7000-8000-600000000000";
	appointment.service_id = "0195531a-0000-7000-8000-700000000000";
	appointment.starts_at = starts_at;
	appointment.ends_at = starts_at + 45 * CLOCK_MINUTE_US;
	appointment.state = (char *)states[visit->state];
	appointment.version = visit->version;
	return appointment;
}

/* Within the clinic's day, from an hour to nine days ahead, mostly soon. */
static int64_t some_time(struct happenings *happenings, const struct owed_athlete *who)
{
	struct owed_world *world = happenings->world;
	const struct wall *wall = &world->walls[world->clinic_walls[who->clinic]];
	for (;;) {
		int32_t days = (int32_t)happen_dice(happenings, 10);
		if (one_in(happenings, 3))
			days = days % 2;
		int32_t minutes = 7 * 60 + (int32_t)happen_dice(happenings, 12 * 60);
		int64_t at = wall_instant(wall, wall_day(wall, world->now) + days, minutes);
		bool taken = false;
		for (int i = who->last_visit; i >= 0; i = world->visits[i].before)
			taken |= world->visits[i].starts_at == at;
		if (at > world->now + 10 * CLOCK_MINUTE_US && !taken)
			return at;
	}
}

/* When it happened: mostly now; sometimes its event was on its way while time went on. */
static int64_t when(struct happenings *happenings, int64_t not_before)
{
	int64_t now = happenings->world->now, at = now;
	if (one_in(happenings, 8))
		at -= (int64_t)happen_dice(happenings, (uint64_t)LATE_US);
	at -= at % CLOCK_SECOND_US;
	return at < not_before ? now : at;
}

static void book(struct happenings *happenings, unsigned athlete)
{
	struct owed_world *world = happenings->world;
	const struct owed_athlete *who = &world->athletes[athlete];
	int64_t at = when(happenings, 0);
	struct owed_visit *visit = owed_book(world, athlete, some_time(happenings, who), at);
	Soleus__V1__Appointment told = appointment(happenings, visit, visit->starts_at);
	Soleus__V1__AppointmentBooked booked = SOLEUS__V1__APPOINTMENT_BOOKED__INIT;
	booked.appointment = &told;
	booked.booked_at = at;
	happen_emit(happenings, FROM_SCHEDULING, visit->id, told.clinic_id, at, &booked.base);
	happenings->booked++;
}

static void move(struct happenings *happenings, struct owed_visit *visit)
{
	struct owed_world *world = happenings->world;
	const struct owed_athlete *who = &world->athletes[visit->athlete];
	int64_t at = when(happenings, visit->said_at);
	int64_t starts_at = one_in(happenings, 6) ? visit->starts_at : some_time(happenings, who);
	Soleus__V1__Appointment before = appointment(happenings, visit, visit->starts_at);
	owed_move(world, visit, starts_at, at);
	Soleus__V1__Appointment after = appointment(happenings, visit, starts_at);
	Soleus__V1__AppointmentRescheduled moved = SOLEUS__V1__APPOINTMENT_RESCHEDULED__INIT;
	moved.appointment = &after;
	moved.before = &before;
	moved.reason = "r";
	happen_emit(happenings, FROM_SCHEDULING, visit->id, after.clinic_id, at, &moved.base);
	happenings->moved++;
}

static void end(struct happenings *happenings, struct owed_visit *visit,
		enum owed_state_of_visit state)
{
	int64_t at = when(happenings, visit->said_at);
	owed_end(happenings->world, visit, state, at);
	Soleus__V1__Appointment told = appointment(happenings, visit, visit->starts_at);
	Soleus__V1__AppointmentCancelled cancelled = SOLEUS__V1__APPOINTMENT_CANCELLED__INIT;
	Soleus__V1__AppointmentCheckedIn came = SOLEUS__V1__APPOINTMENT_CHECKED_IN__INIT;
	Soleus__V1__AppointmentCompleted over = SOLEUS__V1__APPOINTMENT_COMPLETED__INIT;
	Soleus__V1__AppointmentNoShow missed = SOLEUS__V1__APPOINTMENT_NO_SHOW__INIT;
	cancelled.appointment = came.appointment = over.appointment = missed.appointment = &told;
	cancelled.reason = missed.reason = "r";
	const ProtobufCMessage *const messages[] = {
		[VISIT_CANCELLED] = &cancelled.base,
		[VISIT_CAME] = &came.base,
		[VISIT_OVER] = &over.base,
		[VISIT_MISSED] = &missed.base,
	};
	happen_emit(happenings, FROM_SCHEDULING, visit->id, told.clinic_id, at, messages[state]);
	happenings->ended++;
}

/* ---- Notes ---- */

static void sign(struct happenings *happenings, struct owed_note *note)
{
	struct owed_world *world = happenings->world;
	const struct owed_athlete *who = &world->athletes[note->athlete];
	Soleus__V1__NoteSigned said = SOLEUS__V1__NOTE_SIGNED__INIT;
	Soleus__V1__TreatedArea area = SOLEUS__V1__TREATED_AREA__INIT, *areas[] = {&area};
	Soleus__V1__PlanStep steps[OWED_DAYS_MOST], *plan[OWED_DAYS_MOST];
	owed_sign(world, note);
	said.note_id = said.encounter_id = (char *)note->id;
	said.appointment_id = world->visits[note->visit].id;
	said.athlete_id = (char *)who->id;
	said.practitioner_id = "0195531a-0000-7000-8000-500000000000";
	said.clinic_id = world->clinics[who->clinic];
	said.treated_at = note->ends_at;
	area.area = "calf";
	area.side = "left";
	said.areas = areas;
	said.n_areas = note->treated;
	said.thorax = note->thorax;
	said.version = note->version;
	said.plan = plan;
	for (unsigned i = 0; i < note->day_count; i++) {
		soleus__v1__plan_step__init(&steps[i]);
		steps[i].kind = "activation";
		steps[i].day = note->days[i];
		steps[i].text = "t";
		plan[said.n_plan++] = &steps[i];
	}
	happen_emit(happenings, FROM_NOTES, note->id, said.clinic_id, world->now, &said.base);
	happenings->signed_notes++;
}

static void sign_first(struct happenings *happenings, struct owed_visit *visit)
{
	struct owed_note *note = owed_note_of(happenings->world, visit);
	note->treated = !one_in(happenings, 8);
	note->thorax = one_in(happenings, 3);
	for (int day = 0; note->treated && note->day_count < OWED_DAYS_MOST; day++) {
		if (one_in(happenings, 2))
			note->days[note->day_count++] = day;
		if (one_in(happenings, 4))
			break;
	}
	sign(happenings, note);
}

static void amend(struct happenings *happenings, struct owed_note *note)
{
	if (one_in(happenings, 2))
		note->thorax = !note->thorax;
	if (note->day_count > 0 && one_in(happenings, 2))
		note->day_count--;
	if (one_in(happenings, 6))
		note->treated = !note->treated;
	sign(happenings, note);
}

/* ---- Dice ---- */

static int some_visit(struct happenings *happenings, unsigned athlete, unsigned states)
{
	struct owed_world *world = happenings->world;
	int found[8], count = 0;
	for (int i = world->athletes[athlete].last_visit; i >= 0 && count < 8;
	     i = world->visits[i].before)
		if (1u << world->visits[i].state & states)
			found[count++] = i;
	return count ? found[happen_dice(happenings, (uint64_t)count)] : -1;
}

static unsigned coming(const struct owed_world *world, unsigned athlete)
{
	unsigned count = 0;
	for (int i = world->athletes[athlete].last_visit; i >= 0; i = world->visits[i].before)
		count += world->visits[i].state == VISIT_BOOKED;
	return count;
}

/* A visit that has begun ends in one of the ways. */
static bool happen_to_visit(struct happenings *happenings, unsigned athlete)
{
	struct owed_world *world = happenings->world;
	int some = some_visit(happenings, athlete, 1u << VISIT_BOOKED | 1u << VISIT_CAME);
	struct owed_visit *visit = some < 0 ? NULL : &world->visits[some];
	if (!visit)
		return false;
	if (visit->state == VISIT_CAME) {
		if (world->now < visit->starts_at + 45 * CLOCK_MINUTE_US)
			return false;
		end(happenings, visit, VISIT_OVER);
		return true;
	}
	if (world->now > visit->starts_at - EARLY_US) {
		bool late = world->now > visit->starts_at + CLOCK_HOUR_US;
		end(happenings, visit, late && one_in(happenings, 4) ? VISIT_MISSED : VISIT_CAME);
		return true;
	}
	if (one_in(happenings, 2))
		move(happenings, visit);
	else if (one_in(happenings, 2))
		end(happenings, visit, VISIT_CANCELLED);
	else
		return false;
	return true;
}

static bool happen_to_note(struct happenings *happenings, unsigned athlete)
{
	struct owed_world *world = happenings->world;
	int some = some_visit(happenings, athlete, 1u << VISIT_OVER);
	if (some < 0)
		return false;
	struct owed_visit *visit = &world->visits[some];
	if (visit->note < 0)
		sign_first(happenings, visit);
	else if (world->notes[visit->note].version < 3 && one_in(happenings, 3) &&
		 !world->notes[visit->note].amended &&
		 world->notes[visit->note].signed_at < world->now)
		amend(happenings, &world->notes[visit->note]);
	else
		return false;
	return true;
}

/* Notes and scheduling take turns at each athlete: which of two is told first is not known, and
 * what the day's cap does is a matter of that. */
void happen_some(struct happenings *happenings, unsigned events)
{
	struct owed_world *world = happenings->world;
	unsigned until = happenings->events + events;
	while (happenings->events < until) {
		unsigned athlete = (unsigned)happen_dice(happenings, world->athlete_count);
		if (one_in(happenings, 8))
			change_consent(happenings, &world->athletes[athlete]);
		else if ((athlete + world->phase / 2) % 2 == 0 &&
			 happen_to_note(happenings, athlete))
			continue;
		else if ((athlete + world->phase / 2) % 2 == 0 ||
			 happen_to_visit(happenings, athlete))
			continue;
		else if (coming(world, athlete) < COMING_MOST)
			book(happenings, athlete);
	}
}

const char *happen_text(struct happenings *happenings, unsigned *ret_number)
{
	static const char *const texts[] = {"C",    "M",
					    "3 8",  "0 9",
					    "1",    "7",
					    "NO",   "DONE",
					    "HELP", "what time was it?",
					    "YES",  "can't breathe"};
	struct owed_world *world = happenings->world;
	struct owed_number *number;
	do
		*ret_number = (unsigned)happen_dice(happenings, world->number_count);
	while (world->numbers[*ret_number].channel != SINK_SMS);
	number = &world->numbers[*ret_number];
	happenings->events++;
	happenings->texts++;
	if (number->out ? one_in(happenings, 2) : one_in(happenings, 30))
		return "START";
	if (one_in(happenings, 6))
		return "STOP";
	return texts[happen_dice(happenings, sizeof(texts) / sizeof(*texts))];
}
