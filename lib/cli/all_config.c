/* The configuration that comes with an export of everything. */
#include "cli/all_config.h"

#include "config/config.h"
#include "store/configure.h"

static void note_mistake(void *ctx, struct diag *d)
{
	struct all_config *c = ctx;
	(void)d; /* it is reported when the text is applied, or refused */
	c->differs = true;
}

static void complain_mistake(void *ctx, struct diag *d)
{
	struct all_config *c = ctx;
	c->mistakes++;
	complain(c->crm, d);
}

static void note_difference(void *ctx, struct str line)
{
	struct all_config *c = ctx;
	buf_put(&c->lines, line);
	buf_putc(&c->lines, '\n');
}

/* As crm-init leaves it: nobody but the first admin. */
static bool is_new(struct store *s)
{
	int64_t users = 0, all = 0;
	for (size_t i = 0; i < s->schema.nentities && all == users; i++) {
		int64_t n = store_count(s, s->schema.entities[i]);
		if (!strcmp(s->schema.entities[i]->name, "user"))
			users = n;
		all += n;
	}
	return all == users && users <= 1;
}

/* Where nothing ever held what is left out it need not stay as retired. */
static unsigned flags_of(struct store *s)
{
	return is_new(s) ? CONFIG_EXACT : 0;
}

/* Whether it would change anything here. */
static void compare(struct all_config *c)
{
	const struct config_report report = { .mistake = note_mistake, .ctx = c };
	struct store *s = c->crm->store;
	db_begin_read(s->db);
	unsigned flags = flags_of(s) | CONFIG_PLAN;
	c->differs |= config_apply_text(s, c->text, c->source, flags, &report).differences > 0;
	db_commit(s->db);
}

void all_config_read(struct all_config *c, struct crm *crm, const char *path)
{
	c->crm = crm;
	c->source = path;
	if (!yaml_text(path, &crm->arena, &c->text, &crm->diag))
		refuse(crm, STATUS_ENV);
	compare(c);
}

bool all_config_take(struct all_config *c, struct crm *crm, struct str text, const char *source,
		     long line, bool late, struct diag *d)
{
	if (c->source)
		return str_eq(c->text, text) ||
		       diag_set(d, "config", "it is another one than that of %s", c->source);
	c->crm = crm;
	c->source = arena_printf(&crm->arena, "%s:%ld: config", source, line).p;
	c->text = arena_str(&crm->arena, text);
	compare(c);
	if (!late || !c->differs)
		return true;
	c->differs = false;
	return diag_set(d, "config", "it must come before the records, which it changes");
}

bool all_config_apply(struct all_config *c)
{
	const struct config_report report = { .mistake = complain_mistake,
					      .difference = note_difference,
					      .ctx = c };
	struct crm *crm = c->crm;
	struct diag d = { 0 };
	store_reconfigure(crm->store);
	if (!config_allowed(crm->store, &d)) {
		d.source = str_of(c->source);
		complain_mistake(c, &d);
	} else {
		struct config_result r = config_apply_text(crm->store, c->text, c->source,
							   flags_of(crm->store), &report);
		if (r.rewritten > option_int(crm, "max", INT64_MAX))
			die(STATUS_REFUSED, "%lld records would change; nothing was written",
			    (long long)r.rewritten);
		c->differences = r.differences;
		c->applied = r.ok;
	}
	diag_free(&d);
	return c->applied;
}

void all_config_account(struct all_config *c)
{
	struct str rest = buf_str(&c->lines), line;
	if (c->applied && !option_on(c->crm, "quiet")) {
		while (option_on(c->crm, "dry-run") && rest.n && str_cut(&rest, '\n', &line))
			warn("config: %.*s", (int)line.n, line.p);
		warn("config: %zu difference%s", c->differences, c->differences == 1 ? "" : "s");
	}
	buf_free(&c->lines);
}
