/* Whom a customer is related to, and the segments it is in. */
#include "domain/campaign.h"
#include "domain/portrait_impl.h"
#include "schema/check.h"
#include "schema/label.h"

static const struct portrait_heading relation_columns[] = {
	{ "of", "Who", "Ai", false, MACHINES },
	{ "of.name", "Who", "Ai", false, EVERYBODY },
	{ "kind", "Relation", "Quan hệ", false, EVERYBODY },
	{ "other", "ID", "Mã", false, EVERYBODY },
	{ "other.name", "Name", "Tên", false, EVERYBODY },
	{ "note", "Note", "Ghi chú", false, EVERYBODY },
	{ "relation", "Relation", "Quan hệ", false, MACHINES },
};

/* One end of a relation, said of the other end: "contact-2 is the child of contact-1". */
struct end {
	const char *entity;
	struct value id;
	struct str name;
};

static struct end end_at(struct maker *m, struct stmt *rows, size_t at)
{
	bool contact = stmt_value(rows, at).kind == V_INT;
	return (struct end){
		contact ? "contact" : "account",
		stmt_value(rows, contact ? at : at + 2),
		column_value(m, rows, contact ? at + 1 : at + 3).s,
	};
}

static void put_relation(struct maker *m, const struct end *of, struct cell kind,
			 const struct end *other, struct str note, struct value relation,
			 enum ring ring, struct portrait_part *p)
{
	const struct cell cells[] = {
		cell_ref(m, of->entity, of->id),
		cell_of(m, of->entity, of->id, of->name, ring),
		kind,
		cell_ref(m, other->entity, other->id),
		cell_text(other->name),
		cell_text(note),
		cell_ref(m, "relation", relation),
	};
	portrait_put(m, p, relation_columns, countof(relation_columns), cells, ring);
}

static void add_in_ring(struct maker *m, struct sql *q, enum ring ring, const char *entity)
{
	sql_add(q, " in (select id from chosen where list = ");
	sql_int(q, ring_of(m, ring, entity));
	sql_add(q, ")");
}

/* Relations with that end in the ring; `to`: the other end is the one that is spoken of. */
static void put_relations(struct maker *m, enum ring ring, bool to, struct portrait_part *p)
{
	struct sql q = { .arena = m->arena };
	sql_add(&q, "select r.id, r.kind, r.note, c.id, c.name, a.id, a.name, d.id, d.name, b.id,"
		    " b.name from relation r left join contact c on c.id = r.contact"
		    " left join account a on a.id = r.account"
		    " left join contact d on d.id = r.to_contact"
		    " left join account b on b.id = r.to_account where r.id");
	add_in_ring(m, &q, ring, "relation");
	sql_add(&q, " and r.id in (select id from relation where ");
	sql_add_literal(&q, to ? "to_contact" : "contact");
	add_in_ring(m, &q, ring, "contact");
	sql_add(&q, " union select id from relation where ");
	sql_add_literal(&q, to ? "to_account" : "account");
	add_in_ring(m, &q, ring, "account");
	sql_add(&q, ") order by r.id");
	struct stmt *rows = db_query(m->store->db, &q);
	while (stmt_step(rows)) {
		struct end a = end_at(m, rows, 3), b = end_at(m, rows, 7);
		struct str kind = column_value(m, rows, 1).s;
		if (to)
			kind = str_of(relation_inverse(kind.p));
		if (a.id.kind == V_INT && b.id.kind == V_INT) /* else one is hidden from who acts */
			put_relation(m, to ? &b : &a,
				     cell_as(m, "relation", "kind", value_text(kind)), to ? &a : &b,
				     column_value(m, rows, 2).s, stmt_value(rows, 0), ring, p);
	}
	stmt_close(rows);
	sql_free(&q);
}

/* Relations that are fields: whose subsidiary it is, to whom one reports. */
static const struct tie {
	const char *entity, *field;
	const char *kind, *en, *vi; /* what the other one is */
	const char *inverse, *inverse_en, *inverse_vi;
} ties[] = {
	{ "account", "parent", "parent_account", "Parent account", "Công ty mẹ", "subsidiary",
	  "Subsidiary", "Công ty con" },
	{ "contact", "reports_to", "manager", "Manager", "Quản lý", "report", "Report",
	  "Nhân viên dưới quyền" },
};

static void put_ties(struct maker *m, const struct tie *t, enum ring ring, bool inverse,
		     struct portrait_part *p)
{
	const struct entity *e = entity_of(m, t->entity);
	enum language l = m->wish->human ? m->store->settings.language : ENGLISH;
	const char *kind = inverse ? t->inverse : t->kind;
	const char *shown =
	    inverse ? label(l, t->inverse_en, t->inverse_vi) : label(l, t->en, t->vi);
	struct sql q = { .arena = m->arena };
	if (!ring_of(m, ring, t->entity))
		return;
	sql_add(&q, "select x.id, x.name, y.id, y.name from ");
	sql_table(&q, e);
	sql_add(&q, " x join ");
	sql_table(&q, e);
	sql_add(&q, " y on y.id = x.");
	sql_column(&q, entity_field(e, str_of(t->field)));
	sql_add(&q, " where ");
	if (inverse) {
		sql_add(&q, "x.");
		sql_column(&q, entity_field(e, str_of(t->field)));
	} else {
		sql_add(&q, "x.id");
	}
	add_in_ring(m, &q, ring, t->entity);
	sql_add(&q, " order by x.id");
	struct stmt *rows = db_query(m->store->db, &q);
	while (stmt_step(rows)) {
		struct end x = { t->entity, stmt_value(rows, 0), column_value(m, rows, 1).s };
		struct end y = { t->entity, stmt_value(rows, 2), column_value(m, rows, 3).s };
		put_relation(m, inverse ? &y : &x, cell_text(str_of(m->wish->human ? shown : kind)),
			     inverse ? &x : &y, (struct str){ 0 }, value_null(), ring, p);
	}
	stmt_close(rows);
	sql_free(&q);
}

void fill_relations(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	(void)def;
	portrait_columns(m, p, relation_columns, countof(relation_columns));
	for (int ring = 0; ring < RINGS; ring++)
		for (int inverse = 0; inverse < 2; inverse++) {
			put_relations(m, (enum ring)ring, inverse, p);
			for (size_t i = 0; i < countof(ties); i++)
				put_ties(m, &ties[i], (enum ring)ring, inverse, p);
		}
}

static const struct portrait_heading segment_columns[] = {
	{ "id", "ID", "Mã", false, EVERYBODY },
	{ "name", "Segment", "Phân khúc", false, EVERYBODY },
	{ "kind", "Kind", "Loại", false, EVERYBODY },
	{ "of", "Who", "Ai", false, EVERYBODY },
};

/* One whose condition makes no sense any more is said to be so, and left out. */
static bool is_in(struct maker *m, const struct record *segment, const struct entity *e, int64_t id)
{
	struct query_context q = portrait_query(m, e->name);
	struct diag d = { 0 };
	bool in = false;
	if (!segment_has(m->store, &q, segment, id, &in, &d)) {
		struct diag at = { .source = ref_print(segment->entity, segment->id, m->arena) };
		diag_warn(&at, "condition", "%.*s", (int)d.message.n, d.message.p);
		diag_free(&at);
	}
	diag_free(&d);
	return in;
}

static void put_segments(struct maker *m, const struct entity *e, int64_t id, enum ring ring,
			 struct portrait_part *p)
{
	const struct entity *segments = entity_of(m, "segment");
	struct sql q = { .arena = m->arena };
	struct record s;
	sql_add(&q, "select id from segment where ");
	sql_column(&q, entity_field(segments, STR("of")));
	sql_add(&q, " = ");
	sql_text(&q, str_of(e->name));
	sql_add(&q, " order by name");
	struct stmt *rows = db_query(m->store->db, &q);
	while (stmt_step(rows)) {
		if (!store_get(m->store, segments, stmt_value(rows, 0).i, &s, m->arena) ||
		    !is_in(m, &s, e, id))
			continue;
		const struct cell cells[] = {
			cell_ref(m, "segment", value_int(s.id)),
			cell_text(text_of(&s, "name")),
			cell_as(m, "segment", "kind", *record_at(&s, "kind")),
			cell_ref(m, e->name, value_int(id)),
		};
		portrait_put(m, p, segment_columns, countof(segment_columns), cells, ring);
	}
	stmt_close(rows);
	sql_free(&q);
}

void fill_segments(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	(void)def;
	portrait_columns(m, p, segment_columns, countof(segment_columns));
	put_segments(m, m->p->customer.entity, m->p->customer.id, RING_OWN, p);
	if (m->around)
		put_segments(m, m->around, m->around_id, RING_AROUND, p);
}
