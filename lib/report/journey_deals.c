/* Whose touches are: the closed deals, and by what they are found. */
#include <stdlib.h>

#include "report/journey_impl.h"

/* Ids that follow one another lie side by side: so they are mostly asked for. */
static struct slot *slot_of(const struct table *t, int64_t key)
{
	enum { BLOCK = 64 };
	uint64_t number = (uint64_t)key,
		 block = (number / BLOCK * UINT64_C(0x9E3779B97F4A7C15)) >> 32;
	size_t i = (size_t)(block * BLOCK + number % BLOCK) & t->mask;
	while (t->slots[i].key && t->slots[i].key != key)
		i = (i + 1) & t->mask;
	return &t->slots[i];
}

static int64_t key_of(int64_t id, enum tag tag)
{
	return id * TAGS + (int64_t)tag;
}

/* NULL: it was not entered. */
static const struct slot *entered(const struct table *t, int64_t id, enum tag tag)
{
	const struct slot *s = slot_of(t, key_of(id, tag));
	return s->key ? s : NULL;
}

static void grow(struct table *t)
{
	struct table old = *t;
	size_t size = old.slots ? (old.mask + 1) * 2 : 64;
	t->slots = xcalloc(size, sizeof *t->slots);
	t->mask = size - 1;
	for (size_t i = 0; old.slots && i <= old.mask; i++)
		if (old.slots[i].key)
			*slot_of(t, old.slots[i].key) = old.slots[i];
	free(old.slots);
}

/* The first number that came for it stays. */
static void enter(struct table *t, int64_t id, enum tag tag, size_t number)
{
	struct slot *s = id ? slot_of(t, key_of(id, tag)) : NULL;
	if (!s || s->key)
		return;
	*s = (struct slot){ key_of(id, tag), (uint32_t)number };
	if (++t->n * 2 > t->mask)
		grow(t);
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

/* They mostly come in the order in which they were read before. */
static struct closed_deal *deal_of_id(struct reading *r, int64_t id)
{
	struct journeys *j = r->out;
	if (r->next >= j->ndeals || j->deals[r->next].id != id) {
		const struct slot *s = entered(&r->table, id, OF_DEAL);
		if (!s)
			return NULL;
		r->next = s->number;
	}
	return &j->deals[r->next++];
}

/* What is asked for leaves deals out, not their touches to others. */
static void choose_deal(void *reading, const struct records *chosen, const struct value *v)
{
	struct reading *r = reading;
	struct closed_deal *deal = deal_of_id(r, v[J_ID].i);
	if (!deal)
		return;
	deal->chosen = zone_day(deal->at) <= study_today(r->study);
	deal->amount = v[J_AMOUNT].kind == V_INT ? v[J_AMOUNT].i : 0;
	deal->currency = currency_code(records_currency(chosen));
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
	grow(&r->table);
	for (size_t i = 0; i < j->ndeals; i++) {
		enter(&r->table, j->deals[i].id, OF_DEAL, i);
		enter(&r->table, j->deals[i].lead, OF_LEAD, i);
	}
	r->by_account = order_deals(r, OF_ACCOUNT);
	r->by_contact = order_deals(r, OF_CONTACT);
	records_each(r->study->job, "deal", journey_paths, choose_deal, r);
}

void journey_deals_forget(struct reading *r)
{
	free(r->table.slots);
	free(r->by_account);
	free(r->by_contact);
}

/* -- whose -- */

const struct slot *journey_found(struct reading *r, const int64_t ids[TAGS], enum tag *by)
{
	const struct slot *s;
	*by = OF_DEAL;
	if (ids[OF_DEAL])
		return entered(&r->table, ids[OF_DEAL], OF_DEAL);
	*by = OF_LEAD;
	s = ids[OF_LEAD] ? entered(&r->table, ids[OF_LEAD], OF_LEAD) : NULL;
	if (s)
		return s;
	*by = ids[OF_ACCOUNT] ? OF_ACCOUNT : OF_CONTACT;
	if (!ids[*by])
		return NULL;
	if (r->last.id != ids[*by] || r->last.tag != *by) {
		r->last.id = ids[*by];
		r->last.tag = *by;
		r->last.slot = entered(&r->table, ids[*by], *by);
	}
	return r->last.slot;
}

/* Of an account or contact the first deal that was closed at that instant or later. */
struct closed_deal *journey_deal_at(const struct reading *r, const struct slot *s, enum tag by,
				    int64_t at)
{
	if (by == OF_DEAL || by == OF_LEAD)
		return &r->out->deals[s->number];
	const struct closing *c = (by == OF_ACCOUNT ? r->by_account : r->by_contact) + s->number;
	while (c->at < at && !c->last)
		c++;
	return c->at >= at ? &r->out->deals[c->deal] : NULL;
}
