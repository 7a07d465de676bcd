/* name=value, tags+=vip, score-=5. */
#include "cli/operands.h"
#include "core/buf.h"
#include "core/money.h"

/* ";a;b;" with the tags of `these` added or taken away. */
static struct value change_tags(const struct value *have, const struct value *these, bool add,
				const struct field *f, const struct codec *c, struct diag *d)
{
	struct buf b = { 0 };
	struct str rest = have->kind == V_TEXT ? have->s : (struct str){ "", 0 }, tag;
	struct value out = value_null();
	while (str_cut(&rest, ';', &tag)) {
		struct str between = arena_printf(c->arena, ";%.*s;", (int)tag.n, tag.p);
		bool named = tag.n && these->kind == V_TEXT &&
			     memmem(these->s.p, these->s.n, between.p, between.n);
		if (tag.n && !named)
			buf_printf(&b, "%.*s;", (int)tag.n, tag.p);
	}
	if (add && these->kind == V_TEXT)
		buf_put(&b, these->s);
	field_parse(f, &out, (struct cell){ CELL_LIST, buf_copy(&b, c->arena) }, c, d);
	buf_free(&b);
	return out;
}

static bool change_number(struct value *v, const struct value *have, bool add,
			  const struct field *f, const char *currency, struct diag *d)
{
	int64_t was = have->kind == V_INT ? have->i : 0;
	if (v->kind != V_INT)
		return diag_set(d, f->name, "+= and -= want a number");
	if (v->s.n && have->kind == V_INT && currency && !str_is(v->s, currency))
		return diag_set(d, f->name, "it is in %s, the record in %s",
				arena_str(&d->arena, v->s).p, currency);
	if (have->kind == V_INT && have->scale != v->scale &&
	    !decimal_rescale(v->i, v->scale, have->scale, &v->i))
		return diag_set(d, f->name, "it has too many digits behind the point");
	if (have->kind == V_INT)
		v->scale = have->scale;
	if (add ? __builtin_add_overflow(was, v->i, &v->i)
		: __builtin_sub_overflow(was, v->i, &v->i))
		return diag_set(d, f->name, "the number would be too large");
	return true;
}

static bool change(const struct assignment *as, struct value *v, const struct value *have,
		   const struct codec *c, struct diag *d)
{
	const struct field *f = as->field;
	bool add = as->op == ASSIGN_ADD;
	if (f->type == &type_tags) {
		*v = change_tags(have, v, add, f, c, d);
	} else if (f->type->compare == COMPARE_NUMBER) {
		return change_number(v, have, add, f,
				     c->currency ? c->currency : c->settings->currency, d);
	} else if (add && have->kind == V_TEXT && v->kind == V_TEXT) { /* one more line */
		v->s = arena_printf(c->arena, "%.*s\n%.*s", (int)have->s.n, have->s.p, (int)v->s.n,
				    v->s.p);
	} else if (!add) {
		return diag_set(d, f->name, "-= works on tags and numbers");
	}
	return true;
}

/* Amounts wait for the store where the record's currency may be another. */
static const char *currency_for(const struct operands *o, const struct entity *e,
				const struct record *old, const struct codec *c)
{
	for (size_t i = 0; i < o->nassignments; i++)
		if (o->assignments[i].field->type == &type_currency)
			return currency_code(o->assignments[i].text);
	const struct field *f = entity_field(e, STR("currency"));
	if (!old) /* a part's is that of its whole, which the store knows */
		return f && f->flags & F_DERIVED ? "" : NULL;
	const struct value *v = f ? &old->values[field_index(e, f)] : NULL;
	return v && v->kind == V_TEXT ? arena_str(c->arena, v->s).p : NULL;
}

bool assign(struct crm *crm, const struct operands *o, struct record *r, const struct record *old,
	    struct arena *a, struct diag *d)
{
	static const struct value nothing = { .kind = V_NULL };
	struct codec c = store_codec(crm->store, a);
	c.currency = currency_for(o, r->entity, old, &c);
	for (size_t i = 0; i < o->nassignments; i++) {
		const struct assignment *as = &o->assignments[i];
		size_t at = field_index(r->entity, as->field);
		struct value *v = &r->values[at], mentioned = *v;
		const struct value *have = mentioned.kind != V_NONE ? &mentioned
					   : old		    ? &old->values[at]
								    : &nothing;
		struct cell cell = cell_text(as->text);
		if (as->field->type == &type_id || !strcmp(as->field->name, "rev"))
			return diag_set(d, as->field->name, "the program counts it");
		if (!field_parse(as->field, v, cell, &c, d))
			return false;
		if (as->op != ASSIGN_SET && !change(as, v, have, &c, d))
			return false;
	}
	return true;
}
