/*
 * Events come in as other systems have them.  Columns by which a person is known say whom
 * an event is about; they, and columns that are no field, are kept in its payload, so that
 * nothing is lost and strangers can be recognised later.
 */
#include "cli/events.h"

#include <stdio.h>

#include "core/buf.h"
#include "domain/campaign.h"
#include "domain/identify.h"
#include "domain/import_event.h"
#include "schema/check.h"
#include "stream/json.h"

const struct option_def events_options[] = {
	{ "source", 0, OPTION_TEXT, "NAME", "system that reports, where the rows do not say",
	  NULL },
	{ 0 },
};

static const char *const known_by[] = { "customer", "email", "phone", "zalo", "facebook", NULL };
static const char *const added[] = { "contact", "account", "lead", "source", "payload" };
enum { CONTACT, ACCOUNT, LEAD, SOURCE, PAYLOAD };

/* Which columns go where; made anew when the stream's columns change. */
static struct plan {
	struct arena arena;
	unsigned layout;
	size_t n;	   /* of the stream's columns that are fields */
	struct str *names; /* those, then `added` where the stream lacks them */
	size_t *from;	   /* place in the stream's row; added ones: past its end */
	size_t width;
	size_t place[countof(added)]; /* where each of `added` is among the names */
} plan;

static bool is_field(const struct entity *e, struct str name, struct arena *a)
{
	return !is_one_of(name, known_by) && field_by_header(e, name, a) != NULL;
}

static void make_plan(struct crm *crm, const struct row *row, struct arena *a)
{
	size_t room = row->n + countof(added);
	arena_reset(&plan.arena);
	plan = (struct plan){ .arena = plan.arena, .layout = row->layout };
	plan.names = arena_new(&plan.arena, struct str, room);
	plan.from = arena_new(&plan.arena, size_t, room);
	for (size_t i = 0; i < row->n; i++) {
		if (!is_field(crm->entity, row->names[i], a))
			continue;
		plan.names[plan.n] = arena_str(&plan.arena, row->names[i]);
		plan.from[plan.n++] = i;
	}
	plan.width = plan.n;
	for (size_t i = 0; i < countof(added); i++) {
		size_t j = 0;
		while (j < plan.n && field_by_header(crm->entity, plan.names[j], a) !=
					 entity_field(crm->entity, str_of(added[i])))
			j++;
		plan.place[i] = j < plan.n ? j : plan.width;
		if (j < plan.n)
			continue;
		plan.names[plan.width] = str_of(added[i]);
		plan.from[plan.width++] = row->n + i;
	}
}

static void put_member(struct buf *b, struct str name, const struct cell *cell)
{
	buf_putc(b, b->n ? ',' : '{');
	json_put_string(b, name);
	buf_putc(b, ':');
	json_put_cell(b, cell);
}

static bool says_something(const struct cell *c)
{
	return c->kind != CELL_ABSENT && c->kind != CELL_NULL && c->text.n;
}

/*
 * The columns that are no fields, as a JSON object, with the row's own payload among
 * them; absent where there are none, and the row's own is all.
 */
static struct cell payload_of(struct crm *crm, const struct row *row, struct arena *a)
{
	struct buf b = { 0 };
	size_t own = plan.place[PAYLOAD];
	for (size_t i = 0; i < row->n; i++)
		if (says_something(&row->cells[i]) && !is_field(crm->entity, row->names[i], a))
			put_member(&b, row->names[i], &row->cells[i]);
	if (!b.n)
		return (struct cell){ CELL_ABSENT, { 0 } };
	if (own < plan.n && says_something(&row->cells[plan.from[own]]))
		put_member(&b, STR("payload"), &row->cells[plan.from[own]]);
	buf_putc(&b, '}');
	struct str text = buf_copy(&b, a);
	buf_free(&b);
	return (struct cell){ CELL_TEXT, text };
}

/* The cell of a column; an absent one where the row has it not. */
static struct cell column(const struct row *row, const char *name)
{
	const struct cell *cell = row_cell(row, name);
	return cell ? *cell : (struct cell){ CELL_ABSENT, { 0 } };
}

/* The campaign that the row names, or 0: a wrong one is found when the row is read. */
static int64_t campaign_of(struct crm *crm, const struct row *row)
{
	const struct entity *e = schema_entity(&crm->store->schema, STR("campaign"));
	struct cell c = column(row, "campaign");
	struct diag d = { 0 };
	int64_t id = 0;
	if (says_something(&c) && !ref_resolve(&crm->resolver, e, c.text, &id, NULL, &d))
		id = 0;
	diag_free(&d);
	return id;
}

static bool is_member(struct crm *crm, int64_t campaign, const struct identified *who,
		      struct arena *a)
{
	return strcmp(who->entity->name, "user") &&
	       membership_of(crm->store, "campaign_member", "campaign", campaign, who->entity,
			     who->id, a);
}

/*
 * The first of those that the row's numbers and addresses belong to; before all others one
 * who is in its campaign.
 */
static bool whose(struct crm *crm, const struct row *row, int64_t campaign, struct identified *who,
		  struct arena *a)
{
	struct identified all[IDENTIFIED_MAX];
	bool more;
	for (const char *const *name = known_by; *name; name++) {
		struct cell c = column(row, *name);
		size_t n = says_something(&c) ? identify(crm->store, c.text, all, &more, a) : 0;
		size_t i = 0;
		while (campaign && i < n && !is_member(crm, campaign, &all[i], a))
			i++;
		i = campaign && i < n ? i : 0;
		if (n && strcmp(all[i].entity->name, "user")) {
			*who = all[i];
			return true;
		}
	}
	return false;
}

static bool names_person(const struct row *row)
{
	for (int i = CONTACT; i <= LEAD; i++) {
		struct cell c = column(row, added[i]);
		if (says_something(&c))
			return true;
	}
	return false;
}

static bool prepare(struct crm *crm, struct row *row, struct arena *a, struct diag *d)
{
	const char *source = option(crm, "source");
	struct cell extra[countof(added)] = { 0 };
	struct identified who;
	(void)d;
	if (row->layout != plan.layout)
		make_plan(crm, row, a);
	if (!names_person(row) && whose(crm, row, campaign_of(crm, row), &who, a))
		for (int i = CONTACT; i <= LEAD; i++)
			if (!strcmp(added[i], who.entity->name))
				extra[i] =
				    (struct cell){ CELL_TEXT, ref_print(who.entity, who.id, a) };
	if (source)
		extra[SOURCE] = (struct cell){ CELL_TEXT, str_of(source) };
	extra[PAYLOAD] = payload_of(crm, row, a);
	struct cell *cells = arena_new(a, struct cell, plan.width);
	for (size_t i = 0; i < plan.n; i++)
		cells[i] = row->cells[plan.from[i]];
	for (size_t i = 0; i < countof(added); i++) {
		struct cell *cell = &cells[plan.place[i]];
		if (says_something(&extra[i]) && (i == PAYLOAD || !says_something(cell)))
			*cell = extra[i];
	}
	row->names = plan.names;
	row->cells = cells;
	row->n = plan.width;
	return true;
}

static char *assignment(struct crm *crm, struct str name, struct str value)
{
	size_t room = name.n + value.n + 2;
	char *word = arena_alloc(&crm->arena, room);
	snprintf(word, room, "%.*s=%.*s", (int)name.n, name.p, (int)value.n, value.p);
	return word;
}

/* Words such as email=… are no fields: they become a row, and that what it says. */
static int from_words(struct crm *crm, int argc, char **argv)
{
	struct str *names = arena_new(&crm->arena, struct str, (size_t)argc);
	struct cell *cells = arena_new(&crm->arena, struct cell, (size_t)argc);
	char **all = arena_new(&crm->arena, char *, (size_t)argc + countof(added));
	struct row row = { .names = names, .cells = cells };
	int n = 0;
	for (int i = 0; i < argc; i++) {
		struct str rest = str_of(argv[i]), name;
		bool word = strchr(argv[i], '=') && str_cut(&rest, '=', &name);
		if (word && is_one_of(name, known_by)) {
			names[row.n] = name;
			cells[row.n++] = (struct cell){ CELL_TEXT, rest };
		} else {
			all[n++] = argv[i];
		}
	}
	if (row.n) {
		row.layout = 1;
		prepare(crm, &row, &crm->arena, &crm->diag);
	}
	for (size_t i = 0; i < row.n; i++)
		if (says_something(&row.cells[i]))
			all[n++] = assignment(crm, row.names[i], row.cells[i].text);
	return crud_add(crm, n, all);
}

int events_add(struct crm *crm, int argc, char **argv)
{
	bool stream = argc == 0;
	for (int i = 0; i < argc; i++)
		stream |= !strcmp(argv[i], "-");
	if (!stream)
		return from_words(crm, argc, argv);
	crm->prepare = prepare;
	return crud_add(crm, argc, argv);
}

/* -- strangers, recognised -- */

static bool match_one(struct writes *w, const struct record *event, struct arena *a, struct diag *d)
{
	struct json_layout layout = { 0 };
	struct row row = { 0 };
	struct diag unread = { 0 };
	struct identified who;
	const struct value *campaign = record_at(event, "campaign");
	struct record r = *event, changed = record_new(event->entity, a);
	event_find_person(w->crm->store, &r, a);
	bool known = is_set(&r, "contact") || is_set(&r, "account") || is_set(&r, "lead");
	for (int i = CONTACT; i <= LEAD; i++)
		*record_get(&changed, added[i]) = *record_at(&r, added[i]);
	changed.id = event->id;
	if (!known && is_set(event, "payload") &&
	    json_record(text_of(event, "payload"), &row, &layout, a, &unread) &&
	    whose(w->crm, &row, campaign->kind == V_INT ? campaign->i : 0, &who, a)) {
		*record_get(&changed, who.entity->name) = value_int(who.id);
		known = true;
	}
	diag_free(&unread);
	arena_free(&layout.arena);
	return !known || writes_put(w, &changed, 0, a, d) != WROTE_NOTHING;
}

int events_match(struct crm *crm, int argc, char **argv)
{
	struct query_context q = query_context(crm, crm->entity);
	struct select what = { .context = &q, .limit = -1 };
	struct operands o;
	struct writes w;
	struct arena a = { 0 };
	struct diag d = { 0 };
	operands_parse(crm, crm->entity, argc, argv, OPERAND_SEARCH, &o);
	struct node *stranger =
	    where_parse(STR("contact is null and account is null and lead is null and "
			    "(payload is not null or address is not null)"),
			&q, &crm->diag);
	if (!stranger)
		refuse(crm, STATUS_ENV);
	what.where = node_and(o.where, stranger, &crm->arena);
	if (writes_begin(&w, crm)) {
		size_t n;
		int64_t *ids = select_ids(crm->store, &what, &n, &crm->arena);
		for (size_t i = 0; i < n; i++) {
			struct record r;
			if (store_get(crm->store, crm->entity, ids[i], &r, &a) &&
			    !match_one(&w, &r, &a, &d)) {
				d.source = ref_print(crm->entity, ids[i], &a);
				complain(crm, &d);
			}
			arena_reset(&a);
		}
	}
	arena_free(&a);
	diag_free(&d);
	return writes_end(&w);
}
