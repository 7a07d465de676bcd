/* What rules and steps of sequences do to records. */
#include "core/date.h"
#include "domain/assign.h"
#include "domain/campaign.h"
#include "domain/follow_impl.h"
#include "schema/check.h"
#include "schema/reach.h"

void do_note(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	if (b->n)
		buf_puts(b, "; ");
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

/* What was written of a field, as a user would type it, into a record. */
static bool assign_one(struct doing *x, const struct field_text *p, const struct record *of,
		       struct record *r)
{
	struct codec c = store_codec(x->f->store, x->a);
	struct value *v = &r->values[field_index(r->entity, p->field)];
	const char *text = p->text;
	if (!text_fill(x->f, of->entity, of->id, &text, x->a, x->d))
		return false;
	struct cell cell = { text ? CELL_TEXT : CELL_NULL, str_of(text) };
	const struct field *currency = entity_field(r->entity, STR("currency"));
	if (currency && p->field->type == &type_money)
		c.currency = ""; /* that of the record: the store reads it */
	return field_parse(p->field, v, cell, &c, x->d);
}

/* The references that make the new record be about the same as this one, and about it. */
static void about(const struct record *of, struct record *r)
{
	static const char *const refs[] = { "lead",   "account", "contact", "deal",
					    "ticket", "order",	 "campaign" };
	static const char *const passing[] = { "event", "activity", "campaign_member", "ticket",
					       NULL };
	bool all = is_one_of(str_of(of->entity->name), passing);
	for (size_t i = 0; i < countof(refs); i++) {
		const struct field *to = entity_field(r->entity, str_of(refs[i]));
		const struct field *from = entity_field(of->entity, str_of(refs[i]));
		bool people = !strcmp(refs[i], "account") || !strcmp(refs[i], "contact");
		if (to && !strcmp(of->entity->name, refs[i]))
			r->values[field_index(r->entity, to)] = value_int(of->id);
		else if (to && from && (all || people) && strcmp(of->entity->name, "account") != 0)
			r->values[field_index(r->entity, to)] =
			    of->values[field_index(of->entity, from)];
	}
}

/*
 * Its own owner, else that of whom it is about; of nobody's, or where who had them left, nobody,
 * until somebody gets them.
 */
static int64_t owner_of(struct follow *f, const struct record *r, struct arena *a)
{
	int64_t owner = owner_now(f->store, r, a);
	for (size_t i = 0; i < PERSON_TYPES && !owner; i++) {
		const struct field *ref = entity_field(r->entity, str_of(person_types[i]));
		struct record who;
		if (ref && ref->type == &type_ref &&
		    store_get(f->store, store_entity(f->store, ref->ref), int_of(r, ref->name),
			      &who, a))
			owner = owner_now(f->store, &who, a);
	}
	return owner;
}

static bool do_activity(struct doing *x, const struct deed *deed)
{
	struct follow *f = x->f;
	struct arena *a = x->a;
	const struct record *of = &x->of;
	struct record r = record_new(store_entity(f->store, "activity"), a);
	int64_t now = f->store->settings.calendar.now;
	int64_t owner = owner_of(f, of, a);
	about(of, &r);
	if (owner)
		*record_get(&r, "owner") = value_int(owner);
	set_text(&r, "due_at",
		 instant_print(follow_after(f->store, now, &deed->due, x->all->always), a));
	set_text(&r, "status", STR("planned"));
	for (size_t i = 0; i < deed->n; i++)
		if (!assign_one(x, &deed->pairs[i], of, &r))
			return false;
	struct str refusal =
	    follow_refusal(f->store, text_of(&r, "kind"), x->about.entity, x->about.id, a);
	if (refusal.n) {
		do_note(&x->why, "%.*s", (int)refusal.n, refusal.p);
		return true;
	}
	if (!ref_resolve_record(&f->resolver, &r, x->d) ||
	    store_put(f->store, &r, PUT_TRUSTED, a, x->d) == WROTE_NOTHING)
		return false;
	do_note(&x->did, "activity-%lld", (long long)r.id);
	if (!is_set(&r, "owner") && entity_field(of->entity, STR("owner")) && is_set(of, "owner"))
		do_note(&x->why, "activity-%lld is nobody's: whose %s it is left", (long long)r.id,
			of->entity->name);
	return true;
}

/* One field of the record, or of one that it refers to. */
static bool set_one(struct doing *x, const struct field_text *p)
{
	struct follow *f = x->f;
	const struct entity *e = x->of.entity;
	int64_t id = x->of.id;
	if (p->of) {
		const struct value *v = &x->of.values[field_index(e, p->of)];
		e = store_entity(f->store, p->of->ref);
		id = v->kind == V_INT ? v->i : 0;
	}
	struct record r = record_new(e, x->a);
	r.id = id;
	if (!id) {
		do_note(&x->why, "%s: it has no %s", p->name, p->of->name);
		return true;
	}
	if (!assign_one(x, p, &x->of, &r) || !ref_resolve_record(&f->resolver, &r, x->d))
		return false;
	enum wrote wrote = store_put(f->store, &r, 0, x->a, x->d);
	if (wrote == WROTE_UPDATED || wrote == WROTE_SAME)
		do_note(&x->did, "%s-%lld: %s = %s", e->name, (long long)id, p->field->name,
			p->text ? p->text : "");
	return wrote != WROTE_NOTHING;
}

static bool has_tag(struct str tags, struct str tag)
{
	struct str one;
	while (str_cut(&tags, ';', &one))
		if (str_eq(one, tag))
			return true;
	return false;
}

static bool do_tags(struct doing *x, const struct deed *deed)
{
	struct store *s = x->f->store;
	const struct target_of *t = &x->about;
	struct arena *a = x->a;
	struct record old, r = record_new(t->entity, a);
	struct buf tags = { 0 };
	struct str named = str_of(deed->name), one;
	if (!store_get(s, t->entity, t->id, &old, a))
		return true;
	struct str have = text_of(&old, "tags"), rest = have;
	while (have.n && str_cut(&rest, ';', &one))
		if (one.n && (deed->kind == DO_TAG || !has_tag(named, one)))
			buf_printf(&tags, "%s%.*s", tags.n ? ";" : "", (int)one.n, one.p);
	while (deed->kind == DO_TAG && str_cut(&named, ';', &one))
		if (!has_tag(have, one))
			buf_printf(&tags, "%s%.*s", tags.n ? ";" : "", (int)one.n, one.p);
	const struct field_text tagged = { .name = "tags",
					   .field = entity_field(t->entity, STR("tags")),
					   .text = tags.n ? buf_copy(&tags, a).p : NULL };
	buf_free(&tags);
	r.id = t->id;
	if (!assign_one(x, &tagged, &old, &r) || store_put(s, &r, 0, a, x->d) == WROTE_NOTHING)
		return false;
	do_note(&x->did, "%s-%lld: tags %s %s", t->entity->name, (long long)t->id,
		deed->kind == DO_TAG ? "+=" : "-=", deed->name);
	return true;
}

static bool do_campaign(struct doing *x, const struct deed *deed)
{
	struct store *s = x->f->store;
	struct arena *a = x->a;
	const struct entity *e = store_entity(s, "campaign_member");
	struct record r = record_new(e, a);
	int64_t campaign;
	if (!ref_resolve(&x->f->resolver, store_entity(s, "campaign"), str_of(deed->name),
			 &campaign, NULL, x->d))
		return false;
	struct person p = campaign_person(s, x->about.entity, x->about.id, a);
	const char *refusal = p.entity ? campaign_refusal(s, campaign, &p, a) : "nobody to reach";
	if (refusal) {
		do_note(&x->why, "campaign %s: %s", deed->name, refusal);
		return true;
	}
	if (membership_of(s, e->name, "campaign", campaign, p.entity, p.id, a)) {
		do_note(&x->why, "campaign %s: a member already", deed->name);
		return true;
	}
	*record_get(&r, "campaign") = value_int(campaign);
	*record_get(&r, p.entity->name) = value_int(p.id);
	if (store_put(s, &r, 0, a, x->d) == WROTE_NOTHING)
		return false;
	do_note(&x->did, "campaign_member-%lld", (long long)r.id);
	return true;
}

static bool do_sequence(struct doing *x, const struct deed *deed)
{
	struct follow *f = x->f;
	const struct sequence *q = follow_sequence(f, str_of(deed->name));
	const struct target_of *t = &x->about;
	int64_t who = t->id;
	struct str reason = { 0 };
	struct record r;
	if (!q)
		return diag_set(x->d, NULL, "there is no sequence %s", deed->name);
	if (t->entity != q->entity && store_get(f->store, t->entity, t->id, &r, x->a)) {
		const struct field *ref = entity_field(t->entity, str_of(q->entity->name));
		who = ref && is_set(&r, ref->name) ? record_at(&r, ref->name)->i : 0;
	}
	if (!who) {
		do_note(&x->why, "sequence %s: there is no %s", q->key, q->entity->name);
		return true;
	}
	int64_t id = follow_enrol(f, q, who, x->all->since, &reason, x->a, x->d);
	if (id)
		do_note(&x->did, "enrolment-%lld", (long long)id);
	else if (reason.n)
		do_note(&x->why, "sequence %s: %.*s", q->key, (int)reason.n, reason.p);
	return id || reason.n;
}

/* The lead, or the one that the record is about; that nobody can take it is no failure. */
static bool do_assign(struct doing *x, const struct deed *deed)
{
	struct follow *f = x->f;
	const struct target_of *t = &x->about;
	struct arena *a = x->a;
	struct record r, owner;
	const struct entity *lead = store_entity(f->store, "lead");
	struct diag reason = { 0 };
	int64_t id = t->id;
	if (t->entity != lead) {
		const struct field *ref = entity_field(t->entity, STR("lead"));
		id = ref && store_get(f->store, t->entity, t->id, &r, a) && is_set(&r, "lead")
			 ? record_at(&r, "lead")->i
			 : 0;
	}
	if (!f->assigner && !(f->assigner = assigner_open(f->store, f->arena, x->d)))
		return false;
	enum assigned got =
	    id ? assign_lead(f->assigner, id, deed->again ? ASSIGN_AGAIN : 0, a, &reason)
	       : ASSIGN_REFUSED;
	if (!id)
		do_note(&x->why, "assign: there is no lead");
	else if (got != ASSIGN_DONE)
		do_note(&x->why, "assign: %.*s", (int)reason.message.n, reason.message.p);
	else if (store_get(f->store, lead, id, &r, a) && is_set(&r, "owner") &&
		 store_get(f->store, store_entity(f->store, "user"), record_at(&r, "owner")->i,
			   &owner, a))
		do_note(&x->did, "lead-%lld: owner = %s", (long long)id,
			text_of(&owner, "login").p);
	diag_free(&reason);
	return true;
}

static bool do_one(struct doing *x, const struct deed *deed)
{
	bool ok = true;
	if (deed->kind == DO_ACTIVITY)
		return do_activity(x, deed);
	if (deed->kind == DO_EMIT)
		return do_emit(x, deed);
	if (deed->kind == DO_SET) {
		for (size_t i = 0; ok && i < deed->n; i++)
			ok = set_one(x, &deed->pairs[i]);
		return ok;
	}
	if (!x->about.entity) {
		do_note(&x->why, "it is about nobody");
		return true;
	}
	if (deed->kind == DO_ASSIGN)
		return do_assign(x, deed);
	if (deed->kind == DO_CAMPAIGN)
		return do_campaign(x, deed);
	if (deed->kind == DO_SEQUENCE)
		return do_sequence(x, deed);
	return do_tags(x, deed);
}

static bool do_each(struct doing *x, const struct entity *e, int64_t id)
{
	struct store *s = x->f->store;
	bool ok = true;
	for (size_t i = 0; ok && i < x->all->n; i++) {
		if (!store_get(s, e, id, &x->of, x->a))
			return diag_set(x->d, NULL, "the record is there no more");
		x->about = match_target(s, e, id, x->a);
		ok = do_one(x, &x->all->deeds[i]);
	}
	return ok;
}

bool do_all(struct follow *f, const struct deeds *all, const struct entity *e, int64_t id,
	    struct record *firing, struct arena *a)
{
	struct diag d = { 0 };
	struct doing x = { .f = f, .all = all, .a = a, .d = &d };
	struct codec c = store_codec(f->store, a);
	store_mark(f->store);
	bool ok = do_each(&x, e, id);
	if (ok) {
		store_keep(f->store);
	} else {
		store_undo(f->store);
		x.did.n = x.why.n = 0;
		buf_printf(&x.why, "%s%s%.*s", d.field ? d.field : "", d.field ? ": " : "",
			   (int)d.message.n, d.message.p);
	}
	bool any = x.did.n != 0;
	f->told(f->ctx, all->rule, text_of(firing, "record"), buf_str(&x.did), buf_str(&x.why),
		!ok);
	fire_end(firing, any ? "fired" : "skipped", buf_copy(&x.did, a), buf_copy(&x.why, a), &c);
	diag_free(&d);
	buf_free(&x.did);
	buf_free(&x.why);
	return any;
}
