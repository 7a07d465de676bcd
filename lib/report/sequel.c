/* What came after a touch, and before it, with the same customer. */
#include "report/sequel.h"

#include <stdlib.h>

#include "core/date.h"
#include "report/take.h"

/* An account is the same one, whether the touch names it or the contact does. */
static const int64_t type_of[SEQUEL_REFS] = { SEQUEL_LEAD, SEQUEL_ACCOUNT, SEQUEL_CONTACT,
					      SEQUEL_ACCOUNT };

struct sequel {
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

/* -- what is read -- */

#define TOUCHES                                                                               \
	"select t.lead, t.account, t.contact, c.account, t.done_at, t.outcome, t.duration_s," \
	" t.direction from activity t"                                                        \
	" left join contact c on c.id = t.contact where t.status = 'done' and "
#define OURS "(t.direction is null or t.direction <> 'in')"
#define PERSONAL " and coalesce(t.automatic, 0) = 0"

static const struct {
	unsigned kind; /* what it is read for */
	const char *sql, *time;
} reads[] = {
	{ SEQUEL_CALL, TOUCHES "t.kind = 'call' and " OURS, "t.done_at" },
	{ SEQUEL_ANSWER,
	  TOUCHES
	  "t.kind in ('call', 'email', 'meeting', 'sms', 'chat', 'visit', 'letter') and " OURS
	      PERSONAL,
	  "t.done_at" },
	{ SEQUEL_INWARD,
	  TOUCHES "t.kind in ('email', 'chat', 'sms', 'letter') and t.direction = 'in'" PERSONAL,
	  "t.done_at" },
	{ SEQUEL_TALK, TOUCHES "t.kind = 'call'", "t.done_at" },
	{ SEQUEL_SUCCESS, TOUCHES "t.kind in ('meeting', 'visit')", "t.done_at" },
	{ SEQUEL_SUCCESS,
	  "select t.lead, t.account, t.contact, c.account, t.created_at from deal t"
	  " left join contact c on c.id = t.contact where t.created_at is not null",
	  "t.created_at" },
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
		if (kinds & 1u << reads[k].kind && i-- == 0) {
			put_read(q, k, from);
			return true;
		}
	return false;
}

/* -- what is learned -- */

static void add(struct line *l, struct moment m)
{
	if (l->n == l->room) {
		l->room = l->room ? l->room * 2 : 256;
		l->list = xrealloc(l->list, l->room * sizeof *l->list);
	}
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
		qsort(list + l->first[i], l->first[i + 1] - l->first[i], sizeof *list, in_order);
}

static enum talk talk_of(struct stmt *rows)
{
	static const struct {
		const char *outcome;
		enum talk talk;
	} outcomes[] = {
		{ "wrong_number", TALK_WRONG_NUMBER }, { "not_interested", TALK_NOT_INTERESTED },
		{ "callback", TALK_CALLBACK },	       { "interested", TALK_INTERESTED },
		{ "meeting_set", TALK_MEETING_SET },
	};
	struct value outcome = stmt_value(rows, SEQUEL_REFS + 1),
		     length = stmt_value(rows, SEQUEL_REFS + 2),
		     direction = stmt_value(rows, SEQUEL_REFS + 3);
	for (size_t i = 0; outcome.kind == V_TEXT && i < countof(outcomes); i++)
		if (str_is(outcome.s, outcomes[i].outcome))
			return outcomes[i].talk;
	return call_connected(&outcome, &length, &direction) ? TALK_SPOKE : TALK_NO_ANSWER;
}

static void read_line(struct store *s, struct line *l, size_t which, int64_t from)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	put_read(&q, which, from);
	struct stmt *rows = db_query(s->db, &q);
	while (stmt_step(rows)) {
		struct moment m = { 0 };
		int64_t at;
		struct value when = stmt_value(rows, SEQUEL_REFS);
		if (when.kind != V_TEXT || !instant_scan(when.s, &at))
			continue;
		m.at = at;
		if (reads[which].kind == SEQUEL_TALK)
			m.said = talk_of(rows);
		for (size_t i = 0; i < SEQUEL_REFS; i++) {
			struct value v = stmt_value(rows, i);
			m.who = v.i * SEQUEL_TYPES + type_of[i];
			if (v.kind == V_INT)
				add(l, m);
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
		if (kinds & 1u << reads[i].kind)
			read_line(s, &q->of[reads[i].kind], i, from);
	for (size_t k = 0; k < SEQUEL_KINDS; k++)
		put_in_order(&q->of[k]);
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

/* Place of the first moment that is not before that one. */
static size_t place(const struct line *l, int64_t who, int64_t at)
{
	const struct moment key = { who, at, 0 };
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

bool sequel_next(const struct sequel *s, enum sequel_kind kind,
		 const struct value *const who[SEQUEL_REFS], int64_t from, int64_t *at)
{
	const struct line *l = &s->of[kind];
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

bool sequel_last(const struct sequel *s, enum sequel_kind kind,
		 const struct value *const who[SEQUEL_REFS], int64_t before, int64_t *at)
{
	const struct line *l = &s->of[kind];
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

const struct moment *sequel_all(const struct sequel *s, enum sequel_kind kind, enum sequel_who type,
				int64_t id, size_t *n)
{
	const struct line *l = &s->of[kind];
	int64_t who = id * SEQUEL_TYPES + type;
	size_t first = l->n ? place(l, who, INT64_MIN) : 0;
	*n = 0;
	while (first + *n < l->n && l->list[first + *n].who == who)
		++*n;
	return l->list + first;
}
