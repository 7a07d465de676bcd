/* A change of the configuration is taken back, section by section. */
#include "config/take_back.h"

#include "config/sections.h"

/*
 * The lines of a section, without the comments: these say nothing that counts, and another
 * version words them otherwise.  Texts of ours have keys of sections, and nothing else,
 * where lines begin.
 */
static struct str section_of(struct str text, const char *name, struct arena *a)
{
	struct buf b = { 0 };
	struct str line;
	bool in = false;
	while (str_cut(&text, '\n', &line)) {
		struct str words = str_trim(line);
		if (!words.n || words.p[0] == '#')
			continue;
		if (line.p[0] != ' ' && line.p[0] != '-')
			in = str_starts(line, name) && line.n > strlen(name) &&
			     line.p[strlen(name)] == ':';
		if (!in)
			continue;
		buf_put(&b, line);
		buf_putc(&b, '\n');
	}
	struct str section = buf_copy(&b, a);
	buf_free(&b);
	return section;
}

/* Of a version that did not know the section nothing can come back; fields there were none. */
static bool touches(const struct undo_config_change *change, const char *name, struct str now,
		    struct arena *a)
{
	struct str before = section_of(change->before, name, a);
	struct str after = section_of(change->after.p ? change->after : now, name, a);
	return !str_eq(before, after) && (before.n || !strcmp(name, section_fields.name));
}

static const char source[] = "configuration";

static void say(const struct undo_job *job, const char *field, int64_t set, const char *what)
{
	struct diag d = { .source = STR("configuration") };
	diag_set(&d, field, "change set %lld %s", (long long)set, what);
	job->obstacle(job->ctx, &d);
	diag_free(&d);
}

/* Whether others changed the section since. */
static bool is_later(const struct undo_job *job, const struct undo_config *c, const char *name,
		     struct str now, struct arena *a)
{
	bool later = false;
	for (size_t i = 0; i < c->nlater; i++)
		if (touches(&c->later[i], name, now, a)) {
			say(job, name, c->later[i].set, "changed it since");
			later = true;
		}
	return later;
}

/* The text to apply.  False: there are obstacles. */
static bool compose(const struct undo_job *job, const struct undo_config *c, bool restored,
		    struct str *text, struct arena *a)
{
	struct str now = config_history_text(job->store, a);
	struct buf b = { 0 };
	bool ok = true;
	for (size_t i = 0; i < nconfig_sections; i++) {
		const char *name = config_sections[i]->name;
		if (!touches(&c->own, name, now, a))
			continue;
		if (!restored && !job->force && is_later(job, c, name, now, a))
			ok = false;
		struct str section = section_of(c->own.before, name, a);
		if (section.n)
			buf_put(&b, section);
		else
			buf_printf(&b, "%s: {}\n", name);
	}
	*text = buf_copy(&b, a);
	buf_free(&b);
	return ok;
}

/* The text is none that anybody has before their eyes. */
static void mistake(void *ctx, struct diag *d)
{
	const struct undo_job *job = ctx;
	d->line = d->column = 0;
	job->obstacle(job->ctx, d);
}

static void difference(void *ctx, struct str line)
{
	const struct undo_job *job = ctx;
	job->difference(job->ctx, line);
}

bool config_take_back(const struct undo_job *job, const struct undo_config *c, bool restored)
{
	struct undo_job own = *job;
	struct config_report report = { .mistake = mistake, .difference = difference, .ctx = &own };
	struct arena a = { 0 };
	struct str text;
	bool ok = c->own.before.p != NULL;
	if (!ok)
		say(job, NULL, c->own.set, "did not keep what was there before");
	ok = ok && compose(job, c, restored, &text, &a) &&
	     config_apply_text(job->store, text, source,
			       CONFIG_BACK | (restored ? CONFIG_EXACT : 0), &report)
		 .ok;
	arena_free(&a);
	return ok;
}
