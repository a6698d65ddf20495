#include "notes/rules/due.h"

void due_dates(int64_t treated_at, struct due_date ret_dates[DUE_WINDOWS])
{
	static const enum outcome_window asked[DUE_WINDOWS] = {
		OUTCOME_WINDOW_48H,
		OUTCOME_WINDOW_10D,
		OUTCOME_WINDOW_4W,
	};
	for (size_t i = 0; i < DUE_WINDOWS; i++)
		ret_dates[i] = (struct due_date){
			asked[i],
			outcome_window_target(asked[i], treated_at),
		};
}
