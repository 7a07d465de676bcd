/* crm-campaign: campaigns, who is in them, and how they respond. */
#include "cli/members.h"

enum {
	CHANGES = NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT,
	READS = NEED_READ | TAKES_WHERE | TAKES_LIST | TAKES_INPUT,
};

static const struct option_def mark_options[] = {
	{ "force", 0, OPTION_FLAG, NULL, "also back to a status that they are beyond", NULL },
	{ 0 },
};

static const struct option_def add_options[] = {
	{ "suppress", 0, OPTION_TEXT, "LISTS",
	  "nor members of these campaigns (NAME, NAME:30d, any:30d) and segments (segment:NAME)",
	  NULL },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "add", "[FIELD=VALUE…] [-] | CAMPAIGN [REF…] [segment:NAME] [TERM…] [-]",
	  "make campaigns; or list leads, contacts and persons in one", CHANGES | TAKES_FIELDS,
	  add_options, members_add },
	CRUD_VERBS_BUT_ADD,
	{ "remove", "CAMPAIGN [REF…] [TERM…] [-]", "take members out of a campaign", CHANGES, NULL,
	  members_remove },
	{ "members", "CAMPAIGN [TERM…]", "print who is in a campaign, and how far they went", READS,
	  NULL, campaign_members },
	{ "mark", "CAMPAIGN STATUS [REF…] [TERM…] [-]", "say how far members went", CHANGES,
	  mark_options, campaign_mark },
	{ 0 },
};

static const struct command command = { "campaign", "campaigns, and how their members respond",
					verbs, NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
