/* crm-init: makes a database, or upgrades one. */
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"

static const struct option_def options[] = {
	{ "currency", 0, OPTION_TEXT, "CODE", "ISO 4217 currency of amounts (USD)", NULL },
	{ "timezone", 0, OPTION_TEXT, "ZONE", "IANA time zone in which days are cut (UTC)", NULL },
	{ "region", 0, OPTION_TEXT, "CODE", "ISO 3166 country of phone numbers (US)", NULL },
	{ "lang", 0, OPTION_TEXT, "LANG", "language of labels: en or vi (en)", "en vi" },
	{ 0 },
};

/* The folders on the way to the file. */
static void make_folders(const char *path, struct arena *a)
{
	char *copy = arena_alloc(a, strlen(path) + 1);
	memcpy(copy, path, strlen(path));
	for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(copy, 0700) != 0 && errno != EEXIST)
			die(STATUS_ENV, "cannot make the folder %s:", copy);
		*slash = '/';
	}
}

static int run(struct crm *crm, int argc, char **argv)
{
	const struct passwd *pw = getpwuid(getuid());
	const char *path = argc ? argv[0] : database_path(crm);
	const char *gecos = pw && pw->pw_gecos ? pw->pw_gecos : "";
	struct init_options o = {
		.currency = option(crm, "currency"),
		.zone = option(crm, "timezone"),
		.region = option(crm, "region"),
		.language = option(crm, "lang"),
		.login = pw ? pw->pw_name : "admin",
		.name = arena_str(&crm->arena, (struct str){ gecos, strcspn(gecos, ",") }).p,
	};
	if (argc > 1)
		usage(crm, "one database at a time");
	make_folders(path, &crm->arena);
	if (!store_init(path, &o, &crm->diag))
		refuse(crm, crm->diag.field ? STATUS_USAGE : STATUS_ENV);
	if (!option_on(crm, "quiet"))
		printf("%s\n", path);
	return STATUS_OK;
}

static const struct verb verbs[] = {
	{ "", "[FILE]", "make or upgrade a database", 0, options, run },
	{ 0 },
};

static const struct command command = { "init", "makes a database, or upgrades one", verbs, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
