/* products: best sellers; what is bought together; what whom likes better than others do. */
#include <math.h>
#include <stdlib.h>

#include "core/buf.h"
#include "report/baskets.h"

/* -- names -- */

static struct value product_ref(struct study_run *r, int64_t id)
{
	return value_text(
	    ref_print(schema_entity(&r->store->schema, STR("product")), id, &r->scratch));
}

static struct value product_name(struct study_run *r, int64_t id)
{
	const struct customer as = { .entity = schema_entity(&r->store->schema, STR("product")),
				     .id = id };
	return study_name(r, &as);
}

/* -- best sellers -- */

static const struct study_column columns[] = {
	{ "id", "Product", "Mã sản phẩm", FIGURE_TEXT, NULL },
	{ "name", "Name", "Tên", FIGURE_TEXT, NULL },
	{ "orders", "Orders", "Số đơn", FIGURE_NUMBER, NULL },
	{ "customers", "Customers", "Khách hàng", FIGURE_NUMBER, NULL },
	{ "quantity", "Quantity", "Số lượng", FIGURE_NUMBER, NULL },
	{ "revenue", "Revenue", "Doanh thu", FIGURE_NUMBER, NULL },
	{ "currency", "Currency", "Tiền tệ", FIGURE_TEXT, NULL },
	{ "share", "Share", "Tỷ lệ", FIGURE_SHARE, NULL },
};

struct seller {
	const struct sold *sold;
	struct str currency;
	int64_t id;
	uint32_t orders, customers;
	wide all; /* revenue of all products in that currency */
};

static int by_revenue(const void *a, const void *b)
{
	const struct seller *x = a, *y = b;
	int order = str_cmp(x->currency, y->currency);
	if (order)
		return order;
	if (x->sold->revenue != y->sold->revenue)
		return x->sold->revenue < y->sold->revenue ? 1 : -1;
	return x->id < y->id ? -1 : 1;
}

/* By product and currency: orders, or the customers of these orders. */
static uint32_t *count_baskets(const struct bought *b, uint32_t currency, bool customers)
{
	uint32_t *keys = xcalloc(b->nlines + 1, sizeof *keys);
	struct bought_line *lines = xcalloc(b->nlines + 1, sizeof *lines);
	struct baskets baskets;
	size_t n = 0;
	for (size_t i = 0; i < b->nlines; i++) {
		const struct bought_order *o = &b->orders[b->lines[i].order];
		if (o->currency != currency)
			continue;
		keys[n] = customers ? o->customer : b->lines[i].order;
		lines[n++] = b->lines[i];
	}
	baskets_make(&baskets, keys, lines, n, customers ? b->ncustomers : b->norders);
	uint32_t *counts = baskets_count(&baskets, b->nproducts);
	baskets_free(&baskets);
	free(keys);
	free(lines);
	return counts;
}

static void count_sellers(const struct bought *b, struct seller *sellers, uint32_t currency)
{
	uint32_t *orders = count_baskets(b, currency, false);
	uint32_t *customers = count_baskets(b, currency, true);
	wide all = 0;
	for (size_t i = 0; i < b->nsold; i++)
		all += b->sold[i].currency == currency ? b->sold[i].revenue : 0;
	for (size_t i = 0; i < b->nsold; i++) {
		const struct sold *s = &b->sold[i];
		if (s->currency != currency)
			continue;
		sellers[i] = (struct seller){ .sold = s,
					      .currency = b->currencies[currency],
					      .id = b->products[s->product],
					      .orders = orders[s->product],
					      .customers = customers[s->product],
					      .all = all };
	}
	free(orders);
	free(customers);
}

static struct value wide_value(wide x, int scale)
{
	struct value v = value_int((int64_t)x);
	v.scale = (uint8_t)scale;
	return x > INT64_MAX || x < INT64_MIN ? value_null() : v;
}

/* Quantities are in millionths: those that are whole are shown so. */
static struct value quantity(wide x)
{
	int scale = NUMBER_SCALE;
	for (; scale && x % 10 == 0; scale--)
		x /= 10;
	return wide_value(x, scale);
}

static bool put_seller(struct study_run *r, const struct seller *s)
{
	const struct value row[] = {
		product_ref(r, s->id),
		product_name(r, s->id),
		value_int(s->orders),
		value_int(s->customers),
		quantity(s->sold->quantity),
		wide_value(s->sold->revenue, currency_digits(s->currency)),
		value_text(s->currency),
		s->all > 0 ? study_decimal((double)s->sold->revenue / (double)s->all, 4)
			   : value_null(),
	};
	return study_put(r, row);
}

static bool run(struct study_run *r, struct diag *d)
{
	struct bought b;
	bool ok = bought_read(r, NULL, &b, d);
	struct seller *sellers = xcalloc(b.nsold + 1, sizeof *sellers);
	for (uint32_t i = 0; ok && i < b.ncurrencies; i++)
		count_sellers(&b, sellers, i);
	if (b.nsold)
		qsort(sellers, b.nsold, sizeof *sellers, by_revenue);
	for (size_t i = 0; ok && i < b.nsold && put_seller(r, &sellers[i]); i++)
		;
	free(sellers);
	bought_free(&b);
	return ok;
}

static bool sql(struct study_run *r, struct sql *orders, struct sql *lines, struct diag *d)
{
	return bought_sql(r, NULL, orders, lines, d);
}

/* -- together -- */

static const struct study_column together_columns[] = {
	{ "product", "Product", "Sản phẩm", FIGURE_TEXT, NULL },
	{ "name", "Name", "Tên", FIGURE_TEXT, NULL },
	{ "with", "With", "Cùng với", FIGURE_TEXT, NULL },
	{ "with_name", "With", "Cùng với", FIGURE_TEXT, NULL },
	{ "count", "Count", "Số lần", FIGURE_NUMBER, NULL },
	{ "support", "Support", "Độ phổ biến", FIGURE_SHARE, NULL },
	{ "confidence", "Confidence", "Độ tin cậy", FIGURE_SHARE, NULL },
	{ "lift", "Lift", "Độ nâng", FIGURE_NUMBER, NULL },
};

struct pair {
	uint32_t product, with, count;
	double lift;
	int64_t ids[2];
};

struct pairs {
	struct pair *list;
	size_t n, room;
};

struct together {
	const struct bought *bought;
	struct baskets baskets; /* products of each basket */
	struct baskets holders; /* the other way round: baskets of each product */
	uint32_t *counts;	/* of baskets, by product */
	size_t filled;		/* baskets that are not empty */
	uint32_t least;
	struct pairs pairs;
};

static void add_pair(struct together *t, uint32_t product, uint32_t with, uint32_t count)
{
	struct pairs *p = &t->pairs;
	double expected = (double)t->counts[product] * t->counts[with] / (double)t->filled;
	if (p->n == p->room) {
		p->room = p->room ? p->room * 2 : 256;
		p->list = xrealloc(p->list, p->room * sizeof *p->list);
	}
	p->list[p->n++] =
	    (struct pair){ .product = product,
			   .with = with,
			   .count = count,
			   .lift = count / expected,
			   .ids = { t->bought->products[product], t->bought->products[with] } };
}

/*
 * Product by product, what else is in its baskets: so one counter for each product is
 * enough, however many pairs there are.
 */
static void count_pairs(struct together *t)
{
	size_t n = t->bought->nproducts, nmet;
	uint32_t *met = xcalloc(n + 1, sizeof *met), *counts = xcalloc(n + 1, sizeof *counts);
	for (uint32_t a = 0; a < n; a++) {
		nmet = 0;
		if (t->counts[a] < t->least)
			continue;
		for (size_t h = t->holders.start[a]; h < t->holders.start[a + 1]; h++) {
			size_t basket = t->holders.items[h];
			for (size_t i = t->baskets.start[basket]; i < t->baskets.start[basket + 1];
			     i++) {
				uint32_t b = t->baskets.items[i];
				if (b == a || t->counts[b] < t->least)
					continue;
				if (!counts[b]++)
					met[nmet++] = b;
			}
		}
		for (size_t i = 0; i < nmet; i++) {
			if (counts[met[i]] >= t->least)
				add_pair(t, a, met[i], counts[met[i]]);
			counts[met[i]] = 0;
		}
	}
	free(met);
	free(counts);
}

static void turn_round(struct together *t)
{
	size_t n = t->baskets.start[t->baskets.n], k = 0;
	struct bought_line *lines = xcalloc(n + 1, sizeof *lines);
	uint32_t *keys = xcalloc(n + 1, sizeof *keys);
	for (uint32_t basket = 0; basket < t->baskets.n; basket++)
		for (size_t i = t->baskets.start[basket]; i < t->baskets.start[basket + 1]; i++) {
			keys[k] = t->baskets.items[i];
			lines[k++].product = basket;
		}
	baskets_make(&t->holders, keys, lines, n, t->bought->nproducts);
	free(keys);
	free(lines);
}

static int by_lift(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	if (x->lift != y->lift)
		return x->lift < y->lift ? 1 : -1;
	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	for (size_t i = 0; i < countof(x->ids); i++)
		if (x->ids[i] != y->ids[i])
			return x->ids[i] < y->ids[i] ? -1 : 1;
	return 0;
}

static bool put_pair(struct study_run *r, const struct together *t, const struct pair *p)
{
	const struct value row[] = {
		product_ref(r, p->ids[0]),
		product_name(r, p->ids[0]),
		product_ref(r, p->ids[1]),
		product_name(r, p->ids[1]),
		value_int(p->count),
		study_ratio(p->count, (int64_t)t->filled, 4),
		study_ratio(p->count, t->counts[p->product], 4),
		study_decimal(p->lift, 4),
	};
	return study_put(r, row);
}

static void make_baskets(struct together *t, bool per_customer)
{
	const struct bought *b = t->bought;
	uint32_t *keys = xcalloc(b->nlines + 1, sizeof *keys);
	for (size_t i = 0; i < b->nlines; i++) {
		uint32_t order = b->lines[i].order;
		keys[i] = per_customer ? b->orders[order].customer : order;
	}
	baskets_make(&t->baskets, keys, b->lines, b->nlines,
		     per_customer ? b->ncustomers : b->norders);
	t->counts = baskets_count(&t->baskets, b->nproducts);
	for (size_t i = 0; i < t->baskets.n; i++)
		t->filled += t->baskets.start[i + 1] > t->baskets.start[i];
	free(keys);
}

static bool run_together(struct study_run *r, struct diag *d)
{
	struct bought b;
	struct together t = { .bought = &b };
	double support = 1;
	bool ok = study_number("--support", r->options->support, 0, 100, &support, d);
	b = (struct bought){ 0 };
	ok = ok && bought_read(r, NULL, &b, d);
	if (ok) {
		make_baskets(&t, r->options->per_customer);
		t.least = (uint32_t)fmax(2, ceil(support / 100 * (double)t.filled - 1e-9));
		turn_round(&t);
		count_pairs(&t);
		if (t.pairs.n)
			qsort(t.pairs.list, t.pairs.n, sizeof *t.pairs.list, by_lift);
		for (size_t i = 0; i < t.pairs.n && put_pair(r, &t, &t.pairs.list[i]); i++)
			;
	}
	free(t.pairs.list);
	free(t.counts);
	baskets_free(&t.baskets);
	baskets_free(&t.holders);
	bought_free(&b);
	return ok;
}

#define ORDERS                                                                                \
	"Orders count from confirmed on, unless cancelled or returned, by ordered_on; what\n" \
	"came back and lines without product do not.\n"

const struct study study_products = {
	.name = "products",
	.title = "Best sellers",
	.title_vi = "Sản phẩm bán chạy",
	.reads = { "order" },
	.columns = columns,
	.ncolumns = countof(columns),
	.run = run,
	.sql = sql,
	.behind = bought_behind,
	.definition =
	    "Each product, in each currency by itself.  " ORDERS
	    "orders, customers: in which, by whom it was bought; quantity and revenue: less\n"
	    "what came back, without tax; share: of the revenue of all products.",
};

const struct study study_together = {
	.name = "products",
	.part = "together",
	.title = "Bought together",
	.title_vi = "Mua cùng nhau",
	.reads = { "order" },
	.columns = together_columns,
	.ncolumns = countof(together_columns),
	.run = run_together,
	.sql = sql,
	.behind = bought_behind,
	.definition =
	    "Which product is bought with which, the strongest first.  " ORDERS
	    "A basket is an order, or with --per customer all that a customer bought.\n"
	    "count: baskets with both; support: count / baskets; confidence: count / baskets\n"
	    "with the first; lift: confidence / the share of baskets with the second: 1 where\n"
	    "the two have nothing to do with each other.  Pairs in fewer than --support (1)\n"
	    "percent of the baskets, or in one, are left out.",
};
