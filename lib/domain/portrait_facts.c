/* What is so of the customer, of the account around it, and of who looks after it. */
#include "core/date.h"
#include "domain/portrait_impl.h"
#include "schema/check.h"
#include "schema/label.h"

/* What people see of them; machines see all fields. */
static const struct {
	const char *entity, *fields, *names;
} facts[] = {
	{ "lead",
	  "id,kind,status,salutation,title,company,rating,score,source,channel,campaign.name,"
	  "interest,need,budget,currency,industry,employees,annual_revenue,tax_code,birth_date,"
	  "founded_on,next_contact_at,last_contacted_at,contact_attempts,first_response_at,"
	  "disqualify_reason,created_at,converted_at,account.name,contact.name,deal.name,tags,"
	  "notes",
	  "campaign.name,account.name,contact.name,deal.name" },
	{ "account",
	  "id,kind,type,lifecycle,customer_since,tier,parent.name,industry,employees,"
	  "annual_revenue,currency,legal_name,tax_code,salutation,title,gender,birth_date,"
	  "founded_on,source,campaign.name,next_contact_at,last_contacted_at,created_at,tags,"
	  "description",
	  "parent.name,campaign.name" },
	{ "contact",
	  "id,salutation,title,department,role,account.name,is_primary,reports_to.name,gender,"
	  "birth_date,source,next_contact_at,last_contacted_at,created_at,tags,description",
	  "account.name,reports_to.name" },
};

/* The shipped ones, and all that an installation has added and still uses. */
static struct str shown_fields(struct maker *m, const struct entity *e, const char *list)
{
	struct buf b = { 0 };
	buf_puts(&b, list);
	for (size_t i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & F_CUSTOM && !(e->fields[i].flags & F_RETIRED))
			buf_printf(&b, ",%s", e->fields[i].name);
	struct str out = buf_copy(&b, m->arena);
	buf_free(&b);
	return out;
}

/* One row of those fields of one record; false: there is no such record. */
static bool read_facts(struct maker *m, const struct entity *e, int64_t id, struct str fields,
		       size_t extra, enum ring ring, struct portrait_part *p)
{
	struct query_context *q = arena_new(m->arena, struct query_context, 1);
	struct select what = { .context = q, .limit = -1 };
	struct diag d = { 0 };
	struct path *paths;
	const struct cell *cells;
	*q = portrait_query(m, e->name);
	if (!fields_parse(fields, q, NULL, 0, &paths, &what.npaths, &d))
		die(STATUS_ENV, "fields of %s: %.*s", e->name, (int)d.message.n, d.message.p);
	what.paths = paths;
	what.where = node_refs(e, &id, 1, m->arena);
	p->columns = portrait_fields(m, &what, extra);
	p->ncolumns = what.npaths;
	struct cursor *c = cursor_open(m->store, &what);
	bool found = cursor_next(c, m->wish->human, &cells, &id);
	if (found) {
		struct cell *kept = arena_new(m->arena, struct cell, what.npaths + extra);
		for (size_t i = 0; i < what.npaths; i++)
			kept[i] =
			    (struct cell){ cells[i].kind, arena_str(m->arena, cells[i].text) };
		portrait_row_new(m, p, kept, ring);
	}
	cursor_close(c);
	return found;
}

static void add_fact(struct maker *m, struct portrait_part *p, const char *name, const char *en,
		     const char *vi, struct cell cell)
{
	p->columns[p->ncolumns] =
	    (struct column){ str_of(name), str_of(label(m->store->settings.language, en, vi)),
			     false };
	p->rows[0].cells[p->ncolumns++] = cell;
}

struct day_fact {
	const char *field;
	const char *age, *age_en, *age_vi;    /* whole years since */
	const char *next, *next_en, *next_vi; /* when it comes round again */
};

enum { DAY_FACTS = 2, FACTS_A_DAY = 2 };

static const struct day_fact day_facts[DAY_FACTS] = {
	{ "birth_date", "age", "Age", "Tuổi", "next_birthday", "Next birthday",
	  "Sinh nhật sắp tới" },
	{ "founded_on", "founded_years", "Years since founding", "Số năm thành lập",
	  "next_founding_day", "Next founding day", "Kỷ niệm thành lập sắp tới" },
};

/* 29 February is kept on the 28th in other years. */
static int64_t day_in_year(struct civil c, int year)
{
	c.year = year;
	while (!civil_valid(c))
		c.day--;
	return day_of(c);
}

/* "1990-05-17" or "--05-17"; false: neither. */
static bool read_day(struct str text, struct civil *c, bool *has_year, struct arena *a)
{
	int64_t day;
	*has_year = day_scan(text, &day);
	if (!*has_year &&
	    (!str_starts(text, "--") ||
	     !day_scan(arena_printf(a, "2000-%.*s", (int)text.n - 2, text.p + 2), &day)))
		return false;
	*c = civil_of(day);
	return true;
}

static void add_day_facts(struct maker *m, const struct record *r, const struct day_fact *f,
			  struct portrait_part *p)
{
	int64_t today = zone_day(store_instant(m->store));
	int year = civil_of(today).year;
	struct cell age = cell_null(), next = cell_null();
	struct civil c;
	bool has_year;
	if (!entity_field(r->entity, str_of(f->field)))
		return;
	if (read_day(text_of(r, f->field), &c, &has_year, m->arena)) {
		int64_t at = day_in_year(c, year);
		if (has_year && c.year <= year)
			age = cell_int(year - c.year - (at > today && c.year < year), m->arena);
		if (at < today)
			at = day_in_year(c, year + 1);
		next = cell_text(day_print(at, m->arena));
	}
	add_fact(m, p, f->age, f->age_en, f->age_vi, age);
	add_fact(m, p, f->next, f->next_en, f->next_vi, next);
}

static void fill_of(struct maker *m, const struct entity *e, int64_t id, enum ring ring,
		    struct portrait_part *p)
{
	size_t i = 0;
	struct record r;
	while (strcmp(facts[i].entity, e->name))
		i++;
	struct str fields = m->wish->human ? shown_fields(m, e, facts[i].fields)
					   : arena_printf(m->arena, "*,%s", facts[i].names);
	if (!read_facts(m, e, id, fields, DAY_FACTS * FACTS_A_DAY, ring, p) ||
	    !store_get(m->store, e, id, &r, m->arena))
		return;
	for (i = 0; i < DAY_FACTS; i++)
		add_day_facts(m, &r, &day_facts[i], p);
}

void fill_customer(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	(void)def;
	fill_of(m, m->p->customer.entity, m->p->customer.id, RING_OWN, p);
}

void fill_account(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	(void)def;
	if (m->around)
		fill_of(m, m->around, m->around_id, RING_AROUND, p);
}

void fill_owner(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	const struct entity *e = entity_of(m, "user");
	struct record r;
	(void)def;
	if (!store_get(m->store, m->p->customer.entity, m->p->customer.id, &r, m->arena) ||
	    !is_set(&r, "owner"))
		return;
	read_facts(m, e, record_at(&r, "owner")->i,
		   m->wish->human ? STR("name,login,phone,email,team,team.department")
				  : STR("id,login,name,phone,email,role,team,team.department,"
					"team.manager,active,on_duty"),
		   0, RING_OWN, p);
}
