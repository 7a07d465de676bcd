/* The purchase log: one pass over the orders, one over the won deals, and a counting sort. */
#include <stdlib.h>

#include "report/purchases_impl.h"
#include "schema/line.h"

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
	struct store *store;
	const struct purchase_wish *wish;
	struct purchase_log *log;
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

static size_t currency_number(struct reading *r, struct str code)
{
	if (r->wish->any_currency)
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
	int64_t key[] = { (int64_t)currency_number(r, currency), person, who->i };
	int64_t *number = map_at(&r->known, (struct str){ (const char *)key, sizeof key });
	if (*number)
		return *number - 1;
	if (r->nbuyers == r->buyers_room) {
		r->buyers_room = r->buyers_room ? r->buyers_room * 2 : 1024;
		r->buyers = xrealloc(r->buyers, r->buyers_room * sizeof *r->buyers);
	}
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
	if (r->nsales == r->sales_room) {
		r->sales_room = r->sales_room ? r->sales_room * 2 : 4096;
		r->sales = xrealloc(r->sales, r->sales_room * sizeof *r->sales);
	}
	p.day = (int32_t)day;
	p.records = 1;
	r->buyers[buyer].customer.n++;
	r->sales[r->nsales++] = (struct sale){ (uint32_t)buyer, p };
}

static int64_t number_of(struct stmt *s, size_t column)
{
	struct value v = stmt_value(s, column);
	return v.kind == V_INT ? v.i : 0;
}

/* What the goods that came back had cost: line by line, as their worth was reckoned. */
static int64_t cost_back(struct reading *r, int64_t order)
{
	int64_t cost = 0;
	struct value id = value_int(order);
	if (!r->came_back) {
		struct sql q = { .arena = r->wish->arena };
		sql_add(&q, "select cost, returned, quantity from order_line where \"order\" = $1"
			    " and returned <> 0 and quantity <> 0");
		r->came_back = db_prepare(r->store->db, &q);
		sql_free(&q);
	}
	stmt_bind(r->came_back, 1, &id);
	while (stmt_step(r->came_back))
		cost += line_share(number_of(r->came_back, 0), number_of(r->came_back, 1),
				   number_of(r->came_back, 2));
	stmt_reset(r->came_back);
	return cost;
}

static void read_orders(struct reading *r)
{
	struct sql q = { .arena = r->wish->arena };
	purchases_orders_sql(r->wish, &q);
	struct stmt *s = db_query(r->store->db, &q);
	while (stmt_step(s)) {
		int64_t day;
		struct value account = stmt_value(s, O_ACCOUNT), contact = stmt_value(s, O_CONTACT);
		if (!purchases_day(r->wish, s, false, &day))
			continue;
		int64_t back = number_of(s, O_RETURNED);
		struct value cost = stmt_value(s, O_COST);
		struct purchase p = { .revenue = number_of(s, O_SUBTOTAL) -
						 number_of(s, O_DISCOUNT) - back };
		if (cost.kind == V_INT) {
			int64_t kept = back ? cost.i - cost_back(r, stmt_value(s, O_ID).i) : cost.i;
			p.known = p.revenue;
			p.margin = p.revenue - kept;
		}
		struct str code = stmt_value(s, O_CURRENCY).s;
		add_sale(r, buyer_number(r, &account, &contact, code), day, p);
	}
	stmt_close(s);
	sql_free(&q);
}

static void read_deals(struct reading *r)
{
	struct sql q = { .arena = r->wish->arena };
	purchases_deals_sql(r->wish, &q);
	struct stmt *s = db_query(r->store->db, &q);
	while (stmt_step(s)) {
		int64_t day;
		struct value account = stmt_value(s, D_ACCOUNT), contact = stmt_value(s, D_CONTACT);
		if (!purchases_day(r->wish, s, true, &day))
			continue;
		struct purchase p = { .revenue = number_of(s, D_AMOUNT) };
		struct str code = stmt_value(s, D_CURRENCY).s;
		add_sale(r, buyer_number(r, &account, &contact, code), day, p);
	}
	stmt_close(s);
	sql_free(&q);
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
	into->records += p->records;
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

bool purchases_read(struct store *s, const struct purchase_wish *w, struct purchase_log *out,
		    struct diag *d)
{
	struct reading r = { .store = s, .wish = w, .log = out };
	*out = (struct purchase_log){ 0 };
	r.account = schema_entity(&s->schema, STR("account"));
	r.contact = schema_entity(&s->schema, STR("contact"));
	if (basis_has(w->basis, false))
		read_orders(&r);
	if (basis_has(w->basis, true))
		read_deals(&r);
	bool ok = make_log(&r, d);
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
