/* Somebody leaves. */
#include "domain/retire.h"

#include "schema/check.h"

/*
 * What of a type is still to be worked on; a type that is not here has no end.  Orders
 * are sales from their confirmation on, and sales stay with whoever made them.
 */
static const struct {
	const char *entity, *open;
} endings[] = {
	{ "lead", " and status not in ('disqualified', 'converted')" },
	{ "deal", " and exists (select 1 from stage s where s.pipeline = t0.pipeline"
		  " and s.key = t0.stage and s.kind = 'open')" },
	{ "activity", " and status = 'planned'" },
	{ "ticket", " and status not in ('resolved', 'closed')" },
	{ "quote", " and status in ('draft', 'sent')" },
	{ "order", " and status = 'draft'" },
	{ "campaign", " and status <> 'done'" },
};

/* The field by which records are somebody's to look after; history has an owner of its time. */
static const struct field *responsible(const struct entity *e)
{
	const char *name = !strcmp(e->name, "team") ? "manager" : "owner";
	const struct field *f = entity_field(e, str_of(name));
	for (size_t i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & F_PART)
			return NULL;
	return f && f->type == &type_ref && !strcmp(f->ref, "user") ? f : NULL;
}

static void add_open(struct sql *q, const struct entity *e)
{
	for (size_t i = 0; i < countof(endings); i++)
		if (!strcmp(endings[i].entity, e->name))
			sql_add_literal(q, endings[i].open);
	sql_add(q, " order by t0.id");
}

static int64_t *open_records(struct store *s, const struct entity *e, const struct field *f,
			     int64_t user, size_t *n, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select t0.id from ");
	sql_stored(&q, e);
	sql_add(&q, " t0 where ");
	sql_at(&q, 0, f);
	sql_add(&q, " = ");
	sql_int(&q, user);
	add_open(&q, e);
	int64_t *ids = db_ids(s->db, &q, n, a);
	sql_free(&q);
	return ids;
}

/* Somebody who leaves, and what hands over what is theirs. */
struct leaving {
	struct store *s;
	int64_t to; /* 0: nobody */
	struct str login;
	struct arena *a; /* of the caller */
	struct diag *d;
};

/* Open ones in which they have a share; a list of shares is held as ";lan:60;mai:40;". */
static int64_t *shared_records(const struct leaving *l, const struct entity *e,
			       const struct field *f, size_t *n)
{
	struct sql q = { .arena = l->a };
	sql_add(&q, "select t0.id from ");
	sql_stored(&q, e);
	sql_add(&q, " t0 where replace(");
	sql_at(&q, 0, f);
	sql_add(&q, ", ");
	sql_text(&q, arena_printf(l->a, ";%.*s:", (int)l->login.n, l->login.p));
	sql_add(&q, ", '') <> ");
	sql_at(&q, 0, f);
	add_open(&q, e);
	int64_t *ids = db_ids(l->s->db, &q, n, l->a);
	sql_free(&q);
	return ids;
}

static struct str login_of(struct store *s, int64_t user, struct arena *a)
{
	struct record r;
	bool there = user && store_get(s, store_entity(s, "user"), user, &r, a);
	return there ? text_of(&r, "login") : (struct str){ 0 };
}

static bool next_share(struct str *rest, struct str *who, int64_t *percent)
{
	for (struct str share; str_cut(rest, ';', &share);) {
		ptrdiff_t colon = str_find(share, ':');
		if (colon > 0 && str_int(str_sub(share, (size_t)colon + 1, share.n), percent)) {
			*who = str_sub(share, 0, (size_t)colon);
			return true;
		}
	}
	return false;
}

/* Who besides `login` has most of it; empty: nobody has any. */
static struct str largest_share(struct str list, struct str login)
{
	struct str who, found = { 0 };
	int64_t percent, most = 0;
	while (next_share(&list, &who, &percent))
		if (percent > most && !str_eq(who, login)) {
			most = percent;
			found = who;
		}
	return found;
}

/* The list without `login`, whose percent goes to the heir.  Empty: nobody is left. */
static struct str shares_after(struct str list, struct str login, struct str heir, struct arena *a)
{
	struct str who, out = STR("");
	int64_t percent, gone = 0;
	bool shares = false; /* the heir has one already */
	for (struct str rest = list; next_share(&rest, &who, &percent);)
		if (str_eq(who, login))
			gone = percent;
	for (struct str rest = list; next_share(&rest, &who, &percent);) {
		bool inherits = str_eq(who, heir);
		if (str_eq(who, login))
			continue;
		shares = shares || inherits;
		out = arena_printf(a, "%.*s%.*s:%lld;", (int)out.n, out.p, (int)who.n, who.p,
				   (long long)(percent + (inherits ? gone : 0)));
	}
	if (shares || !heir.n)
		return out;
	return arena_printf(a, "%.*s%.*s:%lld", (int)out.n, out.p, (int)heir.n, heir.p,
			    (long long)gone);
}

static bool put(const struct leaving *l, struct record *r, struct arena *a)
{
	bool ok = store_put(l->s, r, 0, a, l->d) != WROTE_NOTHING;
	if (!ok)
		l->d->source = ref_print(r->entity, r->id, &l->d->arena);
	return ok;
}

static bool hand_over_share(const struct leaving *l, const struct entity *e, const struct field *f,
			    int64_t id)
{
	struct record have, r = record_new(e, l->a);
	struct codec c = store_codec(l->s, l->a);
	struct value *v = &r.values[field_index(e, f)];
	if (!store_get(l->s, e, id, &have, l->a))
		return true;
	const struct value *owner = record_at(&have, "owner");
	struct str list = text_of(&have, f->name);
	struct str heir = login_of(l->s, l->to ? l->to : owner->kind == V_INT ? owner->i : 0, l->a);
	if (!heir.n)
		heir = largest_share(list, l->login);
	list = shares_after(list, l->login, heir, l->a);
	r.id = id;
	*v = value_null();
	return (!list.n || field_parse(f, v, (struct cell){ CELL_TEXT, list }, &c, l->d)) &&
	       put(l, &r, l->a);
}

/* Once the records themselves have changed hands: an heir may be their new owner. */
static bool hand_over_shares(const struct leaving *l, const struct entity *e, struct handed *out)
{
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		size_t n;
		if (f->type != &type_shares)
			continue;
		int64_t *ids = shared_records(l, e, f, &n);
		for (size_t j = 0; j < n; j++)
			if (!hand_over_share(l, e, f, ids[j]))
				return false;
		*out = (struct handed){ e, (long)n, true };
	}
	return true;
}

static bool hand_over(const struct leaving *l, const struct entity *e, int64_t id)
{
	struct arena a = { 0 };
	struct record r = record_new(e, &a);
	r.id = id;
	r.values[field_index(e, responsible(e))] = l->to ? value_int(l->to) : value_null();
	bool ok = put(l, &r, &a);
	arena_free(&a);
	return ok;
}

/* What they have to look after of each record type, before anything that follows from a change. */
struct estate {
	int64_t *ids;
	size_t n;
};

static struct estate *estates_of(struct store *s, int64_t user, struct arena *a)
{
	struct estate *all = arena_new(a, struct estate, s->schema.nentities);
	for (size_t i = 0; i < s->schema.nentities; i++) {
		const struct entity *e = s->schema.entities[i];
		const struct field *f = responsible(e);
		if (f)
			all[i].ids = open_records(s, e, f, user, &all[i].n, a);
	}
	return all;
}

bool retire_hand_over(struct store *s, int64_t user, int64_t to, struct handed **out, size_t *n,
		      struct arena *a, struct diag *d)
{
	const struct estate *all = estates_of(s, user, a);
	const struct leaving l = { s, to, login_of(s, user, a), a, d };
	*out = arena_new(a, struct handed, s->schema.nentities * 2);
	*n = 0;
	for (size_t i = 0; i < s->schema.nentities; i++) {
		const struct entity *e = s->schema.entities[i];
		struct handed shares = { 0 };
		if (!responsible(e))
			continue;
		for (size_t j = 0; j < all[i].n; j++)
			if (!hand_over(&l, e, all[i].ids[j]))
				return false;
		if (all[i].n)
			(*out)[(*n)++] = (struct handed){ e, (long)all[i].n, false };
		if (!hand_over_shares(&l, e, &shares))
			return false;
		if (shares.n)
			(*out)[(*n)++] = shares;
	}
	return true;
}
