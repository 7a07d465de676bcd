/* crm-view: all that is known of one customer. */
#include "cli/view.h"

static const struct verb verbs[] = {
	{ "", "[REF|PHONE|EMAIL|ZALO|NUMBER|NAME…] [-]", "print all that is known of a customer",
	  NEED_READ | TAKES_INPUT, view_options, view_run },
	{ 0 },
};

static const struct command command = { "view", "all that is known of one customer", verbs, NULL,
					NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
