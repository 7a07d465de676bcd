/* Who can be reached, and by what: written to or rung. */
#include "schema/reach.h"

#include "schema/check.h"

const char *const person_types[PERSON_TYPES + 1] = { "contact", "account", "lead", NULL };

/* clang-format off */
#define DO_NOT(way) { "do_not_" way, "do_not_" way "_at", "do_not_" way "_by", "do_not_" way "_source" }

const struct channel channels[CHANNELS] = {
	{ "call", "call", "telephone", "gọi điện", DO_NOT("call"),
	  { "mobile", "phone" }, "no telephone number" },
	{ "email", "email", "e-mail", "email", DO_NOT("email"),
	  { "email" }, "no e-mail address" },
	{ "sms", "sms", "text message", "SMS", DO_NOT("sms"),
	  { "mobile", "phone" }, "no telephone number" },
	{ "zalo", "chat", "Zalo", "Zalo", DO_NOT("zalo"),
	  { "zalo", "mobile", "phone" }, "neither a Zalo account nor a telephone number" },
};
/* clang-format on */

const struct channel *channel_named(struct str name)
{
	for (size_t i = 0; i < CHANNELS; i++)
		if (str_is(name, channels[i].name))
			return &channels[i];
	return NULL;
}

const char *channel_consent(struct str name)
{
	const struct channel *c = channel_named(name);
	return c ? c->consent[CONSENT_NO] : NULL;
}

const struct field *channel_field(const struct channel *c, const struct record *who)
{
	for (const char *const *name = c->fields; *name; name++) {
		const struct field *f = entity_field(who->entity, str_of(*name));
		if (f && is_set(who, f->name))
			return f;
	}
	return NULL;
}
