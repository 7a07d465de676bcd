/* What a map file may say of a field: each key is one row of a table. */
#include "core/buf.h"
#include "core/money.h"
#include "core/utf8.h"
#include "domain/import_map_impl.h"
#include "stream/vcard.h"

bool map_text(const struct yaml *y, struct str *out, struct diag *d)
{
	*out = y->text;
	return y->kind == YAML_SCALAR ||
	       yaml_error(y, d, "here must be a text, not %s", yaml_what(y));
}

bool map_truth(const struct yaml *y, bool *out, struct diag *d)
{
	*out = str_is(y->text, "true");
	return (y->kind == YAML_SCALAR && (*out || str_is(y->text, "false"))) ||
	       yaml_error(y, d, "here must be true or false");
}

/* A text, or a list of texts. */
bool map_texts(const struct yaml *y, const struct str **out, size_t *n, struct arena *a,
	       struct diag *d)
{
	const struct yaml *items = y->kind == YAML_LIST ? y->items : y;
	*n = y->kind == YAML_LIST ? y->n : 1;
	struct str *texts = arena_new(a, struct str, *n);
	*out = texts;
	for (size_t i = 0; i < *n; i++)
		if (!map_text(&items[i], &texts[i], d))
			return false;
	return true;
}

bool map_field(struct reading *r, const struct yaml *y, const struct field **f)
{
	struct str name;
	r->diag->line = y->line;
	r->diag->column = y->column;
	return map_text(y, &name, r->diag) && import_field(r->map->entity, name, f, r->diag);
}

/* --- what may be said of a field --- */

typedef bool read_key(struct reading *, struct import_rule *, const struct yaml *);

static bool read_field(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_field(r, y, &rule->field);
}

static bool read_from(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_texts(y, &rule->from, &rule->nfrom, r->map->arena, r->diag) &&
	       (rule->nfrom || yaml_error(y, r->diag, "it names no column"));
}

static bool read_by(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_text(y, &rule->by, r->diag);
}

static bool read_default(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_text(y, &rule->fallback, r->diag);
}

static bool read_prefix(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_text(y, &rule->prefix, r->diag);
}

static bool read_suffix(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_text(y, &rule->suffix, r->diag);
}

static bool read_or(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	rule->alternative = true;
	if (y->kind != YAML_LIST)
		return map_truth(y, &rule->alternative, r->diag);
	rule->unless = arena_new(r->map->arena, const struct field *, y->n);
	for (; rule->nunless < y->n; rule->nunless++)
		if (!map_field(r, &y->items[rule->nunless], &rule->unless[rule->nunless]))
			return false;
	return true;
}

static bool read_keep(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	bool ok = map_truth(y, &rule->keep, r->diag);
	rule->quiet = !rule->keep;
	return ok;
}

static bool read_given(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	if (y->kind != YAML_MAP || y->n != 1)
		return yaml_error(y, r->diag, "given wants {COLUMN: [VALUE, VALUE]}");
	rule->given = y->keys[0].text;
	return map_texts(&y->items[0], &rule->given_values, &rule->ngiven, r->map->arena, r->diag);
}

static bool read_less(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_texts(y, &rule->less, &rule->nless, r->map->arena, r->diag);
}

static bool read_external(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_truth(y, &rule->external, r->diag);
}

static bool read_until(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_text(y, &rule->until, r->diag);
}

static bool read_list(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_text(y, &rule->list, r->diag);
}

static bool read_strip(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_texts(y, &rule->strip, &rule->nstrip, r->map->arena, r->diag);
}

static bool read_label(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_text(y, &rule->label, r->diag);
}

/* A name that a line of a card may have, so that it is told from a line of text. */
static bool read_property(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	struct arena a = { 0 };
	bool ok = map_text(y, &rule->property, r->diag);
	bool known = ok && card_kept_line(
			       arena_printf(&a, "%.*s:x", (int)rule->property.n, rule->property.p));
	arena_free(&a);
	return known || (ok && yaml_error(y, r->diag, "%s is no property of a card, nor X-…",
					  quoted(y->text, &r->diag->arena)));
}

static bool read_kind(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_text(y, &rule->kind, r->diag);
}

static bool read_cuts(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_texts(y, &rule->cuts, &rule->ncuts, r->map->arena, r->diag);
}

static bool read_only(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_text(y, &rule->only, r->diag);
}

static bool read_but(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_text(y, &rule->but, r->diag);
}

static bool read_else(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	rule->otherwise = true;
	return yaml_is_null(y) || map_text(y, &rule->other, r->diag);
}

static bool read_slug(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	return map_truth(y, &rule->slug, r->diag);
}

static bool read_ignore(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	(void)rule;
	return map_truth(y, &r->ignored, r->diag);
}

static bool read_values(struct reading *r, struct import_rule *rule, const struct yaml *y)
{
	struct arena *a = r->map->arena;
	if (y->kind != YAML_MAP)
		return yaml_error(y, r->diag, "values are a map such as {Won: won, Lost: lost}");
	struct str *to = arena_new(a, struct str, y->n);
	struct import_values *values = arena_new(a, struct import_values, 1);
	values->next = r->map->values;
	r->map->values = values;
	rule->values = &values->map;
	rule->to = to;
	for (size_t i = 0; i < y->n; i++) {
		if (!map_text(&y->items[i], &to[i], r->diag))
			return false;
		if (yaml_is_null(&y->items[i]) || !to[i].n)
			to[i] = (struct str){ NULL, 0 };
		int64_t *at = map_at(&values->map, utf8_fold(y->keys[i].text, a));
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
	static const char *const known[] = { "by", "into", "rest", "as" };
	const struct yaml *by = yaml_get(y, "by"), *rest = yaml_get(y, "rest");
	const struct yaml *as = yaml_get(y, "as");
	for (size_t i = 0; y->kind == YAML_MAP && i < y->n; i++) {
		size_t k = 0;
		while (k < countof(known) && !str_is(y->keys[i].text, known[k]))
			k++;
		if (k == countof(known))
			return map_no_key(&y->keys[i], known, countof(known), r->diag);
	}
	r->into = yaml_get(y, "into");
	if (as && !(rule->split.as = import_split_find(as->text)))
		return yaml_error(as, r->diag, "a cell is split as name or as address");
	if (!as == !by || !r->into || (by && !by->text.n) || r->into->kind != YAML_LIST ||
	    r->into->n < 2)
		return yaml_error(
		    y, r->diag,
		    "split wants {by: TEXT, into: [FIELD, FIELD]} of two fields or more, "
		    "or {as: name, into: …}");
	if (rest && !str_is(rest->text, "first") && !str_is(rest->text, "last"))
		return yaml_error(rest, r->diag, "what is too much goes to first or last");
	rule->split.by = by ? by->text : (struct str){ 0 };
	rule->split.parts = r->into->n;
	rule->split.rest_first = rest && str_is(rest->text, "first");
	return true;
}

static const struct key {
	const char *name;
	unsigned where;
	read_key *read;
} keys[] = {
	{ "field", IN_COLUMNS | IN_SEVERAL, read_field },
	{ "ignore", IN_COLUMNS, read_ignore },
	{ "split", IN_COLUMNS, read_split },
	{ "property", IN_CARD, read_property },
	{ "kind", IN_CARD, read_kind },
	{ "kinds", IN_SEVERAL | IN_CARD, read_values },
	{ "from", IN_JOIN | IN_SEVERAL | IN_CARD, read_from },
	{ "by", IN_JOIN, read_by },
	{ "by", IN_SEVERAL, read_cuts },
	{ "label", IN_SEVERAL | IN_CARD, read_label },
	{ "only", IN_SEVERAL, read_only },
	{ "but", IN_SEVERAL, read_but },
	{ "or", IN_COLUMNS | IN_JOIN, read_or },
	{ "strip", IN_COLUMNS | IN_JOIN | IN_SEVERAL | IN_CARD, read_strip },
	{ "until", IN_COLUMNS | IN_JOIN, read_until },
	{ "list", IN_COLUMNS | IN_JOIN, read_list },
	{ "given", IN_COLUMNS | IN_JOIN, read_given },
	{ "less", IN_COLUMNS, read_less },
	{ "external", IN_COLUMNS | IN_JOIN, read_external },
	{ "keep", IN_COLUMNS | IN_JOIN, read_keep },
	{ "values", IN_COLUMNS | IN_JOIN, read_values },
	{ "else", IN_COLUMNS | IN_JOIN, read_else },
	{ "default", IN_COLUMNS | IN_JOIN, read_default },
	{ "date_order", IN_COLUMNS | IN_JOIN, read_date_order },
	{ "decimal", IN_COLUMNS | IN_JOIN, read_decimal },
	{ "multiply", IN_COLUMNS | IN_JOIN, read_multiply },
	{ "slug", IN_COLUMNS | IN_JOIN, read_slug },
	{ "prefix", IN_COLUMNS | IN_JOIN, read_prefix },
	{ "suffix", IN_COLUMNS | IN_JOIN, read_suffix },
};

bool map_no_key(const struct yaml *key, const char *const *names, size_t n, struct diag *d)
{
	const char *near = nearest(key->text, names, n);
	return yaml_error(key, d, "no key %s here%s%s%s", quoted(key->text, &d->arena),
			  near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

bool map_keys(struct reading *r, struct import_rule *rule, const struct yaml *y, unsigned where)
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
			return map_no_key(&y->keys[i], names, n, r->diag);
		if (!k->read(r, rule, &y->items[i]))
			return false;
	}
	return true;
}
