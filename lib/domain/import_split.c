/* A name or an address in one cell, and the fields that hold its parts. */
#include "core/address.h"
#include "core/name.h"
#include "core/utf8.h"
#include "domain/import_split.h"

/* One title, as the shipped picklist has it: "Mr." is Mr, "GS.TS." prof. */
static struct str salutation(struct str title, struct arena *a)
{
	static const char *const academic[][2] = {
		{ "ts", "dr" },	    { "bs", "dr" },	{ "tien", "dr" },  { "bac si", "dr" },
		{ "gs", "prof" },   { "gsts", "prof" }, { "pgs", "prof" }, { "pgsts", "prof" },
		{ "giao", "prof" }, { "pho", "prof" },
	};
	struct str folded = utf8_fold(title, a);
	for (size_t i = 0; i < countof(academic); i++) {
		size_t n = strlen(academic[i][0]);
		if (str_starts(folded, academic[i][0]) &&
		    (folded.n == n || folded.p[n] == ' ' || folded.p[n] == '.'))
			return str_of(academic[i][1]);
	}
	ptrdiff_t blank = str_find(title, ' '), dot = str_find(title, '.');
	size_t n = blank < 0 ? title.n : (size_t)blank;
	return str_sub(title, 0, dot >= 0 && (size_t)dot < n ? (size_t)dot : n);
}

static struct str present(struct str s)
{
	return s.p ? s : STR("");
}

/* Whether the field `salutation` has that title; any other stays with the name. */
static bool is_picked(struct str title, const struct import_map *m, struct arena *a)
{
	const struct field *f = entity_field(m->entity, STR("salutation"));
	const struct pick *p =
	    f ? picklist_find(schema_picklist(m->schema, f->picklist), salutation(title, a), a)
	      : NULL;
	return p && !p->retired;
}

static struct str titled(struct str title, struct str name, struct arena *a)
{
	return arena_printf(a, "%.*s %.*s", (int)title.n, title.p, (int)name.n, name.p);
}

/* Whether some field takes the title of the rule's column: its salutation, or all the text. */
static bool title_goes(const struct import_rule *rule, const struct import_map *m)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct import_rule *other = &m->rules[i];
		bool title =
		    !strcmp(other->field->name, "salutation") && other->split.as == rule->split.as;
		bool whole = !strcmp(other->field->name, "name") && !other->split.parts;
		if ((title || whole) && other->nfrom == 1 && str_eq(other->from[0], rule->from[0]))
			return true;
	}
	return false;
}

static struct str name_part(struct str text, const struct import_rule *rule,
			    const struct import_map *m, struct arena *a)
{
	const struct field *f = rule->field;
	struct person_name n;
	name_split(text, m->settings->family_first, &n, a);
	struct str first = present(name_first(&n, a)), last = present(name_last(&n, a));
	bool picked = !n.title.n || (title_goes(rule, m) && is_picked(n.title, m, a));
	if (!picked && last.n && (n.family_first || !first.n))
		last = titled(n.title, last, a);
	else if (!picked && first.n)
		first = titled(n.title, first, a);
	if (!strcmp(f->name, "first_name"))
		return first;
	if (!strcmp(f->name, "last_name"))
		return last;
	if (!strcmp(f->name, "salutation"))
		return picked ? present(salutation(n.title, a)) : STR("");
	return (struct str){ 0 };
}

/* The field may have a prefix: billing_street. */
static bool called(const struct field *f, const char *part)
{
	size_t n = strlen(f->name), m = strlen(part);
	return n >= m && !strcmp(f->name + n - m, part) && (n == m || f->name[n - m - 1] == '_');
}

static struct str address_part(struct str text, const struct import_rule *rule,
			       const struct import_map *m, struct arena *a)
{
	const struct field *f = rule->field;
	struct address all;
	(void)m;
	address_split(text, &all, a);
	const struct {
		const char *name;
		struct str part;
	} parts[] = {
		{ "street", all.street },     { "ward", all.ward },
		{ "district", all.district }, { "city", all.city },
		{ "country", all.country },   { "postal_code", all.postal_code },
	};
	for (size_t i = 0; i < countof(parts); i++)
		if (called(f, parts[i].name))
			return present(parts[i].part);
	return (struct str){ 0 };
}

import_split *import_split_find(struct str name)
{
	return str_is(name, "name") ? name_part : str_is(name, "address") ? address_part : NULL;
}

size_t import_title_take(const struct import_map *m, struct bind_cell *cells, size_t n,
			 struct arena *a)
{
	static const char *const names[] = { "last_name", "first_name" };
	const struct field *f = entity_field(m->entity, STR("salutation"));
	struct bind_cell *own = bind_cell_for(cells, n, f);
	bool free = f && (!own || !utf8_trim(own->cell.text).n);
	for (size_t i = 0; free && i < countof(names); i++) {
		struct bind_cell *cell =
		    bind_cell_for(cells, n, entity_field(m->entity, str_of(names[i])));
		struct person_name name;
		struct str text = cell ? utf8_trim(cell->cell.text) : STR("");
		if (!text.n)
			continue;
		name_split(text, m->settings->family_first, &name, a);
		if (!name.title.n || !str_starts(text, name.title.p) ||
		    !is_picked(name.title, m, a))
			continue;
		cell->cell.text = utf8_trim(str_sub(text, name.title.n, text.n));
		if (!own)
			own = &cells[n++];
		*own = (struct bind_cell){ .field = f,
					   .cell = { CELL_TEXT, salutation(name.title, a) } };
		free = false;
	}
	return n;
}
