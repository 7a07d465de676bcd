/* crm-segment: groups of customers, by condition or by list. */
#include "cli/members.h"

enum {
	CHANGES = NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT,
	READS = NEED_READ | TAKES_WHERE | TAKES_LIST | TAKES_INPUT,
};

static const struct verb verbs[] = {
	{ "add", "[FIELD=VALUE…] [-] | SEGMENT [REF…] [TERM…] [-]",
	  "make segments; or put records into a static one", CHANGES | TAKES_FIELDS, NULL,
	  members_add },
	CRUD_VERBS_BUT_ADD,
	{ "remove", "SEGMENT [REF…] [TERM…] [-]", "take records out of a static segment", CHANGES,
	  NULL, members_remove },
	{ "members", "SEGMENT [TERM…]", "print the records that are in a segment now", READS, NULL,
	  segment_members },
	{ 0 },
};

static const struct command command = { "segment", "groups of customers: by condition or by list",
					verbs, NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
