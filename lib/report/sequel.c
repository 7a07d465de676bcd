/* What came after a touch, and before it, with the same customer. */
#include "report/sequel.h"

#include <stdlib.h>

#include "core/date.h"

enum { PEOPLE = 3 }; /* lead, account, contact */

struct sequel {
	struct line {
		struct moment {
			int64_t who; /* id × PEOPLE + which of them */
			int64_t at;
		} * list; /* in this order */
		size_t n, room;
	} of[SEQUEL_KINDS];
};

/* -- what is read -- */

#define OURS "(direction is null or direction <> 'in')"
#define MESSAGES "kind in ('email', 'chat', 'sms', 'letter')"

static const struct {
	unsigned kinds; /* read for them; a row says for which by its own columns */
	const char *sql, *time;
} reads[] = {
	{ 1u << SEQUEL_CALL,
	  "select lead, account, contact, done_at from activity where kind = 'call' and status ="
	  " 'done' and " OURS,
	  "done_at" },
	{ 1u << SEQUEL_ANSWER,
	  "select lead, account, contact, done_at from activity where status = 'done' and kind in"
	  " ('call', 'email', 'meeting', 'sms', 'chat', 'visit', 'letter') and " OURS,
	  "done_at" },
	{ 1u << SEQUEL_INWARD,
	  "select lead, account, contact, done_at from activity where status = 'done' and"
	  " direction = 'in' and " MESSAGES,
	  "done_at" },
	{ 1u << SEQUEL_SUCCESS,
	  "select lead, account, contact, done_at from activity where status = 'done' and kind in"
	  " ('meeting', 'visit')",
	  "done_at" },
	{ 1u << SEQUEL_SUCCESS,
	  "select lead, account, contact, created_at from deal where created_at is not null",
	  "created_at" },
};

static void put_read(struct sql *q, size_t which, int64_t from)
{
	sql_add_literal(q, reads[which].sql);
	if (from == INT64_MIN)
		return;
	sql_add(q, " and ");
	sql_add_literal(q, reads[which].time);
	sql_add(q, " >= ");
	sql_param(q, value_text(instant_print(from, q->arena)));
}

bool sequel_sql(struct sql *q, unsigned kinds, int64_t from, size_t i)
{
	for (size_t k = 0; k < countof(reads); k++)
		if (kinds & reads[k].kinds && i-- == 0) {
			put_read(q, k, from);
			return true;
		}
	return false;
}

/* -- what is learned -- */

static void add(struct line *l, int64_t who, int64_t at)
{
	if (l->n == l->room) {
		l->room = l->room ? l->room * 2 : 256;
		l->list = xrealloc(l->list, l->room * sizeof *l->list);
	}
	l->list[l->n++] = (struct moment){ who, at };
}

static int in_order(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;
	if (x->who != y->who)
		return x->who < y->who ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static void read_line(struct store *s, struct line *l, size_t which, int64_t from)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	put_read(&q, which, from);
	struct stmt *rows = db_query(s->db, &q);
	while (stmt_step(rows)) {
		int64_t at;
		struct value when = stmt_value(rows, PEOPLE);
		if (when.kind != V_TEXT || !instant_scan(when.s, &at))
			continue;
		for (size_t i = 0; i < PEOPLE; i++) {
			struct value v = stmt_value(rows, i);
			if (v.kind == V_INT)
				add(l, v.i * PEOPLE + (int64_t)i, at);
		}
	}
	stmt_close(rows);
	sql_free(&q);
	arena_free(&a);
}

struct sequel *sequel_learn(struct store *s, unsigned kinds, int64_t from)
{
	struct sequel *q = xcalloc(1, sizeof *q);
	for (size_t i = 0; i < countof(reads); i++)
		for (size_t k = 0; k < SEQUEL_KINDS; k++)
			if (kinds & reads[i].kinds & 1u << k)
				read_line(s, &q->of[k], i, from);
	for (size_t k = 0; k < SEQUEL_KINDS; k++)
		if (q->of[k].n)
			qsort(q->of[k].list, q->of[k].n, sizeof *q->of[k].list, in_order);
	return q;
}

void sequel_free(struct sequel *s)
{
	for (size_t k = 0; s && k < SEQUEL_KINDS; k++)
		free(s->of[k].list);
	free(s);
}

/* -- what is asked -- */

/* Place of the first moment that is not before that one. */
static size_t place(const struct line *l, int64_t who, int64_t at)
{
	const struct moment key = { who, at };
	size_t low = 0, high = l->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (in_order(&l->list[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool sequel_next(const struct sequel *s, enum sequel_kind kind, const struct value *const who[3],
		 int64_t from, int64_t *at)
{
	const struct line *l = &s->of[kind];
	bool found = false;
	for (size_t i = 0; i < PEOPLE; i++) {
		int64_t key = who[i]->i * PEOPLE + (int64_t)i;
		size_t p = who[i]->kind == V_INT ? place(l, key, from) : l->n;
		if (p == l->n || l->list[p].who != key || (found && *at <= l->list[p].at))
			continue;
		*at = l->list[p].at;
		found = true;
	}
	return found;
}

bool sequel_last(const struct sequel *s, enum sequel_kind kind, const struct value *const who[3],
		 int64_t before, int64_t *at)
{
	const struct line *l = &s->of[kind];
	bool found = false;
	for (size_t i = 0; i < PEOPLE; i++) {
		int64_t key = who[i]->i * PEOPLE + (int64_t)i;
		size_t p = who[i]->kind == V_INT ? place(l, key, before) : 0;
		if (!p || l->list[p - 1].who != key || (found && *at >= l->list[p - 1].at))
			continue;
		*at = l->list[p - 1].at;
		found = true;
	}
	return found;
}
