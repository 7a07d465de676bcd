/* From quote to order to payment. */
#include "domain/sale.h"

#include "core/money.h"
#include "domain/pipeline.h"
#include "schema/check.h"
#include "schema/line.h"

static bool put(struct store *s, struct record *r, unsigned flags, struct arena *a, struct diag *d)
{
	return store_put(s, r, flags, a, d) != WROTE_NOTHING;
}

/* The lines in the order in which they stand; n of them. */
static int64_t *lines_of(struct store *s, const struct record *whole, size_t *n, struct arena *a)
{
	const struct entity *line = line_entity(&s->schema, whole->entity);
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_table(&q, line);
	sql_add(&q, " where ");
	sql_refers(&q, line, whole->entity->name, whole->id);
	sql_add(&q, " order by coalesce(position, id), id");
	int64_t *ids = db_ids(s->db, &q, n, a);
	sql_free(&q);
	return ids;
}

/* The fields that both types have and that somebody may set. */
static void copy_fields(const struct record *from, struct record *to)
{
	for (size_t i = 0; i < from->entity->nfields; i++) {
		const struct field *f = &from->entity->fields[i];
		const struct field *g = entity_field(to->entity, str_of(f->name));
		unsigned never = F_SYSTEM | F_DERIVED | F_PART | F_UNIQUE;
		if (g && !((f->flags | g->flags) & never) && f->type == g->type)
			to->values[field_index(to->entity, g)] = from->values[i];
	}
}

/* Copies every line, as it is, to a deal, quote or order that is there. */
static bool copy_lines(struct store *s, const struct record *from, const struct record *to,
		       struct arena *a, struct diag *d)
{
	const struct entity *of = line_entity(&s->schema, from->entity);
	const struct entity *e = line_entity(&s->schema, to->entity);
	size_t n;
	int64_t *ids = lines_of(s, from, &n, a);
	for (size_t i = 0; i < n; i++) {
		struct record line, r = record_new(e, a);
		store_get(s, of, ids[i], &line, a);
		copy_fields(&line, &r);
		*record_get(&r, to->entity->name) = value_int(to->id);
		if (!put(s, &r, PUT_TRUSTED, a, d))
			return false;
	}
	return true;
}

static int64_t order_of(struct store *s, int64_t quote, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select id from \"order\" where status <> 'cancelled' and quote = ");
	sql_int(&q, quote);
	sql_add(&q, " limit 1");
	int64_t id = db_int(s->db, &q, 0);
	sql_free(&q);
	return id;
}

/* As the quote says it, but for what was said of the order. */
static void copy_quote(const struct record *quote, struct record *order)
{
	static const char *const copied[] = { "name",	  "account", "contact",	   "deal",
					      "currency", "owner",   "description" };
	for (size_t i = 0; i < countof(copied); i++)
		if (record_at(order, copied[i])->kind == V_NONE)
			*record_get(order, copied[i]) = *record_at(quote, copied[i]);
	*record_get(order, "quote") = value_int(quote->id);
}

bool sale_order(struct store *s, const struct record *quote, struct record *order, struct arena *a,
		struct diag *d)
{
	struct record confirmed = record_new(order->entity, a);
	struct value status = *record_at(order, "status");
	int64_t there = order_of(s, quote->id, a);
	if (there)
		return diag_set(d, NULL, "order-%lld was made from it", (long long)there);
	copy_quote(quote, order);
	record_get(order, "status")->kind = V_NONE; /* until it has its lines */
	if (!put(s, order, 0, a, d))
		return diag_within(d, "order");
	if (!copy_lines(s, quote, order, a, d))
		return false;
	confirmed.id = order->id;
	if (status.kind == V_NONE)
		status = value_text(STR("confirmed"));
	*record_get(&confirmed, "status") = status;
	return put(s, &confirmed, 0, a, d) || diag_within(d, "order");
}

/* What is said of the deal in its own currency does not become another amount of money. */
static bool takes_currency(const struct record *deal, struct str currency, struct diag *d)
{
	struct str own = text_of(deal, "currency");
	for (size_t i = 0; i < deal->entity->nfields; i++) {
		const struct field *f = &deal->entity->fields[i];
		if (f->type == &type_money && deal->values[i].kind == V_INT &&
		    !str_eq(own, currency))
			return diag_set(
			    d, f->name, "it is in %s, the quote in %s; say the deal's amount",
			    arena_str(&d->arena, own).p, arena_str(&d->arena, currency).p);
	}
	return true;
}

static bool carry_to_deal(struct store *s, const struct record *quote, const struct record *deal,
			  struct arena *a, struct diag *d)
{
	struct record r = record_new(deal->entity, a);
	size_t nown, nlines;
	lines_of(s, deal, &nown, a);
	if (is_set(deal, "amount") || nown)
		return true;
	if (!takes_currency(deal, text_of(quote, "currency"), d))
		return false;
	lines_of(s, quote, &nlines, a);
	struct value amount = *record_at(quote, "subtotal");
	amount.i -= int_of(quote, "discount");
	if (!nlines && !amount.i)
		return true;
	r.id = deal->id;
	*record_get(&r, "currency") = *record_at(quote, "currency");
	if (!nlines)
		*record_get(&r, "amount") = amount;
	return put(s, &r, 0, a, d) && copy_lines(s, quote, deal, a, d);
}

bool sale_win(struct store *s, const struct record *quote, struct arena *a, struct diag *d)
{
	struct record deal, r = record_new(store_entity(s, "deal"), a);
	r.id = int_of(quote, "deal");
	if (!r.id || !store_get(s, r.entity, r.id, &deal, a))
		return true;
	const struct stage *to = pipeline_takes(s, &deal, STAGE_WON, d);
	if (!to)
		return false;
	set_text(&r, "stage", str_of(to->key));
	return (carry_to_deal(s, quote, &deal, a, d) && put(s, &r, 0, a, d)) ||
	       diag_within(d, "deal");
}

bool sale_copy_quote(struct store *s, const struct record *quote, struct record *to,
		     struct arena *a, struct diag *d)
{
	struct record r = record_new(quote->entity, a);
	int64_t from, until, now = zone_day(s->settings.calendar.now);
	copy_fields(quote, &r);
	set_text(&r, "status", STR("draft"));
	set_null(&r, "external_id");
	*record_get(&r, "quoted_on") = value_text(day_print(now, a));
	set_null(&r, "valid_until");
	if (day_scan(text_of(quote, "quoted_on"), &from) &&
	    day_scan(text_of(quote, "valid_until"), &until) && until >= from)
		set_text(&r, "valid_until", day_print(now + until - from, a));
	for (size_t i = 0; i < r.entity->nfields; i++)
		if (to->values[i].kind != V_NONE)
			r.values[i] = to->values[i];
	if (!put(s, &r, 0, a, d))
		return false;
	to->id = r.id;
	return copy_lines(s, quote, &r, a, d);
}

static const char *amount_text(const struct record *order, int64_t minor, struct arena *a)
{
	return money_text(minor, text_of(order, "currency"), a).p;
}

/* Nobody pays more than is due, or gets back more than is owed, without a word. */
static bool may_pay(const struct record *order, const struct payment *p, struct diag *d)
{
	int64_t balance = int_of(order, "balance"), paid = int_of(order, "paid");
	if (p->amount < 0 && p->amount < -paid)
		return diag_set(d, NULL, "only %s was paid", amount_text(order, paid, &d->arena));
	if (p->excused || (p->amount < 0 ? p->amount >= balance : p->amount <= balance))
		return true;
	if (p->amount < 0)
		return diag_set(d, NULL, "%s is to be paid back; for more, say why with --reason",
				amount_text(order, balance < 0 ? -balance : 0, &d->arena));
	return diag_set(d, NULL, "%s is due; for more, say why with --reason",
			amount_text(order, balance > 0 ? balance : 0, &d->arena));
}

bool sale_pay(struct store *s, const struct record *order, const struct payment *p, struct arena *a,
	      struct diag *d)
{
	static const char *const copied[] = { "account", "contact", "currency" };
	struct record r = record_new(store_entity(s, "event"), a);
	if (!may_pay(order, p, d))
		return false;
	for (size_t i = 0; i < countof(copied); i++)
		*record_get(&r, copied[i]) = *record_at(order, copied[i]);
	set_text(&r, "kind", STR("payment"));
	set_text(&r, "at", instant_print(p->at, a));
	set_text(&r, "subject", p->method);
	*record_get(&r, "order") = value_int(order->id);
	struct value *v = record_get(&r, "value");
	*v = value_int(p->amount);
	v->scale = (uint8_t)currency_digits(text_of(order, "currency"));
	return put(s, &r, 0, a, d);
}

/* quantity: more of this line; all that is left of it where NULL. */
static bool return_line(struct store *s, int64_t id, const int64_t *quantity, struct arena *a,
			struct diag *d)
{
	struct record line, r = record_new(store_entity(s, "order_line"), a);
	struct value *back = record_get(&r, "returned");
	r.id = id;
	store_get(s, r.entity, id, &line, a);
	*back = *record_at(&line, "quantity");
	if (quantity)
		back->i = int_of(&line, "returned");
	if (quantity && __builtin_add_overflow(back->i, *quantity, &back->i))
		return diag_set(d, "returned", "more came back than there was");
	return put(s, &r, PUT_TRUSTED, a, d);
}

bool sale_return(struct store *s, const struct record *order, const struct came_back *back,
		 size_t n, struct arena *a, struct diag *d)
{
	static const char *const standing[] = { "confirmed", "delivered", NULL };
	struct str status = text_of(order, "status");
	size_t all;
	if (!is_one_of(status, standing))
		return diag_set(d, "status",
				"it is %s; what was confirmed or delivered can come back",
				arena_str(&d->arena, status).p);
	for (size_t i = 0; i < n; i++)
		if (!return_line(s, back[i].line, &back[i].quantity, a, d))
			return false;
	int64_t *ids = n ? NULL : lines_of(s, order, &all, a);
	for (size_t i = 0; !n && i < all; i++)
		if (!return_line(s, ids[i], NULL, a, d))
			return false;
	return true;
}
