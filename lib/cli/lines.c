/* Lines of deals, quotes and orders on the command line. */
#include "cli/lines.h"

#include <unistd.h>

#include "schema/bind.h"
#include "schema/line.h"
#include "schema/spool.h"

const struct option_def lines_options[] = {
	{ "lines", 0, OPTION_FLAG, NULL, "the stream on stdin holds the lines of the new record",
	  NULL },
	{ 0 },
};

static const struct entity *lines_entity(struct crm *crm)
{
	return line_entity(&crm->store->schema, crm->entity);
}

int64_t record_named(struct crm *crm, const struct entity *e, const char *word)
{
	int64_t id;
	if (!ref_resolve(&crm->resolver, e, str_of(word), &id, NULL, &crm->diag))
		refuse(crm, STATUS_REFUSED);
	return id;
}

/* The ids of the wholes that are named or selected; -s and -l are about their parts. */
static int64_t *wholes(struct crm *crm, const struct operands *o, size_t *n)
{
	struct query_context q = query_context(crm, crm->entity);
	struct select what = { .context = &q, .where = o->where, .limit = -1 };
	int64_t *ids = arena_new(&crm->arena, int64_t, o->ntargets + 1);
	for (*n = 0; *n < o->ntargets; ++*n)
		ids[*n] = o->targets[*n].id;
	if (!o->where)
		return ids;
	if (*n)
		what.where = node_and(o->where, named_node(crm, crm->entity, ids, *n), &crm->arena);
	return select_ids(crm->store, &what, n, &crm->arena);
}

/* Terms about what only the parts have, out of argv: lines 1 quantity:2.. chooses lines. */
static struct node *part_terms(struct crm *crm, const struct query_context *parts, int *argc,
			       char **argv)
{
	struct query_context wholes = query_context(crm, crm->entity);
	struct node *terms = NULL;
	int kept = 0;
	for (int i = 0; i < *argc; i++) {
		struct str word = str_of(argv[i]);
		if (term_is(word, &wholes) || !term_is(word, parts)) {
			argv[kept++] = argv[i];
			continue;
		}
		struct node *term = term_parse(word, parts, false, &crm->diag);
		if (!term)
			refuse(crm, STATUS_USAGE);
		terms = node_and(terms, term, &crm->arena);
	}
	*argc = kept;
	return terms;
}

int parts_list(struct crm *crm, const struct entity *part, int argc, char **argv)
{
	struct query_context q = query_context(crm, part);
	struct select what = { .context = &q, .limit = -1 };
	struct operands o;
	size_t n = 0;
	struct node *terms = part_terms(crm, &q, &argc, argv);
	operands_parse(crm, crm->entity, argc, argv, 0, &o);
	bool all = terms && !argc && !o.where; /* nothing is said of the wholes */
	if (!all)
		targets_read(crm, crm->entity, 0, &o);
	int64_t *ids = all ? NULL : wholes(crm, &o, &n);
	if (!n && !all)
		return STATUS_OK;
	bool positions = entity_field(part, STR("position")) != NULL;
	struct str order =
	    arena_printf(&crm->arena, "%s.id%s", crm->entity->name, positions ? ",position" : "");
	struct sort_key *keys = NULL;
	selection_options(crm, &what);
	if (!what.nsort && sort_parse(order, &q, &keys, &what.nsort, &crm->diag))
		what.sort = keys;
	what.where =
	    all ? terms : node_and(named_node(crm, crm->entity, ids, n), terms, &crm->arena);
	ids = select_ids(crm->store, &what, &n, &crm->arena);
	print_ids(crm, part, ids, n);
	return STATUS_OK;
}

int lines_list(struct crm *crm, int argc, char **argv)
{
	return parts_list(crm, lines_entity(crm), argc, argv);
}

/* The type of line that a record of the stream is; `line` where it does not say. */
static const struct entity *row_entity(struct crm *crm, const struct row *row,
				       const struct entity *line)
{
	const struct entity *named = NULL;
	int64_t id;
	const struct cell *cell = row_cell(row, "id");
	if (cell)
		ref_parse(&crm->store->schema, str_trim(cell->text), &named, &id);
	return named && line_whole(&crm->store->schema, named) ? named : line;
}

/* A line of a stream is a new one, whatever it was a line of before; but for its currency. */
static struct record as_new(const struct record *from, const struct entity *line, struct arena *a)
{
	struct record r = record_new(line, a);
	for (size_t i = 0; i < line->nfields; i++) {
		const struct field *f = &line->fields[i];
		bool own = f->flags & (F_SYSTEM | F_DERIVED | F_PART) && f->type != &type_currency;
		if (!own && entity_field(from->entity, str_of(f->name)))
			r.values[i] = *record_at(from, f->name);
	}
	return r;
}

static bool read_line(struct crm *crm, struct binding *b, const struct row *row, struct spool *s,
		      struct arena *a, struct diag *d)
{
	const struct entity *e = row_entity(crm, row, s->entity);
	struct codec c = store_codec(crm->store, a);
	struct record r;
	if (e != b->entity) {
		binding_free(b);
		*b = (struct binding){ .entity = e, .ignore_unknown = b->ignore_unknown };
	}
	if (!bind_row(b, row, d) || !bind_record(b, row, &r, &c, d))
		return false;
	r = as_new(&r, s->entity, a);
	spool_put(s, &r, row->line, (struct str){ 0 });
	return true;
}

/* Input is read to its end before the lock is taken. */
static void read_lines(struct crm *crm, struct spool *s)
{
	struct reader *in = reader_for(crm, "-", false);
	struct binding b = { .entity = s->entity,
			     .ignore_unknown = option_on(crm, "ignore-unknown") };
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct row row;
	for (enum read_result got; (got = reader_next(in, &row, &a, &d)) != READ_END;) {
		if (got == READ_BAD || !read_line(crm, &b, &row, s, &a, &d))
			complain(crm, &d);
		arena_reset(&a);
	}
	reader_close(in);
	binding_free(&b);
	arena_free(&a);
	diag_free(&d);
}

/* Puts the lines that were read into the whole; o: assignments to each; shown: print them. */
static void put_lines(struct writes *w, struct spool *s, const struct operands *o, int64_t whole,
		      bool shown)
{
	struct crm *crm = w->crm;
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct record r;
	struct str raw;
	spool_rewind(s);
	while (spool_get(s, &r, &d.line, &raw, &a)) {
		d.source = d.line ? STR("<stdin>") : (struct str){ 0 };
		*record_get(&r, crm->entity->name) = value_int(whole);
		if ((o && !assign(crm, o, &r, NULL, &a, &d)) ||
		    !ref_resolve_record(&crm->resolver, &r, &d) ||
		    (shown ? writes_put(w, &r, 0, &a, &d) : store_put(crm->store, &r, 0, &a, &d)) ==
			WROTE_NOTHING)
			complain(crm, &d);
		arena_reset(&a);
	}
	arena_free(&a);
	diag_free(&d);
}

static bool has_input(struct crm *crm, const struct operands *o)
{
	if (!o->stdin_named && o->nassignments)
		return false;
	if (!o->stdin_named && isatty(STDIN_FILENO))
		usage(crm, "which line? Write product=… quantity=… or pipe records in");
	return true;
}

int lines_add(struct crm *crm, int argc, char **argv)
{
	const struct entity *line = lines_entity(crm);
	struct spool s = { .entity = line };
	struct operands o;
	struct writes w;
	if (!argc || strchr(argv[0], '=') || !strcmp(argv[0], "-"))
		usage(crm, "to which %s? Name it first", crm->entity->name);
	int64_t whole = record_named(crm, crm->entity, argv[0]);
	operands_parse(crm, line, argc - 1, argv + 1, OPERAND_ASSIGN, &o);
	if (o.ntargets || o.where)
		usage(crm, "add-line takes one %s and assignments such as quantity=2",
		      crm->entity->name);
	if (has_input(crm, &o)) {
		read_lines(crm, &s);
	} else {
		struct record r = record_new(line, &crm->arena);
		spool_put(&s, &r, 0, (struct str){ 0 });
	}
	crm->printed = crm->again = line;
	if (writes_begin(&w, crm))
		put_lines(&w, &s, &o, whole, true);
	spool_free(&s);
	return writes_end(&w);
}

int lines_set(struct crm *crm, int argc, char **argv)
{
	crm->entity = lines_entity(crm);
	return crud_set(crm, argc, argv);
}

int lines_rm(struct crm *crm, int argc, char **argv)
{
	crm->entity = lines_entity(crm);
	return crud_rm(crm, argc, argv);
}

/* Its status comes last: of what is more than a draft the lines are settled. */
static bool put_whole(struct writes *w, const struct operands *o, struct spool *lines,
		      struct diag *d)
{
	struct crm *crm = w->crm;
	struct record r = record_new(crm->entity, &crm->arena), last = r;
	if (!assign(crm, o, &r, NULL, &crm->arena, d) || !ref_resolve_record(&crm->resolver, &r, d))
		return false;
	last = record_new(crm->entity, &crm->arena);
	if (entity_field(crm->entity, STR("status"))) {
		*record_get(&last, "status") = *record_at(&r, "status");
		record_get(&r, "status")->kind = V_NONE;
	}
	if (writes_put(w, &r, 0, &crm->arena, d) == WROTE_NOTHING)
		return false;
	last.id = r.id;
	put_lines(w, lines, NULL, r.id, false);
	return crm->refused || store_put(crm->store, &last, 0, &crm->arena, d) != WROTE_NOTHING;
}

int lines_add_whole(struct crm *crm, int argc, char **argv)
{
	struct operands o;
	struct writes w;
	struct diag d = { 0 };
	if (!option_on(crm, "lines"))
		return crud_add(crm, argc, argv);
	struct spool s = { .entity = lines_entity(crm) };
	operands_parse(crm, crm->entity, argc, argv, OPERAND_ASSIGN, &o);
	if (o.ntargets || o.where || !o.nassignments)
		usage(crm, "--lines: say by assignments whose lines are on stdin");
	read_lines(crm, &s);
	if (writes_begin(&w, crm) && !put_whole(&w, &o, &s, &d))
		complain(crm, &d);
	spool_free(&s);
	diag_free(&d);
	return writes_end(&w);
}
