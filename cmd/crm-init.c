/* crm-init: makes a database, or upgrades one. */
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "config/config.h"
#include "report/dashboard.h"
#include "config/preset.h"
#include "schema/label.h"

static const struct option_def options[] = {
	{ "currency", 0, OPTION_TEXT, "CODE", "ISO 4217 currency of amounts (USD)", NULL },
	{ "timezone", 0, OPTION_TEXT, "ZONE", "IANA time zone in which days are cut (UTC)", NULL },
	{ "region", 0, OPTION_TEXT, "CODE", "ISO 3166 country of phone numbers (US)", NULL },
	{ "lang", 0, OPTION_TEXT, "LANG", "language of labels: en or vi (en)", "en vi" },
	{ "preset", 0, OPTION_TEXT, "NAME|FILE", "begin with this configuration, see crm-config(1)",
	  NULL },
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

static void mistake(void *ctx, struct diag *d)
{
	complain(ctx, d);
}

/* What the command line says itself, over the preset. */
static struct str given_options(struct crm *crm)
{
	static const char *const names[] = { "currency", "timezone", "region" };
	struct emit e = { 0 };
	enum language language;
	for (size_t i = 0; i < countof(names); i++)
		if (option(crm, names[i]))
			emit_pair(&e, 0, str_of(names[i]), str_of(option(crm, names[i])));
	if (option(crm, "lang") && language_parse(str_of(option(crm, "lang")), &language))
		emit_pair(&e, 0, STR("language"), str_of(language_name(language)));
	struct str text = buf_copy(&e.text, &crm->arena);
	emit_free(&e);
	return text;
}

static bool apply_preset(struct crm *crm, const char *path, struct str text, const char *source)
{
	const struct config_report report = { .mistake = mistake,
					      .ctx = crm,
					      .panel = dashboard_check };
	const struct change_info info = { program_name, crm->line, NULL, NULL };
	crm->store = store_open(path, DB_WRITE, &crm->diag);
	if (!crm->store || !config_allowed(crm->store, &crm->diag))
		refuse(crm, crm->store ? STATUS_REFUSED : STATUS_ENV);
	store_begin(crm->store, &info, 10);
	bool ok = config_apply_text(crm->store, text, source, CONFIG_EXACT, &report).ok &&
		  config_apply_text(crm->store, given_options(crm), "command line", 0, &report).ok;
	if (ok)
		store_commit(crm->store);
	else
		store_rollback(crm->store);
	if (!ok)
		warn("%s is there, but the preset was not applied", path);
	return ok;
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
	const char *preset = option(crm, "preset"), *source;
	struct str text;
	if (argc > 1)
		usage(crm, "one database at a time");
	if (preset && !preset_text(PRESET_CONFIG, preset, &crm->arena, &text, &source, &crm->diag))
		refuse(crm, STATUS_USAGE);
	make_folders(path, &crm->arena);
	if (!store_init(path, &o, &crm->diag))
		refuse(crm, crm->diag.field ? STATUS_USAGE : STATUS_ENV);
	if (preset && !apply_preset(crm, path, text, source))
		return STATUS_REFUSED;
	if (!option_on(crm, "quiet"))
		printf("%s\n", path);
	return STATUS_OK;
}

static const struct verb verbs[] = {
	{ "", "[FILE]", "make or upgrade a database", 0, options, run },
	{ 0 },
};

static const struct command command = { "init", "makes a database, or upgrades one", verbs, NULL,
					NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
