/* crm-call: calls noted in one line, and whom to ring next. */
#include "cli/calls.h"

static const struct verb verbs[] = {
	{ "", "[REF] OUTCOME [NOTE…] [next=WHEN] [FIELD=VALUE…] [-]",
	  "note a call, and plan the next one",
	  NEED_WRITE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS, NULL, calls_log },
	{ "next", "[TERM…]", "print whom to ring next, and keep them from others",
	  NEED_WRITE | TAKES_WHERE | TAKES_COLUMNS, calls_next_options, calls_next },
	{ "claims", "[TERM…]", "print who is ringing whom",
	  NEED_READ | TAKES_WHERE | TAKES_LIST | TAKES_INPUT, NULL, calls_claims },
	{ 0 },
};

static const struct command command = { "call", "calls noted in one line, and whom to ring next",
					verbs, "activity", NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
