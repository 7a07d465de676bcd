/* crm-lead: people and companies who may become customers. */
#include "cli/crud.h"

static const struct verb verbs[] = { CRUD_VERBS, { 0 } };

static const struct command command = { "lead", "people and companies who may become customers", verbs, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
