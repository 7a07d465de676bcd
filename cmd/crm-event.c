/* crm-event: what customers did, as other systems report it. */
#include "cli/crud.h"
#include "cli/events.h"

enum { READS = NEED_READ | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS };

static const struct verb verbs[] = {
	{ "add", "[FIELD=VALUE…] [-]",
	  "take events in; whom they are about is found by email, phone, zalo, facebook or "
	  "customer",
	  NEED_WRITE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS, events_options, events_add },
	{ "match", "[TERM…]", "find whom the events of strangers are about",
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST, NULL, events_match },
	{ "list", "[TERM…] [REF…] [-]", "print events that match", READS, NULL, crud_list },
	{ "show", "[REF…] [-]", "print events, every field", READS, NULL, crud_show },
	{ "count", "[TERM…] [REF…] [-]", "print how many events match",
	  NEED_READ | TAKES_WHERE | TAKES_INPUT | TAKES_FIELDS, NULL, crud_count },
	{ 0 },
};

static const struct command command = { "event", "what customers did, as other systems report it",
					verbs, NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
