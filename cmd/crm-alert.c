/* crm-alert: what somebody should look into, with the figures that say so. */
#include "cli/alerts.h"
#include "cli/crud.h"

enum { RAISED = TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS };

static const struct verb verbs[] = {
	{ "", "[KIND…] [REF…] [TERM…]", "print the alerts that hold, the most valuable first",
	  NEED_READ | NEED_WRITE | WRITES_NEWS | TAKES_WHERE | TAKES_COLUMNS, alert_options,
	  alerts_print },
	{ "kinds", "", "print the kinds of alerts, and from when on they are raised",
	  NEED_READ | TAKES_COLUMNS, NULL, alerts_kinds },
	{ "raised", "[TERM…] [REF…] [-]", "print the alerts that --new raised and that still hold",
	  NEED_READ | RAISED, NULL, crud_list },
	{ "forget", "[REF…] [TERM…] [-]", "let alerts be raised again", NEED_WRITE | RAISED, NULL,
	  crud_rm },
	{ 0 },
};

static const struct command command = { "alert", "sales intelligence: what to look into, and why",
					verbs, NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
