/* products --favourites: what the customers of one group buy more than others do. */
#include <math.h>
#include <stdlib.h>

#include "report/baskets.h"

static const struct study_column columns[] = {
	{ "segment", "Segment", "Phân khúc", FIGURE_BY, NULL },
	{ "product", "Product", "Sản phẩm", FIGURE_TEXT, NULL },
	{ "name", "Name", "Tên", FIGURE_TEXT, NULL },
	{ "customers", "Customers", "Khách hàng", FIGURE_NUMBER, NULL },
	{ "rate", "Rate", "Tỷ lệ", FIGURE_SHARE, NULL },
	{ "base_rate", "Base rate", "Tỷ lệ chung", FIGURE_SHARE, NULL },
	{ "lift", "Lift", "Độ nâng", FIGURE_NUMBER, NULL },
};

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

/* -- groups in order: numbers by size, words by their letters, empty last -- */

struct placed {
	const struct value *value;
	size_t number;
};

static int by_value(const void *a, const void *b)
{
	const struct value *x = ((const struct placed *)a)->value;
	const struct value *y = ((const struct placed *)b)->value;
	if (x->kind != y->kind)
		return x->kind == V_NULL ? 1 : -1;
	return x->kind == V_INT ? (x->i > y->i) - (x->i < y->i) : str_cmp(x->s, y->s);
}

static void place_groups(struct favourites *f)
{
	size_t n = f->bought->ngroups;
	struct placed *placed = xcalloc(n + 1, sizeof *placed);
	f->places = xcalloc(n + 1, sizeof *f->places);
	for (size_t i = 0; i < n; i++)
		placed[i] = (struct placed){ &f->bought->groups[i], i };
	qsort(placed, n, sizeof *placed, by_value);
	for (size_t i = 0; i < n; i++)
		f->places[placed[i].number] = i;
	free(placed);
}

/* -- counting: a customer may be in several groups, where orders are grouped -- */

static uint32_t count_filled(const struct baskets *b)
{
	uint32_t n = 0;
	for (size_t i = 0; i < b->n; i++)
		n += b->start[i + 1] > b->start[i];
	return n;
}

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
	if (f->n == f->room) {
		f->room = f->room ? f->room * 2 : 256;
		f->list = xrealloc(f->list, f->room * sizeof *f->list);
	}
	f->list[f->n++] = x;
}

static void count_group(struct favourites *f, uint32_t group)
{
	const struct bought *b = f->bought;
	struct baskets baskets;
	make_baskets(b, false, group, &baskets);
	uint32_t size = count_filled(&baskets), *counts = baskets_count(&baskets, b->nproducts);
	double least = fmax(2, ceil(f->support * size - 1e-9));
	for (size_t i = 0; i < b->nproducts; i++) {
		if (counts[i] < least)
			continue;
		double rate = (double)counts[i] / size;
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

static bool put(struct study_run *r, const struct bought *b, const struct favourite *x)
{
	const struct customer product = { .entity =
					      schema_entity(&r->store->schema, STR("product")),
					  .id = x->product };
	const struct value row[] = {
		b->groups[x->group],
		study_ref(r, &product),
		study_name(r, &product),
		value_int(x->customers),
		study_decimal(x->rate, 4),
		study_decimal(x->base, 4),
		study_decimal(x->rate / x->base, 4),
	};
	return study_put(r, row);
}

static void put_all(struct study_run *r, struct favourites *f)
{
	int64_t shown = 0;
	if (f->n)
		qsort(f->list, f->n, sizeof *f->list, by_lift);
	for (size_t i = 0; i < f->n; i++) {
		shown = i && f->list[i].group == f->list[i - 1].group ? shown + 1 : 0;
		if (shown < r->options->top && !put(r, f->bought, &f->list[i]))
			return;
	}
}

static bool parse(struct study_run *r, struct favourites *f, struct diag *d)
{
	const char *by = r->options->by ? r->options->by : "account.industry";
	const struct query_context *q = r->contexts[0];
	double percent = 1;
	if (!study_number("--support", r->options->support, 0, 100, &percent, d))
		return false;
	f->support = percent / 100;
	if (path_parse(str_of(by), q->schema, q->entity, &r->by, &r->arena, d))
		return true;
	study_about(d, "--by");
	return false;
}

static bool run(struct study_run *r, struct diag *d)
{
	struct bought b = { 0 };
	struct favourites f = { .bought = &b };
	bool ok = parse(r, &f, d) && bought_read(r, &r->by, &b, d);
	if (ok) {
		struct baskets all;
		make_baskets(&b, true, 0, &all);
		f.base = baskets_count(&all, b.nproducts);
		f.ncustomers = count_filled(&all);
		baskets_free(&all);
		place_groups(&f);
		for (uint32_t i = 0; i < b.ngroups; i++)
			count_group(&f, i);
		put_all(r, &f);
	}
	free(f.base);
	free(f.places);
	free(f.list);
	bought_free(&b);
	return ok;
}

static bool sql(struct study_run *r, struct sql *orders, struct sql *lines, struct diag *d)
{
	struct favourites f = { 0 };
	return parse(r, &f, d) && bought_sql(r, &r->by, orders, lines, d);
}

const struct study study_favourites = {
	.name = "products",
	.part = "favourites",
	.title = "Favourite products",
	.title_vi = "Sản phẩm ưa thích",
	.reads = { "order" },
	.columns = columns,
	.ncolumns = countof(columns),
	.run = run,
	.sql = sql,
	.behind = bought_behind,
	.definition =
	    "The --top (5) products of each segment: customers by a field of the order, --by\n"
	    "(account.industry).  Orders count from confirmed on, unless cancelled or returned, "
	    "by\n"
	    "ordered_on; what came back and lines without product do not.  customers: of the\n"
	    "segment, who bought it; rate: of those of the segment who bought anything; "
	    "base_rate:\n"
	    "the same of all customers; lift: rate / base_rate.  What fewer than --support (1)\n"
	    "percent of a segment, or one customer, bought is left out.",
};
