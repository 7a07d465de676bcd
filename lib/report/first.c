/* Where only the first rows by a figure are wanted: the groups that cannot be among them. */
#include <stdlib.h>

#include "report/job.h"

struct placed {
	size_t series, currency;
	struct value figure;
};

static bool names_axis(const struct job *j, struct str name)
{
	for (size_t i = 0; i < j->naxes; i++)
		if (str_eq(j->axes[i].name, name))
			return true;
	return false;
}

/*
 * The figure that the rows are sorted by; NULL: not by one that each group has by itself as
 * a number, in one row.
 */
static const struct measure *main_figure(const struct job *j, struct str name)
{
	const struct report *r = j->report;
	if (j->timing.by_period || j->steps != NO_AXIS || names_axis(j, name))
		return NULL;
	for (size_t i = 0; i < r->nmeasures; i++) {
		const struct measure *m = &r->measures[i];
		bool time = m->unit == UNIT_INSTANT || m->unit == UNIT_DAY;
		if (job_shows(j, i) && str_is(name, m->name))
			return time || m->how == HOW_SHARE ? NULL : m;
	}
	return NULL;
}

static int by_figure(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	if (x->currency != y->currency)
		return x->currency < y->currency ? -1 : 1;
	if (x->figure.kind != y->figure.kind)
		return x->figure.kind == V_INT ? -1 : 1; /* empty ones are last either way */
	return (x->figure.i > y->figure.i) - (x->figure.i < y->figure.i);
}

static int by_figure_falling(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	bool both = x->currency == y->currency && x->figure.kind == y->figure.kind;
	return both ? by_figure(b, a) : by_figure(a, b);
}

/* Of each currency the first n, and those that are as good as the last of these. */
static size_t take_first(struct job *j, const struct placed *all, size_t n, size_t *series)
{
	size_t kept = 0, place = 0;
	const struct placed *last = NULL;
	for (const struct placed *p = all; p < all + j->nseries; p++) {
		if (p == all || p->currency != p[-1].currency)
			place = 0;
		if (place++ < n || value_eq(&p->figure, &last->figure)) {
			series[kept++] = p->series;
			last = p;
		} else if (p->figure.kind == V_INT) {
			j->left[p->currency] += p->figure.i;
		}
	}
	return kept;
}

size_t *job_first(struct job *j, const struct answer *out, size_t *n, struct arena *a)
{
	size_t *series = arena_new(a, size_t, j->nseries);
	struct str name = str_trim(out->first_by);
	bool falling = str_starts(name, "-"), named = falling || str_starts(name, "+");
	const struct measure *m = main_figure(j, str_sub(name, named, name.n));
	for (*n = 0; *n < j->nseries; ++*n)
		series[*n] = *n;
	if (!m || !out->cut || j->nseries <= out->first + 1)
		return series;
	struct arena scratch = { 0 };
	struct placed *all = arena_new(&scratch, struct placed, j->nseries);
	bool money = m->unit == UNIT_MONEY;
	for (size_t i = 0; i < j->nseries; i++)
		all[i] = (struct placed){ i, money ? currency_number(j, i) : 0,
					  job_figure(j, m, tally_find(&j->now, i, 0), NULL, i,
						     &scratch) };
	qsort(all, j->nseries, sizeof *all, falling ? by_figure_falling : by_figure);
	j->left = arena_new(a, wide, money ? j->axes[j->currency].n : 1);
	*n = take_first(j, all, out->first + 1, series);
	arena_free(&scratch);
	return series;
}

wide job_left(const struct job *j, const struct value *currency)
{
	const int64_t *number = currency && currency->kind == V_TEXT
				    ? map_find(&j->axes[j->currency].known, currency->s)
				    : NULL;
	return j->left ? j->left[number ? *number - 1 : 0] : 0;
}
