#include "notes/rules/caution.h"

#include <string.h>

#define CARE CAUTION_PROCEED_WITH_CARE

const struct caution_entry caution_items[CAUTION_ITEMS] = {
	[CAUTION_ILL] = {"ill", "K1", CAUTION_DEFER, "Ill today: rebook"},
	[CAUTION_SLEEP_DEPRIVED] = {"sleep_deprived", "K1", CAUTION_DEFER,
				    "Severely sleep-deprived: rebook"},
	[CAUTION_DEHYDRATED] = {"dehydrated", "K1", CAUTION_DEFER, "Dehydrated: rebook"},
	[CAUTION_SYSTEMIC_FATIGUE] = {"systemic_fatigue", "K1", CAUTION_DEFER,
				      "High systemic fatigue: rebook"},
	[CAUTION_BRUISES_EASILY] = {"bruises_easily", "K2", CARE, "Bruises easily"},
	[CAUTION_TOLERATES_POORLY] = {"tolerates_poorly", "K2", CARE, "Tolerates needling poorly"},
	[CAUTION_BLEEDING_TENDENCY] = {"bleeding_tendency", "K2", CARE, "Bleeding tendency"},
	/* Not absolute: PMC8759918. */
	[CAUTION_ANTICOAGULANTS] = {"anticoagulants", "K2", CARE, "Takes anticoagulants"},
	[CAUTION_IMMUNE_COMPROMISE] = {"immune_compromise", "K2", CARE, "Immune compromise"},
	[CAUTION_VASCULAR_DISEASE] = {"vascular_disease", "K2", CARE, "Vascular disease"},
	[CAUTION_DIABETES] = {"diabetes", "K2", CARE, "Diabetes"},
	[CAUTION_PREGNANCY] = {"pregnancy", "K2", CARE, "Pregnancy"},
	[CAUTION_MINOR] = {"minor", "K2", CARE, "Minor: a guardian's consent is needed"},
	[CAUTION_FRAIL] = {"frail", "K2", CARE, "Frail"},
	[CAUTION_EPILEPSY] = {"epilepsy", "K2", CARE, "Epilepsy"},
	[CAUTION_PSYCHOLOGICAL_STATUS] = {"psychological_status", "K2", CARE,
					  "Psychological status asks for care"},
	[CAUTION_METAL_ALLERGY] = {"metal_allergy", "K2", CARE, "Allergy to metal"},
	[CAUTION_ALCOHOL_ALLERGY] = {"alcohol_allergy", "K2", CARE, "Allergy to alcohol"},
	[CAUTION_IMPLANTS] = {"implants", "K2", CARE, "Implants"},
	[CAUTION_MEDICATION] = {"medication", "K2", CARE, "Relevant medication"},
	[CAUTION_ACUTE_SWELLING] = {"acute_swelling", "K3", CAUTION_REFER,
				    "Acute injury with significant swelling: refer"},
	[CAUTION_STRENGTH_LOSS] = {"strength_loss", "K3", CAUTION_REFER, "Loss of strength: refer"},
	[CAUTION_JOINT_INSTABILITY] = {"joint_instability", "K3", CAUTION_REFER,
				       "Joint instability: refer"},
	[CAUTION_SHARP_CHANGING_PAIN] = {"sharp_changing_pain", "K3", CAUTION_REFER,
					 "Sharp pain that changes rapidly: refer"},
	[CAUTION_PAIN_UNDIAGNOSED] = {"pain_undiagnosed", "K4", CAUTION_ASSESS_FIRST,
				      "Pain for months without a clear diagnosis: assess first"},
	[CAUTION_NEEDLE_PHOBIA] = {"needle_phobia", "K5", CAUTION_DO_NOT_TREAT, "Needle phobia"},
	[CAUTION_UNWILLING] = {"unwilling", "K5", CAUTION_DO_NOT_TREAT,
			       "Does not want to be needled"},
	[CAUTION_CANNOT_CONSENT] = {"cannot_consent", "K5", CAUTION_DO_NOT_TREAT, "Cannot consent"},
	[CAUTION_EMERGENCY] = {"emergency", "K5", CAUTION_DO_NOT_TREAT,
			       "Acute medical emergency: call for help"},
	[CAUTION_LYMPHOEDEMA] = {"lymphoedema", "K5", CAUTION_DO_NOT_TREAT,
				 "Lymphoedema of the limb or area"},
};

struct caution_answers caution_join(struct caution_answers athlete, struct caution_answers staff)
{
	return (struct caution_answers){
		.yes = athlete.yes | staff.yes,
		.answered = athlete.answered | staff.answered,
	};
}

void caution_evaluate(const struct caution_answers *answers, struct caution_result *ret_result)
{
	struct caution_result result = {
		.outcome = CAUTION_CLEAR,
		.unanswered = CAUTION_ALL & ~(answers->answered | answers->yes),
	};
	for (int outcome = CAUTION_DO_NOT_TREAT; outcome > CAUTION_CLEAR; outcome--)
		for (int item = 0; item < CAUTION_ITEMS; item++)
			if ((answers->yes & caution_bit((enum caution_item)item)) &&
			    caution_items[item].outcome == (enum caution_outcome)outcome)
				result.reasons[result.reason_count++] = &caution_items[item];
	if (result.reason_count)
		result.outcome = result.reasons[0]->outcome;
	if (result.unanswered && result.outcome < CAUTION_INCOMPLETE)
		result.outcome = CAUTION_INCOMPLETE;
	*ret_result = result;
}

bool caution_find(const char *code, enum caution_item *ret_item)
{
	for (int item = 0; code && item < CAUTION_ITEMS; item++)
		if (strcmp(caution_items[item].code, code) == 0) {
			*ret_item = (enum caution_item)item;
			return true;
		}
	return false;
}

bool caution_forbids_needling(enum caution_outcome outcome)
{
	return outcome >= CAUTION_INCOMPLETE;
}

static const char *const outcome_names[] = {
	[CAUTION_CLEAR] = "clear",
	[CAUTION_PROCEED_WITH_CARE] = "proceed_with_care",
	[CAUTION_ASSESS_FIRST] = "assess_first",
	[CAUTION_INCOMPLETE] = "incomplete",
	[CAUTION_REFER] = "refer",
	[CAUTION_DEFER] = "defer",
	[CAUTION_DO_NOT_TREAT] = "do_not_treat",
};

const char *caution_outcome_name(enum caution_outcome outcome)
{
	return outcome_names[outcome];
}

bool caution_outcome_find(const char *name, enum caution_outcome *ret_outcome)
{
	for (int outcome = 0; name && outcome <= CAUTION_DO_NOT_TREAT; outcome++)
		if (strcmp(outcome_names[outcome], name) == 0) {
			*ret_outcome = (enum caution_outcome)outcome;
			return true;
		}
	return false;
}
