/* Teams and users: records, written as every record is. */
#include "config/sections.h"
#include "query/ref.h"
#include "schema/check.h"

/* What a section shows and takes of its records: nothing else of them changes. */
struct people {
	const struct config_section *section;
	const char *entity;
	const char *const *fields; /* besides the key, which names the item */
	const char *label;	   /* the one that "- key: text" gives */
	const char *later;	   /* one that names records of a section further down; or NULL */
	bool removes;		   /* who is left out goes; else is no longer active */
};

static const char *const team_fields[] = { "department", "manager", NULL };
static const char *const user_fields[] = { "name",  "email",  "phone",	     "role",
					   "team",  "active", "weight",	     "capacity",
					   "shift", "skills", "territories", NULL };

static const struct people all[] = {
	{ &section_teams, "team", team_fields, "department", "manager", true },
	{ &section_users, "user", user_fields, "name", NULL, false },
};

static const struct people *people_of(const struct config_section *section)
{
	const struct people *p = all;
	while (p->section != section)
		p++;
	return p;
}

static const struct entity *entity_of(const struct store *s, const struct people *p)
{
	return store_entity(s, p->entity);
}

/* As the text has it: references by the key of what they name.  Empty: nothing there. */
static struct str printed(struct store *s, const struct field *f, const struct value *v,
			  struct arena *a)
{
	struct codec c = store_codec(s, a);
	struct record other;
	if (v->kind == V_NONE || v->kind == V_NULL)
		return (struct str){ "", 0 };
	if (f->type == &type_ref && v->kind == V_INT) {
		const struct entity *to = store_entity(s, f->ref);
		if (store_get(s, to, v->i, &other, a) && to->key)
			return text_of(&other, to->key);
	}
	return field_print(f, v, &c).text;
}

static struct str key_text(const struct record *r)
{
	return text_of(r, r->entity->key);
}

static void show_one(const struct people *p, struct store *s, struct emit *e,
		     const struct record *r, struct arena *a)
{
	emit_item(e, 1, key_text(r));
	for (const char *const *name = p->fields; *name; name++) {
		const struct field *f = entity_field(r->entity, str_of(*name));
		struct str text = printed(s, f, record_at(r, *name), a);
		if (!text.n || (f->def && f->type != &type_pick && str_is(text, f->def)))
			continue;
		if (f->type == &type_bool || f->type == &type_int)
			emit_word(e, *name, arena_str(a, text).p);
		else
			emit_attr(e, *name, text);
	}
	emit_end(e);
}

/* All ids of a type, in their order. */
static int64_t *ids_of(struct store *s, const struct entity *e, size_t *n, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_table(&q, e);
	sql_add(&q, " order by id");
	int64_t *ids = db_ids(s->db, &q, n, a);
	sql_free(&q);
	return ids;
}

static void show(const struct config_section *section, struct store *s, struct emit *e,
		 struct arena *a)
{
	const struct people *p = people_of(section);
	const struct entity *type = entity_of(s, p);
	struct record r;
	size_t n;
	int64_t *ids = ids_of(s, type, &n, a);
	if (!n)
		return;
	emit_map(e, 0, str_of(section->name));
	for (size_t i = 0; i < n; i++)
		if (store_get(s, type, ids[i], &r, a))
			show_one(p, s, e, &r, a);
}

/* One record as the text wants it. */
struct want {
	const struct people *people;
	const struct config_item *item;
	const char *path;
	int64_t id;	    /* 0: a new one */
	const char *key;    /* its name, where that is new */
	const char **texts; /* one a field of people: NULL: not mentioned, "": empty */
};

static int64_t find(struct store *s, const struct entity *e, const char *key, struct arena *a)
{
	const struct field *f = entity_key(e);
	struct codec c = store_codec(s, a);
	struct value v = value_text(str_of(key)), folded = field_key(f, &v, &c);
	int64_t id;
	return folded.kind == V_TEXT && store_find(s, e, f, folded.s, &id, 1) ? id : 0;
}

/* The record with what is mentioned; `late`: the one field that waits, or all others. */
static bool fill(struct config *c, const struct want *w, struct record *r, bool late,
		 struct diag *d)
{
	struct codec codec = store_codec(c->store, c->arena);
	struct resolver resolver = { .store = c->store };
	bool ok = true;
	r->id = w->id;
	if (!late && w->key)
		*record_get(r, r->entity->key) = value_text(str_of(w->key));
	for (size_t i = 0; ok && w->people->fields[i]; i++) {
		const char *name = w->people->fields[i];
		bool waits = w->people->later && !strcmp(name, w->people->later);
		struct cell cell = { CELL_TEXT, str_of(w->texts[i]) };
		if (!w->texts[i] || waits != late)
			continue;
		if (!cell.text.n)
			*record_get(r, name) = value_null();
		else
			ok = field_parse(entity_field(r->entity, str_of(name)), record_get(r, name),
					 cell, &codec, d);
	}
	ok = ok && ref_resolve_record(&resolver, r, d);
	resolver_free(&resolver);
	return ok;
}

static bool put(struct config *c, struct want *w, bool late, struct diag *d)
{
	struct record r = record_new(entity_of(c->store, w->people), c->arena);
	if (!fill(c, w, &r, late, d) || store_put(c->store, &r, 0, c->arena, d) == WROTE_NOTHING)
		return false;
	w->id = r.id;
	return true;
}

static bool put_now(struct config *c, void *what, struct diag *d)
{
	return put(c, what, false, d);
}

static bool put_late(struct config *c, void *what, struct diag *d)
{
	return put(c, what, true, d);
}

static bool remove_one(struct config *c, void *what, struct diag *d)
{
	const struct want *w = what;
	return store_remove(c->store, entity_of(c->store, w->people), w->id, c->arena, d);
}

/* Whoever applies a text must still be able to apply the next. */
static bool stays_admin(struct config *c, void *what, struct diag *d)
{
	struct store *s = c->store;
	struct record r;
	(void)what;
	return !s->settings.user ||
	       !store_get(s, store_entity(s, "user"), s->settings.user, &r, c->arena) ||
	       (str_is(text_of(&r, "role"), "admin") && is_true(&r, "active")) ||
	       diag_set(d, NULL, "%s would not be an admin any more; that takes another admin",
			quoted(s->settings.login, &d->arena));
}

/* A value that nothing could be parsed from, or a record that nobody knows. */
static bool check_value(struct config *c, const struct want *w, const struct field *f,
			const char *text, const struct record *have, bool *same)
{
	struct record r = record_new(entity_of(c->store, w->people), c->arena);
	struct codec codec = store_codec(c->store, c->arena);
	struct resolver resolver = { .store = c->store };
	struct diag d = { 0 };
	struct value *v = record_get(&r, f->name);
	struct cell cell = { CELL_TEXT, str_of(text) };
	*v = value_null();
	bool to_come = false;
	bool ok = !*text || field_parse(f, v, cell, &codec, &d);
	if (ok && v->kind == V_TEXT && f->type == &type_ref) {
		to_come = config_mentions(c, strcmp(f->ref, "team") ? "users" : "teams", NULL,
					  str_of(text));
		ok = ref_resolve_record(&resolver, &r, &d) || to_come;
	}
	*same = have && v->kind != V_NONE && value_eq(v, record_at(have, f->name));
	if (!ok)
		config_mistake(c, config_at(w->item, f->name),
			       arena_printf(c->arena, "%s.%s", w->item->path, f->name).p, "%.*s",
			       (int)d.message.n, d.message.p);
	resolver_free(&resolver);
	diag_free(&d);
	return ok;
}

/* What the item says of each field. */
static void read_texts(struct config *c, struct want *w)
{
	const struct config_item *item = w->item;
	size_t n = 0;
	while (w->people->fields[n])
		n++;
	const char **known = arena_new(c->arena, const char *, n + 2);
	memcpy(known, w->people->fields, n * sizeof *known);
	known[n] = w->people->removes ? "was" : NULL; /* a login is for good */
	config_known(c, item->map, item->path, known);
	w->texts = arena_new(c->arena, const char *, n);
	for (size_t i = 0; i < n; i++) {
		const char *name = w->people->fields[i];
		if (item->map && yaml_get(item->map, name)) {
			config_text_attr(c, item, name, &w->texts[i]);
			if (!w->texts[i])
				w->texts[i] = "";
		} else if (!strcmp(name, "active")) {
			w->texts[i] = "true";
		} else if (!strcmp(name, w->people->label)) {
			w->texts[i] = item->label;
		}
	}
}

/* The record that the item names, or once did. */
static bool find_record(struct config *c, struct want *w)
{
	const struct entity *e = entity_of(c->store, w->people);
	const char *was = NULL;
	w->id = find(c->store, e, w->item->key, c->arena);
	if (!config_text_attr(c, w->item, "was", &was))
		return false;
	if (was && !w->id) {
		w->id = find(c->store, e, was, c->arena);
		w->key = w->item->key;
		if (!w->id)
			return config_mistake(c, config_at(w->item, "was"), w->item->path,
					      "there is no %s %s", e->name,
					      quoted(str_of(was), c->arena));
		config_difference(c, "~ %s: %s renamed %s", c->section->name, was, w->key);
	}
	if (!w->id) {
		w->key = w->item->key;
		config_difference(c, "+ %s: %s", c->section->name, w->key);
	}
	return true;
}

static void differ(struct config *c, const struct want *w, const struct field *f,
		   const struct record *have, const char *text)
{
	const char *section = c->section->name, *key = w->item->key;
	struct str was = printed(c->store, f, record_at(have, f->name), c->arena);
	if (!strcmp(f->name, "active"))
		config_difference(c, *text == 't' ? "+ %s: %s back" : "- %s: %s retired", section,
				  key);
	else
		config_differs(c, arena_printf(c->arena, "%s %s", section, key).p, f->name,
			       was.n ? arena_str(c->arena, was).p : NULL, *text ? text : NULL);
}

/* Reports what differs; the steps that write it. */
static void plan_one(struct config *c, struct want *w)
{
	const struct entity *e = entity_of(c->store, w->people);
	struct record have;
	size_t before = c->differences;
	bool late = false;
	read_texts(c, w);
	if (!find_record(c, w))
		return;
	bool known = w->id && store_get(c->store, e, w->id, &have, c->arena);
	for (size_t i = 0; w->people->fields[i]; i++) {
		const struct field *f = entity_field(e, str_of(w->people->fields[i]));
		bool same;
		if (!w->texts[i] || !check_value(c, w, f, w->texts[i], known ? &have : NULL, &same))
			continue;
		if (!same && w->people->later && !strcmp(f->name, w->people->later))
			late = true;
		if (known && !same)
			differ(c, w, f, &have, w->texts[i]);
	}
	if (c->differences > before)
		config_do(c, w->item->at, w->item->path, put_now, w);
	if (late)
		config_do_later(c, config_at(w->item, w->people->later), w->item->path, put_late,
				w);
}

/* Who is there and not in the text. */
static void leave_out(struct config *c, const struct yaml *y, const struct people *p,
		      const struct want *wants, size_t nwants)
{
	const struct entity *e = entity_of(c->store, p);
	size_t n;
	int64_t *ids = ids_of(c->store, e, &n, c->arena);
	for (size_t i = 0; i < n; i++) {
		struct record r;
		bool wanted = false;
		for (size_t j = 0; j < nwants; j++)
			wanted |= wants[j].id == ids[i];
		if (wanted || !store_get(c->store, e, ids[i], &r, c->arena) ||
		    (!p->removes && !is_true(&r, "active")))
			continue;
		struct want *w = arena_new(c->arena, struct want, 1);
		*w = (struct want){ .people = p, .id = ids[i] };
		w->path = arena_printf(c->arena, "%s.%.*s", c->section->name, (int)key_text(&r).n,
				       key_text(&r).p)
			      .p;
		config_difference(c, "- %s: %.*s%s", c->section->name, (int)key_text(&r).n,
				  key_text(&r).p, p->removes ? "" : " retired");
		if (p->removes) {
			config_do_later(c, y, w->path, remove_one, w);
			continue;
		}
		size_t fields = countof(user_fields);
		w->texts = arena_new(c->arena, const char *, fields);
		for (size_t j = 0; p->fields[j]; j++)
			if (!strcmp(p->fields[j], "active"))
				w->texts[j] = "false";
		config_do(c, y, w->path, put_now, w);
	}
}

static void plan(struct config *c, const struct yaml *y)
{
	const struct people *p = people_of(c->section);
	struct config_item *items;
	size_t n, before = c->differences;
	long mistakes = c->mistakes;
	config_items(c, y, c->section->name, true, &items, &n);
	struct want *wants = arena_new(c->arena, struct want, n + 1);
	for (size_t i = 0; i < n; i++) {
		wants[i] = (struct want){ .people = p, .item = &items[i] };
		plan_one(c, &wants[i]);
	}
	if (c->mistakes > mistakes)
		return;
	leave_out(c, y, p, wants, n);
	if (!p->removes && c->differences > before)
		config_do_later(c, y, c->section->name, stays_admin, NULL);
}

const struct config_section section_teams = {
	"teams", "teams, each with its department and manager; one that is left out is removed",
	true,	 show,
	plan,	 NULL
};

const struct config_section section_users = {
	"users", "people who work here, by their logins; one who is left out is no longer active",
	true,	 show,
	plan,	 NULL
};
