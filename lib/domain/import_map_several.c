/* What a map makes of columns besides fields: further records, identities, properties of a card. */
#include "domain/import_map_impl.h"
#include "schema/line.h"

/* --- further records --- */

struct import_part *map_add_part(struct import_map *m, const struct entity *e, struct str name)
{
	struct import_part *all = arena_new(m->arena, struct import_part, m->nparts + 1);
	if (m->nparts)
		memcpy(all, m->parts, m->nparts * sizeof *all);
	m->parts = all;
	struct import_part *part = &all[m->nparts++];
	part->name = name;
	part->map = (struct import_map){ .schema = m->schema,
					 .settings = m->settings,
					 .entity = e,
					 .arena = m->arena,
					 .optional = true };
	return part;
}

static bool read_when(struct reading *r, struct import_part *part, const struct yaml *y)
{
	const struct yaml *items = y && y->kind == YAML_LIST ? y->items : y;
	size_t n = !y ? 0 : y->kind == YAML_LIST ? y->n : 1;
	part->when = arena_new(r->map->arena, const struct field *, n);
	for (; part->nwhen < n; part->nwhen++)
		if (!map_field(r, &items[part->nwhen], &part->when[part->nwhen]))
			return false;
	return true;
}

/* What is done with a further record besides making it. */
static bool read_manner(struct reading *r, struct import_part *part, const struct yaml *y)
{
	const struct yaml *difference = yaml_get(y, "difference");
	const struct yaml *on_match = yaml_get(y, "on_match");
	if (difference && !map_truth(difference, &part->difference, r->diag))
		return false;
	if (part->difference && !line_whole(r->map->schema, part->map.entity))
		return yaml_error(difference, r->diag, "a difference is a line of an order");
	if (!on_match)
		return true;
	part->fill = str_is(on_match->text, "fill");
	return part->fill || str_is(on_match->text, "update") ||
	       yaml_error(on_match, r->diag, "what is there is updated or filled: update or fill");
}

bool map_part_keys(struct reading *r, struct import_part *part, const struct yaml *y)
{
	return read_when(r, part, yaml_get(y, "when")) && read_manner(r, part, y);
}

/* --- several --- */

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
