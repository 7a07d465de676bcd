/* Where only the first rows by a figure are wanted: the groups that cannot be among them. */
#include "report/job.h"

/* The best figures so far of one currency: a heap, the least good of them on top. */
struct best {
	struct value *heap;
	size_t n;
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

/* Whether a stands before b; empty ones are last either way. */
static bool before(const struct value *a, const struct value *b, bool falling)
{
	if (a->kind != b->kind)
		return a->kind == V_INT;
	return falling ? a->i > b->i : a->i < b->i;
}

static void sift_up(struct best *b, bool falling)
{
	size_t i = b->n - 1, up;
	struct value v = b->heap[i];
	for (; i && before(&b->heap[up = (i - 1) / 2], &v, falling); i = up)
		b->heap[i] = b->heap[up];
	b->heap[i] = v;
}

static void sift_down(struct best *b, bool falling)
{
	size_t i = 0, down;
	struct value v = b->heap[0];
	for (; (down = 2 * i + 1) < b->n; i = down) {
		down += down + 1 < b->n && before(&b->heap[down], &b->heap[down + 1], falling);
		if (!before(&v, &b->heap[down], falling))
			break;
		b->heap[i] = b->heap[down];
	}
	b->heap[i] = v;
}

/* most: so many are kept. */
static void consider(struct best *b, const struct value *figure, size_t most, bool falling)
{
	if (b->n < most) {
		b->heap[b->n++] = *figure;
		sift_up(b, falling);
	} else if (before(figure, b->heap, falling)) {
		b->heap[0] = *figure;
		sift_down(b, falling);
	}
}

/* Of each currency the first `most`, and those that are as good as the last of these. */
static size_t take_first(struct job *j, const struct measure *m, size_t most, bool falling,
			 size_t *series)
{
	struct arena a = { 0 };
	bool money = m->unit == UNIT_MONEY;
	size_t kept = 0, ncurrencies = money ? j->axes[j->currency].n : 1;
	struct value *figures = arena_new(&a, struct value, j->nseries);
	struct best *best = arena_new(&a, struct best, ncurrencies);
	for (size_t i = 0; i < ncurrencies; i++)
		best[i].heap = arena_new(&a, struct value, most);
	for (size_t i = 0; i < j->nseries; i++) {
		figures[i] = job_figure(j, m, tally_find(&j->now, i, 0), NULL, i, &a);
		consider(&best[money ? currency_number(j, i) : 0], &figures[i], most, falling);
	}
	for (size_t i = 0; i < j->nseries; i++) {
		size_t currency = money ? currency_number(j, i) : 0;
		if (!before(best[currency].heap, &figures[i], falling))
			series[kept++] = i;
		else if (figures[i].kind == V_INT)
			j->left[currency] += figures[i].i;
	}
	arena_free(&a);
	return kept;
}

size_t *job_first(struct job *j, const struct answer *out, size_t *n, struct arena *a)
{
	size_t *series = job_all(j);
	struct str name = str_trim(out->first_by);
	bool falling = str_starts(name, "-"), named = falling || str_starts(name, "+");
	const struct measure *m = main_figure(j, str_sub(name, named, name.n));
	*n = j->nseries;
	if (!m || !out->cut || j->nseries <= out->first + 1)
		return series;
	bool money = m->unit == UNIT_MONEY;
	j->left = arena_new(a, wide, money ? j->axes[j->currency].n : 1);
	*n = take_first(j, m, out->first + 1, falling, series);
	return series;
}

wide job_left(const struct job *j, const struct value *currency)
{
	const int64_t *number = currency && currency->kind == V_TEXT
				    ? map_find(&j->axes[j->currency].known, currency->s)
				    : NULL;
	return j->left ? j->left[number ? *number - 1 : 0] : 0;
}
