#include "analytics/handlers/interval.h"

#include <math.h>

#define Z_95 1.959963984540054 /* the normal distribution's 0.975 quantile */

struct interval interval_wilson(int32_t part, int32_t whole)
{
	if (whole <= 0)
		return (struct interval){0, 1};
	double n = whole;
	double share = part / n;
	double z2 = Z_95 * Z_95;
	double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
	double half = Z_95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n));
	return (struct interval){
		part == 0 ? 0 : middle - half,
		part == whole ? 1 : middle + half,
	};
}
