/* A map file: its sections, and the rules that they make. */
#include "core/buf.h"
#include "domain/import_map_impl.h"

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
		if (!map_field(r, y, &rule.field) || !add_rule(r, &rule, y))
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
	if (y->kind == YAML_SCALAR ? !map_field(r, y, &rule.field)
				   : !map_keys(r, &rule, y, IN_COLUMNS))
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
		if (!map_field(r, &y->keys[i], &rule.field))
			return false;
		if (y->items[i].kind != YAML_MAP)
			return yaml_error(&y->items[i], r->diag,
					  "join wants {from: [COLUMN, COLUMN], by: TEXT}");
		if (!map_keys(r, &rule, &y->items[i], IN_JOIN))
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
		if (!map_field(r, &y->keys[i], &rule.field) ||
		    !map_text(&y->items[i], &rule.fallback, r->diag) ||
		    !add_rule(r, &rule, &y->keys[i]))
			return false;
	}
	return true;
}

static bool read_ignored(struct reading *r, const struct yaml *y)
{
	const struct str *headers;
	size_t n;
	if (!map_texts(y, &headers, &n, r->map->arena, r->diag))
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
	if (!map_texts(y, &names, &n, r->map->arena, r->diag))
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
			return map_no_key(&root->keys[i], names, k, d);
		if (sections[k].map && y->kind != YAML_MAP)
			return yaml_error(y, d, "%s is a map, not %s", names[k], yaml_what(y));
		if (!sections[k].read(&r, y))
			return false;
	}
	return true;
}
