/* Leads that nobody looks after. */
#include "domain/claim.h"

#include "domain/assign.h"
#include "schema/check.h"
#include "schema/status.h"

enum { AT_ONCE = 32 };

/* Whether it may become the acting user's: its person is nobody else's. */
static bool may_have(struct store *s, int64_t id)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct record lead;
	bool may = store_get(s, store_entity(s, "lead"), id, &lead, &a);
	if (may) {
		*record_get(&lead, "owner") = value_int(s->settings.user);
		may = assign_allows(s, &lead, NULL, &d);
	}
	diag_free(&d);
	arena_free(&a);
	return may;
}

int64_t claim_next(struct store *s, const struct query_context *leads, struct node *where,
		   struct diag *d)
{
	struct str order = STR("-score,created_at");
	struct str pool = STR("owner is null and status not in (disqualified, converted)");
	struct select what = { .context = leads, .limit = AT_ONCE };
	struct sort_key *sort;
	struct node *available = where_parse(pool, leads, d);
	size_t n = AT_ONCE;
	if (!available || !sort_parse(order, leads, &sort, &what.nsort, d))
		die(STATUS_ENV, "%s", arena_str(&d->arena, d->message).p);
	what.sort = sort;
	what.where = node_and(available, where, leads->arena);
	for (; n == AT_ONCE; what.offset += AT_ONCE) {
		int64_t *ids = select_ids(s, &what, &n, leads->arena);
		for (size_t i = 0; i < n; i++)
			if (may_have(s, ids[i]))
				return ids[i];
	}
	return 0;
}

bool claim_free(struct store *s, const struct record *lead, bool *lapsed, struct arena *a,
		struct diag *d)
{
	const struct value *owner = record_at(lead, "owner");
	struct str status = text_of(lead, "status");
	struct record user;
	*lapsed = false;
	if (is_one_of(status, lead_closed))
		return diag_set(d, NULL, "it is %.*s", (int)status.n, status.p);
	if (owner->kind != V_INT)
		return true;
	*lapsed = owner->i != s->settings.user && assign_lapsed(s, lead, a);
	if (*lapsed)
		return true;
	struct assign_hold hold = assign_held(s, lead, lead, a);
	if (hold.user)
		return diag_set(d, NULL, "%s has them until %.*s", hold.login, (int)hold.until.n,
				hold.until.p);
	bool known = store_get(s, store_entity(s, "user"), owner->i, &user, a);
	return diag_set(d, NULL, "it is taken; its owner is %s",
			known ? arena_str(a, text_of(&user, "login")).p : "unknown");
}
