/* Whom messages go to, whether they may, and how they are addressed. */
#include "core/name.h"
#include "core/phone.h"
#include "domain/mail.h"
#include "domain/suppress.h"
#include "schema/check.h"
#include "schema/label.h"
#include "schema/reach.h"

const char mail_bounced[] = "mail to the address came back";

/* The number to which text messages go: the first that is one. */
static struct str number_of(struct store *s, const struct record *r, const struct channel *c,
			    struct arena *a)
{
	struct str number = { 0 };
	for (const char *const *name = c->fields; *name && !number.n; name++)
		if (entity_field(r->entity, str_of(*name)))
			number = phone_e164(text_of(r, *name), s->settings.region, a);
	return number;
}

/* A campaign may be refused, and no other mail. */
static bool opted_out(struct store *s, int64_t campaign, const struct person *p, struct arena *a)
{
	struct record r;
	int64_t id = membership_of(s, "campaign_member", "campaign", campaign, p->entity, p->id, a);
	return id && store_get(s, store_entity(s, "campaign_member"), id, &r, a) &&
	       str_is(text_of(&r, "status"), "opted_out");
}

bool mail_whom(struct store *s, enum letter_kind kind, const struct entity *e, int64_t id,
	       int64_t campaign, struct mail_whom *out, struct arena *a)
{
	struct str channel = str_of(letter_kinds[kind]);
	*out = (struct mail_whom){ .person = addressee_of(s, e, id, a) };
	if (!out->person.entity ||
	    !store_get(s, out->person.entity, out->person.id, &out->record, a))
		return false;
	out->name = text_of(&out->record, "name");
	out->address = kind == LETTER_EMAIL ? text_of(&out->record, "email")
					    : number_of(s, &out->record, channel_named(channel), a);
	out->refusal = person_refusal(s, channel, &out->person, NULL, a);
	if (!out->refusal && campaign && opted_out(s, campaign, &out->person, a))
		out->refusal = "opted out of the campaign";
	if (!out->refusal && kind == LETTER_EMAIL && out->address.n &&
	    address_bounced(s, out->address, a))
		out->refusal = mail_bounced;
	return true;
}

/* -- how they are addressed -- */

static bool is_person(const struct record *r)
{
	return strcmp(r->entity->name, "account") || !str_is(text_of(r, "kind"), "org");
}

static struct str title_of(struct store *s, const struct record *r, enum language l)
{
	struct str key = text_of(r, "salutation"), gender = { 0 };
	if (key.n)
		return key_label(schema_picklist(&s->schema, "salutation"), key, l);
	if (l != VIETNAMESE)
		return key;
	if (entity_field(r->entity, STR("gender")))
		gender = text_of(r, "gender");
	return str_is(gender, "male")	  ? STR("Anh")
	       : str_is(gender, "female") ? STR("Chị")
					  : STR("Anh/Chị");
}

static struct str called(struct store *s, const struct record *person, bool by_given,
			 struct arena *a)
{
	struct str full = text_of(person, "name");
	struct person_name parts;
	name_split(full, s->settings.family_first, &parts, a);
	struct str given =
	    is_set(person, "first_name") ? text_of(person, "first_name") : name_first(&parts, a);
	struct str family =
	    is_set(person, "last_name") ? text_of(person, "last_name") : name_last(&parts, a);
	struct str name = by_given || parts.family_first || !family.n ? given : family;
	return name.n ? name : full;
}

struct str mail_given_name(struct store *s, const struct record *person, struct arena *a)
{
	return is_person(person) ? called(s, person, true, a) : text_of(person, "name");
}

struct str mail_greeting(struct store *s, const struct record *person, enum language l,
			 struct arena *a)
{
	if (!is_person(person) || !is_set(person, "name"))
		return text_of(person, "name");
	struct str title = title_of(s, person, l);
	struct str name = called(s, person, l == VIETNAMESE || !title.n, a);
	return arena_printf(a, "%.*s%s%.*s", (int)title.n, title.p, title.n ? " " : "", (int)name.n,
			    name.p);
}
