/* What deals and orders come to: sums, one row a currency, for no sum mixes them. */
#include "domain/pipeline.h"
#include "domain/portrait_impl.h"
#include "schema/label.h"

static const struct portrait_heading deal_columns[] = {
	{ "state", "State", "Trạng thái", false, EVERYBODY },
	{ "deals", "Deals", "Số cơ hội", true, EVERYBODY },
	{ "amount", "Amount", "Giá trị", true, EVERYBODY },
	{ "currency", "Currency", "Tiền tệ", false, EVERYBODY },
};

enum { STAGE_KINDS = STAGE_LOST + 1 };

static void add_chosen(struct sql *q, int64_t list)
{
	sql_add(q, " where id in (select id from chosen where list = ");
	sql_int(q, list);
	sql_add(q, ")");
}

static enum stage_kind kind_of(struct maker *m, struct value pipeline, struct value stage)
{
	const struct pipeline *p = schema_pipeline(&m->store->schema, pipeline.s);
	const struct stage *s = p ? pipeline_stage(p, stage.s) : NULL;
	return s ? s->kind : STAGE_OPEN;
}

static void put_deal_total(struct maker *m, struct portrait_part *p, enum ring ring,
			   enum stage_kind kind, int64_t n, struct value amount,
			   struct str currency)
{
	enum language l = m->store->settings.language;
	const char *state = m->wish->human ? stage_kind_label(kind, l) : stage_kind_names[kind];
	const struct cell cells[] = {
		cell_text(str_of(state)),
		cell_int(n, m->arena),
		cell_amount(m, amount, currency),
		cell_text(currency),
	};
	portrait_put(m, p, deal_columns, countof(deal_columns), cells, ring);
}

/* The rows of one currency come together: what they add up to, by kind of stage. */
struct deal_sums {
	struct str currency;
	struct {
		int64_t n;
		struct value amount;
	} of[STAGE_KINDS];
};

static void put_deal_sums(struct maker *m, struct portrait_part *p, enum ring ring,
			  struct deal_sums *sums)
{
	for (int kind = 0; kind < STAGE_KINDS; kind++)
		if (sums->of[kind].n)
			put_deal_total(m, p, ring, (enum stage_kind)kind, sums->of[kind].n,
				       sums->of[kind].amount, sums->currency);
	*sums = (struct deal_sums){ 0 };
}

static void sum_deals(struct maker *m, struct portrait_part *p, enum ring ring)
{
	int64_t list = ring_of(m, ring, "deal");
	struct sql q = { .arena = m->arena };
	struct deal_sums sums = { 0 };
	if (!list)
		return;
	sql_add(&q, "select currency, pipeline, stage, count(*), sum(amount) from deal");
	add_chosen(&q, list);
	sql_add(&q, " group by currency, pipeline, stage order by currency");
	struct stmt *rows = db_query(m->store->db, &q);
	while (stmt_step(rows)) {
		struct str currency = column_value(m, rows, 0).s;
		if (!str_eq(currency, sums.currency))
			put_deal_sums(m, p, ring, &sums);
		enum stage_kind kind = kind_of(m, stmt_value(rows, 1), stmt_value(rows, 2));
		struct value amount = stmt_value(rows, 4);
		sums.currency = currency;
		sums.of[kind].n += stmt_value(rows, 3).i;
		if (amount.kind == V_INT)
			sums.of[kind].amount = value_int(sums.of[kind].amount.i + amount.i);
	}
	put_deal_sums(m, p, ring, &sums);
	stmt_close(rows);
	sql_free(&q);
}

void fill_deal_totals(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	(void)def;
	portrait_columns(m, p, deal_columns, countof(deal_columns));
	for (int ring = 0; ring < RINGS; ring++)
		sum_deals(m, p, (enum ring)ring);
}

static const struct portrait_heading order_columns[] = {
	{ "orders", "Orders", "Số đơn", true, EVERYBODY },
	{ "total", "Ordered", "Đã mua", true, EVERYBODY },
	{ "paid", "Paid", "Đã trả", true, EVERYBODY },
	{ "balance", "Unpaid", "Còn nợ", true, EVERYBODY },
	{ "returned", "Returned", "Trả lại", true, EVERYBODY },
	{ "margin", "Margin", "Lợi nhuận gộp", true, EVERYBODY },
	{ "currency", "Currency", "Tiền tệ", false, EVERYBODY },
	{ "first_on", "First order", "Đơn đầu tiên", false, EVERYBODY },
	{ "last_on", "Last order", "Đơn gần nhất", false, EVERYBODY },
	{ "not_counted", "Drafts, cancelled, returned", "Nháp, huỷ, trả lại", true, EVERYBODY },
};

/*
 * Only what was bought and kept counts; what was returned is said of all orders.  The
 * margin is that of all orders that count, or it is not known.
 */
static void select_order_totals(struct sql *q)
{
#define KEPT " filter (where status in ('confirmed', 'delivered'))"
	sql_add(q,
		"select currency, count(*)" KEPT ", sum(total)" KEPT ", sum(paid)" KEPT
		", sum(balance)" KEPT ", sum(returned) filter (where status in"
		" ('confirmed', 'delivered', 'returned')), sum(margin)" KEPT ", count(margin)" KEPT
		", min(ordered_on)" KEPT ", max(ordered_on)" KEPT ", count(*) from \"order\"");
#undef KEPT
}

static void sum_orders(struct maker *m, struct portrait_part *p, enum ring ring)
{
	int64_t list = ring_of(m, ring, "order");
	struct sql q = { .arena = m->arena };
	if (!list)
		return;
	select_order_totals(&q);
	add_chosen(&q, list);
	sql_add(&q, " group by currency order by currency");
	struct stmt *rows = db_query(m->store->db, &q);
	while (stmt_step(rows)) {
		struct str currency = column_value(m, rows, 0).s;
		int64_t orders = stmt_value(rows, 1).i;
		bool margin_known = orders && stmt_value(rows, 7).i == orders;
		const struct cell cells[] = {
			cell_int(orders, m->arena),
			cell_amount(m, stmt_value(rows, 2), currency),
			cell_amount(m, stmt_value(rows, 3), currency),
			cell_amount(m, stmt_value(rows, 4), currency),
			cell_amount(m, stmt_value(rows, 5), currency),
			margin_known ? cell_amount(m, stmt_value(rows, 6), currency) : cell_null(),
			cell_text(currency),
			cell_text(column_value(m, rows, 8).s),
			cell_text(column_value(m, rows, 9).s),
			cell_int(stmt_value(rows, 10).i - orders, m->arena),
		};
		portrait_put(m, p, order_columns, countof(order_columns), cells, ring);
	}
	stmt_close(rows);
	sql_free(&q);
}

void fill_order_totals(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	(void)def;
	portrait_columns(m, p, order_columns, countof(order_columns));
	for (int ring = 0; ring < RINGS; ring++)
		sum_orders(m, p, (enum ring)ring);
}
