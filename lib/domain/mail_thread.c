/* Where a message belongs: what it answers, a ticket's number, its sender's address. */
#include "core/email.h"
#include "domain/identify.h"
#include "domain/mail_impl.h"
#include "schema/check.h"

int64_t mail_activity(struct store *s, struct str message_id)
{
	const struct entity *e = store_entity(s, "activity");
	int64_t id = 0;
	if (message_id.n)
		store_find_twins(s, e, entity_field(e, STR("external_id")), message_id, &id, 1);
	return id;
}

struct person mail_about(struct store *s, int64_t activity, struct arena *a)
{
	const struct entity *e = store_entity(s, "activity");
	struct record r;
	return activity && store_get(s, e, activity, &r, a) ? person_named(s, &r)
							    : (struct person){ 0 };
}

/* Whoever looks after the customer is to know of it; failing that whoever wrote what it answers. */
static int64_t customers_owner(struct taking *k, const struct person *p,
			       const struct record *parent)
{
	struct record r;
	int64_t owner = 0;
	if (p->entity && store_get(k->s, p->entity, p->id, &r, k->a))
		owner = owner_now(k->s, &r, k->a);
	return owner ? owner : owner_now(k->s, parent, k->a);
}

/* A contact's account is meant, too; a lead that was converted is not: what it became is. */
void thread_about(struct taking *k, struct thread *t, const struct person *p)
{
	struct record r;
	t->person = *p;
	*record_get(&t->about, p->entity->name) = value_int(p->id);
	if (!store_get(k->s, p->entity, p->id, &r, k->a))
		return;
	if (!t->owner)
		t->owner = owner_now(k->s, &r, k->a);
	if (!strcmp(p->entity->name, "contact") && is_set(&r, "account"))
		*record_get(&t->about, "account") = *record_at(&r, "account");
}

/* -- by what it answers -- */

static bool by_parent(struct taking *k, struct thread *t)
{
	struct record r;
	for (size_t i = 0; i < k->m->nreferences && !t->parent; i++)
		t->parent = mail_activity(k->s, k->m->references[i]);
	if (!t->parent || !store_get(k->s, store_entity(k->s, "activity"), t->parent, &r, k->a))
		return false;
	copy_about(&t->about, &r);
	t->person = person_named(k->s, &r);
	t->owner = customers_owner(k, &t->person, &r);
	t->campaign = is_set(&r, "campaign") ? record_at(&r, "campaign")->i : 0;
	t->ticket = is_set(&r, "ticket") ? record_at(&r, "ticket")->i : 0;
	return true;
}

/* -- by a ticket's number: T-2026-0007, ticket-7, [#7] -- */

static int64_t ticket_named(struct taking *k, struct str word)
{
	const struct entity *e = store_entity(k->s, "ticket"), *named;
	const struct field *f = entity_field(e, STR("number"));
	struct codec c = store_codec(k->s, k->a);
	struct value v = value_text(word);
	int64_t id = 0;
	bool numbered = false;
	for (size_t i = 0; i < word.n; i++)
		numbered |= is_digit(word.p[i]);
	if (!numbered)
		return 0;
	if (word.p[0] == '#' && id_parse(str_sub(word, 1, word.n), &id))
		return store_exists(k->s, e, id) ? id : 0;
	if (ref_parse(&k->s->schema, word, &named, &id))
		return named == e && store_exists(k->s, e, id) ? id : 0;
	struct value key = field_key(f, &v, &c);
	if (key.kind == V_TEXT && str_find(word, '-') > 0)
		store_find(k->s, e, f, key.s, &id, 1);
	return id;
}

static bool by_ticket(struct taking *k, struct thread *t)
{
	struct str rest = k->m->subject, word;
	struct record r;
	while (!t->ticket && str_cut(&rest, ' ', &word)) {
		while (word.n && strchr("[(:", word.p[0]))
			word = str_sub(word, 1, word.n);
		while (word.n && strchr("])::,.", word.p[word.n - 1]))
			word.n--;
		t->ticket = ticket_named(k, word);
	}
	if (!t->ticket || !store_get(k->s, store_entity(k->s, "ticket"), t->ticket, &r, k->a))
		return false;
	copy_about(&t->about, &r);
	*record_get(&t->about, "ticket") = value_int(t->ticket);
	t->person = person_named(k->s, &r);
	t->owner = owner_now(k->s, &r, k->a);
	if (!t->owner)
		t->owner = customers_owner(k, &t->person, &r);
	return true;
}

/* -- by an address -- */

size_t mail_known(struct taking *k, struct str address, struct person out[MAIL_KNOWN])
{
	struct identified all[IDENTIFIED_MAX];
	bool more;
	size_t n = identify(k->s, address, all, &more, k->a), kept = 0;
	for (size_t i = 0; i < n && kept < MAIL_KNOWN; i++)
		if (strcmp(all[i].entity->name, "user") != 0)
			out[kept++] = (struct person){ all[i].entity, all[i].id };
	return kept;
}

static struct str seen_last(struct taking *k, const struct person *p)
{
	struct record r;
	if (!store_get(k->s, p->entity, p->id, &r, k->a))
		return (struct str){ 0 };
	return text_of(&r, "last_contacted_at");
}

static struct str others_of(struct taking *k, const struct person *all, size_t n, size_t chosen)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < n; i++)
		if (i != chosen)
			buf_printf(&b, " %s", ref_print(all[i].entity, all[i].id, k->a).p);
	struct str out = buf_copy(&b, k->a);
	buf_free(&b);
	return out;
}

/* A contact before an account before a lead; of several the one last heard of. */
static bool by_address(struct taking *k, struct thread *t, struct str address)
{
	struct person all[MAIL_KNOWN];
	size_t n = mail_known(k, address, all), best = 0;
	for (size_t i = 1; i < n && all[i].entity == all[0].entity; i++)
		if (str_cmp(seen_last(k, &all[i]), seen_last(k, &all[best])) > 0)
			best = i;
	if (!n)
		return false;
	if (n > 1)
		k->out->others = others_of(k, all, n, best);
	thread_about(k, t, &all[best]);
	return true;
}

static int64_t user_with(struct taking *k, struct str address)
{
	const struct entity *e = store_entity(k->s, "user");
	const struct field *f = entity_field(e, STR("email"));
	struct codec c = store_codec(k->s, k->a);
	struct value v = value_text(address), key = field_key(f, &v, &c);
	int64_t id = 0;
	if (key.kind == V_TEXT)
		store_find_twins(k->s, e, f, key.s, &id, 1);
	return id;
}

/* The address that mail of the house is from, or answers to: a copy of what somebody sent. */
static bool is_house(struct taking *k)
{
	const struct mail_settings *m = k->rules->settings;
	const char *const all[] = { m ? m->from : NULL, m ? m->reply_to : NULL };
	struct str from = email_key(k->m->from.address, k->a);
	bool is = false;
	for (size_t i = 0; i < countof(all); i++) {
		struct mime_address one;
		struct diag d = { 0 };
		is |= all[i] && mailbox_parse(str_of(all[i]), &one, k->a, &d) &&
		      str_eq(email_key(one.address, k->a), from);
		diag_free(&d);
	}
	return is;
}

void mail_thread(struct taking *k, struct thread *t)
{
	*t = (struct thread){ .about = record_new(store_entity(k->s, "activity"), k->a) };
	t->user = user_with(k, k->m->from.address);
	t->ours = t->user || is_house(k);
	if (by_parent(k, t) || by_ticket(k, t))
		return;
	if (!t->ours) {
		by_address(k, t, k->m->from.address);
		return;
	}
	for (size_t i = 0; i < k->m->nto; i++)
		if (by_address(k, t, k->m->to[i].address))
			return;
}
