/* What the checks of several record types share. */
#include "schema/check.h"

#include "schema/reach.h"

struct str text_of(const struct record *r, const char *name)
{
	const struct value *v = record_at(r, name);
	return v->kind == V_TEXT ? v->s : (struct str){ "", 0 };
}

int64_t int_of(const struct record *r, const char *name)
{
	const struct value *v = r ? record_at(r, name) : NULL;
	return v && v->kind == V_INT ? v->i : 0;
}

bool is_set(const struct record *r, const char *name)
{
	return value_set(record_at(r, name));
}

bool is_true(const struct record *r, const char *name)
{
	const struct value *v = record_at(r, name);
	return v->kind == V_INT && v->i != 0;
}

bool changed(const struct record *r, const struct record *old, const char *name)
{
	static const struct value nothing = { .kind = V_NULL };
	return !value_eq(record_at(r, name), old ? record_at(old, name) : &nothing);
}

void set_text(struct record *r, const char *name, struct str s)
{
	*record_get(r, name) = s.n ? value_text(s) : value_null();
}

void set_null(struct record *r, const char *name)
{
	*record_get(r, name) = value_null();
}

void set_now(struct record *r, const char *name, const struct codec *c)
{
	set_text(r, name, instant_print(c->settings->calendar.now, c->arena));
}

static struct str join_name(const struct record *r, const struct codec *c)
{
	struct str first = text_of(r, "first_name"), last = text_of(r, "last_name");
	struct str a = c->settings->family_first ? last : first;
	struct str b = c->settings->family_first ? first : last;
	if (!a.n || !b.n)
		return a.n ? a : b;
	return arena_printf(c->arena, "%.*s %.*s", (int)a.n, a.p, (int)b.n, b.p);
}

void check_name(struct record *r, const struct record *old, const struct codec *c)
{
	bool parts = changed(r, old, "first_name") || changed(r, old, "last_name");
	bool ours = !is_set(r, "name") || (old && !changed(r, old, "name") &&
					   str_eq(text_of(old, "name"), join_name(old, c)));
	if (parts && ours && !c->restoring)
		set_text(r, "name", join_name(r, c));
}

void check_consent(struct record *r, const struct record *old, const struct codec *c)
{
	for (size_t i = 0; i < CHANNELS && !c->restoring; i++) {
		const char *const *field = channels[i].consent;
		bool is = is_true(r, field[CONSENT_NO]),
		     was = old && is_true(old, field[CONSENT_NO]);
		for (size_t k = CONSENT_SINCE; was && !is && k < CONSENT_PARTS; k++)
			if (!changed(r, old, field[k]))
				set_null(r, field[k]);
		if (was || !is)
			continue;
		if (!changed(r, old, field[CONSENT_SINCE]))
			set_now(r, field[CONSENT_SINCE], c);
		if (!changed(r, old, field[CONSENT_BY]) && c->settings->user)
			*record_get(r, field[CONSENT_BY]) = value_int(c->settings->user);
	}
}

void copy_about(struct record *to, const struct record *from)
{
	static const char *const names[] = { "lead",   "account", "contact", "deal",
					     "ticket", "order",	  "campaign" };
	for (size_t i = 0; i < countof(names); i++) {
		const struct field *f = entity_field(from->entity, str_of(names[i]));
		if (f && f->type == &type_ref && is_set(from, f->name) &&
		    entity_field(to->entity, str_of(names[i])))
			*record_get(to, names[i]) = *record_at(from, names[i]);
	}
}

bool is_one_of(struct str s, const char *const *keys)
{
	for (; *keys; keys++)
		if (str_is(s, *keys))
			return true;
	return false;
}

void settle_chance(struct record *r, int percent, bool certain, bool was_certain)
{
	if (!is_set(r, "win_probability"))
		return;
	if (certain)
		*record_get(r, "win_probability") = value_int((int64_t)percent * NUMBER_ONE);
	else if (was_certain)
		set_null(r, "win_probability");
}
