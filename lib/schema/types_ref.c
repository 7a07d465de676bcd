/* Types of days, instants, ids and references; and the table of all types. */
#include "core/buf.h"
#include "schema/schema.h"

static struct cell text_cell(struct str s)
{
	return (struct cell){ CELL_TEXT, s };
}

static bool parse_when(struct when *w, struct str s, const struct field *f, const struct codec *c,
		       struct diag *d)
{
	if (when_parse(s, &c->settings->calendar, w, d))
		return true;
	return diag_set(d, f->name, "%s", arena_str(&d->arena, d->message).p);
}

static bool parse_date(struct value *v, struct str s, const struct field *f, const struct codec *c,
		       struct diag *d)
{
	struct when w;
	int64_t day;
	if (day_scan(s, &day)) { /* what nearly every stream holds */
		*v = value_text(s);
		return true;
	}
	if (f->flags & F_PARTIAL) {
		struct str text;
		if (birthday_parse(s, c->settings->calendar.order, &text, c->arena, d)) {
			*v = value_text(text);
			return true;
		}
	}
	if (!parse_when(&w, s, f, c, d))
		return false;
	if (!w.is_instant && w.to != w.from + 1)
		return diag_set(d, f->name, "%s is more than one day", quoted(s, &d->arena));
	*v = value_text(day_print(w.is_instant ? zone_day(w.from) : w.from, c->arena));
	return true;
}

static bool parse_instant(struct value *v, struct str s, const struct field *f,
			  const struct codec *c, struct diag *d)
{
	struct when w;
	int64_t at;
	if (instant_scan(s, &at)) {
		*v = value_text(s);
		return true;
	}
	if (!parse_when(&w, s, f, c, d))
		return false;
	if (!w.is_instant && w.to != w.from + 1)
		return diag_set(d, f->name, "%s is more than one day", quoted(s, &d->arena));
	*v = value_text(instant_print(w.is_instant ? w.from : zone_instant(w.from, 0), c->arena));
	return true;
}

static struct cell print_date(const struct value *v, const struct field *f, const struct codec *c)
{
	(void)f;
	(void)c;
	return text_cell(v->s);
}

static struct cell print_instant(const struct value *v, const struct field *f,
				 const struct codec *c)
{
	int64_t at;
	(void)f;
	if (c->human && instant_scan(v->s, &at))
		return text_cell(instant_print_local(at, c->arena));
	return text_cell(v->s);
}

/* lead-42 or 42 is the record itself; anything else waits to be resolved (V_TEXT). */
static bool parse_ref(struct value *v, struct str s, const struct field *f, const struct codec *c,
		      struct diag *d)
{
	const struct entity *e;
	int64_t id;
	if (ref_parse(c->schema, s, &e, &id)) {
		if (strcmp(e->name, f->ref))
			return diag_set(d, f->name, "%s is no %s", quoted(s, &d->arena), f->ref);
		*v = value_int(id);
	} else if (id_parse(s, &id)) {
		*v = value_int(id);
	} else {
		*v = value_text(s);
	}
	return true;
}

static bool parse_id(struct value *v, struct str s, const struct field *f, const struct codec *c,
		     struct diag *d)
{
	if (!parse_ref(v, s, f, c, d))
		return false;
	if (v->kind != V_INT)
		return diag_set(d, f->name, "%s is no reference such as %s-42",
				quoted(s, &d->arena), f->ref);
	return true;
}

/* A reference to a keyed type comes out of a query as its key: V_TEXT. */
static struct cell print_ref(const struct value *v, const struct field *f, const struct codec *c)
{
	if (v->kind == V_TEXT)
		return text_cell(v->s);
	return text_cell(arena_printf(c->arena, "%s-%lld", f->ref, (long long)v->i));
}

const struct type type_date = {
	"date",	    "TEXT",	COMPARE_TIME, false, "day: 2026-11-21, 21/11/2026, tomorrow, +3d",
	parse_date, print_date, NULL
};
const struct type type_instant = { "instant",
				   "TEXT",
				   COMPARE_TIME,
				   false,
				   "day with time: 2026-11-21T09:30, now, +2h, mon+9h",
				   parse_instant,
				   print_instant,
				   NULL };
const struct type type_ref = { "reference",
			       "INTEGER",
			       COMPARE_REF,
			       false,
			       "another record: lan, account-7, a name, a phone number",
			       parse_ref,
			       print_ref,
			       NULL };
const struct type type_id = { "id",	"INTEGER", COMPARE_REF, false, "reference of the record",
			      parse_id, print_ref, NULL };

const struct type *const types[] = {
	&type_text,   &type_external, &type_code,   &type_email,   &type_phone, &type_url,
	&type_int,    &type_handle,   &type_number, &type_percent, &type_money, &type_currency,
	&type_date,   &type_instant,  &type_bool,   &type_pick,	   &type_ref,	&type_tags,
	&type_shares, &type_rrule,    &type_id,
};
const size_t ntypes = countof(types);
