#include "directory/rules/retention.h"

#include "base/text.h"
#include "knowledge/minor.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

const struct retention retention_of_nobody = {0};

int32_t day_years_later(int32_t day, int32_t years)
{
	char date[TEXT_INSTANT_BYTES], later[TEXT_INSTANT_BYTES];
	int32_t found = INT32_MAX; /* beyond the calendar: for ever */
	text_from_date(day, date);
	int year = atoi(date) + years;
	if (year > 9999)
		return found;
	snprintf(later, sizeof(later), "%04d%.6s", year, date + 4);
	if (!text_to_date(later, &found)) {
		snprintf(later, sizeof(later), "%04d-03-01", year);
		text_to_date(later, &found);
	}
	return found;
}

bool retention_of_minor(const struct retention_treatment *treatment, int32_t *ret_until)
{
	const struct pack *pack = pack_in_force(treatment->jurisdiction, treatment->day).pack;
	if (treatment->has_minor_until) {
		*ret_until = treatment->minor_until;
		return true;
	}
	if (!treatment->has_born || !minor_on(treatment->born, treatment->day))
		return false;
	*ret_until = day_years_later(treatment->born, pack->rules[PACK_RETENTION_MINOR_AGE].value);
	return true;
}

void retention_add(struct retention *retention, const struct retention_treatment *treatment)
{
	const struct pack *pack = pack_in_force(treatment->jurisdiction, treatment->day).pack;
	const struct pack_value *years = &pack->rules[PACK_RETENTION_YEARS];
	int32_t until = day_years_later(treatment->day, years->value), of_minor;
	bool unverified = years->sure < SURE_M;
	if (retention_of_minor(treatment, &of_minor) && of_minor > until) {
		until = of_minor;
		unverified = pack->rules[PACK_RETENTION_MINOR_AGE].sure < SURE_M;
	}
	if (!retention->pack || treatment->day > retention->last_day)
		retention->last_day = treatment->day;
	if (retention->pack && until <= retention->until_day)
		return;
	retention->pack = pack;
	retention->until_day = until;
	retention->unverified = unverified;
}

bool retention_is_over(const struct retention *retention, int32_t today)
{
	return retention->pack && retention->until_day < today;
}
