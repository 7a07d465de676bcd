/* What a line takes from its product, and when lines and what they add up to may change. */
#include "schema/line.h"

#include "schema/check.h"
#include "schema/status.h"
#include "store/internal.h"
#include "store/rates.h"

static const struct field *whole_field(const struct store *s, const struct record *line)
{
	const struct entity *whole = line_whole(&s->schema, line->entity);
	return whole ? entity_field(line->entity, str_of(whole->name)) : NULL;
}

static bool whole_of(struct store *s, const struct record *line, struct record *whole,
		     struct arena *a)
{
	const struct field *f = whole_field(s, line);
	const struct value *v = f ? &line->values[field_index(line->entity, f)] : NULL;
	return v && v->kind == V_INT &&
	       record_read(s, schema_entity(&s->schema, str_of(f->ref)), v->i, whole, a);
}

bool lines_exist(struct store *s, const struct entity *e, int64_t id, bool real)
{
	const struct entity *line = line_entity(&s->schema, e);
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select id from ");
	sql_stored(&q, line);
	sql_add(&q, " where ");
	sql_column(&q, entity_field(line, str_of(e->name)));
	sql_add(&q, " = ");
	sql_int(&q, id);
	if (real && entity_field(line, STR("stand_in")))
		sql_add(&q, " and coalesce(stand_in, 0) = 0");
	sql_add(&q, " limit 1");
	bool found = store_one(s, &q).i != 0;
	sql_free(&q);
	arena_free(&a);
	return found;
}

/* In the document's currency, by the rate of its day. */
static bool convert(struct store *s, struct value *v, struct str from, const struct record *whole,
		    const struct codec *c, struct diag *d)
{
	struct str to = text_of(whole, "currency"), day = document_day(whole);
	struct rate rate;
	if (v->kind != V_INT || str_eq(from, to))
		return true;
	if (!rate_find(s, from, to, day.n ? day : today(c), &rate, d))
		return false;
	v->scale = (uint8_t)currency_digits(to);
	return rate_apply(&rate, v->i, &v->i) ||
	       diag_set(d, "unit_price", "the product's price is too large in %s",
			arena_str(&d->arena, to).p);
}

/* Whether the line is to take this field from its product with this write. */
static bool takes(const struct record *r, const struct record *old, const char *name)
{
	if (!old)
		return !is_set(r, name);
	if (changed(r, old, "product"))
		return !changed(r, old, name) || !is_set(r, name);
	return is_set(old, name) && !is_set(r, name);
}

static bool fill_from(struct store *s, struct record *r, const struct record *old,
		      const struct record *product, const struct record *whole,
		      const struct codec *c, struct diag *d)
{
	static const struct {
		const char *line, *product;
		bool money;
	} from[] = {
		{ "description", "name", false },  { "unit", "unit", false },
		{ "unit_price", "price", true },   { "unit_cost", "cost", true },
		{ "tax_rate", "tax_rate", false }, { "tax_included", "tax_included", false },
	};
	struct str currency = text_of(product, "currency");
	for (size_t i = 0; i < countof(from); i++) {
		struct value v = *record_at(product, from[i].product);
		bool told = !old && is_set(r, "tax") && !strcmp(from[i].line, "tax_rate");
		if (told || !takes(r, old, from[i].line))
			continue;
		if (from[i].money && !convert(s, &v, currency, whole, c, d))
			return false;
		*record_get(r, from[i].line) = v;
	}
	return true;
}

static bool is_sold(struct store *s, const struct record *product, const struct codec *c,
		    struct diag *d)
{
	const struct value *next = record_at(product, "successor");
	(void)s;
	if (is_true(product, "active") || c->excused || c->seeding || c->trusted)
		return true;
	if (next->kind == V_INT)
		return diag_set(d, "product",
				"it is not sold any more; product-%lld replaces it (or say why with"
				" --reason)",
				(long long)next->i);
	return diag_set(d, "product", "it is not sold any more (else say why with --reason)");
}

static bool fill_line(struct store *s, struct record *r, const struct record *old,
		      const struct codec *c, struct diag *d)
{
	const struct value *v = record_at(r, "product");
	struct record whole, product;
	if (!whole_of(s, r, &whole, c->arena))
		return true; /* the check of references will say so */
	if (!old && entity_field(r->entity, STR("returned")) && !is_set(r, "returned") &&
	    str_is(text_of(&whole, "status"), "returned"))
		*record_get(r, "returned") = *record_at(r, "quantity");
	if (v->kind != V_INT ||
	    !record_read(s, schema_entity(&s->schema, STR("product")), v->i, &product, c->arena))
		return true;
	return ((old && !changed(r, old, "product")) || is_sold(s, &product, c, d)) &&
	       fill_from(s, r, old, &product, &whole, c, d);
}

/* Who a quote or order is for follows from what it came from, where nobody said. */
static void fill_whole(struct store *s, struct record *r, const struct codec *c)
{
	static const char *const by[] = { "quote", "deal", "contact" };
	static const char *const taken[] = { "deal", "contact", "account" };
	for (size_t i = 0; i < countof(by); i++) {
		const struct field *f = entity_field(r->entity, str_of(by[i]));
		const struct value *v = f ? record_at(r, by[i]) : NULL;
		struct record from;
		if (!v || v->kind != V_INT || is_set(r, "account") ||
		    !record_read(s, schema_entity(&s->schema, str_of(by[i])), v->i, &from,
				 c->arena))
			continue;
		for (size_t k = 0; k < countof(taken); k++)
			if (entity_field(from.entity, str_of(taken[k])) && !is_set(r, taken[k]))
				*record_get(r, taken[k]) = *record_at(&from, taken[k]);
	}
}

static bool is_document(const struct entity *e)
{
	return !strcmp(e->name, "quote") || !strcmp(e->name, "order");
}

bool lines_fill(struct store *s, struct record *r, const struct record *old, const struct codec *c,
		struct diag *d)
{
	if (c->restoring)
		return true;
	if (line_whole(&s->schema, r->entity))
		return fill_line(s, r, old, c, d);
	if (is_document(r->entity))
		fill_whole(s, r, c);
	return true;
}

bool lines_total_said(const struct record *r)
{
	return is_document(r->entity) && is_set(r, "total");
}

/* An import brings a total again and again: of an order that has lines these say it. */
void lines_keep_totals(struct store *s, struct record *r, const struct record *old)
{
	static const char *const sums[] = {
		"subtotal", "discount", "tax", "total", "cost", "margin"
	};
	bool mentioned = false;
	if (!old || !line_entity(&s->schema, r->entity) ||
	    !entity_field(r->entity, STR("subtotal")))
		return;
	for (size_t i = 0; i < countof(sums); i++)
		mentioned |= record_at(r, sums[i])->kind != V_NONE;
	if (!mentioned || !lines_exist(s, r->entity, r->id, true))
		return;
	for (size_t i = 0; i < countof(sums); i++)
		*record_get(r, sums[i]) = (struct value){ .kind = V_NONE };
}

/* Whether what the customer was told may still be changed without a word. */
static bool is_open(const struct store *s, const struct record *whole)
{
	if (entity_field(whole->entity, STR("status")))
		return str_is(text_of(whole, "status"), "draft");
	const struct pipeline *p = schema_pipeline(&s->schema, text_of(whole, "pipeline"));
	const struct stage *t = p ? pipeline_stage(p, text_of(whole, "stage")) : NULL;
	return !t || t->kind == STAGE_OPEN;
}

static bool locked(const struct record *whole, struct diag *d)
{
	bool staged = !entity_field(whole->entity, STR("status"));
	struct str status = text_of(whole, staged ? "stage" : "status");
	bool sent = str_is(status, "sent");
	return diag_set(d, NULL, "the %s is %s; to change its lines, %ssay why with --reason",
			whole->entity->name, arena_str(&d->arena, status).p,
			sent ? "set it back to status=draft, or " : "");
}

static bool guard_line(struct store *s, const struct record *r, const struct record *old,
		       const struct codec *c, struct diag *d)
{
	struct record whole;
	if (c->excused || c->trusted || (c->seeding && !old) || !whole_of(s, r, &whole, c->arena) ||
	    is_open(s, &whole))
		return true;
	return locked(&whole, d);
}

/* A draft may be empty; what the customer was promised is something. */
static bool may_stand(struct store *s, const struct record *r, const struct record *old,
		      const struct codec *c, struct diag *d)
{
	if (strcmp(r->entity->name, "order") || c->trusted || c->seeding ||
	    !(status_enters(r, old, "confirmed") || status_enters(r, old, "delivered")) ||
	    lines_exist(s, r->entity, r->id, false))
		return true;
	return diag_set(d, NULL,
			"the order has no lines; add some while it is a draft, or make it with"
			" --lines");
}

static bool guard_whole(struct store *s, const struct record *r, const struct record *old,
			const struct codec *c, struct diag *d)
{
	bool deal = !strcmp(r->entity->name, "deal");
	bool currency = old && changed(r, old, "currency");
	bool amount = deal && old && !c->trusted && changed(r, old, "amount");
	const struct value *paid =
	    entity_field(r->entity, STR("paid")) ? record_at(old ? old : r, "paid") : NULL;
	if (currency && paid && paid->i)
		return diag_set(d, "currency", "the order was paid in %s",
				arena_str(&d->arena, text_of(old, "currency")).p);
	if ((!currency && !amount) || !lines_exist(s, r->entity, r->id, false))
		return true;
	if (currency)
		return diag_set(d, "currency", "the %s has lines in %s; remove them first",
				r->entity->name, arena_str(&d->arena, text_of(old, "currency")).p);
	return diag_set(d, "amount", "it is the sum of the deal's lines; change those");
}

bool lines_guard(struct store *s, const struct record *r, const struct record *old,
		 const struct codec *c, struct diag *d)
{
	if (c->restoring)
		return true;
	if (line_whole(&s->schema, r->entity))
		return guard_line(s, r, old, c, d);
	return !line_entity(&s->schema, r->entity) ||
	       (may_stand(s, r, old, c, d) && guard_whole(s, r, old, c, d));
}

bool lines_may_remove(struct store *s, const struct record *old, struct diag *d)
{
	struct arena a = { 0 };
	struct record whole;
	bool ok = !line_whole(&s->schema, old->entity) || s->writer->info.reason ||
		  !whole_of(s, old, &whole, &a) || is_open(s, &whole) || locked(&whole, d);
	arena_free(&a);
	return ok;
}
