/* What a write needs from other records, beyond that those it refers to are there. */
#include "schema/check.h"
#include "store/internal.h"

/* Every login of a list of shares is a user. */
static bool check_shares(struct store *s, const struct field *f, const struct value *v,
			 const struct codec *c, struct diag *d)
{
	struct str rest = v->s, share;
	while (str_cut(&rest, ';', &share)) {
		struct str login = str_sub(share, 0, (size_t)(str_find(share, ':') + 1));
		if (!login.n)
			continue;
		login.n--;
		struct sql q = { .arena = c->arena };
		sql_add(&q, "select id from main.\"user\" where login = ");
		sql_text(&q, login);
		int64_t id = store_one(s, &q).i;
		sql_free(&q);
		if (!id)
			return diag_set(d, f->name, "there is no user %s",
					quoted(login, &d->arena));
	}
	return true;
}

/* The kinds of activity that must be done before a deal enters the stage. */
static bool check_stage(struct store *s, const struct record *r, const struct record *old,
			const struct codec *c, struct diag *d)
{
	const struct pipeline *p = schema_pipeline(c->schema, text_of(r, "pipeline"));
	const struct stage *to = p ? pipeline_stage(p, text_of(r, "stage")) : NULL;
	struct str rest = str_of(to ? to->activities : NULL), kind;
	if (!to || !changed(r, old, "stage") || c->restoring)
		return true;
	while (str_cut(&rest, ' ', &kind)) {
		struct sql q = { .arena = c->arena };
		sql_add(&q, "select count(*) from main.activity where status = 'done' and kind = ");
		sql_text(&q, kind);
		sql_add(&q, " and deal = ");
		sql_int(&q, r->id);
		bool done = !kind.n || store_one(s, &q).i > 0;
		sql_free(&q);
		if (!done)
			return diag_set(d, "stage", "\"%s\" needs a %s that is done", to->key,
					arena_str(&d->arena, kind).p);
	}
	return true;
}

/* Whether it becomes somebody's, or somebody else by what people are known by. */
static bool is_taken(const struct record *r, const struct record *old)
{
	const char *whose = strcmp(r->entity->name, "identity") ? "owner" : "lead";
	if (!old || changed(r, old, whose))
		return is_set(r, whose);
	for (size_t i = 0; i < r->entity->nfields; i++)
		if (r->entity->fields[i].flags & F_MATCH && r->values[i].kind != V_NULL &&
		    !value_eq(&r->values[i], &old->values[i]))
			return is_set(r, whose);
	return false;
}

/* What somebody asks for; what follows from that was asked before. */
static bool check_owner(struct store *s, const struct record *r, const struct record *old,
			const struct codec *c, struct diag *d)
{
	bool asked = s->check_owner && !c->restoring && !c->trusted && !s->writer->depth;
	return !asked || !is_taken(r, old) || s->check_owner(s, r, old, d);
}

/* The reference to the whole that a record of this type is a part of; NULL: it is whole itself. */
static const struct field *part_field(const struct entity *e)
{
	struct places parts = entity_places(e, PART_PLACES);
	return parts.n ? &e->fields[parts.at[0]] : NULL;
}

/* What is offered or sold of a deal is in its currency, where nobody said another. */
static void follow_currency(struct store *s, struct record *r, const struct codec *c)
{
	static const char *const by[] = { "quote", "deal" };
	static const char *const follow[] = { "quote", "order", NULL };
	struct record from;
	for (size_t i = 0; i < countof(by) && is_one_of(str_of(r->entity->name), follow); i++) {
		const struct field *f = entity_field(r->entity, str_of(by[i]));
		const struct value *v = f ? record_at(r, by[i]) : NULL;
		struct value *currency = record_get(r, "currency");
		if (v && v->kind == V_INT && currency->kind == V_NONE &&
		    record_read(s, schema_entity(&s->schema, str_of(by[i])), v->i, &from, c->arena))
			*currency = *record_at(&from, "currency");
	}
}

bool guard_currency(struct store *s, struct record *r, const struct record *old,
		    const struct codec *c, struct diag *d)
{
	const struct field *part = part_field(r->entity);
	const struct field *currency = entity_field(r->entity, STR("currency"));
	const struct value *of = part ? &r->values[field_index(r->entity, part)] : NULL;
	struct record whole;
	if (!old)
		follow_currency(s, r, c);
	if (of && of->kind == V_NONE && old)
		of = &old->values[field_index(r->entity, part)];
	if (!of || !currency || !(currency->flags & F_DERIVED) || of->kind != V_INT)
		return true;
	const struct entity *e = schema_entity(&s->schema, str_of(part->ref));
	struct value *said = record_get(r, "currency");
	if (!record_read(s, e, of->i, &whole, c->arena))
		return true;
	if (said->kind == V_TEXT && !str_eq(said->s, text_of(&whole, "currency")))
		return diag_set(d, "currency", "it is in %s, the %s in %s",
				arena_str(&d->arena, said->s).p, e->name,
				arena_str(&d->arena, text_of(&whole, "currency")).p);
	*said = *record_at(&whole, "currency");
	return true;
}

/* What is done with a contact, on a deal, a ticket or an order is done with their customer. */
void guard_fill(struct store *s, struct record *r, const struct codec *c)
{
	static const char *const by[] = { "contact", "deal", "ticket", "order" };
	static const char *const filled[] = { "activity", "ticket", "event", NULL };
	bool new_deal = !strcmp(r->entity->name, "deal") && !r->id; /* what was sold stays so */
	if ((!new_deal && !is_one_of(str_of(r->entity->name), filled)) || c->restoring)
		return;
	for (size_t i = 0; i < countof(by) && !is_set(r, "account"); i++) {
		if (!entity_field(r->entity, str_of(by[i])))
			continue;
		const struct value *v = record_at(r, by[i]);
		struct record about;
		if (v->kind != V_INT || !record_read(s, schema_entity(&s->schema, str_of(by[i])),
						     v->i, &about, c->arena))
			continue;
		*record_get(r, "account") = *record_at(&about, "account");
		/* Who has no account is a customer in person. */
		if (!is_set(r, "account") && !is_set(r, "contact") && i)
			*record_get(r, "contact") = *record_at(&about, "contact");
	}
}

/*
 * Nobody is above himself or herself, however long the way.  (What an admin's own
 * references mean is not known: two may name each other.)
 */
static bool check_circle(struct store *s, const struct record *r, const struct field *f,
			 const struct value *v, struct arena *a, struct diag *d)
{
	int64_t up = v->i;
	for (long steps = 0; up && up != r->id && steps < 10000; steps++) {
		struct sql q = { .arena = a };
		sql_add(&q, "select ");
		sql_column(&q, f);
		sql_add(&q, " from ");
		sql_stored(&q, r->entity);
		sql_add(&q, " where id = ");
		sql_int(&q, up);
		struct value above = store_one(s, &q);
		sql_free(&q);
		up = above.kind == V_INT ? above.i : 0;
	}
	return !up || up != r->id || diag_set(d, f->name, "that would be a circle");
}

bool guard(struct store *s, const struct record *r, const struct record *old, const struct codec *c,
	   struct diag *d)
{
	struct places refs = entity_places(r->entity, REF_PLACES);
	for (size_t i = 0; old && i < refs.n; i++) {
		const struct field *f = &r->entity->fields[refs.at[i]];
		const struct value *v = &r->values[refs.at[i]];
		bool moved = v->kind == V_INT && !value_eq(v, &old->values[refs.at[i]]);
		bool upward = moved && !(f->flags & (F_SYSTEM | F_CUSTOM)) &&
			      !strcmp(f->ref, r->entity->name);
		if (upward && !check_circle(s, r, f, v, c->arena, d))
			return false;
	}
	struct places shares = entity_places(r->entity, SHARES_PLACES);
	for (size_t i = 0; !c->restoring && i < shares.n; i++) {
		const struct value *v = &r->values[shares.at[i]];
		if (v->kind == V_TEXT &&
		    !check_shares(s, &r->entity->fields[shares.at[i]], v, c, d))
			return false;
	}
	if (!strcmp(r->entity->name, "lead") || !strcmp(r->entity->name, "identity"))
		return check_owner(s, r, old, c, d);
	return strcmp(r->entity->name, "deal") || check_stage(s, r, old, c, d);
}
