/* crm-user: people who work here. */
#include "cli/crud.h"

static const struct verb verbs[] = { CRUD_VERBS, { 0 } };

static const struct command command = { "user", "people who work here", verbs, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
