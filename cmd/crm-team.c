/* crm-team: teams of users. */
#include "cli/target_figures.h"

static const struct verb verbs[] = { CRUD_VERBS, TARGET_VERBS, { 0 } };

static const struct command command = { "team", "teams of users", verbs, NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
