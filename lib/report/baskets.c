/* Orders and their products, as numbers that arrays can be indexed by. */
#include "report/baskets.h"

#include <stdlib.h>

#include "schema/line.h"

struct reading {
	struct study *study;
	bool grouped;
	struct bought *out;
	struct map customers, products, currencies, groups, sold;
	size_t rates_room, customers_room, orders_room, lines_room, products_room, currencies_room,
	    groups_room, sold_room;
	int64_t today;
	size_t last; /* the order that the last line was of */
};

/* -- numbers -- */

static size_t numbered_currency(struct reading *r, struct str code)
{
	struct bought *b = r->out;
	int64_t *number = map_at(&r->currencies, code);
	if (!*number) {
		b->currencies = xgrow(b->currencies, b->ncurrencies, &r->currencies_room,
				      sizeof *b->currencies);
		b->currencies[b->ncurrencies] = arena_str(&b->arena, code);
		*number = (int64_t)++b->ncurrencies;
	}
	return (size_t)*number - 1;
}

static struct str key_of(const int64_t *key, size_t n)
{
	return (struct str){ (const char *)key, n * sizeof *key };
}

static size_t product_number(struct reading *r, int64_t id)
{
	struct bought *b = r->out;
	int64_t *number = map_at(&r->products, key_of(&id, 1));
	if (!*number) {
		b->products =
		    xgrow(b->products, b->nproducts, &r->products_room, sizeof *b->products);
		b->products[b->nproducts] = id;
		*number = (int64_t)++b->nproducts;
	}
	return (size_t)*number - 1;
}

static size_t customer_number(struct reading *r, const struct value *account,
			      const struct value *contact)
{
	bool person = account->kind != V_INT;
	int64_t key[] = { person, person ? contact->i : account->i };
	int64_t *number = map_at(&r->customers, key_of(key, 2));
	if (!*number) {
		struct bought *b = r->out;
		b->customers =
		    xgrow(b->customers, b->ncustomers, &r->customers_room, sizeof *b->customers);
		b->customers[b->ncustomers] = (struct buyer){ person, key[1] };
		*number = (int64_t)++b->ncustomers;
	}
	return (size_t)*number - 1;
}

/* Values are texts or numbers, never both. */
static size_t group_number(struct reading *r, const struct value *v)
{
	struct bought *b = r->out;
	struct str key = v->kind == V_TEXT  ? v->s
			 : v->kind == V_INT ? key_of(&v->i, 1)
					    : (struct str){ "", 1 };
	int64_t *number = map_at(&r->groups, key);
	if (!*number) {
		b->groups = xgrow(b->groups, b->ngroups, &r->groups_room, sizeof *b->groups);
		b->groups[b->ngroups] = *v;
		if (v->kind == V_TEXT)
			b->groups[b->ngroups].s = arena_str(&b->arena, v->s);
		*number = (int64_t)++b->ngroups;
	}
	return (size_t)*number - 1;
}

/* -- reading -- */

static int by_id(const void *a, const void *b)
{
	const struct bought_order *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

enum { O_ID, O_ACCOUNT, O_CONTACT, O_CURRENCY, O_GROUP };

/* With --currency, and where there is a rate of that day, the order's amounts come into it. */
static struct str converted(struct reading *r, struct bought_order *o, struct str currency,
			    struct str day)
{
	struct job *j = r->study->job;
	struct bought *b = r->out;
	struct rate rate;
	if (!j->conversion.into.n || str_eq(currency, j->conversion.into) ||
	    !job_rate(j, currency, day, &rate))
		return currency;
	b->rates = xgrow(b->rates, b->nrates, &r->rates_room, sizeof *b->rates);
	b->rates[b->nrates++] = rate;
	o->rate = (uint32_t)b->nrates;
	return j->conversion.into;
}

static void add_order(struct reading *r, const struct value *v, struct str day)
{
	struct bought *b = r->out;
	struct bought_order o = { .id = v[O_ID].i };
	o.customer = (uint32_t)customer_number(r, &v[O_ACCOUNT], &v[O_CONTACT]);
	o.currency = (uint32_t)numbered_currency(r, converted(r, &o, v[O_CURRENCY].s, day));
	o.group = r->grouped ? (uint32_t)group_number(r, &v[O_GROUP]) : 0;
	b->orders = xgrow(b->orders, b->norders, &r->orders_room, sizeof *b->orders);
	b->orders[b->norders++] = o;
}

const char *const bought_paths[] = { "id", "account", "contact", "currency", NULL };

static void read_orders(struct reading *r, const char *by)
{
	const char *paths[countof(bought_paths) + 1] = { NULL };
	memcpy(paths, bought_paths, sizeof bought_paths);
	paths[O_GROUP] = by;
	struct records *orders = records_open(r->study->job, "order", paths);
	struct bought *b = r->out;
	bool sorted = true;
	int64_t day;
	struct value when;
	const struct value *v;
	while ((v = records_next(orders, &when))) {
		if (when.kind != V_TEXT || !day_scan(when.s, &day) || day > r->today)
			continue;
		add_order(r, v, when.s);
		sorted = sorted && (b->norders < 2 || b->orders[b->norders - 2].id < v[O_ID].i);
	}
	records_close(orders);
	if (!sorted)
		qsort(b->orders, b->norders, sizeof *b->orders, by_id);
}

/* Lines mostly come order by order, as they were written. */
static bool find_order(struct reading *r, int64_t id, size_t *at)
{
	const struct bought *b = r->out;
	for (size_t i = r->last; i < b->norders && i < r->last + 2; i++)
		if (b->orders[i].id == id) {
			*at = r->last = i;
			return true;
		}
	struct bought_order key = { .id = id };
	const struct bought_order *found =
	    b->norders ? bsearch(&key, b->orders, b->norders, sizeof key, by_id) : NULL;
	if (found)
		*at = r->last = (size_t)(found - b->orders);
	return found != NULL;
}

static int64_t number_of(struct stmt *s, size_t column)
{
	struct value v = stmt_value(s, column);
	return v.kind == V_INT ? v.i : 0;
}

static void add_sold(struct reading *r, size_t product, size_t currency, int64_t quantity,
		     int64_t revenue)
{
	struct bought *b = r->out;
	int64_t key[] = { (int64_t)product, (int64_t)currency };
	int64_t *number = map_at(&r->sold, key_of(key, 2));
	if (!*number) {
		b->sold = xgrow(b->sold, b->nsold, &r->sold_room, sizeof *b->sold);
		b->sold[b->nsold] =
		    (struct sold){ .product = (uint32_t)product, .currency = (uint32_t)currency };
		*number = (int64_t)++b->nsold;
	}
	b->sold[*number - 1].quantity += quantity;
	b->sold[*number - 1].revenue += revenue;
}

enum { L_ORDER, L_PRODUCT, L_QUANTITY, L_RETURNED, L_AMOUNT, L_STAND_IN };

static void add_line(struct reading *r, struct stmt *s, size_t order, int64_t product_id)
{
	struct bought *b = r->out;
	int64_t quantity = number_of(s, L_QUANTITY), back = number_of(s, L_RETURNED);
	int64_t amount = number_of(s, L_AMOUNT);
	if (quantity == back)
		return;
	size_t product = product_number(r, product_id);
	b->lines = xgrow(b->lines, b->nlines, &r->lines_room, sizeof *b->lines);
	b->lines[b->nlines++] = (struct bought_line){ (uint32_t)order, (uint32_t)product };
	if (b->orders[order].rate &&
	    !rate_apply(&b->rates[b->orders[order].rate - 1], amount, &amount))
		die(STATUS_REFUSED, "an amount is too large in the currency asked for");
	amount -= back ? line_share(amount, back, quantity) : 0;
	add_sold(r, product, b->orders[order].currency, quantity - back, amount);
}

/* All of them, as they lie there: which count is asked here, or an index would lead. */
bool bought_besides(const struct job *j, struct sql *q, size_t i)
{
	(void)j;
	if (i == 0)
		sql_add(q, "select \"order\", product, quantity, returned, amount, stand_in"
			   " from order_line");
	return i == 0;
}

static void read_lines(struct reading *r)
{
	struct sql q = { .arena = report_arena(r->study->job) };
	size_t order;
	bought_besides(r->study->job, &q, 0);
	struct stmt *s = db_query(report_store(r->study->job)->db, &q);
	while (stmt_step(s)) {
		struct value id = stmt_value(s, L_PRODUCT);
		if (id.kind == V_INT && !number_of(s, L_STAND_IN) &&
		    find_order(r, stmt_value(s, L_ORDER).i, &order))
			add_line(r, s, order, id.i);
	}
	stmt_close(s);
	sql_free(&q);
}

void bought_read(struct study *s, const char *by, struct bought *out)
{
	struct reading r = {
		.study = s, .grouped = by != NULL, .out = out, .today = study_today(s)
	};
	*out = (struct bought){ .ngroups = !by };
	read_orders(&r, by);
	read_lines(&r);
	map_free(&r.customers);
	map_free(&r.products);
	map_free(&r.currencies);
	map_free(&r.groups);
	map_free(&r.sold);
}

void bought_free(struct bought *b)
{
	free(b->orders);
	free(b->rates);
	free(b->customers);
	free(b->lines);
	free(b->products);
	free(b->currencies);
	free(b->groups);
	free(b->sold);
	arena_free(&b->arena);
}

/* -- baskets -- */

static int by_item(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* In rising order, each once; how many are left. */
static size_t sort_items(uint32_t *items, size_t n)
{
	size_t k = 0;
	if (n > 1)
		qsort(items, n, sizeof *items, by_item);
	for (size_t i = 0; i < n; i++)
		if (!i || items[i] != items[k - 1])
			items[k++] = items[i];
	return k;
}

void baskets_make(struct baskets *out, const uint32_t *keys, const struct bought_line *lines,
		  size_t nlines, size_t n)
{
	size_t *start = xcalloc(n + 2, sizeof *start), at = 0;
	uint32_t *items = xcalloc(nlines + 1, sizeof *items);
	for (size_t i = 0; i < nlines; i++)
		start[keys[i] + 2]++;
	for (size_t i = 2; i < n + 2; i++)
		start[i] += start[i - 1];
	for (size_t i = 0; i < nlines; i++)
		items[start[keys[i] + 1]++] = lines[i].product;
	/* start[i] is now where basket i begins; those before it shrink */
	for (size_t i = 0; i < n; i++) {
		size_t from = start[i], left = sort_items(items + from, start[i + 1] - from);
		memmove(items + at, items + from, left * sizeof *items);
		start[i] = at;
		at += left;
	}
	start[n] = at;
	*out = (struct baskets){ n, start, items };
}

void baskets_free(struct baskets *b)
{
	free(b->start);
	free(b->items);
}

uint32_t *baskets_count(const struct baskets *b, size_t nproducts)
{
	uint32_t *counts = xcalloc(nproducts + 1, sizeof *counts);
	for (size_t i = 0; i < b->start[b->n]; i++)
		counts[b->items[i]]++;
	return counts;
}

size_t baskets_filled(const struct baskets *b)
{
	size_t n = 0;
	for (size_t i = 0; i < b->n; i++)
		n += b->start[i + 1] > b->start[i];
	return n;
}
