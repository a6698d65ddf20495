#include "knowledge/minor.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdlib.h>

/* YYYYMMDD as a number: the difference of two, by 10000, is full years. */
static int32_t as_number(int32_t days)
{
	char date[TEXT_INSTANT_BYTES];
	text_from_date(days, date);
	return atoi(date) * 10000 + atoi(date + 5) * 100 + atoi(date + 8);
}

bool minor_on(int32_t born, int32_t today)
{
	return (as_number(today) - as_number(born)) / 10000 < MINOR_UNDER;
}

bool minor_at(const char *birth_date, int64_t now_us)
{
	int32_t born;
	return text_to_date(birth_date, &born) && minor_on(born, (int32_t)(now_us / CLOCK_DAY_US));
}
