/* Occasions in the history: what was made, and what became of fields. */
#include "core/date.h"
#include "domain/follow_impl.h"
#include "schema/check.h"

static bool is_among(const struct occasion *o, const struct value *v)
{
	for (size_t i = 0; i < o->nvalues; i++)
		if (value_eq(&o->values[i], v))
			return true;
	return false;
}

/* Brought along from elsewhere, with the day on which it was made there: that is the past. */
static bool is_past(struct follow *f, const struct followed_change *c)
{
	struct record r;
	int64_t at;
	return !store_get(f->store, c->entity, c->record, &r, f->arena) ||
	       (instant_scan(text_of(&r, "created_at"), &at) && at < c->at - DAY_SECONDS);
}

/*
 * What rules write may be an occasion for other rules, once until somebody else touches the
 * record again: so no chain of rules comes round for ever.
 */
static bool goes_round(struct follow *f, const struct rule *r, const struct followed_change *c)
{
	struct sql q = { .arena = f->arena };
	int64_t others = followed_by_others(f->store, c->entity, c->record, f->program, f->arena);
	sql_add(&q, "select count(*) from firing where rule = ");
	sql_text(&q, str_of(r->key));
	sql_add(&q, " and record = ");
	sql_text(&q, ref_print(c->entity, c->record, f->arena));
	sql_add(&q, " and at >= ");
	sql_text(&q, instant_print(others == INT64_MIN ? 0 : others, f->arena));
	bool round = db_int(f->store->db, &q, 0) > 0;
	sql_free(&q);
	return round;
}

static bool was_made(struct follow *f, const struct rule *r, const struct followed_change *c)
{
	const struct occasion *o = &r->when;
	if (c->op != 'i' || c->own || is_past(f, c))
		return false;
	if (!o->nvalues)
		return true;
	struct value v = followed_value(f->store, c, o->field, f->arena);
	return is_among(o, &v);
}

static bool became(struct follow *f, const struct rule *r, const struct followed_change *c)
{
	const struct occasion *o = &r->when;
	if (c->op == 'i')
		return o->nvalues && was_made(f, r, c);
	size_t at = field_index(c->entity, o->field);
	if (c->op != 'u' || c->before.values[at].kind == V_NONE)
		return false;
	struct value now = followed_value(f->store, c, o->field, f->arena);
	if (value_eq(&now, &c->before.values[at]) || (o->nvalues && !is_among(o, &now)))
		return false;
	return !c->own || !goes_round(f, r, c);
}

/* A date that was entered when its occasion had passed counts while the day itself is ahead. */
static bool is_ahead(struct follow *f, const struct occasion *o, struct value v)
{
	int64_t now = f->store->settings.calendar.now, at;
	return v.kind == V_TEXT &&
	       (o->field->type == &type_date ? day_scan(v.s, &at) && at >= zone_day(now)
					     : instant_scan(v.s, &at) && at >= now);
}

static void came_late(struct follow *f, const struct rule *r, const struct followed_change *c,
		      struct found_list *out)
{
	for (const struct occasion *o = &r->when; o; o = o->also) {
		size_t at = field_index(c->entity, o->field);
		struct record now;
		struct found one = { .id = c->record };
		if (c->op == 'd' || (c->op == 'u' && c->before.values[at].kind == V_NONE))
			continue;
		if (!store_get(f->store, c->entity, c->record, &now, f->arena) ||
		    !date_moment(f, r, o, now.values[at], &one.at, &one.key))
			continue;
		if ((o->yearly || is_ahead(f, o, now.values[at])) &&
		    follow_is_true(f, c->entity, o->guard, c->record))
			found_add(out, one, f->arena);
	}
}

static bool is_occasion(struct follow *f, const struct rule *r, const struct followed_change *c)
{
	switch (r->when.kind) {
	case WHEN_CREATED:
		return was_made(f, r, c);
	case WHEN_CHANGED:
		return became(f, r, c);
	case WHEN_STATE:
		return (c->op == 'i' && !is_past(f, c)) || (c->op == 'u' && state_depends(f, r, c));
	case WHEN_DATE:
		break;
	}
	return false;
}

void changes_find(struct follow *f, const struct rule *r, const struct rule_place *p,
		  const struct followed_change *c, size_t n, struct found_list *out)
{
	for (size_t i = 0; i < n; i++) {
		struct found one = { .id = c[i].record, .at = c[i].at };
		if (!c[i].entity || c[i].id <= p->followed.change || c[i].op == 'd')
			continue;
		if (r->when.kind == WHEN_STATE && c[i].entity != r->when.entity)
			state_referring(f, r, &c[i], out);
		if (c[i].entity != r->when.entity)
			continue;
		if (r->when.kind == WHEN_DATE)
			came_late(f, r, &c[i], out);
		if (!is_occasion(f, r, &c[i]))
			continue;
		one.key = c[i].op == 'i'
			      ? STR("created")
			      : arena_printf(f->arena, "change-%lld", (long long)c[i].id);
		one.ends = c[i].own && r->when.kind == WHEN_STATE && goes_round(f, r, &c[i]);
		one.turned = r->when.kind == WHEN_STATE && state_turned(f, r, &c[i]);
		found_add(out, one, f->arena);
	}
}
