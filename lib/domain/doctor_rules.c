/* Checks on fields, made from the schema: what every record type has to obey. */
#include "domain/doctor_rules.h"

/* t."owner" */
static void column(struct sql *q, const struct field *f)
{
	sql_add(q, "t.");
	sql_column(q, f);
}

static bool is_listed(const char *words, const char *name)
{
	struct str rest = str_of(words), word;
	while (str_cut(&rest, ' ', &word))
		if (str_is(word, name))
			return true;
	return false;
}

bool rule_orphan(const struct doctor *d, const struct entity *e, const struct field *f,
		 struct sql *out)
{
	const struct entity *to = f->type == &type_ref ? store_entity(d->store, f->ref) : NULL;
	(void)e;
	if (!to)
		return false;
	column(out, f);
	sql_add(out, " is not null and not exists (select 1 from ");
	sql_table(out, to);
	sql_add(out, " x where x.id = ");
	column(out, f);
	sql_add(out, ")");
	return true;
}

bool rule_picklist(const struct doctor *d, const struct entity *e, const struct field *f,
		   struct sql *out)
{
	(void)e;
	if (f->type != &type_pick)
		return false;
	const struct picklist *l = schema_picklist(&d->store->schema, f->picklist);
	column(out, f);
	sql_add(out, " not in (");
	for (size_t i = 0; i < l->n; i++) {
		if (i)
			sql_add(out, ", ");
		sql_text(out, str_of(l->picks[i].key));
	}
	sql_add(out, ")");
	return true;
}

bool rule_required(const struct doctor *d, const struct entity *e, const struct field *f,
		   struct sql *out)
{
	(void)d, (void)e;
	if (!(f->flags & F_REQUIRED))
		return false;
	column(out, f);
	sql_add(out, " is null");
	return true;
}

bool rule_future(const struct doctor *d, const struct entity *e, const struct field *f,
		 struct sql *out)
{
	static const char past[] =
	    "created_at updated_at done_at started_at closed_at converted_at opened_at resolved_at"
	    " first_response_at last_contacted_at stage_since assigned_at birth_date founded_on"
	    " customer_since ordered_on delivered_on paid_on returned_on";
	(void)e;
	bool day = f->type == &type_date;
	if ((!day && f->type != &type_instant) || !is_listed(past, f->name))
		return false;
	column(out, f);
	sql_add(out, " > ");
	doctor_fill(d, out, day ? "{today}" : "{now}");
	return true;
}

/* What does not end before it has begun. */
static const struct {
	const char *begin, *end;
} spans[] = {
	{ "started_at", "done_at" },	      { "created_at", "updated_at" },
	{ "created_at", "closed_at" },	      { "created_at", "converted_at" },
	{ "opened_at", "resolved_at" },	      { "opened_at", "closed_at" },
	{ "opened_at", "first_response_at" }, { "opened_at", "response_due" },
	{ "opened_at", "resolution_due" },    { "quoted_on", "valid_until" },
	{ "ordered_on", "delivered_on" },     { "ordered_on", "returned_on" },
	{ "starts_on", "ends_on" },	      { "start_on", "end_on" },
};

bool rule_before(const struct doctor *d, const struct entity *e, const struct field *f,
		 struct sql *out)
{
	bool any = false;
	(void)d;
	for (size_t i = 0; i < countof(spans); i++) {
		const struct field *begin = entity_field(e, str_of(spans[i].begin));
		if (strcmp(spans[i].end, f->name) || !begin || begin->type != f->type)
			continue;
		if (any)
			sql_add(out, " or ");
		column(out, f);
		sql_add(out, " < ");
		column(out, begin);
		any = true;
	}
	return any;
}

/* What one wants to know of everybody. */
static const struct {
	const char *entity, *fields;
} wanted[] = {
	{ "lead", "phone email source owner city need" },
	{ "account", "phone email source owner industry tax_code" },
	{ "contact", "phone email role account birth_date owner" },
	{ "deal", "amount expected_close contact source next_step owner" },
	{ "activity", "outcome owner" },
	{ "order", "account channel payment_method owner" },
	{ "ticket", "account channel owner" },
};

bool rule_complete(const struct doctor *d, const struct entity *e, const struct field *f,
		   struct sql *out)
{
	bool is_wanted = false;
	(void)d;
	for (size_t i = 0; i < countof(wanted); i++)
		is_wanted |=
		    !strcmp(wanted[i].entity, e->name) && is_listed(wanted[i].fields, f->name);
	if (!is_wanted)
		return false;
	column(out, f);
	sql_add(out, " is null");
	return true;
}
