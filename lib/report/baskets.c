/* Orders and their products, as numbers that arrays can be indexed by. */
#include "report/baskets.h"

#include <stdlib.h>

#include "schema/line.h"

struct reading {
	struct study_run *run;
	const struct path *by;
	struct bought *out;
	struct map customers, products, currencies, groups, sold;
	size_t orders_room, lines_room, products_room, currencies_room, groups_room, sold_room;
	int64_t from, before;
	bool has_from;
	size_t last; /* the order that the last line was of */
};

enum { O_ID, O_ACCOUNT, O_CONTACT, O_DAY, O_CURRENCY, O_GROUP };
enum { L_ORDER, L_PRODUCT, L_QUANTITY, L_RETURNED, L_AMOUNT, L_STAND_IN };

static bool orders_sql(struct study_run *r, const struct path *by, struct sql *q, struct diag *d)
{
	struct node *where;
	if (!study_where(r, 0, &where, d))
		return false;
	struct sql columns = { .arena = q->arena }, condition = { .arena = q->arena };
	struct joins joins = { .arena = q->arena, .schema = r->contexts[0]->schema };
	if (by)
		path_sql(by, &joins, &columns);
	if (where)
		node_sql(where, r->contexts[0], &joins, &condition);
	sql_add(q, "select t0.id, t0.account, t0.contact, t0.ordered_on, t0.currency");
	sql_add_literal(q, by ? ", " : "");
	sql_append(q, &columns);
	sql_add(q, " from \"order\" t0");
	joins_sql(&joins, q);
	sql_add(q, " where (t0.status = 'confirmed' or t0.status = 'delivered')");
	sql_add_literal(q, where ? " and " : "");
	sql_append(q, &condition);
	sql_free(&columns);
	sql_free(&condition);
	return true;
}

static void lines_sql(struct sql *q)
{
	/* all of them, as they lie there: which count is asked here, or an index would lead */
	sql_add(q, "select \"order\", product, quantity, returned, amount, stand_in"
		   " from order_line");
}

bool bought_sql(struct study_run *r, const struct path *by, struct sql *orders, struct sql *lines,
		struct diag *d)
{
	lines_sql(lines);
	return orders_sql(r, by, orders, d);
}

/* -- numbers -- */

/* The array with room for one more element behind n. */
static void *grown(void *p, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return p;
	*room = *room ? *room * 2 : 256;
	return xrealloc(p, *room * size);
}

static size_t currency_number(struct reading *r, struct str code)
{
	struct bought *b = r->out;
	int64_t *number = map_at(&r->currencies, code);
	if (!*number) {
		b->currencies = grown(b->currencies, b->ncurrencies, &r->currencies_room,
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
		    grown(b->products, b->nproducts, &r->products_room, sizeof *b->products);
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
	if (!*number)
		*number = (int64_t)++r->out->ncustomers;
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
		b->groups = grown(b->groups, b->ngroups, &r->groups_room, sizeof *b->groups);
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

static void read_orders(struct reading *r, const struct sql *q)
{
	struct bought *b = r->out;
	struct stmt *s = db_query(r->run->store->db, q);
	bool sorted = true;
	while (stmt_step(s)) {
		int64_t day;
		if (!day_scan(stmt_value(s, O_DAY).s, &day) || day >= r->before ||
		    (r->has_from && day < r->from))
			continue;
		struct value account = stmt_value(s, O_ACCOUNT), contact = stmt_value(s, O_CONTACT);
		struct bought_order o = { .id = stmt_value(s, O_ID).i };
		o.customer = (uint32_t)customer_number(r, &account, &contact);
		o.currency = (uint32_t)currency_number(r, stmt_value(s, O_CURRENCY).s);
		if (r->by) {
			struct value group = stmt_value(s, O_GROUP);
			o.group = (uint32_t)group_number(r, &group);
		}
		b->orders = grown(b->orders, b->norders, &r->orders_room, sizeof *b->orders);
		sorted = sorted && (!b->norders || b->orders[b->norders - 1].id < o.id);
		b->orders[b->norders++] = o;
	}
	stmt_close(s);
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
		b->sold = grown(b->sold, b->nsold, &r->sold_room, sizeof *b->sold);
		b->sold[b->nsold] =
		    (struct sold){ .product = (uint32_t)product, .currency = (uint32_t)currency };
		*number = (int64_t)++b->nsold;
	}
	b->sold[*number - 1].quantity += quantity;
	b->sold[*number - 1].revenue += revenue;
}

static void read_lines(struct reading *r, const struct sql *q)
{
	struct bought *b = r->out;
	struct stmt *s = db_query(r->run->store->db, q);
	while (stmt_step(s)) {
		size_t order;
		struct value id = stmt_value(s, L_PRODUCT);
		if (id.kind != V_INT || number_of(s, L_STAND_IN) ||
		    !find_order(r, stmt_value(s, L_ORDER).i, &order))
			continue;
		int64_t quantity = number_of(s, L_QUANTITY), back = number_of(s, L_RETURNED);
		int64_t amount = number_of(s, L_AMOUNT);
		if (quantity == back)
			continue;
		size_t product = product_number(r, id.i);
		b->lines = grown(b->lines, b->nlines, &r->lines_room, sizeof *b->lines);
		b->lines[b->nlines++] = (struct bought_line){ (uint32_t)order, (uint32_t)product };
		amount -= back ? line_share(amount, back, quantity) : 0;
		add_sold(r, product, b->orders[order].currency, quantity - back, amount);
	}
	stmt_close(s);
}

static bool open_reading(struct reading *r, struct diag *d)
{
	int64_t today;
	if (!study_today(r->run, &today, d) ||
	    !study_day(r->run, "--from", r->run->options->from, &r->has_from, &r->from, d))
		return false;
	r->before = today + 1;
	return true;
}

bool bought_read(struct study_run *run, const struct path *by, struct bought *out, struct diag *d)
{
	struct reading r = { .run = run, .by = by, .out = out };
	struct sql orders = { .arena = &run->arena }, lines = { .arena = &run->arena };
	*out = (struct bought){ .ngroups = !by };
	bool ok = open_reading(&r, d) && bought_sql(run, by, &orders, &lines, d);
	if (ok) {
		read_orders(&r, &orders);
		read_lines(&r, &lines);
	}
	sql_free(&orders);
	sql_free(&lines);
	map_free(&r.customers);
	map_free(&r.products);
	map_free(&r.currencies);
	map_free(&r.groups);
	map_free(&r.sold);
	return ok;
}

bool bought_behind(struct study_run *run, int64_t *ids[2], size_t n[2], struct diag *d)
{
	struct bought b = { 0 };
	struct reading r = { .run = run, .out = &b };
	struct sql orders = { .arena = &run->arena };
	bool ok = open_reading(&r, d) && orders_sql(run, NULL, &orders, d);
	if (ok) {
		read_orders(&r, &orders);
		n[0] = b.norders;
		ids[0] = arena_new(&run->arena, int64_t, b.norders + 1);
		for (size_t i = 0; i < b.norders; i++)
			ids[0][i] = b.orders[i].id;
	}
	sql_free(&orders);
	map_free(&r.customers);
	map_free(&r.currencies);
	bought_free(&b);
	return ok;
}

void bought_free(struct bought *b)
{
	free(b->orders);
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
