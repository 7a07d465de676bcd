/* crm-config: the configuration as YAML, out and in. */
#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/writes.h"
#include "config/config.h"
#include "config/preset.h"
#include "core/buf.h"
#include "report/dashboard.h"
#include "store/configure.h"

static void mistake(void *ctx, struct diag *d)
{
	complain(ctx, d);
}

/* Kept until they are true. */
struct differences {
	struct crm *crm;
	struct buf lines;
};

static void note_mistake(void *ctx, struct diag *d)
{
	struct differences *all = ctx;
	complain(all->crm, d);
}

static void note_difference(void *ctx, struct str line)
{
	struct differences *all = ctx;
	buf_put(&all->lines, line);
	buf_putc(&all->lines, '\n');
}

static void print(struct buf *b)
{
	if (b->n)
		fwrite(b->p, 1, b->n, stdout);
	buf_free(b);
}

static int show(struct crm *crm, int argc, char **argv)
{
	const char *preset = option(crm, "preset"), *source;
	struct buf out = { 0 };
	struct str text;
	if (preset && argc)
		usage(crm, "a preset is shown whole");
	if (preset) {
		if (!preset_text(PRESET_CONFIG, preset, &crm->arena, &text, &source, &crm->diag))
			refuse(crm, STATUS_REFUSED);
		buf_put(&out, text);
		print(&out);
		return STATUS_OK;
	}
	db_begin_read(crm->store->db);
	if (!argc)
		buf_put(&out, config_text(crm->store, &crm->arena));
	else if (!config_show(crm->store, (const char *const *)argv, (size_t)argc, &out,
			      &crm->diag))
		refuse(crm, STATUS_USAGE);
	db_commit(crm->store->db);
	print(&out);
	return STATUS_OK;
}

/* The whole input before any lock. */
static struct str input(struct crm *crm, int argc, char **argv, const char **source)
{
	struct str text;
	const char *file = argc ? argv[0] : "-";
	if (argc > 1)
		usage(crm, "one file at a time");
	if (!argc && isatty(STDIN_FILENO))
		usage(crm, "which file?");
	*source = strcmp(file, "-") ? file : "<stdin>";
	if (!yaml_text(file, &crm->arena, &text, &crm->diag))
		refuse(crm, STATUS_ENV);
	return text;
}

static int apply(struct crm *crm, int argc, char **argv)
{
	const char *source;
	struct str text = input(crm, argc, argv, &source);
	struct differences all = { .crm = crm };
	struct config_report report = { note_mistake, note_difference, &all, dashboard_check };
	struct writes w;
	if (!config_allowed(crm->store, &crm->diag))
		refuse(crm, STATUS_REFUSED);
	if (writes_begin(&w, crm)) {
		store_reconfigure(crm->store);
		struct config_result r = config_apply_text(crm->store, text, source, 0, &report);
		if (r.rewritten > option_int(crm, "max", INT64_MAX))
			die(STATUS_REFUSED, "%lld records would change; nothing was written",
			    (long long)r.rewritten);
	}
	int status = writes_end(&w);
	if (!status && !option_on(crm, "quiet"))
		print(&all.lines);
	else
		buf_free(&all.lines);
	return status;
}

static int check(struct crm *crm, int argc, char **argv)
{
	const char *source;
	struct str text = input(crm, argc, argv, &source);
	struct config_report report = { .mistake = mistake, .ctx = crm, .panel = dashboard_check };
	db_begin_read(crm->store->db);
	config_apply_text(crm->store, text, source, CONFIG_PLAN, &report);
	db_commit(crm->store->db);
	return STATUS_OK;
}

static int list_presets(struct crm *crm, int argc, char **argv)
{
	static const struct column columns[] = {
		{ .name = { "name", 4 } },
		{ .name = { "help", 4 } },
		{ .name = { "file", 4 } },
	};
	size_t n;
	const struct preset *all = presets(PRESET_CONFIG, &n, &crm->arena);
	(void)argv;
	if (argc)
		usage(crm, "presets takes no operands");
	struct writer *w = writer_for(crm, stdout, columns, countof(columns));
	for (size_t i = 0; i < n; i++) {
		const struct cell cells[countof(columns)] = {
			{ CELL_TEXT, str_of(all[i].name) },
			{ CELL_TEXT, str_of(all[i].help) },
			cell_text(str_of(all[i].path)),
		};
		writer_row(w, cells);
	}
	writer_close(w);
	return STATUS_OK;
}

static const struct option_def show_options[] = {
	{ "preset", 0, OPTION_TEXT, "NAME", "a preset in place of what is configured", NULL },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "show", "[SECTION…]", "print the configuration as YAML", NEED_READ, show_options, show },
	{ "apply", "[FILE|-]", "make a YAML file the configuration, and print what that changes",
	  NEED_WRITE, NULL, apply },
	{ "check", "[FILE|-]", "say what is wrong in a YAML file", NEED_READ, NULL, check },
	{ "presets", "", "name the configurations to begin with", 0, NULL, list_presets },
	{ 0 },
};

static const struct command command = { "config", "the configuration as YAML, out and in", verbs,
					NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
