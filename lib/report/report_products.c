/* products: best sellers; what is bought together; what whom likes better than others do. */
#include <stdlib.h>

#include "report/pairs.h"

/* -- names -- */

static const struct entity *product_entity(const struct study *s)
{
	return schema_entity(&report_store(s->job)->schema, STR("product"));
}

struct value product_ref(struct study *s, int64_t id)
{
	return study_ref(s, product_entity(s), id);
}

struct value product_name(struct study *s, int64_t id)
{
	return study_name(s, product_entity(s), id);
}

/* -- best sellers -- */

static const struct study_column columns[] = {
	{ "id", "Product", "Mã sản phẩm", .role = ROLE_DIMENSION },
	{ "name", "Name", "Tên", .role = ROLE_DIMENSION },
	{ "orders", "Orders", "Số đơn", STUDY_FIGURE = UNIT_COUNT },
	{ "customers", "Customers", "Khách hàng", STUDY_FIGURE = UNIT_COUNT },
	{ "quantity", "Quantity", "Số lượng", STUDY_FIGURE = UNIT_RATIO },
	{ "revenue", "Revenue", "Doanh thu", STUDY_FIGURE = UNIT_MONEY },
	{ "currency", "Currency", "Tiền tệ", .role = ROLE_CURRENCY },
	{ "share", "Share", "Tỷ lệ", STUDY_FIGURE = UNIT_SHARE },
};

struct seller {
	const struct sold *sold;
	struct str currency;
	bool foreign; /* not the house's, which comes first */
	int64_t id;
	uint32_t orders, customers;
	wide all; /* revenue of all products in that currency */
};

static int by_revenue(const void *a, const void *b)
{
	const struct seller *x = a, *y = b;
	int order =
	    x->foreign != y->foreign ? x->foreign - y->foreign : str_cmp(x->currency, y->currency);
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

static void count_sellers(const struct bought *b, struct seller *sellers, uint32_t currency,
			  const char *house)
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
					      .foreign = !str_is(b->currencies[currency], house),
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

static void put_seller(struct study *x, const struct seller *s)
{
	const struct value row[] = {
		product_ref(x, s->id),
		product_name(x, s->id),
		value_int(s->orders),
		value_int(s->customers),
		quantity(s->sold->quantity),
		wide_value(s->sold->revenue, currency_digits(s->currency)),
		value_text(s->currency),
		s->all > 0 ? study_decimal((double)s->sold->revenue / (double)s->all, 4)
			   : value_null(),
	};
	study_put(x, row);
}

static bool put_sellers(struct study *s)
{
	struct bought b;
	bought_read(s, NULL, &b);
	struct seller *sellers = xcalloc(b.nsold + 1, sizeof *sellers);
	for (uint32_t i = 0; i < b.ncurrencies; i++)
		count_sellers(&b, sellers, i, report_store(s->job)->settings.currency);
	qsort(sellers, b.nsold, sizeof *sellers, by_revenue);
	study_begin(s, columns, countof(columns));
	s->out->by_currency = true;
	for (size_t i = 0; i < b.nsold; i++)
		put_seller(s, &sellers[i]);
	free(sellers);
	bought_free(&b);
	return true;
}

/* -- together -- */

static const struct study_column together_columns[] = {
	{ "product", "Product", "Sản phẩm", .role = ROLE_DIMENSION },
	{ "name", "Name", "Tên", .role = ROLE_DIMENSION },
	{ "with", "With", "Cùng với", .role = ROLE_DIMENSION },
	{ "with_name", "With", "Cùng với", .role = ROLE_DIMENSION },
	{ "count", "Count", "Số lần", STUDY_FIGURE = UNIT_COUNT },
	{ "support", "Support", "Độ phổ biến", STUDY_FIGURE = UNIT_SHARE },
	{ "confidence", "Confidence", "Độ tin cậy", STUDY_FIGURE = UNIT_SHARE },
	{ "lift", "Lift", "Độ nâng", STUDY_FIGURE = UNIT_RATIO },
};

static void put_pair(struct study *s, const struct pairs *t, const struct pair *p)
{
	const struct value row[] = {
		product_ref(s, p->ids[0]),
		product_name(s, p->ids[0]),
		product_ref(s, p->ids[1]),
		product_name(s, p->ids[1]),
		value_int(p->count),
		study_ratio(p->count, (int64_t)t->filled),
		study_ratio(p->count, t->counts[p->product]),
		study_decimal(p->lift, 4),
	};
	study_put(s, row);
}

static bool put_together(struct study *s)
{
	struct bought b;
	struct pairs pairs;
	double support = 0;
	if (!study_number(s, "support", 0, 100, &support))
		return false;
	bought_read(s, NULL, &b);
	pairs_learn(&b, !strcmp(report_option(s->job, "per"), "customer"), support, 2, &pairs);
	study_begin(s, together_columns, countof(together_columns));
	for (size_t i = 0; i < pairs.n; i++)
		put_pair(s, &pairs, &pairs.list[i]);
	pairs_free(&pairs);
	bought_free(&b);
	return true;
}

/* -- the report -- */

static bool has_no_groups(const struct study *s)
{
	return !s->job->options->by ||
	       diag_set(study_about(s->diag, "by"), NULL,
			"that is for --favourites; what sells to whom says crm-report sales"
			" --by product,industry");
}

static bool compute(struct job *j, struct answer *out, struct diag *d)
{
	static const char *const flags[] = { "together", "favourites" };
	struct study s = { .job = j, .out = out, .diag = d };
	bool favoured = study_on(&s, "favourites");
	bool ok = (favoured || has_no_groups(&s)) && study_plain(&s, false, true, true) &&
		  study_one_of(&s, flags, countof(flags));
	if (ok && favoured)
		ok = favourites(&s);
	else if (ok)
		ok = study_on(&s, "together") ? put_together(&s) : put_sellers(&s);
	study_close(&s);
	return ok;
}

static const struct source sources[] = {
	{ "order", "order", .where = "status in (confirmed, delivered)", .time = { "ordered_on" },
	  .reads = bought_paths },
};

static const struct dimension dimensions[] = {
	{ "industry", { "account.industry" }, .vi = "Ngành nghề" },
	{ "tier", { "account.tier" }, .vi = "Hạng" },
	{ "city", { "account.billing_city" }, .vi = "Tỉnh thành" },
	{ "channel", { "channel" }, .vi = "Kênh" },
	{ 0 },
};

static const struct report_option options[] = {
	{ "together", NULL, "which products are bought with which", .flag = true },
	{ "favourites", NULL, "what each segment (--by) buys more than others do", .flag = true },
	{ "segments", NULL, "favourites: of the stored segments of customers, not --by",
	  .flag = true },
	{ "per", "BASKET", "together: in one order, or ever by one customer", "order customer",
	  .def = "order" },
	{ "top", "N", "favourites: so many of each segment (5)", .most = 1000000, .def = "5" },
	{ "support", "PERCENT", "of the baskets or customers at least (1)", NULL, .def = "1" },
	{ 0 },
};

const struct report report_products = {
	.name = "products",
	.title = "Products",
	.title_vi = "Sản phẩm",
	.sources = sources,
	.nsources = countof(sources),
	.dimensions = dimensions,
	.compute = compute,
	.main = "revenue",
	.besides = bought_besides,
	.options = options,
	.chart = { CHART_PARETO, .category = "name", .values = "revenue" },
	.definition =
	    "Best sellers.  Orders count from confirmed on, unless cancelled or returned, by\n"
	    "ordered_on; what came back, lines without product and those that stand for unknown\n"
	    "ones do not.  orders, customers: in which, by whom a product was bought; quantity\n"
	    "and revenue: less what came back, without tax; share: of the revenue of all products\n"
	    "in that currency.\n"
	    "--together: which product is bought with which, the strongest first.  A basket is an\n"
	    "order, or with --per customer all that one customer bought.  count: baskets with\n"
	    "both; support: count / baskets; confidence: count / baskets with the first; lift:\n"
	    "confidence / the share of baskets with the second: 1 where the two have nothing to "
	    "do\n"
	    "with each other.  Pairs in fewer than --support (1) percent of the baskets, or in "
	    "one\n"
	    "alone, are left out.\n"
	    "--favourites: the --top (5) products of each segment of customers: --by a dimension\n"
	    "or a field of the order (industry), or the stored --segments.  customers: of the\n"
	    "segment, who bought it; rate: of those of the segment who bought anything; "
	    "base_rate:\n"
	    "the same of all customers; lift: rate / base_rate.  What fewer than --support (1)\n"
	    "percent of a segment, or one customer, bought is left out.",
};
