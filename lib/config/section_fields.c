/* Custom fields: what an installation adds to the record types. */
#include "config/sections.h"
#include "store/custom.h"

static const char help[] =
    "fields of one's own, by record type: - key: {type: text, en: …, vi: …}; also default,\n"
    "picklist, ref, help, required, indexed, retired";

static void text_attr(struct emit *e, const char *name, const char *text)
{
	if (text && *text)
		emit_attr(e, name, str_of(text));
}

static void flag_attr(struct emit *e, const char *name, bool flag)
{
	if (flag)
		emit_word(e, name, "true");
}

static void show_field(struct emit *e, const struct custom_field *f)
{
	emit_item(e, 2, str_of(f->name));
	text_attr(e, "type", f->type);
	text_attr(e, "en", f->en);
	text_attr(e, "vi", f->vi);
	text_attr(e, "help", f->help);
	text_attr(e, "picklist", f->picklist);
	text_attr(e, "ref", f->ref);
	text_attr(e, "default", f->def);
	flag_attr(e, "required", f->required);
	flag_attr(e, "indexed", f->indexed);
	flag_attr(e, "retired", f->retired);
	emit_end(e);
}

static void show(const struct config_section *section, struct store *s, struct emit *e,
		 struct arena *a)
{
	for (size_t i = 0; i < s->schema.nentities; i++) {
		size_t n;
		const struct custom_field *f = custom_fields(s, s->schema.entities[i], &n, a);
		if (n && !e->text.n)
			emit_map(e, 0, str_of(section->name));
		if (n)
			emit_map(e, 1, str_of(s->schema.entities[i]->name));
		for (size_t j = 0; j < n; j++)
			show_field(e, &f[j]);
	}
}

static bool put(struct config *c, void *what, struct diag *d)
{
	return custom_put(c->store, what, d) != WROTE_NOTHING;
}

static void differ(struct config *c, const struct custom_field *was, const struct custom_field *now)
{
	const char *what = arena_printf(c->arena, "fields %s.%s", now->entity, now->name).p;
	const struct {
		const char *name;
		bool was, now;
	} flags[] = { { "required", was->required, now->required },
		      { "indexed", was->indexed, now->indexed } };
	config_differs(c, what, "en", was->en, now->en);
	config_differs(c, what, "vi", was->vi, now->vi);
	config_differs(c, what, "help", was->help, now->help);
	config_differs(c, what, "default", was->def, now->def);
	for (size_t i = 0; i < countof(flags); i++)
		if (flags[i].was != flags[i].now)
			config_difference(c, "~ %s: %s %s → %s", what, flags[i].name,
					  flags[i].was ? "true" : "false",
					  flags[i].now ? "true" : "false");
	if (now->retired != was->retired)
		config_difference(c, "%s fields %s: %s %s", now->retired ? "-" : "+", now->entity,
				  now->name,
				  !now->retired		   ? "back in use"
				  : c->flags & CONFIG_BACK ? "retired; a column stays"
							   : "retired");
}

static bool check_type(struct config *c, const struct config_item *item,
		       const struct custom_field *f)
{
	const char **names = arena_new(c->arena, const char *, ncustom_types);
	for (size_t i = 0; i < ncustom_types; i++) {
		names[i] = custom_types[i].name;
		if (f->type && !strcmp(f->type, names[i]))
			return true;
	}
	if (!f->type)
		return config_mistake(c, item->at, item->path, "a new field needs its type");
	return config_mistake(c, config_at(item, "type"), item->path, "there is no type %s%s",
			      quoted(str_of(f->type), c->arena),
			      config_meant(c, str_of(f->type), names, ncustom_types));
}

/* A type, list or record type is for good. */
static bool check_same(struct config *c, const struct config_item *item, const char *name,
		       const char *was, const char *now)
{
	return str_eq(str_of(was), str_of(now)) ||
	       config_mistake(c, config_at(item, name), item->path,
			      "its %s is %s, for good; make another field", name,
			      was ? was : "none");
}

/* Labels stay where nothing is said of them; all else is as the text says. */
static bool read_field(struct config *c, const struct config_item *item,
		       const struct custom_field *have, struct custom_field *f)
{
	static const char *const attrs[] = { "type",	 "en",	    "vi",      "help",
					     "picklist", "ref",	    "default", "required",
					     "indexed",	 "retired", NULL };
	if (have)
		*f = *have;
	f->name = item->key;
	f->def = f->help = NULL;
	f->required = f->indexed = f->retired = false;
	if (item->label)
		f->en = f->vi = item->label;
	bool ok = config_known(c, item->map, item->path, attrs);
	ok &= config_text_attr(c, item, "type", &f->type);
	ok &= config_text_attr(c, item, "en", &f->en);
	ok &= config_text_attr(c, item, "vi", &f->vi);
	ok &= config_text_attr(c, item, "help", &f->help);
	ok &= config_text_attr(c, item, "picklist", &f->picklist);
	ok &= config_text_attr(c, item, "ref", &f->ref);
	ok &= config_text_attr(c, item, "default", &f->def);
	ok &= config_bool_attr(c, item, "required", &f->required);
	ok &= config_bool_attr(c, item, "indexed", &f->indexed);
	ok &= config_bool_attr(c, item, "retired", &f->retired);
	if (!ok || !check_type(c, item, f))
		return false;
	return !have || (check_same(c, item, "type", have->type, f->type) &&
			 check_same(c, item, "picklist", have->picklist, f->picklist) &&
			 check_same(c, item, "ref", have->ref, f->ref));
}

static void plan_field(struct config *c, const struct config_item *item, const char *entity,
		       const struct custom_field *have)
{
	struct custom_field *f = arena_new(c->arena, struct custom_field, 1);
	size_t before = c->differences;
	f->entity = entity;
	if (!read_field(c, item, have, f))
		return;
	if (have)
		differ(c, have, f);
	else
		config_difference(c, "+ fields %s: %s", entity, f->name);
	if (c->differences > before)
		config_do(c, item->at, item->path, put, f);
}

/* A field that the text leaves out stays as a column, and in the history. */
static void leave_out(struct config *c, const struct yaml *y, const struct custom_field *have)
{
	if (have->retired)
		return;
	struct custom_field *f = arena_new(c->arena, struct custom_field, 1);
	*f = *have;
	f->retired = true;
	differ(c, have, f);
	config_do(c, y, arena_printf(c->arena, "fields.%s.%s", f->entity, f->name).p, put, f);
}

static void plan_entity(struct config *c, const struct entity *e, const struct yaml *y)
{
	struct config_item *items;
	size_t n, nhave;
	long mistakes = c->mistakes;
	struct custom_field *have = custom_fields(c->store, e, &nhave, c->arena);
	bool *named = arena_new(c->arena, bool, nhave + 1);
	const char *entity = arena_str(c->arena, str_of(e->name)).p;
	config_items(c, y, arena_printf(c->arena, "fields.%s", entity).p, false, &items, &n);
	for (size_t i = 0; i < n; i++) {
		const struct custom_field *was = NULL;
		for (size_t j = 0; j < nhave; j++)
			if (!strcmp(have[j].name, items[i].key)) {
				was = &have[j];
				named[j] = true;
			}
		plan_field(c, &items[i], entity, was);
	}
	for (size_t j = 0; j < nhave && c->mistakes == mistakes; j++)
		if (!named[j])
			leave_out(c, y, &have[j]);
}

/* Record types that had none, where all that there was is in the text. */
static void plan_unnamed(struct config *c, const struct yaml *y)
{
	const struct schema *s = &c->store->schema;
	static const struct yaml none = { .kind = YAML_LIST };
	for (size_t i = 0; i < s->nentities; i++)
		if (!yaml_get(y, s->entities[i]->name))
			plan_entity(c, s->entities[i], &none);
}

static void plan(struct config *c, const struct yaml *y)
{
	if (yaml_is_null(y) || !config_is_map(c, y, "fields"))
		return;
	const struct schema *s = &c->store->schema;
	if (c->flags & CONFIG_BACK)
		plan_unnamed(c, y);
	const char **names = arena_new(c->arena, const char *, s->nentities);
	for (size_t i = 0; i < s->nentities; i++)
		names[i] = s->entities[i]->name;
	for (size_t i = 0; i < y->n; i++) {
		const struct entity *e = schema_entity(s, y->keys[i].text);
		if (e)
			plan_entity(c, e, &y->items[i]);
		else
			config_mistake(c, &y->keys[i], "fields", "there is no record type %s%s",
				       quoted(y->keys[i].text, c->arena),
				       config_meant(c, y->keys[i].text, names, s->nentities));
	}
}

const struct config_section section_fields = { "fields", help, false, show, plan, NULL };
