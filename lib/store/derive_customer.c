/* Who is a customer, and since when: whoever won deals and orders that stand are of. */
#include "schema/check.h"
#include "store/derive.h"

enum stage_kind stage_kind_of(const struct store *s, const struct record *deal)
{
	const struct pipeline *p = schema_pipeline(&s->schema, text_of(deal, "pipeline"));
	const struct stage *t = p ? pipeline_stage(p, text_of(deal, "stage")) : NULL;
	return t ? t->kind : STAGE_OPEN;
}

/*
 * Which accounts have open deals, as long as there were no deals before and these are new, or an
 * import of them would ask the table for each account, and wait for what it posted.
 */
static struct sides *known(struct store *s, int64_t made)
{
	return sides_known(s, &s->writer->openings, "deal", made);
}

void openings_forget(struct store *s)
{
	sides_forget(&s->writer->openings);
}

void note_opening(struct change *ch)
{
	int64_t account = int_of(ch->now, "account");
	if (ch->old || !ch->now || ch->flags & PUT_RESTORE)
		openings_forget(ch->s);
	else if (known(ch->s, 1)->all && account && stage_kind_of(ch->s, ch->now) == STAGE_OPEN)
		idset_add(&ch->s->writer->openings.accounts, account);
}

/* By the stages that are open: an account may have thousands of deals that are not. */
static bool has_open_deal(struct change *ch, int64_t account)
{
	const struct sides *o = known(ch->s, 0);
	if (o->all)
		return idset_has(&o->accounts, account);
	struct sql q = { .arena = ch->a };
	sql_add(&q, "select d.id from stage t cross join main.deal d where t.kind = 'open' and"
		    " d.stage = t.key and d.pipeline = t.pipeline and d.account = ");
	sql_int(&q, account);
	sql_add(&q, " limit 1");
	int64_t id = store_one(ch->s, &q).i;
	sql_free(&q);
	return id != 0;
}

static struct str local_day(struct change *ch, struct str at)
{
	int64_t instant;
	return instant_scan(at, &instant) ? day_print(zone_day(instant), ch->a)
					  : (struct str){ "", 0 };
}

/* The first day of the account's won deals, and of its orders that stand. */
static struct str first_bought(struct change *ch, int64_t account)
{
	struct sql deals = { .arena = ch->a }, orders = { .arena = ch->a };
	sql_add(&deals,
		"select min(d.closed_at) from main.deal d join stage t on t.pipeline = d.pipeline"
		" and t.key = d.stage where t.kind = 'won' and d.account = ");
	sql_int(&deals, account);
	sql_add(&orders, "select min(ordered_on) from main.\"order\" where (status = 'confirmed' or"
			 " status = 'delivered') and account = ");
	sql_int(&orders, account);
	struct value won = store_one(ch->s, &deals), day = store_one(ch->s, &orders);
	sql_free(&deals);
	sql_free(&orders);
	struct str first = won.kind == V_TEXT ? local_day(ch, won.s) : (struct str){ "", 0 };
	bool sooner = day.kind == V_TEXT && (!first.n || str_cmp(day.s, first) < 0);
	return sooner ? day.s : first;
}

struct str bought_on(struct change *ch, const struct record *r, int64_t account)
{
	static const char *const standing[] = { "confirmed", "delivered", NULL };
	if (!r || int_of(r, "account") != account)
		return (struct str){ "", 0 };
	if (!strcmp(r->entity->name, "order"))
		return is_one_of(text_of(r, "status"), standing) ? text_of(r, "ordered_on")
								 : (struct str){ "", 0 };
	return stage_kind_of(ch->s, r) == STAGE_WON ? local_day(ch, text_of(r, "closed_at"))
						    : (struct str){ "", 0 };
}

/*
 * The first day of the account as a customer after this change.  What was there
 * before (an import may have brought it) stays unless this deal or order was the reason.
 */
static struct str customer_since(struct change *ch, int64_t account, struct str since)
{
	struct str was = bought_on(ch, ch->old, account), is = bought_on(ch, ch->now, account);
	if (was.n && str_eq(since, was) && !str_eq(was, is))
		return first_bought(ch, account);
	return is.n && (!since.n || str_cmp(is, since) < 0) ? is : since;
}

bool follow_contact(struct change *ch, int64_t account)
{
	static const struct {
		const char *entity, *open;
	} rows[] = {
		{ "deal", "select d.id from main.deal d join stage t on t.pipeline = d.pipeline"
			  " and t.key = d.stage where t.kind = 'open' and d.account is null"
			  " and d.contact = " },
		{ "quote", "select id from main.quote where status in ('draft', 'sent')"
			   " and account is null and contact = " },
		{ "order", "select id from main.\"order\" where status = 'draft'"
			   " and account is null and contact = " },
		{ "ticket", "select id from main.ticket where status not in ('resolved', 'closed')"
			    " and account is null and contact = " },
	};
	bool ok = true;
	for (size_t i = 0; i < countof(rows); i++) {
		struct sql q = { .arena = ch->a };
		size_t n;
		sql_add_literal(&q, rows[i].open);
		sql_int(&q, ch->now->id);
		int64_t *ids = db_ids(ch->s->db, &q, &n, ch->a);
		sql_free(&q);
		for (size_t k = 0; ok && k < n; k++) {
			struct record r = record_new(entity_named(ch->s, rows[i].entity), ch->a);
			r.id = ids[k];
			*record_get(&r, "account") = value_int(account);
			ok = follow(ch, &r);
		}
	}
	return ok;
}

void customer_facts_put(struct change *ch, const struct customer_facts *f, struct record *r)
{
	set_text(r, "customer_since", fact_text(&f->since));
	if (f->type != TYPE_ANOTHER)
		set_text(r, "type", f->type == TYPE_CUSTOMER ? STR("customer") : STR("prospect"));
	set_text(r, "lifecycle",
		 f->since.n		    ? STR("after")
		 : has_open_deal(ch, r->id) ? STR("during")
					    : STR("before"));
}

static struct customer_facts customer_facts_of(const struct record *r)
{
	struct str type = text_of(r, "type");
	return (struct customer_facts){ fact_of(text_of(r, "customer_since")),
					str_is(type, "prospect")   ? TYPE_PROSPECT
					: str_is(type, "customer") ? TYPE_CUSTOMER
								   : TYPE_ANOTHER };
}

/* What the account is once ch->old is ch->now. */
static struct customer_facts after(struct change *ch, int64_t account,
				   const struct customer_facts *have)
{
	struct customer_facts f = *have;
	f.since = fact_of(customer_since(ch, account, fact_text(&have->since)));
	if (f.since.n && f.type == TYPE_PROSPECT)
		f.type = TYPE_CUSTOMER;
	else if (!f.since.n && have->since.n && f.type == TYPE_CUSTOMER)
		f.type = TYPE_PROSPECT;
	return f;
}

bool refresh_customer(struct change *ch, int64_t account)
{
	const struct entity *e = entity_named(ch->s, "account");
	struct facts *t = facts_wait(ch, e, account);
	bool waits = t && t->bought, ok = true;
	struct customer_facts have;
	struct record old;
	if (!waits && !record_read(ch->s, e, account, &old, ch->a))
		return true;
	have = waits ? t->customer : customer_facts_of(&old);
	struct customer_facts f = after(ch, account, &have);
	if (!waits) {
		struct record r = record_new(e, ch->a);
		r.id = account;
		customer_facts_put(ch, &f, &r);
		if (!facts_gather(ch, t, &old, &r, &ok))
			return ok;
	}
	t = facts_touch(ch->s, e, account);
	t->customer = f;
	t->bought = true;
	return true;
}
