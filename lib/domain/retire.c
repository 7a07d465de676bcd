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

static struct stmt *open_records(struct store *s, const struct entity *e, const struct field *f,
				 int64_t user, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select t0.id from ");
	sql_stored(&q, e);
	sql_add(&q, " t0 where ");
	sql_at(&q, 0, f);
	sql_add(&q, " = ");
	sql_int(&q, user);
	add_open(&q, e);
	struct stmt *rows = db_query(s->db, &q);
	sql_free(&q);
	return rows;
}

/* All ids first: what is written changes what is asked. */
static int64_t *ids_of(struct stmt *rows, size_t *n, struct arena *a)
{
	size_t room = 64;
	int64_t *ids = arena_new(a, int64_t, room);
	for (*n = 0; stmt_step(rows); ++*n) {
		if (*n == room) {
			int64_t *more = arena_new(a, int64_t, room * 2);
			ids = memcpy(more, ids, room * sizeof *ids);
			room *= 2;
		}
		ids[*n] = stmt_value(rows, 0).i;
	}
	stmt_close(rows);
	return ids;
}

/* Open ones in which the login has a share; a list of shares is held as ";lan:60;mai:40;". */
static struct stmt *shared_records(struct store *s, const struct entity *e, const struct field *f,
				   struct str login, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select t0.id from ");
	sql_stored(&q, e);
	sql_add(&q, " t0 where replace(");
	sql_at(&q, 0, f);
	sql_add(&q, ", ");
	sql_text(&q, arena_printf(a, ";%.*s:", (int)login.n, login.p));
	sql_add(&q, ", '') <> ");
	sql_at(&q, 0, f);
	add_open(&q, e);
	struct stmt *rows = db_query(s->db, &q);
	sql_free(&q);
	return rows;
}

static struct str login_of(struct store *s, int64_t user, struct arena *a)
{
	struct record r;
	bool there = user && store_get(s, store_entity(s, "user"), user, &r, a);
	return there ? text_of(&r, "login") : (struct str){ 0 };
}

/*
 * The list without `login`, whose percent goes to the heir; where there is none, to whoever
 * has the largest share.  Empty: nobody is left.
 */
static struct str shares_after(struct str list, struct str login, struct str heir, struct arena *a)
{
	struct str rest = list, share, who, out = STR("");
	int64_t percent, gone = 0, most = 0;
	bool given = !heir.n;
	for (int round = 0; round < 2; round++) /* how much it is, and who is to have it */
		for (rest = list; str_cut(&rest, ';', &share);) {
			size_t colon = (size_t)(str_find(share, ':') + 1);
			who = str_sub(share, 0, colon ? colon - 1 : 0);
			if (!who.n || !str_int(str_sub(share, colon, share.n), &percent))
				continue;
			bool leaves = str_eq(who, login);
			if (!round && leaves)
				gone = percent;
			if (!round && !leaves && given && percent > most) {
				most = percent;
				heir = who;
			}
			if (!round || leaves)
				continue;
			bool inherits = str_eq(who, heir);
			given = given || inherits;
			out = arena_printf(a, "%.*s%.*s:%lld;", (int)out.n, out.p, (int)who.n,
					   who.p, (long long)(percent + (inherits ? gone : 0)));
		}
	return given ? out
		     : arena_printf(a, "%.*s%.*s:%lld", (int)out.n, out.p, (int)heir.n, heir.p,
				    (long long)gone);
}

static bool hand_over_share(struct store *s, const struct entity *e, const struct field *f,
			    int64_t id, struct str login, int64_t to, struct arena *a,
			    struct diag *d)
{
	struct record have, r = record_new(e, a);
	struct codec c = store_codec(s, a);
	if (!store_get(s, e, id, &have, a))
		return true;
	const struct value *owner = record_at(&have, "owner");
	struct str heir = login_of(s, to ? to : owner->kind == V_INT ? owner->i : 0, a);
	struct str list = shares_after(text_of(&have, f->name), login, heir, a);
	r.id = id;
	r.values[field_index(e, f)] = value_null();
	bool ok = (!list.n || field_parse(f, &r.values[field_index(e, f)],
					  (struct cell){ CELL_TEXT, list }, &c, d)) &&
		  store_put(s, &r, 0, a, d) != WROTE_NOTHING;
	if (!ok)
		d->source = ref_print(e, id, &d->arena);
	return ok;
}

/* Once the records themselves have changed hands: an heir may be their new owner. */
static bool hand_over_shares(struct store *s, const struct entity *e, int64_t user, int64_t to,
			     struct handed *out, struct arena *a, struct diag *d)
{
	struct str login = login_of(s, user, a);
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		size_t have;
		if (f->type != &type_shares)
			continue;
		int64_t *ids = ids_of(shared_records(s, e, f, login, a), &have, a);
		for (size_t j = 0; j < have; j++)
			if (!hand_over_share(s, e, f, ids[j], login, to, a, d))
				return false;
		*out = (struct handed){ e, (long)have, true };
	}
	return true;
}

static bool hand_over(struct store *s, const struct entity *e, const struct field *f, int64_t id,
		      int64_t to, struct diag *d)
{
	struct arena a = { 0 };
	struct record r = record_new(e, &a);
	r.id = id;
	r.values[field_index(e, f)] = to ? value_int(to) : value_null();
	bool ok = store_put(s, &r, 0, &a, d) != WROTE_NOTHING;
	if (!ok)
		d->source = ref_print(e, id, &d->arena);
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
			all[i].ids = ids_of(open_records(s, e, f, user, a), &all[i].n, a);
	}
	return all;
}

bool retire_hand_over(struct store *s, int64_t user, int64_t to, struct handed **out, size_t *n,
		      struct arena *a, struct diag *d)
{
	const struct estate *all = estates_of(s, user, a);
	*out = arena_new(a, struct handed, s->schema.nentities * 2);
	*n = 0;
	for (size_t i = 0; i < s->schema.nentities; i++) {
		const struct entity *e = s->schema.entities[i];
		struct handed shares = { 0 };
		if (!responsible(e))
			continue;
		for (size_t j = 0; j < all[i].n; j++)
			if (!hand_over(s, e, responsible(e), all[i].ids[j], to, d))
				return false;
		if (all[i].n)
			(*out)[(*n)++] = (struct handed){ e, (long)all[i].n, false };
		if (!hand_over_shares(s, e, user, to, &shares, a, d))
			return false;
		if (shares.n)
			(*out)[(*n)++] = shares;
	}
	return true;
}
