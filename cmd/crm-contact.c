/* crm-contact: people, and the accounts they belong to. */
#include "cli/crud.h"
#include "cli/relate.h"

static const struct verb verbs[] = { CRUD_VERBS, RELATION_VERBS, IDENTITY_VERBS, { 0 } };

static const struct command command = { "contact", "people, and the accounts they belong to", verbs,
					NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
