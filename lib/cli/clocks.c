/* crm-ticket sla: which tickets will break their promise. */
#include "cli/clocks.h"

#include "cli/heading.h"
#include "core/date.h"
#include "domain/ticket.h"
#include "schema/check.h"

const struct option_def clocks_options[] = {
	{ "all", 0, OPTION_FLAG, NULL, "also tickets that are resolved or closed", NULL },
	{ "breached", 0, OPTION_FLAG, NULL, "only tickets that broke a promise", NULL },
	{ "within", 0, OPTION_TEXT, "TIME",
	  "only clocks with less working time left than 4h, 90min … (and the breached ones)",
	  NULL },
	{ 0 },
};

static const struct heading columns[] = {
	{ "id", "ID", "Mã", false },
	{ "number", "Number", "Số", false },
	{ "subject", "Subject", "Chủ đề", false },
	{ "priority", "Priority", "Ưu tiên", false },
	{ "status", "Status", "Trạng thái", false },
	{ "owner", "Owner", "Người phụ trách", false },
	{ "response", "Response", "Phản hồi", false },
	{ "response_due", "Response due", "Hạn phản hồi", false },
	{ "response_left_s", "left", "còn lại", true },
	{ "resolution", "Resolution", "Giải quyết", false },
	{ "resolution_due", "Resolution due", "Hạn giải quyết", false },
	{ "resolution_left_s", "left", "còn lại", true },
};

struct clocks {
	struct crm *crm;
	struct writer *out;
	struct codec codec;
	int64_t within; /* seconds; INT64_MAX: all */
};

/* 4h, 90min, 2d: how far +4h is from now. */
static int64_t within(struct crm *crm)
{
	const char *text = option(crm, "within");
	const struct calendar *c = &crm->store->settings.calendar;
	struct when w;
	if (!text)
		return INT64_MAX;
	struct str ahead = arena_printf(&crm->arena, "+%s", text);
	if (!when_parse(ahead, c, &w, &crm->diag))
		usage(crm, "--within: %s is no time such as 4h or 90min",
		      arena_str(&crm->arena, str_of(text)).p);
	int64_t at = w.is_instant ? w.from : zone_instant(w.from, 0);
	return at - (w.is_instant ? c->now : zone_instant(zone_day(c->now), 0));
}

static struct cell cell_of(const struct clocks *k, const struct record *r, const char *name)
{
	const struct field *f = entity_field(r->entity, str_of(name));
	return field_print(f, record_at(r, name), &k->codec);
}

static struct cell left_cell(const struct clocks *k, const struct ticket_clock *c)
{
	bool shown = c->state == CLOCK_RUNNING || c->state == CLOCK_WAITING || c->left < 0;
	if (!shown)
		return (struct cell){ CELL_NULL, { 0 } };
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
		return (struct cell){ CELL_NULL, { 0 } };
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

static void put(const struct clocks *k, const struct record *r)
{
	struct ticket_clock c[2];
	ticket_clocks(k->crm->store, r, store_instant(k->crm->store), &c[0], &c[1], k->codec.arena);
	bool chosen = option_on(k->crm, "breached") || k->within != INT64_MAX;
	if (chosen && !is_near(k, &c[0]) && !is_near(k, &c[1]))
		return;
	const struct cell cells[countof(columns)] = {
		cell_of(k, r, "id"),
		cell_of(k, r, "number"),
		cell_of(k, r, "subject"),
		cell_of(k, r, "priority"),
		cell_of(k, r, "status"),
		owner_cell(k, r),
		state_cell(k, c[0].state),
		cell_of(k, r, "response_due"),
		left_cell(k, &c[0]),
		state_cell(k, c[1].state),
		cell_of(k, r, "resolution_due"),
		left_cell(k, &c[1]),
	};
	writer_row(k->out, cells);
}

/* Tickets whose clocks may run, the most urgent first. */
static int64_t *chosen_ids(struct crm *crm, const struct query_context *q, const struct operands *o,
			   size_t *n)
{
	struct select what = { .context = q, .where = o->where };
	struct sort_key *keys;
	if (!sort_parse(STR("resolution_due"), q, &keys, &what.nsort, &crm->diag))
		refuse(crm, STATUS_ENV);
	what.sort = keys;
	what.limit = -1;
	if (!option_on(crm, "all") && !o->ntargets) {
		struct node *open =
		    term_parse(STR("status:new,open,pending"), q, false, &crm->diag);
		what.where = node_and(o->where, open, &crm->arena);
	}
	if (o->ntargets) {
		int64_t *ids = arena_new(&crm->arena, int64_t, o->ntargets);
		for (size_t i = 0; i < o->ntargets; i++)
			ids[i] = o->targets[i].id;
		what.where =
		    node_and(o->where, named_node(crm, crm->entity, ids, o->ntargets), &crm->arena);
	}
	return select_ids(crm->store, &what, n, &crm->arena);
}

int clocks_show(struct crm *crm, int argc, char **argv)
{
	struct query_context q = query_context(crm, crm->entity);
	struct operands o;
	struct arena a = { 0 };
	struct clocks k = { .crm = crm, .within = within(crm) };
	size_t n = 0;
	operands_parse(crm, crm->entity, argc, argv, OPERAND_SEARCH, &o);
	if (o.stdin_named)
		targets_read(crm, crm->entity, 0, &o);
	bool nothing = o.stdin_named && !o.ntargets;
	int64_t *ids = nothing ? NULL : chosen_ids(crm, &q, &o, &n);
	k.out = heading_writer(crm, columns, countof(columns));
	k.codec = store_codec(crm->store, &a);
	k.codec.human = writer_human(k.out);
	for (size_t i = 0; i < n; i++) {
		struct record r;
		if (store_get(crm->store, crm->entity, ids[i], &r, &a))
			put(&k, &r);
		arena_reset(&a);
	}
	writer_close(k.out);
	arena_free(&a);
	return STATUS_OK;
}
