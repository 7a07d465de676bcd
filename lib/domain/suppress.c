/* Who is not to be listed in a campaign, or written to at all, and why. */
#include "domain/suppress.h"

#include "domain/match.h"
#include "schema/check.h"
#include "schema/reach.h"

const char *const suppress_names[SUPPRESS_REASONS] = {
	[SUPPRESS_NOT] = "listed",	   [SUPPRESS_CONSENT] = "must not be contacted",
	[SUPPRESS_ADDRESS] = "no address", [SUPPRESS_BOUNCED] = "bounced",
	[SUPPRESS_SAME] = "same address",  [SUPPRESS_ELSEWHERE] = "in another campaign or segment",
};

/* -- addresses -- */

/* The address is the one that was reported, in its field or as a text of its own in the payload. */
static bool bounced_for(struct store *s, const struct entity *e, int64_t id, struct str key,
			struct arena *a)
{
	const struct entity *event = store_entity(s, "event");
	const struct field *who = entity_field(event, str_of(e->name));
	struct sql q = { .arena = a };
	sql_add(&q, "select 1 from ");
	sql_stored(&q, event);
	sql_add(&q, " b where b.");
	sql_column(&q, who);
	sql_add(&q, " = ");
	sql_int(&q, id);
	sql_add(&q, " and b.kind = 'bounce' and (lower(b.address) = ");
	sql_text(&q, key);
	sql_add(&q, " or b.address is null and (b.payload is null or instr(b.payload, '@') = 0"
		    " or instr(lower(b.payload), ");
	sql_text(&q, arena_printf(a, "\"%.*s\"", (int)key.n, key.p));
	sql_add(&q, ") > 0)) and not exists (select 1 from ");
	sql_stored(&q, event);
	sql_add(&q, " l where l.");
	sql_column(&q, who);
	sql_add(&q, " = ");
	sql_int(&q, id);
	sql_add(&q, " and l.at > b.at and l.kind in ('email_delivered', 'email_open',"
		    " 'email_click', 'email_reply')) limit 1");
	bool bounced = db_int(s->db, &q, 0) != 0;
	sql_free(&q);
	return bounced;
}

bool address_bounced(struct store *s, struct str email, struct arena *a)
{
	struct codec c = store_codec(s, a);
	struct str keys[MATCH_KEYS];
	size_t n = match_keys(MATCH_EMAIL, email, &c, keys);
	for (size_t i = 0; i < n; i++) {
		for (size_t p = 0; p < PERSON_TYPES; p++) {
			const struct entity *e = store_entity(s, person_types[p]);
			struct matched who[MATCH_MAX];
			size_t found =
			    match_key(s, e, MATCH_EMAIL, keys[i], MATCH_HIDDEN, who, countof(who));
			for (size_t j = 0; j < found; j++)
				if (bounced_for(s, e, who[j].id, keys[i], a))
					return true;
		}
	}
	return false;
}

/* The first other member who has that address, or entity NULL. */
static struct person same_address(const struct suppressor *s, const struct person *p,
				  const struct field *f, struct str text, struct arena *a)
{
	struct codec c = store_codec(s->store, a);
	struct str keys[MATCH_KEYS];
	size_t n = match_keys(match_sign(f), text, &c, keys);
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < PERSON_TYPES; k++) {
			const struct entity *e = store_entity(s->store, person_types[k]);
			struct matched who[MATCH_MAX];
			size_t found = match_key(s->store, e, match_sign(f), keys[i], MATCH_HIDDEN,
						 who, countof(who));
			for (size_t j = 0; j < found; j++)
				if ((e != p->entity || who[j].id != p->id) &&
				    membership_of(s->store, "campaign_member", "campaign",
						  s->campaign.id, e, who[j].id, a))
					return (struct person){ e, who[j].id };
		}
	}
	return (struct person){ 0 };
}

/* -- other lists -- */

/* "30d" behind the last colon: since when; false with diag. */
static bool take_age(struct str *name, int64_t *since, struct store *s, struct arena *a,
		     struct diag *d)
{
	size_t colon = name->n;
	struct when w;
	while (colon > 0 && name->p[colon - 1] != ':')
		colon--;
	struct str age = str_sub(*name, colon, name->n);
	if (!colon || !age.n || age.p[0] < '0' || age.p[0] > '9')
		return true;
	if (!when_parse(arena_printf(a, "-%.*s", (int)age.n, age.p), &s->settings.calendar, &w, d))
		return false;
	*since = w.is_instant ? w.from : zone_instant(w.from, 0);
	*name = str_sub(*name, 0, colon - 1);
	return true;
}

static bool parse_one(struct suppressor *s, struct str name, struct suppress_list *l,
		      struct arena *a, struct diag *d)
{
	int64_t id;
	l->since = INT64_MIN;
	if (!take_age(&name, &l->since, s->store, a, d))
		return false;
	l->any = str_is(name, "any");
	bool segment = str_starts(name, "segment:");
	const struct entity *named = NULL;
	if (ref_parse(&s->store->schema, name, &named, &id))
		segment = !strcmp(named->name, "segment");
	l->entity = store_entity(s->store, segment ? "segment" : "campaign");
	if (str_starts(name, "segment:"))
		name = str_sub(name, strlen("segment:"), name.n);
	if (l->any)
		return true;
	if (segment && l->since != INT64_MIN)
		return diag_set(d, "suppress", "a segment does not tell since when");
	return ref_resolve(s->resolver, l->entity, name, &id, NULL, d) &&
	       store_get(s->store, l->entity, id, &l->record, a);
}

bool suppress_parse(struct suppressor *s, struct str text, struct arena *a, struct diag *d)
{
	struct suppress_list *lists = arena_new(a, struct suppress_list, text.n + 1);
	struct str name;
	s->lists = lists;
	while (str_cut(&text, ',', &name)) {
		name = str_trim(name);
		if (name.n && !parse_one(s, name, &lists[s->nlists++], a, d))
			return false;
	}
	return s->nlists || diag_set(d, "suppress", "whom? Name a campaign, segment:NAME or any");
}

/* The name of the campaign that the person is in since then, or p NULL. */
static struct str in_campaign(const struct suppressor *s, const struct suppress_list *l,
			      const struct person *p, struct arena *a)
{
	const struct entity *m = store_entity(s->store, "campaign_member");
	struct sql q = { .arena = a };
	sql_add(&q, "select c.name from ");
	sql_stored(&q, m);
	sql_add(&q, " m join campaign c on c.id = m.campaign where m.");
	sql_refers(&q, m, p->entity->name, p->id);
	if (l->since != INT64_MIN) {
		sql_add(&q, " and m.created_at >= ");
		sql_text(&q, instant_print(l->since, a));
	}
	sql_add(&q, " and c.id <> ");
	sql_int(&q, s->campaign.id);
	if (l->any) {
		sql_add(&q, " and c.status = 'active'");
	} else {
		sql_add(&q, " and c.id = ");
		sql_int(&q, l->record.id);
	}
	sql_add(&q, " order by m.id limit 1");
	struct stmt *rows = db_query(s->store->db, &q);
	struct str name = { 0 };
	if (stmt_step(rows))
		name = arena_str(a, stmt_value(rows, 0).s);
	stmt_close(rows);
	sql_free(&q);
	return name;
}

/* Themselves, or through their account, as a segment of accounts holds them. */
static bool in_segment(const struct suppressor *s, const struct suppress_list *l,
		       const struct person *p, struct arena *a)
{
	struct query_context q = {
		.schema = &s->store->schema,
		.settings = &s->store->settings,
		.entity = schema_entity(&s->store->schema, text_of(&l->record, "of")),
		.arena = a,
		.resolve = ref_resolve_for_query,
		.resolve_ctx = s->resolver,
	};
	struct diag d = { 0 };
	struct record who;
	int64_t id = p->entity == q.entity ? p->id : 0;
	bool is_in = false;
	const struct field *f = entity_field(p->entity, str_of(q.entity->name));
	if (!id && f && f->type == &type_ref && store_get(s->store, p->entity, p->id, &who, a) &&
	    is_set(&who, f->name))
		id = record_at(&who, f->name)->i;
	bool known = !id || segment_has(s->store, &q, &l->record, id, &is_in, &d);
	if (!known)
		die(STATUS_REFUSED, "segment %s: %.*s", text_of(&l->record, "name").p,
		    (int)d.message.n, d.message.p);
	diag_free(&d);
	return is_in;
}

static bool elsewhere(const struct suppressor *s, const struct person *p, struct str *why,
		      struct arena *a)
{
	for (size_t i = 0; i < s->nlists; i++) {
		const struct suppress_list *l = &s->lists[i];
		bool segment = !l->any && !strcmp(l->entity->name, "segment");
		struct str name = segment ? text_of(&l->record, "name") : in_campaign(s, l, p, a);
		if (!name.p || (segment && !in_segment(s, l, p, a)))
			continue;
		*why = arena_printf(a, "in %.*s", (int)name.n, name.p);
		return true;
	}
	return false;
}

enum suppress_reason suppress_ask(const struct suppressor *s, const struct person *p,
				  struct str *why, struct arena *a)
{
	const char *no = campaign_refusal(s->store, s->campaign.id, p, a);
	const struct channel *channel = channel_named(text_of(&s->campaign, "channel"));
	struct record who;
	*why = str_of(no);
	if (no)
		return SUPPRESS_CONSENT;
	if (channel && store_get(s->store, p->entity, p->id, &who, a)) {
		const struct field *f = channel_field(channel, &who);
		*why = str_of(channel->none);
		if (!f)
			return SUPPRESS_ADDRESS;
		struct str text = text_of(&who, f->name);
		*why = arena_printf(a, "mail to %.*s came back", (int)text.n, text.p);
		if (f->type == &type_email && address_bounced(s->store, text, a))
			return SUPPRESS_BOUNCED;
		struct person other = same_address(s, p, f, text, a);
		*why = other.entity ? arena_printf(a, "same %s as %s", match_names[match_sign(f)],
						   ref_print(other.entity, other.id, a).p)
				    : *why;
		if (other.entity)
			return SUPPRESS_SAME;
	}
	return elsewhere(s, p, why, a) ? SUPPRESS_ELSEWHERE : SUPPRESS_NOT;
}
