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

struct sum *tally_at(struct tally *t, size_t series, int64_t period)
{
	int64_t key[2];
	int64_t *number = map_at(&t->at, group_key(key, series, period));
	if (*number)
		return t->groups[*number - 1].sums;
	if (t->n == t->room) {
		t->room = t->room ? t->room * 2 : 64;
		t->groups = xrealloc(t->groups, t->room * sizeof *t->groups);
	}
	t->groups[t->n] = (struct group){ series, period,
					  arena_new(&t->arena, struct sum, t->report->nmeasures) };
	*number = (int64_t)++t->n;
	return t->groups[t->n - 1].sums;
}

const struct sum *tally_find(const struct tally *t, size_t series, int64_t period)
{
	int64_t key[2];
	const int64_t *number = map_find(&t->at, group_key(key, series, period));
	return number ? t->groups[*number - 1].sums : NULL;
}

void sum_add(struct sum *s, const struct measure *m, wide figure)
{
	s->total += figure;
	if (m->how == HOW_MEDIAN) {
		if ((size_t)s->n == s->room) {
			s->room = s->room ? s->room * 2 : 8;
			s->list = xrealloc(s->list, s->room * sizeof *s->list);
		}
		s->list[s->n] = (int64_t)figure;
	}
	s->n++;
}

void sum_merge(struct sum *s, const struct sum *from, const struct measure *m)
{
	if (m->how == HOW_MEDIAN) {
		for (int64_t i = 0; i < from->n; i++)
			sum_add(s, m, from->list[i]);
		return;
	}
	s->total += from->total;
	s->n += from->n;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* Twice the median, so that the middle of two is exact. */
static wide median_twice(const struct sum *s)
{
	if (s->n > 1)
		qsort(s->list, (size_t)s->n, sizeof *s->list, by_size);
	return (wide)s->list[s->n / 2] + s->list[(s->n - 1) / 2];
}

static const uint8_t decimals[] = {
	[UNIT_COUNT] = 0,   [UNIT_MONEY] = 0,  [UNIT_SHARE] = 4,
	[UNIT_PERCENT] = 1, [UNIT_NUMBER] = 1, [UNIT_FLAG] = 0,
};

/* The quotient in the decimals of the unit, rounded half away from zero; of is not 0. */
static struct value divided(wide number, wide of, enum unit unit)
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

static const struct sum *sum_named(const struct report *r, const struct sum *sums, const char *name)
{
	for (size_t i = 0; i < r->nmeasures; i++)
		if (!strcmp(r->measures[i].name, name))
			return &sums[i];
	die(STATUS_ENV, "report %s has no measure %s", r->name, name);
}

struct value measure_value(const struct report *r, const struct measure *m, const struct sum *sums)
{
	static const struct sum nothing;
	const struct sum *s = sums ? &sums[m - r->measures] : &nothing;
	wide per = m->per ? m->per : 1, of = 1;
	switch (m->how) {
	case HOW_SUM:
		break;
	case HOW_MEAN:
		of = s->n;
		break;
	case HOW_RATIO:
		of = sums ? sum_named(r, sums, m->of)->total : 0;
		break;
	case HOW_MEDIAN:
		return s->n ? divided(median_twice(s), 2 * per, m->unit) : value_null();
	case HOW_NONE:
		return value_int(s->total == 0);
	}
	return of ? divided(s->total, of * per, m->unit) : value_null();
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
	free(t->groups);
	arena_free(&t->arena);
}
