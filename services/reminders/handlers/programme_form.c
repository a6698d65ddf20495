#include "reminders/handlers/programme_form.h"

#include "knowledge/language.h"
#include "reminders/handlers/links.h"
#include "reminders/rules/programme_check.h"

#include <stdio.h>
#include <string.h>

#define TEXTS_MAX     400
#define BUNDLE_MOST   720
#define CAP_MOST      50
#define RESPELT_BYTES TEMPLATE_BYTES

static void fault_at(struct check *check, const char *expected, const char *path, const char *of)
{
	faults_addf(&check->faults, check->arena, expected, "%s%s", path, of);
}

/* "08:00", "24:00"; empty: `ours`. */
static int32_t minute_of(struct check *check, const char *path, const char *of, const char *text,
			 int32_t ours)
{
	struct programme_moment moment;
	char as_moment[16];
	if (!*text)
		return ours;
	if (strcmp(text, "24:00") == 0)
		return 1440;
	snprintf(as_moment, sizeof(as_moment), "day 0 %.8s", text);
	if (programme_moment_read(as_moment, &moment))
		return moment.minutes;
	fault_at(check, "a time of day, such as 08:00", path, of);
	return ours;
}

static void read_numbers(struct check *check, const char *path, const Soleus__V1__Programme *form,
			 struct programme *programme)
{
	char tag[LANGUAGE_BYTES];
	struct send_window *window = &programme->window;
	window->opens_minute = minute_of(check, path, ".opens", form->opens, window->opens_minute);
	window->closes_minute =
		minute_of(check, path, ".closes", form->closes, window->closes_minute);
	if (window->closes_minute - window->opens_minute < 60)
		fault_at(check, "at least an hour after opens", path, ".closes");
	if (form->bundle_minutes < -1 || form->bundle_minutes > BUNDLE_MOST)
		fault_at(check, "1 to 720 minutes, 0 for ours, -1 for none", path,
			 ".bundle_minutes");
	else if (form->bundle_minutes != 0)
		programme->bundle_minutes = form->bundle_minutes > 0 ? form->bundle_minutes : 0;
	if (form->daily_cap < 0 || form->daily_cap > CAP_MOST)
		fault_at(check, "1 to 50, or 0 for ours", path, ".daily_cap");
	else if (form->daily_cap > 0)
		programme->daily_cap = form->daily_cap;
	if (*form->language && !language_normalise(form->language, tag))
		fault_at(check, "a language such as de or de-AT", path, ".language");
	else if (*form->language)
		programme->language = arena_strdup(check->arena, tag);
	programme->clinical = form->clinical_words;
}

static void read_moment(struct check *check, const char *path, const char *of, const char *text,
			struct programme_moment *moment)
{
	if (*text && !programme_moment_read(text, moment))
		fault_at(check, "before 48h, after 90m, day -1 18:00, plan 0 09:00, or nothing",
			 path, of);
}

static void read_text(struct check *check, const char *path, const Soleus__V1__ProgrammeText *form,
		      enum message_purpose purpose, struct programme *programme,
		      struct programme_text *texts)
{
	struct template_faults faults;
	char tag[LANGUAGE_BYTES] = "";
	if (!language_normalise(form->language, tag))
		fault_at(check, "a language such as de or de-AT", path, ".language");
	for (size_t i = 0; i < programme->text_count; i++)
		if (texts[i].purpose == purpose && strcmp(texts[i].language, tag) == 0)
			fault_at(check, "each language once", path, ".language");
	programme_check_words(purpose, programme->clinical, form->text, message_link_sample(),
			      &faults);
	for (size_t i = 0; i < faults.count; i++) {
		const struct template_fault *fault = &faults.faults[i];
		const char *expected = fault->column ? arena_printf(check->arena, "column %zu: %s",
								    fault->column, fault->expected)
						     : arena_strdup(check->arena, fault->expected);
		fault_at(check, expected, path, ".text");
	}
	if (programme->text_count == TEXTS_MAX) {
		fault_at(check, "at most 400 texts", path, "");
		return;
	}
	texts[programme->text_count++] =
		(struct programme_text){purpose, arena_strdup(check->arena, tag), form->text};
}

static void read_step(struct check *check, const char *path, const Soleus__V1__ProgrammeStep *form,
		      struct programme *programme, struct programme_text *texts)
{
	enum message_purpose purpose;
	if (!message_purpose_find(form->step, &purpose)) {
		fault_at(check, "a step, such as reminder_48h", path, ".step");
		return;
	}
	struct programme_step *step = &programme->steps[purpose];
	step->off = form->off;
	if (step->off && step->fixed)
		fault_at(check, "false: this step cannot be switched off", path, ".off");
	read_moment(check, path, ".due", form->due, &step->due);
	read_moment(check, path, ".stale", form->stale, &step->stale);
	const char *expected = programme_check_moments(purpose, step);
	if (expected)
		fault_at(check, expected, path, *form->due ? ".due" : ".stale");
	for (size_t i = 0; i < form->n_texts; i++)
		read_text(check, arena_printf(check->arena, "%s.texts[%zu]", path, i),
			  form->texts[i], purpose, programme, texts);
}

void programme_from_form(struct check *check, const char *path, const Soleus__V1__Programme *form,
			 struct programme *ret_programme)
{
	struct programme_text *texts = ARENA_ARRAY(check->arena, TEXTS_MAX, struct programme_text);
	programme_begin(ret_programme);
	if (!form || !texts) {
		fault_at(check, "a programme", path, "");
		return;
	}
	ret_programme->texts = texts;
	ret_programme->version = form->version;
	if (form->version < 0)
		fault_at(check, "the version that this one is made from", path, ".version");
	read_numbers(check, path, form, ret_programme);
	for (size_t i = 0; i < form->n_steps; i++) {
		const char *at = arena_printf(check->arena, "%s.steps[%zu]", path, i);
		for (size_t j = 0; j < i; j++)
			if (strcmp(form->steps[i]->step, form->steps[j]->step) == 0)
				fault_at(check, "each step once", at, ".step");
		read_step(check, at, form->steps[i], ret_programme, texts);
	}
}

/* ---- And back ---- */

Soleus__V1__TextCost *cost_message(struct arena *arena, const char *text,
				   const struct segments *cost)
{
	Soleus__V1__TextCost *message = ARENA_NEW(arena, Soleus__V1__TextCost);
	char respelt[RESPELT_BYTES];
	if (!message)
		return NULL;
	soleus__v1__text_cost__init(message);
	message->encoding = (char *)segments_encoding_name(cost->encoding);
	message->characters = (int32_t)cost->characters;
	message->segments = (int32_t)cost->segments;
	if (cost->encoding == SEGMENTS_UCS2 && segments_respell(text, respelt, sizeof(respelt)))
		message->respelt = (char *)arena_strdup(arena, respelt);
	return message;
}

static void add_text(struct arena *arena, Soleus__V1__ProgrammeStep *step, const char *language,
		     const char *text, bool own)
{
	Soleus__V1__ProgrammeText *message = ARENA_NEW(arena, Soleus__V1__ProgrammeText);
	struct segments cost = programme_cost(text, message_link_sample());
	if (!message)
		return;
	soleus__v1__programme_text__init(message);
	message->language = (char *)language;
	message->text = (char *)text;
	message->own = own;
	message->cost = cost_message(arena, text, &cost);
	step->texts[step->n_texts++] = message;
}

static void add_texts(struct arena *arena, const struct programme *programme,
		      enum message_purpose purpose, bool all, Soleus__V1__ProgrammeStep *step)
{
	step->texts = ARENA_ARRAY(arena, programme->text_count + PROGRAMME_LANGUAGES,
				  Soleus__V1__ProgrammeText *);
	for (size_t i = 0; step->texts && i < programme->text_count; i++)
		if (programme->texts[i].purpose == purpose)
			add_text(arena, step, programme->texts[i].language,
				 programme->texts[i].text, true);
	for (size_t i = 0; step->texts && all && i < PROGRAMME_LANGUAGES; i++) {
		bool own = false;
		for (size_t t = 0; t < step->n_texts; t++)
			own |= strcmp(step->texts[t]->language, programme_languages[i]) == 0;
		if (!own)
			add_text(arena, step, programme_languages[i], programme_texts[purpose][i],
				 false);
	}
}

static const char *planned_on(struct arena *arena, unsigned on)
{
	static const char *const names[] = {"booked", "moved", "signed", "told", "recall", "reply"};
	const char *text = "";
	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (on & 1U << i)
			text = arena_printf(arena, "%s%s%s", text, *text ? " " : "", names[i]);
	return text;
}

static const char *moment_text(struct arena *arena, const struct programme_moment *moment)
{
	char text[PROGRAMME_MOMENT_BYTES];
	programme_moment_write(moment, text);
	return arena_strdup(arena, text);
}

static Soleus__V1__ProgrammeStep *step_message(struct arena *arena,
					       const struct programme *programme,
					       enum message_purpose purpose, bool all)
{
	static const char *const priorities[] = {"safety", "visit", "care", "measure"};
	const struct programme_step *step = &programme->steps[purpose];
	Soleus__V1__ProgrammeStep *message = ARENA_NEW(arena, Soleus__V1__ProgrammeStep);
	if (!message)
		return NULL;
	soleus__v1__programme_step__init(message);
	message->step = (char *)step->code;
	message->off = step->off;
	message->due = (char *)moment_text(arena, &step->due);
	message->stale = (char *)moment_text(arena, &step->stale);
	message->rule = (char *)step->rule;
	message->consent = (char *)step->consent;
	message->priority = (char *)priorities[step->priority];
	message->fixed = step->fixed;
	message->planned_on = (char *)planned_on(arena, step->on);
	add_texts(arena, programme, purpose, all, message);
	return message;
}

static bool is_own(const Soleus__V1__ProgrammeStep *step, enum message_purpose purpose)
{
	char due[PROGRAMME_MOMENT_BYTES], stale[PROGRAMME_MOMENT_BYTES];
	programme_moment_write(&programme_steps[purpose].due, due);
	programme_moment_write(&programme_steps[purpose].stale, stale);
	return step->off || step->n_texts > 0 || strcmp(step->due, due) != 0 ||
	       strcmp(step->stale, stale) != 0;
}

Soleus__V1__Programme *programme_to_form(struct arena *arena, const struct programme *programme,
					 bool all)
{
	Soleus__V1__Programme *form = ARENA_NEW(arena, Soleus__V1__Programme);
	const struct send_window *window = &programme->window;
	if (!form)
		return NULL;
	soleus__v1__programme__init(form);
	form->version = programme->version;
	form->opens = (char *)arena_printf(arena, "%02d:%02d", window->opens_minute / 60,
					   window->opens_minute % 60);
	form->closes = (char *)arena_printf(arena, "%02d:%02d", window->closes_minute / 60,
					    window->closes_minute % 60);
	form->bundle_minutes = programme->bundle_minutes ? programme->bundle_minutes : -1;
	form->daily_cap = programme->daily_cap;
	form->language = (char *)programme->language;
	form->clinical_words = programme->clinical;
	form->steps = ARENA_ARRAY(arena, MESSAGE_PURPOSES, Soleus__V1__ProgrammeStep *);
	for (int i = 0; form->steps && i < MESSAGE_PURPOSES; i++) {
		Soleus__V1__ProgrammeStep *step =
			step_message(arena, programme, (enum message_purpose)i, all);
		if (step && (all || is_own(step, (enum message_purpose)i)))
			form->steps[form->n_steps++] = step;
	}
	return form;
}

Soleus__V1__ProgrammeVersion *version_message(struct arena *arena,
					      const struct programme_made *made)
{
	Soleus__V1__ProgrammeVersion *message = ARENA_NEW(arena, Soleus__V1__ProgrammeVersion);
	if (!message)
		return NULL;
	soleus__v1__programme_version__init(message);
	message->version = made->version;
	message->effective_at = made->effective_at;
	message->made_at = made->made_at;
	message->made_by = (char *)made->made_by;
	message->remark = (char *)made->remark;
	message->in_force = made->in_force;
	return message;
}
