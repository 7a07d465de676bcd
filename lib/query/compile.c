/* The tree becomes SQL, here and in compile_compare.c and nowhere else. */
#include "query/compile.h"

void put_chain(const struct compiler *c, enum node_kind kind, emit *put, const void *of,
	       size_t from, size_t to)
{
	size_t piece = 1;
	while (piece * CHAIN < to - from)
		piece *= CHAIN;
	for (size_t i = from; i < to; i += piece) {
		if (i > from)
			sql_add_literal(c->q, kind == NODE_AND ? " and " : " or ");
		if (piece == 1) {
			put(c, of, i);
			continue;
		}
		sql_add(c->q, "(");
		put_chain(c, kind, put, of, i, i + piece < to ? i + piece : to);
		sql_add(c->q, ")");
	}
}

static void put_node(const struct compiler *c, const struct node *n);

/* -- and, or: a chain of one kind is flat, however it hangs together -- */

static size_t count_links(const struct node *n, enum node_kind kind)
{
	size_t links = 0;
	for (; n->kind == kind; n = n->left)
		links += count_links(n->right, kind);
	return links + 1;
}

/* Fills links[0 .. n) and returns n. */
static size_t collect_links(const struct node *n, enum node_kind kind, const struct node **links,
			    size_t count)
{
	size_t at = count;
	for (; n->kind == kind; n = n->left) {
		size_t right = count_links(n->right, kind);
		at -= right;
		collect_links(n->right, kind, links + at, right);
	}
	links[at - 1] = n;
	return count;
}

static void put_link(const struct compiler *c, const void *of, size_t i)
{
	const struct node *const *links = of;
	put_node(c, links[i]);
}

static void put_joint(const struct compiler *c, const struct node *n)
{
	size_t count = count_links(n, n->kind);
	const struct node **links = arena_new(c->qc->arena, const struct node *, count);
	collect_links(n, n->kind, links, count);
	put_chain(c, n->kind, put_link, links, 0, count);
}

/* -- words to search for -- */

static void put_needle(const struct compiler *c, const void *of, size_t i)
{
	const struct needles *all = of;
	sql_add(c->q, "instr(t0.\"search\", ");
	sql_text(c->q, all->text[i]);
	sql_add(c->q, ") > 0");
}

static void put_search(const struct compiler *c, const struct node *n)
{
	struct needles all = search_needles(n->text, c->qc);
	put_chain(c, NODE_OR, put_needle, &all, 0, all.n);
}

/* -- references that came in a stream -- */

static void put_ids(const struct compiler *c, const struct field *f, const struct node *n)
{
	sql_at(c->q, 0, f);
	if (n->chosen) {
		sql_add(c->q, " in (select id from chosen where list = ");
		sql_int(c->q, n->chosen);
	}
	for (size_t i = 0; i < n->n; i++) {
		sql_add_literal(c->q, i ? ", " : " in (");
		sql_int(c->q, n->ids[i]);
	}
	sql_add(c->q, ")");
}

struct ref_fields {
	const struct field **field;
	size_t n;
	const struct node *node;
};

static void put_ref_field(const struct compiler *c, const void *of, size_t i)
{
	const struct ref_fields *refs = of;
	put_ids(c, refs->field[i], refs->node);
}

static void add_field(struct ref_fields *refs, const struct field *f)
{
	if (!f || f->type != &type_ref || strcmp(f->ref, refs->node->entity->name) != 0)
		return;
	for (size_t i = 0; i < refs->n; i++)
		if (refs->field[i] == f)
			return;
	refs->field[refs->n++] = f;
}

/*
 * The references by which records of the base are about others: those with an index,
 * for who noted a thing (created_by) is not what it is about; any where none has one.
 */
static void find_fields(struct ref_fields *refs, const struct entity *base)
{
	struct str about = str_of(base->about), name;
	while (str_cut(&about, ' ', &name))
		add_field(refs, entity_field(base, name));
	for (unsigned flag = F_INDEX;; flag = 0) {
		for (const struct field *f = base->fields; f < base->fields + base->nfields; f++)
			if ((f->flags & flag) == flag)
				add_field(refs, f);
		if (refs->n || !flag)
			return;
	}
}

static void put_refs(const struct compiler *c, const struct node *n)
{
	const struct entity *base = c->qc->entity;
	struct ref_fields refs = { arena_new(c->qc->arena, const struct field *, base->nfields), 0,
				   n };
	if (n->entity == base)
		refs.field[refs.n++] = &base->fields[FIELD_ID];
	else
		find_fields(&refs, base);
	if (refs.n && (n->n || n->chosen))
		put_chain(c, NODE_OR, put_ref_field, &refs, 0, refs.n);
	else
		sql_add(c->q, "1 = 0"); /* nothing is about nothing */
}

static void put_referred(const struct compiler *c, const struct node *n)
{
	sql_add(c->q, "exists (select 1 from ");
	sql_table(c->q, n->entity);
	sql_add(c->q, " r where r.");
	sql_column(c->q, n->path.field);
	sql_add(c->q, " = t0.\"id\")");
}

static void put_node(const struct compiler *c, const struct node *n)
{
	sql_add(c->q, "(");
	switch (n->kind) {
	case NODE_AND:
	case NODE_OR:
		put_joint(c, n);
		break;
	case NODE_NOT:
		put_node(c, n->left);
		sql_add(c->q, " is not true");
		break;
	case NODE_COMPARE:
		put_compare(c, n);
		break;
	case NODE_SEARCH:
		put_search(c, n);
		break;
	case NODE_REFS:
		put_refs(c, n);
		break;
	case NODE_REFERRED:
		put_referred(c, n);
		break;
	}
	sql_add(c->q, ")");
}

void node_sql(const struct node *n, const struct query_context *qc, struct joins *j, struct sql *q)
{
	struct compiler c = { qc, j, q };
	put_node(&c, n);
}
