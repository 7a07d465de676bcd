/* What is about a lead is about whom it became, too: linked, never copied. */
#include "domain/convert.h"

#include "schema/check.h"

/*
 * What comes along.  `one`: it belongs to one person, so to the contact where there is one.
 * `stays`: whom the lead became may be a member already, and then both memberships stay.
 */
static const struct follower {
	const char *entity;
	bool one, stays;
} followers[] = {
	{ "activity", false, false }, { "ticket", false, false },	 { "event", false, false },
	{ "identity", true, false },  { "campaign_member", true, true },
};

static int64_t *about_lead(struct store *s, const struct entity *e, int64_t lead, size_t *n,
			   struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_table(&q, e);
	sql_add(&q, " where lead = ");
	sql_int(&q, lead);
	sql_add(&q, " order by id");
	int64_t *ids = db_ids(s->db, &q, n, a);
	sql_free(&q);
	return ids;
}

/* Each keeps its lead, and what it was linked to before. */
static bool link_one(struct store *s, const struct entity *e, int64_t id, const struct follower *f,
		     const int64_t made[PARTS], struct arena *a, struct diag *d)
{
	static const enum part order[] = { PART_CONTACT, PART_ACCOUNT, PART_DEAL };
	struct record old, r = record_new(e, a);
	r.id = id;
	if (!store_get(s, e, id, &old, a))
		return true;
	if (f->stays && !str_is(text_of(&old, "status"), "opted_out"))
		set_text(&r, "status", STR("converted"));
	for (size_t i = 0, linked_to = 0; i < PARTS && !(f->one && linked_to); i++) {
		const char *name = part_names[order[i]];
		if (!made[order[i]] || !entity_field(e, str_of(name)))
			continue;
		linked_to++;
		if (!is_set(&old, name))
			*record_get(&r, name) = value_int(made[order[i]]);
	}
	if (store_put(s, &r, 0, a, d) != WROTE_NOTHING)
		return true;
	struct record alone = record_new(e, a);
	alone.id = id;
	set_text(&alone, "status", text_of(&r, "status"));
	return f->stays && store_put(s, &alone, 0, a, d) != WROTE_NOTHING;
}

bool convert_links(struct store *s, int64_t lead, const int64_t made[PARTS], long *activities,
		   struct diag *d)
{
	struct arena a = { 0 }, scratch = { 0 };
	bool ok = true;
	for (size_t i = 0; ok && i < countof(followers); i++) {
		const struct entity *e = store_entity(s, followers[i].entity);
		size_t n;
		const int64_t *ids = about_lead(s, e, lead, &n, &a);
		for (size_t j = 0; ok && j < n; j++) {
			ok = link_one(s, e, ids[j], &followers[i], made, &scratch, d);
			arena_reset(&scratch);
		}
		if (!strcmp(e->name, "activity"))
			*activities = (long)n;
	}
	arena_free(&scratch);
	arena_free(&a);
	return ok;
}
