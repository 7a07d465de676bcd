/* How much: the figures of the groups, and what measures make of them. */
#include <stdlib.h>

#include "core/money.h"
#include "report/job.h"

static struct str group_key(int64_t key[2], size_t series, int64_t period)
{
	key[0] = (int64_t)series;
	key[1] = period;
	return (struct str){ (const char *)key, 2 * sizeof *key };
}

/* Most reports have one period, 0: then the series alone leads to the group. */
static int64_t *number_of_series(struct tally *t, size_t series)
{
	if (series >= t->nsingle) {
		size_t n = series < 32 ? 64 : series * 2;
		t->single = xrealloc(t->single, n * sizeof *t->single);
		memset(t->single + t->nsingle, 0, (n - t->nsingle) * sizeof *t->single);
		t->nsingle = n;
	}
	return &t->single[series];
}

struct sum *tally_at(struct tally *t, size_t series, int64_t period)
{
	int64_t key[2];
	int64_t *number =
	    period ? map_at(&t->at, group_key(key, series, period)) : number_of_series(t, series);
	if (*number)
		return t->groups[*number - 1].sums;
	t->groups = xgrow(t->groups, t->n, &t->room, sizeof *t->groups);
	t->groups[t->n] = (struct group){ series, period,
					  arena_new(&t->arena, struct sum, t->report->nmeasures) };
	*number = (int64_t)++t->n;
	return t->groups[t->n - 1].sums;
}

const struct sum *tally_find(const struct tally *t, size_t series, int64_t period)
{
	int64_t key[2];
	const int64_t *number = period ? map_find(&t->at, group_key(key, series, period))
				: series < t->nsingle ? &t->single[series]
						      : NULL;
	return number && *number ? t->groups[*number - 1].sums : NULL;
}

/* -- what becomes of figures: a row for each way -- */

/* A figure as a fraction; null where `of` is 0. */
struct fraction {
	wide number, of;
};

static void add_up(struct sum *s, wide figure)
{
	s->total += figure;
}

/* Ids often come in their order. */
static bool is_sorted(const struct figure_list *l)
{
	for (size_t i = 1; i < l->n; i++)
		if (l->at[i - 1] > l->at[i])
			return false;
	return true;
}

/* Of a sum that has some. */
static const int64_t *sorted(const struct sum *s)
{
	if (!is_sorted(s->list))
		qsort(s->list->at, s->list->n, sizeof *s->list->at, int64_cmp);
	return s->list->at;
}

static void grow(struct sum *s)
{
	size_t n = s->list ? s->list->n : 0, room = s->list ? s->list->room * 2 : 8;
	s->list = xrealloc(s->list, sizeof *s->list + room * sizeof *s->list->at);
	s->list->n = n;
	s->list->room = room;
}

static void append(struct sum *s, wide figure)
{
	s->list->at[s->list->n++] = (int64_t)figure;
}

static bool is_full(const struct sum *s)
{
	return !s->list || s->list->n == s->list->room;
}

static void add_to_list(struct sum *s, wide figure)
{
	if (is_full(s))
		grow(s);
	append(s, figure);
}

static void drop_doubles(struct sum *s)
{
	size_t kept = 0;
	sorted(s);
	for (size_t i = 0; i < s->list->n; i++)
		if (!kept || s->list->at[kept - 1] != s->list->at[i])
			s->list->at[kept++] = s->list->at[i];
	s->list->n = kept;
}

/*
 * Doubles go before the list grows, and it grows where half of it is no double.  Those that come
 * one after the other, as the lines of an order do, are none to keep.
 */
static void add_value(struct sum *s, wide figure)
{
	if (s->list && s->list->at[s->list->n - 1] == (int64_t)figure)
		return;
	if (is_full(s)) {
		if (s->list)
			drop_doubles(s);
		if (is_full(s) || s->list->n * 2 >= s->list->room)
			grow(s);
	}
	append(s, figure);
}

static void keep_least(struct sum *s, wide figure)
{
	if (!s->n || figure < s->total)
		s->total = figure;
}

static void keep_most(struct sum *s, wide figure)
{
	if (!s->n || figure > s->total)
		s->total = figure;
}

static struct fraction read_sum(struct sum *s)
{
	return (struct fraction){ s->total, 1 };
}

static struct fraction read_known(struct sum *s)
{
	return (struct fraction){ s->total, s->n > 0 };
}

static struct fraction read_mean(struct sum *s)
{
	return (struct fraction){ s->total, s->n };
}

static struct fraction read_median(struct sum *s)
{
	if (!s->list)
		return (struct fraction){ 0, 0 };
	const int64_t *at = sorted(s);
	size_t n = s->list->n;
	return (struct fraction){ (wide)at[n / 2] + at[(n - 1) / 2], 2 };
}

static struct fraction read_p90(struct sum *s)
{
	if (!s->list)
		return (struct fraction){ 0, 0 };
	return (struct fraction){ sorted(s)[(s->list->n * 9 + 9) / 10 - 1], 1 };
}

static struct fraction read_distinct(struct sum *s)
{
	if (!s->list)
		return (struct fraction){ 0, 1 };
	drop_doubles(s);
	return (struct fraction){ (wide)s->list->n, 1 };
}

static struct fraction read_none(struct sum *s)
{
	return (struct fraction){ s->total == 0, 1 };
}

static const struct way {
	void (*add)(struct sum *s, wide figure); /* also merges totals, of ways without a list */
	struct fraction (*read)(struct sum *s);
} ways[] = {
	[HOW_SUM] = { add_up, read_sum },
	[HOW_KNOWN] = { add_up, read_known },
	[HOW_MEAN] = { add_up, read_mean },
	[HOW_RATIO] = { add_up, read_sum },
	[HOW_MEDIAN] = { add_to_list, read_median },
	[HOW_P90] = { add_to_list, read_p90 },
	[HOW_MIN] = { keep_least, read_known },
	[HOW_MAX] = { keep_most, read_known },
	[HOW_DISTINCT] = { add_value, read_distinct },
	[HOW_LESS] = { add_up, read_sum },
	[HOW_PLUS] = { add_up, read_sum },
	[HOW_TIMES] = { add_up, read_sum },
	[HOW_SHARE] = { add_up, read_sum },
	[HOW_NONE] = { add_up, read_none },
};

void sum_add(struct sum *s, const struct measure *m, wide figure)
{
	ways[m->how].add(s, figure);
	s->n++;
}

void sum_merge(struct sum *s, const struct sum *from, const struct measure *m)
{
	for (size_t i = 0; from->list && i < from->list->n; i++)
		ways[m->how].add(s, from->list->at[i]);
	if (!from->list && from->n)
		ways[m->how].add(s, from->total);
	s->n += from->n;
}

void sums_merge(struct sum *s, const struct sum *from, const struct report *r)
{
	for (size_t i = 0; i < r->nmeasures; i++)
		sum_merge(&s[i], &from[i], &r->measures[i]);
}

/* -- figures -- */

static const uint8_t decimals[] = {
	[UNIT_COUNT] = 0,   [UNIT_MONEY] = 0, [UNIT_SHARE] = 4,	 [UNIT_PERCENT] = 1,
	[UNIT_NUMBER] = 1,  [UNIT_RATIO] = 4, [UNIT_CREDIT] = 4, [UNIT_FLAG] = 0,
	[UNIT_INSTANT] = 0, [UNIT_DAY] = 0,
};

struct value divided(wide number, wide of, enum unit unit)
{
	for (int i = 0; i < decimals[unit]; i++)
		number *= 10;
	if (of < 0) {
		number = -number;
		of = -of;
	}
	wide half = of / 2, result = (number < 0 ? number - half : number + half) / of;
	if (result > INT64_MAX || result < INT64_MIN)
		die(STATUS_REFUSED, "the sum of the amounts is beyond what can be counted");
	struct value v = value_int((int64_t)result);
	v.scale = decimals[unit];
	return v;
}

const struct measure *measure_named(const struct report *r, const char *name)
{
	for (size_t i = 0; i < r->nmeasures; i++)
		if (!strcmp(r->measures[i].name, name))
			return &r->measures[i];
	die(STATUS_ENV, "report %s has no measure %s", r->name, name);
}

static wide product(wide a, wide b)
{
	wide out;
	if (__builtin_mul_overflow(a, b, &out))
		die(STATUS_REFUSED, "the sum of the amounts is beyond what can be counted");
	return out;
}

/* What is made of what is made of others has large figures; they are exact all the same. */
static struct fraction shortened(struct fraction f)
{
	wide a = f.number, b = f.of;
	if (a <= INT64_MAX && a >= -INT64_MAX && b <= INT64_MAX && b >= -INT64_MAX)
		return f;
	while (b) {
		wide rest = a % b;
		a = b;
		b = rest;
	}
	return (struct fraction){ f.number / a, f.of / a };
}

static struct fraction combined(enum how how, struct fraction a, struct fraction b)
{
	static const struct fraction nothing = { 0, 0 };
	if (how == HOW_LESS && !b.of)
		return a;
	if (!a.of || !b.of)
		return nothing;
	a = shortened(a);
	b = shortened(b);
	if (how == HOW_TIMES)
		return (struct fraction){ product(a.number, b.number), product(a.of, b.of) };
	if (how == HOW_RATIO || how == HOW_SHARE)
		return (struct fraction){ product(a.number, b.of), product(a.of, b.number) };
	wide left = product(a.number, b.of), right = product(b.number, a.of);
	return (struct fraction){ how == HOW_PLUS ? left + right : left - right,
				  product(a.of, b.of) };
}

static struct fraction figure_of(const struct report *r, const struct measure *m,
				 const struct sum *sums, const struct sum *whole);

/* Before anything is done to it. */
static struct fraction own_figure(const struct report *r, const struct measure *m,
				  const struct sum *sums)
{
	struct sum s = sums ? sums[m - r->measures] : (struct sum){ 0 };
	struct fraction f =
	    m->sum ? figure_of(r, measure_named(r, m->sum), sums, NULL) : ways[m->how].read(&s);
	f.of = product(f.of, m->per ? m->per : 1);
	return f;
}

/* whole: the sums over all groups, where it is a share of them. */
static struct fraction figure_of(const struct report *r, const struct measure *m,
				 const struct sum *sums, const struct sum *whole)
{
	struct fraction f = own_figure(r, m, sums);
	if (m->of)
		f = combined(m->how, f, figure_of(r, measure_named(r, m->of), sums, NULL));
	if (m->how == HOW_SHARE)
		f = combined(m->how, f, own_figure(r, m, whole));
	return f;
}

struct value measure_value(const struct report *r, const struct measure *m, const struct sum *sums,
			   const struct sum *whole)
{
	struct fraction f = shortened(figure_of(r, m, sums, whole));
	return f.of ? divided(f.number, f.of, m->unit) : value_null();
}

/* In percent of what was before; null where that was nothing. */
struct value change_share(const struct value *now, const struct value *before)
{
	if (now->kind != V_INT || before->kind != V_INT || !before->i)
		return value_null();
	wide was = before->i < 0 ? -(wide)before->i : before->i;
	return divided(((wide)now->i - before->i) * 100, was, UNIT_PERCENT);
}

void tally_free(struct tally *t)
{
	for (size_t i = 0; i < t->n; i++)
		for (size_t m = 0; m < t->report->nmeasures; m++)
			free(t->groups[i].sums[m].list);
	map_free(&t->at);
	free(t->single);
	free(t->groups);
	arena_free(&t->arena);
}
