/*
 * What follows from a write: contact facts from activities, stage history and
 * customers from deals, one main contact an account.  Restored records bring
 * their own.
 */
#include "schema/check.h"
#include "schema/line.h"
#include "store/derive.h"

bool follow(struct change *ch, struct record *r)
{
	unsigned flags = PUT_TRUSTED | (ch->flags & PUT_SILENT);
	return store_put(ch->s, r, flags, ch->a, ch->d) != WROTE_NOTHING;
}

const struct entity *entity_named(const struct store *s, const char *name)
{
	return schema_entity(&s->schema, str_of(name));
}

/* How long it stayed is not known where the clock was put back meanwhile. */
static bool add_stage_change(struct change *ch)
{
	struct record r = record_new(entity_named(ch->s, "stage_change"), ch->a);
	static const char *const copied[] = { "pipeline", "stage", "owner", "amount", "currency" };
	for (size_t i = 0; i < countof(copied); i++)
		*record_get(&r, copied[i]) = *record_at(ch->now, copied[i]);
	*record_get(&r, "deal") = value_int(ch->now->id);
	*record_get(&r, "at") = *record_at(ch->now, "stage_since");
	if (ch->s->settings.user)
		*record_get(&r, "user") = value_int(ch->s->settings.user);
	int64_t from, to;
	if (ch->old)
		*record_get(&r, "from_stage") = *record_at(ch->old, "stage");
	if (ch->old && instant_scan(text_of(ch->old, "stage_since"), &from) &&
	    instant_scan(text_of(ch->now, "stage_since"), &to) && to >= from)
		*record_get(&r, "duration_s") = value_int(to - from);
	return follow(ch, &r);
}

static bool derive_deal(struct change *ch)
{
	bool entered =
	    ch->now && (!ch->old || !str_eq(text_of(ch->old, "stage"), text_of(ch->now, "stage")));
	if (entered && !add_stage_change(ch))
		return false;
	int64_t was = int_of(ch->old, "account"), is = int_of(ch->now, "account");
	enum stage_kind from = ch->old ? stage_kind_of(ch->s, ch->old) : STAGE_LOST;
	enum stage_kind to = ch->now ? stage_kind_of(ch->s, ch->now) : STAGE_LOST;
	bool closed = ch->old && ch->now && changed(ch->now, ch->old, "closed_at");
	if (was && was != is && !refresh_customer(ch, was))
		return false;
	return !is || (was == is && from == to && !closed) || refresh_customer(ch, is);
}

/* Kept, for an import asks of each of its contacts; to be reset. */
static struct stmt *contacts_of(struct change *ch, int64_t account, const char *literal)
{
	struct sql q = { .arena = ch->a };
	sql_add(&q, "select id from main.contact where account = ");
	sql_int(&q, account);
	sql_add_literal(&q, literal);
	struct stmt *rows = store_kept(ch->s, &q);
	sql_free(&q);
	return rows;
}

static bool set_primary(struct change *ch, int64_t id, bool primary)
{
	struct record r = record_new(entity_named(ch->s, "contact"), ch->a);
	r.id = id;
	*record_get(&r, "is_primary") = value_int(primary);
	return follow(ch, &r);
}

/* The main contact of an account is `chosen`, else the one there is, else the oldest. */
static bool one_primary(struct change *ch, int64_t account, int64_t chosen)
{
	struct stmt *rows = contacts_of(ch, account, " and is_primary = 1 order by id");
	bool have = chosen != 0, ok = true;
	int64_t *extra = arena_new(ch->a, int64_t, 64);
	size_t n = 0;
	while (n < 64 && stmt_step(rows)) {
		int64_t id = stmt_value(rows, 0).i;
		if (chosen ? id != chosen : have)
			extra[n++] = id;
		have = true;
	}
	stmt_reset(rows);
	for (size_t i = 0; ok && i < n; i++)
		ok = set_primary(ch, extra[i], false);
	if (!ok || have)
		return ok;
	rows = contacts_of(ch, account, " order by id limit 1");
	int64_t oldest = stmt_step(rows) ? stmt_value(rows, 0).i : 0;
	stmt_reset(rows);
	return !oldest || set_primary(ch, oldest, true);
}

bool derive_primary(struct store *s, int64_t account, struct arena *a, struct diag *d)
{
	struct change ch = { .s = s, .a = a, .d = d, .flags = PUT_SILENT };
	return one_primary(&ch, account, 0);
}

static bool derive_contact(struct change *ch)
{
	int64_t was = int_of(ch->old, "account"), is = int_of(ch->now, "account");
	bool primary = ch->now && is_true(ch->now, "is_primary");
	bool chosen = primary && (!ch->old || !is_true(ch->old, "is_primary") || was != is);
	if (was && was != is && !one_primary(ch, was, 0))
		return false;
	if (ch->old && is && !was && !follow_contact(ch, is))
		return false;
	if (!is || (was == is && ch->old && !changed(ch->now, ch->old, "is_primary")))
		return true;
	return one_primary(ch, is, chosen ? ch->now->id : 0);
}

/*
 * A restored record brings what follows from it along with the records around it;
 * where these are not from the same export, two rules hold all the same: one main
 * contact, and a customer is whoever bought.
 */
static bool derive_restored(struct change *ch)
{
	const char *name = ch->now->entity->name;
	static const char *const of_account[] = { "deal", "contact", "order", NULL };
	bool concerned = is_one_of(str_of(name), of_account);
	int64_t account = concerned ? int_of(ch->now, "account") : 0;
	struct record have;
	if (!account)
		return true;
	if (!strcmp(name, "contact"))
		return !is_true(ch->now, "is_primary") || one_primary(ch, account, ch->now->id);
	struct str won = bought_on(ch, ch->now, account);
	settle_before(ch->s, entity_named(ch->s, "account"), account);
	if (!won.n || !record_read(ch->s, entity_named(ch->s, "account"), account, &have, ch->a))
		return true;
	struct str since = text_of(&have, "customer_since");
	return (since.n && str_cmp(since, won) <= 0) || refresh_customer(ch, account);
}

bool derive(struct store *s, const struct record *old, const struct record *now, unsigned flags,
	    struct arena *a, struct diag *d)
{
	static const struct {
		const char *entity;
		bool (*derive)(struct change *);
	} rules[] = {
		{ "activity", derive_activity }, { "deal", derive_deal },
		{ "contact", derive_contact },	 { "deal_line", derive_line },
		{ "quote_line", derive_line },	 { "order_line", derive_line },
		{ "order", derive_order },	 { "event", derive_payment },
		{ "lead", derive_owner },	 { "lead", derive_converted },
		{ "deal", derive_converted },	 { "order", derive_converted },
	};
	struct change ch = { s, old, now, a, d, flags };
	const char *name = (now ? now : old)->entity->name;
	if (flags & PUT_RESTORE)
		return line_whole(&s->schema, now->entity) ? derive_line(&ch)
							   : derive_restored(&ch);
	for (size_t i = 0; i < countof(rules); i++)
		if (!strcmp(rules[i].entity, name) && !rules[i].derive(&ch))
			return false;
	return derive_ticket(s, old, now, flags, a, d) && derive_member(s, old, now, flags, a, d);
}
