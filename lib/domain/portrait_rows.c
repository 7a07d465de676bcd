/* Parts that are records of one type, as lists show them, and what they come to. */
#include "domain/portrait_impl.h"
#include "domain/ticket.h"

struct query_context portrait_query(struct maker *m, const char *entity)
{
	return (struct query_context){
		.schema = &m->store->schema,
		.settings = &m->store->settings,
		.entity = entity_of(m, entity),
		.arena = m->arena,
		.resolve = ref_resolve_for_query,
		.resolve_ctx = m->resolver,
	};
}

/* What the table of parts says is right, or the program is not. */
static void check(bool ok, const struct diag *d, const struct part_def *def)
{
	if (!ok)
		die(STATUS_ENV, "part %s: %.*s", def->name, (int)d->message.n, d->message.p);
}

/* The columns: those for people, or all fields and the names of what they refer to. */
static void choose_fields(struct maker *m, const struct part_def *def,
			  const struct query_context *q, struct select *what)
{
	struct diag d = { 0 };
	struct path *paths;
	struct sort_key *sort = NULL;
	struct str list = m->wish->human ? str_of(def->human)
			  : def->machine ? arena_printf(m->arena, "*,%s", def->machine)
					 : STR("*");
	check(fields_parse(list, q, NULL, 0, &paths, &what->npaths, &d), &d, def);
	if (def->sort)
		check(sort_parse(str_of(def->sort), q, &sort, &what->nsort, &d), &d, def);
	what->paths = paths;
	what->sort = sort;
	diag_free(&d);
}

static bool is_marked(const struct maker *m, const struct entity *e, int64_t id)
{
	const struct customer *c = &m->p->customer;
	return c->by_entity == e && c->by_id == id;
}

/* `extra`: cells that each row has room for besides. */
static void read_records(struct maker *m, const struct select *what, size_t extra, enum ring ring,
			 struct portrait_part *p)
{
	const struct cell *cells;
	int64_t id;
	struct cursor *c = cursor_open(m->store, what);
	while (cursor_next(c, m->wish->human, &cells, &id)) {
		struct cell *kept = arena_new(m->arena, struct cell, what->npaths + extra);
		for (size_t i = 0; i < what->npaths; i++)
			kept[i] =
			    (struct cell){ cells[i].kind, arena_str(m->arena, cells[i].text) };
		struct portrait_row *row = portrait_row_new(m, p, kept, ring);
		row->marked = is_marked(m, what->context->entity, id);
	}
	cursor_close(c);
}

static void fill_ring(struct maker *m, const struct part_def *def, struct select *what,
		      size_t extra, enum ring ring, struct portrait_part *p)
{
	int64_t list = ring_of(m, ring, def->entity);
	const struct query_context *q = what->context;
	struct diag d = { 0 };
	size_t before = p->n;
	if (!list)
		return;
	struct node *which = node_chosen(q->entity, list, m->arena), *term = NULL;
	if (def->term) {
		term = term_parse(str_of(def->term), q, false, &d);
		check(term != NULL, &d, def);
	}
	what->where = node_and(which, term, m->arena);
	read_records(m, what, extra, ring, p);
	if (what->limit >= 0 && (int64_t)(p->n - before) == what->limit)
		*(ring == RING_OWN ? &p->more : &p->more_around) =
		    select_count(m->store, what) - what->limit;
}

/* The customer itself is not among its contacts or leads. */
static void leave_out_itself(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	const struct customer *c = &m->p->customer;
	size_t kept = 0;
	if (strcmp(def->entity, c->entity->name))
		return;
	for (size_t i = 0; i < p->n; i++)
		if (!str_eq(p->rows[i].cells[FIELD_ID].text, m->p->ref))
			p->rows[kept++] = p->rows[i];
	p->n = kept;
}

static void fill_with(struct maker *m, const struct part_def *def, size_t extra,
		      struct portrait_part *p)
{
	struct query_context *q = arena_new(m->arena, struct query_context, 1);
	struct select what = { .context = q, .limit = m->wish->most };
	*q = portrait_query(m, def->entity);
	choose_fields(m, def, q, &what);
	p->columns = portrait_fields(m, &what, extra);
	p->ncolumns = what.npaths;
	for (int ring = 0; ring < RINGS; ring++)
		fill_ring(m, def, &what, extra, (enum ring)ring, p);
	leave_out_itself(m, def, p);
}

void fill_records(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	fill_with(m, def, 0, p);
}

/* People see state and time left as one: "breached -0h20m". */
static const struct portrait_heading clocks[] = {
	{ "response_state", "Response", "Phản hồi", false, EVERYBODY },
	{ "response_left_s", "Response left", "Còn lại để phản hồi", true, MACHINES },
	{ "resolution_state", "Resolution", "Giải quyết", false, EVERYBODY },
	{ "resolution_left_s", "Resolution left", "Còn lại để giải quyết", true, MACHINES },
};

static struct cell *put_clock(struct maker *m, const struct ticket_clock *c, struct cell *out)
{
	bool shown = c->state == CLOCK_RUNNING || c->state == CLOCK_WAITING || c->left < 0;
	struct str left = shown ? clock_left(c->left, m->arena) : (struct str){ 0 };
	if (m->wish->human) {
		const char *state = clock_state_label(c->state, m->store->settings.language);
		*out++ = cell_text(arena_printf(m->arena, "%s%s%.*s", state, shown ? " " : "",
						(int)left.n, left.p));
		return out;
	}
	*out++ = cell_text(str_of(clock_state_names[c->state]));
	*out++ = shown ? cell_int(c->left, m->arena) : cell_null();
	return out;
}

/* The clocks of the ticket that the row is about, behind its other cells. */
static void put_clocks(struct maker *m, const struct portrait_row *row, struct cell *out)
{
	const struct entity *e;
	struct ticket_clock response, resolution;
	struct record r;
	int64_t id;
	if (!ref_parse(&m->store->schema, row->cells[FIELD_ID].text, &e, &id) ||
	    !store_get(m->store, e, id, &r, m->arena))
		return;
	ticket_clocks(m->store, &r, store_instant(m->store), &response, &resolution);
	put_clock(m, &resolution, put_clock(m, &response, out));
}

void fill_tickets(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	struct portrait_part extra = { 0 };
	fill_with(m, def, countof(clocks), p);
	portrait_columns(m, &extra, clocks, countof(clocks));
	for (size_t i = 0; i < p->n; i++)
		put_clocks(m, &p->rows[i], p->rows[i].cells + p->ncolumns);
	memcpy(p->columns + p->ncolumns, extra.columns, extra.ncolumns * sizeof *p->columns);
	p->ncolumns += extra.ncolumns;
}
