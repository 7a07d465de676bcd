/* Messages that come in, written down once each. */
#include "core/date.h"
#include "core/utf8.h"
#include "domain/mail_impl.h"
#include "schema/check.h"
#include "schema/reach.h"

bool mail_put(struct taking *k, struct record *r)
{
	if (store_put(k->s, r, 0, k->a, k->d) == WROTE_NOTHING)
		return false;
	struct mail_taken *out = k->out;
	out->made = arena_grow(k->a, out->made, out->n, &out->room, sizeof *out->made);
	out->made[out->n++] = (struct person){ r->entity, r->id };
	return true;
}

/* Sets a picklist field where the list has that value. */
static void set_pick(struct store *s, struct record *r, const char *field, const char *key)
{
	const struct field *f = entity_field(r->entity, str_of(field));
	const struct picklist *l = schema_picklist(&s->schema, f->picklist);
	for (size_t i = 0; i < l->n; i++)
		if (!strcmp(l->picks[i].key, key) && !l->picks[i].retired)
			set_text(r, field, str_of(key));
}

static bool was_taken(struct taking *k)
{
	const struct entity *e = store_entity(k->s, "event");
	struct record r = record_new(e, k->a);
	set_text(&r, "source", STR("email"));
	set_text(&r, "external_id", k->m->message_id);
	return mail_activity(k->s, k->m->message_id) || store_unique_twin(k->s, &r, k->a) != 0;
}

/* -- strangers -- */

static struct str name_of(const struct mime_address *x)
{
	struct str rest = x->address, local;
	str_cut(&rest, '@', &local);
	return x->name.n ? x->name : local;
}

static bool make_lead(struct taking *k, struct thread *t)
{
	struct record r = record_new(store_entity(k->s, "lead"), k->a);
	set_text(&r, "name", name_of(&k->m->from));
	set_text(&r, "email", k->m->from.address);
	set_pick(k->s, &r, "source", "email");
	set_pick(k->s, &r, "channel", "email");
	if (!mail_put(k, &r))
		return false;
	thread_about(k, t, &(struct person){ r.entity, r.id });
	return true;
}

static struct str subject_of(const struct taking *k)
{
	return k->m->subject.n ? k->m->subject : STR("(no subject)");
}

static bool make_ticket(struct taking *k, struct thread *t)
{
	struct record r = record_new(store_entity(k->s, "ticket"), k->a);
	set_text(&r, "subject", subject_of(k));
	if (k->m->text.n)
		set_text(&r, "description", k->m->text);
	set_text(&r, "opened_at", k->at);
	set_pick(k->s, &r, "channel", "email");
	for (size_t i = 0; i < PERSON_TYPES; i++)
		if (is_set(&t->about, person_types[i]))
			*record_get(&r, person_types[i]) = *record_at(&t->about, person_types[i]);
	if (!mail_put(k, &r))
		return false;
	t->ticket = r.id;
	*record_get(&t->about, "ticket") = value_int(r.id);
	return true;
}

/* -- the activity -- */

static bool is_whole(struct str s, size_t n)
{
	return n >= s.n || ((unsigned char)s.p[n] & 0xc0) != 0x80;
}

/* The text, who wrote it if that is not plain, and what came along. */
static struct str body_of(struct taking *k, bool stranger)
{
	enum { BODY_MAX = 200000 };
	const struct mime_mail *m = k->m;
	struct buf b = { 0 };
	size_t n = m->text.n;
	if (stranger)
		buf_printf(&b, "[%.*s <%.*s>]\n\n", (int)m->from.name.n, m->from.name.p,
			   (int)m->from.address.n, m->from.address.p);
	for (n = n < BODY_MAX ? n : BODY_MAX; !is_whole(m->text, n);)
		n--;
	buf_put(&b, str_sub(m->text, 0, n));
	if (n < m->text.n)
		buf_puts(&b, "…");
	for (size_t i = 0; i < m->nattachments; i++)
		buf_printf(&b, "%s%.*s",
			   i ? ", " : "\n\n[attached, not kept: ", (int)m->attachments[i].n,
			   m->attachments[i].p);
	if (m->nattachments)
		buf_putc(&b, ']');
	struct str text = utf8_trim(buf_copy(&b, k->a));
	buf_free(&b);
	return text;
}

/* Whether the sender is whom the thread is about. */
static bool is_expected(struct taking *k, const struct thread *t)
{
	struct person all[MAIL_KNOWN];
	size_t n = mail_known(k, k->m->from.address, all);
	for (size_t i = 0; i < n; i++) {
		const struct value *v = record_at(&t->about, all[i].entity->name);
		if (v->kind == V_INT && v->i == all[i].id)
			return true;
	}
	return t->ours;
}

static bool make_activity(struct taking *k, struct thread *t)
{
	struct record *r = &t->about;
	bool automatic = k->m->kind == MIME_AUTOMATIC;
	struct str body = body_of(k, !is_expected(k, t));
	set_text(r, "kind", STR("email"));
	set_pick(k->s, r, "channel", "email");
	set_text(r, "direction", t->ours ? STR("out") : STR("in"));
	set_text(r, "status", STR("done"));
	set_text(r, "done_at", k->at);
	set_text(r, "subject", subject_of(k));
	if (body.n)
		set_text(r, "body", body);
	set_text(r, "external_id", k->m->message_id);
	if (t->parent)
		*record_get(r, "reply_to") = value_int(t->parent);
	if (t->user || t->owner)
		*record_get(r, "owner") = value_int(t->user ? t->user : t->owner);
	if (automatic)
		*record_get(r, "automatic") = value_int(1);
	return mail_put(k, r);
}

/* From whom or to whom nobody knows, about no ticket: a lead or a ticket is made, if at all. */
static bool take_stranger(struct taking *k, struct thread *t)
{
	enum mail_stranger what = k->rules->stranger;
	const struct mime_mail *m = k->m;
	k->out->ignored = what == STRANGER_IGNORE || m->kind != MIME_LETTER;
	if (k->out->ignored)
		return true;
	if (what == STRANGER_FAIL || t->ours)
		return diag_set(
		    k->d, t->ours ? "to" : "from", "%s is nobody known; --unknown says what to do",
		    quoted(t->ours && m->nto ? m->to[0].address : m->from.address, &k->d->arena));
	return make_lead(k, t) && (what != STRANGER_TICKET || make_ticket(k, t));
}

static bool take_letter(struct taking *k)
{
	struct thread t;
	mail_thread(k, &t);
	bool theirs = k->m->kind == MIME_LETTER && !t.ours;
	if (!t.person.entity && !t.ticket) {
		if (!take_stranger(k, &t))
			return false;
		if (k->out->ignored)
			return true;
	}
	if (k->rules->tickets && theirs && !t.parent && !t.ticket && !make_ticket(k, &t))
		return false;
	if (!make_activity(k, &t))
		return false;
	return !theirs || !t.campaign || !t.person.entity ||
	       mail_advance(k->s, t.campaign, &t.person, "replied", false, k->a, k->d);
}

bool mail_take(struct store *s, const struct mime_mail *m, const struct mail_rules *rules,
	       struct mail_taken *out, struct arena *a, struct diag *d)
{
	struct taking k = { .s = s, .m = m, .rules = rules, .out = out, .a = a, .d = d };
	int64_t now = s->settings.calendar.now;
	*out = (struct mail_taken){ 0 };
	k.at = instant_print(m->date < now && m->date > 0 ? m->date : now, a);
	if (was_taken(&k)) {
		out->known = true;
		return true;
	}
	if (m->kind == MIME_BOUNCE || m->kind == MIME_COMPLAINT)
		return mail_take_bounce(&k);
	if (m->kind == MIME_LETTER && mail_is_unsubscription(&k))
		return mail_take_unsubscription(&k);
	return take_letter(&k);
}
