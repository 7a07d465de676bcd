/* The panels of the dashboard, as text and back. */
#include "config/panels.h"

#include "config/document.h"
#include "config/sections.h"

static const char *const times[] = {
	[TIME_PERIOD] = "period",
	[TIME_YEAR] = "year",
	[TIME_ALWAYS] = "always",
};

static const char *const known[] = { "report",	"part", "en",	"vi",	"kpi",	  "chart",
				     "columns", "time", "good", "wide", "options" };

const struct panel_option *panel_option(const struct panel *p, const char *name)
{
	for (const struct panel_option *o = p->options; o->name; o++)
		if (!strcmp(o->name, name))
			return o;
	return NULL;
}

static bool check_keys(const struct yaml *map, struct diag *d)
{
	for (size_t i = 0; i < map->n; i++) {
		const struct yaml *key = &map->keys[i];
		size_t k = 0;
		while (k < countof(known) && !str_is(key->text, known[k]))
			k++;
		const char *near =
		    k < countof(known) ? NULL : nearest(key->text, known, countof(known));
		if (k == countof(known))
			return yaml_error(
			    key, d, "there is no %s here%s%s%s", quoted(key->text, &d->arena),
			    near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
	}
	return true;
}

/* A text of one line; what is not there stays as it is. */
static bool read_text(const struct yaml *map, const char *name, const char **out, struct arena *a,
		      struct diag *d)
{
	const struct yaml *y = yaml_get(map, name);
	if (!y || yaml_is_null(y))
		return true;
	if (y->kind != YAML_SCALAR)
		return yaml_error(y, d, "%s where a text is due", yaml_what(y));
	for (size_t i = 0; i < y->text.n; i++)
		if ((unsigned char)y->text.p[i] < ' ' || y->text.p[i] == 0x7f)
			return yaml_error(y, d, "%s has a control character",
					  quoted(y->text, &d->arena));
	*out = arena_str(a, y->text).p;
	return true;
}

/* The place of the word among them; *n stays where there is none. */
static bool read_word(const struct yaml *map, const char *name, const char *const *words,
		      size_t nwords, size_t *n, struct diag *d)
{
	const struct yaml *y = yaml_get(map, name);
	struct buf all = { 0 };
	if (!y)
		return true;
	for (size_t i = 0; i < nwords; i++) {
		if (y->kind == YAML_SCALAR && str_is(y->text, words[i])) {
			*n = i;
			buf_free(&all);
			return true;
		}
		buf_printf(&all, "%s%s", i ? ", " : "", words[i]);
	}
	yaml_error(y, d, "%s is none of %.*s",
		   y->kind == YAML_SCALAR ? quoted(y->text, &d->arena) : yaml_what(y), (int)all.n,
		   all.p);
	buf_free(&all);
	return false;
}

static bool read_options(const struct yaml *map, struct panel *p, struct arena *a, struct diag *d)
{
	const struct yaml *y = yaml_get(map, "options");
	if (!y || yaml_is_null(y))
		return true;
	if (y->kind != YAML_MAP)
		return yaml_error(y, d, "%s where a map such as {by: owner} is due", yaml_what(y));
	if (y->n > PANEL_OPTIONS)
		return yaml_error(y, d, "more than %d options", PANEL_OPTIONS);
	for (size_t i = 0; i < y->n; i++) {
		struct panel_option *o = &p->options[i];
		const char *value = "";
		o->name = arena_str(a, y->keys[i].text).p;
		if (!read_text(y, o->name, &value, a, d))
			return false;
		o->value = !y->items[i].quoted && !strcmp(value, "true") ? NULL : value;
	}
	return true;
}

/* [a, b] */
static bool read_columns(const struct yaml *map, struct panel *p, struct arena *a, struct diag *d)
{
	const struct yaml *y = yaml_get(map, "columns");
	struct buf b = { 0 };
	bool ok = true;
	if (!y || yaml_is_null(y))
		return true;
	if (y->kind != YAML_LIST)
		return yaml_error(y, d, "%s where a list [a, b] is due", yaml_what(y));
	for (size_t i = 0; i < y->n && ok; i++) {
		ok = y->items[i].kind == YAML_SCALAR && y->items[i].text.n &&
		     !memchr(y->items[i].text.p, ' ', y->items[i].text.n);
		buf_puts(&b, i ? " " : "");
		buf_put(&b, y->items[i].text);
		if (!ok)
			yaml_error(&y->items[i], d, "no name of a column");
	}
	p->columns = buf_copy(&b, a).p;
	buf_free(&b);
	return ok;
}

bool panel_read(const struct yaml *map, struct panel *p, struct arena *a, struct diag *d)
{
	static const char *const goods[] = { "more", "less" }, *const truths[] = { "false",
										   "true" };
	size_t time = TIME_PERIOD, bad = 0, wide = 0;
	*p = (struct panel){ 0 };
	if (!check_keys(map, d) || !read_text(map, "report", &p->report, a, d) ||
	    !read_text(map, "part", &p->part, a, d) || !read_text(map, "en", &p->en, a, d) ||
	    !read_text(map, "vi", &p->vi, a, d) || !read_text(map, "kpi", &p->kpi, a, d) ||
	    !read_text(map, "chart", &p->chart, a, d) ||
	    !read_word(map, "time", times, countof(times), &time, d) ||
	    !read_word(map, "good", goods, countof(goods), &bad, d) ||
	    !read_word(map, "wide", truths, countof(truths), &wide, d) ||
	    !read_columns(map, p, a, d) || !read_options(map, p, a, d))
		return false;
	p->time = (enum panel_time)time;
	p->bad = bad;
	p->wide = wide;
	if (!p->report)
		return yaml_error(map, d, "there is no report");
	return !p->kpi || !p->chart ||
	       yaml_error(yaml_get(map, "chart"), d, "one figure has no picture");
}

static void emit_text(struct emit *e, const char *name, const char *text)
{
	if (text)
		emit_attr(e, name, str_of(text));
}

static void emit_options(struct emit *e, const struct panel *p)
{
	struct emit inner = { 0 };
	if (!p->options->name)
		return;
	for (const struct panel_option *o = p->options; o->name; o++) {
		if (o->value)
			emit_attr(&inner, o->name, str_of(o->value));
		else
			emit_word(&inner, o->name, "true");
	}
	struct str text = str_sub(buf_str(&inner.text), 2, inner.text.n); /* after ": " */
	buf_printf(&e->text, "%soptions: %.*s}", e->attrs++ ? ", " : ": {", (int)text.n, text.p);
	emit_free(&inner);
}

void panels_emit(struct emit *e, const struct panel *all, size_t n)
{
	if (!n)
		emit_word_pair(e, 0, "dashboard", "[]");
	else
		emit_map(e, 0, STR("dashboard"));
	for (const struct panel *p = all; p < all + n; p++) {
		emit_item(e, 1, str_of(p->name));
		emit_text(e, "report", p->report);
		emit_text(e, "part", p->part);
		emit_text(e, "en", p->en);
		emit_text(e, "vi", p->vi);
		emit_text(e, "kpi", p->kpi);
		emit_text(e, "chart", p->chart);
		if (p->columns)
			emit_words(e, "columns", p->columns);
		if (p->time != TIME_PERIOD)
			emit_word(e, "time", times[p->time]);
		if (p->bad)
			emit_word(e, "good", "less");
		if (p->wide)
			emit_word(e, "wide", "true");
		emit_options(e, p);
		emit_end(e);
	}
}

struct panel *panels_stored(struct store *s, size_t *n, struct arena *a)
{
	struct diag d = { 0 };
	struct panel *all = document_stored(&section_dashboard, s, a, &d);
	if (d.message.n)
		die(STATUS_ENV, "the configured dashboard is damaged: %.*s", (int)d.message.n,
		    d.message.p);
	diag_free(&d);
	*n = 0;
	while (all && all[*n].name)
		++*n;
	return all;
}
