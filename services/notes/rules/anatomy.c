#include "notes/rules/anatomy.h"

#include <string.h>

/* The table "Areas" of domain.md, then R4's muscles that no area names. R4 means the lower part of
 * latissimus; a site does not say which part, so the whole muscle counts. */
const struct anatomy_muscle anatomy_muscles[] = {
	{"gastrocnemius", "Gastrocnemius", "calf", false},
	{"soleus", "Soleus", "calf", false},
	{"biceps_femoris", "Biceps femoris", "hamstring", false},
	{"semitendinosus", "Semitendinosus", "hamstring", false},
	{"semimembranosus", "Semimembranosus", "hamstring", false},
	{"iliopsoas", "Iliopsoas", "hip_flexor", false},
	{"rectus_femoris", "Rectus femoris", "hip_flexor", false},
	{"tensor_fasciae_latae", "Tensor fasciae latae", "lateral_hip", false},
	{"gluteus_medius", "Gluteus medius", "lateral_hip", false},
	{"gluteus_minimus", "Gluteus minimus", "lateral_hip", false},
	{"gluteus_maximus", "Gluteus maximus", "glute", false},
	{"adductor_longus", "Adductor longus", "adductor", false},
	{"adductor_magnus", "Adductor magnus", "adductor", false},
	{"gracilis", "Gracilis", "adductor", false},
	{"upper_trapezius", "Upper trapezius", "upper_trapezius", true},
	{"levator_scapulae", "Levator scapulae", "upper_trapezius", false},
	{"latissimus_dorsi", "Latissimus dorsi", "lat", true},
	{"teres_major", "Teres major", "lat", false},
	{"pectoralis_major", "Pectoralis major", "pec", true},
	{"pectoralis_minor", "Pectoralis minor", "pec", true},
	{"supraspinatus", "Supraspinatus", "rotator_cuff", true},
	{"infraspinatus", "Infraspinatus", "rotator_cuff", true},
	{"teres_minor", "Teres minor", "rotator_cuff", false},
	{"subscapularis", "Subscapularis", "rotator_cuff", false},
	{"middle_trapezius", "Middle trapezius", 0, true},
	{"lower_trapezius", "Lower trapezius", 0, true},
	{"rhomboids", "Rhomboids", 0, true},
	{"serratus_anterior", "Serratus anterior", 0, true},
	{"serratus_posterior", "Serratus posterior", 0, true},
	{"scalenes", "Scalenes", 0, true},
	{"iliocostalis", "Iliocostalis", 0, true},
};

const size_t anatomy_muscle_count = sizeof(anatomy_muscles) / sizeof(anatomy_muscles[0]);

const struct anatomy_muscle *anatomy_find(const char *code)
{
	for (size_t i = 0; code && i < anatomy_muscle_count; i++)
		if (strcmp(anatomy_muscles[i].code, code) == 0)
			return &anatomy_muscles[i];
	return 0;
}

bool anatomy_is_area(const char *area)
{
	for (size_t i = 0; i < anatomy_muscle_count; i++)
		if (anatomy_muscles[i].area && strcmp(anatomy_muscles[i].area, area) == 0)
			return true;
	return false;
}
