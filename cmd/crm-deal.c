/* crm-deal: opportunities to sell something. */
#include "cli/crud.h"

static const struct verb verbs[] = { CRUD_VERBS, { 0 } };

static const struct command command = { "deal", "opportunities to sell something", verbs, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
