/* One noun in every pipe: operands or stdin become references. */
#include "cli/operands.h"

#include <stdlib.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/map.h"

/* `name=`, `name+=`, `name-=` at the start of a word: the field and where the value begins. */
static bool is_assignment(const struct entity *e, const char *word, struct str *name,
			  enum assign_op *op, const char **value)
{
	const char *equals = strchr(word, '=');
	if (!e || !equals || equals == word)
		return false;
	size_t n = (size_t)(equals - word);
	*op = ASSIGN_SET;
	if (word[n - 1] == '+' || word[n - 1] == '-')
		*op = word[--n] == '+' ? ASSIGN_ADD : ASSIGN_REMOVE;
	*name = (struct str){ word, n };
	*value = equals + 1;
	for (size_t i = 0; i < n; i++) {
		char c = word[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && c != '_' && !is_digit(c))
			return false;
	}
	return n > 0;
}

static void add_assignment(struct crm *crm, const struct entity *e, struct operands *o,
			   struct str name, enum assign_op op, const char *value)
{
	const struct field *f = entity_field(e, name);
	if (!f && str_is(name, "tag"))
		f = entity_field(e, STR("tags"));
	if (!f) {
		const char *near = nearest_field(e, name);
		usage(crm, "no field %s on %s%s%s%s", quoted(name, &crm->arena), e->name,
		      near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
	}
	if (op != ASSIGN_SET && f->type != &type_tags && f->type->compare != COMPARE_NUMBER &&
	    !(f->flags & F_LONG))
		usage(crm, "%s: += and -= work on tags, numbers and long text", f->name);
	o->assignments[o->nassignments++] = (struct assignment){ f, op, str_of(value) };
}

static void add_target(struct operands *o, const struct entity *e, int64_t id)
{
	o->targets[o->ntargets++] = (struct target){ e, id };
}

/* A bare word that names a record: typed reference, number, login, phone, name. */
static void name_record(struct crm *crm, const struct entity *e, const char *word, unsigned flags,
			struct operands *o)
{
	const struct entity *named;
	int64_t id;
	if (ref_parse(&crm->store->schema, str_of(word), &named, &id) && named != e) {
		if (!(flags & OPERAND_FOREIGN))
			usage(crm, "%s is no %s", word, e->name);
		add_target(o, named, id);
		return;
	}
	if (!ref_resolve(&crm->resolver, e, str_of(word), &id, NULL, &crm->diag)) {
		complain(crm, &crm->diag);
		return;
	}
	add_target(o, e, id);
}

static void add_node(struct crm *crm, struct operands *o, struct node *n)
{
	if (!n)
		refuse(crm, STATUS_USAGE);
	o->where = node_and(o->where, n, &crm->arena);
}

static void one_operand(struct crm *crm, const struct query_context *q, const char *word,
			unsigned flags, struct operands *o)
{
	const struct entity *named;
	enum assign_op op;
	struct str name;
	const char *value;
	int64_t id;
	if (!strcmp(word, "-"))
		o->stdin_named = true;
	else if (flags & OPERAND_ASSIGN && is_assignment(q->entity, word, &name, &op, &value))
		add_assignment(crm, q->entity, o, name, op, value);
	else if (term_is(str_of(word), q))
		add_node(crm, o, term_parse(str_of(word), q, false, &crm->diag));
	else if (flags & OPERAND_SEARCH && !ref_parse(q->schema, str_of(word), &named, &id))
		add_node(crm, o, term_parse(str_of(word), q, true, &crm->diag));
	else
		name_record(crm, q->entity, word, flags, o);
}

void operands_parse(struct crm *crm, const struct entity *e, int argc, char **argv, unsigned flags,
		    struct operands *out)
{
	struct query_context q = query_context(crm, e);
	long before = crm->refused;
	*out = (struct operands){ 0 };
	out->assignments = arena_new(&crm->arena, struct assignment, (size_t)argc);
	out->targets = arena_new(&crm->arena, struct target, (size_t)argc);
	for (int i = 0; i < argc; i++)
		one_operand(crm, &q, argv[i], flags, out);
	for (size_t i = 0; i < crm->nvalues; i++) { /* several are AND-ed, as terms are */
		const struct option_value *v = &crm->values[i];
		if (!strcmp(v->def->name, "where"))
			add_node(crm, out, where_parse(str_of(v->text), &q, &crm->diag));
	}
	out->where = node_and(crm->within, out->where, &crm->arena);
	/* Who only prints goes on with those that are there; never with others. */
	bool some = out->ntargets || out->stdin_named;
	if (crm->refused > before && (crm->verb->need & NEED_WRITE || !some))
		exit(STATUS_REFUSED);
}

void operands_of_other(struct crm *crm, const struct entity *e, int *argc, char **argv,
		       struct operands *o)
{
	size_t prefix = strlen(e->name);
	enum assign_op op;
	struct str name;
	const char *value;
	int kept = 0;
	*o = (struct operands){ 0 };
	o->assignments = arena_new(&crm->arena, struct assignment, (size_t)*argc);
	for (int i = 0; i < *argc; i++) {
		bool other = !strncmp(argv[i], e->name, prefix) && argv[i][prefix] == '.';
		if (other && is_assignment(e, argv[i] + prefix + 1, &name, &op, &value))
			add_assignment(crm, e, o, name, op, value);
		else
			argv[kept++] = argv[i];
	}
	*argc = kept;
}

/* The reference that a record of the stream carries in its `id` (or bare, as refs do). */
static bool row_target(struct crm *crm, const struct entity *e, const struct row *row,
		       unsigned flags, struct target *t, struct diag *d)
{
	const struct cell *cell = row_cell(row, "id");
	if (!cell || cell->kind < CELL_TEXT)
		return diag_set(d, "id", "the record has none");
	struct str text = str_trim(cell->text);
	if (str_int(text, &t->id) && t->id > 0)
		t->entity = e;
	else if (!ref_parse(&crm->store->schema, text, &t->entity, &t->id))
		return diag_set(d, "id", "%s is no reference such as %s-42",
				quoted(text, &d->arena), e->name);
	return t->entity == e || flags & OPERAND_FOREIGN ||
	       diag_set(d, "id", "%s is no %s", quoted(text, &d->arena), e->name);
}

/* A single word a line that names no column: numbers, logins, phone numbers, exact names. */
static bool is_bare(const struct entity *e, struct str word)
{
	struct arena a = { 0 };
	bool bare = !str_is(word, "id") && !field_by_header(e, word, &a);
	arena_free(&a);
	return bare;
}

static bool bare_target(struct crm *crm, const struct entity *e, struct str word, struct target *t,
			struct diag *d)
{
	t->entity = e;
	return ref_resolve(&crm->resolver, e, str_trim(word), &t->id, NULL, d);
}

static void put_target(struct operands *o, struct target **list, size_t *room, struct target t)
{
	*list = xgrow(*list, o->ntargets, room, sizeof **list);
	(*list)[o->ntargets++] = t;
}

void targets_read(struct crm *crm, const struct entity *e, unsigned flags, struct operands *o)
{
	if (!o->stdin_named && (o->ntargets || o->where))
		return;
	if (!o->stdin_named && isatty(STDIN_FILENO))
		usage(crm, "on what? Name records or terms, or pipe a record stream in");
	struct reader *in = reader_for(crm, "-", false);
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct row row;
	size_t ncolumns, named = o->ntargets, room = named + 1;
	struct target *list = xmalloc(room * sizeof *list), t;
	o->ntargets = 0;
	for (size_t i = 0; i < named; i++)
		put_target(o, &list, &room, o->targets[i]);
	const struct str *columns = reader_columns(in, &ncolumns);
	bool bare = ncolumns == 1 && is_bare(e, columns[0]);
	if (bare) { /* what looked like a header is the first of them */
		d.source = STR("<stdin>");
		d.line = 1;
		if (bare_target(crm, e, columns[0], &t, &d))
			put_target(o, &list, &room, t);
		else
			complain(crm, &d);
	}
	for (enum read_result r; (r = reader_next(in, &row, &a, &d)) != READ_END;) {
		bool good = r != READ_BAD && (bare ? bare_target(crm, e, row.cells[0].text, &t, &d)
						   : row_target(crm, e, &row, flags, &t, &d));
		if (good)
			put_target(o, &list, &room, t);
		else
			complain(crm, &d);
		arena_reset(&a);
	}
	free(crm->stream);
	o->targets = crm->stream = list;
	reader_close(in);
	arena_free(&a);
	diag_free(&d);
}

struct node *named_node(struct crm *crm, const struct entity *e, const int64_t *ids, size_t n)
{
	enum { IN_STATEMENT = 100 };
	return n <= IN_STATEMENT ? node_refs(e, ids, n, &crm->arena)
				 : node_chosen(e, store_choose(crm->store, ids, n), &crm->arena);
}

/* Each record once, in the order of its first mention. */
static size_t drop_doubles(struct target *t, size_t n)
{
	struct map seen = { 0 };
	size_t kept = 0, rising = 1;
	while (rising < n && t[rising].id > t[rising - 1].id)
		rising++;
	if (rising >= n) /* as lists print them: no doubles, and no need to remember all */
		return n;
	for (size_t i = 0; i < n; i++) {
		struct str key = { (const char *)&t[i].id, sizeof t[i].id };
		int64_t *times = map_at(&seen, key);
		if (!(*times)++)
			t[kept++] = t[i];
	}
	map_free(&seen);
	return kept;
}

bool selection_options(struct crm *crm, struct select *what)
{
	const char *sort = option(crm, "sort");
	struct sort_key *keys = NULL;
	if (sort && !sort_parse(str_of(sort), what->context, &keys, &what->nsort, &crm->diag))
		refuse(crm, STATUS_USAGE);
	what->sort = keys;
	what->limit = option_int(crm, "limit", -1);
	what->offset = option_int(crm, "offset", 0);
	return sort || what->limit >= 0 || what->offset;
}

struct target *targets(struct crm *crm, const struct entity *e, const struct operands *o, size_t *n)
{
	struct query_context q = query_context(crm, e);
	struct select what = { .context = &q };
	struct node *where = o->where;
	*n = 0;
	if (!o->where && !o->ntargets) /* an empty stream names nothing, */
		return o->targets;
	if (o->stdin_named && !o->ntargets) /* and nothing of it is selected */
		return o->targets;
	if (!selection_options(crm, &what) && !o->where) {
		*n = drop_doubles(o->targets, o->ntargets);
		return o->targets;
	}
	if (o->ntargets) {
		int64_t *ids = arena_new(&crm->arena, int64_t, o->ntargets);
		for (size_t i = 0; i < o->ntargets; i++)
			ids[i] = o->targets[i].id;
		where = node_and(where, named_node(crm, e, ids, o->ntargets), &crm->arena);
	}
	what.where = where;
	int64_t *ids = select_ids(crm->store, &what, n, &crm->arena);
	struct target *t = arena_new(&crm->arena, struct target, *n);
	for (size_t i = 0; i < *n; i++)
		t[i] = (struct target){ e, ids[i] };
	return t;
}
