/* Where the fields of a lead go, and what gives way to what. */
#include "domain/blend.h"
#include "domain/convert.h"
#include "schema/check.h"

const char *const part_names[PARTS] = { "account", "contact", "deal" };

static void add_route(struct route *routes, size_t *n, const struct schema *s,
		      const struct field *from, struct str to)
{
	struct str part;
	if (!str_cut(&to, '.', &part))
		return;
	for (enum part p = 0; p < PARTS; p++) {
		const struct entity *e = schema_entity(s, str_of(part_names[p]));
		const struct field *f = str_is(part, part_names[p]) ? entity_field(e, to) : NULL;
		if (f)
			routes[(*n)++] = (struct route){ .from = from, .part = p, .to = f };
	}
}

/* What goes to a contact goes to the account of a person, unless it goes there anyway. */
static void add_person_routes(struct route *routes, size_t *n, size_t first,
			      const struct entity *account)
{
	size_t end = *n;
	for (size_t i = first; i < end; i++)
		if (routes[i].part == PART_ACCOUNT)
			return;
	for (size_t i = first; i < end; i++) {
		const struct field *f = entity_field(account, str_of(routes[i].to->name));
		if (routes[i].part == PART_CONTACT && f && f->type == routes[i].to->type)
			routes[(*n)++] = (struct route){ .from = routes[i].from,
							 .part = PART_ACCOUNT,
							 .to = f,
							 .person = true };
	}
}

/*
 * A custom field goes where there is one of its name that means the same; an amount
 * only where its currency goes too.
 */
static void add_custom_routes(struct route *routes, size_t *n, const struct schema *s,
			      const struct field *from)
{
	for (enum part p = 0; p < PARTS && !(from->flags & F_RETIRED); p++) {
		const struct entity *e = schema_entity(s, str_of(part_names[p]));
		const struct field *to = entity_field(e, str_of(from->name));
		if (!to || to->flags & (F_SYSTEM | F_DERIVED | F_IMMUTABLE | F_RETIRED))
			continue;
		if (to->type == from->type &&
		    str_eq(str_of(to->picklist), str_of(from->picklist)) &&
		    str_eq(str_of(to->ref), str_of(from->ref)) &&
		    (to->type != &type_money || entity_field(e, STR("currency"))))
			routes[(*n)++] = (struct route){ .from = from, .part = p, .to = to };
	}
}

struct route *convert_routes(const struct schema *s, size_t *n, struct arena *a)
{
	enum { DESTINATIONS = 8 }; /* of one field, at most */
	const struct entity *lead = schema_entity(s, STR("lead"));
	const struct entity *account = schema_entity(s, STR("account"));
	struct route *routes = arena_new(a, struct route, lead->nfields * DESTINATIONS);
	*n = 0;
	for (size_t i = 0; i < lead->nfields; i++) {
		struct str rest = str_of(lead->fields[i].converts), to;
		size_t first = *n;
		if (lead->fields[i].flags & F_CUSTOM) {
			add_custom_routes(routes, n, s, &lead->fields[i]);
			continue;
		}
		while (*n - first < DESTINATIONS / 2 && str_cut(&rest, ' ', &to))
			add_route(routes, n, s, &lead->fields[i], to);
		add_person_routes(routes, n, first, account);
	}
	return routes;
}

static void differ(struct converted *out, const struct field *f, const struct value *v,
		   struct arena *a)
{
	size_t at = field_index(out->record.entity, f);
	if (!out->differences) /* each field differs but once */
		out->differences = arena_new(a, struct difference, out->record.entity->nfields);
	out->differences[out->ndifferences++] =
	    (struct difference){ f, out->before.values[at], *v };
}

void convert_set(struct converted *out, const struct field *f, const struct value *v,
		 struct arena *a)
{
	size_t at = field_index(out->record.entity, f);
	if (out->action == ACTION_CREATE || !value_set(&out->before.values[at]))
		out->record.values[at] = *v;
	else if (!value_eq(&out->before.values[at], v))
		differ(out, f, v, a);
}

static struct str currency_of(const struct converter *c, const struct record *r)
{
	struct str code = text_of(r, "currency");
	return code.n ? code : str_of(c->store->settings.currency);
}

/* Amounts may come to a record that is in their currency, or has none yet. */
static bool currency_fits(const struct converter *c, const struct record *lead,
			  const struct record *before)
{
	if (!entity_field(before->entity, STR("currency")) ||
	    str_eq(currency_of(c, lead), currency_of(c, before)))
		return true;
	for (size_t i = 0; i < before->entity->nfields; i++)
		if (before->entity->fields[i].type == &type_money && value_set(&before->values[i]))
			return false;
	return !is_set(before, "currency");
}

/* One field of a record that is there. */
static void merge(const struct converter *c, const struct route *r, const struct record *lead,
		  struct converted *out, bool money_fits, struct arena *a)
{
	const struct value *v = record_at(lead, r->from->name);
	size_t at = field_index(out->record.entity, r->to);
	struct value *to = &out->record.values[at], *has = &out->before.values[at];
	const struct field *flag = blend_consent(r->to, out->record.entity);
	bool money = r->to->type == &type_money || r->to->type == &type_currency;
	struct codec codec = store_codec(c->store, a);
	if (flag) {
		if (blend_stricter(lead, &out->before, flag))
			*to = value_set(v) ? *v : value_null();
	} else if (!value_set(v) || blend_alike(c->store, r->to, has, v, a)) {
		return;
	} else if ((!value_set(has) || r->overwrite) && (!money || money_fits)) {
		*to = *v;
	} else if (r->to->type == &type_tags) {
		*to = blend_lists(has, v, r->to, &codec);
	} else {
		differ(out, r->to, v, a);
	}
}

void convert_fill(const struct converter *c, const struct record *lead, enum part part,
		  bool as_person, struct converted *out, struct arena *a)
{
	bool fits = out->action == ACTION_CREATE || currency_fits(c, lead, &out->before);
	for (size_t i = 0; i < c->nroutes; i++) {
		const struct route *r = &c->routes[i];
		const struct value *v = record_at(lead, r->from->name);
		if (r->part != part || (r->person && !as_person))
			continue;
		if (out->action == ACTION_LINK)
			merge(c, r, lead, out, fits, a);
		else if (value_set(v))
			out->record.values[field_index(out->record.entity, r->to)] = *v;
	}
}

/* Whether a word of --overwrite means this route: phone, or account.phone. */
static bool names_route(struct str word, const struct route *r)
{
	struct str part = word, field;
	if (str_is(word, r->from->name))
		return true;
	field = word;
	return str_find(word, '.') >= 0 && str_cut(&field, '.', &part) &&
	       str_is(part, part_names[r->part]) && str_is(field, r->to->name);
}

static bool no_route(const struct entity *lead, struct str word, struct diag *d)
{
	const char *near = nearest_field(lead, word);
	if (entity_field(lead, word))
		return diag_set(d, NULL, "%s stays on the lead", quoted(word, &d->arena));
	return diag_set(d, NULL, "no field %s of a lead goes anywhere%s%s%s",
			quoted(word, &d->arena), near ? "; did you mean " : "", near ? near : "",
			near ? "?" : "");
}

bool converter_overwrite(struct converter *c, struct str fields, struct diag *d)
{
	struct str word;
	while (str_cut(&fields, ',', &word)) {
		bool found = false;
		word = str_trim(word);
		for (size_t i = 0; i < c->nroutes; i++) {
			struct route *r = &c->routes[i];
			if (!names_route(word, r))
				continue;
			if (str_starts(str_of(r->from->name), "do_not_"))
				return diag_set(d, NULL,
						"%s: of two consents the stricter one wins, "
						"whatever is wished",
						quoted(word, &d->arena));
			found = r->overwrite = true;
		}
		if (!found)
			return no_route(store_entity(c->store, "lead"), word, d);
	}
	return true;
}
