/* Errands of rules and sequences: who may be reached, where, and when. */
#include "core/buf.h"
#include "core/date.h"
#include "domain/allowance.h"
#include "domain/campaign.h"
#include "domain/follow_impl.h"
#include "domain/suppress.h"
#include "schema/check.h"
#include "schema/reach.h"
#include "stream/writer.h"

/* The account's own address where its main contact has none. */
static struct str address_in(const struct record *r, const struct channel *c)
{
	const struct field *f = channel_field(c, r);
	return f ? text_of(r, f->name) : (struct str){ 0 };
}

struct str follow_address(struct store *s, struct str kind, const struct entity *e, int64_t id,
			  struct arena *a)
{
	const struct channel *c = channel_named(kind);
	struct record r;
	struct str found = { 0 };
	if (!c)
		return found;
	struct person p = e ? addressee_of(s, e, id, a) : (struct person){ 0 };
	if (p.entity && store_get(s, p.entity, p.id, &r, a))
		found = address_in(&r, c);
	if (!found.n && e && store_get(s, e, id, &r, a))
		found = address_in(&r, c);
	return found;
}

struct str follow_refusal(struct store *s, struct str kind, const struct entity *e, int64_t id,
			  struct arena *a)
{
	struct person p = e ? addressee_of(s, e, id, a) : (struct person){ 0 }, no;
	struct record who;
	if (!p.entity || !store_get(s, p.entity, p.id, &who, a))
		return (struct str){ 0 };
	const char *consent = person_refusal(s, kind, &p, &no, a);
	if (consent)
		return arena_printf(a, "%s %s", ref_print(no.entity, no.id, a).p, consent);
	struct str ref = ref_print(who.entity, who.id, a);
	struct str address = text_of(&who, "email");
	if (str_is(kind, "email") && address.n && address_bounced(s, address, a))
		return arena_printf(a, "email: what was sent to %s came back", ref.p);
	return (struct str){ 0 };
}

int64_t follow_hour(struct store *s, const struct record *errand, int64_t at)
{
	return is_true(errand, "any_hour") ? at : allowance_hour(s, text_of(errand, "kind"), at);
}

static bool payload_of(struct doing *x, const struct deed *deed, struct str *out)
{
	struct buf b = { 0 };
	bool ok = true;
	buf_putc(&b, '{');
	for (size_t i = 0; ok && i < deed->n; i++) {
		const char *text = deed->pairs[i].text;
		ok = text_fill(x->f, x->of.entity, x->of.id, &text, x->a, x->d);
		buf_puts(&b, i ? "," : "");
		json_put_string(&b, str_of(deed->pairs[i].name));
		buf_putc(&b, ':');
		if (text)
			json_put_string(&b, str_of(text));
		else
			buf_puts(&b, "null");
	}
	buf_putc(&b, '}');
	*out = buf_copy(&b, x->a);
	buf_free(&b);
	return ok;
}

/* Whom or what the errand names: the record, and what it is about; an activity is what it becomes.
 */
static void refer(const struct record *of, struct record *r)
{
	const char *type = of->entity->name;
	copy_about(r, of);
	if (strcmp(type, "activity") != 0 && entity_field(r->entity, str_of(type)))
		*record_get(r, type) = value_int(of->id);
}

/* Of events and activities it is the person who gets it; whatever else is named itself. */
bool do_emit(struct doing *x, const struct deed *deed)
{
	struct store *s = x->f->store;
	struct arena *a = x->a;
	struct str kind = str_of(deed->name);
	struct target_of t = x->about;
	const struct channel *c = channel_named(kind);
	struct record r = record_new(store_entity(s, "errand"), a);
	struct str payload, refusal = follow_refusal(s, kind, t.entity, t.id, a);
	if (!refusal.n && c && !follow_address(s, kind, t.entity, t.id, a).n)
		refusal = arena_printf(a, "%s: there is no address for it", deed->name);
	if (refusal.n) {
		do_note(&x->why, "%.*s", (int)refusal.n, refusal.p);
		return true;
	}
	if (!payload_of(x, deed, &payload))
		return false;
	refer(&x->of, &r);
	if (t.entity)
		set_text(&r, "record", ref_print(t.entity, t.id, a));
	set_text(&r, "kind", kind);
	set_text(&r, "rule", str_of(x->all->rule));
	set_text(&r, "occasion", x->all->occasion);
	if (x->all->step)
		*record_get(&r, "step") = value_int(x->all->step);
	if (deed->template)
		set_text(&r, "template", str_of(deed->template));
	set_text(&r, "payload", payload);
	*record_get(&r, "any_hour") = value_int(deed->any_hour);
	int64_t due = follow_hour(s, &r, s->settings.calendar.now);
	set_text(&r, "due_at", instant_print(due, a));
	if (store_put(s, &r, PUT_TRUSTED, a, x->d) == WROTE_NOTHING)
		return false;
	do_note(&x->did, "errand-%lld", (long long)r.id);
	return true;
}
