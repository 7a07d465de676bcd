/* A text becomes the configuration: planned whole, then carried out. */
#include "config/config.h"

#include "config/document.h"
#include "store/access.h"
#include "store/configure.h"

struct config_step {
	struct config_step *next;
	const struct config_section *section;
	const struct yaml *at;
	const char *path;
	config_act *act;
	void *what;
};

static void report(struct config *c, const struct yaml *at, const char *path, struct str what)
{
	struct diag *d = c->diag;
	diag_clear(d);
	d->source = c->source;
	d->line = at ? at->line : 0;
	d->column = at ? at->column : 0;
	diag_set(d, path, "%.*s", (int)what.n, what.p);
	c->report->mistake(c->report->ctx, d);
	c->mistakes++;
}

static void report_text(struct config *c, const struct yaml *y, const char *path, const char *fmt,
			va_list ap) printf_like(4, 0);

static void report_text(struct config *c, const struct yaml *y, const char *path, const char *fmt,
			va_list ap)
{
	struct buf b = { 0 };
	buf_vprintf(&b, fmt, ap);
	report(c, y, path, buf_str(&b));
	buf_free(&b);
}

bool config_mistake(struct config *c, const struct yaml *y, const char *path, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	report_text(c, y, path, fmt, ap);
	va_end(ap);
	return false;
}

/* What a condition, a value or a template may name. */
static bool brings_names(const struct config *c)
{
	static const char *const sections[] = { "fields", "picklists", "pipelines", "users",
						"teams" };
	for (size_t i = 0; i < countof(sections); i++)
		if (yaml_get(c->root, sections[i]))
			return true;
	return false;
}

bool config_unknown(struct config *c, const struct yaml *y, const char *path, const char *fmt, ...)
{
	va_list ap;
	if (brings_names(c)) {
		c->deferred = true;
		return true;
	}
	va_start(ap, fmt);
	report_text(c, y, path, fmt, ap);
	va_end(ap);
	return false;
}

void config_difference(struct config *c, const char *fmt, ...)
{
	struct buf b = { 0 }, line = { 0 };
	va_list ap;
	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	buf_escape(&line, buf_str(&b));
	c->differences++;
	if (c->report->difference)
		c->report->difference(c->report->ctx, buf_str(&line));
	buf_free(&b);
	buf_free(&line);
}

static void add_step(struct config *c, struct config_step ***last, const struct config_step *step)
{
	struct config_step *s = arena_new(c->arena, struct config_step, 1);
	*s = *step;
	s->section = c->section;
	**last = s;
	*last = &s->next;
}

void config_do(struct config *c, const struct yaml *y, const char *path, config_act *act,
	       void *what)
{
	add_step(c, &c->last,
		 &(struct config_step){ .at = y, .path = path, .act = act, .what = what });
}

void config_do_later(struct config *c, const struct yaml *y, const char *path, config_act *act,
		     void *what)
{
	add_step(c, &c->latest,
		 &(struct config_step){ .at = y, .path = path, .act = act, .what = what });
}

static bool has_item(const struct yaml *y, struct str key)
{
	for (size_t i = 0; y && i < y->n; i++) {
		const struct yaml *item = y->keys ? &y->keys[i] : &y->items[i];
		if (item->kind == YAML_MAP && item->n == 1)
			item = &item->keys[0];
		if (item->kind == YAML_SCALAR && str_eq(item->text, key))
			return true;
	}
	return false;
}

bool config_mentions(const struct config *c, const char *section, const char *sub, struct str key)
{
	const struct yaml *y = yaml_get(c->root, section);
	if (y && sub)
		y = yaml_get(y, sub);
	return has_item(y, key);
}

bool config_waits(const struct config *c)
{
	return (c->flags & (CONFIG_BACK | CONFIG_EXACT)) == CONFIG_BACK;
}

static const struct config_section *find_section(struct str name)
{
	for (size_t i = 0; i < nconfig_sections; i++)
		if (str_is(name, config_sections[i]->name))
			return config_sections[i];
	return NULL;
}

const char *const *config_names(void)
{
	static const char *names[64];
	for (size_t i = 0; i < nconfig_sections && i + 1 < countof(names); i++)
		names[i] = config_sections[i]->name;
	return names;
}

const char *config_meant(struct config *c, struct str text, const char *const *names, size_t n)
{
	const char *near = nearest(text, names, n);
	return near ? arena_printf(c->arena, "; did you mean %s?", near).p : "";
}

/* In the order of the table, whatever the order of the text. */
static void plan(struct config *c)
{
	for (size_t i = 0; i < c->root->n; i++) {
		const struct yaml *key = &c->root->keys[i];
		if (!find_section(key->text))
			config_mistake(
			    c, key, NULL, "no section %s%s", quoted(key->text, c->arena),
			    config_meant(c, key->text, config_names(), nconfig_sections));
	}
	for (size_t i = 0; i < nconfig_sections; i++) {
		const struct yaml *y = yaml_get(c->root, config_sections[i]->name);
		c->section = config_sections[i];
		/* All commented out is a slip, and not the wish to drop everything. */
		if (y && yaml_is_null(y))
			config_mistake(c, y, NULL,
				       "nothing is said of it; [] and {} are empty, and"
				       " what is left out stays");
		else if (y)
			c->section->plan(c, y);
	}
}

static bool run_step(struct config *c, const struct config_step *step)
{
	struct diag d = { 0 };
	bool ok = step->act(c, step->what, &d);
	if (!ok && d.message.n) {
		const char *path = d.field && *d.field
				       ? arena_printf(c->arena, "%s.%s", step->path, d.field).p
				       : step->path;
		report(c, step->at, path, d.message);
	}
	diag_free(&d);
	return ok;
}

/* Each section sees what those before it wrote. */
static void run_steps(struct config *c, const struct config_step *steps)
{
	const struct config_section *section = NULL;
	for (; steps; steps = steps->next) {
		if (section && steps->section != section)
			store_reconfigure(c->store);
		section = steps->section;
		run_step(c, steps);
	}
	store_reconfigure(c->store);
}

static void carry_out(struct config *c)
{
	bool note = false;
	for (const struct config_step *s = c->steps; s; s = s->next)
		note |= !s->section->records;
	for (const struct config_step *s = c->later; s; s = s->next)
		note |= !s->section->records;
	if (note)
		history_config(c->store, config_history_text(c->store, c->arena));
	run_steps(c, c->steps);
	run_steps(c, c->later);
	if (!c->mistakes && !(c->flags & CONFIG_BACK))
		documents_warn(c);
}

struct config_result config_apply_text(struct store *s, struct str text, const char *name,
				       unsigned flags, const struct config_report *r)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct config c = { .store = s, .arena = &a, .flags = flags, .report = r, .diag = &d };
	c.last = &c.steps;
	c.latest = &c.later;
	c.source = str_of(name);
	c.root = yaml_parse(text, name, &a, &d);
	if (!c.root) {
		r->mistake(r->ctx, &d);
		c.mistakes++;
	} else if (yaml_is_null(c.root)) {
		c.root = arena_new(&a, struct yaml, 1);
	} else if (c.root->kind != YAML_MAP) {
		config_mistake(&c, c.root, NULL, "%s where \"section: …\" is due",
			       yaml_what(c.root));
	} else {
		plan(&c);
	}
	if (!c.mistakes && !(flags & CONFIG_PLAN) && (c.steps || c.later))
		carry_out(&c);
	struct config_result result = { !c.mistakes, c.differences, c.rewritten };
	diag_free(&d);
	arena_free(&a);
	return result;
}

static void show_section(const struct config_section *section, struct store *s, struct buf *out)
{
	struct emit e = { 0 };
	struct arena a = { 0 };
	section->show(section, s, &e, &a);
	if (e.text.n) {
		struct str rest = str_of(section->help), line;
		struct emit comment = { 0 };
		if (out->n)
			buf_putc(out, '\n');
		while (str_cut(&rest, '\n', &line))
			emit_comment(&comment, 0, arena_str(&a, line).p);
		buf_put(out, buf_str(&comment.text));
		buf_put(out, buf_str(&e.text));
		emit_free(&comment);
	}
	emit_free(&e);
	arena_free(&a);
}

bool config_show(struct store *s, const char *const *names, size_t n, struct buf *out,
		 struct diag *d)
{
	for (size_t i = 0; i < n; i++)
		if (!find_section(str_of(names[i]))) {
			const char *near =
			    nearest(str_of(names[i]), config_names(), nconfig_sections);
			return diag_set(
			    d, NULL, "no section %s%s%s%s", quoted(str_of(names[i]), &d->arena),
			    near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
		}
	for (size_t i = 0; i < n; i++)
		show_section(find_section(str_of(names[i])), s, out);
	return true;
}

static struct str show_all(struct store *s, bool records, struct arena *a)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < nconfig_sections; i++)
		if (records || !config_sections[i]->records)
			show_section(config_sections[i], s, &b);
	struct str text = buf_copy(&b, a);
	buf_free(&b);
	return text;
}

struct str config_text(struct store *s, struct arena *a)
{
	return show_all(s, true, a);
}

struct str config_history_text(struct store *s, struct arena *a)
{
	return show_all(s, false, a);
}

bool config_allowed(struct store *s, struct diag *d)
{
	return access_require(s, RIGHT_ADMIN, d);
}
