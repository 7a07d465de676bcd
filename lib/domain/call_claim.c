/* Who was handed out to whom. */
#include "domain/call_next.h"

#include "schema/check.h"

static const struct entity *claims(struct store *s)
{
	return store_entity(s, "call_claim");
}

bool call_claim_own(const struct caller *c, struct record *claim, struct person *p, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_stored(&q, claims(c->store));
	sql_add(&q, " where status = 'open' and \"user\" = ");
	sql_int(&q, c->user);
	sql_add(&q, " order by claimed_at desc, id desc limit 1");
	int64_t id = db_int(c->store->db, &q, 0);
	sql_free(&q);
	if (!id || !store_get(c->store, claims(c->store), id, claim, a))
		return false;
	*p = person_named(c->store, claim);
	return p->entity != NULL;
}

bool call_claim_lost(const struct caller *c, const struct record *claim, const struct person *p,
		     struct arena *a)
{
	const struct entity *e = claims(c->store);
	struct sql q = { .arena = a };
	sql_add(&q, "select 1 from ");
	sql_stored(&q, e);
	sql_add(&q, " where \"user\" <> ");
	sql_int(&q, c->user);
	sql_add(&q, " and ");
	sql_refers(&q, e, p->entity->name, p->id);
	sql_add(&q, " and claimed_at >= ");
	sql_text(&q, text_of(claim, "claimed_at"));
	sql_add(&q, " limit 1");
	bool lost = db_int(c->store->db, &q, 0) != 0;
	sql_free(&q);
	return lost;
}

bool call_claim_end(const struct caller *c, int64_t claim, const char *status, struct arena *a,
		    struct diag *d)
{
	struct record r = record_new(claims(c->store), a);
	r.id = claim;
	set_text(&r, "status", str_of(status));
	store_follow_begin(c->store);
	bool ok = store_put(c->store, &r, 0, a, d) != WROTE_NOTHING;
	store_follow_end(c->store);
	return ok;
}
