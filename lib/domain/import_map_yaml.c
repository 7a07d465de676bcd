/* A map file: its sections, and the rules that they make. */
#include "core/buf.h"
#include "domain/import_map_impl.h"

/* A field has one source besides a constant, unless a further one says `or`. */
bool map_add_rule(struct reading *r, const struct import_rule *rule, const struct yaml *y)
{
	for (size_t i = 0; i < r->map->n; i++) {
		const struct import_rule *other = &r->map->rules[i];
		if (other->field == rule->field && !other->nfrom == !rule->nfrom &&
		    !rule->alternative)
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
		if (!map_field(r, y, &rule.field) || !map_add_rule(r, &rule, y))
			return false;
		if (rule.split.as && !rule.split.as(STR(""), &rule, r->map, r->map->arena).p)
			return yaml_error(y, r->diag, "no part of it is called %s",
					  rule.field->name);
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

struct import_rule map_rule(const struct reading *r, const struct yaml *at)
{
	return (struct import_rule){ .source = r->diag->source.p,
				     .weak = r->map->weak,
				     .line = at->line,
				     .column = at->column };
}

/* One thing that a column is: a field's name, or a map of keys. */
static bool read_column(struct reading *r, const struct yaml *header, const struct yaml *y)
{
	struct import_rule rule = map_rule(r, y);
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
	return r->into ? add_split(r, rule, r->into) : map_add_rule(r, &rule, y);
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
		struct import_rule rule = map_rule(r, &y->keys[i]);
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
		if (!map_add_rule(r, &rule, &y->keys[i]))
			return false;
	}
	return true;
}

static bool read_set(struct reading *r, const struct yaml *y)
{
	for (size_t i = 0; i < y->n; i++) {
		struct import_rule rule = map_rule(r, &y->keys[i]);
		if (!map_field(r, &y->keys[i], &rule.field) ||
		    !map_text(&y->items[i], &rule.fallback, r->diag) ||
		    !map_add_rule(r, &rule, &y->keys[i]))
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

static bool read_system(struct reading *r, const struct yaml *y)
{
	return map_text(y, &r->map->system, r->diag);
}

static bool read_optional(struct reading *r, const struct yaml *y)
{
	return map_truth(y, &r->map->optional, r->diag);
}

static bool read_guard(struct reading *r, const struct yaml *y)
{
	return map_truth(y, &r->map->guard, r->diag);
}

static bool read_continues(struct reading *r, const struct yaml *y)
{
	if (!map_text(y, &r->map->continues, r->diag))
		return false;
	if (str_is(y->text, "true") || str_is(y->text, "false"))
		r->map->continues = (struct str){ 0 };
	return true;
}

static bool read_skip(struct reading *r, const struct yaml *y)
{
	return map_text(y, &r->map->skip, r->diag);
}

static bool read_rest(struct reading *r, const struct yaml *y)
{
	return map_field(r, y, &r->map->rest) &&
	       (r->map->rest->flags & F_LONG ||
		yaml_error(y, r->diag, "%s holds no text of several lines", r->map->rest->name));
}

static bool read_lines(struct reading *r, const struct yaml *y)
{
	struct import_map *m = r->map;
	struct import_line *lines = arena_new(m->arena, struct import_line, m->nlines + y->n);
	if (m->nlines)
		memcpy(lines, m->lines, m->nlines * sizeof *lines);
	m->lines = lines;
	for (size_t i = 0; i < y->n; i++) {
		lines[m->nlines].label = y->keys[i].text;
		if (!map_field(r, &y->items[i], &lines[m->nlines++].field))
			return false;
	}
	return true;
}

static bool read_agree(struct reading *r, const struct yaml *y)
{
	const struct yaml *items = y->kind == YAML_LIST ? y->items : y;
	size_t n = y->kind == YAML_LIST ? y->n : 1;
	r->map->agree = arena_new(r->map->arena, const struct field *, n);
	for (r->map->nagree = 0; r->map->nagree < n; r->map->nagree++)
		if (!map_field(r, &items[r->map->nagree], &r->map->agree[r->map->nagree]))
			return false;
	return true;
}

static bool read_links(struct reading *r, const struct yaml *y)
{
	struct import_map *m = r->map;
	struct import_link *links = arena_new(m->arena, struct import_link, m->nlinks + y->n);
	if (m->nlinks)
		memcpy(links, m->links, m->nlinks * sizeof *links);
	m->links = links;
	for (size_t i = 0; i < y->n; i++, m->nlinks++)
		if (!map_field(r, &y->keys[i], &links[m->nlinks].field) ||
		    !map_text(&y->items[i], &links[m->nlinks].to, r->diag))
			return false;
	return true;
}

static bool read_also(struct reading *r, const struct yaml *y);
static bool read_for(struct reading *r, const struct yaml *y);

/* What a preset says of itself is not the map's. */
static bool read_nothing(struct reading *r, const struct yaml *y)
{
	(void)r;
	(void)y;
	return true;
}

/* A section, and whether the map of a further record may have it. */
static const struct section {
	const char *name;
	bool map, in_parts;
	bool (*read)(struct reading *, const struct yaml *);
} sections[] = {
	{ "columns", true, true, read_columns },
	{ "join", true, true, read_join },
	{ "set", true, true, read_set },
	{ "links", true, true, read_links },
	{ "match", false, true, read_match },
	{ "system", false, true, read_system },
	{ "create_missing", false, true, read_create_missing },
	{ "rest", false, true, read_rest },
	{ "lines", true, false, read_lines },
	{ "agree", false, true, read_agree },
	{ "ignore", false, false, read_ignored },
	{ "optional", false, false, read_optional },
	{ "also", false, false, read_also },
	{ "several", false, false, map_several },
	{ "card", false, false, map_card },
	{ "skip", false, false, read_skip },
	{ "guard", false, false, read_guard },
	{ "continues", false, false, read_continues },
	{ "for", true, false, read_for },
	{ "label", false, false, read_nothing },
	{ "label_vi", false, false, read_nothing },
	{ "record", false, false, read_nothing },
	{ "recognise", false, false, read_nothing },
};

/* The keys that only a further record has: its type, its name, and when it is there. */
static const char *const part_keys[] = { "record", "as", "when", "difference", "on_match" };

static bool is_part_key(struct str name)
{
	for (size_t i = 0; i < countof(part_keys); i++)
		if (str_is(name, part_keys[i]))
			return true;
	return false;
}

static bool no_section(const struct yaml *key, bool in_part, struct diag *d)
{
	const char *names[countof(sections) + countof(part_keys)];
	size_t n = 0;
	for (size_t i = 0; i < countof(sections); i++)
		if (!in_part || sections[i].in_parts)
			names[n++] = sections[i].name;
	for (size_t i = 0; in_part && i < countof(part_keys); i++)
		names[n++] = part_keys[i];
	return map_no_key(key, names, n, d);
}

static bool read_sections(struct reading *r, const struct yaml *root, bool in_part)
{
	for (size_t i = 0; i < root->n; i++) {
		const struct yaml *y = &root->items[i], *key = &root->keys[i];
		const struct section *s = NULL;
		for (size_t j = 0; j < countof(sections) && !s; j++)
			if (str_is(key->text, sections[j].name))
				s = !in_part || sections[j].in_parts ? &sections[j] : NULL;
		if (!s && in_part && is_part_key(key->text))
			continue;
		if (!s)
			return no_section(key, in_part, r->diag);
		if (s->map && y->kind != YAML_MAP)
			return yaml_error(y, r->diag, "%s is a map, not %s", s->name, yaml_what(y));
		if (!s->read(r, y))
			return false;
	}
	return true;
}

static bool read_part(struct reading *whole, const struct yaml *y)
{
	const struct import_map *m = whole->map;
	const struct yaml *record = yaml_get(y, "record"), *as = yaml_get(y, "as");
	if (y->kind != YAML_MAP || !record || record->kind != YAML_SCALAR)
		return yaml_error(y, whole->diag,
				  "a further record wants {record: TYPE, columns: …}");
	const struct entity *e = schema_entity(m->schema, record->text);
	if (!e)
		return yaml_error(record, whole->diag, "there is no record type %s",
				  quoted(record->text, &whole->diag->arena));
	struct import_part *part = map_add_part(whole->map, e, as ? as->text : record->text);
	struct reading r = { .map = &part->map, .diag = whole->diag };
	return read_sections(&r, y, true) && map_part_keys(&r, part, y);
}

static bool read_also(struct reading *r, const struct yaml *y)
{
	if (y->kind != YAML_LIST)
		return yaml_error(y, r->diag, "also is a list of further records");
	for (size_t i = 0; i < y->n; i++)
		if (!read_part(r, &y->items[i]))
			return false;
	return true;
}

static bool is_for(const struct import_map *m, struct str name)
{
	return str_is(name, m->entity->name) ||
	       str_is(name, m->settings->family_first ? "family-first" : "given-first");
}

static bool read_for(struct reading *r, const struct yaml *y)
{
	for (size_t i = 0; i < y->n; i++) {
		struct str name = y->keys[i].text;
		if (!schema_entity(r->map->schema, name) && !str_is(name, "family-first") &&
		    !str_is(name, "given-first"))
			return yaml_error(&y->keys[i], r->diag, "there is no record type %s",
					  quoted(name, &r->diag->arena));
		if (y->items[i].kind != YAML_MAP)
			return yaml_error(&y->items[i], r->diag, "here must be a map of sections");
		if (is_for(r->map, name) && !read_sections(r, &y->items[i], false))
			return false;
	}
	return true;
}

bool import_map_yaml(struct import_map *m, const struct yaml *root, struct diag *d)
{
	struct reading r = { .map = m, .diag = d };
	if (root->kind != YAML_MAP)
		return yaml_error(root, d, "a map file begins with columns:, join: or set:");
	return read_sections(&r, root, false);
}
