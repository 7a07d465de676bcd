/* Orders of which the sums alone are known have a line all the same: reports read lines. */
#include "store/stand_in.h"

#include "core/money.h"
#include "schema/check.h"
#include "schema/line.h"
#include "store/derive.h"

/* What of it came back, as the order says it: the share of the amount, of a quantity of 1. */
static int64_t returned_share(const struct record *order, int64_t amount)
{
	if (str_is(text_of(order, "status"), "returned"))
		return NUMBER_ONE;
	int64_t back = int_of(order, "returned");
	return back > 0 && back <= amount ? line_share(NUMBER_ONE, back, amount) : 0;
}

/* A hand-written order may say its total and nothing of what that is made of. */
static struct value net_of(const struct record *order)
{
	bool known = is_set(order, "subtotal");
	struct value v = *record_at(order, known ? "subtotal" : "total");
	if (v.kind == V_INT)
		v.i -= known ? int_of(order, "discount")
			     : int_of(order, "shipping_fee") + int_of(order, "tax");
	return v;
}

static void say_amounts(struct record *r, const struct record *order)
{
	static const char *const same[] = {
		"discount_amount", "discount", "tax", "tax", "cost", "cost", NULL
	};
	for (size_t i = 0; same[i]; i += 2)
		*record_get(r, same[i]) = *record_at(order, same[i + 1]);
	struct value amount = net_of(order), price = amount;
	price.i += int_of(order, "tax");
	*record_get(r, "amount") = amount;
	*record_get(r, "unit_price") = price;
}

static bool put_stand_in(struct change *ch)
{
	const struct entity *e = entity_named(ch->s, "order_line");
	const struct record *order = ch->now;
	struct record r = record_new(e, ch->a);
	size_t n;
	int64_t *ids = store_line_ids(ch->s, e, order->id, &n, ch->a);
	r.id = n ? ids[0] : 0; /* it is the only one: others keep their totals */
	say_amounts(&r, order);
	if (!n) {
		int64_t back = returned_share(order, record_at(&r, "amount")->i);
		*record_get(&r, "order") = value_int(order->id);
		*record_get(&r, "stand_in") = value_int(true);
		set_text(&r, "description", STR("(not itemised)"));
		*record_get(&r, "tax_included") = value_int(true);
		if (back)
			*record_get(&r, "returned") = value_int(back);
	}
	return follow(ch, &r);
}

/* An undo that brings an older total back has brought the lines back that it is of. */
static bool total_came(const struct change *ch)
{
	return !ch->s->writer->undo && ch->flags & PUT_TOTAL && ch->now &&
	       (!ch->old || changed(ch->now, ch->old, "total"));
}

bool stand_in_follow(struct change *ch)
{
	return !total_came(ch) || put_stand_in(ch);
}

void stand_in_note(struct store *s, int64_t order)
{
	struct store_writer *w = s->writer;
	if (!w->came_first || order < w->came_first)
		w->came_first = order;
	if (order > w->came_last)
		w->came_last = order;
}

bool stand_in_yields(struct change *ch)
{
	const struct record *line = ch->now;
	struct store_writer *w = ch->s->writer;
	bool settling = w->settling, ok = true;
	size_t n;
	if (!(ch->flags & PUT_RESTORE) || !line || !line_stands_in(line))
		return true;
	int64_t *ids = store_line_ids(ch->s, line->entity, int_of(line, "order"), &n, ch->a);
	w->settling = true; /* the order comes to what it came to */
	for (size_t i = 0; ok && i < n; i++) {
		struct record other;
		if (ids[i] != line->id && record_read(ch->s, line->entity, ids[i], &other, ch->a) &&
		    line_stands_in(&other))
			ok = store_remove(ch->s, line->entity, ids[i], ch->a, ch->d);
	}
	w->settling = settling;
	return ok;
}

bool stand_in_replaced(struct store *s, const struct record *r, const struct record *old)
{
	static const char *const own[] = { "order", "quantity", "unit_price" };
	if (strcmp(old->entity->name, "order_line") || !line_stands_in(old))
		return false;
	for (size_t i = 0; i < countof(own); i++)
		if (!is_set(r, own[i]))
			return false;
	if (line_stands_in(r) && value_eq(record_at(r, "order"), record_at(old, "order")))
		return false;
	stand_in_note(s, int_of(old, "order"));
	return true;
}

static void make_one(struct store *s, const struct entity *e, int64_t id, struct arena *a)
{
	struct record order;
	struct diag d = { 0 };
	struct change ch = { .s = s, .now = &order, .a = a, .d = &d, .flags = PUT_SILENT };
	if (!record_read(s, e, id, &order, a))
		return;
	bool settling = s->writer->settling;
	/* What it came with stands; a bare total is completed. */
	s->writer->settling = is_set(&order, "subtotal");
	s->writer->depth++;
	if (!put_stand_in(&ch))
		die(STATUS_REFUSED, "order-%lld: %.*s; nothing was written", (long long)id,
		    (int)d.message.n, d.message.p);
	s->writer->depth--;
	s->writer->settling = settling;
	diag_free(&d);
}

void stand_ins_make(struct store *s)
{
	struct store_writer *w = s->writer;
	const struct entity *e = entity_named(s, "order");
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	size_t n;
	store_settle(s);
	if (!w->came_first || w->undo)
		return;
	sql_add(&q, "select id from main.\"order\" where id >= ");
	sql_int(&q, w->came_first);
	sql_add(&q, " and id <= ");
	sql_int(&q, w->came_last);
	sql_add(&q, " and (coalesce(subtotal - coalesce(discount, 0), total, 0) <> 0"
		    " or coalesce(tax, 0) <> 0)"
		    " and not exists (select 1 from main.order_line l"
		    " where l.\"order\" = main.\"order\".id) order by id");
	struct stmt *rows = db_query(s->db, &q);
	int64_t *ids = stmt_ids(rows, &n, &a);
	stmt_close(rows);
	for (size_t i = 0; i < n; i++) {
		struct arena scratch = { 0 };
		make_one(s, e, ids[i], &scratch);
		arena_free(&scratch);
	}
	w->came_first = w->came_last = 0;
	store_settle(s);
	sql_free(&q);
	arena_free(&a);
}
