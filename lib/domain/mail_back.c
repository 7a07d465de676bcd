/* What came back, and who does not want any more. */
#include "core/email.h"
#include "domain/mail_impl.h"
#include "schema/check.h"
#include "stream/writer.h"

static void put_member(struct buf *b, const char *name, struct str value)
{
	if (!value.n)
		return;
	buf_putc(b, b->n ? ',' : '{');
	json_put_string(b, str_of(name));
	buf_putc(b, ':');
	json_put_string(b, value);
}

static struct record event_of(struct taking *k, const char *kind, struct str number)
{
	struct record r = record_new(store_entity(k->s, "event"), k->a);
	set_text(&r, "kind", str_of(kind));
	set_text(&r, "at", k->at);
	set_text(&r, "source", STR("email"));
	set_text(&r, "external_id", number);
	return r;
}

static int64_t campaign_of(struct taking *k, int64_t activity)
{
	struct record r;
	const struct entity *e = store_entity(k->s, "activity");
	bool there = activity && store_get(k->s, e, activity, &r, k->a) && is_set(&r, "campaign");
	return there ? record_at(&r, "campaign")->i : 0;
}

static const char *kind_of(const struct mime_mail *m, const struct mime_returned *r)
{
	return m->kind == MIME_COMPLAINT ? "complaint" : r->hard ? "bounce" : "soft_bounce";
}

/*
 * Whom it did not reach: whom the message was about, unless it went to several, of whom that is
 * one.
 */
static struct person returned_of(struct taking *k, const struct mime_returned *r,
				 struct person about)
{
	struct person known[MAIL_KNOWN];
	if (about.entity && k->m->nreturned == 1)
		return about;
	size_t n = r->recipient.n ? mail_known(k, r->recipient, known) : 0;
	for (size_t i = 0; i < n; i++)
		if (known[i].entity == about.entity && known[i].id == about.id)
			return about;
	return n ? known[0] : (struct person){ 0 };
}

static struct str payload_of(struct taking *k, const struct mime_returned *r, struct str recipient)
{
	struct buf b = { 0 };
	put_member(&b, "email", recipient);
	if (k->m->kind != MIME_COMPLAINT)
		put_member(&b, "type", r->hard ? STR("hard") : STR("soft"));
	put_member(&b, "status", r->status);
	put_member(&b, "diagnostic", r->diagnostic);
	put_member(&b, "original", k->m->original);
	buf_puts(&b, b.n ? "}" : "{}");
	struct str text = buf_copy(&b, k->a);
	buf_free(&b);
	return text;
}

/* The nth event of a message that came in. */
static struct str number_of(struct taking *k, size_t nth)
{
	struct str id = k->m->message_id;
	return nth ? arena_printf(k->a, "%.*s#%zu", (int)id.n, id.p, nth) : id;
}

bool mail_take_bounce(struct taking *k)
{
	const struct mime_mail *m = k->m;
	int64_t activity = mail_activity(k->s, m->original);
	int64_t campaign = campaign_of(k, activity);
	struct person about = mail_about(k->s, activity, k->a);
	for (size_t i = 0; i < m->nreturned; i++) {
		struct person p = returned_of(k, &m->returned[i], about);
		struct record r = event_of(k, kind_of(m, &m->returned[i]), number_of(k, i)), who;
		struct str recipient = m->returned[i].recipient;
		if (p.entity)
			*record_get(&r, p.entity->name) = value_int(p.id);
		if (!recipient.n && p.entity && store_get(k->s, p.entity, p.id, &who, k->a))
			recipient = text_of(&who, "email");
		if (campaign && p.entity == about.entity && p.id == about.id)
			*record_get(&r, "campaign") = value_int(campaign);
		if (recipient.n)
			set_text(&r, "address", recipient);
		set_text(&r, "payload", payload_of(k, &m->returned[i], recipient));
		if (!mail_put(k, &r))
			return false;
	}
	return true;
}

/* -- unsubscribing -- */

static bool is_first_word(struct str subject, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i < n; i++)
		if (i >= subject.n || (subject.p[i] | 0x20) != word[i])
			return false;
	return subject.n == n || subject.p[n] == ' ';
}

/* It went to the address that takes them, or says so with its first word. */
bool mail_is_unsubscription(const struct taking *k)
{
	const char *address = k->rules->settings ? k->rules->settings->unsubscribe : NULL;
	struct str wanted = address ? email_key(str_of(address), k->a) : (struct str){ 0 };
	for (size_t i = 0; wanted.n && i < k->m->nto; i++)
		if (str_eq(email_key(k->m->to[i].address, k->a), wanted))
			return true;
	return is_first_word(k->m->subject, "unsubscribe");
}

/* "unsubscribe <Message-ID>": the message that is not wanted, which knows its receiver. */
static int64_t unwanted(struct taking *k)
{
	struct str rest = k->m->subject, word;
	int64_t activity = 0;
	while (!activity && str_cut(&rest, ' ', &word))
		activity = str_find(word, '@') > 0 ? mail_activity(k->s, word) : 0;
	for (size_t i = 0; !activity && i < k->m->nreferences; i++)
		activity = mail_activity(k->s, k->m->references[i]);
	return activity;
}

static bool say_no(struct taking *k, const struct person *p, int64_t campaign, size_t nth)
{
	struct record r = event_of(k, "unsubscribe", number_of(k, nth));
	*record_get(&r, p->entity->name) = value_int(p->id);
	if (campaign)
		*record_get(&r, "campaign") = value_int(campaign);
	set_text(&r, "subject", k->m->from.address);
	return mail_put(k, &r);
}

/* All who have the address, and the receiver of the message. */
bool mail_take_unsubscription(struct taking *k)
{
	struct person all[MAIL_KNOWN + 1];
	int64_t activity = unwanted(k), campaign = campaign_of(k, activity);
	struct person receiver = mail_about(k->s, activity, k->a);
	size_t n = mail_known(k, k->m->from.address, all);
	bool listed = !receiver.entity;
	for (size_t i = 0; i < n; i++)
		listed |= all[i].entity == receiver.entity && all[i].id == receiver.id;
	if (!listed)
		all[n++] = receiver;
	if (!n)
		return diag_set(k->d, "from", "%s is nobody known, so nobody is unsubscribed",
				quoted(k->m->from.address, &k->d->arena));
	for (size_t i = 0; i < n; i++)
		if (!say_no(k, &all[i], campaign, i))
			return false;
	return true;
}
