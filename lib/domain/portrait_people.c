/* How the people of a customer are reached, and how they must not be. */
#include "domain/portrait_impl.h"
#include "schema/check.h"
#include "schema/label.h"
#include "schema/reach.h"

/* Whose numbers are shown with the customer's: those of its contacts stand beside them. */
struct whose {
	const struct entity *entity;
	int64_t id;
	enum ring ring;
};

static size_t people(const struct maker *m, struct whose out[RINGS])
{
	out[0] = (struct whose){ m->p->customer.entity, m->p->customer.id, RING_OWN };
	out[1] = (struct whose){ m->around, m->around_id, RING_AROUND };
	return m->around ? 2 : 1;
}

static const struct portrait_heading reach_columns[] = {
	{ "kind", "Kind", "Loại", false, EVERYBODY },
	{ "value", "Number or address", "Số hoặc địa chỉ", false, EVERYBODY },
	{ "note", "Note", "Ghi chú", false, EVERYBODY },
	{ "of", "Of", "Của", false, MACHINES },
	{ "of.name", "Of", "Của", false, EVERYBODY },
	{ "identity", "Identity", "Định danh", false, MACHINES },
};

static bool is_reach(const struct field *f)
{
	return f->type == &type_phone || f->type == &type_email || f->type == &type_handle ||
	       f->type == &type_url;
}

static struct str name_of(struct maker *m, const char *entity, struct value id)
{
	struct record r;
	const struct entity *e = entity_of(m, entity);
	if (id.kind != V_INT || !store_get(m->store, e, id.i, &r, m->arena))
		return (struct str){ 0 };
	return is_set(&r, e->title) || !entity_field(e, STR("company")) ? text_of(&r, e->title)
									: text_of(&r, "company");
}

/* What stands in the record itself: machines get the field's name, people its label. */
static void put_own_reach(struct maker *m, const struct whose *w, struct portrait_part *p)
{
	struct record r;
	enum language l = m->store->settings.language;
	if (!store_get(m->store, w->entity, w->id, &r, m->arena))
		return;
	struct str r_name = name_of(m, w->entity->name, value_int(w->id));
	for (size_t i = 0; i < w->entity->nfields; i++) {
		const struct field *f = &w->entity->fields[i];
		if (!is_reach(f) || r.values[i].kind != V_TEXT)
			continue;
		const struct cell cells[] = {
			cell_text(m->wish->human ? field_label(f, l, m->arena) : str_of(f->name)),
			field_print(f, &r.values[i], &m->codec),
			cell_null(),
			cell_ref(m, w->entity->name, value_int(w->id)),
			cell_of(m, w->entity->name, value_int(w->id), r_name, w->ring),
			cell_null(),
		};
		portrait_put(m, p, reach_columns, countof(reach_columns), cells, w->ring);
	}
}

/* The field of an identity that says who it is. */
static struct str identity_value(struct maker *m, struct stmt *rows)
{
	for (size_t i = 4; i < 8; i++) {
		struct value v = column_value(m, rows, i);
		if (v.kind == V_TEXT)
			return v.s;
	}
	struct value source = column_value(m, rows, 8), number = column_value(m, rows, 9);
	return arena_printf(m->arena, "%.*s: %.*s", (int)source.s.n, source.s.p, (int)number.s.n,
			    number.s.p);
}

static void put_identities(struct maker *m, enum ring ring, struct portrait_part *p)
{
	static const char *const whose[] = { "contact", "account", "lead" };
	int64_t list = ring_of(m, ring, "identity");
	struct sql q = { .arena = m->arena };
	if (!list)
		return;
	sql_add(&q, "select id, contact, account, lead, email, phone, zalo, facebook, source,"
		    " external_id, kind, note from identity where id in"
		    " (select id from chosen where list = ");
	sql_int(&q, list);
	sql_add(&q, ") order by kind, id");
	struct stmt *rows = db_query(m->store->db, &q);
	while (stmt_step(rows)) {
		size_t of = 0;
		while (of < countof(whose) - 1 && stmt_value(rows, of + 1).kind != V_INT)
			of++;
		struct value id = stmt_value(rows, of + 1);
		const struct cell cells[] = {
			cell_as(m, "identity", "kind", column_value(m, rows, 10)),
			cell_text(identity_value(m, rows)),
			cell_text(column_value(m, rows, 11).s),
			cell_ref(m, whose[of], id),
			cell_of(m, whose[of], id, name_of(m, whose[of], id), ring),
			cell_ref(m, "identity", stmt_value(rows, 0)),
		};
		portrait_put(m, p, reach_columns, countof(reach_columns), cells, ring);
	}
	stmt_close(rows);
	sql_free(&q);
}

void fill_reach(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	struct whose w[RINGS];
	size_t n = people(m, w);
	(void)def;
	portrait_columns(m, p, reach_columns, countof(reach_columns));
	for (size_t i = 0; i < n; i++) {
		put_own_reach(m, &w[i], p);
		put_identities(m, w[i].ring, p);
	}
}

static const struct portrait_heading consent_columns[] = {
	{ "by", "By", "Qua", false, EVERYBODY },
	{ "at", "Since", "Từ", false, EVERYBODY },
	{ "source", "Said where", "Nguồn", false, EVERYBODY },
	{ "noted_by", "Noted by", "Người ghi", false, EVERYBODY },
	{ "of", "Who", "Ai", false, MACHINES },
	{ "of.name", "Who", "Ai", false, EVERYBODY },
};

static struct cell consent_cell(struct maker *m, const struct record *r, const char *name)
{
	const struct field *f = entity_field(r->entity, str_of(name));
	return field_print(f, record_at(r, name), &m->codec);
}

static void put_consent(struct maker *m, const struct record *r, enum ring ring,
			struct portrait_part *p)
{
	const char *e = r->entity->name;
	for (size_t i = 0; i < CHANNELS; i++) {
		const struct channel *c = &channels[i];
		const char *shown = label(m->store->settings.language, c->label_en, c->label_vi);
		struct record user;
		if (!is_true(r, c->consent[CONSENT_NO]))
			continue;
		bool noted = store_get(m->store, entity_of(m, "user"),
				       int_of(r, c->consent[CONSENT_BY]), &user, m->arena);
		const struct cell cells[] = {
			cell_text(str_of(m->wish->human ? shown : c->name)),
			consent_cell(m, r, c->consent[CONSENT_SINCE]),
			consent_cell(m, r, c->consent[CONSENT_SOURCE]),
			noted ? cell_text(text_of(&user, "login")) : cell_null(),
			cell_ref(m, e, value_int(r->id)),
			cell_of(m, e, value_int(r->id), name_of(m, e, value_int(r->id)), ring),
		};
		portrait_put(m, p, consent_columns, countof(consent_columns), cells, ring);
	}
}

/* Those in the ring who said no to anything. */
static void put_refusals(struct maker *m, const char *entity, enum ring ring,
			 struct portrait_part *p)
{
	const struct entity *e = entity_of(m, entity);
	int64_t list = ring_of(m, ring, entity);
	struct sql q = { .arena = m->arena };
	struct record r;
	if (!list)
		return;
	sql_add(&q, "select id from ");
	sql_table(&q, e);
	sql_add(&q, " where id in (select id from chosen where list = ");
	sql_int(&q, list);
	sql_add(&q, ") and (");
	for (size_t i = 0; i < CHANNELS; i++) {
		if (i)
			sql_add(&q, " or ");
		sql_column(&q, entity_field(e, str_of(channels[i].consent[CONSENT_NO])));
		sql_add(&q, " = 1");
	}
	sql_add(&q, ") order by id");
	struct stmt *rows = db_query(m->store->db, &q);
	while (stmt_step(rows))
		if (store_get(m->store, e, stmt_value(rows, 0).i, &r, m->arena))
			put_consent(m, &r, ring, p);
	stmt_close(rows);
	sql_free(&q);
}

void fill_consent(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	(void)def;
	portrait_columns(m, p, consent_columns, countof(consent_columns));
	for (int ring = 0; ring < RINGS; ring++) {
		put_refusals(m, "account", (enum ring)ring, p);
		put_refusals(m, "contact", (enum ring)ring, p);
		put_refusals(m, "lead", (enum ring)ring, p);
	}
}

static const struct portrait_heading address_columns[] = {
	{ "kind", "Kind", "Loại", false, EVERYBODY },
	{ "address", "Address", "Địa chỉ", false, EVERYBODY },
	{ "of", "Of", "Của", false, MACHINES },
	{ "of.name", "Of", "Của", false, MACHINES },
};

static const struct {
	const char *name, *en, *vi, *prefix;
} kinds[] = {
	{ "address", "Address", "Địa chỉ", "" },
	{ "billing", "Billing", "Hoá đơn", "billing_" },
	{ "shipping", "Delivery", "Giao hàng", "shipping_" },
};

/* In one line, from the house to the country; empty where nothing is known. */
static struct str address_of(struct maker *m, const struct record *r, const char *prefix)
{
	static const char *const lines[] = { "street", "ward",	      "district", "city",
					     "region", "postal_code", "country" };
	struct buf b = { 0 };
	for (size_t i = 0; i < countof(lines); i++) {
		const char *name = arena_printf(m->arena, "%s%s", prefix, lines[i]).p;
		if (!entity_field(r->entity, str_of(name)) || !is_set(r, name))
			continue;
		buf_puts(&b, b.n ? ", " : "");
		buf_put(&b, text_of(r, name));
	}
	struct str out = buf_copy(&b, m->arena);
	buf_free(&b);
	return out;
}

void fill_addresses(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	struct whose w[RINGS];
	size_t n = people(m, w);
	enum language l = m->store->settings.language;
	struct record r;
	(void)def;
	portrait_columns(m, p, address_columns, countof(address_columns));
	for (size_t i = 0; i < n; i++) {
		if (!store_get(m->store, w[i].entity, w[i].id, &r, m->arena))
			continue;
		for (size_t k = 0; k < countof(kinds); k++) {
			const char *shown = label(l, kinds[k].en, kinds[k].vi);
			const struct cell cells[] = {
				cell_text(str_of(m->wish->human ? shown : kinds[k].name)),
				cell_text(address_of(m, &r, kinds[k].prefix)),
				cell_ref(m, w[i].entity->name, value_int(w[i].id)),
				cell_text(name_of(m, w[i].entity->name, value_int(w[i].id))),
			};
			if (cells[1].kind == CELL_TEXT)
				portrait_put(m, p, address_columns, countof(address_columns), cells,
					     w[i].ring);
		}
	}
}
