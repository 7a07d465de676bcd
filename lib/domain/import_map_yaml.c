/* A map file: each key is one row of a table. */
#include <stdlib.h>

#include "core/buf.h"
#include "core/money.h"
#include "core/utf8.h"
#include "domain/import_map.h"

struct reading {
	struct import_map *map;
	struct diag *diag;
	const struct yaml *into; /* of split: its fields; or NULL */
	bool ignored;
};

static bool text_of(const struct yaml *y, struct str *out, struct diag *d)
{
	*out = y->text;
	return y->kind == YAML_SCALAR ||
	       yaml_error(y, d, "here must be a text, not %s", yaml_what(y));
}

static bool truth_of(const struct yaml *y, bool *out, struct diag *d)
{
	*out = str_is(y->text, "true");
	return (y->kind == YAML_SCALAR && (*out || str_is(y->text, "false"))) ||
	       yaml_error(y, d, "here must be true or false");
}

/* A text, or a list of texts. */
static bool texts_of(const struct yaml *y, const struct str **out, size_t *n, struct arena *a,
		     struct diag *d)
{
	const struct yaml *items = y->kind == YAML_LIST ? y->items : y;
	*n = y->kind == YAML_LIST ? y->n : 1;
	struct str *texts = arena_new(a, struct str, *n);
	*out = texts;
	for (size_t i = 0; i < *n; i++)
		if (!text_of(&items[i], &texts[i], d))
			return false;
	return true;
}

static bool field_of(struct reading *r, const struct yaml *y, const struct field **f)
{
	struct str name;
	r->diag->line = y->line;
	r->diag->column = y->column;
	return text_of(y, &name, r->diag) && import_field(r->map->entity, name, f, r->diag);
}

/* --- what may be said of a field --- */

typedef bool read_key(struct reading *, struct import_rule *, const struct yaml *);

static bool read_field(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return field_of(r, y, &rule->field);
}

static bool read_from(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return texts_of(y, &rule->from, &rule->nfrom, r->map->arena, r->diag) &&
	       (rule->nfrom || yaml_error(y, r->diag, "it names no column"));
}

static bool read_by(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return text_of(y, &rule->by, r->diag);
}

static bool read_default(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return text_of(y, &rule->fallback, r->diag);
}

static bool read_prefix(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return text_of(y, &rule->prefix, r->diag);
}

static bool read_suffix(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return text_of(y, &rule->suffix, r->diag);
}

static bool read_slug(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return truth_of(y, &rule->slug, r->diag);
}

static bool read_ignore(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	(void)rule;
	return truth_of(y, &r->ignored, r->diag);
}

static bool read_values(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	struct arena *a = r->map->arena;
	if (y->kind != YAML_MAP)
		return yaml_error(y, r->diag, "values are a map such as {Won: won, Lost: lost}");
	struct str *to = arena_new(a, struct str, y->n);
	rule->to = to;
	for (size_t i = 0; i < y->n; i++) {
		if (!text_of(&y->items[i], &to[i], r->diag))
			return false;
		if (yaml_is_null(&y->items[i]) || !to[i].n)
			to[i] = (struct str){ NULL, 0 };
		int64_t *at = map_at(&rule->values, utf8_fold(y->keys[i].text, a));
		if (*at)
			return yaml_error(
			    &y->keys[i], r->diag,
			    "but for case and accents this stands in line %ld already",
			    y->keys[*at - 1].line);
		*at = (int64_t)i + 1;
	}
	return true;
}

/* The rule's own copy of the settings, to be changed. */
static struct settings *own_settings(struct reading *r, struct import_rule *rule)
{
	struct settings *own = arena_new(r->map->arena, struct settings, 1);
	*own = *(rule->settings ? rule->settings : r->map->settings);
	rule->settings = own;
	return own;
}

static bool read_date_order(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	static const char *const orders[] = {
		[ORDER_DMY] = "dmy", [ORDER_MDY] = "mdy", [ORDER_YMD] = "ymd"
	};
	for (size_t i = 0; i < countof(orders); i++) {
		if (str_is(y->text, orders[i])) {
			own_settings(r, rule)->calendar.order = (enum date_order)i;
			return true;
		}
	}
	return yaml_error(y, r->diag, "a date order is dmy, mdy or ymd");
}

static void plain_numbers(struct reading *r, struct import_rule *rule)
{
	struct settings *own = own_settings(r, rule);
	own->group = ',';
	own->point = '.';
}

static bool read_decimal(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	if (!str_is(y->text, ",") && !str_is(y->text, "."))
		return yaml_error(y, r->diag, "what separates decimals is \",\" or \".\"");
	rule->point = y->text.p[0];
	plain_numbers(r, rule);
	return true;
}

static bool read_multiply(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	if (!decimal_parse(y->text, &rule->factor, &rule->scale))
		return yaml_error(y, r->diag, "here must be a number");
	rule->multiplied = true;
	plain_numbers(r, rule);
	return true;
}

static bool read_split(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	static const char *const known[] = { "by", "into", "rest" };
	const struct yaml *by = yaml_get(y, "by"), *rest = yaml_get(y, "rest");
	for (size_t i = 0; y->kind == YAML_MAP && i < y->n; i++)
		if (!nearest(y->keys[i].text, known, countof(known)) ||
		    (!str_is(y->keys[i].text, "by") && !str_is(y->keys[i].text, "into") &&
		     !str_is(y->keys[i].text, "rest")))
			return yaml_error(&y->keys[i], r->diag, "split knows by, into and rest");
	r->into = yaml_get(y, "into");
	if (!by || !r->into || by->kind != YAML_SCALAR || !by->text.n ||
	    r->into->kind != YAML_LIST || r->into->n < 2)
		return yaml_error(
		    y, r->diag,
		    "split wants {by: TEXT, into: [FIELD, FIELD]} of two fields or more");
	if (rest && !str_is(rest->text, "first") && !str_is(rest->text, "last"))
		return yaml_error(rest, r->diag, "what is too much goes to first or last");
	rule->split =
	    (struct split){ by->text, 0, r->into->n, rest && str_is(rest->text, "first") };
	return true;
}

enum { IN_COLUMNS = 1, IN_JOIN = 2 };

static const struct key {
	const char *name;
	unsigned where;
	read_key *read;
} keys[] = {
	{ "field", IN_COLUMNS, read_field },
	{ "ignore", IN_COLUMNS, read_ignore },
	{ "split", IN_COLUMNS, read_split },
	{ "from", IN_JOIN, read_from },
	{ "by", IN_JOIN, read_by },
	{ "values", IN_COLUMNS | IN_JOIN, read_values },
	{ "default", IN_COLUMNS | IN_JOIN, read_default },
	{ "date_order", IN_COLUMNS | IN_JOIN, read_date_order },
	{ "decimal", IN_COLUMNS | IN_JOIN, read_decimal },
	{ "multiply", IN_COLUMNS | IN_JOIN, read_multiply },
	{ "slug", IN_COLUMNS | IN_JOIN, read_slug },
	{ "prefix", IN_COLUMNS | IN_JOIN, read_prefix },
	{ "suffix", IN_COLUMNS | IN_JOIN, read_suffix },
};

static bool no_key(const struct yaml *key, const char *const *names, size_t n, struct diag *d)
{
	const char *near = nearest(key->text, names, n);
	return yaml_error(key, d, "no key %s here%s%s%s", quoted(key->text, &d->arena),
			  near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

static bool read_keys(struct reading *r, struct import_rule *rule, const struct yaml *y,
		      unsigned where)
{
	const char *names[countof(keys)];
	for (size_t i = 0; i < y->n; i++) {
		const struct key *k = NULL;
		size_t n = 0;
		for (size_t j = 0; j < countof(keys) && !k; j++) {
			if (!(keys[j].where & where))
				continue;
			names[n++] = keys[j].name;
			k = str_is(y->keys[i].text, keys[j].name) ? &keys[j] : NULL;
		}
		if (!k)
			return no_key(&y->keys[i], names, n, r->diag);
		if (!k->read(r, rule, &y->items[i]))
			return false;
	}
	return true;
}

/* --- rules --- */

/* A field has one source besides a constant. */
static bool add_rule(struct reading *r, const struct import_rule *rule, const struct yaml *y)
{
	for (size_t i = 0; i < r->map->n; i++) {
		const struct import_rule *other = &r->map->rules[i];
		if (other->field == rule->field && !other->nfrom == !rule->nfrom)
			return yaml_error(y, r->diag, "field %s is filled already (%s:%ld)",
					  rule->field->name, other->source, other->line);
	}
	*import_rule_new(r->map) = *rule;
	return true;
}

static bool add_split(struct reading *r, struct import_rule rule, const struct yaml *into)
{
	for (; rule.split.part < into->n; rule.split.part++) {
		const struct yaml *y = &into->items[rule.split.part];
		if (!field_of(r, y, &rule.field) || !add_rule(r, &rule, y))
			return false;
	}
	return true;
}

static void ignore(struct import_map *m, struct str header)
{
	struct str *all = arena_new(m->arena, struct str, m->nignored + 1);
	if (m->nignored)
		memcpy(all, m->ignored, m->nignored * sizeof *all);
	all[m->nignored++] = header;
	m->ignored = all;
}

static struct import_rule new_rule(const struct reading *r, const struct yaml *at)
{
	return (struct import_rule){ .source = r->diag->source.p,
				     .line = at->line,
				     .column = at->column };
}

/* One thing that a column is: a field's name, or a map of keys. */
static bool read_column(struct reading *r, const struct yaml *header, const struct yaml *y)
{
	struct import_rule rule = new_rule(r, y);
	rule.from = &header->text;
	rule.nfrom = 1;
	r->into = NULL;
	r->ignored = false;
	if (y->kind == YAML_LIST)
		return yaml_error(y, r->diag, "a list in a list");
	if (yaml_is_null(y)) {
		ignore(r->map, header->text);
		return true;
	}
	if (y->kind == YAML_SCALAR ? !read_field(r, &rule, y) : !read_keys(r, &rule, y, IN_COLUMNS))
		return false;
	if (r->ignored) {
		ignore(r->map, header->text);
		return (!rule.field && !r->into) ||
		       yaml_error(y, r->diag, "a column that is ignored has no field");
	}
	if (!rule.field == !r->into)
		return yaml_error(y, r->diag, "say its field, or split it, or ignore it");
	return r->into ? add_split(r, rule, r->into) : add_rule(r, &rule, y);
}

static bool read_columns(struct reading *r, const struct yaml *y)
{
	for (size_t i = 0; i < y->n; i++) {
		const struct yaml *what = &y->items[i];
		const struct yaml *items = what->kind == YAML_LIST ? what->items : what;
		size_t n = what->kind == YAML_LIST ? what->n : 1;
		for (size_t j = 0; j < n; j++)
			if (!read_column(r, &y->keys[i], &items[j]))
				return false;
	}
	return true;
}

static bool read_join(struct reading *r, const struct yaml *y)
{
	for (size_t i = 0; i < y->n; i++) {
		struct import_rule rule = new_rule(r, &y->keys[i]);
		rule.by = STR(" ");
		if (!field_of(r, &y->keys[i], &rule.field))
			return false;
		if (y->items[i].kind != YAML_MAP)
			return yaml_error(&y->items[i], r->diag,
					  "join wants {from: [COLUMN, COLUMN], by: TEXT}");
		if (!read_keys(r, &rule, &y->items[i], IN_JOIN))
			return false;
		if (!rule.nfrom)
			return yaml_error(&y->items[i], r->diag, "from which columns? say from");
		if (!add_rule(r, &rule, &y->keys[i]))
			return false;
	}
	return true;
}

static bool read_set(struct reading *r, const struct yaml *y)
{
	for (size_t i = 0; i < y->n; i++) {
		struct import_rule rule = new_rule(r, &y->keys[i]);
		if (!field_of(r, &y->keys[i], &rule.field) ||
		    !text_of(&y->items[i], &rule.fallback, r->diag) ||
		    !add_rule(r, &rule, &y->keys[i]))
			return false;
	}
	return true;
}

static bool read_ignored(struct reading *r, const struct yaml *y)
{
	const struct str *headers;
	size_t n;
	if (!texts_of(y, &headers, &n, r->map->arena, r->diag))
		return false;
	for (size_t i = 0; i < n; i++)
		ignore(r->map, headers[i]);
	return true;
}

static bool read_list(struct reading *r, const struct yaml *y, struct str *out)
{
	const struct str *names;
	size_t n;
	struct buf b = { 0 };
	if (!texts_of(y, &names, &n, r->map->arena, r->diag))
		return false;
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%.*s", i ? "," : "", (int)names[i].n, names[i].p);
	*out = buf_copy(&b, r->map->arena);
	buf_free(&b);
	return true;
}

static bool read_match(struct reading *r, const struct yaml *y)
{
	return read_list(r, y, &r->map->match);
}

static bool read_create_missing(struct reading *r, const struct yaml *y)
{
	return read_list(r, y, &r->map->create_missing);
}

bool import_map_yaml(struct import_map *m, const struct yaml *root, struct diag *d)
{
	static const struct {
		const char *name;
		bool map;
		bool (*read)(struct reading *, const struct yaml *);
	} sections[] = {
		{ "columns", true, read_columns }, { "join", true, read_join },
		{ "set", true, read_set },	   { "ignore", false, read_ignored },
		{ "match", false, read_match },	   { "create_missing", false, read_create_missing },
	};
	const char *names[countof(sections)];
	struct reading r = { .map = m, .diag = d };
	for (size_t i = 0; i < countof(sections); i++)
		names[i] = sections[i].name;
	if (root->kind != YAML_MAP)
		return yaml_error(root, d, "a map file begins with columns:, join: or set:");
	for (size_t i = 0; i < root->n; i++) {
		const struct yaml *y = &root->items[i];
		size_t k = 0;
		while (k < countof(sections) && !str_is(root->keys[i].text, names[k]))
			k++;
		if (k == countof(sections))
			return no_key(&root->keys[i], names, k, d);
		if (sections[k].map && y->kind != YAML_MAP)
			return yaml_error(y, d, "%s is a map, not %s", names[k], yaml_what(y));
		if (!sections[k].read(&r, y))
			return false;
	}
	return true;
}
