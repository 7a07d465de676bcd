/* crm-doctor: is the database sound, and used well?  Copies of it, and getting them back. */
#include "cli/doctor.h"

static const struct option_def checking[] = {
	{ "only", 0, OPTION_TEXT, "NAMES", "these checks, such as lead.owner,duplicate", NULL },
	{ "severity", 0, OPTION_TEXT, "LEVEL", "info, warn or error: that and worse",
	  "info warn error" },
	{ 0 },
};

static const struct option_def restoring[] = {
	{ "force", 0, OPTION_FLAG, NULL, "also over a database that has changed since", NULL },
	{ "wait", 0, OPTION_INT, "SECONDS",
	  "how long to wait for other writers (else while they get on)", NULL },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "check", "[NAME…]", "look for what is wrong",
	  NEED_READ | NEED_ADMIN | TAKES_COLUMNS | DEFAULT_VERB, checking, doctor_check },
	{ "checklist", "", "what to see to before people work with it", NEED_READ | TAKES_COLUMNS,
	  NULL, doctor_checklist },
	{ "mend", "", "make counters, keys and waiting links right", NEED_WRITE | NEED_ADMIN, NULL,
	  doctor_mend },
	{ "backup", "FILE", "copy the database while others go on writing", NEED_READ | NEED_ADMIN,
	  NULL, doctor_backup },
	{ "restore", "FILE", "put a backup into the database's place", 0, restoring,
	  doctor_restore },
	{ "vacuum", "", "give back the space of what was removed", NEED_READ | NEED_ADMIN, NULL,
	  doctor_vacuum },
	{ 0 },
};

static const struct command command = { "doctor", "checks, copies and restores the database", verbs,
					NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
