/* crm-activity: calls, e-mails, meetings, notes, tasks: every touch. */
#include "cli/crud.h"

static const struct verb verbs[] = { CRUD_VERBS, { 0 } };

static const struct command command = { "activity",
					"calls, e-mails, meetings, notes, tasks: every touch",
					verbs, NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
