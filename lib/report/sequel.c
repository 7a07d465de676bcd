/* What came after a touch, and before it, with the same customer. */
#include <stdlib.h>

#include "core/date.h"
#include "report/sequel_impl.h"

/* An account is the same one, whether the touch names it or the contact does. */
static const int64_t type_of[SEQUEL_REFS] = { SEQUEL_LEAD, SEQUEL_ACCOUNT, SEQUEL_CONTACT,
					      SEQUEL_ACCOUNT };

struct sequel {
	struct store *store;
	unsigned kinds, learned; /* or'ed */
	struct sequel_reach reach;
	struct line {
		struct moment *list; /* in this order */
		size_t n, room;
		/*
		 * Those of a few after each other are found at once: where the ones begin whose
		 * `who`, shifted, is i; nfirst of them, and the end.  NULL: the line is empty.
		 */
		size_t *first, nfirst;
		unsigned shift;
	} of[SEQUEL_KINDS];
};

/* -- what is learned -- */

static void add(struct line *l, struct moment m)
{
	l->list = xgrow(l->list, l->n, &l->room, sizeof *l->list);
	l->list[l->n++] = m;
}

static int in_order(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;
	if (x->who != y->who)
		return x->who < y->who ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->said > y->said) - (x->said < y->said);
}

static size_t shelf(const struct line *l, int64_t who)
{
	return (size_t)(who >> l->shift);
}

/* About as many shelves as moments: ids count up, so few stand on each. */
static void open_shelves(struct line *l)
{
	int64_t most = 0;
	for (size_t i = 0; i < l->n; i++)
		if (l->list[i].who > most)
			most = l->list[i].who;
	while (shelf(l, most) > l->n)
		l->shift++;
	l->nfirst = shelf(l, most) + 1;
	l->first = xcalloc(l->nfirst + 2, sizeof *l->first);
}

/* They mostly come in order. */
static void sort(struct moment *list, size_t n)
{
	size_t i = 1;
	while (i < n && in_order(&list[i - 1], &list[i]) <= 0)
		i++;
	if (i < n)
		qsort(list, n, sizeof *list, in_order);
}

/* By shelf, in the order in which they were read, which is near that of time; then on each. */
static void put_in_order(struct line *l)
{
	if (!l->n)
		return;
	open_shelves(l);
	for (size_t i = 0; i < l->n; i++)
		l->first[shelf(l, l->list[i].who) + 2]++;
	for (size_t i = 2; i < l->nfirst + 2; i++)
		l->first[i] += l->first[i - 1];
	struct moment *list = xcalloc(l->n, sizeof *list);
	for (size_t i = 0; i < l->n; i++) /* in the end first[i] is where i begins */
		list[l->first[shelf(l, l->list[i].who) + 1]++] = l->list[i];
	free(l->list);
	l->list = list;
	for (size_t i = 0; i < l->nfirst; i++)
		sort(list + l->first[i], l->first[i + 1] - l->first[i]);
}

/* To all kinds of sequels that it is: one with each whom it is about. */
static void add_row(struct sequel *q, struct stmt *row, unsigned is)
{
	struct moment m = { 0 };
	struct value v[SEQUEL_AT + 1];
	stmt_values(row, 0, countof(v), v);
	if (v[SEQUEL_AT].kind != V_TEXT || !instant_scan(v[SEQUEL_AT].s, &m.at))
		return;
	if (is & 1u << SEQUEL_TALK)
		m.said = sequel_talk(row);
	for (size_t i = 0; i < SEQUEL_REFS; i++) {
		m.who = v[i].i * SEQUEL_TYPES + type_of[i];
		for (size_t k = 0; v[i].kind == V_INT && k < SEQUEL_KINDS; k++)
			if (is & 1u << k)
				add(&q->of[k], m);
	}
}

struct reading {
	struct sequel *of;
	unsigned together;
};

static void read_row(void *reading, struct stmt *row)
{
	const struct reading *r = reading;
	unsigned is = sequel_touch(row, r->together);
	if (is)
		add_row(r->of, row, is);
}

/* False: there is no i-th statement. */
static bool read_rows(struct sequel *q, unsigned together, size_t i)
{
	struct arena a = { 0 };
	struct sql text = { .arena = &a };
	struct reading reading = { q, together };
	bool there = sequel_sql(q->store, &text, together, &q->reach, i);
	if (there)
		db_each(q->store->db, &text, read_row, &reading);
	sql_free(&text);
	arena_free(&a);
	return there;
}

static void learn(struct sequel *q, unsigned together)
{
	for (size_t i = 0; read_rows(q, together, i); i++)
		if (together & 1u << SEQUEL_INWARD && q->reach.from == INT64_MIN &&
		    !q->of[SEQUEL_INWARD].n)
			break; /* who wrote nothing got no answer */
	for (size_t k = 0; k < SEQUEL_KINDS; k++)
		if (together & 1u << k)
			put_in_order(&q->of[k]);
	q->learned |= together;
}

struct sequel *sequel_new(struct store *s, unsigned kinds, const struct sequel_reach *r)
{
	struct sequel *q = xcalloc(1, sizeof *q);
	q->store = s;
	q->kinds = kinds;
	q->reach = *r;
	return q;
}

void sequel_free(struct sequel *s)
{
	for (size_t k = 0; s && k < SEQUEL_KINDS; k++) {
		free(s->of[k].list);
		free(s->of[k].first);
	}
	free(s);
}

/* -- what is asked -- */

static const struct line *line_of(struct sequel *s, enum sequel_kind kind)
{
	if (!(s->learned & 1u << kind))
		learn(s, sequel_together(s->kinds, kind));
	return &s->of[kind];
}

/* Place of the first moment that is not before that one. */
static size_t place(const struct line *l, int64_t who, int64_t at)
{
	const struct moment key = { .who = who, .at = at };
	size_t on = shelf(l, who);
	if (on >= l->nfirst)
		return l->n;
	size_t low = l->first[on], high = l->first[on + 1];
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (in_order(&l->list[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool sequel_next(struct sequel *s, enum sequel_kind kind,
		 const struct value *const who[SEQUEL_REFS], int64_t from, int64_t *at)
{
	const struct line *l = line_of(s, kind);
	bool found = false;
	for (size_t i = 0; i < SEQUEL_REFS; i++) {
		int64_t key = who[i]->i * SEQUEL_TYPES + type_of[i];
		size_t p = who[i]->kind == V_INT ? place(l, key, from) : l->n;
		if (p == l->n || l->list[p].who != key || (found && *at <= l->list[p].at))
			continue;
		*at = l->list[p].at;
		found = true;
	}
	return found;
}

bool sequel_last(struct sequel *s, enum sequel_kind kind,
		 const struct value *const who[SEQUEL_REFS], int64_t before, int64_t *at)
{
	const struct line *l = line_of(s, kind);
	bool found = false;
	for (size_t i = 0; i < SEQUEL_REFS; i++) {
		int64_t key = who[i]->i * SEQUEL_TYPES + type_of[i];
		size_t p = who[i]->kind == V_INT ? place(l, key, before) : 0;
		if (!p || l->list[p - 1].who != key || (found && *at >= l->list[p - 1].at))
			continue;
		*at = l->list[p - 1].at;
		found = true;
	}
	return found;
}

const struct moment *sequel_all(struct sequel *s, enum sequel_kind kind, enum sequel_who type,
				int64_t id, size_t *n)
{
	const struct line *l = line_of(s, kind);
	int64_t who = id * SEQUEL_TYPES + type;
	size_t first = l->n ? place(l, who, INT64_MIN) : 0;
	*n = 0;
	while (first + *n < l->n && l->list[first + *n].who == who)
		++*n;
	return l->list + first;
}
