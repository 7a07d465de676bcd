/* crm-follow: follow-up rules and sequences at work. */
#include "cli/follow.h"

/* clang-format off */
static const struct verb verbs[] = {
	{ "run", "", "do what rules and sequences say, and hand out the errands",
	  NEED_WRITE | TAKES_COLUMNS | DEFAULT_VERB, follow_run_options, follow_run },
	{ "done", "[ERRAND…] [-]", "say that errands were done",
	  NEED_WRITE | TAKES_LIST | TAKES_INPUT, NULL, follow_done },
	{ "fail", "[ERRAND…] [-]", "say that errands could not be done",
	  NEED_WRITE | TAKES_LIST | TAKES_INPUT, follow_end_options, follow_fail },
	{ "cancel", "[ERRAND…] [-]", "take errands back that have not left",
	  NEED_WRITE | TAKES_LIST | TAKES_INPUT, follow_end_options, follow_cancel },
	{ "retry", "[ERRAND…] [-]", "hand errands out again that failed or are stuck",
	  NEED_WRITE | TAKES_LIST | TAKES_INPUT, NULL, follow_retry },
	{ "pending", "[TERM…]", "print errands that wait to be sent",
	  NEED_READ | TAKES_WHERE | TAKES_LIST, NULL, follow_pending },
	{ "stuck", "[TERM…]", "print errands that failed, or began to be sent and never ended",
	  NEED_READ | TAKES_WHERE | TAKES_LIST, NULL, follow_stuck },
	{ "explain", "REF", "say what rules did with a record, will do, and did not do",
	  NEED_READ | TAKES_COLUMNS, NULL, follow_explain },
	{ "rules", "", "print the rules, and what came of them",
	  NEED_READ | TAKES_COLUMNS, NULL, follow_rules },
	{ "enrol", "SEQUENCE [REF…] [TERM…] [-]", "put people into a sequence",
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT, NULL, follow_enter },
	{ "stop", "[REF…] [-]", "take people out of their sequences",
	  NEED_WRITE | TAKES_LIST | TAKES_INPUT, follow_stop_options, follow_stop },
	{ 0 },
};
/* clang-format on */

static const struct command command = { "follow", "follow-up rules and sequences", verbs, "errand",
					NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
