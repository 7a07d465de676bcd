/* What a map makes of columns besides fields: identities, and properties of a card. */
#include "domain/import_map_impl.h"

/* The field of an identity that holds what f does, by its type. */
static const struct field *further(const struct entity *identity, const struct field *f)
{
	for (size_t i = 0; i < identity->nfields; i++) {
		const struct field *g = &identity->fields[i];
		bool same_handle = f->type != &type_handle || !strcmp(f->name, g->name);
		if (g->type == f->type && f->type != &type_text && same_handle &&
		    f->flags & g->flags & F_MATCH)
			return g;
	}
	return NULL;
}

static bool read_one(struct reading *r, const struct yaml *y)
{
	const struct entity *identity = schema_entity(r->map->schema, STR("identity"));
	struct import_rule rule = map_rule(r, y);
	rule.several = true;
	if (y->kind != YAML_MAP || !map_keys(r, &rule, y, IN_SEVERAL))
		return y->kind == YAML_MAP ||
		       yaml_error(y, r->diag, "several wants {field: FIELD, from: [COLUMN]}");
	if (!rule.field || !rule.nfrom)
		return yaml_error(y, r->diag, "several wants {field: FIELD, from: [COLUMN]}");
	rule.people = true;
	if (rule.only.n)
		return map_add_rule(r, &rule, y);
	const struct field *more = further(identity, rule.field);
	const struct field *whose = entity_field(identity, str_of(r->map->entity->name));
	if (!more || !whose)
		return yaml_error(y, r->diag, "there are no further values of %s on %s",
				  rule.field->name, r->map->entity->name);
	if (!map_add_rule(r, &rule, y))
		return false;
	rule.people = false;
	struct import_part *part = map_add_part(r->map, identity, str_of(rule.field->name));
	part->many = true;
	part->map.match = str_of(more->name);
	struct import_link *link = arena_new(r->map->arena, struct import_link, 1);
	*link = (struct import_link){ whose, STR("row") };
	part->map.links = link;
	part->map.nlinks = 1;
	rule.field = more;
	*import_rule_new(&part->map) = rule;
	rule.field = entity_field(identity, STR("note"));
	rule.is_label = true;
	*import_rule_new(&part->map) = rule;
	return true;
}

bool map_several(struct reading *r, const struct yaml *y)
{
	if (y->kind != YAML_LIST)
		return yaml_error(y, r->diag, "several is a list");
	for (size_t i = 0; i < y->n; i++)
		if (!read_one(r, &y->items[i]))
			return false;
	return true;
}

/* --- card --- */

static bool read_property(struct reading *r, const struct yaml *y, struct import_rule *rule)
{
	*rule = map_rule(r, y);
	if (y->kind == YAML_MAP && !map_keys(r, rule, y, IN_CARD))
		return false;
	return (rule->property.n && rule->nfrom) ||
	       yaml_error(y, r->diag, "card wants {property: NAME, from: [COLUMN]}");
}

bool map_card(struct reading *r, const struct yaml *y)
{
	struct import_map *m = r->map;
	if (y->kind != YAML_LIST)
		return yaml_error(y, r->diag, "card is a list");
	struct import_rule *all = arena_new(m->arena, struct import_rule, m->ncard + y->n);
	if (m->ncard)
		memcpy(all, m->card, m->ncard * sizeof *all);
	m->card = all;
	for (size_t i = 0; i < y->n; i++)
		if (!read_property(r, &y->items[i], &all[m->ncard++]))
			return false;
	return true;
}
