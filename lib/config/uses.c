/* Who holds the values of a picklist. */
#include "config/uses.h"

#include "config/sections.h"
#include "store/configure.h"

static const struct picklist *shipped_list(const char *list)
{
	const struct picklist *l;
	for (size_t i = 0; (l = default_picklist_at(i)); i++)
		if (!strcmp(l->name, list))
			return l;
	return NULL;
}

const char *picklist_fixed(const char *list)
{
	const struct picklist *l = shipped_list(list);
	return l ? l->fixed : NULL;
}

static bool is_fixed(const char *list, const char *key)
{
	const struct picklist *l = shipped_list(list);
	const char *fixed = l ? l->fixed : NULL;
	bool all = str_is(str_of(fixed), "*");
	for (size_t i = 0; all && i < l->n; i++)
		if (!strcmp(l->picks[i].key, key))
			return true;
	return words_have(fixed, str_of(key));
}

/* Calls visit for each field that takes its values from the list. */
static int64_t each_field(struct store *s, const char *list,
			  int64_t (*visit)(struct store *, const struct entity *,
					   const struct field *, const char *const *),
			  const char *const *keys)
{
	int64_t sum = 0;
	for (size_t i = 0; i < s->schema.nentities; i++) {
		const struct entity *e = s->schema.entities[i];
		for (size_t j = 0; j < e->nfields; j++) {
			const struct field *f = &e->fields[j];
			if (f->type == &type_pick && !strcmp(f->picklist, list))
				sum += visit(s, e, f, keys);
		}
	}
	return sum;
}

/* What the text at hand says of a custom field; NULL: nothing. */
static const struct yaml *said_of(const struct config *c, const char *entity, const char *name)
{
	const struct yaml *fields = yaml_get(c->root, "fields");
	const struct yaml *items =
	    fields && fields->kind == YAML_MAP ? yaml_get(fields, entity) : NULL;
	for (size_t i = 0; items && items->kind == YAML_LIST && i < items->n; i++) {
		const struct yaml *item = &items->items[i];
		bool map = item->kind == YAML_MAP && item->n == 1;
		if (str_is(map ? item->keys[0].text : item->text, name))
			return map ? &item->items[0] : item;
	}
	return NULL;
}

/* Whether the field will begin with it, which for a custom one the text may say itself. */
static bool begins_with(const struct config *c, const struct entity *e, const struct field *f,
			const char *key)
{
	const struct yaml *said = f->flags & F_CUSTOM ? said_of(c, e->name, f->name) : NULL;
	const struct yaml *def = said && said->kind == YAML_MAP ? yaml_get(said, "default") : NULL;
	return said ? def && str_is(def->text, key) : !strcmp(f->def, key);
}

/* The first field in use that begins with it. */
static const struct field *default_of(const struct config *c, const char *list, const char *key,
				      const struct entity **e)
{
	const struct schema *s = &c->store->schema;
	for (size_t i = 0; i < s->nentities; i++)
		for (size_t j = 0; j < s->entities[i]->nfields; j++) {
			const struct field *f = &s->entities[i]->fields[j];
			*e = s->entities[i];
			if (f->type == &type_pick && f->def && !(f->flags & F_RETIRED) &&
			    !strcmp(f->picklist, list) && begins_with(c, *e, f, key))
				return f;
		}
	return NULL;
}

const char *value_needed(const struct config *c, const char *list, const char *key)
{
	const struct entity *e;
	if (is_fixed(list, key))
		return "the program itself needs it";
	const struct field *f = default_of(c, list, key, &e);
	return f ? arena_printf(c->arena, "it is the default of %s.%s", e->name, f->name).p : NULL;
}

static int64_t visit_default(struct store *s, const struct entity *e, const struct field *f,
			     const char *const *keys)
{
	(void)s;
	(void)e;
	return f->def && !strcmp(f->def, keys[0]);
}

bool uses_default(struct store *s, const char *list, const char *key)
{
	return each_field(s, list, visit_default, &key) > 0;
}

static int64_t visit_any(struct store *s, const struct entity *e, const struct field *f,
			 const char *const *keys)
{
	(void)s;
	(void)e;
	(void)f;
	(void)keys;
	return 1;
}

bool uses_list(struct store *s, const char *list)
{
	return each_field(s, list, visit_any, NULL) > 0;
}

/* `fields: {lead: [- floor: {type: picklist, picklist: storeys}]}`; without: lead.floor */
bool config_brings_list(const struct config *c, const char *list)
{
	const struct yaml *fields = yaml_get(c->root, "fields");
	for (size_t i = 0; fields && fields->kind == YAML_MAP && i < fields->n; i++) {
		const struct yaml *items = &fields->items[i];
		for (size_t j = 0; items->kind == YAML_LIST && j < items->n; j++) {
			const struct yaml *item = &items->items[j];
			if (item->kind != YAML_MAP || item->n != 1)
				continue;
			const struct yaml *named = yaml_get(&item->items[0], "picklist");
			struct str own =
			    arena_printf(c->arena, "%.*s.%.*s", (int)fields->keys[i].text.n,
					 fields->keys[i].text.p, (int)item->keys[0].text.n,
					 item->keys[0].text.p);
			if (str_is(own, list) || (named && str_is(named->text, list)))
				return true;
		}
	}
	return false;
}

static int64_t visit_count(struct store *s, const struct entity *e, const struct field *f,
			   const char *const *keys)
{
	const struct store_match m = { f, value_text(str_of(keys[0])) };
	return store_count_matching(s, e, &m, 1);
}

int64_t uses_count(struct store *s, const char *list, const char *key)
{
	return each_field(s, list, visit_count, &key);
}

static int64_t visit_rename(struct store *s, const struct entity *e, const struct field *f,
			    const char *const *names)
{
	const struct store_match m = { f, value_text(str_of(names[0])) };
	return store_rewrite(s, e, value_text(str_of(names[1])), &m, 1);
}

int64_t uses_rename(struct store *s, const char *list, const char *was, const char *now)
{
	const char *names[] = { was, now };
	sla_rename_value(s, list, was, now);
	return each_field(s, list, visit_rename, names);
}

bool config_has_pick(const struct config *c, const char *list, struct str key)
{
	const struct yaml *lists = yaml_get(c->root, "picklists");
	const struct picklist *l = schema_picklist(&c->store->schema, list);
	if (lists && lists->kind == YAML_MAP && yaml_get(lists, list))
		return config_mentions(c, "picklists", list, key);
	for (size_t i = 0; i < l->n; i++)
		if (str_is(key, l->picks[i].key))
			return true;
	return false;
}
