/* One currency a record: named by its field, by an amount ("250 USD"), or as before. */
#include "core/money.h"

#include "store/internal.h"

static const struct field *currency_field(const struct record *r)
{
	return entity_field(r->entity, STR("currency"));
}

static struct value *currency_of(const struct record *r)
{
	const struct field *f = currency_field(r);
	return f ? &r->values[field_index(r->entity, f)] : NULL;
}

void money_scales(struct record *r, const struct settings *t)
{
	const struct value *c = currency_of(r);
	int digits = currency_digits(c && c->kind == V_TEXT ? c->s : str_of(t->currency));
	struct places money = entity_places(r->entity, MONEY_PLACES);
	for (size_t i = 0; i < money.n; i++)
		r->values[money.at[i]].scale = (uint8_t)digits;
}

/* Amounts do not become others by a new name for their currency: they are to be said anew. */
static bool keeps_amounts(const struct record *r, const struct record *old, const struct codec *c,
			  struct diag *d)
{
	const struct value *was = old ? currency_of(old) : NULL;
	struct str from = was && was->kind == V_TEXT ? was->s : str_of(c->settings->currency);
	struct places money = entity_places(r->entity, MONEY_PLACES);
	for (size_t i = 0; was && !str_is(from, c->currency) && i < money.n; i++) {
		const struct field *f = &r->entity->fields[money.at[i]];
		const struct value *v = &old->values[money.at[i]];
		if (f->flags & F_DERIVED || v->kind != V_INT || !v->i ||
		    r->values[money.at[i]].kind != V_NONE)
			continue;
		return diag_set(d, "currency", "%s is %s; say along what it is in %s", f->name,
				money_text(v->i, from, &d->arena).p, c->currency);
	}
	return true;
}

bool money_settle(struct record *r, const struct record *old, struct codec *c, struct diag *d)
{
	struct value own = value_text(str_of(c->settings->currency)); /* of a type without one */
	struct value *currency = currency_of(r);
	if (!currency)
		currency = &own;
	bool mentioned = currency->kind == V_TEXT;
	const struct value *was = old ? currency_of(old) : NULL;
	struct str code = mentioned		       ? currency->s
			  : was && was->kind == V_TEXT ? was->s
						       : str_of(c->settings->currency);
	c->currency = currency_code(code);
	struct places money = entity_places(r->entity, MONEY_PLACES);
	for (size_t i = 0; i < money.n; i++) {
		const struct field *f = &r->entity->fields[money.at[i]];
		struct value *v = &r->values[money.at[i]];
		if (!value_set(v))
			continue;
		struct cell waiting = { CELL_TEXT, v->s };
		if (v->kind == V_TEXT && !field_parse(f, v, waiting, c, d))
			return false;
		if (v->kind != V_INT || !v->s.n) /* it names no currency */
			continue;
		if (mentioned && !str_eq(v->s, currency->s))
			return diag_set(d, f->name, "it is in %s, the record in %s",
					arena_str(&d->arena, v->s).p,
					arena_str(&d->arena, currency->s).p);
		*currency = value_text(v->s);
		c->currency = currency_code(v->s);
		mentioned = true;
		v->s = (struct str){ 0 };
	}
	if (!c->trusted && !keeps_amounts(r, old, c, d))
		return false;
	if (!old && currency->kind == V_NONE && currency_field(r)->flags & F_REQUIRED)
		*currency = value_text(str_of(c->settings->currency));
	return true;
}

bool money_rescale(struct record *r, const struct codec *c, struct diag *d)
{
	const struct value *currency = currency_of(r);
	struct str code =
	    currency && currency->kind == V_TEXT ? currency->s : str_of(c->settings->currency);
	int digits = currency_digits(code);
	struct places money = entity_places(r->entity, MONEY_PLACES);
	for (size_t i = 0; i < money.n; i++) {
		struct value *v = &r->values[money.at[i]];
		if (v->kind != V_INT)
			continue;
		if (!decimal_rescale(v->i, v->scale, digits, &v->i))
			return diag_set(d, r->entity->fields[money.at[i]].name,
					"the amount cannot be said exactly in %s",
					arena_str(&d->arena, code).p);
		v->scale = (uint8_t)digits;
	}
	return true;
}
