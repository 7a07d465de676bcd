/* Which orders and deals are purchases. */
#include "report/purchases_impl.h"

static void put_where(struct sql *q, const struct sql *condition)
{
	if (condition->text.n) {
		sql_add(q, " and (");
		sql_append(q, condition);
		sql_add(q, ")");
	}
}

void purchases_orders_sql(const struct purchase_wish *w, struct sql *q)
{
	struct sql condition = { .arena = q->arena };
	struct joins joins = { .arena = q->arena, .schema = w->order_context->schema };
	if (w->orders)
		node_sql(w->orders, w->order_context, &joins, &condition);
	sql_add(q, "select t0.id, t0.account, t0.contact, t0.ordered_on, t0.currency, t0.subtotal,"
		   " t0.discount, t0.returned, t0.cost from \"order\" t0");
	joins_sql(&joins, q);
	sql_add(q, " where (t0.status = 'confirmed' or t0.status = 'delivered')");
	put_where(q, &condition);
	sql_free(&condition);
}

void purchases_deals_sql(const struct purchase_wish *w, struct sql *q)
{
	struct sql condition = { .arena = q->arena };
	struct joins joins = { .arena = q->arena, .schema = w->deal_context->schema };
	if (w->deals)
		node_sql(w->deals, w->deal_context, &joins, &condition);
	sql_add(q, "select t0.id, t0.account, t0.contact, t0.closed_at, t0.currency, t0.amount "
		   "from stage s"
		   " cross join deal t0");
	joins_sql(&joins, q);
	sql_add(q, " where s.kind = 'won' and t0.stage = s.key and t0.pipeline = s.pipeline");
	if (w->basis == BASIS_AUTO)
		sql_add(q, " and not exists (select 1 from \"order\" o where o.deal = t0.id)");
	put_where(q, &condition);
	sql_free(&condition);
}

void purchases_sql(const struct purchase_wish *w, struct sql *orders, struct sql *deals)
{
	if (basis_has(w->basis, false))
		purchases_orders_sql(w, orders);
	if (basis_has(w->basis, true))
		purchases_deals_sql(w, deals);
}

bool purchases_day(const struct purchase_wish *w, struct stmt *s, bool deals, int64_t *day)
{
	int64_t at;
	struct value v = stmt_value(s, deals ? D_CLOSED : O_DAY);
	if (v.kind != V_TEXT || !(deals ? instant_scan(v.s, &at) : day_scan(v.s, day)))
		return false;
	if (deals)
		*day = zone_day(at);
	return *day < w->before;
}

int64_t *purchases_ids(struct store *s, const struct purchase_wish *w, bool deals, size_t *n,
		       struct arena *a)
{
	struct sql q = { .arena = w->arena };
	int64_t *ids = NULL, day;
	size_t room = 0;
	*n = 0;
	if (!basis_has(w->basis, deals))
		return NULL;
	(deals ? purchases_deals_sql : purchases_orders_sql)(w, &q);
	struct stmt *rows = db_query(s->db, &q);
	while (stmt_step(rows)) {
		if (!purchases_day(w, rows, deals, &day))
			continue;
		if (*n == room) {
			int64_t *more = arena_new(a, int64_t, room * 2 + 64);
			if (room)
				memcpy(more, ids, room * sizeof *ids);
			ids = more;
			room = room * 2 + 64;
		}
		ids[(*n)++] = stmt_value(rows, deals ? D_ID : O_ID).i;
	}
	stmt_close(rows);
	sql_free(&q);
	return ids;
}
