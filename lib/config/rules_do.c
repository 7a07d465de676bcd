/* `do`: what rules and steps of sequences do. */
#include "config/rules.h"
#include "query/ref.h"
#include "query/template.h"

static const char *const words[] = {
	[DO_ACTIVITY] = "activity", [DO_SET] = "set",	    [DO_TAG] = "tag",
	[DO_UNTAG] = "untag",	    [DO_ASSIGN] = "assign", [DO_EMIT] = "emit",
};

struct reading {
	struct config *c;
	const struct entity *e;
	const char *path;
};

/* A reference is one that is there. */
static bool check_ref(struct reading *g, const struct yaml *y, const struct field *f,
		      const struct value *v)
{
	struct config *c = g->c;
	struct resolver resolver = { .store = c->store };
	struct diag d = { 0 };
	int64_t id;
	bool ok =
	    f->type != &type_ref || v->kind != V_TEXT ||
	    ref_resolve(&resolver, store_entity(c->store, f->ref), v->s, &id, NULL, &d) ||
	    config_unknown(g->c, y, g->path, "%s: %.*s", f->name, (int)d.message.n, d.message.p);
	resolver_free(&resolver);
	diag_free(&d);
	return ok;
}

static void place_is_wrong(void *ctx, struct diag *d)
{
	struct diag *first = ctx;
	if (!first->message.n)
		diag_set(first, NULL, "%.*s", (int)d->message.n, d->message.p);
}

/* {{name}}: fields of the record that the rule is about. */
static bool check_places(struct reading *g, const struct yaml *y, const char *text)
{
	static const struct template_words none = { 0 };
	struct config *c = g->c;
	struct resolver resolver = { .store = c->store };
	struct template t;
	const struct template *const all[] = { &t };
	struct diag d = { 0 };
	const struct query_context q = {
		.schema = &c->store->schema,
		.settings = &c->store->settings,
		.entity = g->e,
		.arena = c->arena,
		.resolve = ref_resolve_for_query,
		.resolve_ctx = &resolver,
	};
	bool ok = template_parse(str_of(text), "text", &t, c->arena, &d);
	if (!ok)
		config_mistake(c, y, g->path, "%.*s", (int)d.message.n, d.message.p);
	else
		ok = template_check(&q, all, 1, &none, place_is_wrong, &d) ||
		     config_unknown(g->c, y, g->path, "%.*s", (int)d.message.n, d.message.p);
	resolver_free(&resolver);
	diag_free(&d);
	return ok;
}

/* The value behind a field: known to be right today, and kept as it was written. */
static bool read_value(struct reading *g, const struct yaml *y, struct field_text *out)
{
	struct config *c = g->c;
	struct codec codec = store_codec(c->store, c->arena);
	struct value v = { 0 };
	struct diag d = { 0 };
	if (!config_scalar(c, y, g->path, &out->text))
		return false;
	if (out->text && strstr(out->text, "{{") && (!out->field || out->field->type == &type_text))
		return check_places(g, y, out->text);
	if (!out->field || !out->text)
		return true;
	struct cell cell = { CELL_TEXT, str_of(out->text) };
	bool ok = field_parse(out->field, &v, cell, &codec, &d)
		      ? check_ref(g, y, out->field, &v)
		      : config_unknown(g->c, y, g->path, "%s: %.*s", out->name, (int)d.message.n,
				       d.message.p);
	diag_free(&d);
	return ok;
}

static bool no_field(struct reading *g, const struct yaml *key, const struct entity *e,
		     struct str name)
{
	const char *near = nearest_field(e, name);
	return config_unknown(g->c, key, g->path, "there is no field %s on %s%s%s%s",
			      quoted(name, g->c->arena), e->name, near ? "; did you mean " : "",
			      near ? near : "", near ? "?" : "");
}

/* FIELD, or REFERENCE.FIELD. */
static bool read_field(struct reading *g, const struct yaml *key, const struct entity *e,
		       struct field_text *out)
{
	struct config *c = g->c;
	struct str rest = key->text, first;
	str_cut(&rest, '.', &first);
	out->name = arena_str(c->arena, key->text).p;
	out->field = entity_field(e, first);
	if (rest.p && out->field && out->field->type == &type_ref) {
		out->of = out->field;
		e = store_entity(c->store, out->of->ref);
		out->field = entity_field(e, rest);
	}
	if (!out->field)
		return no_field(g, key, e, rest.p ? rest : first);
	if (out->field->flags & (F_SYSTEM | F_DERIVED | F_RETIRED))
		return config_mistake(c, key, g->path, "%s is set by the program", out->name);
	return true;
}

/* Everything in the map but `apart` becomes a pair. */
static bool read_pairs(struct reading *g, const struct yaml *map, const struct entity *e,
		       const char *const *apart, struct deed *out)
{
	bool ok = true;
	out->pairs = arena_new(g->c->arena, struct field_text, map->n);
	for (size_t i = 0; i < map->n; i++) {
		const struct yaml *key = &map->keys[i];
		struct field_text *p = &out->pairs[out->n];
		const char *const *a = apart;
		while (*a && !str_is(key->text, *a))
			a++;
		if (*a)
			continue;
		out->n++;
		p->name = arena_str(g->c->arena, key->text).p;
		ok &= (e ? read_field(g, key, e, p) : config_key(g->c, key, g->path, "a name")) &&
		      read_value(g, &map->items[i], p);
	}
	return ok;
}

static bool needs(struct reading *g, const struct yaml *y, bool there, const char *what)
{
	return there || config_mistake(g->c, y, g->path, "%s is missing", what);
}

static bool is_pick(struct reading *g, const struct yaml *y, const char *list, const char *key)
{
	const struct picklist *l = schema_picklist(&g->c->store->schema, list);
	for (size_t i = 0; i < l->n; i++)
		if (!strcmp(l->picks[i].key, key))
			return true;
	return config_unknown(g->c, y, g->path, "%s has no %s", list,
			      quoted(str_of(key), g->c->arena));
}

/* {kind: call, subject: First call, due: 2h, owner: lan} */
static bool read_activity(struct reading *g, const struct yaml *y, struct deed *out)
{
	static const char *const apart[] = { "due", NULL };
	const struct entity *e = store_entity(g->c->store, "activity");
	if (!config_is_map(g->c, y, g->path))
		return false;
	const struct yaml *due = yaml_get(y, "due");
	return (!due || config_delay(g->c, due, g->path, &out->due)) &&
	       read_pairs(g, y, e, apart, out) &&
	       needs(g, y, yaml_get(y, "kind") != NULL, "kind, such as call or task,");
}

/* {kind: email, template: welcome, any_hour: true, KEY: VALUE} */
static bool read_emit(struct reading *g, const struct yaml *y, struct deed *out)
{
	static const char *const apart[] = { "kind", "template", "any_hour", NULL };
	struct config_item item = { .at = y, .map = y, .path = g->path };
	struct config *c = g->c;
	return config_is_map(c, y, g->path) && config_text_attr(c, &item, "kind", &out->name) &&
	       config_text_attr(c, &item, "template", &out->template) &&
	       config_bool_attr(c, &item, "any_hour", &out->any_hour) &&
	       read_pairs(g, y, NULL, apart, out) &&
	       needs(g, y, out->name != NULL, "kind, such as email or sms,") &&
	       is_pick(g, yaml_get(y, "kind"), "errand.kind", out->name);
}

/* vip, or [vip, big]. */
static bool read_tags(struct reading *g, const struct yaml *y, struct deed *out)
{
	struct buf b = { 0 };
	bool ok = y->kind != YAML_MAP && (y->n || y->kind == YAML_SCALAR);
	size_t n = y->kind == YAML_LIST ? y->n : 1;
	for (size_t i = 0; ok && i < n; i++) {
		const struct yaml *one = y->kind == YAML_LIST ? &y->items[i] : y;
		const char *text;
		ok = config_scalar(g->c, one, g->path, &text) && text;
		if (ok)
			buf_printf(&b, "%s%s", i ? ";" : "", text);
	}
	out->name = buf_copy(&b, g->c->arena).p;
	buf_free(&b);
	return ok || config_mistake(g->c, y, g->path, "a tag is due, or [several]");
}

/* {campaign: NAME} or {sequence: NAME}. */
static bool read_enrol(struct reading *g, const struct yaml *y, struct deed *out)
{
	struct config *c = g->c;
	const struct entity *e = store_entity(c->store, "campaign");
	bool one = y->kind == YAML_MAP && y->n == 1;
	bool campaign = one && str_is(y->keys[0].text, "campaign");
	if (!one || (!campaign && !str_is(y->keys[0].text, "sequence")))
		return config_mistake(c, y, g->path,
				      "{campaign: NAME} or {sequence: NAME} is due behind enrol");
	out->kind = campaign ? DO_CAMPAIGN : DO_SEQUENCE;
	if (!config_scalar(c, &y->items[0], g->path, &out->name))
		return false;
	if (!campaign && out->name && !rules_has_sequence(c, out->name))
		return config_mistake(c, &y->items[0], g->path, "there is no sequence %s",
				      quoted(str_of(out->name), c->arena));
	struct value v = value_text(str_of(out->name));
	struct field f = { .name = "campaign", .type = &type_ref, .ref = e->name };
	return needs(g, y, out->name != NULL, "a name") &&
	       (!campaign || check_ref(g, &y->items[0], &f, &v));
}

/* true; or again: also who has an owner. */
static bool read_assign(struct reading *g, const struct yaml *y, struct deed *out)
{
	out->again = y->kind == YAML_SCALAR && str_is(y->text, "again");
	return out->again || (y->kind == YAML_SCALAR && str_is(y->text, "true")) ||
	       config_mistake(g->c, y, g->path, "assign: true, or assign: again");
}

static bool read_set(struct reading *g, const struct yaml *y, struct deed *out)
{
	static const char *const none[] = { NULL };
	return config_is_map(g->c, y, g->path) && read_pairs(g, y, g->e, none, out);
}

/* The word and what stands behind it. */
static bool read_action(struct reading *g, const struct yaml *key, const struct yaml *y,
			struct deed *out)
{
	static const char *const names[] = { "activity", "set",	  "tag", "untag",
					     "assign",	 "enrol", "emit" };
	*out = (struct deed){ 0 };
	if (str_is(key->text, "enrol"))
		return read_enrol(g, y, out);
	while (out->kind <= DO_EMIT && (!words[out->kind] || !str_is(key->text, words[out->kind])))
		out->kind++;
	if (out->kind == DO_ACTIVITY)
		return read_activity(g, y, out);
	if (out->kind == DO_SET)
		return read_set(g, y, out);
	if (out->kind == DO_TAG || out->kind == DO_UNTAG)
		return read_tags(g, y, out);
	if (out->kind == DO_ASSIGN)
		return read_assign(g, y, out);
	if (out->kind == DO_EMIT)
		return read_emit(g, y, out);
	return config_mistake(g->c, key, g->path, "there is nothing called %s to do%s",
			      quoted(key->text, g->c->arena),
			      config_meant(g->c, key->text, names, countof(names)));
}

bool rules_deeds(struct config *c, const struct yaml *y, const char *path, const struct entity *e,
		 struct sequence_step *out)
{
	struct reading g = { c, e, path };
	struct deed *deeds = arena_new(c->arena, struct deed, y->n + 1);
	bool ok = true;
	if (y->kind == YAML_SCALAR || !y->n)
		return config_mistake(c, y, path, "a list of actions is due, such as [{tag: x}]");
	out->deeds = deeds;
	for (size_t i = 0; i < y->n; i++) {
		const struct yaml *one = &y->items[i];
		bool map = y->kind == YAML_MAP;
		if (!map && (one->kind != YAML_MAP || one->n != 1)) {
			ok = config_mistake(c, one, path, "an action is due, such as {tag: x}");
			continue;
		}
		ok &= read_action(&g, map ? &y->keys[i] : &one->keys[0], map ? one : &one->items[0],
				  &deeds[out->ndeeds]);
		out->ndeeds++;
	}
	return ok;
}

/* {after: 2d, emit: {…}, tag: x}, or {after: 2d, do: […]}. */
bool rules_step(struct config *c, const struct yaml *map, const char *path, const struct entity *e,
		struct sequence_step *out)
{
	struct yaml rest = { .kind = YAML_MAP, .line = map->line, .column = map->column };
	const struct yaml *after, *list;
	struct config_item item = { .at = map, .map = map, .path = path };
	if (!config_is_map(c, map, path) || !config_bool_attr(c, &item, "always", &out->always))
		return false;
	after = yaml_get(map, "after");
	list = yaml_get(map, "do");
	rest.keys = arena_new(c->arena, struct yaml, map->n);
	rest.items = arena_new(c->arena, struct yaml, map->n);
	for (size_t i = 0; i < map->n; i++) {
		struct str key = map->keys[i].text;
		if (str_is(key, "after") || str_is(key, "do") || str_is(key, "always"))
			continue;
		rest.keys[rest.n] = map->keys[i];
		rest.items[rest.n++] = map->items[i];
	}
	if (list && rest.n)
		return config_mistake(c, &rest.keys[0], path, "it stands beside `do`");
	return (!after || config_delay(c, after, path, &out->after)) &&
	       rules_deeds(c, list ? list : &rest, path, e, out);
}
