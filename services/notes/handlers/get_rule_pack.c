#include "events/check.h"
#include "notes/handlers/pack_demands.h"
#include "notes/handlers/service.h"
#include "notes/store/copy.h"

#include "base/clock.h"
#include "base/text.h"

static const char *const sureness[] = {
	[SURE_UNSET] = "",
	[SURE_L] = "L",
	[SURE_M] = "M",
	[SURE_H] = "H",
};

static void add_rules(struct arena *arena, const struct pack *pack,
		      Soleus__V1__GetRulePackReply *reply)
{
	reply->rules = ARENA_ARRAY(arena, PACK_RULES, Soleus__V1__PackRule *);
	for (int i = 0; i < PACK_RULES; i++) {
		Soleus__V1__PackRule *rule = ARENA_NEW(arena, Soleus__V1__PackRule);
		soleus__v1__pack_rule__init(rule);
		rule->rule = (char *)pack_rule_names[i];
		rule->value = pack->rules[i].value;
		rule->sure = (char *)sureness[pack->rules[i].sure];
		rule->unverified = pack->rules[i].sure < SURE_M;
		reply->rules[reply->n_rules++] = rule;
	}
}

RPC(Notes, notes, GetRulePack, get_rule_pack)
{
	struct check check = check_begin(call);
	int32_t day = 0;
	check_id(&check, "clinic_id", request->clinic_id);
	check_that(&check, !*request->date || text_to_date(request->date, &day), "date",
		   "a date (YYYY-MM-DD), or nothing for today");
	if (check_failed(&check))
		return check_status(&check);

	struct db_unit *unit = call_unit(call);
	size_t found = clinic_find(unit, call->organisation_id, request->clinic_id, clock_now_us());
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *clinics = db_unit_result(unit, found);
	if (db_result_rows(clinics) == 0)
		return status_error(STATUS_NOT_FOUND, "no such clinic");

	const char *jurisdiction = clinic_jurisdiction(clinics, 0);
	const struct pack *pack =
		pack_in_force(jurisdiction, *request->date ? day : clinic_day(clinics, 0)).pack;
	char effective[TEXT_INSTANT_BYTES];
	text_from_date(pack->effective_day, effective);
	reply->effective_on = arena_strdup(call->arena, effective);
	reply->effective_unverified = pack->effective_sure < SURE_M;
	reply->pack = pack_message(call->arena, pack->code, pack->version, jurisdiction);
	add_rules(call->arena, pack, reply);
	return status_ok();
}
