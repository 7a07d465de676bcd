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

static void read_deal(void *reading, struct stmt *row)
{
	struct reading *r = reading;
	struct journeys *j = r->out;
	struct closed_deal deal = { .id = stmt_value(row, D_ID).i,
				    .account = stmt_value(row, D_ACCOUNT).i,
				    .contact = stmt_value(row, D_CONTACT).i,
				    .lead = stmt_value(row, D_LEAD).i };
	if (!instant_scan(stmt_value(row, D_CLOSED).s, &deal.at))
		return;
	deal.won = str_is(stmt_value(row, D_KIND).s, "won");
	deal.chosen = r->all;
	j->deals = xgrow(j->deals, j->ndeals, &r->deals_room, sizeof *j->deals);
	j->deals[j->ndeals++] = deal;
}

static void read_deals(struct reading *r)
{
	struct sql q = { .arena = report_arena(r->study->job) };
	journey_deals_sql(&q);
	db_each(report_store(r->study->job)->db, &q, read_deal, r);
	sql_free(&q);
}

enum { J_ID, J_AMOUNT };
const char *const journey_paths[] = { "id", "amount", NULL };

static void enter_ids(struct reading *r)
{
	for (size_t i = 0; i < r->out->ndeals; i++)
		enter(&r->table, r->out->deals[i].id, OF_DEAL, i);
}

/* They mostly come in the order in which they were read before. */
static struct closed_deal *deal_of_id(struct reading *r, int64_t id)
{
	struct journeys *j = r->out;
	if (r->next >= j->ndeals || j->deals[r->next].id != id) {
		if (!r->table.n)
			enter_ids(r);
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

/* -- in their order -- */

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

/* Ids count up: of a few that follow one another there are few deals, which stand on a shelf. */
static struct placed *sort_placed(const struct placed *placed, size_t n)
{
	int64_t most = 0;
	unsigned shift = 0;
	for (size_t i = 0; i < n; i++)
		most = placed[i].whose > most ? placed[i].whose : most;
	while ((size_t)(most >> shift) > n)
		shift++;
	size_t shelves = (size_t)(most >> shift) + 1;
	size_t *first = xcalloc(shelves + 2, sizeof *first);
	struct placed *sorted = xcalloc(n + 1, sizeof *sorted);
	for (size_t i = 0; i < n; i++)
		first[(placed[i].whose >> shift) + 2]++;
	for (size_t i = 2; i < shelves + 2; i++)
		first[i] += first[i - 1];
	for (size_t i = 0; i < n; i++) /* in the end first[i] is where shelf i begins */
		sorted[first[(placed[i].whose >> shift) + 1]++] = placed[i];
	for (size_t i = 0; i < shelves; i++)
		if (first[i + 1] - first[i] > 1)
			qsort(sorted + first[i], first[i + 1] - first[i], sizeof *sorted, by_whose);
	free(first);
	return sorted;
}

static int64_t whose(const struct closed_deal *deal, enum tag tag)
{
	return tag == OF_ACCOUNT ? deal->account : deal->contact;
}

/*
 * The numbers of the deals account by account, or contact by contact, in time; then of those
 * without; then that of none.
 */
static uint32_t *order_deals(const struct journeys *j, enum tag tag)
{
	struct placed *placed = xcalloc(j->ndeals + 1, sizeof *placed);
	uint32_t *order = xcalloc(j->ndeals + 1, sizeof *order);
	size_t n = 0, last = j->ndeals;
	order[last] = (uint32_t)last;
	for (uint32_t i = 0; i < j->ndeals; i++) {
		const struct closed_deal *deal = &j->deals[i];
		if (whose(deal, tag))
			placed[n++] = (struct placed){ whose(deal, tag), deal->at, deal->id, i };
		else
			order[--last] = i;
	}
	struct placed *sorted = sort_placed(placed, n);
	for (size_t i = 0; i < n; i++)
		order[i] = sorted[i].number;
	free(placed);
	free(sorted);
	return order;
}

/*
 * As touches are read, so that both are gone through from one end to the other.  Of the deals of
 * a lead the one that was read first stays its own.
 */
static void sort_deals(struct reading *r)
{
	struct journeys *j = r->out;
	struct closed_deal *sorted = xcalloc(j->ndeals + 1, sizeof *sorted);
	uint32_t *order = order_deals(j, OF_ACCOUNT),
		 *place = xcalloc(j->ndeals + 1, sizeof *place);
	for (uint32_t i = 0; i < j->ndeals; i++) {
		sorted[i] = j->deals[order[i]];
		place[order[i]] = i;
	}
	for (size_t i = 0; i < j->ndeals; i++)
		enter(&r->table, j->deals[i].lead, OF_LEAD, place[i]);
	free(order);
	free(place);
	free(j->deals);
	j->deals = sorted;
}

static void clear(struct table *t)
{
	free(t->slots);
	*t = (struct table){ 0 };
	grow(t);
}

void journey_deals_choose(struct reading *r)
{
	records_each(r->study->job, "deal", journey_paths, choose_deal, r);
}

void journey_deals_read(struct reading *r)
{
	struct journeys *j = r->out;
	clear(&r->table);
	read_deals(r);
	if (!r->all)
		journey_deals_choose(r);
	clear(&r->table); /* they change their numbers */
	sort_deals(r);
	enter_ids(r);
	r->by_contact = order_deals(j, OF_CONTACT);
	for (size_t i = 0; i < j->ndeals; i++) {
		enter(&r->table, j->deals[i].account, OF_ACCOUNT, i);
		enter(&r->table, j->deals[r->by_contact[i]].contact, OF_CONTACT, i);
	}
}

void journey_deals_forget(struct reading *r)
{
	free(r->table.slots);
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

/* Of an account or contact the first deal that was not closed before, else the last. */
struct closed_deal *journey_deal_at(const struct reading *r, const struct slot *s, enum tag by,
				    int64_t at)
{
	struct closed_deal *deals = r->out->deals;
	const uint32_t *order = r->by_contact;
	size_t i = s->number;
	if (by == OF_ACCOUNT)
		while (deals[i].at < at && deals[i + 1].account == deals[i].account)
			i++;
	if (by != OF_CONTACT)
		return &deals[i];
	while (deals[order[i]].at < at && deals[order[i + 1]].contact == deals[order[i]].contact)
		i++;
	return &deals[order[i]];
}
