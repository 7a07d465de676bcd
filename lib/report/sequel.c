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

enum way { OURS, THEIRS, EITHER };

/* Kinds of activities, and what each is a touch of, whoever began it. */
static const struct {
	const char *kind;
	unsigned touch[EITHER + 1];
} touches[] = {
	{ "call", { 1u << SEQUEL_CALL | 1u << SEQUEL_ANSWER, 0, 1u << SEQUEL_TALK } },
	{ "email", { 1u << SEQUEL_ANSWER, 1u << SEQUEL_INWARD, 0 } },
	{ "meeting", { 1u << SEQUEL_ANSWER, 0, 1u << SEQUEL_SUCCESS } },
	{ "sms", { 1u << SEQUEL_ANSWER, 1u << SEQUEL_INWARD, 0 } },
	{ "chat", { 1u << SEQUEL_ANSWER, 1u << SEQUEL_INWARD, 0 } },
	{ "visit", { 1u << SEQUEL_ANSWER, 0, 1u << SEQUEL_SUCCESS } },
	{ "letter", { 1u << SEQUEL_ANSWER, 1u << SEQUEL_INWARD, 0 } },
};

enum { PERSONAL = 1u << SEQUEL_ANSWER | 1u << SEQUEL_INWARD }; /* not what a program did */

static unsigned any_way(size_t kind, unsigned kinds)
{
	return (touches[kind].touch[OURS] | touches[kind].touch[THEIRS] |
		touches[kind].touch[EITHER]) &
	       kinds;
}

enum { R_AT = SEQUEL_REFS, R_KIND, R_DIRECTION, R_AUTOMATIC, R_OUTCOME, R_LENGTH };

/* Without what is not asked for, so that an index has all: one that of talks, one that of others.
 */
static void put_touches(struct sql *q, unsigned kinds)
{
	sql_add(q,
		"select t.lead, t.account, t.contact, c.account, t.done_at, t.kind, t.direction");
	sql_add_literal(q, kinds & PERSONAL ? ", t.automatic" : ", null");
	sql_add_literal(q, kinds & 1u << SEQUEL_TALK ? ", t.outcome, t.duration_s" : "");
	sql_add(q, " from activity t left join contact c on c.id = t.contact"
		   " where t.status = 'done' and (");
	for (size_t i = 0, n = 0; i < countof(touches); i++) {
		if (!any_way(i, kinds))
			continue;
		sql_add_literal(q, n++ ? " or t.kind = " : "t.kind = ");
		sql_param(q, value_text(str_of(touches[i].kind)));
	}
	sql_add(q, ")");
}

static void put_deals(struct sql *q)
{
	sql_add(q, "select t.lead, t.account, t.contact, c.account, t.created_at from deal t"
		   " left join contact c on c.id = t.contact");
}

static void put_since(struct sql *q, const char *before, int64_t from)
{
	if (from == INT64_MIN)
		return;
	sql_add_literal(q, before);
	sql_param(q, value_text(instant_print(from, q->arena)));
}

#define WROTE " x.status = 'done' and x.direction = 'in' and x.done_at >= "

/* Those who wrote since: the account of who names a contact alone has written, too. */
static void put_writers(struct sql *q, const char *which, int64_t from)
{
	sql_add(q, "select x.");
	sql_add_literal(q, which);
	put_since(q, " from activity x where" WROTE, from);
	if (strcmp(which, "account") != 0)
		return;
	sql_add(q,
		" union all select y.account from activity x join contact y on y.id = x.contact");
	put_since(q, " where" WROTE, from);
}

/* All touches with one of them, whenever it was. */
static void put_with_writers(struct sql *q, const char *which, int64_t from)
{
	sql_add(q, " and t.");
	sql_add_literal(q, which);
	sql_add(q, " in (");
	put_writers(q, which, from);
	if (!strcmp(which, "contact")) {
		sql_add(q, " union all select y.id from contact y where y.account in (");
		put_writers(q, "account", from);
		sql_add(q, ")");
	}
	sql_add(q, ")");
}

static const char *const writers[] = { "account", "contact", "lead" };

/* How many statements read touches.  What they wrote comes first. */
static size_t touch_reads(unsigned kinds, int64_t from)
{
	if (!(kinds & 1u << SEQUEL_INWARD))
		return 1;
	return from == INT64_MIN ? 2 : countof(writers);
}

bool sequel_sql(struct sql *q, unsigned kinds, int64_t from, size_t i)
{
	size_t n = touch_reads(kinds, from);
	if (i < n) {
		put_touches(q, kinds);
		if (n == countof(writers))
			put_with_writers(q, writers[i], from);
		else if (n == 2)
			sql_add_literal(q, i ? " and (t.direction is null or t.direction <> 'in')"
					     : " and t.direction = 'in'");
		else
			put_since(q, " and t.done_at >= ", from);
	} else if (i == n && kinds & 1u << SEQUEL_SUCCESS) {
		put_deals(q);
		put_since(q, " where t.created_at >= ", from);
	}
	return q->text.n > 0;
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
	struct value outcome = stmt_value(rows, R_OUTCOME), length = stmt_value(rows, R_LENGTH),
		     direction = stmt_value(rows, R_DIRECTION);
	for (size_t i = 0; outcome.kind == V_TEXT && i < countof(outcomes); i++)
		if (str_is(outcome.s, outcomes[i].outcome))
			return outcomes[i].talk;
	return call_connected(&outcome, &length, &direction) ? TALK_SPOKE : TALK_NO_ANSWER;
}

/* What the activity is a touch of: kinds of sequels, or'ed. */
static unsigned touch_of(struct stmt *row)
{
	struct value kind = stmt_value(row, R_KIND), direction = stmt_value(row, R_DIRECTION),
		     automatic = stmt_value(row, R_AUTOMATIC);
	enum way way = direction.kind == V_TEXT && str_is(direction.s, "in") ? THEIRS : OURS;
	size_t i = 0;
	while (i < countof(touches) && !str_is(kind.s, touches[i].kind))
		i++;
	if (i == countof(touches))
		return 0;
	unsigned touch = touches[i].touch[way] | touches[i].touch[EITHER];
	return automatic.kind == V_INT && automatic.i ? touch & ~(unsigned)PERSONAL : touch;
}

/* To all kinds of sequels that it is: one with each whom it is about. */
static void add_row(struct sequel *q, struct stmt *row, unsigned is)
{
	struct moment m = { 0 };
	int64_t at;
	struct value when = stmt_value(row, R_AT);
	if (when.kind != V_TEXT || !instant_scan(when.s, &at))
		return;
	m.at = at;
	if (is & 1u << SEQUEL_TALK)
		m.said = talk_of(row);
	for (size_t i = 0; i < SEQUEL_REFS; i++) {
		struct value v = stmt_value(row, i);
		m.who = v.i * SEQUEL_TYPES + type_of[i];
		for (size_t k = 0; v.kind == V_INT && k < SEQUEL_KINDS; k++)
			if (is & 1u << k)
				add(&q->of[k], m);
	}
}

/* False: there is no i-th statement. */
static bool read_rows(struct sequel *q, struct store *s, unsigned kinds, int64_t from, size_t i)
{
	struct arena a = { 0 };
	struct sql text = { .arena = &a };
	bool there = sequel_sql(&text, kinds, from, i);
	struct stmt *rows = there ? db_query(s->db, &text) : NULL;
	while (there && stmt_step(rows)) {
		unsigned is =
		    i < touch_reads(kinds, from) ? touch_of(rows) & kinds : 1u << SEQUEL_SUCCESS;
		if (is)
			add_row(q, rows, is);
	}
	stmt_close(rows);
	sql_free(&text);
	arena_free(&a);
	return there;
}

struct sequel *sequel_learn(struct store *s, unsigned kinds, int64_t from)
{
	struct sequel *q = xcalloc(1, sizeof *q);
	for (size_t i = 0; read_rows(q, s, kinds, from, i); i++)
		if (kinds & 1u << SEQUEL_INWARD && from == INT64_MIN && !q->of[SEQUEL_INWARD].n)
			break; /* who wrote nothing got no answer */
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
