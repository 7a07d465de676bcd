/* Who has the person of a lead already: by telephone, e-mail, Zalo …, in whatever record. */
#include "core/date.h"
#include "domain/assign_impl.h"
#include "domain/match.h"

/* By bit of KNOWN_*. */
static const enum match_by signs[] = { MATCH_PHONE, MATCH_EMAIL, MATCH_ZALO, MATCH_FACEBOOK,
				       MATCH_TAX_CODE };

struct search {
	struct store *store;
	const struct record *lead;
	int64_t since; /* who was touched before is known no longer */
	bool first;    /* of several who had them first, and not who last had to do with them */
	struct known *best;
	int64_t had; /* since when the best has them */
};

/* id, place, owner (who still works here), and when they last had to do with them. */
enum { ID, PLACE, OWNER, TIMES };
static const char *const times[] = { "created_at", "last_contacted_at", "assigned_at",
				     "stage_since", NULL };

static void add_times(struct sql *q, const struct entity *e)
{
	for (const char *const *name = times; *name; name++) {
		const struct field *f = entity_field(e, str_of(*name));
		if (!f)
			continue;
		sql_add(q, ", ");
		sql_at(q, 0, f);
	}
}

static void add_owners(struct sql *q, const struct entity *e)
{
	sql_add(q, " left join main.\"user\" u on u.id = ");
	sql_at(q, 0, entity_field(e, STR("owner")));
	sql_add(q, " and u.active = 1");
}

static struct stmt *people_with(struct store *s, const struct entity *e, enum match_by sign)
{
	const struct {
		const struct entity *e;
		unsigned sign, what;
	} name = { e, sign, 1u << 16 }; /* match.c has names of this form, too */
	struct str key = { (const char *)&name, sizeof name };
	struct stmt *kept = store_kept_as(s, key, NULL);
	struct arena a = { 0 };
	struct sql with = { .arena = &a }, q = { .arena = &a };
	if (kept)
		return kept;
	match_sql(&with, &s->schema, e, sign, MATCH_HIDDEN);
	sql_add(&q, "select m.id, m.place, u.id");
	add_times(&q, e);
	sql_add(&q, " from (");
	sql_append(&q, &with);
	sql_add(&q, ") m join ");
	sql_stored(&q, e);
	sql_add(&q, " t0 on t0.id = m.id");
	add_owners(&q, e);
	if (!strcmp(e->name, "lead")) /* what became of a converted one is known itself */
		sql_add(&q, " where t0.status <> 'converted'");
	kept = with.nparams ? store_kept_as(s, key, &q) : NULL;
	sql_free(&with);
	sql_free(&q);
	arena_free(&a);
	return kept;
}

/* By columns TIMES: the latest, and since when the owner has the record. */
static int64_t touched_at(struct stmt *rows, const struct entity *e, int64_t *had)
{
	int64_t touched = 0, at;
	size_t column = TIMES;
	*had = INT64_MAX;
	for (const char *const *name = times; *name; name++) {
		if (!entity_field(e, str_of(*name)))
			continue;
		struct value v = stmt_value(rows, column++);
		if (v.kind != V_TEXT || !instant_scan(v.s, &at))
			continue;
		touched = at > touched ? at : touched;
		if (!strcmp(*name, "created_at") || !strcmp(*name, "assigned_at"))
			*had = at;
	}
	return touched;
}

/* Of equals who came first. */
static void weigh(struct search *x, struct stmt *rows, const struct entity *e, int64_t id,
		  const char *by)
{
	int64_t had, touched = touched_at(rows, e, &had);
	struct value owner = stmt_value(rows, OWNER);
	if (owner.kind != V_INT || touched < x->since ||
	    (x->best->user && (x->first ? had >= x->had : touched <= x->best->touched)))
		return;
	*x->best = (struct known){ owner.i, e, id, by, touched };
	x->had = had;
}

/* An open deal with them is somebody's, whoever has the record. */
static void find_deals(struct search *x, const struct entity *about, int64_t id, const char *by,
		       struct arena *a)
{
	const struct entity *deal = store_entity(x->store, "deal");
	const struct field *f = entity_field(deal, str_of(about->name));
	struct sql q = { .arena = a };
	if (!f)
		return;
	sql_add(&q, "select t0.id, 0, u.id");
	add_times(&q, deal);
	sql_add(&q, " from ");
	sql_stored(&q, deal);
	sql_add(&q, " t0");
	add_owners(&q, deal);
	sql_add(&q, " where ");
	sql_at(&q, 0, f);
	sql_add(&q, " = ");
	sql_int(&q, 0);
	sql_add(&q, " and t0.closed_at is null order by t0.id");
	struct stmt *rows = store_kept_as(x->store, buf_str(&q.text), &q);
	stmt_bind(rows, 1, &(struct value){ .kind = V_INT, .i = id });
	while (stmt_step(rows))
		weigh(x, rows, deal, stmt_value(rows, ID).i, by);
	stmt_reset(rows);
	sql_free(&q);
}

static void find_with(struct search *x, const struct entity *e, enum match_by sign, struct str key,
		      struct arena *a)
{
	struct stmt *rows = people_with(x->store, e, sign);
	int64_t found[MATCH_MAX];
	const char *by[MATCH_MAX];
	size_t n = 0;
	if (!rows)
		return;
	stmt_bind(rows, 1, &(struct value){ .kind = V_TEXT, .s = key });
	while (n < MATCH_MAX && stmt_step(rows)) {
		size_t place = (size_t)stmt_value(rows, PLACE).i;
		found[n] = stmt_value(rows, ID).i;
		by[n] = place < e->nfields ? e->fields[place].name : "identity";
		if (e == x->lead->entity && found[n] == x->lead->id)
			continue;
		weigh(x, rows, e, found[n], by[n]);
		n++;
	}
	stmt_reset(rows);
	for (size_t i = 0; e != x->lead->entity && i < n; i++)
		find_deals(x, e, found[i], by[i], a);
}

/* By what that record, the lead or an identity of its, says of them. */
static void find_by(struct search *x, const struct assignment_rules *r, const struct record *says,
		    struct arena *a)
{
	static const char *const of[] = { "account", "contact", "lead" };
	struct codec c = store_codec(x->store, a);
	for (size_t i = 0; i < says->entity->nfields; i++) {
		struct str keys[MATCH_KEYS];
		size_t sign = 0, nkeys;
		const struct value *v = &says->values[i];
		if (v->kind != V_TEXT || !(says->entity->fields[i].flags & F_MATCH))
			continue;
		enum match_by by = match_sign(&says->entity->fields[i]);
		while (sign < countof(signs) && signs[sign] != by)
			sign++;
		if (sign == countof(signs) || !(r->match & 1u << sign))
			continue;
		nkeys = match_keys(by, v->s, &c, keys);
		for (size_t k = 0; k < nkeys; k++)
			for (size_t t = 0; t < countof(of); t++)
				find_with(x, store_entity(x->store, of[t]), by, keys[k], a);
	}
}

static void find_further(struct search *x, const struct assignment_rules *r, struct arena *a)
{
	const struct entity *e = store_entity(x->store, "identity");
	struct sql q = { .arena = a };
	struct record identity;
	size_t n;
	sql_add(&q, "select id from main.identity where lead = ");
	sql_int(&q, x->lead->id);
	sql_add(&q, " order by id");
	int64_t *ids = store_ids(x->store, &q, &n, a);
	for (size_t i = 0; i < n; i++)
		if (store_get(x->store, e, ids[i], &identity, a))
			find_by(x, r, &identity, a);
	sql_free(&q);
}

void known_find(struct store *s, const struct assignment_rules *r, const struct record *lead,
		const struct record *says, struct known *out, struct arena *a)
{
	int64_t now = s->settings.calendar.now;
	struct search x = { .store = s, .lead = lead, .best = out };
	if (r->protect_s) {
		x.since = now - r->protect_s + 1;
		x.first = true; /* nobody gets in between by a record of their own */
	}
	*out = (struct known){ 0 };
	find_by(&x, r, says ? says : lead, a);
	if (!says && lead->id)
		find_further(&x, r, a);
}
