/* The purchase log: one pass over the orders, one over the won deals, and a counting sort. */
#include "report/purchases.h"

#include <stdlib.h>

#include "schema/line.h"

static const struct source sources[] = { PURCHASE_SOURCES };
static const struct report_option options[] = { PURCHASE_OPTION, { 0 } };

const struct report purchases_alone = {
	.name = "purchases", .sources = sources, .nsources = countof(sources), .options = options
};

/* One order or deal, before those of a day are one purchase. */
struct sale {
	uint32_t buyer; /* number of customer and currency, as they came */
	struct purchase purchase;
};

struct buyer {
	struct customer customer;
	size_t currency; /* of reading.currencies */
	size_t rank;	 /* place among all */
};

struct reading {
	struct study *study;
	struct purchase_log *log;
	bool any_currency;
	int64_t today;
	const struct entity *account, *contact;
	struct stmt *came_back;
	struct map known;	/* currency, account or contact, id → number of the buyer + 1 */
	struct map codes;	/* currency → its number + 1 */
	struct str *currencies; /* in the log's arena */
	size_t ncurrencies;
	struct buyer *buyers;
	size_t nbuyers, buyers_room;
	struct sale *sales;
	size_t nsales, sales_room;
};

/* -- the sales -- */

static size_t numbered_currency(struct reading *r, struct str code)
{
	if (r->any_currency)
		code = STR("");
	int64_t *number = map_at(&r->codes, code.n ? code : STR("any"));
	if (*number)
		return (size_t)*number - 1;
	r->currencies = xrealloc(r->currencies, (r->ncurrencies + 1) * sizeof *r->currencies);
	r->currencies[r->ncurrencies] = arena_str(&r->log->arena, code);
	*number = (int64_t)++r->ncurrencies;
	return r->ncurrencies - 1;
}

/* -1: the sale is nobody's, which a deal or order never is. */
static int64_t buyer_number(struct reading *r, const struct value *account,
			    const struct value *contact, struct str currency)
{
	bool person = account->kind != V_INT;
	const struct value *who = person ? contact : account;
	if (who->kind != V_INT)
		return -1;
	int64_t key[] = { (int64_t)numbered_currency(r, currency), person, who->i };
	int64_t *number = map_at(&r->known, (struct str){ (const char *)key, sizeof key });
	if (*number)
		return *number - 1;
	r->buyers = xgrow(r->buyers, r->nbuyers, &r->buyers_room, sizeof *r->buyers);
	r->buyers[r->nbuyers] = (struct buyer){
		.customer = { .entity = person ? r->contact : r->account, .id = who->i },
		.currency = (size_t)key[0],
	};
	*number = (int64_t)++r->nbuyers;
	return *number - 1;
}

static void add_sale(struct reading *r, int64_t buyer, int64_t day, struct purchase p)
{
	if (buyer < 0)
		return;
	r->sales = xgrow(r->sales, r->nsales, &r->sales_room, sizeof *r->sales);
	p.day = (int32_t)day;
	r->buyers[buyer].customer.n++;
	r->sales[r->nsales++] = (struct sale){ (uint32_t)buyer, p };
}

static int64_t number_of(const struct value *v)
{
	return v->kind == V_INT ? v->i : 0;
}

/*
 * What the goods that were kept had cost, line by line, as the worth of those that came back
 * was reckoned.  cost is that of all, in the report's currency: it is shared as the lines say.
 */
static int64_t cost_kept(struct reading *r, int64_t order, int64_t cost)
{
	int64_t all = 0, back = 0;
	struct value id = value_int(order);
	if (!r->came_back) {
		struct sql q = { .arena = report_arena(r->study->job) };
		sql_add(&q, "select cost, returned, quantity from order_line where \"order\" = $1"
			    " and cost is not null and quantity <> 0");
		r->came_back = db_prepare(report_store(r->study->job)->db, &q);
		sql_free(&q);
	}
	stmt_bind(r->came_back, 1, &id);
	while (stmt_step(r->came_back)) {
		struct value line[3];
		for (size_t i = 0; i < countof(line); i++)
			line[i] = stmt_value(r->came_back, i);
		all += line[0].i;
		back += line_share(line[0].i, number_of(&line[1]), line[2].i);
	}
	stmt_reset(r->came_back);
	return all ? line_share(cost, all - back, all) : cost;
}

/* The local day of an instant or a date that counts. */
static bool read_day(const struct reading *r, const struct value *when, int64_t *day)
{
	int64_t at;
	if (when->kind != V_TEXT)
		return false;
	if (!day_scan(when->s, day)) {
		if (!instant_scan(when->s, &at))
			return false;
		*day = zone_day(at);
	}
	return *day <= r->today;
}

const char *const purchase_order_paths[] = { "id",	 "account",  "contact", "subtotal",
					     "discount", "returned", "cost",	NULL };
const struct dimension purchase_dimensions[] = {
	{ "owner", { "owner", "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team", "owner.team" }, .vi = "Nhóm" },
	{ 0 },
};

const char *const purchase_deal_paths[] = { "account", "contact", "amount", NULL };

enum { ID, ACCOUNT, CONTACT, SUBTOTAL, DISCOUNT, RETURNED, COST };

static struct purchase purchase_of(struct reading *r, const struct value *v)
{
	int64_t back = number_of(&v[RETURNED]);
	struct purchase p = { .revenue = number_of(&v[SUBTOTAL]) - number_of(&v[DISCOUNT]) - back };
	if (v[COST].kind == V_INT) {
		p.known = p.revenue;
		p.margin = p.revenue - (back ? cost_kept(r, v[ID].i, v[COST].i) : v[COST].i);
	}
	return p;
}

static void read_orders(struct reading *r)
{
	struct records *orders = records_open(r->study->job, "order", purchase_order_paths);
	struct value when;
	const struct value *v;
	int64_t day;
	while ((v = records_next(orders, &when))) {
		if (!read_day(r, &when, &day))
			continue;
		int64_t buyer = buyer_number(r, &v[ACCOUNT], &v[CONTACT], records_currency(orders));
		add_sale(r, buyer, day, purchase_of(r, v));
	}
	records_close(orders);
}

static void read_deals(struct reading *r)
{
	struct records *deals = records_open(r->study->job, "deal", purchase_deal_paths);
	struct value when;
	const struct value *v;
	int64_t day;
	while ((v = records_next(deals, &when))) {
		if (!read_day(r, &when, &day))
			continue;
		struct purchase p = { .revenue = number_of(&v[2]) };
		add_sale(r, buyer_number(r, &v[0], &v[1], records_currency(deals)), day, p);
	}
	records_close(deals);
}

/* -- the log -- */

static int by_currency(const void *a, const void *b)
{
	return str_cmp(((const struct purchases *)a)->currency,
		       ((const struct purchases *)b)->currency);
}

/* Numbers the currencies by their codes: where each is then. */
static void make_lists(struct reading *r)
{
	struct purchase_log *log = r->log;
	log->of = arena_new(&log->arena, struct purchases, r->ncurrencies + 1);
	log->n = r->ncurrencies;
	for (size_t i = 0; i < log->n; i++)
		log->of[i].currency = r->currencies[i];
	if (log->n)
		qsort(log->of, log->n, sizeof *log->of, by_currency);
	for (size_t i = 0; i < r->nbuyers; i++) {
		struct buyer *b = &r->buyers[i];
		size_t k = 0;
		while (!str_eq(log->of[k].currency, r->currencies[b->currency]))
			k++;
		b->currency = k;
	}
}

struct place {
	const struct buyer *buyer;
	size_t number;
};

static int by_customer(const void *a, const void *b)
{
	const struct buyer *x = ((const struct place *)a)->buyer;
	const struct buyer *y = ((const struct place *)b)->buyer;
	if (x->currency != y->currency)
		return x->currency < y->currency ? -1 : 1;
	if (x->customer.entity != y->customer.entity) /* "account" < "contact" */
		return strcmp(x->customer.entity->name, y->customer.entity->name);
	return (x->customer.id > y->customer.id) - (x->customer.id < y->customer.id);
}

/* Each buyer's place among all, and where their sales begin. */
static size_t *rank_buyers(struct reading *r, struct place *places)
{
	size_t *start = xcalloc(r->nbuyers + 1, sizeof *start), at = 0;
	for (size_t i = 0; i < r->nbuyers; i++)
		places[i] = (struct place){ &r->buyers[i], i };
	if (r->nbuyers)
		qsort(places, r->nbuyers, sizeof *places, by_customer);
	for (size_t i = 0; i < r->nbuyers; i++) {
		struct buyer *b = &r->buyers[places[i].number];
		b->rank = i;
		start[i] = at;
		at += b->customer.n;
	}
	start[r->nbuyers] = at;
	return start;
}

static int by_day(const void *a, const void *b)
{
	int32_t x = ((const struct purchase *)a)->day, y = ((const struct purchase *)b)->day;
	return (x > y) - (x < y);
}

static bool add_up(struct purchase *into, const struct purchase *p)
{
	return !__builtin_add_overflow(into->revenue, p->revenue, &into->revenue) &&
	       !__builtin_add_overflow(into->known, p->known, &into->known) &&
	       !__builtin_add_overflow(into->margin, p->margin, &into->margin);
}

/* The sales of one customer, sorted by day and those of a day as one; 0: too much. */
static size_t merge_days(struct purchase *p, size_t n)
{
	size_t k = 0;
	bool sorted = true;
	for (size_t i = 1; i < n; i++)
		sorted = sorted && p[i - 1].day <= p[i].day;
	if (!sorted)
		qsort(p, n, sizeof *p, by_day);
	for (size_t i = 1; i < n; i++) {
		if (p[i].day != p[k].day)
			p[++k] = p[i];
		else if (!add_up(&p[k], &p[i]))
			return 0;
	}
	return k + 1;
}

/* Purchases of all customers of all currencies, one behind the other; holes are closed. */
static bool fill(struct reading *r, const struct place *places, const size_t *start,
		 struct purchase *all)
{
	struct purchase_log *log = r->log;
	struct customer *customers = arena_new(&log->arena, struct customer, r->nbuyers + 1);
	size_t at = 0;
	for (size_t i = 0; i < r->nbuyers; i++) {
		const struct buyer *b = &r->buyers[places[i].number];
		struct purchases *of = &log->of[b->currency];
		size_t n = start[i + 1] - start[i];
		if (!(n = merge_days(all + start[i], n)))
			return false;
		if (!of->list) {
			of->list = all + at;
			of->customers = customers;
		}
		memmove(all + at, all + start[i], n * sizeof *all);
		*customers = b->customer;
		customers->first = (size_t)(all + at - of->list);
		customers->n = n;
		customers++;
		of->ncustomers++;
		of->n += n;
		at += n;
	}
	return true;
}

static bool make_log(struct reading *r, struct diag *d)
{
	struct place *places = xcalloc(r->nbuyers + 1, sizeof *places);
	make_lists(r);
	size_t *start = rank_buyers(r, places), *next = xcalloc(r->nbuyers + 1, sizeof *next);
	struct purchase *all = arena_new(&r->log->arena, struct purchase, r->nsales + 1);
	memcpy(next, start, (r->nbuyers + 1) * sizeof *next);
	for (size_t i = 0; i < r->nsales; i++)
		all[next[r->buyers[r->sales[i].buyer].rank]++] = r->sales[i].purchase;
	bool ok = fill(r, places, start, all);
	free(places);
	free(start);
	free(next);
	return ok || diag_set(d, NULL, "the purchases of a day come to more than can be counted");
}

bool purchases_read(struct study *s, bool any_currency, struct purchase_log *out)
{
	struct job *j = s->job;
	const struct schema *schema = &report_store(j)->schema;
	struct reading r = { .study = s,
			     .log = out,
			     .any_currency = any_currency,
			     .today = study_today(s),
			     .account = schema_entity(schema, STR("account")),
			     .contact = schema_entity(schema, STR("contact")) };
	*out = (struct purchase_log){ 0 };
	if (feed_reads(&j->feeds[0]))
		read_orders(&r);
	if (feed_reads(&j->feeds[1]))
		read_deals(&r);
	bool ok = make_log(&r, s->diag);
	stmt_close(r.came_back);
	map_free(&r.known);
	map_free(&r.codes);
	free(r.currencies);
	free(r.buyers);
	free(r.sales);
	return ok;
}

void purchases_free(struct purchase_log *log)
{
	arena_free(&log->arena);
}

/* The house's own, if anybody bought in it. */
static struct str likely_currency(const struct study *s, const struct purchase_log *log)
{
	struct str house = str_of(s->job->context->settings->currency);
	for (size_t i = 0; i < log->n; i++)
		if (str_eq(log->of[i].currency, house))
			return house;
	return log->of->currency;
}

const struct purchases *purchases_of_one(const struct study *s, const struct purchase_log *log)
{
	if (log->n == 1)
		return log->of;
	if (!log->n) {
		diag_set(s->diag, NULL,
			 "there are no purchases: no order is confirmed, and no deal won");
		return NULL;
	}
	struct str likely = likely_currency(s, log);
	diag_set(s->diag, NULL,
		 "there are purchases in %zu currencies: choose one with -w currency=%.*s,"
		 " or convert them with --currency",
		 log->n, (int)likely.n, likely.p);
	return NULL;
}
