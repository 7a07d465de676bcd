/* crm-contact: people, and the accounts they belong to. */
#include "cli/crud.h"

static const struct verb verbs[] = { CRUD_VERBS, { 0 } };

static const struct command command = { "contact", "people, and the accounts they belong to", verbs,
					NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
