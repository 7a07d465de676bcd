/* products --favourites: what the customers of one group buy more than others do. */
#include <math.h>
#include <stdlib.h>

#include "report/baskets.h"

struct favourite {
	size_t place; /* of the group among all */
	uint32_t group, customers;
	int64_t product;
	double rate, base;
};

struct favourites {
	const struct bought *bought;
	uint32_t *sizes; /* customers of each group */
	uint32_t *base;	 /* customers who bought each product, of all */
	size_t ncustomers;
	size_t *places;
	struct favourite *list;
	size_t n, room;
	double support; /* share of the group's customers */
};

/* In the order in which reports show such values. */
static void place_groups(struct favourites *f, const struct field *field, const struct schema *s)
{
	size_t n = f->bought->ngroups;
	struct arena a = { 0 };
	struct ranked *ranked = arena_new(&a, struct ranked, n + 1);
	f->places = xcalloc(n + 1, sizeof *f->places);
	for (size_t i = 0; i < n; i++) {
		ranked[i] = rank_value(&f->bought->groups[i], field, s, &a);
		ranked[i].number = i;
	}
	qsort(ranked, n, sizeof *ranked, ranked_order);
	for (size_t i = 0; i < n; i++)
		f->places[ranked[i].number] = i;
	arena_free(&a);
}

/* -- counting: a customer may be in several groups, where orders are grouped -- */

/* The products of each customer, of the orders of one group or (all) of every one. */
static void make_baskets(const struct bought *b, bool all, uint32_t group, struct baskets *out)
{
	uint32_t *keys = xcalloc(b->nlines + 1, sizeof *keys);
	struct bought_line *lines = xcalloc(b->nlines + 1, sizeof *lines);
	size_t n = 0;
	for (size_t i = 0; i < b->nlines; i++) {
		const struct bought_order *o = &b->orders[b->lines[i].order];
		if (!all && o->group != group)
			continue;
		keys[n] = o->customer;
		lines[n++] = b->lines[i];
	}
	baskets_make(out, keys, lines, n, b->ncustomers);
	free(keys);
	free(lines);
}

static void add(struct favourites *f, struct favourite x)
{
	f->list = study_grown(f->list, f->n, &f->room, sizeof *f->list);
	f->list[f->n++] = x;
}

static void count_group(struct favourites *f, uint32_t group)
{
	const struct bought *b = f->bought;
	struct baskets baskets;
	make_baskets(b, false, group, &baskets);
	double size = (double)baskets_filled(&baskets);
	uint32_t *counts = baskets_count(&baskets, b->nproducts);
	double least = fmax(2, ceil(f->support * size - 1e-9));
	for (size_t i = 0; i < b->nproducts; i++) {
		if (counts[i] < least)
			continue;
		double rate = counts[i] / size;
		double base = (double)f->base[i] / (double)f->ncustomers;
		add(f, (struct favourite){ f->places[group], group, counts[i], b->products[i], rate,
					   base });
	}
	free(counts);
	baskets_free(&baskets);
}

static int by_lift(const void *a, const void *b)
{
	const struct favourite *x = a, *y = b;
	double p = x->rate / x->base, q = y->rate / y->base;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (p != q)
		return p < q ? 1 : -1;
	if (x->customers != y->customers)
		return x->customers < y->customers ? 1 : -1;
	return x->product < y->product ? -1 : 1;
}

/* -- rows -- */

static void put(struct study *s, const struct bought *b, const struct favourite *x)
{
	const struct value row[] = {
		b->groups[x->group],
		product_ref(s, x->product),
		product_name(s, x->product),
		value_int(x->customers),
		study_decimal(x->rate, 4),
		study_decimal(x->base, 4),
		study_decimal(x->rate / x->base, 4),
	};
	study_put(s, row);
}

static void begin(struct study *s, const struct axis *by)
{
	struct arena *a = report_arena(s->job);
	const struct study_column columns[] = {
		{ by->name.p, axis_heading(by, ENGLISH, a).p, axis_heading(by, VIETNAMESE, a).p,
		  .role = ROLE_DIMENSION, .field = by->path.field },
		{ "product", "Product", "Mã sản phẩm", .role = ROLE_DIMENSION },
		{ "name", "Name", "Tên", .role = ROLE_DIMENSION },
		{ "customers", "Customers", "Khách hàng", STUDY_FIGURE = UNIT_COUNT },
		{ "rate", "Rate", "Tỷ lệ", STUDY_FIGURE = UNIT_SHARE },
		{ "base_rate", "Base rate", "Tỷ lệ chung", STUDY_FIGURE = UNIT_SHARE },
		{ "lift", "Lift", "Độ nâng", STUDY_FIGURE = UNIT_RATIO },
	};
	study_begin(s, columns, countof(columns));
}

static void put_all(struct study *s, struct favourites *f)
{
	int64_t shown = 0, top = study_whole(s, "top");
	if (f->n)
		qsort(f->list, f->n, sizeof *f->list, by_lift);
	for (size_t i = 0; i < f->n; i++) {
		shown = i && f->list[i].group == f->list[i - 1].group ? shown + 1 : 0;
		if (shown < top)
			put(s, f->bought, &f->list[i]);
	}
}

static void count_all(struct favourites *f)
{
	const struct bought *b = f->bought;
	struct baskets all;
	make_baskets(b, true, 0, &all);
	f->base = baskets_count(&all, b->nproducts);
	f->ncustomers = baskets_filled(&all);
	baskets_free(&all);
	for (uint32_t i = 0; i < b->ngroups; i++)
		count_group(f, i);
}

/* By industry, unless --by says otherwise. */
static bool by_default(struct study *s)
{
	struct job *j = s->job;
	if (j->ndims)
		return true;
	j->ndims = 1;
	return axis_add(j, STR("industry"), s->diag);
}

bool favourites(struct study *s)
{
	struct bought b;
	struct favourites f = { .bought = &b };
	struct job *j = s->job;
	double percent = 0;
	if (j->ndims > 1)
		return diag_set(study_about(s->diag, "by"), NULL,
				"favourites are of one dimension");
	if (!study_number(s, "support", 0, 100, &percent) || !by_default(s))
		return false;
	const struct axis *by = &j->axes[j->first];
	f.support = percent / 100;
	bought_read(s, j->feeds[0].axes[j->first].path.text.p, &b);
	place_groups(&f, by->path.field, &report_store(j)->schema);
	count_all(&f);
	begin(s, by);
	put_all(s, &f);
	free(f.base);
	free(f.places);
	free(f.list);
	bought_free(&b);
	return true;
}
