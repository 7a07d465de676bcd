/* Leads that nobody looks after. */
#include "domain/claim.h"

#include "schema/check.h"

static const char *const closed[] = { "disqualified", "converted", NULL };

int64_t claim_next(struct store *s, const struct query_context *leads, struct node *where,
		   struct diag *d)
{
	struct str order = STR("-score,created_at");
	struct str pool = STR("owner is null and status not in (disqualified, converted)");
	struct select what = { .context = leads, .limit = 1 };
	struct sort_key *sort;
	struct node *available = where_parse(pool, leads, d);
	size_t n;
	if (!available || !sort_parse(order, leads, &sort, &what.nsort, d))
		die(STATUS_ENV, "%s", arena_str(&d->arena, d->message).p);
	what.sort = sort;
	what.where = node_and(available, where, leads->arena);
	int64_t *ids = select_ids(s, &what, &n, leads->arena);
	return n ? ids[0] : 0;
}

bool claim_free(struct store *s, const struct record *lead, struct arena *a, struct diag *d)
{
	const struct value *owner = record_at(lead, "owner");
	struct str status = text_of(lead, "status");
	struct record user;
	if (is_one_of(status, closed))
		return diag_set(d, NULL, "it is %.*s", (int)status.n, status.p);
	if (owner->kind != V_INT)
		return true;
	bool known = store_get(s, schema_entity(&s->schema, STR("user")), owner->i, &user, a);
	return diag_set(d, NULL, "it is taken; its owner is %s",
			known ? arena_str(a, text_of(&user, "login")).p : "unknown");
}
