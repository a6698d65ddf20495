#include "scheduling/rules/clash.h"

size_t clash_sessions(const struct clash_visit *visit, const struct clash_session *sessions,
		      size_t count, struct training_session *ret_sessions)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if (!visit->warned || sessions[i].changed_at > visit->graded_at)
			ret_sessions[kept++] = sessions[i].session;
	return kept;
}

bool clash_is_found(const struct clash_visit *visit, const struct training_session *sessions,
		    size_t count, const struct timing_windows *windows,
		    struct timing_result *ret_timing)
{
	struct timing_result timing;
	timing_grade(&visit->at, sessions, count, windows, &timing);
	if (timing.grade != TIMING_WARN)
		return false;
	size_t warnings = 0;
	while (warnings < timing.reason_count &&
	       (timing.reasons[warnings].cause == TIMING_HARD_SESSION_SOON ||
		timing.reasons[warnings].cause == TIMING_COMPETITION_SOON))
		warnings++;
	timing.reason_count = warnings;
	*ret_timing = timing;
	return true;
}
