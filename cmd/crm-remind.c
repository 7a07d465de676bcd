/* crm-remind: what is due, whose day it is, who was forgotten. */
#include "cli/remind.h"

enum { READS = NEED_READ | TAKES_WHERE | TAKES_LIST };

#define WITHIN(name, operands, help)                                           \
	{                                                                      \
		name, operands, help, READS, remind_window_options, remind_run \
	}
#define SINCE(name, operands, help)                                           \
	{                                                                     \
		name, operands, help, READS, remind_since_options, remind_run \
	}
#define PLAIN(name, help)                                                \
	{                                                                \
		name, "[TERM…]", help, READS, remind_options, remind_run \
	}

static const struct verb verbs[] = {
	WITHIN("due", "[TERM…]", "planned activities of the next days, each time they come"),
	PLAIN("overdue", "planned activities whose time has passed"),
	PLAIN("today", "planned activities of today"),
	WITHIN("birthdays", "[TYPE…] [TERM…]", "contacts, leads and persons whose birthday it is"),
	WITHIN("anniversaries", "[TYPE…] [TERM…]",
	       "founding days, and the days on which somebody became a customer"),
	SINCE("untouched", "[TYPE…] [TERM…]",
	      "leads (or contacts, accounts) with whom nobody is in touch"),
	PLAIN("no-next-step", "open deals for which nothing is planned"),
	SINCE("stale", "[TERM…]", "open deals that are too long in their stage"),
	WITHIN("reorder", "[TYPE…] [TERM…]", "customers who buy again by their own rhythm"),
	WITHIN("expiring", "[TYPE…] [TERM…]", "quotes, contracts and warranties that run out"),
	WITHIN("sla", "[TYPE…] [TERM…]",
	       "leads and tickets whose promise is broken, or will be by the end of the days"),
	{ 0 },
};

static const struct command command = { "remind", "prints work-lists: due, birthdays, untouched …",
					verbs, NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
