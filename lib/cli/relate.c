/* How contacts and accounts are related. */
#include "cli/relate.h"

#include "cli/heading.h"
#include "core/buf.h"
#include "schema/check.h"

/* One end of a relation as the command line names it. */
static struct target end_of(struct crm *crm, const char *word)
{
	static const char *const ends[] = { "contact", "account", NULL };
	const struct schema *s = &crm->store->schema;
	const struct entity *e;
	struct target t = { crm->entity, 0 };
	int64_t id;
	if (ref_parse(s, str_of(word), &e, &id)) {
		if (!is_one_of(str_of(e->name), ends))
			usage(crm, "%s is neither a contact nor an account", word);
		t.entity = e;
	}
	if (!ref_resolve(&crm->resolver, t.entity, str_of(word), &t.id, NULL, &crm->diag))
		refuse(crm, STATUS_REFUSED);
	return t;
}

static const struct entity *relation_entity(struct crm *crm)
{
	return store_entity(crm->store, "relation");
}

/* The field that holds such an end: contact, to_account … */
static const struct field *end_field(const struct entity *e, const struct target *t, bool to,
				     struct arena *a)
{
	return entity_field(e, to ? arena_printf(a, "to_%s", t->entity->name)
				  : str_of(t->entity->name));
}

/* A term such as contact:contact-7 for each end; kind NULL: any. */
static struct node *between(struct crm *crm, const struct target *from, const struct target *to,
			    const char *kind)
{
	struct query_context q = query_context(crm, relation_entity(crm));
	struct arena *a = &crm->arena;
	struct node *all = NULL;
	struct str terms[3] = {
		arena_printf(a, "%s:%s-%lld", end_field(q.entity, from, false, a)->name,
			     from->entity->name, (long long)from->id),
		arena_printf(a, "%s:%s-%lld", end_field(q.entity, to, true, a)->name,
			     to->entity->name, (long long)to->id),
		kind ? arena_printf(a, "kind:%s", kind) : (struct str){ 0 },
	};
	for (size_t i = 0; i < countof(terms) && terms[i].n; i++) {
		struct node *n = term_parse(terms[i], &q, false, &crm->diag);
		if (!n)
			refuse(crm, STATUS_ENV);
		all = node_and(all, n, a);
	}
	return all;
}

static int64_t *relations_where(struct crm *crm, const struct node *where, size_t *n)
{
	struct query_context q = query_context(crm, relation_entity(crm));
	struct select what = { .context = &q, .where = where, .limit = -1 };
	return select_ids(crm->store, &what, n, &crm->arena);
}

static const char *kind_of(struct crm *crm, const char *word)
{
	const struct picklist *l = schema_picklist(&crm->store->schema, "relation.kind");
	const struct pick *p = picklist_find(l, str_of(word), &crm->arena);
	struct buf all = { 0 };
	if (p && !p->retired)
		return p->key;
	for (size_t i = 0; i < l->n; i++)
		if (!l->picks[i].retired)
			buf_printf(&all, " %s", l->picks[i].key);
	struct str list = buf_copy(&all, &crm->arena);
	buf_free(&all);
	usage(crm, "%s is no relation; one of:%s", quoted(str_of(word), &crm->arena), list.p);
}

/* What is said already, from either end: it is printed and not said again. */
static bool is_said(struct writes *w, const struct target *a, const struct target *b,
		    const char *kind)
{
	size_t n, m;
	int64_t *there = relations_where(w->crm, between(w->crm, a, b, kind), &n);
	int64_t *back = relations_where(w->crm, between(w->crm, b, a, relation_inverse(kind)), &m);
	for (size_t i = 0; i < n; i++)
		writes_add(w, relation_entity(w->crm), there[i]);
	for (size_t i = 0; i < m; i++)
		writes_add(w, relation_entity(w->crm), back[i]);
	return n + m > 0;
}

int relate(struct crm *crm, int argc, char **argv)
{
	struct writes w;
	struct operands o;
	struct diag d = { 0 };
	struct record r = record_new(relation_entity(crm), &crm->arena);
	if (argc < 3)
		usage(crm, "who is what to whom? Write contact-1 spouse contact-2");
	struct target from = end_of(crm, argv[0]), to = end_of(crm, argv[2]);
	const char *kind = kind_of(crm, argv[1]);
	operands_parse(crm, r.entity, argc - 3, argv + 3, OPERAND_ASSIGN, &o);
	if (o.ntargets || o.where || o.stdin_named)
		usage(crm, "two records and what one is to the other, then note=…");
	*record_get(&r, end_field(r.entity, &from, false, &crm->arena)->name) = value_int(from.id);
	*record_get(&r, end_field(r.entity, &to, true, &crm->arena)->name) = value_int(to.id);
	set_text(&r, "kind", str_of(kind));
	crm->printed = r.entity;
	if (writes_begin(&w, crm) && !is_said(&w, &from, &to, kind) &&
	    (!assign(crm, &o, &r, NULL, &crm->arena, &d) ||
	     writes_put(&w, &r, 0, &crm->arena, &d) == WROTE_NOTHING))
		complain(crm, &d);
	diag_free(&d);
	return writes_end(&w);
}

int unrelate(struct crm *crm, int argc, char **argv)
{
	struct writes w;
	struct diag d = { 0 };
	if (argc != 2 && argc != 3)
		usage(crm, "who is no longer what to whom? Write contact-1 [spouse] contact-2");
	struct target from = end_of(crm, argv[0]), to = end_of(crm, argv[argc - 1]);
	const char *kind = argc == 3 ? kind_of(crm, argv[1]) : NULL;
	crm->printed = relation_entity(crm);
	if (writes_begin(&w, crm)) {
		size_t n, m;
		int64_t *there = relations_where(crm, between(crm, &from, &to, kind), &n);
		int64_t *back = relations_where(
		    crm, between(crm, &to, &from, kind ? relation_inverse(kind) : NULL), &m);
		struct target *t = arena_new(&crm->arena, struct target, n + m);
		for (size_t i = 0; i < n + m; i++)
			t[i] = (struct target){ crm->printed, i < n ? there[i] : back[i - n] };
		writes_show(&w, t, n + m);
		if (!n && !m)
			diag_set(&d, NULL, "they are not related that way");
		for (size_t i = 0; i < n + m; i++)
			writes_remove(&w, &t[i], &crm->arena, &d);
		if (d.message.n)
			complain(crm, &d);
	}
	diag_free(&d);
	return writes_end(&w);
}

static const struct heading columns[] = {
	{ "id", "ID", "Mã", false },
	{ "name", "Name", "Tên", false },
	{ "kind", "Relation", "Quan hệ", false },
	{ "other", "Other", "Bên kia", false },
	{ "other_name", "Other's name", "Tên bên kia", false },
	{ "note", "Note", "Ghi chú", false },
	{ "relation", "Said by", "Theo bản ghi", false },
};

struct line {
	struct crm *crm;
	struct writer *out;
	struct codec codec;
};

/* The end of a relation that is filled. */
static struct target filled_end(struct crm *crm, const struct record *r, bool to)
{
	const char *const fields[2][2] = { { "contact", "account" },
					   { "to_contact", "to_account" } };
	for (size_t i = 0; i < 2; i++) {
		const struct value *v = record_at(r, fields[to][i]);
		const char *e = fields[0][i];
		if (v->kind == V_INT)
			return (struct target){ store_entity(crm->store, e), v->i };
	}
	return (struct target){ 0 };
}

static struct cell name_cell(const struct line *l, const struct target *t)
{
	struct record r;
	if (!t->entity || !store_get(l->crm->store, t->entity, t->id, &r, l->codec.arena))
		return cell_null();
	return (struct cell){ CELL_TEXT, text_of(&r, t->entity->title) };
}

static struct cell ref_cell(const struct line *l, const struct target *t)
{
	if (!t->entity)
		return cell_null();
	return (struct cell){ CELL_TEXT, ref_print(t->entity, t->id, l->codec.arena) };
}

/* A relation as its one end sees it; seen from the other end it is the inverse. */
static void put_line(const struct line *l, const struct record *r, bool back)
{
	struct target one = filled_end(l->crm, r, back), other = filled_end(l->crm, r, !back);
	const char *kind = text_of(r, "kind").p;
	struct value v = value_text(str_of(back ? relation_inverse(kind) : kind));
	const struct field *f = entity_field(r->entity, STR("kind"));
	const struct cell cells[countof(columns)] = {
		ref_cell(l, &one),
		name_cell(l, &one),
		field_print(f, &v, &l->codec),
		ref_cell(l, &other),
		name_cell(l, &other),
		field_print(entity_field(r->entity, STR("note")), record_at(r, "note"), &l->codec),
		{ CELL_TEXT, ref_print(r->entity, r->id, l->codec.arena) },
	};
	writer_row(l->out, cells);
}

static void put_relations(struct line *l, const struct target *t, size_t n)
{
	struct query_context q = query_context(l->crm, relation_entity(l->crm));
	struct arena a = { 0 };
	for (size_t i = 0; i < n; i++) {
		size_t found;
		int64_t *ids =
		    relations_where(l->crm, node_refs(t[i].entity, &t[i].id, 1, q.arena), &found);
		l->codec.arena = &a;
		for (size_t j = 0; j < found; j++) {
			struct record r;
			if (!store_get(l->crm->store, q.entity, ids[j], &r, &a))
				continue;
			struct target one = filled_end(l->crm, &r, false);
			put_line(l, &r, one.entity != t[i].entity || one.id != t[i].id);
			arena_reset(&a);
		}
	}
	arena_free(&a);
}

int relations(struct crm *crm, int argc, char **argv)
{
	struct operands o;
	struct line l = { .crm = crm, .codec = store_codec(crm->store, NULL) };
	size_t n;
	operands_parse(crm, crm->entity, argc, argv, 0, &o);
	targets_read(crm, crm->entity, 0, &o);
	struct target *t = targets(crm, crm->entity, &o, &n);
	l.out = heading_writer(crm, columns, countof(columns));
	l.codec.human = writer_human(l.out);
	put_relations(&l, t, n);
	writer_close(l.out);
	return STATUS_OK;
}
