/* What a customer bought: products, and how often, how much, when last, for what money. */
#include <stdlib.h>

#include "domain/portrait_impl.h"
#include "schema/line.h"

static const struct portrait_heading columns[] = {
	{ "product", "ID", "Mã", false, MACHINES },
	{ "sku", "SKU", "Mã hàng", false, EVERYBODY },
	{ "name", "Product", "Sản phẩm", false, EVERYBODY },
	{ "times", "Times", "Số lần", true, EVERYBODY },
	{ "quantity", "Quantity", "Số lượng", true, EVERYBODY },
	{ "unit", "Unit", "Đơn vị", false, EVERYBODY },
	{ "value", "Value", "Giá trị", true, EVERYBODY },
	{ "currency", "Currency", "Tiền tệ", false, EVERYBODY },
	{ "first_on", "First bought", "Mua lần đầu", false, MACHINES },
	{ "last_on", "Last bought", "Mua gần nhất", false, EVERYBODY },
};

/* One product in one currency, for no sum mixes them; a line without product is its own words. */
struct bought {
	struct value product;
	struct str sku, name, unit, currency, first_on, last_on;
	int64_t times, order; /* how many orders; the one counted last */
	wide quantity, value; /* millionths; minor units without tax */
};

/* The columns of the statement. */
enum { PRODUCT, SKU, NAME, UNIT, CURRENCY, ORDER, DAY, QUANTITY, RETURNED, AMOUNT };

/* Orders that stand, less what came back of them; lines of one product one after the other. */
static struct stmt *select_lines(struct maker *m, int64_t list)
{
	struct sql q = { .arena = m->arena };
	sql_add(&q, "select l.product, p.sku, coalesce(p.name, l.description) name, l.unit,"
		    " o.currency, o.id, o.ordered_on, l.quantity, coalesce(l.returned, 0), l.amount"
		    " from order_line l join \"order\" o on o.id = l.\"order\""
		    " left join product p on p.id = l.product"
		    " where o.status in ('confirmed', 'delivered') and coalesce(l.stand_in, 0) = 0"
		    " and l.quantity <> coalesce(l.returned, 0)"
		    " and l.\"order\" in (select id from chosen where list = ");
	sql_int(&q, list);
	sql_add(&q, ") order by l.product, name, o.currency, o.ordered_on, o.id");
	struct stmt *rows = db_query(m->store->db, &q);
	sql_free(&q);
	return rows;
}

static bool is_same(const struct bought *b, struct stmt *row)
{
	struct value product = stmt_value(row, PRODUCT);
	return value_eq(&b->product, &product) &&
	       str_eq(b->currency, stmt_value(row, CURRENCY).s) &&
	       (product.kind == V_INT || str_eq(b->name, stmt_value(row, NAME).s));
}

static void add_line(struct maker *m, struct bought *b, struct stmt *row)
{
	int64_t quantity = stmt_value(row, QUANTITY).i, back = stmt_value(row, RETURNED).i;
	int64_t amount = stmt_value(row, AMOUNT).i, order = stmt_value(row, ORDER).i;
	b->times += order != b->order;
	b->order = order;
	b->quantity += quantity - back;
	b->value += amount - (back ? line_share(amount, back, quantity) : 0);
	b->last_on = column_value(m, row, DAY).s;
}

/* Newest first. */
static int compare(const void *x, const void *y)
{
	const struct bought *a = x, *b = y;
	int days = str_cmp(b->last_on, a->last_on), names = str_cmp(a->name, b->name);
	return days ? days : names ? names : str_cmp(a->currency, b->currency);
}

static struct bought *read_bought(struct maker *m, int64_t list, size_t *n)
{
	size_t room = 0;
	struct bought *all = arena_grow(m->arena, NULL, 0, &room, sizeof *all);
	struct stmt *row = select_lines(m, list);
	*n = 0;
	while (stmt_step(row)) {
		if (!*n || !is_same(&all[*n - 1], row)) {
			all = arena_grow(m->arena, all, *n, &room, sizeof *all);
			all[(*n)++] = (struct bought){
				.product = stmt_value(row, PRODUCT),
				.sku = column_value(m, row, SKU).s,
				.name = column_value(m, row, NAME).s,
				.unit = column_value(m, row, UNIT).s,
				.currency = column_value(m, row, CURRENCY).s,
				.first_on = column_value(m, row, DAY).s,
			};
		}
		add_line(m, &all[*n - 1], row);
	}
	stmt_close(row);
	qsort(all, *n, sizeof *all, compare);
	return all;
}

static bool fits(wide x)
{
	return x <= INT64_MAX && x >= INT64_MIN;
}

static void put_bought(struct maker *m, struct portrait_part *p, const struct bought *b,
		       enum ring ring)
{
	const struct cell cells[] = {
		cell_ref(m, "product", b->product),
		cell_text(b->sku),
		cell_text(b->name),
		cell_int(b->times, m->arena),
		fits(b->quantity)
		    ? cell_as(m, "order_line", "quantity", value_int((int64_t)b->quantity))
		    : cell_null(),
		cell_text(b->unit),
		fits(b->value) ? cell_amount(m, value_int((int64_t)b->value), b->currency)
			       : cell_null(),
		cell_text(b->currency),
		cell_text(b->first_on),
		cell_text(b->last_on),
	};
	portrait_put(m, p, columns, countof(columns), cells, ring);
}

void fill_products(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	(void)def;
	portrait_columns(m, p, columns, countof(columns));
	for (int ring = 0; ring < RINGS; ring++) {
		int64_t list = ring_of(m, (enum ring)ring, "order"), most = m->wish->most;
		size_t n;
		if (!list)
			continue;
		struct bought *all = read_bought(m, list, &n);
		size_t shown = most >= 0 && (size_t)most < n ? (size_t)most : n;
		for (size_t i = 0; i < shown; i++)
			put_bought(m, p, &all[i], (enum ring)ring);
		*(ring == RING_OWN ? &p->more : &p->more_around) = (int64_t)(n - shown);
	}
}
