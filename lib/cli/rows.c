/* Records going out, and what a card says beyond the fields. */
#include "cli/rows.h"

#include "core/buf.h"

void rows_open(struct rows *r, struct crm *crm, FILE *out, const struct select *what,
	       const struct writer_options *o)
{
	const struct column *columns = select_columns(what, &crm->arena);
	*r = (struct rows){ .crm = crm, .entity = what->context->entity, .n = what->npaths };
	if (o->format == FORMAT_VCF) {
		struct column *more = arena_new(&crm->arena, struct column, r->n + 1);
		memcpy(more, columns, r->n * sizeof *more);
		more[r->n].name = STR(COLUMN_FURTHER);
		columns = more;
		r->cells = arena_new(&crm->arena, struct cell, r->n + 1);
	}
	r->writer = writer_open(out, columns, r->n + (r->cells != NULL), o);
}

/* The records of that type that are about this one, oldest first, with those fields. */
static struct cursor *about(struct crm *crm, struct select *what, struct query_context *q,
			    const char *type, const char *fields, const struct entity *e,
			    int64_t id, struct arena *a)
{
	struct path *paths;
	*q = query_context(crm, store_entity(crm->store, type));
	q->arena = a;
	*what = (struct select){ .context = q, .limit = -1 };
	if (!fields_parse(str_of(fields), q, NULL, 0, &paths, &what->npaths, &crm->diag))
		refuse(crm, STATUS_ENV);
	what->paths = paths;
	what->where = node_refs(e, &id, 1, a);
	return cursor_open(crm->store, what);
}

static bool has_field(struct crm *crm, const char *type, const char *name)
{
	const struct entity *e = store_entity(crm->store, type);
	return entity_field(e, str_of(name)) != NULL;
}

static void put_text(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_putc(b, s.p[i] == '\t' || s.p[i] == '\n' ? ' ' : s.p[i]);
}

static void put_line(struct buf *b, const char *field, struct str label, struct str value)
{
	buf_printf(b, "%s\t", field);
	put_text(b, label);
	buf_putc(b, '\t');
	put_text(b, value);
	buf_putc(b, '\n');
}

static void put_identities(struct buf *b, struct crm *crm, const struct entity *e, int64_t id,
			   struct arena *a)
{
	static const char *const fields[] = { "phone", "email", "zalo", "facebook" };
	struct select what;
	struct query_context q;
	const struct cell *cells;
	int64_t identity;
	struct cursor *c =
	    about(crm, &what, &q, "identity", "phone,email,zalo,facebook,note", e, id, a);
	while (cursor_next(c, false, &cells, &identity))
		for (size_t i = 0; i < countof(fields); i++)
			if (cells[i].text.n)
				put_line(b, fields[i], cells[countof(fields)].text, cells[i].text);
	cursor_close(c);
}

/* The other one of each relation, and what he or she is to this one. */
static void put_relations(struct buf *b, struct crm *crm, const struct entity *e, int64_t id,
			  struct arena *a)
{
	enum { KIND, HERE, NAME = HERE + 2, OTHER = NAME + 2 };
	struct select what;
	struct query_context q;
	const struct cell *cells;
	int64_t relation;
	struct str me = ref_print(e, id, a);
	struct cursor *c = about(crm, &what, &q, "relation",
				 "kind,contact,account,contact.name,account.name,"
				 "to_contact.name,to_account.name",
				 e, id, a);
	while (cursor_next(c, false, &cells, &relation)) {
		bool here = str_eq(cells[HERE].text, me) || str_eq(cells[HERE + 1].text, me);
		const struct cell *name = &cells[here ? OTHER : NAME];
		const char *kind = arena_str(a, cells[KIND].text).p;
		put_line(b, "relation", str_of(here ? kind : relation_inverse(kind)),
			 name->text.n ? name->text : name[1].text);
	}
	cursor_close(c);
}

struct str further_of(struct crm *crm, const struct entity *e, int64_t id, struct arena *a)
{
	struct buf b = { 0 };
	if (has_field(crm, "identity", e->name))
		put_identities(&b, crm, e, id, a);
	if (has_field(crm, "relation", e->name))
		put_relations(&b, crm, e, id, a);
	struct str all = buf_copy(&b, a);
	buf_free(&b);
	return all;
}

void rows_put(struct rows *r, const struct cell *cells, int64_t id)
{
	if (!r->cells) {
		writer_row(r->writer, cells);
		return;
	}
	memcpy(r->cells, cells, r->n * sizeof *cells);
	r->cells[r->n] = (struct cell){ CELL_TEXT, further_of(r->crm, r->entity, id, &r->arena) };
	writer_row(r->writer, r->cells);
	arena_reset(&r->arena);
}

void rows_close(struct rows *r)
{
	writer_close(r->writer);
	arena_free(&r->arena);
}
