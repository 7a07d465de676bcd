/* Two records that would say the same of the survivor become one. */
#include "domain/merge_impl.h"
#include "schema/check.h"
#include "schema/member.h"

static bool is_default(const struct field *f, const struct value *v)
{
	return f->def && v->kind == V_TEXT && str_is(v->s, f->def);
}

/* In a campaign the status that went further. */
static bool is_further(struct store *s, const struct record *gone, const struct record *have,
		       struct arena *a)
{
	struct record campaign;
	const struct value *v = record_at(have, "campaign");
	if (v->kind != V_INT || !store_get(s, store_entity(s, "campaign"), v->i, &campaign, a))
		return false;
	const char *const *order = member_statuses(text_of(&campaign, "channel"));
	return member_rank(order, text_of(gone, "status")) >
	       member_rank(order, text_of(have, "status"));
}

/* Of a field that both have: the earlier time, the sum, both texts, or what says more. */
static bool blend(struct store *s, const struct field *f, const struct record *gone,
		  const struct record *have, struct value *out, struct arena *a)
{
	size_t i = field_index(have->entity, f);
	const struct value *x = &have->values[i], *y = &gone->values[i];
	bool member = !strcmp(have->entity->name, "campaign_member");
	if (member && !strcmp(f->name, "status")) {
		if (!is_further(s, gone, have, a))
			return false;
		*out = *y;
	} else if (f->flags & F_DERIVED && f->type == &type_instant) {
		if (str_cmp(y->s, x->s) >= 0)
			return false;
		*out = *y;
	} else if (f->flags & F_DERIVED && f->type == &type_int) {
		*out = value_int(x->i + y->i);
	} else if (f->flags & F_LONG && !memmem(x->s.p, x->s.n, y->s.p, y->s.n)) {
		*out = value_text(
		    arena_printf(a, "%.*s\n\n%.*s", (int)x->s.n, x->s.p, (int)y->s.n, y->s.p));
	} else if (is_default(f, x) && !is_default(f, y)) {
		*out = *y;
	} else {
		return false;
	}
	return true;
}

bool merge_join(struct store *s, const struct record *gone, int64_t stays, struct arena *a,
		struct diag *d)
{
	const struct entity *e = gone->entity;
	struct record have, r = record_new(e, a);
	if (!store_remove(s, e, gone->id, a, d) || !store_get(s, e, stays, &have, a))
		return false;
	r.id = stays;
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		bool theirs = f->flags & F_SYSTEM || !value_set(&gone->values[i]);
		if (theirs)
			continue;
		if (!value_set(&have.values[i]))
			r.values[i] = gone->values[i];
		else
			blend(s, f, gone, &have, &r.values[i], a);
	}
	return store_put(s, &r, PUT_TRUSTED, a, d) != WROTE_NOTHING;
}
