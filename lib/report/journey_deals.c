/* Whose touches are: the closed deals, and by what they are found. */
#include <stdlib.h>

#include "report/journey_impl.h"

static struct slot *slot_of(const struct table *t, int64_t id, enum tag tag)
{
	int64_t key = id * TAGS + (int64_t)tag;
	size_t i = (size_t)(((uint64_t)key * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & t->mask;
	while (t->slots[i].key && t->slots[i].key != key)
		i = (i + 1) & t->mask;
	return &t->slots[i];
}

/* The first number that came for it stays. */
static void enter(struct table *t, int64_t id, enum tag tag, size_t number)
{
	struct slot *s = id ? slot_of(t, id, tag) : NULL;
	if (s && !s->key)
		*s = (struct slot){ id * TAGS + (int64_t)tag, (uint32_t)number };
}

static void open_table(struct table *t, size_t n)
{
	size_t size = 64;
	while (size < n * TAGS * 2)
		size *= 2;
	*t = (struct table){ xcalloc(size, sizeof *t->slots), size - 1 };
}

/* -- deals -- */

enum { D_ID, D_ACCOUNT, D_CONTACT, D_LEAD, D_CLOSED, D_KIND };

void journey_deals_sql(struct sql *q)
{
	sql_add(q,
		"select t0.id, t0.account, t0.contact, t0.lead, t0.closed_at, s.kind" JOURNEY_DEALS
		" and t0.closed_at is not null");
}

static void read_deals(struct reading *r)
{
	struct journeys *j = r->out;
	struct sql q = { .arena = report_arena(r->study->job) };
	journey_deals_sql(&q);
	struct stmt *s = db_query(report_store(r->study->job)->db, &q);
	while (stmt_step(s)) {
		struct closed_deal deal = { .id = journey_id(s, D_ID),
					    .account = journey_id(s, D_ACCOUNT),
					    .contact = journey_id(s, D_CONTACT),
					    .lead = journey_id(s, D_LEAD) };
		if (!instant_scan(stmt_value(s, D_CLOSED).s, &deal.at))
			continue;
		deal.won = str_is(stmt_value(s, D_KIND).s, "won");
		j->deals = xgrow(j->deals, j->ndeals, &r->deals_room, sizeof *j->deals);
		j->deals[j->ndeals++] = deal;
	}
	stmt_close(s);
	sql_free(&q);
}

enum { J_ID, J_AMOUNT };
const char *const journey_paths[] = { "id", "amount", NULL };

/* What is asked for leaves deals out, not their touches to others. */
static void choose_deals(struct reading *r)
{
	struct records *chosen = records_open(r->study->job, "deal", journey_paths);
	int64_t today = study_today(r->study);
	struct value when;
	const struct value *v;
	while ((v = records_next(chosen, &when))) {
		const struct slot *s = slot_of(&r->table, v[J_ID].i, OF_DEAL);
		struct closed_deal *deal = s->key ? &r->out->deals[s->number] : NULL;
		if (!deal)
			continue;
		deal->chosen = zone_day(deal->at) <= today;
		deal->amount = v[J_AMOUNT].kind == V_INT ? v[J_AMOUNT].i : 0;
		deal->currency = currency_code(records_currency(chosen));
	}
	records_close(chosen);
}

struct placed {
	int64_t whose, at, id;
	uint32_t number;
};

static int by_whose(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	if (x->whose != y->whose)
		return x->whose < y->whose ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* Of the deals that have an account, or a contact. */
static struct placed *place_deals(const struct journeys *j, enum tag tag, size_t *n)
{
	struct placed *placed = xcalloc(j->ndeals + 1, sizeof *placed);
	*n = 0;
	for (uint32_t i = 0; i < j->ndeals; i++) {
		const struct closed_deal *deal = &j->deals[i];
		int64_t whose = tag == OF_ACCOUNT ? deal->account : deal->contact;
		if (whose)
			placed[(*n)++] = (struct placed){ whose, deal->at, deal->id, i };
	}
	if (*n)
		qsort(placed, *n, sizeof *placed, by_whose);
	return placed;
}

/* These deals in that order; where those of each begin is entered. */
static struct closing *order_deals(struct reading *r, enum tag tag)
{
	size_t n;
	struct placed *placed = place_deals(r->out, tag, &n);
	struct closing *order = xcalloc(n + 1, sizeof *order);
	for (size_t i = 0; i < n; i++) {
		bool same = i && placed[i].whose == placed[i - 1].whose;
		order[i] = (struct closing){ placed[i].at, placed[i].number, true };
		if (same)
			order[i - 1].last = false;
		else
			enter(&r->table, placed[i].whose, tag, i);
	}
	free(placed);
	return order;
}

void journey_deals_read(struct reading *r)
{
	const struct journeys *j = r->out;
	read_deals(r);
	open_table(&r->table, j->ndeals);
	for (size_t i = 0; i < j->ndeals; i++) {
		enter(&r->table, j->deals[i].id, OF_DEAL, i);
		enter(&r->table, j->deals[i].lead, OF_LEAD, i);
	}
	r->by_account = order_deals(r, OF_ACCOUNT);
	r->by_contact = order_deals(r, OF_CONTACT);
	choose_deals(r);
}

void journey_deals_forget(struct reading *r)
{
	free(r->table.slots);
	free(r->by_account);
	free(r->by_contact);
}

/* -- whose -- */

/* The first deal of an account or contact that was closed at that instant or later. */
static struct closed_deal *next_deal(const struct reading *r, int64_t id, enum tag tag, int64_t at)
{
	const struct slot *s = slot_of(&r->table, id, tag);
	const struct closing *c = (tag == OF_ACCOUNT ? r->by_account : r->by_contact) + s->number;
	if (!s->key)
		return NULL;
	while (c->at < at && !c->last)
		c++;
	return c->at >= at ? &r->out->deals[c->deal] : NULL;
}

struct closed_deal *journey_deal_of(const struct reading *r, const int64_t ids[TAGS], int64_t at,
				    enum tag *by)
{
	const struct slot *s;
	*by = OF_DEAL;
	if (ids[OF_DEAL]) {
		s = slot_of(&r->table, ids[OF_DEAL], OF_DEAL);
		return s->key ? &r->out->deals[s->number] : NULL;
	}
	*by = OF_LEAD;
	s = ids[OF_LEAD] ? slot_of(&r->table, ids[OF_LEAD], OF_LEAD) : NULL;
	if (s && s->key)
		return &r->out->deals[s->number];
	*by = ids[OF_ACCOUNT] ? OF_ACCOUNT : OF_CONTACT;
	return ids[*by] ? next_deal(r, ids[*by], *by, at) : NULL;
}
