/* crm-ticket sla, crm-lead sla: which promises will be broken. */
#include "cli/clocks.h"

#include "cli/heading.h"
#include "domain/ticket.h"
#include "schema/check.h"

const struct option_def clocks_options[] = {
	{ "all", 0, OPTION_FLAG, NULL, "also those that are resolved, closed, answered", NULL },
	{ "breached", 0, OPTION_FLAG, NULL, "only those for which a promise is broken", NULL },
	{ "within", 0, OPTION_TEXT, "TIME",
	  "only clocks with less working time left than 4h, 90min … (and the breached ones)",
	  NULL },
	{ 0 },
};

/* A field of the record, its owner's login, or what one of its clocks says. */
enum shown { FIELD, OWNER, STATE, LEFT };

struct clock_column {
	enum shown shown;
	size_t clock;
};

#define TEXT(name, en, vi)          \
	{                           \
		name, en, vi, false \
	}
#define CLOCK(name, en, vi, en_due, vi_due)                    \
	TEXT(name, en, vi), TEXT(name "_due", en_due, vi_due), \
	{                                                      \
		name "_left_s", "left", "còn lại", true        \
	}

/* clang-format off */
static const struct heading ticket_headings[] = {
	TEXT("id", "ID", "Mã"), TEXT("number", "Number", "Số"),
	TEXT("subject", "Subject", "Chủ đề"), TEXT("priority", "Priority", "Ưu tiên"),
	TEXT("status", "Status", "Trạng thái"), TEXT("owner", "Owner", "Người phụ trách"),
	CLOCK("response", "Response", "Phản hồi", "Response due", "Hạn phản hồi"),
	CLOCK("resolution", "Resolution", "Giải quyết", "Resolution due", "Hạn giải quyết"),
};

static const struct heading lead_headings[] = {
	TEXT("id", "ID", "Mã"), TEXT("name", "Name", "Họ và tên"),
	TEXT("source", "Source", "Nguồn"), TEXT("rating", "Rating", "Mức độ nóng"),
	TEXT("status", "Status", "Trạng thái"), TEXT("owner", "Owner", "Người phụ trách"),
	CLOCK("response", "Response", "Phản hồi", "Response due", "Hạn phản hồi"),
};

/* Of both, as far as they go. */
static const struct clock_column columns[] = {
	{ FIELD, 0 }, { FIELD, 0 }, { FIELD, 0 }, { FIELD, 0 }, { FIELD, 0 }, { OWNER, 0 },
	{ STATE, 0 }, { FIELD, 0 }, { LEFT, 0 }, { STATE, 1 }, { FIELD, 0 }, { LEFT, 1 },
};
/* clang-format on */

static const struct clocked {
	const char *entity;
	const struct heading *headings;
	size_t n;
	const char *open, *first; /* whose clocks may run; the most urgent first */
} clocked[] = {
	{ "ticket", ticket_headings, countof(ticket_headings), "status:new,open,pending",
	  "resolution_due" },
	{ "lead", lead_headings, countof(lead_headings), "first_response_at:none", "response_due" },
};

struct clocks {
	struct crm *crm;
	const struct clocked *what;
	struct writer *out;
	struct codec codec;
	int64_t within; /* seconds; INT64_MAX: all */
};

static struct cell cell_of(const struct clocks *k, const struct record *r, const char *name)
{
	const struct field *f = entity_field(r->entity, str_of(name));
	return field_print(f, record_at(r, name), &k->codec);
}

static struct cell left_cell(const struct clocks *k, const struct ticket_clock *c)
{
	bool shown = c->state == CLOCK_RUNNING || c->state == CLOCK_WAITING || c->left < 0;
	if (!shown)
		return cell_null();
	if (!k->codec.human)
		return (struct cell){ CELL_NUMBER,
				      arena_printf(k->codec.arena, "%lld", (long long)c->left) };
	return (struct cell){ CELL_TEXT, clock_left(c->left, k->codec.arena) };
}

static struct cell owner_cell(const struct clocks *k, const struct record *r)
{
	struct record owner;
	const struct value *v = record_at(r, "owner");
	const struct entity *e = schema_entity(k->codec.schema, STR("user"));
	if (v->kind != V_INT || !store_get(k->crm->store, e, v->i, &owner, k->codec.arena))
		return cell_null();
	return (struct cell){ CELL_TEXT, text_of(&owner, "login") };
}

static struct cell state_cell(const struct clocks *k, enum clock_state state)
{
	enum language l = k->codec.human ? crm_language(k->crm) : ENGLISH;
	return (struct cell){ CELL_TEXT, str_of(clock_state_label(state, l)) };
}

static bool is_near(const struct clocks *k, const struct ticket_clock *c)
{
	if (c->state == CLOCK_BREACHED)
		return true;
	return !option_on(k->crm, "breached") && c->state != CLOCK_NONE && c->state != CLOCK_MET &&
	       c->left < k->within;
}

static struct cell shown_cell(const struct clocks *k, size_t i, const struct record *r,
			      const struct ticket_clock *c)
{
	switch (columns[i].shown) {
	case OWNER:
		return owner_cell(k, r);
	case STATE:
		return state_cell(k, c[columns[i].clock].state);
	case LEFT:
		return left_cell(k, &c[columns[i].clock]);
	default:
		return cell_of(k, r, k->what->headings[i].name);
	}
}

static void put(const struct clocks *k, const struct record *r)
{
	struct store *s = k->crm->store;
	struct ticket_clock c[2] = { { .state = CLOCK_NONE }, { .state = CLOCK_NONE } };
	struct cell cells[countof(columns)];
	if (!strcmp(k->what->entity, "lead"))
		c[0] = lead_clock(s, r, store_instant(s));
	else
		ticket_clocks(s, r, store_instant(s), &c[0], &c[1]);
	bool chosen = option_on(k->crm, "breached") || k->within != INT64_MAX;
	if (chosen && !is_near(k, &c[0]) && !is_near(k, &c[1]))
		return;
	for (size_t i = 0; i < k->what->n; i++)
		cells[i] = shown_cell(k, i, r, c);
	writer_row(k->out, cells);
}

/* Those whose clocks may run, the most urgent first. */
static int64_t *chosen_ids(const struct clocks *k, const struct query_context *q,
			   const struct operands *o, size_t *n)
{
	struct crm *crm = k->crm;
	struct select what = { .context = q, .limit = -1 };
	struct node *where = o->where;
	struct sort_key *keys;
	if (!sort_parse(str_of(k->what->first), q, &keys, &what.nsort, &crm->diag))
		refuse(crm, STATUS_ENV);
	what.sort = keys;
	if (!option_on(crm, "all") && !o->ntargets) {
		struct node *open = term_parse(str_of(k->what->open), q, false, &crm->diag);
		where = node_and(where, open, &crm->arena);
	}
	if (!strcmp(k->what->entity, "lead")) { /* most were promised nothing */
		struct node *due = term_parse(STR("response_due:any"), q, false, &crm->diag);
		where = node_and(where, due, &crm->arena);
	}
	if (o->ntargets) {
		int64_t *ids = arena_new(&crm->arena, int64_t, o->ntargets);
		for (size_t i = 0; i < o->ntargets; i++)
			ids[i] = o->targets[i].id;
		where =
		    node_and(where, named_node(crm, crm->entity, ids, o->ntargets), &crm->arena);
	}
	what.where = where;
	return select_ids(crm->store, &what, n, &crm->arena);
}

/* A lead that nobody waits for any more has no clock that runs. */
static bool is_listed(const struct clocks *k, const struct record *r)
{
	struct store *s = k->crm->store;
	return option_on(k->crm, "all") || strcmp(k->what->entity, "lead") ||
	       lead_clock(s, r, store_instant(s)).state != CLOCK_NONE;
}

int clocks_show(struct crm *crm, int argc, char **argv)
{
	struct query_context q = query_context(crm, crm->entity);
	struct operands o;
	struct arena a = { 0 };
	struct clocks k = { .crm = crm, .within = option_delay(crm, "within", INT64_MAX) };
	size_t n = 0;
	for (k.what = clocked; strcmp(k.what->entity, crm->entity->name);)
		k.what++;
	operands_parse(crm, crm->entity, argc, argv, OPERAND_SEARCH, &o);
	if (o.stdin_named)
		targets_read(crm, crm->entity, 0, &o);
	bool nothing = o.stdin_named && !o.ntargets;
	int64_t *ids = nothing ? NULL : chosen_ids(&k, &q, &o, &n);
	k.out = heading_writer(crm, k.what->headings, k.what->n);
	k.codec = store_codec(crm->store, &a);
	k.codec.human = writer_human(k.out);
	for (size_t i = 0; i < n; i++) {
		struct record r;
		if (store_get(crm->store, crm->entity, ids[i], &r, &a) && is_listed(&k, &r))
			put(&k, &r);
		arena_reset(&a);
	}
	writer_close(k.out);
	arena_free(&a);
	return STATUS_OK;
}
