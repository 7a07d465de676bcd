/* The products, and which customers have them. */
#include "report/alert_shelf.h"

#include <stdlib.h>

static void products_sql(struct sql *q)
{
	sql_add(q, "select id, name, currency, price, cost, active, upgrade, successor"
		   " from product order by id");
}

static void read_products(struct shelf *s)
{
	struct sql q = { .arena = s->x->arena };
	size_t room = 0;
	products_sql(&q);
	struct stmt *rows = db_query(s->x->store->db, &q);
	while (stmt_step(rows)) {
		s->list = xgrow(s->list, s->n, &room, sizeof *s->list);
		s->list[s->n] = (struct product){
			.id = stmt_value(rows, 0).i,
			.name = arena_str(s->x->arena, stmt_value(rows, 1).s),
			.currency = arena_str(s->x->arena, stmt_value(rows, 2).s),
			.price = stmt_value(rows, 3),
			.cost = stmt_value(rows, 4),
			.active = stmt_value(rows, 5).i != 0,
			.upgrade = stmt_value(rows, 6).i,
			.successor = stmt_value(rows, 7).i,
			.line = (uint32_t)s->n,
		};
		s->n++;
	}
	stmt_close(rows);
	sql_free(&q);
}

static int by_id(const void *a, const void *b)
{
	const struct product *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

struct product *shelf_product(const struct shelf *s, int64_t id)
{
	struct product key = { .id = id };
	return id && s->n ? bsearch(&key, s->list, s->n, sizeof key, by_id) : NULL;
}

static uint32_t line_of(struct shelf *s, uint32_t place)
{
	while (s->list[place].line != place)
		place = s->list[place].line = s->list[s->list[place].line].line;
	return place;
}

static void join_lines(struct shelf *s, size_t i, int64_t with)
{
	const struct product *p = shelf_product(s, with);
	if (p)
		s->list[line_of(s, (uint32_t)i)].line = line_of(s, (uint32_t)(p - s->list));
}

const struct product *shelf_on_sale(const struct shelf *s, const struct product *p)
{
	enum { STEPS = 32 }; /* they may go round */
	for (int i = 0; p && !p->active && i < STEPS; i++)
		p = shelf_product(s, p->successor);
	return p && p->active ? p : NULL;
}

const struct product *shelf_at(const struct shelf *s, uint32_t number)
{
	return s->places[number] == NOT_SHELVED ? NULL : &s->list[s->places[number]];
}

bool shelf_same_line(struct shelf *s, const struct product *p, const struct product *q)
{
	return line_of(s, (uint32_t)(p - s->list)) == line_of(s, (uint32_t)(q - s->list));
}

static bool read_bought(struct shelf *s)
{
	static const struct source sources[] = {
		{ "order", "order", .where = "status in (confirmed, delivered)",
		  .time = { "ordered_on" }, .past = true },
	};
	static const struct report alone = { .name = "baskets", .sources = sources, .nsources = 1 };
	struct alerting *x = s->x;
	const struct report_options o = { .now = x->asked->now };
	struct study study = { .diag = x->diag };
	study.job = report_open(x->store, &alone, &o, x->asked->context, x->diag);
	if (!study.job)
		return false;
	bought_read(&study, NULL, &s->bought);
	report_close(study.job);
	return true;
}

static void place_products(struct shelf *s)
{
	const struct bought *b = &s->bought;
	s->places = arena_new(s->x->arena, uint32_t, b->nproducts + 1);
	for (uint32_t i = 0; i < b->nproducts; i++) {
		const struct product *p = shelf_product(s, b->products[i]);
		s->places[i] = p ? (uint32_t)(p - s->list) : NOT_SHELVED;
	}
	for (size_t i = 0; i < s->n; i++) {
		join_lines(s, i, s->list[i].upgrade);
		join_lines(s, i, s->list[i].successor);
	}
}

bool shelf_open(struct alerting *x, struct shelf *s)
{
	const struct bought *b = &s->bought;
	*s = (struct shelf){ .x = x };
	if (!read_bought(s))
		return false;
	read_products(s);
	place_products(s);
	uint32_t *keys = xcalloc(b->nlines + 1, sizeof *keys);
	for (size_t i = 0; i < b->nlines; i++)
		keys[i] = b->orders[b->lines[i].order].customer;
	baskets_make(&s->owned, keys, b->lines, b->nlines, b->ncustomers);
	free(keys);
	return true;
}

void shelf_close(struct shelf *s)
{
	baskets_free(&s->owned);
	bought_free(&s->bought);
	free(s->list);
}

bool shelf_has(struct shelf *s, uint32_t customer, const struct product *p, bool line)
{
	for (size_t i = s->owned.start[customer]; i < s->owned.start[customer + 1]; i++) {
		const struct product *own = shelf_at(s, s->owned.items[i]);
		if (own == p || (own && line && shelf_same_line(s, own, p)))
			return true;
	}
	return false;
}
