/* A user's own report: the statement, and its rows. */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>

#include "core/buf.h"
#include "core/money.h"
#include "report/own_impl.h"
#include "schema/label.h"

/* -- $name becomes $1 -- */

/* Behind the quoted text, comment or single character that begins here. */
static size_t skip(struct str s, size_t at)
{
	char c = s.p[at], end = c == '[' ? ']' : c;
	bool dash = c == '-' && at + 1 < s.n && s.p[at + 1] == '-';
	bool star = c == '/' && at + 1 < s.n && s.p[at + 1] == '*';
	if (dash || strchr("'\"`[", c)) {
		for (at++; at < s.n && s.p[at] != (dash ? '\n' : end);)
			at++;
	} else if (star) {
		for (at += 2; at + 1 < s.n && (s.p[at] != '*' || s.p[at + 1] != '/');)
			at++;
		at++;
	}
	return at < s.n ? at + 1 : s.n;
}

static size_t word_length(struct str s)
{
	size_t n = 0;
	while (n < s.n && (isalnum((unsigned char)s.p[n]) || s.p[n] == '_'))
		n++;
	return n;
}

/* d points into the file: to the line of a block in which that character of the text is. */
static void point_at(const struct own_report *r, struct str text, long character, struct diag *d)
{
	bool block = memchr(r->sql->text.p, '\n', r->sql->text.n) != NULL;
	d->source = str_of(r->path);
	d->line = r->sql->line + block;
	d->column = 0;
	for (size_t i = 0; block && i < text.n && character > 1; i++) {
		d->line += text.p[i] == '\n';
		character -= ((unsigned char)text.p[i] & 0xc0) != 0x80;
	}
}

/* Its place among the parameters; nparameters: it is none. */
static size_t parameter_named(const struct own_report *r, struct str name)
{
	size_t i = 0;
	while (i < r->nparameters && !str_is(name, r->parameters[i].name))
		i++;
	return i;
}

/* The parameter that begins here; an empty word: there is none. */
static struct str parameter_at(struct str s, size_t at)
{
	struct str word = str_sub(s, at + 1, s.n);
	word.n = s.p[at] == '$' ? word_length(word) : 0;
	return word;
}

static bool put_numbers(const struct own_report *r, bool *used, struct buf *out, struct diag *d)
{
	struct str s = r->sql->text;
	for (size_t at = 0, next; at < s.n; at = next) {
		struct str word = parameter_at(s, at);
		next = word.n ? at + 1 + word.n : skip(s, at);
		if (!word.n) {
			buf_put(out, str_sub(s, at, next - at));
			continue;
		}
		size_t i = parameter_named(r, word);
		if (i == r->nparameters) {
			point_at(r, str_sub(s, 0, at), LONG_MAX, d);
			return diag_set(d, NULL, "there is no parameter %s",
					quoted(word, &d->arena));
		}
		used[i] = true;
		buf_printf(out, "$%zu", i + 1);
	}
	return true;
}

bool own_number(struct own_report *r, struct arena *a, struct diag *d)
{
	struct buf out = { 0 };
	bool used[OWN_PARAMETERS_MAX] = { false };
	bool known = put_numbers(r, used, &out, d);
	r->text = buf_copy(&out, a);
	buf_free(&out);
	for (size_t i = 0; i < r->nparameters && known; i++)
		if (!used[i])
			known = yaml_error(r->sql, d, "the parameter %s is not in it ($%s)",
					   r->parameters[i].name, r->parameters[i].name);
	return known;
}

/* -- columns -- */

static const struct {
	const char *name;
	enum unit unit;
} units[] = {
	{ "count", UNIT_COUNT },     { "money", UNIT_MONEY },	{ "share", UNIT_SHARE },
	{ "percent", UNIT_PERCENT }, { "number", UNIT_NUMBER }, { "ratio", UNIT_RATIO },
	{ "instant", UNIT_INSTANT }, { "day", UNIT_DAY },
};

static const struct yaml *word_of(const struct yaml *map, const char *key)
{
	const struct yaml *y = map && map->kind == YAML_MAP ? yaml_get(map, key) : NULL;
	return y && y->kind == YAML_SCALAR ? y : NULL;
}

static bool find_unit(const struct yaml *y, enum unit *unit)
{
	for (size_t i = 0; y && i < countof(units); i++)
		if (str_is(y->text, units[i].name)) {
			*unit = units[i].unit;
			return true;
		}
	return false;
}

bool own_check_columns(const struct own_report *r, struct diag *d)
{
	const struct yaml *all = r->columns;
	enum unit unit;
	if (!all || yaml_is_null(all))
		return true;
	if (all->kind != YAML_MAP)
		return yaml_error(all, d, "a map of columns is wanted here, this is %s",
				  yaml_what(all));
	for (size_t i = 0; i < all->n; i++) {
		const struct yaml *of = &all->items[i];
		if (of->kind != YAML_MAP)
			return yaml_error(of, d,
					  "a map such as {en: City, unit: count} is wanted here");
		for (size_t k = 0; k < of->n; k++) {
			struct str key = of->keys[k].text;
			if (!str_is(key, "en") && !str_is(key, "vi") && !str_is(key, "unit"))
				return yaml_error(&of->keys[k], d, "%s is none of en, vi, unit",
						  quoted(key, &d->arena));
			if (str_is(key, "unit") && !find_unit(word_of(of, "unit"), &unit))
				return yaml_error(&of->items[k], d,
						  "%s is none of count, money, share, percent, "
						  "number, ratio, instant, day",
						  quoted(of->items[k].text, &d->arena));
		}
	}
	return true;
}

static struct answer_column column(const struct own_report *r, struct stmt *rows, size_t i,
				   enum language l, struct arena *a)
{
	struct str name = arena_str(a, str_of(stmt_name(rows, i)));
	const struct yaml *of =
	    r->columns && r->columns->kind == YAML_MAP ? yaml_get(r->columns, name.p) : NULL;
	const struct yaml *en = word_of(of, "en"), *vi = word_of(of, "vi");
	struct answer_column c = { .name = name };
	const char *shown = label(l, en ? en->text.p : NULL, vi ? vi->text.p : NULL);
	c.label = shown ? str_of(shown) : label_of_name(name, a);
	c.role = str_is(name, "currency") ? ROLE_CURRENCY : ROLE_DIMENSION;
	if (find_unit(word_of(of, "unit"), &c.unit))
		c.role = ROLE_FIGURE;
	return c;
}

static bool check_name(const struct yaml *at, struct str name, const struct answer_column *c,
		       size_t n, struct diag *d)
{
	const char *names[64];
	size_t known = n < countof(names) ? n : countof(names);
	for (size_t i = 0; i < n; i++)
		if (str_eq(c[i].name, name))
			return true;
	for (size_t i = 0; i < known; i++)
		names[i] = c[i].name.p;
	const char *near = nearest(name, names, known);
	return yaml_error(at, d, "the statement has no column %s%s%s%s", quoted(name, &d->arena),
			  near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

/* What is said of columns, and drawn, is there. */
static bool check_names(const struct own_report *r, const struct answer_column *c, size_t n,
			struct diag *d)
{
	static const char *const drawn[] = { "category", "values", "series" };
	const struct yaml *all = r->columns;
	struct str name;
	for (size_t i = 0; all && all->kind == YAML_MAP && i < all->n; i++)
		if (!check_name(&all->keys[i], all->keys[i].text, c, n, d))
			return false;
	for (size_t i = 0; i < countof(drawn); i++) {
		const struct yaml *of = word_of(r->drawn, drawn[i]);
		struct str rest = of ? of->text : STR("");
		while (rest.n && str_cut(&rest, ' ', &name))
			if (name.n && !str_is(name, "*") && !check_name(of, name, c, n, d))
				return false;
	}
	return true;
}

/* -- rows -- */

/* Numbers as exact as they come; a share with four decimals. */
static struct value value_at(struct stmt *rows, size_t i, const struct answer_column *c)
{
	struct value v = stmt_value(rows, i), number = value_int(v.i);
	int scale = 0;
	if (v.kind == V_TEXT && stmt_is_number(rows, i)) {
		if (!decimal_parse(v.s, &number.i, &scale) || scale > UINT8_MAX)
			return v;
	} else if (v.kind != V_INT) {
		return v;
	}
	enum { SHARE = 4 };
	for (; c->role == ROLE_FIGURE && c->unit == UNIT_SHARE && scale > SHARE; scale--)
		number.i =
		    scale > SHARE + 1 ? number.i / 10 : (number.i + (number.i < 0 ? -5 : 5)) / 10;
	for (; c->role == ROLE_FIGURE && c->unit == UNIT_SHARE && scale < SHARE; scale++)
		if (__builtin_mul_overflow(number.i, 10, &number.i))
			return v;
	number.scale = (uint8_t)scale;
	return number;
}

bool own_run(const struct own_report *r, struct store *s, struct answer *out, struct diag *d)
{
	struct arena a = { 0 };
	struct value params[OWN_PARAMETERS_MAX];
	for (size_t i = 0; i < r->nparameters; i++)
		params[i] = r->parameters[i].value;
	struct stmt *rows = db_query_text(s->db, r->text, params, r->nparameters, d);
	if (!rows) {
		point_at(r, r->text, d->column, d);
		return false;
	}
	size_t n = stmt_columns(rows);
	struct answer_column *columns = arena_new(&s->arena, struct answer_column, n);
	struct value *values = arena_new(&a, struct value, n);
	for (size_t i = 0; i < n; i++)
		columns[i] = column(r, rows, i, s->settings.language, &s->arena);
	if (!check_names(r, columns, n, d)) {
		stmt_close(rows);
		arena_free(&a);
		return false;
	}
	bool more = stmt_step(rows); /* numbers are figures: the first row says which are */
	for (size_t i = 0; more && i < n; i++)
		if (columns[i].role == ROLE_DIMENSION && stmt_is_number(rows, i)) {
			columns[i].role = ROLE_FIGURE;
			columns[i].unit = UNIT_NUMBER;
		}
	answer_begin(out, columns, n);
	for (; more; more = stmt_step(rows)) {
		for (size_t i = 0; i < n; i++)
			values[i] = value_at(rows, i, &columns[i]);
		answer_row(out, values);
	}
	stmt_close(rows);
	arena_free(&a);
	return true;
}

struct report_facts own_facts(const struct own_report *r, enum language l, int64_t now,
			      struct arena *a)
{
	struct buf given = { 0 };
	for (size_t i = 0; i < r->nparameters; i++) {
		buf_printf(&given, "%s: ", r->parameters[i].name);
		buf_escape(&given, str_of(r->parameters[i].given));
		buf_putc(&given, '\n');
	}
	struct report_facts f = {
		.title = str_of(label(l, r->title, r->title_vi)),
		.as_of = instant_print_local(now, a),
		.zone = str_of(zone_name()),
		.more = buf_copy(&given, a),
	};
	buf_free(&given);
	return f;
}
