/*
 * One lead at a time: what is written of each part, and what hangs on the lead and
 * comes along.
 */
#include "domain/convert_impl.h"

#include "core/buf.h"

void converter_open(struct converter *c, struct store *s, struct arena *a)
{
	*c = (struct converter){ .store = s, .want[PART_DEAL] = { .how = HOW_NEW } };
	c->deal = record_new(store_entity(s, "deal"), a);
	c->routes = convert_routes(&s->schema, &c->nroutes, a);
}

/* " account-3, contact-5", for messages. */
static struct str links_of(const struct record *lead, struct arena *a)
{
	struct buf b = { 0 };
	for (enum part p = 0; p < PARTS; p++)
		if (int_of(lead, part_names[p]))
			buf_printf(&b, "%s%s-%lld", b.n ? ", " : "", part_names[p],
				   (long long)int_of(lead, part_names[p]));
	struct str s = buf_copy(&b, a);
	buf_free(&b);
	return s;
}

static bool is_open(const struct record *lead, struct arena *a, struct diag *d)
{
	struct str status = text_of(lead, "status");
	if (str_is(status, "converted"))
		return diag_set(d, NULL, "converted already into %s", links_of(lead, a).p);
	if (str_is(status, "disqualified"))
		return diag_set(d, NULL, "it is disqualified (%s); give it another status first",
				arena_str(a, text_of(lead, "disqualify_reason")).p);
	return true;
}

/* What one calls somebody of whom there is no more than an address or a number. */
static struct str makeshift_name(const struct record *lead, struct arena *a)
{
	struct str email = text_of(lead, "email"), phone = text_of(lead, "phone");
	ptrdiff_t at = str_find(email, '@');
	if (at > 0)
		return arena_str(a, str_sub(email, 0, (size_t)at));
	return phone.n ? phone : text_of(lead, "mobile");
}

/* An organisation is known by its company, a person by the name. */
static void read_lead(struct job *j)
{
	const struct record *as_it_is = &j->v->lead;
	struct record *r = &j->lead;
	bool org = str_is(text_of(as_it_is, "kind"), "org");
	*r = record_copy(as_it_is, j->a);
	if (!is_set(r, "company") && org) {
		struct str name = text_of(r, "name");
		set_text(r, "company", name.n ? name : makeshift_name(r, j->a));
		set_null(r, "name");
		set_null(r, "first_name");
		set_null(r, "last_name");
	}
	j->person = !is_set(r, "company");
	if (j->person && !is_set(r, "name"))
		set_text(r, "name", makeshift_name(r, j->a));
	set_text(r, "kind", j->person ? STR("person") : STR("org"));
}

static void set_link(struct job *j, enum part of, const char *name, int64_t id)
{
	struct converted *part = &j->v->parts[of];
	struct value v = value_int(id);
	if (id)
		convert_set(part, entity_field(part->record.entity, str_of(name)), &v, j->a);
}

static int64_t made(const struct job *j, enum part p)
{
	return j->v->parts[p].record.id;
}

/* What a new deal has besides what the lead says: the user's word first. */
static void complete_deal(struct job *j)
{
	struct converted *deal = &j->v->parts[PART_DEAL];
	const struct converted *account = &j->v->parts[PART_ACCOUNT];
	struct record *r = &deal->record;
	struct str what = text_of(&j->lead, "interest"), who = name_of(j);
	int64_t today = zone_day(j->c->store->settings.calendar.now);
	int64_t quarter = period_next(period_start(today, PERIOD_QUARTER), PERIOD_QUARTER);
	bool customer =
	    account->action == ACTION_LINK && is_set(&account->before, "customer_since");
	set_text(r, "name",
		 what.n ? arena_printf(j->a, "%.*s – %.*s", (int)who.n, who.p, (int)what.n, what.p)
			: who);
	set_text(r, "expected_close", day_print(quarter - 1, j->a));
	set_text(r, "type", customer ? STR("existing") : STR("new"));
	/* an amount that names its currency must not make that of the budget another one */
	if (is_set(r, "budget") && !is_set(r, "currency") && is_set(&j->c->deal, "amount"))
		set_text(r, "currency", str_of(j->c->store->settings.currency));
	for (size_t i = 0; i < r->entity->nfields; i++)
		if (j->c->deal.values[i].kind != V_NONE)
			r->values[i] = j->c->deal.values[i];
}

static bool put(struct job *j, enum part p)
{
	struct converted *part = &j->v->parts[p];
	struct record r = record_copy(&part->record, j->a);
	if (store_put(j->c->store, &r, 0, j->a, j->d) == WROTE_NOTHING)
		return diag_set(
		    j->d,
		    j->d->field ? arena_printf(&j->d->arena, "%s.%s", part_names[p], j->d->field).p
				: part_names[p],
		    "%s", arena_str(&j->d->arena, j->d->message).p);
	part->record.id = r.id;
	for (size_t i = 0; i < r.entity->nfields; i++) /* the plan shows what was mentioned */
		if (part->record.values[i].kind != V_NONE)
			part->record.values[i] = r.values[i];
	return true;
}

/* What is known of a person who is somebody's contact says nothing about that account. */
static bool concerns(const struct job *j, enum part p)
{
	const struct converted *part = &j->v->parts[p];
	return p != PART_ACCOUNT || !j->person || !j->v->parts[PART_CONTACT].action ||
	       part->action == ACTION_CREATE || str_is(text_of(&part->before, "kind"), "person");
}

static bool write_parts(struct job *j)
{
	for (enum part p = 0; p < PARTS; p++) {
		struct converted *part = &j->v->parts[p];
		if (!part->action)
			continue;
		if (part->action == ACTION_LINK &&
		    !access_changes(j->c->store, entity_of(j->c, p), part->record.id))
			continue; /* somebody else's: linked to, and left as it is */
		if (concerns(j, p))
			convert_fill(j->c, &j->lead, p, j->person, part, j->a);
		if (p != PART_ACCOUNT)
			set_link(j, p, "account", made(j, PART_ACCOUNT));
		if (p == PART_DEAL) {
			set_link(j, p, "contact", made(j, PART_CONTACT));
			set_link(j, p, "lead", j->lead.id);
		}
		if (p == PART_DEAL && part->action == ACTION_CREATE)
			complete_deal(j);
		if (!put(j, p))
			return false;
	}
	return true;
}

static void finish(struct job *j)
{
	struct record *r = &j->v->after;
	struct codec codec = store_codec(j->c->store, j->a);
	*r = record_new(j->lead.entity, j->a);
	r->id = j->lead.id;
	set_text(r, "status", STR("converted"));
	set_now(r, "converted_at", &codec);
	for (enum part p = 0; p < PARTS; p++)
		if (made(j, p))
			*record_get(r, part_names[p]) = value_int(made(j, p));
}

bool convert_lead(struct converter *c, int64_t lead, struct conversion *out, struct arena *a,
		  struct diag *d)
{
	const struct entity *e = store_entity(c->store, "lead");
	struct job j = { .c = c, .v = out, .a = a, .d = d };
	*out = (struct conversion){ 0 };
	for (enum part p = 0; p < PARTS; p++) {
		out->parts[p].record = record_new(entity_of(c, p), a);
		out->parts[p].by = MATCH_NOTHING;
	}
	if (!store_get(c->store, e, lead, &out->lead, a))
		return diag_set(d, NULL, "there is no lead-%lld", (long long)lead);
	if (!is_open(&out->lead, a, d))
		return false;
	read_lead(&j);
	if (!convert_choose(&j) || !write_parts(&j))
		return false;
	const int64_t ids[PARTS] = { made(&j, PART_ACCOUNT), made(&j, PART_CONTACT),
				     made(&j, PART_DEAL) };
	if (!convert_links(c->store, lead, ids, &out->activities, d))
		return false;
	finish(&j);
	return true;
}
