/* Answers: given row by row; kept to be sorted and cut. */
#include "report/answer.h"

#include <stdlib.h>

#include "report/job.h"

void answer_begin(struct answer *a, const struct answer_column *columns, size_t n)
{
	bool first = !a->columns;
	a->columns = columns;
	a->n = n;
	if (first && a->begin)
		a->begin(a);
}

void answer_row(struct answer *a, const struct value *values)
{
	a->row(a, values, false);
}

void answer_total(struct answer *a, const struct value *values)
{
	if (a->totals)
		a->row(a, values, true);
}

size_t answer_column(const struct answer *a, struct str name)
{
	size_t i = 0;
	while (i < a->n && !str_eq(a->columns[i].name, name))
		i++;
	return i;
}

size_t answer_currency(const struct answer *a)
{
	size_t i = 0;
	while (i < a->n && a->columns[i].role != ROLE_CURRENCY)
		i++;
	return i;
}

/* -- kept -- */

static void keep(struct answer *a, const struct value *values, bool total)
{
	struct kept *k = (struct kept *)a;
	struct value *copy = arena_new(&k->arena, struct value, a->n);
	for (size_t i = 0; i < a->n; i++) {
		copy[i] = values[i];
		if (copy[i].kind == V_TEXT)
			copy[i].s = arena_str(&k->arena, copy[i].s);
	}
	k->rows = xgrow(k->rows, k->n, &k->room, sizeof *k->rows);
	k->rows[k->n++] = (struct kept_row){ a->columns, copy, total };
}

struct kept kept_new(bool totals)
{
	return (struct kept){ .answer = { .totals = totals, .row = keep } };
}

void kept_free(struct kept *k)
{
	free(k->rows);
	arena_free(&k->arena);
}

/* One key of a sort, and the key that stands before an amount's: its currency. */
struct key {
	size_t column, currency;
	bool descending;
};

struct placed {
	const struct kept_row *row;
	const struct ranked *ranks; /* two a key: of the currency, of the value */
	const struct key *keys;
	size_t nkeys;
};

static int by_keys(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	if (x->row->total != y->row->total)
		return x->row->total - y->row->total;
	for (size_t i = 0; i < 2 * x->nkeys && !x->row->total; i++) {
		const struct ranked *p = &x->ranks[i], *q = &y->ranks[i];
		int order = ranked_compare(p, q);
		bool turned = i % 2 && x->keys[i / 2].descending && p->empty == q->empty;
		if (order)
			return turned ? -order : order;
	}
	return (x->row > y->row) - (x->row < y->row);
}

static bool parse_keys(const struct answer *a, struct str by, struct key *keys, size_t *n,
		       struct diag *d)
{
	struct str rest = by, name;
	const char **names = arena_new(&d->arena, const char *, a->n);
	for (size_t i = 0; i < a->n; i++)
		names[i] = arena_str(&d->arena, a->columns[i].name).p;
	for (*n = 0; str_cut(&rest, ',', &name);) {
		name = str_trim(name);
		struct key k = { .descending = str_starts(name, "-"), .currency = a->n };
		if (k.descending || str_starts(name, "+"))
			name = str_sub(name, 1, name.n);
		k.column = answer_column(a, name);
		const char *near = nearest(name, names, a->n);
		if (k.column == a->n)
			return diag_set(d, NULL, "-s: no column %s%s%s%s", quoted(name, &d->arena),
					near ? "; did you mean " : "", near ? near : "",
					near ? "?" : "");
		if (a->columns[k.column].unit == UNIT_MONEY)
			k.currency = answer_currency(a);
		if (*n < a->n)
			keys[(*n)++] = k;
	}
	return true;
}

/* The house's currency before all others. */
static struct ranked currency_rank(const struct value *v, const char *house)
{
	bool other = v->kind == V_TEXT && !str_is(v->s, house);
	return (struct ranked){ .place = other, .key = v->s };
}

static void rank_row(const struct kept *k, const struct kept_row *row, const struct key *keys,
		     size_t n, struct ranked *ranks, const struct codec *c, struct arena *a)
{
	for (size_t i = 0; i < n; i++) {
		const struct answer_column *column = &k->answer.columns[keys[i].column];
		if (keys[i].currency < k->answer.n)
			ranks[2 * i] =
			    currency_rank(&row->values[keys[i].currency], c->settings->currency);
		ranks[2 * i + 1] =
		    rank_value(&row->values[keys[i].column], column->field, c->schema, a);
	}
}

bool kept_sort(struct kept *k, struct str by, const struct codec *c, struct diag *d)
{
	struct arena a = { 0 };
	struct key *keys = arena_new(&a, struct key, k->answer.n);
	struct placed *placed = arena_new(&a, struct placed, k->n);
	struct kept_row *rows = arena_new(&a, struct kept_row, k->n);
	size_t n;
	bool known = parse_keys(&k->answer, by, keys, &n, d);
	for (size_t i = 0; known && i < k->n; i++) {
		struct ranked *ranks = arena_new(&a, struct ranked, 2 * n);
		if (!k->rows[i].total)
			rank_row(k, &k->rows[i], keys, n, ranks, c, &a);
		placed[i] = (struct placed){ &k->rows[i], ranks, keys, n };
	}
	if (known && k->n > 1)
		qsort(placed, k->n, sizeof *placed, by_keys);
	for (size_t i = 0; known && i < k->n; i++)
		rows[i] = *placed[i].row;
	k->answer.by_currency = n && keys->currency < k->answer.n;
	k->answer.by_period = false;
	k->sorted = true;
	if (known && k->n)
		memcpy(k->rows, rows, k->n * sizeof *rows);
	arena_free(&a);
	return known;
}

/* Whether another part, or what is of another period or currency, begins with that row. */
static bool begins(const struct kept *k, size_t i, size_t period, size_t currency)
{
	const struct kept_row *row = &k->rows[i];
	if (!i || (!k->sorted && row->columns != row[-1].columns))
		return true;
	return (period < k->answer.n && !value_eq(&row->values[period], &row[-1].values[period])) ||
	       (currency < k->answer.n &&
		!value_eq(&row->values[currency], &row[-1].values[currency]));
}

void kept_limit(struct kept *k, size_t n)
{
	size_t currency = k->answer.by_currency ? answer_currency(&k->answer) : k->answer.n;
	size_t period =
	    k->answer.by_period ? answer_column(&k->answer, STR("period")) : k->answer.n;
	struct kept_row *first = arena_new(&k->arena, struct kept_row, k->n);
	size_t rows = 0, kept = 0, place = 0;
	for (size_t i = 0; i < k->n; i++) {
		if (k->rows[i].total)
			continue;
		rows++;
		place = begins(k, i, period, currency) ? 1 : place + 1;
		if (place <= n)
			first[kept++] = k->rows[i];
	}
	k->answer.cut = kept < rows;
	if (!k->answer.cut)
		return;
	memcpy(k->rows, first, kept * sizeof *first);
	k->n = kept;
}

void kept_expect(struct kept *k, const char *sort, int64_t limit)
{
	struct str rest = str_of(sort);
	k->answer.cut = limit >= 0;
	k->answer.first = k->answer.cut ? (size_t)limit : 0;
	if (sort)
		str_cut(&rest, ',', &k->answer.first_by);
}

void kept_replay(const struct kept *k, struct answer *to)
{
	if (!k->answer.columns)
		return;
	to->single = k->answer.single;
	answer_begin(to, k->answer.columns, k->answer.n);
	for (size_t i = 0; i < k->n; i++) {
		to->columns = k->rows[i].columns;
		to->row(to, k->rows[i].values, k->rows[i].total);
	}
}
